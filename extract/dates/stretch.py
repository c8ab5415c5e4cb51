"""Resolvers of what is no point of the calendar: lengths and what they measure, recurrences, eras."""

from datetime import date, datetime

from msgspec.structs import replace

from extract.dates.context import Context
from extract.dates.length import Length, read
from extract.dates.moment import RANK, Moment, add, unit_at
from extract.dates.resolve import number, year
from extract.dates.rule import Piece
from extract.numerals import parse
from extract.records import DateKind, Granularity

LETTERS: dict[str, Granularity] = {"Y": "year", "M": "month", "W": "week", "D": "day", "H": "hour"}
"""The unit that the letter of a TIMEX3 length stands for."""

FINER: dict[Granularity, Granularity] = {"year": "month", "half": "month", "month": "day", "hour": "minute"}
"""The unit that a broken number of units is exact to (`一年半` to the month)."""


def duration(piece: Piece, base: Moment | None, context: Context) -> Moment | None:
    """A length (`7年`, `三个小时`); round anniversaries and vague amounts have no certain one."""
    length = _length(piece, base)
    if length is None:
        return None
    vague = any(w in piece.match[0] for w in piece.rule.words)
    written = length.timex
    if (until := piece.group("until")) and (longer := read(until)):
        written, length = f"{length.timex}/{longer.timex}", longer
    return Moment(None, None, length.unit, "duration", timex=written, vague=vague)


def year_roc(piece: Piece, base: Moment | None, context: Context) -> Moment | None:
    """A year of the Republic in a text that counts so, else so many years."""
    return year(piece, base, context) if context.republican else duration(piece, base, context)


def back(piece: Piece, base: Moment | None, context: Context) -> Moment | None:
    """So long up to the reference date (`5年来`, `近五年`)."""
    return _measured(piece, base, context, -1)


def onward(piece: Piece, base: Moment | None, context: Context) -> Moment | None:
    """So long from the reference date on (`今后五年`)."""
    return _measured(piece, base, context, 1)


def _measured(piece: Piece, base: Moment | None, context: Context, sign: int) -> Moment | None:
    length = _length(piece, base)
    if length is None:
        return None
    here, there = context.reference, length.shift(context.reference, sign)
    vague = not length.exact
    if there is None or not context.known:
        return Moment(None, None, length.unit, "period", relative=True, timex=length.timex, vague=vague)
    begin, finish = (there, here) if sign < 0 else (here, there)
    return Moment(begin, finish, length.unit, "period", relative=True)


def aligned(piece: Piece, base: Moment | None, context: Context) -> Moment | None:
    """The whole units before or after that of the reference date (`前两年`, `下三周`)."""
    unit, count = piece.rule.unit, number(piece.match["n"])
    if base is not None or unit is None or not count:
        return None
    here = unit_at(context.reference, unit)
    if int(piece.rule.words[piece.match["word"]]) < 0:
        begin, finish = add(here, -count, unit), here
    else:
        begin, finish = add(here, 1, unit), add(here, count + 1, unit)
    return Moment(begin, finish, unit, "period", relative=True, known=context.known, given=RANK[unit])


def ago(piece: Piece, base: Moment | None, context: Context) -> Moment | None:
    """The point so long before the reference date (`三天前`)."""
    return _point(piece, base, context, -1)


def later(piece: Piece, base: Moment | None, context: Context) -> Moment | None:
    """The point so long after the date before it in the sentence, else the reference date (`两年后`)."""
    return _point(piece, base, context, 1)


def before_ago(piece: Piece, base: Moment | None, context: Context) -> Moment | None:
    """All before the point so long ago (`三年以前`)."""
    at = _point(piece, base, context, -1)
    return at and replace(at, begin=None, kind="period")


def after_later(piece: Piece, base: Moment | None, context: Context) -> Moment | None:
    """All from the point so long after on (`三年以后`)."""
    at = _point(piece, base, context, 1)
    return at and replace(at, finish=None, kind="period")


def _point(piece: Piece, base: Moment | None, context: Context, sign: int) -> Moment | None:
    length = _length(piece, base)
    if length is None:
        return None
    anchor, known = context.reference, context.known
    if sign > 0 and (nearest := context.nearest(length.unit))[2]:
        anchor, known = nearest[:2]
    at = length.shift(anchor, sign)
    unit = length.unit
    if at is None or not known:
        return Moment(None, None, unit, relative=True, known=False, vague=not length.exact)
    fine = length.parts[-1][1]
    if any(amount is not None and amount != int(amount) for amount, _, _ in length.parts):
        fine = FINER.get(fine, fine)
    begin = unit_at(at, fine)
    return Moment(begin, add(begin, 1, fine), fine, relative=True)


def recurrence(piece: Piece, base: Moment | None, context: Context) -> Moment | None:
    """A set of times (`每年`, `每周三`, `逐年`)."""
    if base is not None:
        return None
    if word := piece.group("word"):
        timex = str(piece.rule.words[word])
        return Moment(None, None, LETTERS.get(timex[-1]), "recurrence", timex=timex)
    length = read(piece.match["length"])
    return Moment(None, None, length.unit, "recurrence", timex=length.timex) if length else None


def era(piece: Piece, base: Moment | None, context: Context) -> Moment | None:
    """A named period with its dates, of which the second is left out where it goes on."""
    begin, _, finish = str(piece.rule.words[piece.match["word"]]).partition("/")
    left = _midnight(begin)
    right = _midnight(finish) if finish else None
    if (edge := piece.group("edge")) is not None and right and not base:
        last = left.year if edge[0] in "初开" else right.year - 1
        return Moment(datetime(last, 1, 1), datetime(last + 1, 1, 1), "year")
    vague = piece.rule.unit == "day"
    if right is None or piece.group("since"):
        right = context.reference if context.known and context.reference > left else None
    return (
        None
        if base
        else Moment(left, right, piece.rule.unit, "period", relative=bool(piece.group("since")), vague=vague)
    )


def _midnight(text: str) -> datetime:
    day = date.fromisoformat(text)
    return datetime(day.year, day.month, day.day)


def vague(piece: Piece, base: Moment | None, context: Context) -> Moment | None:
    """Words for times without bounds (`近年来`, `目前`)."""
    if base is not None:
        return None
    kind: DateKind = "date" if piece.rule.unit == "day" else "period"
    written = str(piece.rule.words[piece.match["word"]])
    return Moment(None, None, None, kind, relative=True, vague=True, timex=written)


def _length(piece: Piece, base: Moment | None) -> Length | None:
    if base is not None:
        return None
    length = read(piece.group("length") or f"{piece.group('short')}个月")
    if length is None and (longer := read(piece.group("until") or "")):  # 3至6个月
        return Length(((parse(piece.match["length"]), *longer.parts[-1][1:]),))
    return length
