"""The records that an extraction holds: typed, frozen, and the source of the JSON Schema.

Offsets are Unicode code points into the decoded raw text, half-open; ``raw[start:end] == text``
holds for every span. Numbers keep their written precision (``4.90%`` is 4.9).
"""

from typing import Literal

import msgspec

SCHEMA_VERSION = "1"

Value = int | float
Bound = Literal["exact", "about", "over", "nearly", "under"]
Direction = Literal["increase", "decrease", "unchanged"]
Basis = Literal["year_on_year", "period_on_period", "versus"]
Granularity = Literal[
    "century", "decade", "year", "half", "quarter", "month", "week", "day", "part_of_day", "hour", "minute"
]
DateKind = Literal["date", "period", "duration", "recurrence"]


class Record(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """Base of everything in the output: immutable, compared by value."""


class Span(msgspec.Struct, frozen=True, gc=False):
    """A slice of the raw text."""

    start: int
    end: int
    text: str


class Number(Record, frozen=True, kw_only=True):
    """A numeral and what it is worth: ``3亿5千万`` is 350000000, ``第七`` the ordinal 7."""

    value: Value | None
    value_max: Value | None = None
    bound: Bound = "exact"
    ordinal: bool = False
    span: Span
    rule: str


class Quantity(Record, frozen=True, kw_only=True):
    """A number with its unit: ``近30亿元`` is 3000000000 元 (CNY), nearly."""

    value: Value | None
    value_max: Value | None = None
    unit: str | None
    bound: Bound = "exact"
    currency: str | None = None
    """ISO 4217 code where the unit is money."""
    si: str | None = None
    """UCUM code of the measure where there is one (``km``, ``hm2``, ``kW.h``)."""
    si_value: Value | None = None
    """The value in the SI unit of the measure, where there is one."""
    span: Span
    rule: str


class Change(Record, frozen=True, kw_only=True):
    """How a metric moved: by how much, against what."""

    direction: Direction
    amount: Value | None = None
    amount_max: Value | None = None
    """Upper end where the amount is a range (`下降4至8个百分点`)."""
    unit: str | None = None
    basis: Basis | None = None
    base: str | None = None
    from_: Value | None = msgspec.field(default=None, name="from")


class Metric(Record, frozen=True, kw_only=True):
    """A named quantity, or the stated change of one (``value`` is null where only the change is stated)."""

    id: str
    name: str
    value: Value | None
    value_max: Value | None = None
    unit: str | None
    bound: Bound = "exact"
    change: Change | None = None
    scope: str | None = None
    period: str | None = None
    date: str | None = None
    """Id of the date record that ``period`` is the text of."""
    span: Span
    name_span: Span | None = None
    part_of: str | None = None
    """Id of the total that it is part of (`其中`)."""
    same_as: str | None = None
    """Id of the metric that stated the same fact before."""
    indicator: str | None = None
    """Id of the statistic that it states, of those of `rules/indicators.toml`."""
    rule: str


class Percentage(Record, frozen=True, kw_only=True):
    """A percentage, its role in the sentence, and the metric that it belongs to."""

    id: str
    value: Value
    value_max: Value | None = None
    unit: Literal["percent", "percentage_point"]
    role: Literal["change", "share", "rate"]
    direction: Direction | None = None
    basis: Basis | None = None
    bound: Bound = "exact"
    metric: str | None = None
    span: Span
    rule: str


class Date(Record, frozen=True, kw_only=True):
    """An expression of calendar time, resolved to a half-open interval where it can be."""

    id: str
    kind: DateKind
    start: str | None = None
    end: str | None = None
    granularity: Granularity | None = None
    relative: bool = False
    timex: str | None = None
    span: Span
    rule: str


Status = Literal["current", "former", "acting"]
Event = Literal["appointed", "removed", "attending", "speaking"]
Level = Literal["national", "province", "prefecture", "county", "township", "village"]


class Post(Record, frozen=True, kw_only=True):
    """A public post as the text gives it."""

    organization: str | None
    title: str
    span: Span
    status: Status = "current"
    """``former`` where the text marks the post as past (`原`, `时任`, `免去`), ``acting`` (`代`, `署理`)."""
    event: Event | None = None
    """What the sentence that states the post says of its holder."""
    date: str | None = None
    """When that was: the text of the date in the same sentence, in simplified script."""
    region: str | None = None
    """GB/T 2260 code of the body's region: two digits a province, four a prefecture, six a county."""
    level: Level | None = None


class Official(Record, frozen=True, kw_only=True):
    """A person with the public posts that one article gives them, and every mention of the name."""

    id: str
    name: str
    posts: tuple[Post, ...]
    mentions: tuple[Span, ...]
    rule: str
    references: tuple[Span, ...] = ()
    """Where the text names the person by surname and title (`李厅长`)."""


class ArticleInfo(Record, frozen=True, kw_only=True):
    """What is known of the article itself."""

    id: str
    source: str | None = None
    title: str | None = None
    url: str | None = None
    publisher: str | None = None
    """Whom the page names as its source (`来源：`) or its dateline as the reporter, else the site."""
    author: str | None = None
    editor: str | None = None
    published: str | None = None
    published_from: str | None = None
    """The sign that the date was read from, or who gave it."""
    script: Literal["simplified", "traditional", "mixed"] | None = None
    encoding: str | None = None
    characters: int
    sha256: str


class Notice(Record, frozen=True, kw_only=True):
    """Something that a reader of the records should know."""

    code: str
    message: str
    span: Span | None = None


class Extraction(Record, frozen=True, kw_only=True):
    """Everything that was found in one article."""

    schema_version: str = SCHEMA_VERSION
    article: ArticleInfo
    metrics: tuple[Metric, ...] = ()
    percentages: tuple[Percentage, ...] = ()
    dates: tuple[Date, ...] = ()
    officials: tuple[Official, ...] = ()
    warnings: tuple[Notice, ...] = ()
