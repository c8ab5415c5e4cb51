"""Resolvers of seasons, festivals and days of the lunar calendar."""

from datetime import datetime, timedelta

from msgspec.structs import replace

from extract.dates.calendar import festival, lunar_day, lunar_month
from extract.dates.context import Bounds, Context
from extract.dates.interval import RANK, Interval
from extract.dates.resolve import bounds_of, number, settle
from extract.dates.rule import Piece
from extract.records import DateKind, Granularity

SEASON, MONTHS = 3, 12
"""Months of a season and of a year."""

NEAREST = timedelta(days=183)
"""A festival without a year is the nearest one: texts look forward to it as much as back."""


def season(piece: Piece, base: Interval | None, context: Context) -> Interval | None:
    """Three months; winter passes into the next year, and the one that lasts is the one spoken of."""
    begins = int(piece.rule.words[piece.match["word"]])

    def build(at: datetime) -> Bounds:
        lasts = base is None and at.year == context.reference.year and _lasts(begins, context)
        return bounds_of(datetime(at.year - lasts, begins, 1), "month", SEASON)

    return settle(piece, base, context, "year", build)


def season_relative(piece: Piece, base: Interval | None, context: Context) -> Interval | None:
    """A season of the year of the reference date or of one beside it, or a winter with the spring."""
    years, begins, months = piece.rule.words[piece.match["word"]]
    if base is not None:
        return None
    year = context.reference.year + years - (years == 0 and _lasts(begins, context))
    begin, finish = bounds_of(datetime(year, begins, 1), "month", months)
    kind: DateKind = "date" if months == SEASON else "period"
    known, given = context.known, RANK["quarter"]
    return Interval(begin, finish, piece.rule.unit, kind, relative=True, known=known, given=given)


def _lasts(begins: int, context: Context) -> bool:
    """Whether a season of the year before lasts on the reference date."""
    return context.reference.month <= begins + SEASON - 1 - MONTHS


def feast(piece: Piece, base: Interval | None, context: Context) -> Interval | None:
    """A festival, its holidays, or a solar term."""
    notation = str(piece.rule.words[piece.match["word"]])
    found = settle(piece, base, context, "year", lambda at: festival(notation, at.year), NEAREST)
    return found and replace(found, kind="period" if "+" in notation else "date", unit="day")


def lunar(piece: Piece, base: Interval | None, context: Context) -> Interval | None:
    """A day, a run of days, or a month of the lunar calendar."""
    word, leap = piece.match["month"], piece.group("leap") is not None
    months = int(piece.rule.words[word]) if word in piece.rule.words else number(word)
    days, last = _lunar_number(piece.group("day")), _lunar_number(piece.group("until"))
    if not 1 <= months <= 12 or (last and last <= days):
        return None

    def build(at: datetime) -> Bounds | None:
        return of_lunar_year(at.year)

    def within(at: datetime) -> Bounds | None:
        """The last days of a lunar year are in the next year of the common calendar."""
        years = (of_lunar_year(year) for year in (at.year, at.year - 1))
        return next((found for found in years if found and found[0].year == at.year), build(at))

    def of_lunar_year(year: int) -> Bounds | None:
        if not days:
            return lunar_month(year, months, leap)
        begin = lunar_day(year, months, days, leap)
        return bounds_of(begin, "day", max(1, last - days + 1)) if begin else None

    unit: Granularity = "day" if days else "month"
    if year := number(piece.group("year")):
        bounds = build(datetime(year, 1, 1))
        found = Interval(*bounds, unit) if bounds else None
    elif base is not None and base.begin is not None:
        bounds = build(base.begin)
        found = replace(base, begin=bounds[0], finish=bounds[1]) if bounds else None
    else:
        found = settle(piece, base, context, "year", within, NEAREST)
        found = found and replace(found, given=RANK["day"] + 1)
    return found and replace(found, unit=unit, kind="period" if last else "date")


def _lunar_number(text: str | None) -> int:
    """A day as the lunar calendar counts it (`初八`, `廿三`), zero where there is none."""
    return number((text or "").replace("初", "").replace("廿", "二十"))
