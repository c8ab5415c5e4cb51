"""How each phrasing is computed: resolvers of points of the calendar, by the name that rules give."""

from calendar import isleap
from collections.abc import Callable
from datetime import datetime, timedelta

from msgspec.structs import replace

from extract.dates.calendar import nth_weekday
from extract.dates.context import Bounds, Build, Context
from extract.dates.interval import MONTHS, RANK, Interval, add, add_months, calendar_unit, unit_at
from extract.dates.rule import Piece
from extract.numerals import parse
from extract.records import DateKind, Granularity

ZERO = str.maketrans("0Oo", "〇〇〇")
"""Signs that stand for a zero among Chinese figures (`二0二三`)."""

WEEK = ("周", "期", "拜")
"""Last characters before the number of a weekday."""

LEAP = 9
"""Years within which there is a leap year, whatever the century."""

Resolver = Callable[[Piece, Interval | None, Context], Interval | None]


def number(text: str | None) -> int:
    """A numeral as an int, zero where there is none."""
    if not text:
        return 0
    if text.isdigit():
        return int(text)
    value = parse(text)
    return int(value) if value is not None else 0


def bounds_of(begin: datetime, unit: Granularity, count: int = 1) -> Bounds:
    """From a moment on, so many units."""
    return begin, add(begin, count, unit)


def settle(
    piece: Piece,
    base: Interval | None,
    context: Context,
    coarse: Granularity,
    build: Build,
    slack: timedelta | None = None,
) -> Interval | None:
    """A unit inside the date it refines, or inside the one that the context gives."""
    unit = piece.rule.unit
    assert unit is not None
    if base is not None:
        if base.begin is None or base.finish is None:  # 三天后的8时, without a reference date
            return replace(base, unit=unit, timex=None) if base.relative and not base.known else None
        bounds = build(unit_at(base.begin, coarse))
        if bounds is None or not base.begin <= bounds[0] < base.finish:
            return None
        return replace(base, begin=bounds[0], finish=bounds[1], unit=unit, kind="date", timex=None)
    placed = context.place(piece.start, coarse, build, unit, slack)
    if placed is None:
        return None
    (begin, finish), known = placed
    return Interval(begin, finish, unit, relative=True, known=known, given=RANK[unit])


def full_year(text: str, context: Context) -> int:
    """The year that two or four digits write: two are the latest such year not far ahead."""
    text = text.lstrip("’‘'")
    year = number(text if text.isascii() else text.translate(ZERO))
    if len(text) > 2 and text[0] not in "’‘'":
        return year
    pivot = (context.reference.year if context.known else 2030) + (10 if text.isascii() else 1)
    return max(y for y in (1900 + year % 100, 2000 + year % 100) if y <= pivot or y < 2000)


def year(piece: Piece, base: Interval | None, context: Context) -> Interval | None:
    """A year of the common era, of the Republic (民国), or of two digits; or a run of years."""
    if base is not None:
        return None
    written = piece.match["year"]
    first = number(written) + 1911 if piece.group("roc") is not None else full_year(written, context)
    last = first
    if (until := piece.group("until")) is not None:
        last = number(until)
        last = last if last > 99 else first // 100 * 100 + last
    if piece.group("bc"):
        return Interval(None, None, "century" if piece.group("century") else "year")
    if not 1 <= first <= last < 9999:
        return None
    begin, finish = datetime(first, 1, 1), datetime(last + 1, 1, 1)
    return Interval(begin, finish, "year", kind="period" if last > first else "date")


def full_date(piece: Piece, base: Interval | None, context: Context) -> Interval | None:
    """A date in figures (`2023-01-09`, `2023.1.9 20:52`), or a run of months (`1999.08-2002.02`)."""
    if base is not None:
        return None
    day = number(piece.group("day"))
    try:
        begin = datetime(full_year(piece.match["year"], context), number(piece.match["month"]), day or 1)
    except ValueError:
        return None
    unit: Granularity = "day" if day else "month"
    if piece.group("minute"):
        unit = "minute"
        hour, minute, second = (number(piece.group(g)) for g in ("hour", "minute", "second"))
        begin += timedelta(hours=hour, minutes=minute, seconds=second)
    begin, finish = bounds_of(begin, unit)
    if piece.group("second"):
        finish = begin + timedelta(seconds=1)
    if not (until := piece.group("until")):
        return Interval(begin, finish, unit)
    finish = add(datetime(int(until), number(piece.group("until_month")) or 12, 1), 1, "month")
    return Interval(begin, finish, unit, "period") if begin < finish else None


def month(piece: Piece, base: Interval | None, context: Context) -> Interval | None:
    """A month of a year, or a run of months (`1至9月`)."""
    written = piece.match["month"]
    first, last = int(piece.rule.words.get(written, 0)) or number(written), number(piece.group("until"))
    if not 1 <= first <= 12 or last > 12:
        return None
    count = (last - first) % 12 + 1 if last else 1

    def build(at: datetime) -> Bounds:
        return bounds_of(at.replace(month=first), "month", count)

    found = settle(piece, base, context, "year", build)
    return found and replace(found, kind="period" if last else "date")


def day(piece: Piece, base: Interval | None, context: Context) -> Interval | None:
    """A day of a month, or a run of days."""
    first, last = number(piece.match["day"]), number(piece.group("until"))

    def build(at: datetime) -> Bounds | None:
        try:
            begin = at.replace(day=first)
            finish = at.replace(day=last) if last else begin
        except ValueError:
            return None
        return (begin, finish + timedelta(days=1)) if finish >= begin else None

    found = settle(piece, base, context, "month", build)
    return found and replace(found, kind="period" if last else "date")


def leap_day(piece: Piece, base: Interval | None, context: Context) -> Interval | None:
    """The 29th of February: of the year that is named, else of the last leap year."""

    def build(at: datetime) -> Bounds | None:
        years = (at.year,) if base else range(at.year, max(1, at.year - LEAP), -1)
        year = next((year for year in years if isleap(year)), None)
        return bounds_of(datetime(year, 2, 29), "day") if year else None

    return settle(piece, base, context, "year", build)


def month_day(piece: Piece, base: Interval | None, context: Context) -> Interval | None:
    """A month and a day in figures (`6·30`)."""

    def build(at: datetime) -> Bounds | None:
        month, day = number(piece.match["month"]), number(piece.match["day"])
        try:
            return bounds_of(at.replace(month=month, day=day), "day")
        except ValueError:
            return None

    return settle(piece, base, context, "year", build)


def relative(piece: Piece, base: Interval | None, context: Context) -> Interval | None:
    """A unit counted from the reference date (`去年`, `上月`, `昨天`) or from the date before (`次日`)."""
    rule, unit = piece.rule, piece.rule.unit
    assert unit is not None
    shift = int(rule.words[piece.match["word"]]) * (number(piece.group("times")) or 1)
    if base is not None:
        if rule.origin == "reference":
            return _then(base, context) if unit == "day" and shift == 0 else None
        if base.begin is None or RANK[base.unit or "year"] != RANK[unit]:
            return None
        return replace(base, begin=add(base.begin, shift, unit), finish=add(base.begin, shift + 1, unit))
    compared = shift < 0 and unit in ("month", "quarter") and context.compares(piece.start, piece.end)
    nearest = context.nearest(unit)
    if rule.origin == "context" or (compared and nearest[2]):  # 5月份…，比上月: the one before May
        anchor, known, _ = nearest
    else:
        anchor, known = context.reference, context.known
    try:
        begin, finish = calendar_unit(anchor, unit, shift)
    except (OverflowError, ValueError):
        return None
    return Interval(begin, finish, unit, relative=True, known=known, given=RANK[unit] + 1)


def pair(piece: Piece, base: Interval | None, context: Context) -> Interval | None:
    """A unit counted from the reference date and the one after it, in one word (`今明两年`, `明后天`)."""
    first = relative(piece, base, context)
    if first is None or first.begin is None or piece.rule.unit is None:
        return None
    return replace(first, finish=add(first.begin, 2, piece.rule.unit), kind="period")


def _then(base: Interval, context: Context) -> Interval | None:
    """This day in another year or month (`两年前的今天`)."""
    if base.begin is None or not context.known or base.unit not in ("year", "month"):
        return None
    here, there = unit_at(context.reference, "month"), unit_at(base.begin, "month")
    months = 12 * (there.year - here.year) + (there.month - here.month if base.unit == "month" else 0)
    begin, finish = bounds_of(unit_at(add_months(context.reference, months), "day"), "day")
    return replace(base, begin=begin, finish=finish, unit="day", timex=None)


def some_day(piece: Piece, base: Interval | None, context: Context) -> Interval | None:
    """A day that is not said (`2015年的一天`): the interval of what it lies in."""
    return base and replace(base, indefinite=True)


def nth(piece: Piece, base: Interval | None, context: Context) -> Interval | None:
    """The nth half, quarter, week or day of a year or month (`上半年`, `三季度`, `最后一天`), or a run."""
    unit = piece.rule.unit
    assert unit is not None
    word = piece.group("word")
    first = int(piece.rule.words[word]) if word is not None else number(piece.match["n"])
    last = number(piece.group("until")) or first
    within: Granularity = "month" if base and base.unit == "month" else "year"

    def build(at: datetime) -> Bounds | None:
        finish = add(at, 1, within)
        begin = at
        if unit == "week":  # the first week that begins in it
            begin += timedelta(days=-at.weekday() % 7 if within == "month" else _first_week(at))
        begin = add(begin, first - 1, unit) if first > 0 else add(finish, first, unit)
        return (begin, add(begin, last - first + 1, unit)) if at <= begin < finish or unit == "week" else None

    slack = timedelta(days=366) if unit == "half" else None  # 下半年 is that of this year, in spring too
    found = settle(piece, base, context, within, build, slack)
    return found and replace(found, kind="period" if last > first else "date")


def _first_week(year: datetime) -> int:
    """Days from the first of January to the Monday of the first ISO week."""
    return -year.weekday() if year.weekday() <= 3 else 7 - year.weekday()


def first_n(piece: Piece, base: Interval | None, context: Context) -> Interval | None:
    """The first or last so many units (`前三季度`, `前5个月`, `后三天`)."""
    unit, count = piece.rule.unit, number(piece.group("n") or piece.group("m"))
    assert unit is not None
    coarse: Granularity = base.unit if base and base.unit else "year" if unit in MONTHS else "month"

    def build(at: datetime) -> Bounds | None:
        finish = add(at, 1, coarse)
        bounds = (add(finish, -count, unit), finish) if piece.group("last") else bounds_of(at, unit, count)
        return bounds if at <= bounds[0] and bounds[1] <= finish else None

    found = settle(piece, base, context, coarse, build)
    return found and replace(found, kind="period")


def weekday(piece: Piece, base: Interval | None, context: Context) -> Interval | None:
    """A day of a week; beside a date it only confirms it."""
    index = int(piece.rule.words[piece.match["word"]])
    if base is not None and base.unit == "day":
        listed = base.begin is not None and base.begin.weekday() != index - 1
        return None if listed and context.text.startswith(WEEK, piece.start - 2) else base  # 周六周日
    if base is not None and base.unit == "month":
        at = base.begin and nth_weekday(base.begin, _place(piece), index)
        return replace(base, begin=at, finish=at + timedelta(days=1), unit="day") if at else None
    return settle(piece, base, context, "week", lambda at: bounds_of(at + timedelta(days=index - 1), "day"))


def weekday_of_month(piece: Piece, base: Interval | None, context: Context) -> Interval | None:
    """The nth weekday of a month that is named: of this year, where none is."""
    index, nth = int(piece.rule.words[piece.match["word"]]), _place(piece)
    month = number(piece.match["month"])

    def build(at: datetime) -> Bounds | None:
        day = nth_weekday(at.replace(month=month), nth, index)
        return bounds_of(day, "day") if day else None

    return settle(piece, base, context, "year", build, timedelta(days=366))


def _place(piece: Piece) -> int:
    """Which one of several it is: -1 for the last."""
    return -1 if piece.group("last") else number(piece.group("n"))


def weekend(piece: Piece, base: Interval | None, context: Context) -> Interval | None:
    """Saturday and Sunday."""
    found = settle(piece, base, context, "week", lambda at: (at + timedelta(days=5), at + timedelta(days=7)))
    return found and replace(found, kind="period")


def decade(piece: Piece, base: Interval | None, context: Context) -> Interval | None:
    """A decade or two (`上世纪90年代`, `七八十年代`); without its century the one that is past."""
    first, last = number(piece.match["n"]), number(piece.group("until"))
    if last:
        first, last = first * 10, last * 10
    last = max(first, last)
    kind: DateKind = "period" if last > first else "date"
    if base is not None and base.begin is not None:
        year = base.begin.year
        begin, finish = datetime(year + first, 1, 1), datetime(year + last + 10, 1, 1)
        return replace(base, begin=begin, finish=finish, unit="decade", kind=kind)
    era = 0 if first > 99 else 1900 if first >= 30 else 2000
    return Interval(datetime(era + first, 1, 1), datetime(era + last + 10, 1, 1), "decade", kind)


def century(piece: Piece, base: Interval | None, context: Context) -> Interval | None:
    """A century by its number: the 20th begins in 1900, as decades of it are counted."""
    n = number(piece.match["n"])
    if base is not None or not 2 <= n <= 50:
        return None
    return Interval(datetime((n - 1) * 100, 1, 1), datetime(n * 100, 1, 1), "century")


def same_period(piece: Piece, base: Interval | None, context: Context) -> Interval | None:
    """The period of the date before, in another year (`去年同期`, `2016年同期`)."""
    last = context.last
    if last is None or last.begin is None or last.finish is None:
        return replace(base, kind="period") if base else Interval(None, None, None, "period", relative=True)
    if base is not None and base.begin is not None:
        shift = base.begin.year - last.begin.year
    else:
        shift = int(piece.rule.words[piece.match["word"]])
        if piece.rule.origin == "reference" and context.known:
            shift += context.reference.year - last.begin.year
    begin, finish = add_months(last.begin, 12 * shift), add_months(last.finish, 12 * shift)
    return replace(last, begin=begin, finish=finish, relative=True, timex=None)
