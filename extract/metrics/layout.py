"""What stands above what in an article: its title, headings, lead and paragraphs, and the clauses in them."""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import pairwise
from typing import Literal, NamedTuple

from msgspec import Struct

from extract.mentions import DateMention, QuantityMention
from extract.metrics.items import Item, items
from extract.metrics.lexicon import Lexicon
from extract.metrics.words import cut
from extract.text.document import Document
from extract.text.segment import Token

Kind = Literal["title", "heading", "lead", "body", "label"]

MARK = re.compile("[，；：。！？…】\n]+")
HEADLINE_MARK = re.compile("[，；：。！？…\n]+|(?<=[\u4e00-\u9fff”』）%]) +(?=[\u4e00-\u9fff“『])")
LABEL = re.compile(
    r"[ \t\u3000]*(?:[A-Za-z]+|[\u4e00-\u9fff]{2,4})[:：](?!$)"
    r"|[（(]?(?:记者|编辑|责任编辑|来源)[ :：]|文/|图/"
    r"|[ \t\u3000]*\d{4}[-年/.]\d{1,2}[-月/.]\d{1,2}日?(?:[ T\u3000]*\d{1,2}[:：]\d\d|[ \u3000]|$|来源)"
)
TITLE = re.compile(r"[ \t\u3000]*(?:Title|标题)[:：][ \t]*")
NUMBERED = re.compile(
    r"[ \t\u3000]*(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十\d]{1,2}[）)]"
    r"|\d{1,2}[ .．、]|【|[■◆●▲▶])"
)
STOPS = tuple("。！？；，”…、：")
LONGEST_TITLE, LONGEST_HEADING, SHORTEST_LEAD = 60, 46, 24
"""Characters."""


class Line(NamedTuple):
    """A line of the text, and the number of the line that heads it."""

    start: int
    end: int
    kind: Kind
    heading: int | None = None


class Clause(Struct, frozen=True, gc=False):
    """A piece of a line between two marks."""

    start: int
    end: int
    line: int
    sentence: int
    """Where its sentence begins."""
    item: int
    """Where its news item begins, in a line that holds several of them; else -1."""


class Layout:
    """The lines and clauses of one document, with the dates and quantities in them."""

    def __init__(
        self,
        document: Document,
        dates: Sequence[DateMention],
        quantities: Sequence[QuantityMention],
        lexicon: Lexicon,
    ) -> None:
        self.document = document
        self.text = document.text
        self.dates = dates
        self._lexicon = lexicon
        self._date_starts = [d.start for d in dates]
        self._quantity_starts = [q.start for q in quantities]
        self.quantities = quantities
        self._tokens: dict[int, list[Token]] = {}
        self.dated = {at for d in dates for at in range(d.start, d.end)}
        """The places that dates hold."""
        self.counted = {at: q for q in quantities for at in range(q.start, q.end)}
        """The quantities by the places that they hold."""

    @cached_property
    def lines(self) -> list[Line]:
        """The lines of the text: the first short one without a stop is the title, others of the kind are
        headings, the first long one with a stop is the lead."""
        lines: list[Line] = []
        at, heading = 0, None
        seen: set[Kind] = set()
        for number, words in enumerate(self.text.split("\n")):
            kind = _kind(words, seen)
            seen.add(kind)
            label = TITLE.match(words)
            lines.append(Line(at + (label.end() if label else 0), at + len(words), kind, heading))
            if kind == "heading":
                heading = number
            at += len(words) + 1
        return lines

    @cached_property
    def clauses(self) -> list[Clause]:
        """The clauses in order of text."""
        made: list[Clause] = []
        for start, end in self.document.sentences():
            line, item = self._line_at(start), self._item_at(start)
            for a, b in self._pieces(start, end):
                made.append(Clause(a, b, line, start, item))
        return made

    def _pieces(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """The clauses of a sentence; titles, and headlines that run into it, are parted at blanks, too."""
        item = self._headlines.get(start)
        titled = self.lines[self._line_at(start)].kind == "title"
        if start in self._line_starts and (dateline := self._lexicon.dateline.match(self.text, start, end)):
            start = dateline.end()
        at, story = start, item.story if item else start
        if item and item.start < story:
            for mark in HEADLINE_MARK.finditer(self.text, start, story):
                if mark.start() > at:
                    yield at, mark.start()
                at = mark.end()
            if at < story:
                yield at, story
            at = story
        for mark in (HEADLINE_MARK if titled else MARK).finditer(self.text, at, end):
            if mark.start() > at:
                yield at, mark.start()
            at = mark.end()
        if at < end:
            yield at, end

    @cached_property
    def _headlines(self) -> dict[int, Item]:
        """The headlines that run into a story, by where their sentence begins."""
        return {
            self.document.sentence_at(item.start)[0]: item for item in items(self.document, self._lexicon)
        }

    @cached_property
    def _walls(self) -> list[int]:
        """Where the items begin of the lines that hold several."""
        lines = Counter(map(self._line_at, self._headlines))
        return [start for start in self._headlines if lines[self._line_at(start)] > 1]

    @cached_property
    def _line_starts(self) -> list[int]:
        return [0, *(m.end() for m in re.finditer("\n", self.text))]

    def _line_at(self, position: int) -> int:
        return bisect_right(self._line_starts, position) - 1

    def _item_at(self, position: int) -> int:
        """Where the news item of a place begins; -1 where its line holds no several."""
        i = bisect_right(self._walls, position) - 1
        same = i >= 0 and self._line_at(self._walls[i]) == self._line_at(position)
        return self._walls[i] if same else -1

    @cached_property
    def _clause_starts(self) -> list[int]:
        return [c.start for c in self.clauses]

    def clause_at(self, position: int) -> int:
        """The number of the clause that holds a position."""
        return max(0, bisect_right(self._clause_starts, position) - 1)

    def of_line(self, line: Line) -> Sequence[Clause]:
        """The clauses of a line."""
        first = bisect_left(self._clause_starts, line.start)
        if first and self.clauses[first - 1].end > line.start:  # a label stands before
            first -= 1
        return self.clauses[first : bisect_left(self._clause_starts, line.end)]

    def tokens(self, clause: Clause) -> list[Token]:
        """The words of a clause, blanks left out; cut once, unless a word runs over the end of a date."""
        if clause.start not in self._tokens:
            words = cut(self.document, clause.start, clause.end, self._lexicon)
            ends = [d.end for d in self.dates_in(clause.start, clause.end) if d.end < clause.end]
            if ends and not {t.end for t in words}.issuperset(ends):
                bounds = [clause.start, *ends, clause.end]
                words = [t for a, b in pairwise(bounds) for t in cut(self.document, a, b, self._lexicon)]
            self._tokens[clause.start] = [t for t in words if t.text.strip()]
        return self._tokens[clause.start]

    def dates_in(self, start: int, end: int) -> Sequence[DateMention]:
        """The dates that begin in a stretch."""
        starts = self._date_starts
        return self.dates[bisect_left(starts, start) : bisect_left(starts, end)]

    def first_quantity(self, start: int, end: int) -> QuantityMention | None:
        """The first quantity that begins in a stretch."""
        i = bisect_left(self._quantity_starts, start)
        return self.quantities[i] if i < len(self.quantities) and self._quantity_starts[i] < end else None

    def counts(self, start: int, end: int) -> int:
        """How many quantities begin in a stretch."""
        starts = self._quantity_starts
        return bisect_left(starts, end) - bisect_left(starts, start)

    def title(self) -> Line | None:
        return next((x for x in self.lines if x.kind == "title"), None)

    def lead(self) -> Line | None:
        return next((x for x in self.lines if x.kind == "lead"), None)


def _kind(words: str, seen: set[Kind]) -> Kind:
    """What a line is, after lines of the kinds seen."""
    bare = words.strip(" \t\r\u3000")
    if TITLE.match(words):
        return "title"
    if not bare or (LABEL.match(words) and len(bare) <= LONGEST_HEADING and "。" not in bare):
        return "label"
    prose = "。" in bare or bare.endswith(STOPS)
    if not prose and not seen & {"title", "lead"} and len(bare) <= LONGEST_TITLE:
        return "title"
    if not prose and len(bare) <= LONGEST_HEADING and (NUMBERED.match(words) or "，" not in bare):
        return "heading"
    return "lead" if "lead" not in seen and prose and len(bare) >= SHORTEST_LEAD else "body"
