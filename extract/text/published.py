"""The publication date of an article, from the most trusted sign that it shows."""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from extract.rules import Rule, Rules

YMD = r"(?<!\d)(?P<year>(?:19|20)\d\d)[-/.年](?P<month>\d{1,2})[-/.月](?P<day>\d{1,2})(?!\d)日?"
FULL = re.compile(YMD)
URL = re.compile(
    r"(?<!\d)(?P<year>20\d\d)[-/_]?(?P<month>0[1-9]|1[0-2])[-/_]?(?P<day>0[1-9]|[12]\d|3[01])(?!\d)"
)
STAMP = re.compile(
    rf"(?m)^[ 　]*(?:发布时间|时间|日期|发布日期|发表于|更新时间)?[：: ]*{YMD}"
    r"[ 　]*(?:\d{1,2}:\d\d|来源|星期|周|[（(]|$)"
)
FULL_DATELINE = re.compile(rf"(?:社|网|报|讯|电|台|日)[^\n。，]{{0,12}}?{YMD}(?:电|讯)")
DATELINE = re.compile(
    r"(?:电|讯|通讯员|记者|社)[^\n。]{0,12}?(?P<month>\d{1,2})月(?P<day>\d{1,2})日(?:电|讯)|"
    r"(?:今天|今日|昨日|昨天)?（(?P<month2>\d{1,2})月(?P<day2>\d{1,2})日）|"
    r"社[^\n。，]{0,8}?(?P<month3>\d{1,2})月(?P<day3>\d{1,2})日电"
)
WEEKDAY = re.compile(r"(?P<month>\d{1,2})月(?P<day>\d{1,2})日（(?:周|星期)(?P<weekday>[一二三四五六日天])）")
MONTH_DAY = re.compile(r"(?<!\d)(?P<month>\d{1,2})月(?P<day>\d{1,2})日")
YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)年")
HEAD = 400
"""Characters at the head of an article where its dateline stands."""

TAIL = 200
"""Characters at its end where some pages put their timestamp."""
APART = 1
"""Days by which signs may differ: pages are filed, dated and put online around midnight."""


def disagreement(signs: Sequence["Published"]) -> str | None:
    """What to warn of where full dates of an article contradict one another."""
    days = [sign.date for sign in signs if sign.sign != "anniversary"]
    if not days or (max(days) - min(days)).days <= APART:
        return None
    dates = " and ".join(f"{s.date} ({s.sign})" for s in signs)
    return f"signs of the publication date disagree: {dates}; the first is taken"


class Published(NamedTuple):
    """The date and the sign that it was read from."""

    date: date
    sign: str


class AnniversaryRule(Rule, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """``pattern`` names an event of ``year``; `N周年` after it gives the year that it is kept in."""

    pattern: str
    year: int


class PublicationDate:
    """Reads publication dates; compiled once."""

    def __init__(self, rules: Rules) -> None:
        self._anniversaries = [
            (re.compile(rf"{r.pattern}(\d{{2,3}})周年"), r.year)
            for r in rules.table("anniversaries", AnniversaryRule)
        ]

    def signs(
        self, text: str, header_date: str | None, url: str | None, name: str = ""
    ) -> Iterator[Published]:
        """All readings of the publication date, most trusted first; ``name`` is that of the file."""
        head, tail = text[:HEAD], text[HEAD:][-TAIL:]
        full = [
            *_all("header", FULL, header_date or ""),
            *_all("url", URL, url or ""),
            *_all("dateline", FULL_DATELINE, head),
            *_all("timestamp", STAMP, head),
        ]
        yield from full or self._dateline(text, head)
        yield from _all("timestamp", STAMP, tail)
        yield from _all("file", URL, name)
        yield from self._anniversary(text, head)

    def _dateline(self, text: str, head: str) -> Iterator[Published]:
        """A month and day of the dateline, in the year that its weekday or the title gives."""
        for m in WEEKDAY.finditer(head):
            years = sorted({int(y) for y in YEAR.findall(text)}, reverse=True)
            for year in (y for known in years for y in (known, known + 1)):
                day = _date(year, m["month"], m["day"])
                if day and day.weekday() == "一二三四五六日".index(m["weekday"].replace("天", "日")):
                    yield Published(day, "dateline")
                    return
        first = head.partition("\n")[0]
        named = [int(y) for y in YEAR.findall(first)]
        if named and (match := DATELINE.search(head)):
            month = match["month"] or match["month2"] or match["month3"]
            day = _date(max(named), month, match["day"] or match["day2"] or match["day3"])
            if day:
                yield Published(day, "dateline")

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


def _all(sign: str, pattern: re.Pattern[str], text: str) -> Iterator[Published]:
    for match in pattern.finditer(text):
        day = _date(int(match["year"]), match["month"], match["day"])
        if day:
            yield Published(day, sign)
            return


def _date(year: int, month: str, day: str) -> date | None:
    try:
        return date(year, int(month), int(day))
    except ValueError:
        return None
