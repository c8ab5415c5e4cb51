"""What words after a date make of it: open ends, limits, hedges."""

from collections.abc import Callable

from msgspec.structs import replace

from extract.dates.context import Context
from extract.dates.moment import Moment

Tail = Callable[[Moment, Context], Moment | None]


def since(moment: Moment, context: Context) -> Moment | None:
    """`以来`, `起`: from its beginning to the reference date, or on, where it begins later."""
    if moment.kind in ("duration", "recurrence"):
        return None
    past = context.known and moment.begin is not None and moment.begin < context.reference
    finish = context.reference if past else None
    return replace(moment, kind="period", finish=finish, relative=moment.relative or past)


def before(moment: Moment, context: Context) -> Moment | None:
    """`之前`: up to and with it, as a limit is meant (`年底前`)."""
    if moment.kind == "period":  # 2020至2025年前: its end is a limit already
        return moment
    return replace(moment, kind="period", begin=None) if moment.kind == "date" else None


def after(moment: Moment, context: Context) -> Moment | None:
    """`以后`: from its end on, or from a time of the clock."""
    if moment.kind != "date":
        return None
    begin = moment.begin if moment.unit in ("hour", "minute") else moment.finish
    return replace(moment, kind="period", begin=begin, finish=None)


def during(moment: Moment, context: Context) -> Moment | None:
    """`期间`, `左右`: the same time, said in more words."""
    return moment


TAILS: dict[str, Tail] = {"since": since, "before": before, "after": after, "during": during}
