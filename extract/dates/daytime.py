"""Resolvers of parts of the day and of times of the clock."""

from datetime import datetime, timedelta

from msgspec.structs import replace

from extract.dates.context import Bounds, Context
from extract.dates.interval import RANK, Interval, unit_at
from extract.dates.resolve import number, settle
from extract.dates.rule import Piece


def part(piece: Piece, base: Interval | None, context: Context) -> Interval | None:
    """A part of a day; its words have their first and last hour."""
    first, last = piece.rule.words[piece.match["word"]]

    def build(at: datetime) -> Bounds:
        return at + timedelta(hours=first), at + timedelta(hours=last)

    return settle(piece, base, context, "day", build)


def day_part(piece: Piece, base: Interval | None, context: Context) -> Interval | None:
    """A day and its part in one word (`昨晚`, `当晚`, `今早`): days from the origin, first and last hour."""
    shift, first, last = piece.rule.words[piece.match["word"]]
    if base is not None:
        if piece.rule.origin != "context" or base.unit != "day" or base.begin is None:
            return None
        at, known, given = base.begin, base.known, base.given
    else:
        at, known, given = context.reference, context.known, RANK["day"] + 1
        if piece.rule.origin == "context":
            at, known, _ = context.nearest("day")
    at = unit_at(at, "day") + timedelta(days=shift)
    begin, finish = at + timedelta(hours=first), at + timedelta(hours=last)
    return Interval(begin, finish, "part_of_day", relative=True, known=known, given=given)


def clock(piece: Piece, base: Interval | None, context: Context) -> Interval | None:
    """A time of day; it lasts one unit of its own precision."""
    hour, minute, second = (number(piece.group(g)) for g in ("hour", "minute", "second"))
    quarter, half = piece.group("quarter"), piece.group("half")
    minute = 30 if half else 15 * number(quarter) if quarter else minute
    until = number(piece.group("until"))
    if hour > 24 or minute > 59 or second > 59 or until > 24:
        return None
    fine = piece.group("minute") is not None or half is not None or quarter is not None
    if base is not None and base.unit == "part_of_day" and base.begin is not None:
        hour, until = (_afternoon(h, base.begin.hour) for h in (hour, until))
        midnight = unit_at(base.begin, "day")
        base = replace(base, begin=midnight, finish=midnight + timedelta(days=1))

    def build(at: datetime) -> Bounds:
        begin = at + timedelta(hours=hour, minutes=minute, seconds=second)
        if until > hour:
            return begin - timedelta(minutes=minute), at + timedelta(hours=until, minutes=minute)
        step = timedelta(seconds=1) if piece.group("second") else timedelta(minutes=1 if fine else 60)
        return begin, begin + step

    if base is not None and base.begin is not None and hour == 24:
        bounds = build(base.begin)
        return replace(base, begin=bounds[0], finish=bounds[1], unit="hour", timex=None)
    found = settle(piece, base, context, "day", build)
    if found is None:
        return None
    return replace(found, unit="minute" if fine else "hour", kind="period" if until > hour else "date")


def clock_pair(piece: Piece, base: Interval | None, context: Context) -> Interval | None:
    """About one hour or the next (`七八点`)."""
    if base is None or base.begin is None:
        return None
    part = base.begin.hour if base.unit == "part_of_day" else 0
    first, last = (_afternoon(number(piece.match[g]), part) for g in ("hour", "until"))
    if last != first + 1:
        return None
    midnight = unit_at(base.begin, "day")
    begin, finish = midnight + timedelta(hours=first), midnight + timedelta(hours=last + 1)
    return replace(base, begin=begin, finish=finish, unit="hour", kind="period", timex=None)


def _afternoon(hour: int, part: int) -> int:
    """An hour of twelve as one of twenty-four, by the hour at which its part of the day begins."""
    if part < 11 or hour > 12 or hour == 0:
        return hour
    if hour == 12:
        return 24 if part >= 17 else 12
    late = (part >= 20 and hour <= 4) or (part == 11 and hour > 4)
    return hour if late else hour + 12
