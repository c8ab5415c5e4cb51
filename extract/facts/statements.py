"""The rows that one article gives: statements of metrics, and appearances of persons in their posts."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from msgspec import Struct

from extract.facts.measures import Measures
from extract.facts.places import Places
from extract.facts.wording import Wording
from extract.indicators import Indicators
from extract.numbers.units import Units
from extract.records import Bound, Date, Extraction, Metric, Official, Post
from extract.rules import Rules
from extract.text.sentence import sentence_at

DAY = 10
"""Characters of an ISO date: a moment counts as its day."""
MIDNIGHT = "T00:00"


class Statement(Struct, frozen=True):
    """What an article states of one metric. ``start`` and ``end`` are ISO dates, half-open; amounts of
    change are in percent where ``change_unit`` is ``%``; ``expected``: a forecast, a plan or a target;
    ``corrected``: said to take the place of an earlier value."""

    article: str
    published: str | None
    metric: str
    indicator: str | None
    name: str
    unit: str | None
    region: str | None
    place: str | None
    start: str | None
    end: str | None
    cumulative: bool
    expected: bool
    corrected: bool
    bound: Bound
    value: float | None
    low: float | None
    high: float | None
    change: float | None
    change_unit: str | None
    basis: str | None
    base: float | None
    part_of: str | None
    same_as: str | None
    sentence: str
    offset: int


class Appearance(Struct, frozen=True):
    """A person with one post in one article."""

    article: str
    published: str | None
    official: str
    name: str
    organization: str | None
    title: str
    status: str
    event: str | None
    date: str | None
    region: str | None
    level: str | None
    sentence: str
    offset: int


class Reader:
    """Turns records into rows. Built once from the rules; immutable."""

    def __init__(self, rules: Rules) -> None:
        self._indicators = Indicators(rules)
        self._measures = Measures(rules.shared(Units))
        self._places = Places(rules)
        self._wording = Wording(rules)

    def statements(self, extraction: Extraction, text: str) -> Iterator[Statement]:
        """A row for each metric; ``text`` is the raw text that the spans point into."""
        dates = {d.id: d for d in extraction.dates}
        for metric in extraction.metrics:
            yield self._statement(extraction, metric, dates.get(metric.date or ""), text)

    def appearances(self, extraction: Extraction, text: str) -> Iterator[Appearance]:
        """A row for each post of each person."""
        for official in extraction.officials:
            for post in official.posts:
                yield _appearance(extraction, official, post, text)

    def _statement(self, extraction: Extraction, metric: Metric, when: Date | None, text: str) -> Statement:
        article = extraction.article
        indicator = self._indicators.by_id.get(metric.indicator or "")
        qualifier = self._wording.qualifier(metric, text)
        if qualifier:
            indicator = None
        measure = self._measures.of(metric, indicator)
        place = self._places.of(metric.scope, article)
        if place and indicator is None and not self._places.knows(place):
            place = None  # without a register, a body beside a figure may be what did it
        expected = self._wording.is_expected(metric, text)
        start, end = self._spell(extraction, metric, when, text)
        if not expected and end and article.published and end > _next_day(article.published):
            start = end = None  # what has not ended yet is not what the figure is of
        if indicator and indicator.kind == "level" and "time" not in indicator.adds and start and end:
            start = _last_day(end)
        change = metric.change
        falls = change is not None and change.direction == "decrease"
        amount = change.amount if change else None
        return Statement(
            article=article.id,
            published=article.published,
            metric=metric.id,
            indicator=indicator.id if indicator else None,
            name=indicator.name if indicator else qualifier + metric.name,
            unit=measure.unit if measure else metric.unit,
            region=place.code if place else None,
            place=place.name if place else None,
            start=start,
            end=end,
            cumulative="time" in indicator.adds and _is_cumulative(start, end)
            if indicator
            else self._wording.has_grown(metric, text),
            expected=expected,
            corrected=self._wording.is_corrected(metric, text),
            bound=metric.bound,
            value=_number(measure.value if measure else None),
            low=_number(measure.low if measure else None),
            high=_number(measure.high if measure else None),
            change=None if amount is None else (-amount if falls else amount),
            change_unit=change.unit if change else None,
            basis=change.basis if change else None,
            base=change.from_ if change else None,
            part_of=metric.part_of,
            same_as=metric.same_as,
            sentence=sentence_at(text, metric.span.start, metric.span.end),
            offset=metric.span.start,
        )

    def _spell(
        self, extraction: Extraction, metric: Metric, when: Date | None, text: str
    ) -> tuple[str | None, str | None]:
        """The days that a figure is of. A flow stated up to a day is that of the year so far; what is said of
        each month of a run, or of a part of a holiday, is of no interval that is known."""
        start, end = _interval(when)
        if when is None or start is None or end is None:
            return None, None
        if self._wording.is_run(metric, text) or self._wording.is_part(when, text):
            return None, None
        last = self._wording.last_day(extraction.dates, metric, text)
        until = _interval(last)[1]
        indicator = self._indicators.by_id.get(metric.indicator or "")
        if until is None or indicator is None or "time" not in indicator.adds:
            return start, end
        first = f"{until[:4]}-01-01" if self._wording.is_this_year(metric, text) else None
        return (start, until) if start < until and when is not last else (first, until if first else None)


def _next_day(moment: str) -> str:
    return (date.fromisoformat(moment[:DAY]) + timedelta(days=1)).isoformat()


def _appearance(extraction: Extraction, official: Official, post: Post, text: str) -> Appearance:
    return Appearance(
        article=extraction.article.id,
        published=extraction.article.published,
        official=official.id,
        name=official.name,
        organization=post.organization,
        title=post.title,
        status=post.status,
        event=post.event,
        date=_interval(_date(extraction, post))[0],
        region=post.region,
        level=post.level,
        sentence=sentence_at(text, post.span.start, post.span.end),
        offset=post.span.start,
    )


def _date(extraction: Extraction, post: Post) -> Date | None:
    """The date record whose text the post has, the one nearest to it."""
    same = [d for d in extraction.dates if d.span.text == post.date]
    return min(same, key=lambda d: abs(d.span.start - post.span.start), default=None)


def _interval(when: Date | None) -> tuple[str | None, str | None]:
    """The days of a date record, each whole; null where it has no beginning or no end."""
    if when is None or when.start is None or when.end is None:
        return None, None
    whole = when.end[DAY:] in ("", MIDNIGHT)
    return when.start[:DAY], when.end[:DAY] if whole else _next_day(when.end)


def _last_day(end: str) -> str:
    """The last day before ``end``: a stock stated of a month is that of its end."""
    return (date.fromisoformat(end) - timedelta(days=1)).isoformat()


def _is_cumulative(start: str | None, end: str | None) -> bool:
    """Whether an interval sums the months of a year up to one of them (`1—9月`)."""
    return bool(start and end and start.endswith("-01-01") and not end.endswith(("-01-01", "-02-01")))


def _number(value: Decimal | None) -> float | None:
    return None if value is None else float(value)
