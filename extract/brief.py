"""A record in few words: the fields that a reader checks first, and where it stands."""

from collections.abc import Iterable, Iterator

from extract.output.columns import described
from extract.records import AnyRecord, Date, Metric, Official, Percentage, Span


def places(record: AnyRecord) -> Iterable[Span]:
    """Where a record stands in the text: its span, or every mention of an official."""
    return record.mentions if isinstance(record, Official) else (record.span,)


def brief(record: AnyRecord) -> str:
    """The fields that a reader checks first."""
    return " ".join(_parts(record))


def _parts(record: AnyRecord) -> Iterator[str]:
    if isinstance(record, Date):
        yield f"{record.kind} {record.start or '…'} → {record.end or '…'}"
        return
    if isinstance(record, Official):
        yield "; ".join(map(described, record.posts))
        return
    if isinstance(record, Metric):
        yield record.name
    if record.value is not None:
        upper = "" if record.value_max is None else f"–{record.value_max}"
        yield f"{record.value}{upper} {record.unit or ''}".rstrip()
    if record.bound != "exact":
        yield record.bound
    if isinstance(record, Percentage):
        yield " ".join(filter(None, (record.role, record.direction, record.basis, record.metric)))
        return
    if record.change:
        change = record.change
        amount = "" if change.amount is None else f"{change.amount}{change.unit or ''}"
        yield " ".join(filter(None, (change.direction, amount, change.basis, change.base)))
    yield from (f"[{part}]" for part in (record.scope, record.period) if part)
