"""The value of a numeral: Arabic, Chinese, financial and mixed, in exact decimal arithmetic."""

import re
from decimal import Decimal

DIGITS = {
    "零": 0, "〇": 0, "○": 0, "一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9,
    "两": 2, "俩": 2, "仨": 3, "幺": 1,
    "壹": 1, "贰": 2, "叁": 3, "肆": 4, "伍": 5, "陆": 6, "柒": 7, "捌": 8, "玖": 9,
}  # fmt: skip
TENS = {"十": 10, "百": 100, "千": 1000, "拾": 10, "佰": 100, "仟": 1000, "廿": 20, "卅": 30}
LARGE = {"万": 10**4, "亿": 10**8, "兆": 10**12}
SHORT = {"k": 1000, "K": 1000}
MULTIPLIERS = TENS | LARGE | SHORT
HALF = Decimal("0.5")

POINT = "[.·•・]"
"""The decimal point, which some pages write in the middle (`19·5%`)."""
ARABIC = rf"(?:\d{{1,3}}(?:,\d{{3}})+(?![\d,])|\d+)(?:{POINT}\d+)?|\.\d+"
_PIECES = re.compile(
    rf"(?P<arabic>{ARABIC})|(?P<digit>[{''.join(DIGITS)}])"
    rf"|(?P<tens>[{''.join(TENS)}])|(?P<large>[{''.join(LARGE | SHORT)}])"
)
SIMPLE = re.compile(r"(\d+(?:\.\d+)?)([万亿])?")
_CHARACTERS = {digit: str(value) for digit, value in DIGITS.items()}
_ALONE = {character: Decimal(value) for character, value in (DIGITS | MULTIPLIERS).items()}

MIDDLE = re.compile("[·•・]")
WHOLE = "百分百"
Piece = tuple[str, str]
LONGEST = 100
"""Characters of a numeral; a longer row of them is none."""


def parse(text: str) -> Decimal | None:
    """The value of a numeral without bounds, signs or units, or ``None`` where it is none.

    ``9.1万`` 91000, ``3亿5千万`` 350000000, ``两千零三`` 2003, ``二〇二四`` 2024, ``一百二`` 120,
    ``三万五`` 35000, ``三点一四`` 3.14, ``1.2万亿`` 1200000000000, ``三分之二`` 2/3, ``两个半`` 2.5,
    ``一又二分之一`` 1.5, ``五百分之一`` 0.002, ``百分百`` 1.
    """
    if text in _ALONE:
        return _ALONE[text]
    simple = SIMPLE.fullmatch(text)  # most numerals of a news text
    if simple:
        return Decimal(simple[1]) * LARGE[simple[2]] if simple[2] else Decimal(simple[1])
    if len(text) > LONGEST:
        return None
    if text == WHOLE:
        return Decimal(1)
    text = MIDDLE.sub(".", text.replace(" ", ""))
    if "/" in text or "分之" in text:
        return _fraction(text)
    if text.endswith(("半", "半数")):
        return _half(text.removesuffix("数")[:-1].removesuffix("个"))
    text = text.replace("个", "")
    if "点" in text:
        return _with_decimals(*text.split("点", 1))
    pieces = _split(text)
    if not pieces:
        return None
    if len(pieces) == 1 and pieces[0][0] == "arabic":
        return Decimal(text.replace(",", ""))
    if all(kind == "digit" for kind, _ in pieces):
        return Decimal("".join(_CHARACTERS[piece] for _, piece in pieces))
    return _multiplied(pieces)


def _split(text: str) -> list[Piece]:
    pieces, at = [], 0
    for match in _PIECES.finditer(text):
        if match.start() != at or match.lastgroup is None:
            return []
        pieces.append((match.lastgroup, match[0]))
        at = match.end()
    return pieces if at == len(text) else []


def _fraction(text: str) -> Decimal | None:
    """``三分之二``, ``1/3``, ``百分之负五``; after a whole number and 又, with it (``一又二分之一``)."""
    whole, mixed, part = text.rpartition("又")
    below, slash, above = part.partition("分之")
    if not slash:
        above, _, below = part.partition("/")
    positive = above.removeprefix("负")
    numerator, denominator, ones = parse(positive), parse(below), parse(whole) if mixed else Decimal(0)
    if numerator is None or not denominator or ones is None:
        return None
    return ones + (numerator if positive == above else -numerator) / denominator


def _half(text: str) -> Decimal | None:
    """``半``, ``一半`` (0.5) and ``两个半`` (2.5); after a multiplier, half of it (``三万半``)."""
    if text in ("", "一"):
        return HALF
    value = parse(text)
    return None if value is None else value + HALF * MULTIPLIERS.get(text[-1], 1)


def _with_decimals(whole: str, decimals: str) -> Decimal | None:
    head = parse(whole)
    tail = decimals.rstrip("".join(MULTIPLIERS))
    digits = "".join(_CHARACTERS.get(c, c) for c in tail)
    if head is None or not digits.isdecimal():
        return None
    value = Decimal(f"{head}.{digits}")
    for multiplier in decimals[len(tail) :]:
        value *= MULTIPLIERS[multiplier]
    return value


def _multiplied(pieces: list[Piece]) -> Decimal | None:
    total = Decimal(0)  # closed by 万 亿 兆
    section = Decimal(0)  # closed by 十 百 千
    current: Decimal | None = None
    last = 1  # the multiplier just passed: 一百二 is 120, 三万五 35000, 一百零二 102
    literal = False  # a digit after 零, or in Arabic, counts ones
    for kind, piece in pieces:
        if kind == "arabic" or (kind == "digit" and DIGITS[piece]):
            if current is not None:
                return None
            literal |= kind == "arabic" and len(piece) > 1
            current = Decimal(piece.replace(",", "")) if kind == "arabic" else Decimal(DIGITS[piece])
        elif kind == "digit":
            literal = True
        elif kind == "tens":
            factor = TENS[piece]
            section += (Decimal(1) if current is None else current) * factor
            current, last, literal = None, 10 if factor in (20, 30) else factor, False
        else:
            factor = MULTIPLIERS[piece]
            bare = current is None and not section
            section += current or 0
            if bare:  # a bare 亿, or the 亿 of 一万亿
                section, total = total if last >= 10**4 else Decimal(1), Decimal(0)
            if total and total < section * factor:  # 一千万零一亿: what went before is multiplied too
                section, total = section + total, Decimal(0)
            total += section * factor
            section, current, last, literal = Decimal(0), None, factor, False
    if current is not None:
        section += current if literal or last <= 10 else current * last / 10
    return total + section


def json_number(value: Decimal) -> int | float:
    """A decimal as JSON writes it: an int where it is whole, else the float of its digits."""
    return int(value) if value == value.to_integral_value() else float(value)
