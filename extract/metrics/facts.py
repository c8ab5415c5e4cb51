"""A metric in the making: a level with its change, or a change alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from msgspec.structs import replace

from extract.mentions import ChangeMention, DateMention, Phrase, QuantityMention
from extract.metrics.name import Name
from extract.metrics.readings import DOUBLING, RELATIVE, STATED, Reading

RECENT = 4
"""Facts before a number that it can be a figure of."""
MOST_DOUBLINGS = 20
"""No quantity of a text doubled more often; a greater number is no amount."""
SAYING_MORE = ("%", "个百分点", "倍", "个基点")
"""Units of change that say more than an absolute amount."""


@dataclass(slots=True)
class Fact:
    """A quantity with its name; ``level`` is false while only a change of it is stated."""

    quantity: QuantityMention
    name: Name
    level: bool
    rule: str
    change: ChangeMention | None = None
    changed_by: QuantityMention | None = None
    scope: Phrase | None = None
    period: DateMention | None = None

    def takes(self, reading: Reading) -> bool:
        """Whether a change without a name of its own belongs here: a level without a change does, and
        one with an absolute amount for a percentage."""
        if reading.average:
            return False
        change = self.change
        if change is None or (change.amount is None and change.direction == reading.direction):
            own = reading.quantity.family in (*RELATIVE, "fraction")
            return self.level and (own or reading.quantity.unit == self.quantity.unit or self._bare(reading))
        return reading.quantity.family in ("percent", "point") and change.unit not in (None, *SAYING_MORE)

    def _bare(self, reading: Reading) -> bool:
        """`阅览量3亿，比上年增加1亿次`: a level without unit takes a change in the unit that it counts."""
        return self.quantity.unit is None and reading.quantity.family == "count" and bool(reading.comparison)

    def attach(self, reading: Reading) -> None:
        """Make an amount the change of this level."""
        change = stated_change(reading)
        if self.change:
            known = change if change.basis else self.change
            source = change.source if change.source is not None else self.change.source
            change = replace(change, basis=known.basis, base=known.base, source=source)
        if not self.level:
            self.quantity = reading.quantity
        self.change, self.changed_by = change, reading.quantity

    def reach(self, reading: Reading) -> None:
        """`上升2个百分点至12%`: the amount came first, now its level."""
        self.changed_by, self.quantity, self.level = self.quantity, reading.quantity, True


class Spoken(NamedTuple):
    """What a paragraph spoke of before a sentence: the topic of its heading, and its last facts in order."""

    heading: Name | None = None
    facts: tuple[Fact, ...] = ()

    def after(self, facts: Sequence[Fact]) -> "Spoken":
        """What it has spoken of behind a sentence with these facts."""
        return Spoken(self.heading, (*self.facts, *facts)[-RECENT:])


def fact(reading: Reading, name: Name) -> Fact:
    """The fact that a reading and its name state."""
    rule = name.rule if reading.rule == STATED else reading.rule
    made = Fact(reading.quantity, name, reading.kind == "level", rule)
    if reading.kind == "amount":
        made.change = stated_change(reading)
    elif reading.direction:
        source = reading.source
        comparison = source.comparison if source and source.comparison else reading.comparison
        made.change = ChangeMention(
            direction=reading.direction,
            basis=comparison.basis if comparison else None,
            base=comparison.base if comparison else None,
            source=_earlier(reading),
        )
    return made


def _earlier(reading: Reading) -> QuantityMention | None:
    """The earlier level, where it is in the unit of the new one (not `从4天压缩至20个小时`)."""
    if reading.source is None:
        return None
    earlier, now = reading.source.quantity, reading.quantity
    if earlier.family == now.family == "time" and earlier.unit != now.unit:
        return None
    return earlier


def stated_change(reading: Reading) -> ChangeMention:
    """The change that an amount states; a doubling is a rise by once, a fraction is in percent."""
    amount, amount_max = reading.quantity.value, reading.quantity.value_max
    unit = reading.quantity.unit
    if reading.quantity.family == "fraction" and amount is not None:
        amount, amount_max, unit = amount * 100, amount_max and amount_max * 100, "%"
    if unit == DOUBLING and amount is not None:
        amount, unit = (Decimal(2) ** amount - 1, "倍") if amount <= MOST_DOUBLINGS else (None, None)
    comparison = reading.comparison
    return ChangeMention(
        direction=reading.direction or "increase",
        amount=amount,
        amount_max=amount_max,
        unit=unit,
        basis=comparison.basis if comparison else None,
        base=comparison.base if comparison else None,
        source=_earlier(reading),
    )
