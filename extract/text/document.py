"""A normalised text that knows where it stands in the raw one: what every extractor reads."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from functools import cached_property

from extract.records import Span
from extract.text.alignment import Alignment, Edit
from extract.text.segment import Segmenter, Token

SENTENCE_END = re.compile(r"[。！？\n]+[”’」』）\"]*")
LONGEST_SENTENCE = 1000
"""Characters. No sentence of prose is longer; a page without punctuation is read in pieces of this size,
so that time stays linear in its length."""
MARKS = re.compile(r"[，、；：。！？“”（）《》\n]+")
"""What no word holds, and no cut into words looks across."""
CLAUSE_END = re.compile(r"[，；：。！？\n]+")


class Document:
    """Simplified, width-folded and repaired text (``text``), aligned with ``raw``.

    Extractors work in offsets of ``text`` and turn them into raw spans with `span`. ``reference`` is
    the date (or moment) that relative expressions count from; without one they stay unresolved.
    ``edits`` are the repairs that were made, in offsets of the raw text.
    """

    def __init__(
        self,
        raw: str,
        text: str,
        alignment: Alignment,
        segmenter: Segmenter,
        reference: datetime | None = None,
        edits: Sequence[Edit] = (),
    ) -> None:
        self.raw = raw
        self.text = text
        self.alignment = alignment
        self.reference = reference
        self.edits = edits
        self._segmenter = segmenter
        self._cuts: dict[tuple[int, int], list[Token]] = {}
        self._known: dict[tuple[int, int], Token] = {}

    def span(self, start: int, end: int) -> Span:
        """The raw slice behind ``text[start:end]``."""
        raw_start = self.alignment.raw_start(start)
        raw_end = max(raw_start, self.alignment.raw_end(end))
        return Span(raw_start, raw_end, self.raw[raw_start:raw_end])

    @cached_property
    def _sentence_starts(self) -> list[int]:
        starts = [0]
        for end in (*(m.end() for m in SENTENCE_END.finditer(self.text)), len(self.text)):
            while end - starts[-1] > LONGEST_SENTENCE:
                starts.append(self._break(starts[-1]))
            if end < len(self.text):
                starts.append(end)
        return starts

    def _break(self, start: int) -> int:
        """Where to part a sentence that is too long to be one: after a clause, else anywhere."""
        found = CLAUSE_END.search(self.text, start + LONGEST_SENTENCE // 2, start + LONGEST_SENTENCE)
        return found.end() if found else start + LONGEST_SENTENCE

    @cached_property
    def _paragraph_starts(self) -> list[int]:
        return [0, *(m.end() for m in re.finditer("\n", self.text))]

    def paragraph_start(self, position: int) -> int:
        """Where the line that holds the position begins."""
        starts = self._paragraph_starts
        return starts[bisect_right(starts, position) - 1]

    def sentence_at(self, position: int) -> tuple[int, int]:
        """Bounds of the sentence (up to 。！？ or a line end) that holds the position."""
        starts = self._sentence_starts
        i = bisect_right(starts, position)
        return starts[i - 1], starts[i] if i < len(starts) else len(self.text)

    def sentences(self) -> Iterator[tuple[int, int]]:
        """Bounds of all sentences in order."""
        starts = self._sentence_starts
        yield from zip(starts, [*starts[1:], len(self.text)], strict=True)

    def clause_start(self, position: int) -> int:
        """Where the clause (after ，；：。！？ or a line end) that holds the position begins."""
        sentence, _ = self.sentence_at(position)
        start = sentence
        for match in CLAUSE_END.finditer(self.text, sentence, position):
            start = match.end()
        return start

    def cut(self, start: int, end: int) -> list[Token]:
        """The tokens of ``text[start:end]`` alone, whatever stands around it."""
        if (start, end) not in self._cuts:
            self._cuts[start, end] = self._segmenter.tokens(self.text[start:end], start)
        return self._cuts[start, end]

    def knows(self, word: str) -> bool:
        """Whether the dictionary has the word; a token may also be a guess."""
        return self._segmenter.has(word)

    @cached_property
    def _run_starts(self) -> list[int]:
        return [0, *(m.end() for m in MARKS.finditer(self.text))]

    def word_at(self, position: int) -> Token | None:
        """The word of the dictionary that the position stands in, as its sentence is cut; from mark to mark,
        since no cut looks farther."""
        start, end = self.sentence_at(position)
        starts = self._run_starts
        i = bisect_right(starts, position)
        tokens = self.cut(max(start, starts[i - 1]), min(end, starts[i]) if i < len(starts) else end)
        token = tokens[bisect_right(tokens, position, key=lambda t: t.start) - 1]
        return token if self.knows(token.text) else None

    def first_word(self, start: int, end: int) -> Token:
        """The first token of ``text[start:end]``, of words that the dictionary has."""
        if (start, end) not in self._known:
            self._known[start, end] = self._segmenter.tokens(self.text[start:end], start, guess=False)[0]
        return self._known[start, end]


def as_moment(reference: date | datetime | None) -> datetime | None:
    """A date as its midnight; a moment as it is."""
    if reference is None or isinstance(reference, datetime):
        return reference
    return datetime(reference.year, reference.month, reference.day)
