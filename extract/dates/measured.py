"""Resolvers of lengths, of what they measure from some day on, and of times that recur."""

from datetime import datetime

from msgspec.structs import replace

from extract.dates.context import Context
from extract.dates.interval import RANK, Interval, add, unit_at
from extract.dates.length import Length, read
from extract.dates.resolve import number, year
from extract.dates.rule import Piece
from extract.numerals import parse
from extract.records import Granularity

LETTERS: dict[str, Granularity] = {"Y": "year", "M": "month", "W": "week", "D": "day", "H": "hour"}
"""The unit that the letter of a TIMEX3 length stands for."""

FAR = 30
"""Years from the reference date on beyond which `79年后` is counted from something else."""

FINER: dict[Granularity, Granularity] = {"year": "month", "half": "month", "month": "day", "hour": "minute"}
"""The unit that a broken number of units is exact to (`一年半` to the month)."""


def duration(piece: Piece, base: Interval | None, context: Context) -> Interval | None:
    """A length (`7年`, `三个小时`); round anniversaries and vague amounts have no certain one."""
    length = _length(piece, base)
    if length is None:
        return None
    vague = any(w in piece.match[0] for w in piece.rule.words)
    written = length.timex
    if (until := piece.group("until")) and (longer := read(until)):
        written, length = f"{length.timex}/{longer.timex}", longer
    return Interval(None, None, length.unit, "duration", timex=written, vague=vague)


def year_roc(piece: Piece, base: Interval | None, context: Context) -> Interval | None:
    """A year of the Republic in a text that counts so, else so many years."""
    return year(piece, base, context) if context.republican else duration(piece, base, context)


def back(piece: Piece, base: Interval | None, context: Context) -> Interval | None:
    """So long up to the reference date (`5年来`, `近五年`)."""
    return _measured(piece, base, context, -1)


def onward(piece: Piece, base: Interval | None, context: Context) -> Interval | None:
    """So long from the reference date on (`今后五年`)."""
    return _measured(piece, base, context, 1)


def _measured(piece: Piece, base: Interval | None, context: Context, sign: int) -> Interval | None:
    length = _length(piece, base)
    if length is None:
        return None
    here, there = context.reference, length.shift(context.reference, sign)
    vague = not length.exact
    if there is None or not context.known:
        return Interval(None, None, length.unit, "period", relative=True, timex=length.timex, vague=vague)
    begin, finish = (there, here) if sign < 0 else (here, there)
    return Interval(begin, finish, length.unit, "period", relative=True)


def aligned(piece: Piece, base: Interval | None, context: Context) -> Interval | None:
    """The whole units before or after that of the reference date (`前两年`, `下三周`)."""
    unit, count = piece.rule.unit, number(piece.match["n"])
    if unit is None or not count or (base is not None and base.begin is None):
        return None
    sign = int(piece.rule.words[piece.match["word"]])
    if base is not None and base.begin and base.finish:
        begin = base.finish if sign > 0 else add(base.begin, count * sign, unit)
        finish = base.begin if sign < 0 else add(begin, count, unit)
        return replace(base, begin=begin, finish=finish, kind="period", timex=None)
    here = unit_at(context.reference, unit)
    begin = add(here, 1 if sign > 0 else -count, unit)
    finish = add(begin, count, unit)
    return Interval(begin, finish, unit, "period", relative=True, known=context.known, given=RANK[unit])


def ago(piece: Piece, base: Interval | None, context: Context) -> Interval | None:
    """The point so long before the reference date (`三天前`)."""
    return _point(piece, base, context, -1)


def later(piece: Piece, base: Interval | None, context: Context) -> Interval | None:
    """The point so long after the date before it in the sentence, else the reference date (`两年后`)."""
    return _point(piece, base, context, 1)


def _point(piece: Piece, base: Interval | None, context: Context, sign: int) -> Interval | None:
    length = _length(piece, None)
    if length is None:
        return None
    anchor, known, stands = _anchor(base, context, length.unit, sign)
    at = length.shift(anchor, sign)
    unit = length.unit
    if at is None or not known or _lost(piece, context, at, unit, stands):
        return Interval(None, None, unit, relative=True, known=False, vague=not length.exact)
    fine = length.parts[-1][1]
    if any(amount is not None and amount != int(amount) for amount, _, _ in length.parts):
        fine = FINER.get(fine, fine)
    begin = unit_at(at, fine)
    return Interval(begin, add(begin, 1, fine), fine, relative=True)


def _lost(piece: Piece, context: Context, at: datetime, unit: Granularity | None, stands: bool) -> bool:
    """Whether a point is not told by what it would be counted from: years too far off, or, where no date
    ``stands`` before it, a deed (`离家三年后`), or a mere day for a time of the clock."""
    if at.year - context.reference.year > FAR:
        return True
    clockless = unit in ("hour", "minute") and context.reference == unit_at(context.reference, "day")
    return not stands and (clockless or piece.group("deed") is not None)


def _anchor(
    base: Interval | None, context: Context, unit: Granularity, sign: int
) -> tuple[datetime, bool, bool]:
    """What a point is counted from, whether it is known, and whether it stands in the text: the day
    before the length, the date before `两年后` in the sentence, else the reference date."""
    if base is not None and base.begin is not None:
        return base.begin, base.known, True
    if sign > 0 and (nearest := context.nearest(unit))[2]:
        return nearest
    return context.reference, context.known, False


def recurrence(piece: Piece, base: Interval | None, context: Context) -> Interval | None:
    """A set of times (`每年`, `每周三`, `逐年`)."""
    if base is not None:
        return None
    if word := piece.group("word") or piece.group("every"):
        timex = str(piece.rule.words[word])
        return Interval(None, None, LETTERS.get(timex[-1]), "recurrence", timex=timex)
    length = read(piece.match["length"])
    return Interval(None, None, length.unit, "recurrence", timex=length.timex) if length else None


def _length(piece: Piece, base: Interval | None) -> Length | None:
    if base is not None:
        return None
    length = read(piece.group("length") or f"{piece.group('short')}个月")
    if length is None and (longer := read(piece.group("until") or "")):  # 3至6个月
        return Length(((parse(piece.match["length"]), *longer.parts[-1][1:]),))
    return length
