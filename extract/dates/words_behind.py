"""What words after a date make of it: open ends, limits, hedges."""

import re
from collections.abc import Callable

from msgspec.structs import replace

from extract.dates.context import Context
from extract.dates.interval import Interval
from extract.dates.rule import Piece

Tail = Callable[[Interval, Piece, Context], Interval | None]


FROM = re.compile("[从自]")
CLAUSE = 16
"""Characters before `开始` in which a date begins with 从 or 自."""


def since(moment: Interval, tail: Piece, context: Context) -> Interval | None:
    """`以来`, `起`: from its beginning to the reference date, or on, where it begins later."""
    opens = FROM.search(context.text, max(0, tail.start - CLAUSE), tail.start)
    point = moment.unit in ("hour", "minute", "part_of_day") or context.text[tail.start - 1] in "前后"
    at_once = tail.group("start") and point and not opens
    if moment.kind in ("duration", "recurrence") or at_once:  # 10时开始: when it begins, not since when
        return None
    past = context.known and moment.begin is not None and moment.begin < context.reference
    finish = context.reference if past else None
    return replace(moment, kind="period", finish=finish, relative=moment.relative or past)


def before(moment: Interval, tail: Piece, context: Context) -> Interval | None:
    """`以前`: up to and with it."""
    if moment.kind == "period":  # 2020至2025年以前: its end is a limit already
        return moment
    return replace(moment, kind="period", begin=None) if moment.kind == "date" else None


def after(moment: Interval, tail: Piece, context: Context) -> Interval | None:
    """`以后`: from its end on; with it (`及以后`), or with a time of the clock, from its beginning."""
    if moment.kind != "date":
        return None
    whole = tail.group("both") or moment.unit in ("hour", "minute")
    return replace(moment, kind="period", begin=moment.begin if whole else moment.finish, finish=None)


def during(moment: Interval, tail: Piece, context: Context) -> Interval | None:
    """`期间`, `左右`: the same time, said in more words."""
    return moment


TAILS: dict[str, Tail] = {"since": since, "before": before, "after": after, "during": during}
