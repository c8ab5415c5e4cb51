"""What a time expression resolves to, and the calendar arithmetic on it."""

from calendar import monthrange
from datetime import MAXYEAR, MINYEAR, datetime, timedelta

import msgspec

from extract.records import DateKind, Granularity

RANK: dict[Granularity, int] = {
    "century": 0, "decade": 1, "year": 2, "half": 3, "quarter": 3, "month": 4, "week": 5, "day": 6,
    "part_of_day": 7, "hour": 8, "minute": 9,
}  # fmt: skip
"""How fine a unit is; only a finer one refines a coarser one."""

MONTHS: dict[Granularity, int] = {
    "century": 1200, "decade": 120, "year": 12, "half": 6, "quarter": 3, "month": 1,
}  # fmt: skip
SPANS: dict[Granularity, timedelta] = {
    "week": timedelta(days=7),
    "day": timedelta(days=1),
    "hour": timedelta(hours=1),
    "minute": timedelta(minutes=1),
}


class Interval(msgspec.Struct, frozen=True, gc=False):
    """An interval of calendar time, half-open, with the unit that named it."""

    begin: datetime | None
    finish: datetime | None
    unit: Granularity | None
    kind: DateKind = "date"
    relative: bool = False
    known: bool = True
    """False where it hangs on a reference date that is not given."""
    given: int = 0
    """Rank of the coarsest unit that the text itself gives; what is coarser is masked where not `known`."""
    timex: str | None = None
    vague: bool = False
    indefinite: bool = False
    """True for a day that is not said (`2015年的一天`): no later `当天` can be resolved by it."""


def unit_at(moment: datetime, unit: Granularity) -> datetime:
    """The beginning of the unit of the calendar that holds the moment."""
    if unit == "year":
        return datetime(moment.year, 1, 1)
    if unit == "month":
        return datetime(moment.year, moment.month, 1)
    if unit in ("hour", "minute", "part_of_day"):
        return moment.replace(minute=0 if unit == "hour" else moment.minute, second=0, microsecond=0)
    if unit in ("day", "week"):
        day = datetime(moment.year, moment.month, moment.day)
        return day if unit == "day" else day - timedelta(days=day.weekday())
    if unit in ("century", "decade"):
        years = 100 if unit == "century" else 10
        return datetime(max(MINYEAR, moment.year // years * years), 1, 1)
    width = MONTHS[unit]
    return datetime(moment.year, (moment.month - 1) // width * width + 1, 1)


def add_months(moment: datetime, months: int) -> datetime:
    """The same day so many months on, or the last of its month where it has no such day."""
    count = moment.year * 12 + moment.month - 1 + months
    year, month = divmod(count, 12)
    if not MINYEAR <= year <= MAXYEAR:
        raise OverflowError(f"year {year} is out of the calendar")
    day = moment.day if moment.day <= 28 else min(moment.day, monthrange(year, month + 1)[1])
    return moment.replace(year=year, month=month + 1, day=day)


def add(moment: datetime, count: int, unit: Granularity) -> datetime:
    """The moment so many units on."""
    return add_months(moment, count * MONTHS[unit]) if unit in MONTHS else moment + count * SPANS[unit]


def calendar_unit(moment: datetime, unit: Granularity, shift: int = 0) -> tuple[datetime, datetime]:
    """Bounds of the unit that holds the moment, so many units on."""
    begin = add(unit_at(moment, unit), shift, unit)
    return begin, add(begin, 1, unit)


def timex(moment: Interval) -> str | None:
    """TIMEX3 value; fields that only a missing reference could fill are written ``X``."""
    if moment.timex is not None or moment.unit is None or (moment.begin is None and moment.finish is None):
        return moment.timex
    if moment.kind == "period":
        sides = (moment.begin, moment.finish)
        if not moment.known:
            return None
        return "/".join("" if side is None else _point(side, _fitting(side, moment.unit)) for side in sides)
    if moment.begin is None:
        return None
    written = _point(moment.begin, moment.unit)
    return written if moment.known else _masked(written, moment.given)


def _fitting(side: datetime, unit: Granularity) -> Granularity:
    """The unit that writes a bound of a period whole: the named one, or a finer one."""
    if unit == "part_of_day":
        unit = "hour"
    if (side.hour, side.minute) != (0, 0) and RANK[unit] < RANK["hour"]:
        return "minute"
    if RANK[unit] < RANK["day"] and unit_at(side, unit) != side:
        return "month" if side.day == 1 and RANK[unit] < RANK["month"] else "day"
    return unit


def _point(at: datetime, unit: Granularity) -> str:
    match unit:  # the most frequent first
        case "day":
            return at.date().isoformat()
        case "year":
            return f"{at.year:04d}"
        case "month":
            return f"{at.year:04d}-{at.month:02d}"
        case "quarter":
            return f"{at.year:04d}-Q{(at.month + 2) // 3}"
        case "half":
            return f"{at.year:04d}-H{(at.month + 5) // 6}"
        case "week":
            year, week, _ = at.isocalendar()
            return f"{year:04d}-W{week:02d}"
        case "decade":
            return f"{at.year // 10:03d}"
        case "century":
            return f"{at.year // 100:02d}"
        case "part_of_day":
            part = "NI" if at.hour < 5 else "MO" if at.hour < 12 else "AF" if at.hour < 17 else "EV"
            return f"{at.date().isoformat()}T{part}"
        case "hour":
            return f"{at.date().isoformat()}T{at.hour:02d}"
        case _:
            return at.isoformat(timespec="seconds" if at.second else "minutes")


def _masked(written: str, given: int) -> str:
    masks = ((RANK["year"], 4, "XXXX"), (RANK["month"], 7, "XXXX-XX"), (RANK["day"], 10, "XXXX-XX-XX"))
    for rank, width, mask in reversed(masks):
        if given > rank and (len(written) >= width):
            return mask + written[width:]
    return written
