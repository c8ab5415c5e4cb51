"""Shows what was found in a text, by which rule, and what was refused and why."""

from collections.abc import Collection, Iterable, Iterator
from datetime import date

from rich.console import Group, RenderableType
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from extract.batch.local import dated, noted
from extract.brief import brief, places
from extract.pipeline import Explanation, Extractor
from extract.records import Extraction, Span
from extract.terminal import visible
from extract.text.containers import articles
from extract.text.decode import ReadError
from extract.text.read import Source

STYLES = {
    "dates": "green",
    "metrics": "bold yellow",
    "percentages": "underline magenta",
    "officials": "bold cyan",
    "dropped": "strike dim red",
}

GROUPS = ("dates", "metrics", "percentages", "officials")


def explanations(
    extractor: Extractor, sources: Iterable[Source], published: date | None, ids: Collection[str] = ()
) -> Iterator[Explanation | ReadError]:
    """The articles explained, all or those of some ids; an error stands for one that cannot be read."""
    for source in sources:
        for article in articles(source):
            if isinstance(article, ReadError):
                yield article
            elif not ids or article.id in ids:
                explanation = extractor.explain(article.raw, **dated(article, published).known)
                told = noted(explanation.extraction, article).with_text(article.raw)
                yield explanation._replace(extraction=told)


def render(explanation: Explanation) -> RenderableType:
    """The text with its records marked, then the records and the refused candidates as tables."""
    extraction = explanation.extraction
    parts: list[RenderableType] = [_legend(), _marked(explanation), ""]
    parts += [_records(extraction)]
    if explanation.dropped:
        parts += ["", _dropped(explanation.dropped)]
    parts += [Text(visible(f"warning {w.code}: {w.message}"), "red") for w in extraction.warnings]
    return Group(*parts)


def _legend() -> Text:
    return Text("  ").join(Text(name, style) for name, style in STYLES.items())


def _marked(explanation: Explanation) -> Text:
    """The text with its records in colour; a refused candidate only where no record stands over it."""
    marked = Text(visible(explanation.extraction.text or ""))
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


def _records(extraction: Extraction) -> Table:
    table = Table("place", "id", "text", "record", "rule", box=None, pad_edge=False)
    for group in GROUPS:
        for record in getattr(extraction, group):
            first = next(iter(places(record)), None)
            place = f"{first.start}-{first.end}" if first else ""
            words = Text(visible(first.text if first else record.name), STYLES[group])
            table.add_row(place, record.id, words, escape(visible(brief(record))), record.rule)
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
