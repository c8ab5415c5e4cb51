"""Resolvers of seasons, festivals and days of the lunar calendar."""

from datetime import datetime, timedelta

from extract.dates.calendar import festival, lunar_day, lunar_month
from extract.dates.context import Bounds, Context
from extract.dates.moment import RANK, Moment
from extract.dates.resolve import bounds_of, number, settle
from extract.dates.rule import Piece

NEAREST = timedelta(days=183)
"""A festival without a year is the nearest one: texts look forward to it as much as back."""


def season(piece: Piece, base: Moment | None, context: Context) -> Moment | None:
    """Three months; winter passes into the next year."""
    begins = int(piece.rule.words[piece.match["word"]])
    return settle(piece, base, context, "year", lambda at: bounds_of(at.replace(month=begins), "month", 3))


def feast(piece: Piece, base: Moment | None, context: Context) -> Moment | None:
    """A festival, its holidays, or a solar term."""
    notation = str(piece.rule.words[piece.match["word"]])
    found = settle(piece, base, context, "year", lambda at: festival(notation, at.year), NEAREST)
    return found and found._replace(kind="period" if "+" in notation else "date", unit="day")


def lunar(piece: Piece, base: Moment | None, context: Context) -> Moment | None:
    """A day or month of the lunar calendar."""
    word, leap = piece.match["month"], piece.group("leap") is not None
    months = int(piece.rule.words[word]) if word in piece.rule.words else number(word)
    days = number((piece.group("day") or "").replace("初", "").replace("廿", "二十"))
    if not 1 <= months <= 12:
        return None

    def build(at: datetime) -> Bounds | None:
        if not days:
            return lunar_month(at.year, months, leap)
        begin = lunar_day(at.year, months, days, leap)
        return bounds_of(begin, "day") if begin else None

    if base is not None and base.begin is not None:
        bounds = build(base.begin)
        return bounds and base._replace(begin=bounds[0], finish=bounds[1], unit="day" if days else "month")
    found = settle(piece, base, context, "year", build, NEAREST)
    return found and found._replace(unit="day" if days else "month", given=RANK["day"] + 1)
