"""The records that an extraction holds: typed, frozen, and the source of the JSON Schema.

Offsets are Unicode code points into the decoded raw text, half-open; ``raw[start:end] == text``
holds for every span. Numbers keep their written precision (``4.90%`` is 4.9).
"""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, Literal, Self

import msgspec

if TYPE_CHECKING:
    from pandas import DataFrame

SCHEMA_VERSION = "1"

Value = int | float
Bound = Literal["exact", "about", "over", "nearly", "under"]
Direction = Literal["increase", "decrease", "unchanged"]
Basis = Literal["year_on_year", "period_on_period", "versus"]
Granularity = Literal[
    "century", "decade", "year", "half", "quarter", "month", "week", "day", "part_of_day", "hour", "minute"
]
DateKind = Literal["date", "period", "duration", "recurrence"]


class Record(msgspec.Struct, frozen=True, kw_only=True, gc=False, repr_omit_defaults=True):
    """Base of everything in the output: immutable, compared by value."""


class Span(msgspec.Struct, frozen=True, gc=False):
    """A slice of the raw text."""

    start: int
    end: int
    text: str

    def __repr__(self) -> str:
        return f"Span({self.start}, {self.end}, {self.text!r})"


class Confidence(Record, frozen=True, kw_only=True):
    """How sure a record is: the share of right ones among those of its kind on the gold corpus, and how many
    of these there were. ``0.97 of 212`` is worth more than ``1.0 of 3``."""

    share: float
    cases: int


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
    base_span: Span | None = None
    from_: Value | None = msgspec.field(default=None, name="from")
    from_span: Span | None = None


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
    scope_span: Span | None = None
    """Where the text names the scope, be it a heading or a sentence before."""
    period: str | None = None
    date: str | None = None
    """Id of the date record that ``period`` is the text of."""
    span: Span
    name_span: Span | None = None
    headings: tuple[Span, ...] = ()
    """Of a figure in a table: the cells that head its row, then those that head its column."""
    part_of: str | None = None
    """Id of the total that it is part of (`其中`)."""
    same_as: str | None = None
    """Id of the metric that stated the same fact before."""
    indicator: str | None = None
    """Id of the statistic that it states, of those of `rules/indicators.toml`."""
    rule: str
    confidence: Confidence | None = None


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
    confidence: Confidence | None = None


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
    confidence: Confidence | None = None


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
    confidence: Confidence | None = None
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
    reading: str | None = None
    """What a repaired place is read as; empty where it is left out."""


AnyRecord = Metric | Percentage | Date | Official
GROUPS = ("metrics", "percentages", "dates", "officials")
"""The record types, by the names of their fields in an extraction."""


class Extraction(Record, frozen=True, kw_only=True, dict=True, gc=True):
    """Everything that was found in one article.

    ``extraction["m3"]`` is the record of that id, ``for record in extraction`` gives them all, group by
    group. It leaves as a dictionary, as JSON, as rows and as data frames; a notebook shows its text.
    """

    schema_version: str = SCHEMA_VERSION
    article: ArticleInfo
    metrics: tuple[Metric, ...] = ()
    percentages: tuple[Percentage, ...] = ()
    dates: tuple[Date, ...] = ()
    officials: tuple[Official, ...] = ()
    warnings: tuple[Notice, ...] = ()

    @property
    def text(self) -> str | None:
        """The text that the spans point into, where it is at hand: it is no part of the record, is not
        compared, and does not travel with it."""
        return vars(self).get("text")

    def with_text(self, text: str) -> Self:
        """The same records beside their text."""
        return self.beside(text=text)

    @property
    def dropped(self) -> Mapping[str, int]:
        """How many candidates each rule refused, where that is at hand; no more part of the record than the
        text."""
        known: Mapping[str, int] = vars(self).get("dropped", {})
        return known

    def beside(self, **known: Any) -> Self:
        """The same records, with what is known besides."""
        copy = msgspec.structs.replace(self)
        vars(copy).update(vars(self), **known)
        return copy

    def __iter__(self) -> Iterator[AnyRecord]:
        for group in GROUPS:
            yield from getattr(self, group)

    def __getitem__(self, id: str) -> AnyRecord:
        for record in self:
            if record.id == id:
                return record
        raise KeyError(f"no record {id!r} in {self!r}")

    def date_of(self, metric: Metric) -> Date | None:
        """The date that the period of a metric is the text of."""
        return next((date for date in self.dates if date.id == metric.date), None)

    def metric_of(self, percentage: Percentage) -> Metric | None:
        """The metric that a percentage belongs to."""
        return next((metric for metric in self.metrics if metric.id == percentage.metric), None)

    def to_dict(self) -> dict[str, Any]:
        """The extraction as JSON has it: dictionaries, lists, texts and numbers."""
        plain: dict[str, Any] = msgspec.to_builtins(self)
        return plain

    def to_json(self, indent: int = 0) -> str:
        """The extraction as JSON, on one line or indented."""
        data = msgspec.json.encode(self)
        return (msgspec.json.format(data, indent=indent) if indent else data).decode()

    @classmethod
    def from_json(cls, data: str | bytes) -> Self:
        """The extraction that `to_json`, or `zhextract run`, has written."""
        return msgspec.json.decode(data, type=cls)

    def rows(self, table: str) -> list[dict[str, Any]]:
        """The rows of a table that `zhextract run` writes: ``articles``, ``metrics``, ``percentages``,
        ``dates``, ``officials``, ``posts`` or ``warnings``."""
        from extract.output import tables

        return list(tables.records(self, table))

    def to_frames(self) -> "dict[str, DataFrame]":
        """The tables as pandas frames; an `ImportError` where pandas is not installed."""
        from pandas import DataFrame

        from extract.output import tables

        return {table: DataFrame(self.rows(table), columns=tables.header(table)) for table in tables.TABLES}

    def _repr_html_(self) -> str:
        from extract.report.fragment import fragment

        return fragment(self)

    def __repr__(self) -> str:
        counts = ", ".join(f"{len(getattr(self, group))} {group}" for group in (*GROUPS, "warnings"))
        return f"<Extraction {self.article.id!r}: {counts}>"
