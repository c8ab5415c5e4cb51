"""What the finders pass on inside the pipeline: places in a document's normalised text, with values.

Offsets are of `Document.text`; `Document.span` turns them into raw spans when records are made.
"""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Literal, NamedTuple

import msgspec

from extract.records import Basis, Bound, DateKind, Direction, Event, Granularity, Level, Status


class Mention(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A place in the normalised text and the rule that found it."""

    start: int
    end: int
    rule: str


class Phrase(NamedTuple):
    """Words as a record writes them, and where the text has them."""

    text: str
    start: int
    end: int


class NumberMention(Mention, frozen=True, kw_only=True):
    """A numeral: ``start`` to ``end`` with its bound words, ``core_start`` to ``core_end`` without."""

    core_start: int
    core_end: int
    value: Decimal | None
    """``None`` for a vague one (`数十`)."""
    value_max: Decimal | None = None
    bound: Bound = "exact"
    ordinal: bool = False


class QuantityMention(Mention, frozen=True, kw_only=True):
    """A number with its unit and the bound words that touch it (`近30亿元`, `3.6万余件`)."""

    core_start: int
    core_end: int
    """The numeral with its multiplier, without bound words and unit (`3.6万`)."""
    unit_start: int
    unit_end: int
    """Place of the unit; empty at the end of the number where it has none (`16万民警`)."""
    value: Decimal | None
    value_max: Decimal | None = None
    unit: str | None
    """As written, simplified, without multiplier; ``%`` and ``个百分点`` for percentages."""
    family: str
    """Kind of measure of the unit: count, money, length, area, mass, volume, energy, ..., percent, point,
    time, none."""
    bound: Bound = "exact"
    currency: str | None = None
    si: str | None = None
    si_value: Decimal | None = None
    group: int | None = None
    """Same for the members of a list that share one unit (`0.2和0.4个百分点`)."""


class DateMention(Mention, frozen=True, kw_only=True):
    """A time expression, resolved as far as it can be."""

    kind: DateKind
    begin: datetime | None = None
    finish: datetime | None = None
    granularity: Granularity | None = None
    relative: bool = False
    timex: str | None = None
    vague: bool = False
    """True for expressions like `近年来`, `目前`."""


class PostMention(NamedTuple):
    """One post of an official."""

    organization: str | None
    title: str
    start: int
    end: int
    status: Status = "current"
    event: Event | None = None
    date: str | None = None
    region: str | None = None
    level: Level | None = None


class OfficialMention(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A person with posts; ``places`` are all occurrences of the name."""

    name: str
    posts: Sequence[PostMention]
    places: Sequence[tuple[int, int]]
    rule: str
    references: Sequence[tuple[int, int]] = ()
    """Places of a surname with a title (`李厅长`)."""


class Dropped(Mention, frozen=True, kw_only=True):
    """A candidate that is no record, and why; ``rule`` is the rule that refused it."""

    reason: str


class Caution(NamedTuple):
    """Something to warn the reader of."""

    code: str
    message: str
    start: int | None = None
    end: int | None = None


class ChangeMention(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A stated change, linked to the level that moved."""

    direction: Direction
    amount: Decimal | None = None
    amount_max: Decimal | None = None
    unit: str | None = None
    basis: Basis | None = None
    base: Phrase | None = None
    source: QuantityMention | None = None
    """The earlier level, where stated."""


class MetricMention(Mention, frozen=True, kw_only=True):
    """A named quantity with everything that the text links to it."""

    name: str
    name_start: int | None
    name_end: int | None
    quantity: QuantityMention
    level: bool
    """False where only a change is stated."""
    change: ChangeMention | None
    changed_by: QuantityMention | None
    """The amount of change that stands beside a level."""
    scope: Phrase | None
    period: str | None
    date: DateMention | None
    headings: tuple[Phrase, ...] = ()
    """The cells that head it in a table."""
    part_of: int | None = None
    """Place in the article's list of the total that it is part of."""
    same_as: int | None = None
    """Place of the metric that said the same before."""


class PercentageMention(Mention, frozen=True, kw_only=True):
    """A percentage and its role; ``metric`` is the metric mention that it belongs to."""

    quantity: QuantityMention
    role: Literal["change", "share", "rate"]
    direction: Direction | None = None
    basis: Basis | None = None
    metric: MetricMention | None = None
