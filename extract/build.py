"""Mentions to records: raw spans, ids, JSON numbers."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from decimal import Decimal

from extract.fault import Fault
from extract.indicators import Indicators
from extract.mentions import (
    Caution,
    ChangeMention,
    DateMention,
    Dropped,
    Mention,
    MetricMention,
    NumberMention,
    OfficialMention,
    PercentageMention,
    Phrase,
    QuantityMention,
)
from extract.numerals import json_number
from extract.records import (
    Change,
    Date,
    Metric,
    Notice,
    Number,
    Official,
    Percentage,
    Post,
    Quantity,
    Span,
    Value,
)
from extract.text.document import Document

MOST_REPAIRS = 100
"""Warnings about repairs of one kind; more are counted."""

CLOCK = ("hour", "minute", "part_of_day")


def numbers(document: Document, mentions: Iterable[NumberMention]) -> list[Number]:
    return [
        Number(
            value=_value(n.value),
            value_max=_value(n.value_max),
            bound=n.bound,
            ordinal=n.ordinal,
            span=document.span(n.start, n.end),
            rule=n.rule,
        )
        for n in mentions
    ]


def quantities(document: Document, mentions: Iterable[QuantityMention]) -> list[Quantity]:
    return [
        Quantity(
            value=_value(q.value),
            value_max=_value(q.value_max),
            unit=q.unit,
            bound=q.bound,
            currency=q.currency,
            si=q.si,
            si_value=_value(q.si_value),
            span=document.span(q.start, q.end),
            rule=q.rule,
        )
        for q in mentions
    ]


def metrics(
    document: Document,
    mentions: Iterable[MetricMention],
    date_ids: Mapping[int, str],
    indicators: Indicators,
) -> list[Metric]:
    """The records of metrics; ``date_ids`` are the ids of date records by their start in the document."""
    records: list[Metric] = []
    for number, m in enumerate(mentions, 1):
        value, value_max, unit = _level(document, m.quantity)
        whole = None if m.part_of is None else records[m.part_of].indicator
        named = m.name_start is not None and m.name_end is not None
        records.append(
            Metric(
                id=f"m{number}",
                name=m.name,
                value=_value(value) if m.level else None,
                value_max=_value(value_max) if m.level else None,
                unit=unit if m.level else None,
                bound=m.quantity.bound,
                change=_change(document, m.change) if m.change else None,
                scope=m.scope and m.scope.text,
                scope_span=_place(document, m.scope),
                period=m.period,
                date=date_ids.get(m.date.start) if m.date else None,
                span=document.span(m.start, m.end),
                name_span=document.span(m.name_start or 0, m.name_end or 0) if named else None,
                headings=tuple(document.span(h.start, h.end) for h in m.headings),
                part_of=None if m.part_of is None else f"m{m.part_of + 1}",
                same_as=None if m.same_as is None else f"m{m.same_as + 1}",
                indicator=indicators.of(m.name, unit if m.level else None, m.quantity.si, whole),
                rule=m.rule,
            )
        )
    return records


def percentages(
    document: Document, mentions: Iterable[PercentageMention], metrics: Sequence[MetricMention]
) -> list[Percentage]:
    ids = {id(m): f"m{i}" for i, m in enumerate(metrics, 1)}
    return [
        Percentage(
            id=f"p{number}",
            value=_value(p.quantity.value) or 0,
            value_max=_value(p.quantity.value_max),
            unit="percent" if p.quantity.family == "percent" else "percentage_point",
            role=p.role,
            direction=p.direction,
            basis=p.basis,
            bound=p.quantity.bound,
            metric=ids.get(id(p.metric)),
            span=document.span(p.start, p.end),
            rule=p.rule,
        )
        for number, p in enumerate(mentions, 1)
    ]


def dates(document: Document, mentions: Iterable[DateMention]) -> list[Date]:
    return [
        Date(
            id=f"d{number}",
            kind=m.kind,
            start=_iso(m.begin, m.granularity in CLOCK),
            end=_iso(m.finish, m.granularity in CLOCK),
            granularity=m.granularity,
            relative=m.relative,
            timex=m.timex,
            span=document.span(m.start, m.end),
            rule=m.rule,
        )
        for number, m in enumerate(mentions, 1)
    ]


def officials(document: Document, mentions: Iterable[OfficialMention]) -> list[Official]:
    return [
        Official(
            id=f"o{number}",
            name=m.name,
            posts=tuple(
                Post(
                    organization=p.organization,
                    title=p.title,
                    span=document.span(p.start, p.end),
                    status=p.status,
                    event=p.event,
                    date=p.date,
                    region=p.region,
                    level=p.level,
                )
                for p in m.posts
            ),
            mentions=tuple(document.span(start, end) for start, end in m.places),
            rule=m.rule,
            references=tuple(document.span(start, end) for start, end in m.references),
        )
        for number, m in enumerate(mentions, 1)
    ]


def faults(document: Document, dropped: Iterable[Dropped]) -> list[Notice]:
    """A warning for each candidate that an error took."""
    return notices(document, (d.caution for d in dropped if isinstance(d, Fault)))


def notices(document: Document, cautions: Iterable[Caution]) -> list[Notice]:
    return [
        Notice(
            code=c.code,
            message=c.message,
            span=None if c.start is None or c.end is None else document.span(c.start, c.end),
        )
        for c in cautions
    ]


def repairs(document: Document) -> Iterator[Notice]:
    """A warning for each repair, and one that counts those beyond the first hundred of a kind."""
    made: Counter[str] = Counter()
    for edit in document.edits:
        made[edit.kind] += 1
        if made[edit.kind] <= MOST_REPAIRS:
            old = document.raw[edit.start : edit.end]
            done = f"read as {edit.replacement!r}" if edit.replacement else "left out"
            yield Notice(
                code="repaired",
                message=f"{edit.kind}: {old!r} {done}",
                span=Span(edit.start, edit.end, old),
                reading=edit.replacement,
            )
    for kind, times in made.items():
        if times > MOST_REPAIRS:
            yield Notice(code="repaired", message=f"{kind}: {times - MOST_REPAIRS} more repairs like these")


def _level(document: Document, q: QuantityMention) -> tuple[Decimal | None, Decimal | None, str | None]:
    """Value and unit as a metric writes them: a ‰ keeps its sign,
    where the percentage is in percent; a fraction (`一半`) is in percent."""
    if q.family == "fraction":
        return q.value and q.value * 100, q.value_max and q.value_max * 100, "%"
    sign = document.text[q.unit_start : q.unit_end]
    if sign != "‰":
        return q.value, q.value_max, q.unit
    return q.value and q.value * 10, q.value_max and q.value_max * 10, sign


def _place(document: Document, place: Phrase | Mention | None) -> Span | None:
    """The raw span of a place in the text."""
    return None if place is None else document.span(place.start, place.end)


def _change(document: Document, change: ChangeMention) -> Change:
    return Change(
        direction=change.direction,
        amount=_value(change.amount),
        amount_max=_value(change.amount_max),
        unit=change.unit if change.amount is not None else None,
        basis=change.basis,
        base=change.base and change.base.text,
        base_span=_place(document, change.base),
        from_=_value(change.source.value) if change.source else None,
        from_span=_place(document, change.source),
    )


def _value(value: Decimal | None) -> Value | None:
    return None if value is None else json_number(value)


def _iso(moment: datetime | None, clock: bool) -> str | None:
    """A moment as the records write it: the date alone at midnight, else to the minute."""
    if moment is None:
        return None
    if clock or (moment.hour, moment.minute, moment.second) != (0, 0, 0):
        return moment.isoformat(timespec="seconds" if moment.second else "minutes")
    return moment.date().isoformat()
