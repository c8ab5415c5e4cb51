"""Reads one numeral, range or fraction where it begins: what it spans and what it is worth."""

import re
from collections.abc import Iterable
from decimal import Decimal

import msgspec

from extract.numerals import ARABIC, parse
from extract.numerals import LARGE as MYRIADS

DIGIT = "一二三四五六七八九壹贰叁肆伍陆柒捌玖"
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
HAN = frozenset(DIGIT + ZERO + TENS + LARGE + "两俩")
PARTS = frozenset("%‰个成倍")
"""What follows a number that has a measure of its own."""
MULTIPLIED = frozenset(TENS + LARGE)
LIMIT = Decimal(10) ** 24
"""What is larger is no number that a text would count with, and more than JSON readers take."""


class Reading(msgspec.Struct, frozen=True, gc=False):
    """A numeral read: its end, its value (``None`` where vague), and what kind of numeral it is."""

    end: int
    value: Decimal | None
    value_max: Decimal | None
    over: str
    """The word for "and more" between its digits and multiplier (``700多亿``), or empty."""
    single: bool
    """True for one or two Chinese digits, which may as well be part of a word."""


class Grammar:
    """The pattern of a numeral. ``units`` are needed because `千克`, `百帕` and `两` begin like numerals;
    ``gap`` is what stands between the ends of a range."""

    def __init__(self, units: Iterable[str], inside: Iterable[str], gap: str) -> None:
        starts = {c: [u[1:] for u in units if u[0] == c and len(u) > 1] for c in TENS + LARGE}
        starts["百"] += ["分之", "分点"]
        multipliers = {
            c: rf"{c}(?!{'|'.join(map(re.escape, rest))})" if rest else c for c, rest in starts.items()
        }
        m = rf"(?:{'|'.join(multipliers.values())})"
        more = "|".join(map(re.escape, inside))
        two = rf"(?:(?<![{DIGIT}{TENS}{LARGE}两俩])[两俩](?!会)|(?<=[百千万亿{ZERO}])两(?=[百千万亿]))"
        digit = rf"(?:[{DIGIT}{ZERO}]|{two})"
        chinese = rf"(?:{digit}|{m})++"
        last = rf"[{ZERO}]?(?:\d{{1,3}}(?:,\d{{3}})+|\d+)(?![\d.,]|{m})"
        tail = rf"(?:[{ZERO}]?(?:{ARABIC}|{digit}){m}+(?:(?:{more}){m}+)?)*(?:{last})?"
        self._numeral = re.compile(
            rf"(?:(?P<whole>{chinese}|\d+)又)?(?P<below>[{DIGIT}{ZERO}两{TENS}{LARGE}]+|\d+)分之"
            rf"(?P<above>(?:{ARABIC}|{chinese})(?:点[{DIGIT}{ZERO}]+)?)"
            rf"|(?P<full>百分百)"
            rf"|(?P<slash>(?<![\d/.])\d+/[1-9]\d*(?![\d/.]))"
            rf"|(?P<arabic>(?:{SPACED}|{ARABIC})(?:k(?![A-Za-z])|K(?=元))?)"
            rf"(?P<multiplied>(?:个(?=[百千万亿]+(?![^，。]{{0,2}}级))| )?(?:{more})?{m}+{tail})?"
            rf"|(?P<half>一?半数?)"
            rf"|(?P<chinese>{chinese}(?:点(?:[{DIGIT}{ZERO}]+|\d+)(?:{m})*)?(?:个(?=亿)亿)?"
            rf"(?:\d+{m}+|(?<=[{TENS}{LARGE}])\d+(?![\d.,]))*)(?:(?P<infix>{more})(?P<large>{m}+))?"
        )
        large = f"{multipliers['万']}亿|{multipliers['万']}|{multipliers['亿']}"
        self._plain = re.compile(
            rf"(\d++(?:\.\d++)?+)({large})?+"
            rf"(?!(?:{more}|个)?[{TENS}{LARGE}]|分之|[\d.,·•・/ kK{DIGIT}{ZERO}两半])"
        )
        self._more = re.compile(more)
        self._range = re.compile(gap)
        self._pair = re.compile(rf"(.*[{TENS}{LARGE}])?({PAIRS})([{TENS}{LARGE}]*)")
        self._suffix = re.compile(rf"[{TENS}{LARGE}kK]+$")

    def read(self, text: str, start: int) -> Reading | None:
        """The numeral or range that begins at ``start``."""
        first = self.one(text, start)
        if first is None or (first.value_max or first.value or 0) > LIMIT:
            return None
        if first.value_max is not None:
            return first
        gap = self._range.match(text, first.end) if text[first.end : first.end + 1] in GAPS else None
        if gap is None:
            return first
        second = self.one(text, gap.end())
        if second is None or second.value is None or first.value is None or second.value_max is not None:
            return first
        if "分之" in text[start : first.end] and not self._whole(text, gap.end(), second):
            return self._same_parts(text[start : first.end], first, second)
        low = self._share(text[gap.end() : second.end], first.value, second.value)
        if low >= second.value or "/" in text[start : second.end]:
            return first
        return Reading(second.end, low, second.value, second.over, first.single and second.single)

    def _whole(self, text: str, start: int, reading: Reading) -> bool:
        """Whether the second end of `百分之三到五` says by itself what its parts are."""
        return "分之" in text[start : reading.end] or text[reading.end : reading.end + 1] in PARTS

    def _same_parts(self, low: str, first: Reading, second: Reading) -> Reading:
        """`百分之三到五`: the second end counts the same parts."""
        below = parse(low[: low.index("分之")].lstrip("负"))
        if not below or first.value is None or second.value is None or second.value / below <= first.value:
            return first
        return Reading(second.end, first.value, second.value / below, second.over, False)

    def one(self, text: str, start: int) -> Reading | None:
        """One numeral, without a range's other end."""
        if plain := self._plain.match(text, start):  # most numerals of a news text
            figures, large = plain.groups()
            plainly = Decimal(figures) * PLAIN[large] if large else Decimal(figures)
            return Reading(plain.end(), plainly, None, "", False)
        match = self._numeral.match(text, start)
        if match is None:
            return None
        end = match.end()
        if match["below"]:
            return self._fraction(match)
        if match.lastgroup == "arabic":
            return Reading(end, parse(match[0]), None, "", False)
        if match["arabic"]:
            more = self._more.search(match["multiplied"])
            value = parse(self._more.sub("", match[0]))
            if value is None:
                return Reading(match.end("arabic"), parse(match["arabic"]), None, "", False)
            return Reading(end, value, None, more[0] if more else "", False)
        if match["full"]:
            return Reading(end, Decimal(1), None, "", False)
        if match["chinese"] is None:
            return Reading(end, parse(match[0]), None, "", match[0] == "半")
        return self._chinese(match["chinese"], match["infix"] or "", match["large"] or "", end)

    def _fraction(self, match: re.Match[str]) -> Reading | None:
        """`三分之二`, `三又三分之一`, and the two ends of `百分之七八十`."""
        above, end = match["above"], match.end()
        upper = self._chinese(above, "", "", end) if above[0] in HAN else None
        upper = upper or Reading(end, parse(above), None, "", False)
        below = parse(match["below"])
        if upper.value is None or not below:
            return None
        whole = parse(match["whole"]) if match["whole"] else Decimal(0)
        if whole is None:
            return None
        high = None if upper.value_max is None else whole + upper.value_max / below
        return Reading(end, whole + upper.value / below, high, "", False)

    def _chinese(self, run: str, infix: str, large: str, end: int) -> Reading | None:
        whole = run + large
        single = len(whole) == 1 or (len(whole) == 2 and MULTIPLIED.isdisjoint(whole))
        if len(whole) > 1 and (pair := self._pair.fullmatch(whole)):
            head, digits, tail = pair[1] or "", pair[2], pair[3]
            low, high = (parse(head + d + tail) for d in digits)
            if low is not None and high is not None:
                return Reading(end, low, high, infix, single)
        value = parse(whole)
        return None if value is None else Reading(end, value, None, infix, single)

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
