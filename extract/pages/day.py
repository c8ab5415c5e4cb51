"""Days that the lines of a page's head give, and what each is the day of."""

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta, timezone
from typing import Literal, NamedTuple

from extract.numerals import parse
from extract.pages.lines import GAP
from extract.pages.signs import Of, Signs

What = Literal["published", "bare", "updated", "other", "never"]
FIRST, LAST = 1990, 2100
"""Years that a page may be of."""
REPUBLIC, CENTURY = 1911, 2000
"""What is added to years of the Republic, and to two digits of a year."""
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
CHINA = timezone(timedelta(hours=8))
"""The time of every place that Chinese pages are read in."""
BEFORE = 40
"""Characters before a day in which its label stands."""
SENTENCE = re.compile(r"[。！？；]")
MOMENT = re.compile(r"[12]\d{3}-\d\d?-\d\d?[T ]\d\d:\d\d(?::\d\d)?(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)")


class Day(NamedTuple):
    """A day of a head, without a year where it gives none, and where it stands in its line."""

    year: int | None
    month: int
    day: int
    what: What
    start: int
    end: int

    def dated(self, year: int | None = None) -> date | None:
        """The date, in that year where it gives none itself."""
        try:
            return date(self.year or year or 0, self.month, self.day)
        except ValueError:
            return None


class Days:
    """Reads days; compiled once."""

    def __init__(self, signs: Signs) -> None:
        self._anywhere = [*signs.of("day"), *signs.of("yearless")]
        self._labelled = signs.of("day_after_label")
        self._goes_on = signs.goes_on
        kinds: tuple[tuple[What, Of], ...] = (
            ("never", "no_day"),
            ("other", "other_day"),
            ("updated", "updated"),
            ("published", "published"),
        )
        self._labels = [
            (what, re.compile(f"(?:{p.pattern})$", re.I)) for what, of in kinds for p in signs.of(of)
        ]
        self._update = [
            re.compile(rf"[日 \d:T+{GAP}]*(?:{p.pattern})(?![ {GAP}：:于日期时间]*\d)", re.I)
            for p in signs.of("updated")
        ]

    def read(self, line: str) -> Iterator[Day]:
        """The days of a line, in plain script, in its order."""
        found: dict[int, Day] = {}
        for pattern in (*self._anywhere, *self._labelled):
            for match in pattern.finditer(line):
                what = self._what(line, match.start(), match.end())
                taken = any(d.start < match.end() and match.start() < d.end for d in found.values())
                if taken or (pattern in self._labelled and what not in ("published", "updated")):
                    continue
                if day := _day(match, what):
                    found[match.start()] = day
        yield from (found[start] for start in sorted(found))

    def bare(self, line: str, day: Day) -> bool:
        """Whether a day without a label stands there as one of a head, not in a sentence or before a
        headline."""
        return not SENTENCE.search(line) and not self._goes_on.match(line, day.end)

    def _what(self, line: str, start: int, end: int) -> What:
        before = line[max(0, start - BEFORE) : start]
        if any(pattern.match(line, end) for pattern in self._update):
            return "updated"
        return next((what for what, label in self._labels if label.search(before)), "bare")


def stated(value: str, patterns: list[re.Pattern[str]]) -> date | None:
    """The day of a value in the code of a page: a moment in any form, or seconds since 1970."""
    if re.fullmatch(r"1\d{9}(?:\d{3})?", value):
        return _within(datetime.fromtimestamp(int(value[:10]), CHINA).date())
    if moment := MOMENT.match(value):
        try:
            read = datetime.fromisoformat(moment[0].replace("Z", "+00:00"))
            return _within(read.astimezone(CHINA).date())
        except ValueError:
            return None
    for pattern in patterns:
        if (match := pattern.match(value)) and (day := _day(match, "bare")):
            return _within(day.dated())
    return None


def _within(day: date | None) -> date | None:
    return day if day and FIRST <= day.year < LAST else None


def _day(match: re.Match[str], what: What) -> Day | None:
    parts = {name.rstrip("_"): value for name, value in match.groupdict().items() if value}
    month, day = _number(parts["month"]), _number(parts["day"])
    year = _year(parts)
    if year is not None and not FIRST <= year < LAST:
        return None
    found = Day(year, month, day, what, match.start(), match.end())
    return found if found.dated(CENTURY) else None


def _year(parts: dict[str, str]) -> int | None:
    if "republic" in parts:
        return int(parts["republic"]) + REPUBLIC
    if "short" in parts:
        return int(parts["short"]) + CENTURY
    return _number(parts["year"]) if "year" in parts else None


def _number(text: str) -> int:
    """The value of digits, Chinese numerals, or the name of a month; 0 where it is none."""
    if text.isascii() and text.isdigit():
        return int(text)
    if text[:3].lower() in MONTHS:
        return MONTHS.index(text[:3].lower()) + 1
    if text == "元":
        return 1
    value = parse(text.rstrip("月").replace("○", "〇").replace("廿", "二十").replace("卅", "三十"))
    return int(value) if value is not None and value == int(value) else 0
