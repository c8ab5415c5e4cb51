"""Festivals, solar terms and the lunar calendar: from how a rule writes a day to the day of a year."""

import math
import re
from datetime import datetime, timedelta

from lunardate import LunarDate

_FIXED = re.compile(r"(\d\d)-(\d\d)")
_LUNAR = re.compile(r"L(-?\d+)-(-?\d+)")
_WEEKDAY = re.compile(r"(\d+)/(\d)/(\d)")
_EASTER = re.compile(r"([EO])(-?\d+)")
_ISLAMIC = re.compile(r"I(\d+)-(\d+)")
_TERM = re.compile(r"S(\d+)")


def festival(notation: str, year: int) -> tuple[datetime, datetime] | None:
    """Bounds of a festival in a year of the common calendar.

    ``10-01`` is a day of the common calendar, ``L8-15`` of the lunar one (``L1--1`` the day before the
    new year), ``I10-1`` of the Islamic one, ``5/2/7`` the second Sunday of May, ``E1`` the day after
    Easter (``O1`` the Orthodox one), ``S15`` the sun at fifteen degrees, ``+7`` seven days.
    """
    day, _, days = notation.partition("+")
    try:
        begin = _day(day, year)
    except (ValueError, OverflowError):
        return None
    return (begin, begin + timedelta(days=int(days or 1))) if begin else None


def _day(notation: str, year: int) -> datetime | None:
    if match := _FIXED.fullmatch(notation):
        return datetime(year, int(match[1]), int(match[2]))
    if match := _LUNAR.fullmatch(notation):
        month, day = int(match[1]), int(match[2])
        if day < 0:
            first = lunar_day(year, month, 1)
            return first and first + timedelta(days=day)
        return lunar_day(year, month, day)
    if match := _WEEKDAY.fullmatch(notation):
        return nth_weekday(datetime(year, int(match[1]), 1), int(match[2]), int(match[3]))
    if match := _EASTER.fullmatch(notation):
        sunday = easter(year) if match[1] == "E" else orthodox_easter(year)
        return sunday + timedelta(days=int(match[2]))
    if match := _ISLAMIC.fullmatch(notation):
        return islamic_day(year, int(match[1]), int(match[2]))
    if match := _TERM.fullmatch(notation):
        return solar_term(year, int(match[1]))
    return None


def lunar_day(year: int, month: int, day: int, leap: bool = False) -> datetime | None:
    """A day of the lunar calendar; ``None`` where that year has none such."""
    try:
        found = LunarDate(year, month, day, leap).to_solar_date()
    except ValueError:
        return None
    return datetime(found.year, found.month, found.day)


def lunar_month(year: int, month: int, leap: bool = False) -> tuple[datetime, datetime] | None:
    """Bounds of a month of the lunar calendar; months have twenty-nine or thirty days."""
    begin = lunar_day(year, month, 1, leap)
    if begin is None:
        return None
    return begin, begin + timedelta(days=30 if lunar_day(year, month, 30, leap) else 29)


def nth_weekday(month: datetime, nth: int, weekday: int) -> datetime | None:
    """The nth Monday (1) to Sunday (7) of a month, the last for -1."""
    if nth < 0:
        following = (month.replace(day=28) + timedelta(days=4)).replace(day=1)
        return following - timedelta(days=(following.weekday() - weekday) % 7 + 1)
    first = month + timedelta(days=(weekday - 1 - month.weekday()) % 7)
    found = first + timedelta(weeks=nth - 1)
    return found if found.month == month.month else None


def solar_term(year: int, degrees: int) -> datetime:
    """The day, in China, on which the sun comes to a longitude (Meeus, Astronomical Algorithms, 25)."""
    spring = datetime(year, 3, 20)
    guess = spring + timedelta(days=(degrees if degrees < 280 else degrees - 360) * 365.2422 / 360)
    for _ in range(4):
        off = (degrees - _sun(guess) + 180) % 360 - 180
        guess += timedelta(days=off * 365.2422 / 360)
    local = guess + timedelta(hours=8)
    return datetime(local.year, local.month, local.day)


def _sun(moment: datetime) -> float:
    """Apparent longitude of the sun in degrees, to a hundredth, at a moment of terrestrial time."""
    centuries = ((moment - datetime(2000, 1, 1, 12)) / timedelta(days=1) + 0.0008) / 36525
    mean = 280.46646 + 36000.76983 * centuries
    anomaly = math.radians(357.52911 + 35999.05029 * centuries)
    centre = (1.914602 - 0.004817 * centuries) * math.sin(anomaly) + 0.019993 * math.sin(2 * anomaly)
    node = math.radians(125.04 - 1934.136 * centuries)
    return (mean + centre + 0.00029 * math.sin(3 * anomaly) - 0.00569 - 0.00478 * math.sin(node)) % 360


def easter(year: int) -> datetime:
    """Easter Sunday of the Gregorian calendar (the anonymous algorithm of 1876)."""
    a, (b, c) = year % 19, divmod(year, 100)
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    k = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    m = (a + 11 * h + 22 * k) // 451
    month, day = divmod(h + k - 7 * m + 114, 31)
    return datetime(year, month, day + 1)


def orthodox_easter(year: int) -> datetime:
    """Easter Sunday of the Julian calendar (Meeus), thirteen days on until the year 2100."""
    epact = (19 * (year % 19) + 15) % 30
    days = (2 * (year % 4) + 4 * (year % 7) - epact + 34) % 7
    month, day = divmod(epact + days + 114, 31)
    return datetime(year, month, day + 1) + timedelta(days=13)


def islamic_day(year: int, month: int, day: int) -> datetime:
    """The first such day of the tabular Islamic calendar in a common year; the moon may shift it by one."""
    lunar = (year - 622) * 33 // 32
    found = _islamic(lunar, month, day)
    while found.year < year:
        lunar += 1
        found = _islamic(lunar, month, day)
    return found


def _islamic(year: int, month: int, day: int) -> datetime:
    days = (year - 1) * 354 + (11 * year + 3) // 30 + math.ceil(29.5 * (month - 1)) + day
    return datetime(622, 7, 19) + timedelta(days=days - 1)
