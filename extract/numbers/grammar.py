"""Reads one numeral, range or fraction where it begins: what it spans and what it is worth."""

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal

import msgspec

from extract.numbers.rules import Signs
from extract.numerals import ARABIC, WHOLE, parse
from extract.numerals import LARGE as MYRIADS

DIGIT = "一二三四五六七八九壹贰叁肆伍陆柒捌玖"
FINANCIAL = "壹贰叁肆伍陆柒捌玖拾佰仟"
"""Numerals of cheques, which elsewhere are words of their own (拾起, 陆地)."""
ZERO = "零〇○"
TENS = "十百千拾佰仟廿卅"
LARGE = "万亿兆"
PAIRS = "一二|一两|二三|两三|三四|三五|四五|五六|六七|七八|八九"
FIRST = re.compile(rf"[0-9半两{DIGIT}{ZERO}{TENS.replace('百', '')}{LARGE}]|百(?!分点)|\.[0-9]")
"""Where a numeral may begin."""
FIGURES = frozenset("0123456789.")
RUN = re.compile(rf"[0-9两{DIGIT}{ZERO}{TENS}{LARGE}]+")
SPACED = r"(?<![\d.,])[1-9]\d{0,2}(?: \d{3})+(?=[\u4e00-\u9fff])"
"""Thousands parted by spaces, as Hong Kong writes them (`2 345万`)."""
GAPS = frozenset("（至到~-–— \t\n\u3000")
"""Characters that what stands between the ends of a range may begin with."""
PLAIN = {large: Decimal(factor) for large, factor in MYRIADS.items()} | {"万亿": Decimal(10**12)}
"""What a numeral in figures is multiplied with by what follows it."""
MULTIPLIED = frozenset(TENS + LARGE)
LIMIT = Decimal(10) ** 24
"""What is larger is no number that a text would count with, and more than JSON readers take."""


class Numeral(msgspec.Struct, frozen=True, gc=False):
    """A numeral read: its end, its value (``None`` where vague), and what kind of numeral it is."""

    end: int
    value: Decimal | None
    value_max: Decimal | None
    over: str
    """The word for "and more" between its digits and multiplier (``700多亿``), or empty."""
    single: bool
    """True for one or two Chinese digits, which may as well be part of a word."""
    below: str = ""
    """What it is part of: 百分之, 五百分之; empty where it is no fraction in words."""
    sign: int = 0
    """Of the upper end of a range: -1 or 1, or 0 where it has none of its own."""


class NumeralGrammar:
    """The pattern of a numeral. ``units`` are needed because `千克`, `百帕` and `两` begin like numerals;
    of the fragments, ``range`` is what stands between the ends of a range."""

    def __init__(
        self, units: Iterable[str], inside: Iterable[str], fragments: Mapping[str, str], signs: Signs
    ) -> None:
        self._signs = signs
        self._units = frozenset(unit[0] for unit in units)
        starts = {c: [u[1:] for u in units if u[0] == c and len(u) > 1] for c in TENS + LARGE}
        starts["百"] += ["分之", "分点"]
        multipliers = {
            c: rf"{c}(?!{'|'.join(map(re.escape, rest))})" if rest else c for c, rest in starts.items()
        }
        m = rf"(?:{'|'.join(multipliers.values())})"
        more = "|".join(map(re.escape, inside))
        two = rf"(?:(?<![{DIGIT}两{TENS}{LARGE}])[两俩](?!会)|(?<=[百千万亿{ZERO}])两(?=[百千万亿]))"
        digit = rf"(?:[{DIGIT}{ZERO}]|{two})"
        chinese = rf"(?:{digit}|{m})++"
        last = rf"[{ZERO}]?(?:\d{{1,3}}(?:,\d{{3}})+|\d+)(?![\d.,]|{m})"
        tail = rf"(?:[{ZERO}]?(?:{ARABIC}|{digit}){m}+(?:(?:{more}){m}+)?)*(?:{last})?"
        grade = rf"[{TENS}{LARGE}]+{fragments['grade']}级"  # 10个亿吨级基地
        parts = rf"[二三四五六七八九十]分(?=[{DIGIT}](?:{fragments['filled']}))"  # 四分一杯
        below = rf"(?:\d++[{TENS}{LARGE}]*+|[两{DIGIT}{ZERO}{TENS}{LARGE}]++)"
        whole = rf"(?:\d++|{chinese})又"
        self._numeral = re.compile(
            rf"(?P<below>(?:{whole})?{below}分之|{parts})(?P<above>负?(?:{ARABIC}|{chinese})(?:点[{DIGIT}{ZERO}]+)?)"
            rf"|(?P<slash>(?:{whole})?(?<![\d/.])\d+/[1-9]\d*(?![\d/.]))"
            rf"|(?P<whole>{WHOLE})"
            rf"|(?P<arabic>(?:{SPACED}|{ARABIC})(?:k(?![A-Za-z])|K(?=元))?)"
            rf"(?P<multiplied>(?:个(?=[百千万亿])(?!{grade})| )?(?:{more})?{m}+{tail})?"
            rf"|(?P<half>一?半数?)"
            rf"|(?P<chinese>{chinese}(?:点(?:[{DIGIT}{ZERO}]+|\d+)(?:{m})*)?(?:个(?=亿)亿)?"
            rf"(?:\d+{m}+|(?<=[{TENS}{LARGE}])\d+(?![\d.,]))*)(?:(?P<infix>{more})(?P<large>{m}+))?"
        )
        large = f"{multipliers['万']}亿|{multipliers['万']}|{multipliers['亿']}"
        self._plain = re.compile(
            rf"(\d++(?:\.\d++)?+)({large})?+"
            rf"(?!(?:{more}|个)?[{TENS}{LARGE}]|分之|[\d.,·•・/ kK{DIGIT}{ZERO}两半又])"
        )
        self._more = re.compile(more)
        self._range = re.compile(fragments["range"])
        self._pair = re.compile(rf"(.*[{TENS}{LARGE}])?({PAIRS})([{TENS}{LARGE}]*)")
        self._suffix = re.compile(rf"[{TENS}{LARGE}kK]+$")

    def read(self, text: str, start: int) -> Numeral | None:
        """The numeral or range that begins at ``start``."""
        first = self.one(text, start)
        if first is None or (first.value_max or first.value or 0) > LIMIT:
            return None
        if first.value_max is not None or first.value is None:
            return first
        gap = self._range.match(text, first.end) if text[first.end : first.end + 1] in GAPS else None
        if gap is None:
            return first
        at, sign = self._signs.upper(text, gap.end())
        second = self.one(text, at)
        if second is None or second.value is None or second.value_max is not None:
            return first
        if first.below and not second.below:
            return self._parts(text, at, first, second)
        low = self._share(text[at : second.end], first.value, second.value)
        falls = low >= second.value and not sign and not self._signs.dashed(text, start)
        if falls or "/" in text[start : second.end]:
            return first
        single = first.single and second.single
        return Numeral(second.end, low, second.value, second.over, single, sign=sign)

    def one(self, text: str, start: int) -> Numeral | None:
        """One numeral, without a range's other end."""
        if plain := self._plain.match(text, start):  # most numerals of a news text
            figures, large = plain.groups()
            plainly = Decimal(figures) * PLAIN[large] if large else Decimal(figures)
            return Numeral(plain.end(), plainly, None, "", False)
        match = self._numeral.match(text, start)
        if match is None:
            return None
        end = match.end()
        if match.lastgroup == "arabic":
            return Numeral(end, parse(match[0]), None, "", False)
        if match["arabic"]:
            more = self._more.search(match["multiplied"])
            value = parse(self._more.sub("", match[0]))
            if value is None:
                return Numeral(match.end("arabic"), parse(match["arabic"]), None, "", False)
            return Numeral(end, value, None, more[0] if more else "", False)
        if match["below"]:
            below = match["below"].removesuffix("之") + "之"
            value, value_max = self._value(match["above"], below)
            return Numeral(end, value, value_max, "", False, below)
        if match["chinese"] is None:
            return Numeral(end, parse(match[0]), None, "", match["half"] == "半")
        run = match["chinese"] + (match["large"] or "")
        single = len(run) == 1 or (len(run) == 2 and MULTIPLIED.isdisjoint(run))
        value, value_max = self._value(run)
        return None if value is None else Numeral(end, value, value_max, match["infix"] or "", single)

    def _value(self, run: str, below: str = "") -> tuple[Decimal | None, Decimal | None]:
        """The value of Chinese numerals, or both ends of an estimate (`七八十`); ``below`` is what they
        are parts of."""
        if len(run) > 1 and (pair := self._pair.fullmatch(run)):
            head, digits, tail = pair[1] or "", pair[2], pair[3]
            low, high = (parse(below + head + d + tail) for d in digits)
            if low is not None and high is not None:
                return low, high
        return parse(below + run), None

    def _parts(self, text: str, at: int, first: Numeral, second: Numeral) -> Numeral:
        """`百分之三到五`: what the lower end is part of holds for the upper one, where that has no unit."""
        high = parse(first.below + text[at : second.end])
        counted = text[second.end : second.end + 1] in self._units  # 百分之三到五年
        if high is None or first.value is None or high <= first.value or counted:
            return first
        return Numeral(second.end, first.value, high, second.over, False, first.below)

    def _share(self, second: str, low: Decimal, high: Decimal) -> Decimal:
        """The lower end with the multiplier that only the upper one has (`10到20万`, `两到三百`)."""
        suffix = self._suffix.search(second)
        if suffix is None:
            return low
        for at in range(suffix.start(), len(second)):
            factor = parse("1" + second[at:])
            if factor and low < high / factor:
                return low * factor
        return low
