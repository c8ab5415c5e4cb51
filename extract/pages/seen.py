"""The lines of a page with the days in them, each read when it is asked for."""

import re
from collections.abc import Sequence
from typing import Any

from extract.pages.day import Day, Days
from extract.pages.lines import GAP, Line, called
from extract.pages.signs import Signs

SHORT = 160
"""Characters of a line that may be part of a head."""
SENTENCE = 20
"""Characters of a sentence."""

SAID = re.compile(rf"[^\s{GAP}：]{{2,6}}：[ {GAP}]?[^\s{GAP}]*")
"""A label and what it says."""
LINK = 5
"""Characters of a link that leads to no other news."""


class Seen:
    """What a reader sees of a page."""

    def __init__(self, lines: Sequence[Line], signs: Signs, days: Days) -> None:
        self.lines = lines
        self._signs = signs
        self._reader = days
        self._plain: dict[int, str] = {}
        self._days: dict[int, list[Day]] = {}

    def plain(self, at: int) -> str:
        """A line in simplified script of one width, with its gaps; positions are those of ``parted``."""
        if at not in self._plain:
            self._plain[at] = self._signs.plain(self.lines[at].parted)
        return self._plain[at]

    def goes_on(self, at: int) -> bool:
        """Whether a line does not begin what stands beside an article: other news, comments, rankings."""
        return not (self.lines[at].level or self._signs.fits("aside", self.plain(at).replace(GAP, "")))

    def lone(self, at: int, day: Day) -> bool:
        """Whether a line has nothing but the day, its weekday and its time."""
        plain = self.plain(at)
        return bool(day.year) and not self._signs.beside.sub("", plain[: day.start] + plain[day.end :])

    def leads(self, at: int) -> bool:
        """Whether a line leads to other news."""
        linked = (piece.text for piece in self.lines[at].pieces if piece.linked)
        return any(sum(map(str.isalpha, text)) > LINK for text in linked)

    def others(self, headline: int, upto: int) -> set[int]:
        """The lines between a headline and another that the code calls other news."""
        around = _above(self.lines[headline])
        found: set[int] = set()
        for at in range(headline + 1, upto):
            marks = (called(a) for a in _above(self.lines[at]) if a not in around)
            if any(self._signs.in_mark("others_mark", mark) for mark in marks):
                found.add(at)
        return found

    def apart(self, at: int) -> bool:
        """Whether a line has nothing but days, labels with what they say, a site and links of a word, or what
        is short beside a labelled day."""
        pieces = self.lines[at].pieces
        if self.leads(at):
            return False
        if any(day.what == "published" for day in self.days(at)):
            return True
        plain = self.plain(at)
        for day in reversed(self.days(at)):
            plain = f"{plain[: day.start]}{GAP}{plain[day.end :]}"
        for piece in pieces:
            plain = plain.replace(piece.text, "") if piece.linked else plain
        left = self._signs.beside.sub("", SAID.sub("", plain))
        return len(left) < 2 or self._signs.fits("site", left)

    def prose(self, at: int) -> bool:
        """Whether a line has a sentence of a text."""
        line = self.lines[at]
        long = len(line.text) >= SENTENCE and line.linked < 0.5
        return long and ("。" in line.text or (len(line.text) >= 2 * SENTENCE and "，" in line.text))

    def days(self, at: int) -> list[Day]:
        """The days of a line that stand there as those of a head do."""
        if at not in self._days:
            line = self.lines[at]
            likely = len(line.text) <= SHORT and (any(map(str.isdigit, line.text)) or "年" in line.text)
            found = self._reader.read(self.plain(at)) if likely else ()
            self._days[at] = [d for d in found if d.what != "bare" or self._reader.bare(self.plain(at), d)]
        return self._days[at]


def _above(line: Line) -> list[Any]:
    """The element of a line and those around it, the innermost first."""
    return [] if line.node is None else [line.node, *line.node.iterancestors()]
