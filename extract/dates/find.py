"""Finds time expressions: pieces by pattern, chained coarse to fine, joined to ranges, ended by tails."""

import re

import msgspec
from msgspec.structs import replace

from extract.dates import daytime, eras, festive, measured, parts_of_units, resolve
from extract.dates.context import Context
from extract.dates.interval import RANK, Interval, add, timex
from extract.dates.may_stand import sound
from extract.dates.resolve import Resolver
from extract.dates.rule import Phrasings, Piece
from extract.dates.words_behind import TAILS
from extract.fault import isolated
from extract.mentions import DateMention, Dropped
from extract.records import Granularity
from extract.rules import Rules, RulesError
from extract.text.document import Document

RESOLVERS: dict[str, Resolver] = {
    # a unit of the calendar by its number or its neighbour
    "year": resolve.year, "full_date": resolve.full_date, "month": resolve.month, "day": resolve.day,
    "month_day": resolve.month_day, "relative": resolve.relative, "some_day": resolve.some_day,
    "nth": resolve.nth, "first_n": resolve.first_n, "weekday": resolve.weekday, "weekend": resolve.weekend,
    "weekday_of_month": resolve.weekday_of_month, "decade": resolve.decade, "century": resolve.century,
    "same_period": resolve.same_period, "pair": resolve.pair, "leap_day": resolve.leap_day,
    # its beginning, middle and end; parts of a day
    "edge": parts_of_units.edge, "part": daytime.part, "day_part": daytime.day_part,
    "clock": daytime.clock, "clock_pair": daytime.clock_pair,
    # days that have a name
    "season": festive.season, "season_relative": festive.season_relative,
    "festival": festive.feast, "lunar": festive.lunar,
    # what is no point of the calendar
    "year_roc": measured.year_roc, "duration": measured.duration,
    "back": measured.back, "onward": measured.onward, "aligned": measured.aligned,
    "ago": measured.ago, "later": measured.later, "reign": eras.reign,
    "recurrence": measured.recurrence, "era": eras.era, "vague": eras.vague,
}  # fmt: skip

GAP = re.compile(r" {0,2}的?")
"""What may stand between a date and what refines it."""

GAP_LENGTH = 3

LISTED = re.compile("[、和及与或]|以及")
RECURRING = ("month", "day", "month_day", "weekday", "clock", "part", "festival", "lunar", "nth", "edge")
"""What may stand between two of a list of places that recur, and how these are resolved."""

BRACKET = re.compile(r" ?（ ?")
CLOSING = re.compile(r" ?）")
COMMA = re.compile(r"， ?")
FAR = 10
"""More characters than stand between the two ends of a range."""

DAYS: dict[str, Granularity] = {"day": "month", "leap_day": "year"}
"""Resolvers of days, and the unit behind which a day that no calendar has (`2月30日`) is still its end."""

AT = ("于", "在")
"""Before a date at which something happens."""

OPENINGS = frozenset(" （，")
NOTHING = re.compile("")


class Chain(msgspec.Struct, frozen=True, gc=False):
    """A date as refined so far: the moment at each step, coarsest first."""

    start: int
    end: int
    rule: str
    steps: tuple[Interval, ...]
    next: int
    """Index of the piece after it."""

    @property
    def moment(self) -> Interval:
        return self.steps[-1]


class DateFinder:
    """Finds every time expression of a document and resolves it. Built once, safe to share."""

    def __init__(self, rules: Rules) -> None:
        self._grammar = Phrasings(rules)
        self._ahead = re.compile(self._grammar.fragments["ahead"])
        self._republic = re.compile(self._grammar.fragments["republic"])
        self._counting = re.compile(self._grammar.fragments["counting"])
        self._comparing = re.compile(rf"(?:{self._grammar.fragments['comparing']})\Z")
        for rule in self._grammar.rules.values():
            if rule.resolve not in (TAILS if rule.tail else {*RESOLVERS, "refuse"}):
                raise RulesError(f"dates: rule {rule.id!r}: no resolver {rule.resolve!r}")

    def find(self, document: Document) -> tuple[list[DateMention], list[Dropped]]:
        """The mentions of time in order, and the candidates refused."""
        context = Context(document, self._ahead, self._republic, self._comparing)
        pieces = list(self._grammar.pieces(document.text, lambda piece: sound(piece, document)))
        mentions: list[DateMention] = []
        dropped: list[Dropped] = []
        at = done = 0
        while at < len(pieces):
            piece = pieces[at]
            if piece.start < done or not piece.rule.alone:
                at += 1
                continue
            if piece.rule.resolve == "refuse":
                dropped.append(_dropped(piece, piece.rule.reason))
                at += 1
                continue
            stray = piece.start == done > 0 and piece.rule.resolve == "day" and context.text[done - 1] == "月"
            at += 1
            with isolated(dropped, piece.rule.id, piece.start, piece.end):
                chain = None if stray else self._chain(pieces, at - 1, None, context)
                if chain is None:
                    dropped.append(_dropped(piece, "no such day in the calendar"))
                    continue
                mentions.append(self._finish(pieces, chain, context))
                done = mentions[-1].end
            if done <= piece.start:  # an error: what touches the piece means something else without it
                done = _touching(pieces, at - 1)
        return mentions, dropped

    def _chain(
        self, pieces: list[Piece], at: int, base: Interval | None, context: Context, inside: bool = False
    ) -> Chain | None:
        """The piece and all after it that refine it step by step; ``inside`` a bracket none opens again."""
        piece = pieces[at]
        moment = _resolved(piece, base, context)
        if moment is None:
            return None
        start, end, rule, steps, at = piece.start, piece.end, piece.rule.id, [moment], at + 1
        while at < len(pieces) and moment.unit is not None and moment.kind == "date":
            if not inside and (bracket := self._bracket(pieces, at, end, moment, context)):
                moment, end, at = bracket.moment, bracket.end, bracket.next
                steps.append(moment)
                continue
            piece = pieces[at]
            gap = piece.start - end
            near = not gap or (gap <= GAP_LENGTH and GAP.fullmatch(context.text, end, piece.start))
            finer = _resolved(piece, moment, context) if near and _refines(piece, moment) else None
            if finer is None and not gap and DAYS.get(piece.rule.resolve) == moment.unit:
                finer = replace(moment, begin=None, finish=None, unit="day", timex=None)
            if finer is None:
                break
            moment, end, at = finer, piece.end, at + 1
            steps.append(moment)
        chain = Chain(start, end, rule, tuple(steps), at)
        return self._recurring(pieces, chain, context) if moment.kind == "recurrence" else chain

    def _recurring(self, pieces: list[Piece], chain: Chain, context: Context) -> Chain:
        """A recurrence with the places in it that recur (`每年9月到11月`, `每周六上午9点`)."""
        while chain.next < len(pieces):
            piece = pieces[chain.next]
            gap = context.text[chain.end : piece.start]
            listed = LISTED.fullmatch(gap) and piece.rule.resolve in RECURRING
            if gap and not listed and not GAP.fullmatch(gap) and not self._grammar.joiner.fullmatch(gap):
                break
            if piece.rule.unit is None or piece.rule.resolve in ("refuse", "duration", "vague", "recurrence"):
                break
            chain = replace(chain, end=piece.end, next=chain.next + 1)
        return chain

    def _bracket(
        self, pieces: list[Piece], at: int, end: int, moment: Interval, context: Context
    ) -> Chain | None:
        """The same date said again in brackets (`今天（3月8日）`, `5月6日（周五）`) or after a weekday and a
        comma (`周五，6月9日`), its end behind them."""
        if context.text[end : end + 1] not in OPENINGS:
            return None
        weekday = pieces[at - 1].rule.resolve == "weekday"  # 星期二（12日）: the number tells the week
        opening = BRACKET.match(context.text, end)
        again = pieces[at].rule.resolve not in ("weekday", "relative")  # 本周日，上周日: two days
        comma = COMMA.match(context.text, end) if weekday and again and not opening else None
        opening = opening or comma
        if not opening or pieces[at].start != opening.end() or moment.begin is None:
            return None
        base = moment if _refines(pieces[at], moment) else None
        said = self._chain(pieces, at, base, context, inside=True)
        if said is None or said.moment.unit != moment.unit:
            return None
        closing = NOTHING.match(context.text, said.end) if comma else CLOSING.match(context.text, said.end)
        if not closing or not _agree(moment, said.moment, weekday):
            return None
        kept = moment if moment.known and not weekday else said.moment
        kept = replace(kept, relative=True) if base is None else kept
        return replace(said, steps=(kept,), end=closing.end())

    def _finish(self, pieces: list[Piece], chain: Chain, context: Context) -> DateMention:
        """The chain with the range that it opens and the tails behind it; remembered for what follows."""
        moment, end = chain.moment, chain.end
        if joined := self._range(pieces, chain, context):
            moment, end = joined
        elif moment.kind in ("date", "period") and not moment.vague:
            context.push(moment, chain.start, chain.end)
        while moment.kind in ("date", "period") and (tail := self._tail(context.text, chain.start, end)):
            ended = TAILS[tail.rule.resolve](moment, tail, context)
            if ended is None:
                break
            moment, end = ended, tail.end
        return _mention(chain, end, moment)

    def _tail(self, text: str, start: int, end: int) -> Piece | None:
        """The tail at ``end`` of a date; none where something else is counted from it, or begins at it
        (`于6月7日开始`)."""
        if self._counting.search(text, max(0, start - 1), start):
            return None
        tail = self._grammar.tail(text, end)
        return None if tail and tail.group("start") and text.endswith(AT, 0, start) else tail

    def _range(self, pieces: list[Piece], chain: Chain, context: Context) -> tuple[Interval, int] | None:
        """The range that a chain opens with what follows a joiner (`4月2日至7日`), and its end."""
        first, at = chain.moment, chain.next
        if at >= len(pieces) or first.kind != "date" or pieces[at].start - chain.end > FAR:
            return None
        joiner = self._grammar.joiner.match(context.text, chain.end)
        if not joiner or pieces[at].start != joiner.end():
            return None
        if first.begin:
            context.push(first, chain.start, chain.end)  # 至次年3月 counts from it
        rank = RANK.get(pieces[at].rule.unit or "year", 2)
        counted = pieces[at].rule.resolve == "relative"  # 上月到今天: from the reference date
        coarser = [] if counted else [step for step in chain.steps if step.unit and RANK[step.unit] < rank]
        last = self._chain(pieces, at, coarser[-1], context) if coarser else None
        last = last or self._chain(pieces, at, None, context)
        if not last or last.moment.kind != "date" or first.vague or last.moment.vague:
            return None
        context.push(last.moment, chain.start, last.end)
        try:
            return _between(first, last.moment), last.end
        except (OverflowError, ValueError):  # the calendar ends, or the two are no range
            return None


def _resolved(piece: Piece, base: Interval | None, context: Context) -> Interval | None:
    """What a piece means; nothing where its rule refuses it, or no calendar has it."""
    if piece.rule.resolve == "refuse":
        return None
    try:
        return RESOLVERS[piece.rule.resolve](piece, base, context)
    except (OverflowError, ValueError):
        return None


def _agree(moment: Interval, again: Interval, weekday: bool) -> bool:
    """Whether two ways to say a day mean the same: a weekday only has to be that of the other."""
    if not moment.known or moment.begin is None or again.begin is None:
        return True
    return moment.begin.weekday() == again.begin.weekday() if weekday else moment.begin == again.begin


def _between(first: Interval, last: Interval) -> Interval:
    """The period of two dates; one that would end before it begins ends a year or a day later, and a
    clock time ends it at once."""
    finish = last.begin if last.unit in ("hour", "minute") else last.finish
    begin = first.begin
    if begin is None or finish is None:  # 6月31日至7月2日
        begin = finish = None
    elif finish <= begin and last.unit:
        finish = add(finish, 1, "day" if RANK[last.unit] > RANK["day"] else "year")
        if finish <= begin:
            raise ValueError("a range ends after it begins")
    known = first.known and last.known
    relative = first.relative or last.relative
    return Interval(begin, finish, last.unit, "period", relative, known, first.given)


def _mention(chain: Chain, end: int, moment: Interval) -> DateMention:
    return DateMention(
        start=chain.start,
        end=end,
        rule=chain.rule,
        kind=moment.kind,
        begin=moment.begin if moment.known else None,
        finish=moment.finish if moment.known else None,
        granularity=moment.unit,
        relative=moment.relative,
        timex=timex(moment),
        vague=moment.vague,
    )


def _refines(piece: Piece, moment: Interval) -> bool:
    """Whether a piece may refine a moment: what its rule says, else any finer unit."""
    unit, rule = moment.unit, piece.rule
    if unit is None or rule.resolve == "refuse":
        return False
    if rule.after:
        return unit in rule.after
    return rule.unit is not None and RANK[rule.unit] > RANK[unit]


def _touching(pieces: list[Piece], at: int) -> int:
    """Where the pieces end that touch one another from this one on."""
    end = pieces[at].end
    while at < len(pieces) and pieces[at].start <= end:
        end, at = max(end, pieces[at].end), at + 1
    return end


def _dropped(piece: Piece, reason: str) -> Dropped:
    return Dropped(start=piece.start, end=piece.end, rule=piece.rule.id, reason=reason)
