"""Finds every numeral of a text with its value and the words that bound it."""

import re
from decimal import Decimal

import msgspec

from extract.fault import isolated
from extract.mentions import Dropped, NumberMention
from extract.numbers.grammar import FIGURES, FINANCIAL, FIRST, RUN, Numeral, NumeralGrammar
from extract.numbers.refusals import Refusals, covering
from extract.numbers.rules import ALONE, ROUND, Bounds, NumberRule, Signs
from extract.numbers.units import Units
from extract.records import Bound
from extract.rules import Rules, alternation
from extract.text.document import Document

ROUND_OR_TEN = ROUND | {"十"}
HAN_ONE = ("百", "千", "万", "亿", "兆")
WORD = 3
"""Characters behind a digit and a classifier that can belong to one word with them."""
NUMERAL = ("m", "t")
"""What the tags of numerals and times begin with."""
COUNTS = ("count", "time", "none")
"""Families of units that count; others measure."""
HALVES = ("一半", "半数", "一半数")
STOPS = frozenset("，。；：？！（）“”‘’《》 \n\t-~")


class Head(msgspec.Struct, frozen=True, gc=False):
    """What stands before a numeral: where it begins, and what it says."""

    start: int
    core: int
    sign: int = 1
    ordinal: bool = False
    vague: bool = False
    bound: Bound | None = None


class NumberFinder:
    """Built once from the rules; `find` keeps no state."""

    def __init__(self, rules: Rules) -> None:
        table = rules.table("numbers", NumberRule)
        self._units = rules.shared(Units)
        self._bounds = Bounds(table)
        fragments = rules.fragments("numbers")
        self._refusals = Refusals(table, fragments | {"unit": alternation(self._units.measures())})
        self._signs = Signs(table)
        self._grammar = NumeralGrammar(self._units.texts, self._bounds.inside, fragments, self._signs)
        self._list = re.compile(fragments["list"])
        self._vague = tuple(word for rule in table for word in rule.vague)
        first = alternation(word for rule in table for word in rule.first)
        self._first = re.compile(first or r"(?!)")
        self._firsts = frozenset(word[0] for rule in table for word in rule.first)
        self._begin = re.compile(f"{FIRST.pattern}|{first}" if first else FIRST.pattern)
        self._heads = (
            self._bounds.lasts | {word[-1] for word in self._vague} | self._signs.lasts | {"第", " "}
        )
        self._single = next(rule for rule in table if rule.follow)
        self._counting = frozenset(word for rule in table for word in rule.counting)

    def find(self, document: Document) -> tuple[list[NumberMention], list[Dropped]]:
        """The numbers in order of position, and the candidates that are none."""
        text = document.text
        spans = self._refusals.spans(text)
        found: list[NumberMention] = []
        dropped: list[Dropped] = []
        search, refused, position, floor = self._begin.search, self._refusals.at, 0, 0
        while match := search(text, position):
            start = match.start()
            refusal = covering(spans, start) if spans else None
            if refusal is None and (start <= floor or text[start - 1] != "第"):
                refusal = refused(text, start)
            if refusal is None:
                listed = bool(found) and found[-1].ordinal and self._listed(text, floor, start)
                mention, position = None, start
                with isolated(dropped, "number", start, start + 1):
                    mention, position = self._number(document, start, floor, listed)
                if position == start:  # an error: what is left of the numeral is another number
                    position = _behind(text, start)
                if mention is not None:
                    found.append(mention)
                    floor = mention.end
                continue
            position = max(refusal.end, start + 1)
            dropped.append(
                Dropped(start=start, end=position, rule=refusal.rule.id, reason=refusal.rule.reason)
            )
        return found, dropped

    def _listed(self, text: str, floor: int, start: int) -> bool:
        """Whether nothing but what parts the members of a list stands before the number."""
        return self._list.fullmatch(text, floor, start) is not None

    def _number(
        self, document: Document, start: int, floor: int, listed: bool
    ) -> tuple[NumberMention | None, int]:
        """The number that begins at ``start`` (if it is one), and where to go on. ``listed``: after an
        ordinal and a comma, so that 第 holds for it too."""
        text = document.text
        if text[start] in self._firsts and (first := self._first.match(text, start)):
            return self._initial(text, start, first.end())
        reading = self._grammar.read(text, start)
        if reading is None:
            return None, _behind(text, start)
        head = Head(start, start, ordinal=True) if listed else self._head(text, start, reading.end, floor)
        end, bound = reading.end, None
        if text[end : end + 1] in self._bounds.firsts and (after := self._bounds.after(text, end)):
            end, bound = after
        if not (head.ordinal or self._is_number(document, reading, start, head, bound is not None, floor)):
            return None, reading.end
        inner = self._bounds.inside[reading.over] if reading.over else None
        value, value_max = _signed(reading, head.sign, self._signs.dashed(text, start))
        return NumberMention(
            start=head.start,
            end=end,
            rule="ordinal" if head.ordinal else "number",
            core_start=head.core,
            core_end=reading.end,
            value=None if head.vague else value,
            value_max=None if head.vague else value_max,
            bound=head.bound or inner or bound or "exact",
            ordinal=head.ordinal,
        ), end

    def _initial(self, text: str, start: int, end: int) -> tuple[NumberMention | None, int]:
        """首 before a classifier: an ordinal that has no numeral."""
        place = self._units.at(text, end)
        if place is None or place.unit.family != "count":
            return None, end
        one = Decimal(1)
        return NumberMention(
            start=start, end=end, rule="ordinal", core_start=start, core_end=end, value=one, ordinal=True
        ), end

    def _head(self, text: str, start: int, end: int, floor: int) -> Head:
        """The sign, 第, 数 or 几 and the bound words before a numeral."""
        core, sign, vague = start, 1, False
        previous = text[start - 1 : start]
        if previous not in self._heads:
            return Head(start, start)
        if previous == "第" and start > floor:
            return Head(start - 1, start, ordinal=True)
        if text[start] in ROUND_OR_TEN and text.endswith(self._vague, floor, start):
            core = start - next(len(word) for word in self._vague if text.endswith(word, floor, start))
            vague = True
        elif signed := self._sign(text, start, end, floor):
            core, sign = signed
        before = self._bounds.before(text, core) if core > floor else None
        if before is None or before[0] < floor:
            return Head(core, core, sign, vague=vague)
        return Head(before[0], core, sign, vague=vague, bound=before[1])

    def _sign(self, text: str, start: int, end: int, floor: int) -> tuple[int, int] | None:
        """Where the sign of a number begins, and what it multiplies with."""
        if text[start - 1] not in self._signs.lasts and text[start - 1] != " ":
            return None
        before = self._units.at(text, floor) if floor else None
        if before is not None and before.end == start - 1:  # 25度-30度
            return None
        place = self._units.at(text, end)
        ends = end == len(text) or text[end] == "\n"
        family = place.unit.family if place else ALONE if ends else None
        return self._signs.before(text, start, floor, family)

    def _is_number(
        self, document: Document, reading: Numeral, start: int, head: Head, bounded: bool, floor: int
    ) -> bool:
        """Whether a numeral character counts here, or is part of a word."""
        text, end = document.text, reading.end
        if text[start] in FIGURES:
            following = text[end : end + 1]
            latin = following.isascii() and following.isalpha()
            if not latin and (end - start < 3 or not self._refusals.bare(text, start, end)):
                return True
            return head.bound is not None or bounded or self._units.at(text, end) is not None
        if not self._counts(document, reading, start, head, bounded, floor):
            return False
        return bounded or head.start < start or not self._inside(document, start, end)

    def _counts(
        self, document: Document, reading: Numeral, start: int, head: Head, bounded: bool, floor: int
    ) -> bool:
        """Whether a Chinese numeral has a unit, or something else that shows that it counts."""
        text, end = document.text, reading.end
        numeral = text[start:end]
        if numeral[0] in HAN_ONE and len(numeral) == 1:
            return head.vague or head.bound is not None or bounded or _alone(text, start, end)
        if not reading.single:
            return True
        if numeral == "半" and head.bound:  # 过半
            return True
        if head.vague or head.sign < 0 or bounded or reading.over or numeral in HALVES:
            return True
        place = self._units.at(text, end)
        adjoins = bool(floor) and start - floor <= 2  # 五元七角
        if numeral in FINANCIAL and not adjoins and (place is None or place.unit.family != "money"):
            return _alone(text, start, end)  # not in 大陆地区, 拾起
        if place is not None:
            return adjoins or self._confirmed(document, head.core, place.end)
        one = len(numeral) == 1 and numeral != "半"  # not “五一”
        return text.startswith(self._single.follow, end) or (one and _alone(text, start, end))

    def _inside(self, document: Document, start: int, end: int) -> bool:
        """Whether a numeral is part of a word that begins before it (`着陆场`, `收拾一百个`) or, where
        no unit follows, ends behind it (`五十铃`)."""
        word = document.word_at(start)
        if word is None or word.tag.startswith(NUMERAL) or word.text in self._counting:
            return False
        text, place = document.text, self._units.at(document.text, end)
        if word.start < start:  # but 高三米 is no 高三
            return word.end > end or place is None or place.unit.family in COUNTS
        return word.end > end and place is None and not text.startswith(self._single.follow, end)

    def _confirmed(self, document: Document, start: int, end: int) -> bool:
        """Whether the segmenter does not see a longer word (`五台山`) in a digit and a classifier."""
        token = document.cut(start, min(end + WORD, len(document.text)))[0]
        rest = document.text[end : token.end]
        return token.start != start or not rest or FIRST.match(rest) is not None


def _signed(reading: Numeral, sign: int, dashed: bool) -> tuple[Decimal | None, Decimal | None]:
    """The value of a reading, or both ends of a range, with their signs. A dash is the sign of one end
    (`-3～5℃`), a word of both (`零下3至5度`)."""
    low, high = reading.value, reading.value_max
    if low is None or high is None:
        return (low if low is None else sign * low), high
    upper = reading.sign or (1 if dashed else sign)
    low, high = sorted((sign * low, upper * high))
    return low, high


def _alone(text: str, start: int, end: int) -> bool:
    """Whether nothing but punctuation stands on both sides."""
    return (not start or text[start - 1] in STOPS) and (end >= len(text) or text[end] in STOPS)


def _behind(text: str, start: int) -> int:
    """Where a numeral that is none ends."""
    run = RUN.match(text, start)
    return run.end() if run else start + 1
