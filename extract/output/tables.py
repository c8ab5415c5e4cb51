"""Flat tables: one row a record, with the article it comes from and its place in the text."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from extract.records import Extraction, Post, Span

SPAN = "span_start=span.start span_end=span.end span_text=span.text"
CHANGE = " ".join(
    f"change_{key}=change.{key}" for key in ("direction", "amount", "amount_max", "unit", "basis", "base")
)
PLACE = SPAN.replace("=span", "=mentions.0")


def _columns(*lists: str) -> Mapping[str, tuple[str, ...]]:
    """Column names with the way into the record; ``name=way.to.it`` where that is not the name itself."""
    pairs = (column.partition("=") for column in " ".join(lists).split())
    return {name: tuple((way or name).split(".")) for name, _, way in pairs}


TABLES: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "metrics": _columns(
        "id name value value_max unit bound",
        CHANGE,
        "change_from=change.from_ scope period date",
        SPAN,
        "name_start=name_span.start name_end=name_span.end rule",
    ),
    "percentages": _columns("id value value_max unit role direction basis bound metric", SPAN, "rule"),
    "dates": _columns("id kind start end granularity relative timex", SPAN, "rule"),
    "officials": _columns("id name posts mentions", PLACE, "rule"),
}
"""Each table's columns, and where in the record each one's value stands."""


def header(table: str) -> list[str]:
    """The column names of a table."""
    return ["article", *TABLES[table]]


def rows(extraction: Extraction, table: str) -> Iterator[list[Any]]:
    """The rows of one article in a table, in header order."""
    ways = TABLES[table].values()
    for record in getattr(extraction, table):
        yield [extraction.article.id, *(_cell(_pluck(record, way)) for way in ways)]


def encode(rows: Iterable[list[Any]]) -> bytes:
    """Rows as CSV in UTF-8."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue().encode("utf-8")


def _pluck(record: Any, way: tuple[str, ...]) -> Any:
    for key in way:
        if not record:
            return None
        record = record[int(key)] if key.isdigit() else getattr(record, key)
    return record


def _cell(value: Any) -> Any:
    """A value as one cell: a list of posts or places is joined by ``;``, true is ``true``."""
    if isinstance(value, tuple):
        return ";".join(_item(item) for item in value)
    return str(value).lower() if isinstance(value, bool) else value


def _item(item: Post | Span) -> str:
    if isinstance(item, Span):
        return f"{item.start}-{item.end}"
    return f"{item.organization or ''}|{item.title}"
