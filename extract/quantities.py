"""Finds quantities: numbers with the unit that follows them, whole with ranges, lists and smaller units."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from msgspec.structs import replace

from extract.fault import isolated
from extract.mentions import DateMention, Dropped, NumberMention, QuantityMention
from extract.numbers.grammar import DIGIT, LARGE, TENS
from extract.numbers.rules import Bounds, NumberRule
from extract.numbers.units import Before, Place, Unit, Units
from extract.numerals import DIGITS, WHOLE, parse
from extract.rules import Rules
from extract.text.document import Document

PERCENT = re.compile(rf"(?:负|零下)?(?:[\d{DIGIT}两{TENS}{LARGE}]*(?:[百佰千仟{LARGE}]|00)分之|{WHOLE})")
"""What parts of a round number begin with (百分之, 五百分之, 百万分之); of fewer they are a fraction."""
TAIL = re.compile(
    rf"(?P<han>零?[{DIGIT}](?![{DIGIT}十百千万亿零点个]))|(?P<arabic>\d{{1,2}})(?![\d.,%年月日])"
)
SCALE = re.compile(r"(?<=\d)[万亿兆]+$")
ENDING_HALF = re.compile("半(?=[，。；、！？的]|$)")
SHORT = 6
"""Characters between two numbers that share a unit."""
HALF = re.compile(r"半(?![个年天月数小价径山路])")


class QuantityFinder:
    """Built once from the rules; `find` keeps no state."""

    def __init__(self, rules: Rules) -> None:
        self._units = rules.shared(Units)
        self._bounds = Bounds(rules.table("numbers", NumberRule))
        self._negative = tuple(
            word for rule in rules.table("numbers", NumberRule) for word in rule.signs if word.isalpha()
        )
        fragments = rules.fragments("numbers")
        self._range, self._list, self._share_of = (
            re.compile(fragments[name]) for name in ("range", "list", "share")
        )

    def find(
        self, document: Document, numbers: Sequence[NumberMention], dates: Sequence[DateMention] = ()
    ) -> tuple[list[QuantityMention], list[Dropped]]:
        """The quantities in order of position, and the numbers that are none."""
        text = document.text
        found: list[QuantityMention] = []
        dropped: list[Dropped] = []
        for number, date in _dated(numbers, dates):
            if found and number.core_start < found[-1].end:
                continue  # the 75 of 1米75
            if number.ordinal:
                dropped.append(_drop(number, "ordinal", "an ordinal names a place in an order"))
                continue
            timed = date is None or date.kind == "duration"
            floor = found[-1].end if found else 0
            with isolated(dropped, "quantity", number.start, number.end):
                quantity = self._quantity(text, number, floor) if timed else None
                if date is not None and (quantity is None or quantity.family != "time"):
                    dropped.append(_drop(number, "dated", f"part of a date ({date.rule})"))
                elif quantity is not None:
                    self._join(text, found, quantity)
        return found, dropped

    def _quantity(self, text: str, number: NumberMention, floor: int) -> QuantityMention:
        """The number with its unit, the word of currency before it, and the bound words round both."""
        if PERCENT.match(text, number.core_start, number.core_end):
            return self._in_words(text, number)
        end = number.end
        place = self._units.at(text, end)
        if place is None and text[end : end + 1] == " ":
            place = self._units.at(text, end + 1)
        before = self._units.before(text, number.start)
        if (
            before is not None
            and before.start >= floor
            and (place is None or place.unit.family == before.rule.family)
        ):
            return self._prefixed(text, number, place, before)
        if place is None:
            return (
                self._fraction(text, number)
                if self._share_of.match(text, number.core_start)
                else _bare(number)
            )
        return self._measured(text, number, place)

    def _fraction(self, text: str, number: NumberMention) -> QuantityMention:
        """`三分之二`, `一半`: a share that has no unit."""
        bound = number.bound if number.bound != "exact" else self._bounds.of_share(text, number.start)
        return replace(_bare(number), family="fraction", bound=bound or "exact")

    def _measured(self, text: str, number: NumberMention, place: Place) -> QuantityMention:
        unit, end = place.unit, place.end
        value, value_max = number.value, number.value_max
        if value is not None and value_max is None:
            more, end = self._smaller(text, number, place)
            if more is not None:
                value += more.copy_sign(value)  # 零下五度半 is colder than 零下五度
        if unit.scale is not None:
            value = None if value is None else value * unit.scale
            value_max = None if value_max is None else value_max * unit.scale
        bound = number.bound
        written = end if unit.family == "percent" else place.end  # 六成五
        if text[end : end + 1] in self._bounds.firsts and (after := self._bounds.after(text, end, unit=True)):
            end = after[0]
            bound = after[1] if bound == "exact" else bound
        if unit.family == "percent" and bound == "exact":
            bound = self._bounds.of_share(text, number.start) or bound
        return QuantityMention(
            start=number.start,
            end=end,
            rule=unit.rule,
            core_start=number.core_start,
            core_end=number.core_end,
            unit_start=place.start,
            unit_end=written,
            value=value,
            value_max=value_max,
            unit=place.name,
            family=unit.family,
            bound=bound,
            currency=unit.currency,
            si=unit.si,
            si_value=None if value is None or unit.factor is None else value * unit.factor,
        )

    def _smaller(self, text: str, number: NumberMention, place: Place) -> tuple[Decimal | None, int]:
        """What follows the unit and adds to its value: 半, or decimals (`1米75`); and where it ends."""
        unit, end = place.unit, place.end
        if unit.add:
            return unit.add, end
        counted = unit.family in ("count", "none")
        if counted and unit.text != "个" and ENDING_HALF.match(text, end):  # 两箱半
            return Decimal("0.5"), end + 1
        if text[end : end + 1] == "半" and HALF.match(text, end) and not counted:
            return Decimal("0.5"), end + 1
        tail = TAIL.match(text, end) if unit.tail else None
        if tail is None or self._units.at(text, tail.end()):
            return None, end
        if (tail.lastgroup == "arabic") != text[number.core_start].isdecimal():
            return None, end
        digits = "".join(str(DIGITS.get(c, c)) for c in tail[0])
        return Decimal(f"0.{digits}"), tail.end()

    def _prefixed(
        self, text: str, number: NumberMention, place: Place | None, before: Before
    ) -> QuantityMention:
        """A number after a word of currency or scale: `人民币500元`, `$25`, `摄氏38度`."""
        prefix, rule, start = before.prefix, before.rule, before.start
        quantity = self._measured(text, number, place) if place else _bare(number)
        sign = next((word for word in self._negative if text.endswith(word, 0, start)), "")
        if sign:  # 零下摄氏12度
            start, quantity = start - len(sign), _negative(quantity)
        outer = self._bounds.before(text, start)
        return replace(
            quantity,
            start=outer[0] if outer else start,
            bound=outer[1] if outer and quantity.bound == "exact" else quantity.bound,
            rule=rule.id,
            family=rule.family,
            unit=quantity.unit or prefix.unit or prefix.text,
            currency=prefix.currency,
            si=prefix.si,
        )

    def _in_words(self, text: str, number: NumberMention) -> QuantityMention:
        """`百分之五`: the unit is inside the numeral."""
        end = number.end
        after = self._bounds.after(text, end) if number.end == number.core_end else None
        return replace(
            _bare(number),
            rule="unit-percent",
            family="percent",
            unit="%",
            value=_times(number.value, Decimal(100)),
            value_max=_times(number.value_max, Decimal(100)),
            bound=after[1] if after and number.bound == "exact" else number.bound,
            end=after[0] if after else end,
        )

    def _join(self, text: str, found: list[QuantityMention], quantity: QuantityMention) -> None:
        """Add a quantity: to the one before where the two are one, or share its unit with a list."""
        if not found:
            found.append(quantity)
            return
        last = found[-1]
        if quantity.start == last.end and (joined := self._compound(last, quantity)):
            found.pop()
            self._join(text, found, joined)
        elif self._is_range(text, last, quantity):
            found[-1] = _range(last, quantity)
        else:
            found.append(self._share(text, found, quantity))

    def _is_range(self, text: str, low: QuantityMention, high: QuantityMention) -> bool:
        """Whether two quantities of one unit are the ends of a range (`20%—30%`, `1万（含）—5万元`)."""
        if low.value is None or high.value is None or low.value_max is not None:
            return False
        if low.value >= high.value >= 0 or low.value == high.value:  # -5℃～-8℃ is one
            return False
        if high.start - low.end > 8 or low.unit not in (high.unit, None):
            return False
        gap = self._range.match(text, low.end)
        return gap is not None and gap.end() == high.start

    def _compound(self, last: QuantityMention, quantity: QuantityMention) -> QuantityMention | None:
        """`3元5角` and `六斤八两` as one, in the larger unit."""
        unit = self._units.spelled(last.unit, last.rule)
        worth = unit.parts.get(quantity.unit or "") if unit else None
        if unit is None or worth is None or last.value is None or quantity.value is None:
            return None
        more = (quantity.value * worth).copy_sign(last.value)
        value = last.value + more if last.value_max is None else last.value
        return replace(
            last,
            end=quantity.end,
            unit_end=quantity.unit_end,
            value=value,
            value_max=None if last.value_max is None else last.value_max + more,
            si_value=_times(value, unit.factor),
            bound=quantity.bound if last.bound == "exact" else last.bound,
        )

    def _share(self, text: str, found: list[QuantityMention], quantity: QuantityMention) -> QuantityMention:
        """Give the quantity's unit to the bare numbers that it ends a list of (`0.2和0.4个百分点`)."""
        bare = found[-1].unit is None or self._cut_short(text, found[-1], quantity)
        if quantity.unit is None or not bare or quantity.unit_start == quantity.unit_end:
            return quantity
        unit = self._units.spelled(text[quantity.unit_start : quantity.unit_end], quantity.rule)
        right, group = quantity, len(found)
        scale = SCALE.search(text[quantity.core_start : quantity.core_end])
        times = parse(f"1{scale[0]}") if scale else None
        for i in range(len(found) - 1, -1, -1):
            left = found[i]
            gap = self._list.match(text, left.end)
            listed = left.unit is None and gap is not None and gap.end() == right.start
            if not listed and not self._cut_short(text, left, right):
                break
            shared = times if text[left.core_end - 1].isdecimal() else None
            found[i] = right = _with_unit(left, quantity, unit, group, shared or Decimal(1))
        return quantity if right is quantity else replace(quantity, group=group)

    def _cut_short(self, text: str, left: QuantityMention, right: QuantityMention) -> bool:
        """Whether a number with 个 alone has the unit of the next (`下降0.9个、上升0.3个百分点`)."""
        if left.unit != "个" or right.family != "point" or right.start - left.end > SHORT:
            return False
        return self._list.match(text, left.end) is not None


def _range(low: QuantityMention, high: QuantityMention) -> QuantityMention:
    ends = (low, high) if (low.value or 0) < (high.value or 0) else (high, low)
    return replace(
        high,
        start=low.start,
        core_start=low.core_start,
        value=ends[0].value,
        value_max=ends[1].value,
        si_value=ends[0].si_value,
        bound=low.bound if high.bound == "exact" else high.bound,
    )


def _with_unit(
    left: QuantityMention, right: QuantityMention, unit: Unit | None, group: int, times: Decimal
) -> QuantityMention:
    """A bare number with the unit of the list's last one, and its 万 or 亿 (`29.1、31.6、33.8万标箱`)."""
    scale = unit.scale * times if unit and unit.scale else times
    value = _times(left.value, scale)
    return replace(
        left,
        rule=right.rule,
        unit=right.unit,
        family=right.family,
        currency=right.currency,
        si=right.si,
        value=value,
        value_max=_times(left.value_max, scale),
        si_value=_times(value, unit.factor if unit else None),
        group=group,
    )


def _negative(quantity: QuantityMention) -> QuantityMention:
    low, high = quantity.value, quantity.value_max
    if low is None:
        return quantity
    return replace(quantity, value=-(low if high is None else high), value_max=None if high is None else -low)


def _bare(number: NumberMention) -> QuantityMention:
    return QuantityMention(
        start=number.start,
        end=number.end,
        rule="no-unit",
        core_start=number.core_start,
        core_end=number.core_end,
        unit_start=number.end,
        unit_end=number.end,
        value=number.value,
        value_max=number.value_max,
        unit=None,
        family="none",
        bound=number.bound,
    )


def _times(value: Decimal | None, factor: Decimal | None) -> Decimal | None:
    return None if value is None or factor is None else value * factor


def _drop(number: NumberMention, rule: str, reason: str) -> Dropped:
    return Dropped(start=number.start, end=number.end, rule=rule, reason=reason)


def _dated(
    numbers: Sequence[NumberMention], dates: Sequence[DateMention]
) -> Iterator[tuple[NumberMention, DateMention | None]]:
    """Each number with the date mention that it stands in."""
    i = 0
    for number in numbers:
        while i < len(dates) and dates[i].end <= number.core_start:
            i += 1
        inside = i < len(dates) and dates[i].start <= number.core_start
        yield number, dates[i] if inside else None
