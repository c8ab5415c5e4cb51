"""The role of each percentage: a change, a share of another quantity, or any other rate."""

from collections.abc import Collection, Sequence
from itertools import pairwise

from extract.fault import clear
from extract.mentions import MetricMention, PercentageMention, QuantityMention
from extract.metrics.find import Found
from extract.metrics.readings import STATED, Reading

FAMILIES, SIGNS = ("percent", "point"), ("%", "个百分点")
"""What percentages are told by: a basis point is none."""


def percentages(quantities: Sequence[QuantityMention], found: Found) -> list[PercentageMention]:
    """The percentages among the quantities, with the metric that each belongs to; none where an error
    left open what the sentence says of it."""
    shares = found.shares | _listed(found.readings, found.shares)
    owner = {m.quantity.start: m for m in found.metrics}
    owner |= {m.changed_by.start: m for m in found.metrics if m.changed_by}
    read = {r.quantity.start: r for r in found.readings}
    earlier = {
        a.quantity.start
        for a, b in pairwise(found.readings)
        if a.kind == "source" and b.quantity.start in shares
    }
    return [
        _percentage(q, read.get(q.start), owner.get(q.start), q.start in shares or q.start in earlier)
        for q in clear(quantities, found.dropped)
        if q.family in FAMILIES and q.value is not None and q.unit in SIGNS
    ]


def _listed(readings: Sequence[Reading], shares: Collection[int]) -> set[int]:
    """Where the levels in a list (`80%和70%`) begin of which one is a share: then all are."""
    listed: set[int] = set()
    run: set[int] = set()
    for reading in readings:
        run = {reading.quantity.start} | (run if reading.linked and reading.kind == "level" else set())
        if not run.isdisjoint(shares):
            listed |= run
    return listed


def _percentage(
    q: QuantityMention, reading: Reading | None, metric: MetricMention | None, share: bool
) -> PercentageMention:
    change = reading if reading and reading.kind == "amount" else None
    signed = change is not None and q.value is not None and q.value < 0  # 少了300人（-0.79%）
    return PercentageMention(
        start=q.core_start + signed,
        end=q.unit_end,
        rule=reading.rule if reading and reading.rule != STATED else metric.rule if metric else q.rule,
        quantity=change.quantity if change and signed else q,
        role="change" if change else "share" if share else "rate",
        direction=change.direction if change else None,
        basis=change.comparison.basis if change and change.comparison else None,
        metric=metric,
    )
