"""How the figures of one article stand to each other: parts of totals, repetitions, contradictions."""

from collections.abc import Sequence

from msgspec.structs import replace

from extract.mentions import Caution, MetricMention
from extract.text.document import Document

PART = "其中"


def relate(document: Document, metrics: Sequence[MetricMention]) -> tuple[list[MetricMention], list[Caution]]:
    """The metrics with ``part_of`` and ``same_as`` (places in the list), and the contradictions."""
    related: list[MetricMention] = []
    said: dict[tuple[object, ...], int] = {}
    levels: dict[tuple[object, ...], int] = {}
    cautions: list[Caution] = []
    for i, metric in enumerate(metrics):
        same = said.setdefault(_fact(metric), i)
        first = levels.setdefault(_subject(metric), i) if metric.level and metric.period else i
        if _contradicts(document, metrics[first], metric):
            message = (
                f"{metric.name}: {_value(metrics[first])} and {_value(metric)} for the same scope and period"
            )
            cautions.append(Caution("contradiction", message, metric.start, metric.end))
        part = _total(document, related, metric)
        if part is not None or same != i:
            metric = replace(metric, part_of=part, same_as=same if same != i else None)
        related.append(metric)
    return related, cautions


def _fact(metric: MetricMention) -> tuple[object, ...]:
    return (
        *_subject(metric),
        metric.level,
        metric.quantity.value,
        metric.quantity.value_max,
        metric.quantity.bound,
    )


def _subject(metric: MetricMention) -> tuple[object, ...]:
    return metric.name, metric.quantity.unit, metric.scope and metric.scope.text, metric.period


def _contradicts(document: Document, first: MetricMention, metric: MetricMention) -> bool:
    """Two values of one thing, said in different sentences; a list in one sentence is none."""
    exact = first.quantity.bound == metric.quantity.bound == "exact"
    if first is metric or not exact or first.quantity.value == metric.quantity.value:
        return False
    return document.sentence_at(first.start) != document.sentence_at(metric.start)


def _value(metric: MetricMention) -> str:
    return f"{metric.quantity.value}{metric.quantity.unit or ''}"


def _total(document: Document, before: Sequence[MetricMention], metric: MetricMention) -> int | None:
    """The total that a figure is part of: the last before 其中, or that of the part before it."""
    if not before or not metric.level:
        return None
    last = before[-1]
    if PART in document.text[last.end : metric.start] and metric.start - last.end < 60:
        return len(before) - 1
    together = document.sentence_at(last.start) == document.sentence_at(metric.start)
    if last.part_of is not None and together and last.quantity.unit == metric.quantity.unit:
        return last.part_of
    return None
