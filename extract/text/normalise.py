"""Raw text to document: script, width, repair, layout; positions kept by one alignment."""

from datetime import date, datetime
from typing import NamedTuple

from extract.rules import Rules
from extract.text.alignment import Alignment, apply
from extract.text.document import Document, as_moment
from extract.text.layout import Layout
from extract.text.repair import Repairer
from extract.text.script import Script, ScriptConverter, fold
from extract.text.segment import Engine, segmenter


class Reading(NamedTuple):
    """A raw text as it reads in simplified script and one width; both have the same positions."""

    raw: str
    text: str
    script: Script | None


class Normaliser:
    """Turns raw text into documents; built once from the rules, safe to share."""

    def __init__(self, rules: Rules, engine: Engine = "rjieba") -> None:
        self.script = ScriptConverter(rules)
        self.repairer = Repairer(rules)
        self.layout = Layout(rules)
        self._segmenter = segmenter(engine, rules.words("words"))

    def read(self, raw: str) -> Reading:
        """The raw text in simplified script and one width, position by position."""
        script = self.script.detect(raw)
        return Reading(raw, fold(self.script.simplify(raw, script)), script)

    def document(self, reading: Reading, reference: date | datetime | None = None) -> Document:
        """The document of a text; lines that are no part of the article are left blank in it."""
        text = reading.text
        for start, end in self.layout.furniture(text):
            text = text[:start] + " " * (end - start) + text[end:]
        edits = self.repairer.edits(text)
        repaired = apply(text, edits) if edits else text
        return Document(reading.raw, repaired, Alignment(edits), self._segmenter, as_moment(reference), edits)
