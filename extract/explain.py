"""Shows what was found in a text, by which rule, and what was refused and why."""

from collections.abc import Iterable, Iterator
from typing import Any

from rich.console import Group, RenderableType
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from extract.output.tables import described
from extract.pipeline import Explanation
from extract.records import Date, Extraction, Metric, Official, Percentage, Span
from extract.terminal import visible

STYLES = {
    "dates": "green",
    "metrics": "bold yellow",
    "percentages": "underline magenta",
    "officials": "bold cyan",
    "dropped": "strike dim red",
}

GROUPS = ("dates", "metrics", "percentages", "officials")


def render(text: str, explanation: Explanation) -> RenderableType:
    """The text with its records marked, then the records and the refused candidates as tables."""
    extraction = explanation.extraction
    parts: list[RenderableType] = [_legend(), _marked(text, explanation), ""]
    parts += [_records(extraction)]
    if explanation.dropped:
        parts += ["", _dropped(explanation.dropped)]
    parts += [Text(visible(f"warning {w.code}: {w.message}"), "red") for w in extraction.warnings]
    return Group(*parts)


def _legend() -> Text:
    return Text("  ").join(Text(name, style) for name, style in STYLES.items())


def _marked(text: str, explanation: Explanation) -> Text:
    """The text with its records in colour; a refused candidate only where no record stands over it."""
    marked = Text(visible(text))
    taken: set[int] = set()
    for group in GROUPS:
        for record in getattr(explanation.extraction, group):
            for span in places(record):
                marked.stylize(STYLES[group], span.start, span.end)
                taken.update(range(span.start, span.end))
    for span, _, _ in explanation.dropped:
        if taken.isdisjoint(range(span.start, span.end)):
            marked.stylize(STYLES["dropped"], span.start, span.end)
    return marked


def places(record: Any) -> Iterable[Span]:
    """Where a record stands in the text: its span, or every mention of an official."""
    return record.mentions if isinstance(record, Official) else (record.span,)


def _records(extraction: Extraction) -> Table:
    table = Table("place", "id", "text", "record", "rule", box=None, pad_edge=False)
    for group in GROUPS:
        for record in getattr(extraction, group):
            first = next(iter(places(record)), None)
            place = f"{first.start}-{first.end}" if first else ""
            words = Text(visible(first.text if first else record.name), STYLES[group])
            table.add_row(place, record.id, words, escape(visible(" ".join(_brief(record)))), record.rule)
    return table


def _dropped(dropped: Iterable[tuple[Span, str, str]]) -> Table:
    table = Table("place", "dropped", "reason", "rule", box=None, pad_edge=False)
    for span, rule, reason in dropped:
        table.add_row(
            f"{span.start}-{span.end}",
            Text(visible(span.text), STYLES["dropped"]),
            escape(visible(reason)),
            rule,
        )
    return table


def _brief(record: Date | Metric | Percentage | Official) -> Iterator[str]:
    """The fields that a reader checks first."""
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
    elif record.change:
        change = record.change
        amount = "" if change.amount is None else f"{change.amount}{change.unit or ''}"
        yield " ".join(filter(None, (change.direction, amount, change.basis, change.base)))
    if isinstance(record, Metric):
        yield from (f"[{part}]" for part in (record.scope, record.period) if part)
