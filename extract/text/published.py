"""The publication date of an article, from the most trusted sign that it shows."""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Literal, NamedTuple

from extract.rules import PatternRule, Rules
from extract.text.layout import Header

Where = Literal["date", "url", "head", "ends", "metadata", "name"]
WEEKDAYS = "一二三四五六日"
YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)年")
MONTH_DAY = re.compile(r"(?<!\d)(?P<month>\d{1,2})月(?P<day>\d{1,2})日")
HEAD = 400
"""Characters at the head of an article where its dateline stands."""
TAIL = 200
"""Characters at its end where some pages put their timestamp."""
APART = 1
"""Days by which signs may differ: pages are filed, dated and put online around midnight."""


class Published(NamedTuple):
    """The date and the sign that it was read from."""

    date: date
    sign: str


def disagreement(signs: Sequence[Published]) -> str | None:
    """What to warn of where full dates of an article contradict one another."""
    days = [sign.date for sign in signs if sign.sign != "anniversary"]
    if not days or (max(days) - min(days)).days <= APART:
        return None
    dates = " and ".join(f"{s.date} ({s.sign})" for s in signs)
    return f"signs of the publication date disagree: {dates}; the first is taken"


class SignRule(PatternRule, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """``pattern`` with the groups ``month``, ``day`` and (for a full date) ``year``, else perhaps
    ``weekday``, is a ``sign`` of the publication date ``where`` it is looked for."""

    sign: str
    where: Where


class AnniversaryRule(PatternRule, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """``pattern`` names an event of ``year``; `N周年` after it gives the year that it is kept in."""

    year: int


class PublicationDate:
    """Reads publication dates; compiled once."""

    def __init__(self, rules: Rules) -> None:
        self._signs = rules.patterns("published", SignRule, re.MULTILINE)
        self._anniversaries = [
            (re.compile(rf"{r.pattern}(\d{{2,3}})周年"), r.year)
            for r in rules.table("anniversaries", AnniversaryRule)
        ]

    def signs(
        self, text: str, header: Header, name: str = "", metadata: date | None = None
    ) -> list[Published]:
        """All readings of the publication date, most trusted first. ``name`` is that of the file,
        ``metadata`` the date that its container gives."""
        head = text[:HEAD]
        places: dict[Where, str] = {
            "date": header.date or "",
            "url": header.url or "",
            "head": head,
            "ends": f"{head}\n{text[HEAD:][-TAIL:]}",
            "metadata": metadata.isoformat() if metadata else "",
            "name": name,
        }
        full = {rule.id: _full(pattern, places[rule.where]) for rule, pattern in self._signs}
        found: list[Published] = []
        for rule, pattern in self._signs:
            day = full[rule.id]
            if day is None and not found and "year" not in pattern.groupindex:
                later = next(filter(None, full.values()), None)
                day = _within_year(pattern, places[rule.where], text, later)
            if day:
                found.append(Published(day, rule.sign))
        return found or list(self._anniversary(text, head))

    def _anniversary(self, text: str, head: str) -> Iterator[Published]:
        """A text that names no year, but keeps an anniversary: its latest day is of that year."""
        for pattern, founded in self._anniversaries:
            match = pattern.search(text)
            if match and not YEAR.search(text):
                days = [
                    _date(founded + int(match[1]), m["month"], m["day"]) for m in MONTH_DAY.finditer(head)
                ]
                if known := [d for d in days if d]:
                    yield Published(max(known), "anniversary")


def _full(pattern: re.Pattern[str], text: str) -> date | None:
    """The first full date that a sign gives."""
    if "year" not in pattern.groupindex:
        return None
    days = (_date(int(m["year"]), m["month"], m["day"]) for m in pattern.finditer(text))
    return next(filter(None, days), None)


def _within_year(pattern: re.Pattern[str], place: str, text: str, later: date | None) -> date | None:
    """The day of a sign that gives no year: in the one that its weekday fits, else the latest that is not
    after a less trusted date, else in that of the title."""
    if "weekday" in pattern.groupindex:
        return next(filter(None, (_of_weekday(m, text) for m in pattern.finditer(place))), None)
    match = pattern.search(place)
    if match is None:
        return None
    if later:
        days = (_date(year, match["month"], match["day"]) for year in (later.year, later.year - 1))
        return next((day for day in days if day and day <= later), None)
    titled = [int(year) for year in YEAR.findall(text[:HEAD].partition("\n")[0])]
    return _date(max(titled), match["month"], match["day"]) if titled else None


def _of_weekday(match: re.Match[str], text: str) -> date | None:
    """A day in the latest year that the text names, or in the next, in which it is that weekday."""
    for known in sorted({int(year) for year in YEAR.findall(text)}, reverse=True):
        for year in (known, known + 1):
            day = _date(year, match["month"], match["day"])
            if day and day.weekday() == WEEKDAYS.index(match["weekday"].replace("天", "日")):
                return day
    return None


def _date(year: int, month: str, day: str) -> date | None:
    try:
        return date(year, int(month), int(day))
    except ValueError:
        return None
