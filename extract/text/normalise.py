"""Raw text to document: marks out, script, width, repair, layout; positions kept by one alignment."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import NamedTuple

from extract.rules import Rules
from extract.text.alignment import Alignment, Edit, apply, compose
from extract.text.clean import Cleaner
from extract.text.document import Document, as_moment
from extract.text.layout import Layout
from extract.text.repair import Repairer
from extract.text.script import Script, ScriptConverter, fold
from extract.text.segment import Engine, segmenter


class Normalised(NamedTuple):
    """A raw text, and how it reads: without the marks of the page's making (``clean``), and that in
    simplified script and one width (``text``, of the same length).

    ``edits`` lead from ``raw`` to the others; ``repairs`` are the same one by one, in places of ``raw``.
    """

    raw: str
    clean: str
    text: str
    script: Script | None
    edits: Sequence[Edit] = ()
    repairs: Sequence[Edit] = ()

    def edited(self, edits: Sequence[Edit]) -> "Normalised":
        """The reading with further edits of ``text`` made."""
        if not edits:
            return self
        alignment = Alignment(self.edits)
        return self._replace(
            clean=apply(self.clean, edits),
            text=apply(self.text, edits),
            edits=compose(self.edits, edits),
            repairs=(*self.repairs, *map(alignment.raw, edits)),
        )


class Normaliser:
    """Turns raw text into documents; built once from the rules, safe to share. Without ``repair``, only
    script and width change."""

    def __init__(self, rules: Rules, engine: Engine = "rjieba", *, repair: bool = True) -> None:
        self.script = rules.shared(ScriptConverter)
        self.layout = rules.shared(Layout)
        self._segmenter = segmenter(engine, rules.words("words"))
        cleaner = Cleaner(rules, self._segmenter)
        self._repairer = Repairer(rules, self._segmenter) if repair else None
        steps = (cleaner.marks, cleaner.pinyin, cleaner.spaces, cleaner.breaks)
        self._steps: Sequence[Callable[[str], list[Edit]]] = steps if repair else ()

    def read(self, raw: str) -> Normalised:
        """The raw text without marks, in simplified script and one width."""
        reading = Normalised(raw, raw, raw, None)
        for step in self._steps:
            reading = reading.edited(step(reading.text))
        script = self.script.detect(reading.clean)
        return reading._replace(script=script, text=fold(self.script.simplify(reading.clean, script)))

    def document(self, reading: Normalised, reference: date | datetime | None = None) -> Document:
        """The document of a text; lines that are no part of the article are left blank in it."""
        moment = as_moment(reference)
        reading = reading._replace(text=self.layout.body(reading.text))
        if self._repairer:
            reading = reading.edited(self._repairer.words(reading.text))
            reading = reading.edited(self._repairer.dates(reading.text, moment.date() if moment else None))
        alignment = Alignment(reading.edits)
        return Document(reading.raw, reading.text, alignment, self._segmenter, moment, reading.repairs)
