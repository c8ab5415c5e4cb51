"""Lengths of time: how many of which unit, and what they measure from the reference date."""

import re
from datetime import datetime, timedelta
from decimal import Decimal

import msgspec

from extract.dates.interval import RANK, add, add_months
from extract.numerals import parse
from extract.records import Granularity

UNITS: dict[str, tuple[Granularity, str, Decimal]] = {
    "世纪": ("century", "Y", Decimal(100)), "年": ("year", "Y", Decimal(1)), "载": ("year", "Y", Decimal(1)),
    "学期": ("half", "M", Decimal(6)), "季": ("quarter", "M", Decimal(3)), "月": ("month", "M", Decimal(1)),
    "周": ("week", "W", Decimal(1)), "星期": ("week", "W", Decimal(1)), "礼拜": ("week", "W", Decimal(1)),
    "天": ("day", "D", Decimal(1)), "日": ("day", "D", Decimal(1)), "昼夜": ("day", "D", Decimal(1)),
    "晚": ("day", "D", Decimal(1)), "夜": ("day", "D", Decimal(1)),
    "小时": ("hour", "H", Decimal(1)), "钟头": ("hour", "H", Decimal(1)), "刻": ("minute", "M", Decimal(15)),
    "分": ("minute", "M", Decimal(1)), "秒": ("minute", "S", Decimal(1)),
}  # fmt: skip
"""Unit, TIMEX3 letter and how many of it, by the word that the written unit contains."""

_WRITTEN = "世纪|周年|年|载|学期|季度|月|周|星期|礼拜|天|工作日|交易日|日|昼夜|小时|钟头|刻|分|秒"
_PART = re.compile(
    r"(?P<amount>[\d.,]*[\d零〇一二三四五六七八九十百千万亿两俩半数几上若干多好]*?[万亿千百]*)(?:余|来|几)?(?P<mid>个?[多半]?)"
    rf"(?P<unit>{_WRITTEN})(?:钟|头|度)?(?P<half>半)?"
)
_BY_WRITTEN = {
    written: next(UNITS[word] for word in sorted(UNITS, key=len, reverse=True) if word in written)
    for written in _WRITTEN.split("|")
}
_ABOUT = re.compile("[一二两三四五六七八九]{2}")
"""Two figures in a row are about the one or the other (`两三天`)."""

_HALF = Decimal("0.5")


class Length(msgspec.Struct, frozen=True, gc=False):
    """A length: its parts in order, coarsest first; an amount of ``None`` is a vague one (`数十`)."""

    parts: tuple[tuple[Decimal | None, Granularity, str], ...]

    @property
    def unit(self) -> Granularity:
        """The coarsest unit named."""
        return self.parts[0][1]

    @property
    def exact(self) -> bool:
        return all(amount is not None for amount, _, _ in self.parts)

    @property
    def timex(self) -> str:
        """ISO 8601: ``P7Y``, ``PT3H``, ``P3Y2M``, ``PXY`` for a vague amount."""
        if len(self.parts) == 1 and self.parts[0][0] != _HALF:  # nearly all lengths
            amount, unit, letter = self.parts[0]
            return f"{'PT' if RANK[unit] > RANK['day'] else 'P'}{_plain(amount)}{letter}"
        day = [p for p in self.parts if RANK[p[1]] <= RANK["day"]]
        clock = [p for p in self.parts if RANK[p[1]] > RANK["day"]]
        if len(day) == 1 and day[0][0] == _HALF and day[0][2] in "YD" and not clock:
            return "P6M" if day[0][2] == "Y" else "PT12H"
        if len(clock) == 1 and clock[0][0] == _HALF and clock[0][2] == "H" and not day:
            return "PT30M"
        text = "P" + "".join(f"{_plain(a)}{letter}" for a, _, letter in day)
        return text + ("T" + "".join(f"{_plain(a)}{letter}" for a, _, letter in clock) if clock else "")

    def shift(self, moment: datetime, sign: int) -> datetime | None:
        """The moment so much later or earlier; ``None`` where the amount is vague or leaves the calendar."""
        try:
            for amount, _, letter in self.parts:
                if amount is None:
                    return None
                moment = _shift(moment, amount * sign, letter, RANK[self.unit] > RANK["day"])
        except (OverflowError, ValueError):
            return None
        return moment


def read(text: str) -> Length | None:
    """The length that a text writes (`两年半`, `三个多月`, `3年零2个月`, `数十年`)."""
    parts = []
    for match in _PART.finditer(text.replace(" ", "")):
        figures, mid, written, half = match.groups()
        unit, letter, factor = _BY_WRITTEN[written]
        amount = parse(figures.rstrip("余多来几")) if figures and not _ABOUT.fullmatch(figures) else None
        if not figures and mid == "半":
            amount = _HALF
        elif amount is not None and (half or "半" in mid):
            amount += _HALF
        parts.append((None if amount is None else amount * factor, unit, letter))
    return Length(tuple(parts)) if parts else None


def _plain(amount: Decimal | None) -> str:
    return "X" if amount is None else f"{amount.normalize():f}"


def _shift(moment: datetime, amount: Decimal, letter: str, clock: bool) -> datetime:
    """A moment moved by an amount; half a year is six months, half a month fifteen days."""
    if letter == "Y":
        return add_months(moment, int(amount * 12))
    if letter == "M" and not clock:
        whole = int(amount)
        return add(moment, whole, "month") + timedelta(days=float(amount - whole) * 30)
    seconds = {"W": 604800, "D": 86400, "H": 3600, "M": 60, "S": 1}[letter]
    return moment + timedelta(seconds=float(amount) * seconds)
