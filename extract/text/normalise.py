"""Raw text to document: script, width, repair, layout; positions kept by one alignment."""

from datetime import date, datetime

from extract.rules import Rules
from extract.text.alignment import Alignment, apply
from extract.text.document import Document, as_moment
from extract.text.layout import Layout
from extract.text.repair import Repairer
from extract.text.script import ScriptConverter, fold
from extract.text.segment import Engine, segmenter


class Normaliser:
    """Turns raw text into documents; built once from the rules, safe to share."""

    def __init__(self, rules: Rules, engine: Engine = "rjieba") -> None:
        self.script = ScriptConverter(rules)
        self.repairer = Repairer(rules)
        self.layout = Layout(rules)
        self._segmenter = segmenter(engine, rules.words("words"))

    def text(self, raw: str) -> str:
        """Simplified and width-folded, position by position as the raw text."""
        return fold(self.script.simplify(raw))

    def document(self, raw: str, reference: date | datetime | None = None) -> Document:
        """The document of a raw text; lines that are no part of the article are left blank in it."""
        text = self.text(raw)
        for start, end in self.layout.furniture(text):
            text = text[:start] + " " * (end - start) + text[end:]
        edits = self.repairer.edits(text)
        return Document(
            raw, apply(text, edits), Alignment(edits), self._segmenter, as_moment(reference), edits
        )
