"""Resolvers of parts of a unit that have no number: its beginning, middle and end."""

from datetime import datetime

from msgspec.structs import replace

from extract.dates.context import Context
from extract.dates.interval import RANK, Interval, add, calendar_unit
from extract.dates.rule import Piece
from extract.records import Granularity


def edge(piece: Piece, base: Interval | None, context: Context) -> Interval | None:
    """The beginning, middle or end of a unit (`年底`, `月初`, `下旬`, `世纪末`), by its share of it."""
    word = piece.match["word"]
    own = piece.rule.unit
    unit = base.unit if base else own
    if unit is None or (own is not None and unit != own):
        return None
    coarse: Granularity = unit
    if base is None:
        base = _implied(piece, context, coarse)
    if base.begin is None or base.finish is None:
        return None
    share = piece.rule.words[word][EDGES.index(coarse if coarse in EDGES else "year")]
    begin, finish, fine = _share(base.begin, base.finish, share)
    return replace(base, begin=begin, finish=finish, unit=fine, kind="date", timex=None)


def _implied(piece: Piece, context: Context, unit: Granularity) -> Interval:
    """The unit that an edge without one belongs to: the month spoken of last, the year of the
    reference, or, by its rule or without a reference, the year spoken of last."""
    anchor, known = context.reference, context.known
    if piece.rule.origin == "context" or not context.known:
        anchor, known, _ = context.nearest(unit)
    elif unit == "month" and (placed := context.place(piece.start, unit, lambda at: (at, add(at, 1, unit)))):
        (anchor, _), known = placed
    begin, finish = calendar_unit(anchor, unit)
    return Interval(begin, finish, unit, relative=True, known=known, given=RANK[unit] + 1)


EDGES: tuple[Granularity, ...] = ("year", "month", "quarter", "half", "decade", "century")
"""Order of the shares that the words of an edge are worth."""


def _share(begin: datetime, finish: datetime, share: str) -> tuple[datetime, datetime, Granularity]:
    """Part of an interval: ``m-1`` its last month, ``d1:11`` its first ten days, ``y0:3`` three years."""
    unit: Granularity = {"y": "year", "m": "month", "d": "day"}[share[0]]  # type: ignore[assignment]
    first, run, last = share[1:].partition(":")
    start = int(first)
    left = add(begin, start, unit) if start >= 0 else add(finish, start, unit)
    right = add(begin, int(last), unit) if last else finish if run else add(left, 1, unit)
    return left, min(right, finish), unit
