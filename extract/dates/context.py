"""What the text before an expression fixes: the year, month or day that a later one leaves out."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import cached_property

from extract.dates.interval import MONTHS, RANK, Interval, add, unit_at
from extract.records import Granularity
from extract.text.document import Document

UNKNOWN = datetime(2000, 1, 1)
"""Stands in for a reference date that is not given; what is resolved by it is not `known`."""

LONGEST = 5
"""Characters of the longest word of comparison before a date, with a quotation mark."""

AROUND = 15
"""Characters before an expression, and half of those behind it, in which a word can look ahead."""

NEAR = 300
"""Characters within which a date fixes the month of a later bare day."""

HEAD = 300
"""Characters at the beginning of a text that may hold its title, source and day of publication."""

EDGES = "初底末旬"
"""Last characters of days that only name the beginning or end of a month."""

SLACK: dict[Granularity, timedelta] = {"year": timedelta(days=31), "month": timedelta(days=3)}
"""How far ahead of the reference date a bare month or day may still lie in the near future."""

BACKWARD: dict[Granularity, timedelta] = {"year": timedelta(days=270), "month": timedelta(days=20)}
"""How far behind the last date one that seems earlier lies in the next year or month."""

LONG_PAST: dict[Granularity, timedelta] = {"year": timedelta(days=180), "month": timedelta(days=7)}
"""How long ago a date must be for a sentence that looks ahead to mean the next one."""

DAY = timedelta(days=1)
THESE_DAYS, OTHER_DAYS = timedelta(days=2), timedelta(days=10)
"""How long ago the days are that news are of; how far from the reference date others are."""

Bounds = tuple[datetime, datetime]
Build = Callable[[datetime], Bounds | None]


class Context:
    """The dates found so far in one document, and its reference date."""

    def __init__(
        self,
        document: Document,
        ahead: re.Pattern[str],
        republic: re.Pattern[str],
        comparing: re.Pattern[str],
    ) -> None:
        self.document = document
        self.text = document.text
        self.known = document.reference is not None
        self.reference = document.reference or UNKNOWN
        self.last: Interval | None = None
        self._last_at = 0
        self._published: Interval | None = None
        self._recent: dict[Granularity, tuple[int, Interval]] = {}
        self._ahead = ahead
        self._republic = republic
        self._comparing = comparing
        self._years: dict[tuple[int, int], int] = {}

    def push(self, moment: Interval, start: int, end: int) -> None:
        """Remember a date, unless it is only what something is compared with (`较2019年`, `2016年同期`)
        or the day of publication at the head of the text."""
        if moment.begin is None or not moment.known or self.compares(start, end) or self._aside(moment, end):
            return
        if moment.unit == "quarter" and moment.given == RANK["quarter"] and _turns_year(moment):
            return  # a winter without a year fixes none of the two that it lies in
        if moment.relative and moment.unit == "month" and self._edges_other_year(moment, end):
            self.last, self._last_at = moment, start  # 去年底: an aside, which fixes no later month
            return
        if RANK[moment.unit or "year"] >= RANK["day"]:
            self._years[moment.begin.month, moment.begin.day] = moment.begin.year
        edge = moment.unit == "day" and self.text[end - 1] in EDGES
        unit: Granularity = "month" if edge else moment.unit or "year"
        self._recent.pop(unit, None)
        self._recent[unit] = start, moment  # the latest comes last
        if self._heads(moment, end):
            self._published = moment
        else:
            self.last, self._last_at = moment, start

    def _aside(self, moment: Interval, end: int) -> bool:
        """Whether a date of another year stands alone in brackets (`此前纪录42.1℃（1967年7月31日）`)."""
        if moment.begin is None or not self.known or moment.begin.year >= self.reference.year - 1:
            return False
        return self.text[end : end + 1] == "）"

    def _edges_other_year(self, moment: Interval, end: int) -> bool:
        other = moment.begin is not None and moment.begin.year != self.reference.year
        return other and self.text[end - 1] in EDGES

    def compares(self, start: int, end: int) -> bool:
        """Whether a date is only what something is compared with."""
        text = self.text
        if self._comparing.search(text, max(0, start - LONGEST), start) or text.endswith("同期", start, end):
            return True
        return text.endswith(("由", "从"), 0, start) and text.startswith("的", end)  # 由2020年的9天减到6天

    def _heads(self, moment: Interval, end: int) -> bool:
        """Whether it is the reference date in a line of the head that is no sentence."""
        if end > HEAD or moment.begin is None or moment.finish is None:
            return False
        if not moment.begin <= unit_at(self.reference, "day") < moment.finish or moment.unit == "year":
            return False
        line = self.text.find("\n", end, end + HEAD)
        return line >= 0 > self.text.find("。", end, line)

    def _latest(self, unit: Granularity) -> tuple[int, Interval] | None:
        """The last date before that is at least as fine as the unit, and where it stands; the day of
        publication fixes later days, but is no year that the text speaks of, and what is longer than
        the unit fixes none."""
        rank = RANK[unit]
        skip = self._published if rank < RANK["month"] else None
        for named, (place, moment) in reversed(self._recent.items()):
            if RANK[named] >= rank and moment is not skip:
                return (place, moment) if _within(moment, unit) else None
        return None

    def nearest(self, unit: Granularity) -> tuple[datetime, bool, bool]:
        """The nearest date before that is at least as fine as the unit, else the reference date; whether
        it is known, and whether it stands in the text."""
        if self.last and self.last.indefinite:
            return self.reference, False, False
        latest = self._latest(unit)
        if latest and latest[1].begin:
            return latest[1].begin, True, True
        return self.reference, self.known, False

    def looks_ahead(self, at: int) -> bool:
        """Whether the sentence says that it speaks of what is to come."""
        start, end = self.document.sentence_at(at)
        return self._ahead.search(self.text, max(start, at - AROUND), min(end, at + 2 * AROUND)) is not None

    @cached_property
    def republican(self) -> bool:
        """Whether the text counts years by the Republic (民国)."""
        return self._republic.search(self.text) is not None

    def place(
        self,
        at: int,
        coarse: Granularity,
        build: Build,
        unit: Granularity | None = None,
        slack: timedelta | None = None,
    ) -> tuple[Bounds, bool] | None:
        """Bounds of an expression that leaves out the coarser unit, and whether they are known: within
        the date before that fixes it, else the latest not after the reference date."""
        begin = self._fixed(at, coarse)
        if begin is not None and coarse == "month" and (bounds := self._of_these_days(at, begin, build)):
            return bounds, True
        if begin is not None and (bounds := build(unit_at(begin, coarse))):
            return self._onward(bounds, coarse, build, unit) if unit else bounds, True
        if coarse == "year" and (bounds := build(unit_at(self.reference, "year"))):
            year = self._years.get((bounds[0].month, bounds[0].day))
            if year and (again := build(datetime(year, 1, 1))) and again[1] - again[0] <= timedelta(days=1):
                return again, True
        bounds = self._by_reference(at, coarse, build, unit, slack)
        return None if bounds is None else (bounds, self.known)

    def _of_these_days(self, at: int, begin: datetime, build: Build) -> Bounds | None:
        """A bare day that is the reference date or one just before it, where the date that would fix it
        stands in another sentence and is of other days (`截至22日` after a deadline in September)."""
        latest, (sentence, _) = self._latest("month"), self.document.sentence_at(at)
        if not self.known or (latest and latest[0] >= sentence):
            return None
        here, there = build(unit_at(self.reference, "month")), build(unit_at(begin, "month"))
        today = unit_at(self.reference, "day")
        if here is None or not today - THESE_DAYS <= here[0] <= today:
            return None
        return here if there is None or abs(there[0] - today) > OTHER_DAYS else None

    def _fixed(self, at: int, coarse: Granularity) -> datetime | None:
        """The date in the text before that fixes the coarser unit."""
        sentence, _ = self.document.sentence_at(at)
        latest = self._latest(coarse)
        if coarse == "month" and latest and latest[0] < sentence:
            latest = self._latest("day") or latest
        if latest is None:
            return None
        place, last = latest
        if last.begin is None:
            return None
        begin = last.begin
        if self.known and place < sentence:
            ahead = coarse == "day" and begin > self.reference
            if ahead or (coarse == "year" and begin.year > self.reference.year):
                return None
        same_paragraph = self.text.find("\n", place, at) < 0
        fine = RANK[last.unit or "year"] >= RANK["month"]
        if place >= sentence or not self.known or (same_paragraph and fine):
            return begin
        return begin if coarse in ("month", "day") and at - place <= NEAR else None

    def _onward(self, bounds: Bounds, coarse: Granularity, build: Build, unit: Granularity) -> Bounds:
        """A story runs forward: `12月30日 … 1月3日` passes into the next year, `11月末 … 前11个月` not."""
        last = self.last
        if last is None or last.begin is None or RANK[last.unit or "year"] < RANK["month"]:
            return bounds
        gap = BACKWARD.get(coarse)
        if gap and bounds[1] <= last.begin - gap:
            later = build(add(unit_at(last.begin, coarse), 1, coarse))
            if later and (not self.known or _latest(later, unit) <= self.reference + timedelta(days=31)):
                return later
        return bounds

    def _by_reference(
        self, at: int, coarse: Granularity, build: Build, unit: Granularity | None, slack: timedelta | None
    ) -> Bounds | None:
        """The latest not after the reference date, or the next where the text looks ahead."""
        here = unit_at(self.reference, coarse)
        bounds = build(here)
        if not self.known:
            return bounds or build(add(here, -1, coarse))
        slack = slack or SLACK.get(coarse, DAY)
        if bounds is None or _latest(bounds, unit) > self.reference + slack:
            if bounds and self.looks_ahead(at):
                return bounds
            return build(add(here, -1, coarse)) or bounds
        past = LONG_PAST.get(coarse)
        if unit in ("month", "day") and past and bounds[1] < self.reference - past and self.looks_ahead(at):
            return build(add(here, 1, coarse)) or bounds
        return bounds


def _turns_year(moment: Interval) -> bool:
    """Whether a date begins in one year and ends in the next."""
    ends = moment.finish and (moment.finish - DAY).year
    return moment.begin is not None and moment.begin.year != ends


def _within(moment: Interval, unit: Granularity) -> bool:
    """Whether a date fixes a unit: no stretch of several does, except years that the text names."""
    if moment.kind != "period" or moment.begin is None or moment.finish is None:
        return True
    if unit == "year" and not moment.relative:
        return True
    return moment.finish <= add(moment.begin, 1, unit if unit in MONTHS or unit == "week" else "day")


def _latest(bounds: Bounds, unit: Granularity | None) -> datetime:
    """The beginning of the last unit of an interval: what must not lie ahead of the reference date."""
    return max(bounds[0], add(bounds[1], -1, unit)) if unit and unit != "part_of_day" else bounds[0]
