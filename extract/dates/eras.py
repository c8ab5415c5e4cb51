"""Resolvers of stretches of time that have a name: reigns, eras, and words for times without bounds."""

from datetime import date, datetime

from extract.dates.context import Context
from extract.dates.interval import Interval
from extract.dates.resolve import number
from extract.dates.rule import Piece
from extract.records import DateKind


def reign(piece: Piece, base: Interval | None, context: Context) -> Interval | None:
    """A year of an emperor's reign (`光绪二十六年`): its words are worth the first year."""
    written = piece.match["year"].replace("元", "一").replace("廿", "二十")
    first = int(piece.rule.words[piece.match["word"]]) + number(written) - 1
    return None if base else Interval(datetime(first, 1, 1), datetime(first + 1, 1, 1), "year")


def era(piece: Piece, base: Interval | None, context: Context) -> Interval | None:
    """A named period with its dates, of which the second is left out where it goes on."""
    begin, _, finish = str(piece.rule.words[piece.match["word"]]).partition("/")
    left = _midnight(begin)
    right = _midnight(finish) if finish else None
    if (edge := piece.group("edge")) is not None and right and not base:
        last = left.year if edge[0] in "初开" else right.year - 1
        return Interval(datetime(last, 1, 1), datetime(last + 1, 1, 1), "year")
    vague = piece.rule.unit == "day"
    if right is None or piece.group("since"):
        right = context.reference if context.known and context.reference > left else None
    return (
        None
        if base
        else Interval(
            left, right, piece.rule.unit, "period", relative=bool(piece.group("since")), vague=vague
        )
    )


def vague(piece: Piece, base: Interval | None, context: Context) -> Interval | None:
    """Words for times without bounds (`近年来`, `目前`)."""
    if base is not None:
        return None
    kind: DateKind = "date" if piece.rule.unit == "day" else "period"
    written = str(piece.rule.words[piece.match["word"]])
    return Interval(None, None, None, kind, relative=True, vague=True, timex=written)


def _midnight(text: str) -> datetime:
    day = date.fromisoformat(text)
    return datetime(day.year, day.month, day.day)
