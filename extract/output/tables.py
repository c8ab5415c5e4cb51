"""Flat tables: one row a record with all its fields, the article that it comes from, and its place there."""

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple, get_args, get_origin

import msgspec

from extract.records import (
    Date,
    Extraction,
    Metric,
    Official,
    Percentage,
    Post,
    Record,
    Span,
)

ARTICLE = ("article", "article_title", "article_published")
"""What each row begins with."""
FORMULA = re.compile(r"'*[=+\-@＝＋－＠\t\r\n]")
"""What a text begins with that a spreadsheet would take for a formula, behind any number of `'`."""

CRLF = "\r\n"

Way = tuple[str, ...]


class Table(NamedTuple):
    """The record that a row is of, and the columns before and behind its own fields."""

    record: type[Record]
    before: tuple[str, ...] = ()
    behind: tuple[str, ...] = ()


TABLES: Mapping[str, Table] = {
    "metrics": Table(Metric, behind=("period_start", "period_end")),
    "percentages": Table(Percentage),
    "dates": Table(Date),
    "officials": Table(Official, behind=("span_start", "span_end", "span_text")),
    "posts": Table(Post, before=("official", "name"), behind=("rule",)),
}


def _columns(record: type[msgspec.Struct], name: str = "", way: Way = ()) -> Iterator[tuple[str, Way]]:
    """A column for each field of a record and of the records in it, with the way to its value: a field
    that is added to a record stands in its table, too."""
    for field in msgspec.structs.fields(record):
        column, inner = name + field.encode_name, (*way, field.name)
        if nested := _nested(field.type):
            yield from _columns(nested, column.removesuffix("_span") + "_", inner)
        else:
            yield column, inner


def _nested(kind: Any) -> type[msgspec.Struct] | None:
    """The record that a field holds; a list of records is one cell."""
    kinds = () if get_origin(kind) is tuple else (kind, *get_args(kind))
    return next((k for k in kinds if isinstance(k, type) and issubclass(k, msgspec.Struct)), None)


COLUMNS: Mapping[str, Mapping[str, Way]] = {
    name: dict(_columns(table.record)) for name, table in TABLES.items()
}


def header(table: str) -> list[str]:
    """The column names of a table."""
    return [*ARTICLE, *TABLES[table].before, *COLUMNS[table], *TABLES[table].behind]


def rows(extraction: Extraction, table: str) -> Iterator[list[Any]]:
    """The rows of one article in a table, in header order, for a file."""
    yield from (list(map(_cell, row)) for row in _values(extraction, table))


def records(extraction: Extraction, table: str) -> Iterator[dict[str, Any]]:
    """The rows of one article in a table by column, for a program: a list is one text."""
    names = header(table)
    for row in _values(extraction, table):
        yield dict(zip(names, map(_joined, row), strict=True))


def _values(extraction: Extraction, table: str) -> Iterator[tuple[Any, ...]]:
    article = extraction.article
    for before, record, behind in ROWS[table](extraction):
        own = (_pluck(record, way) for way in COLUMNS[table].values())
        yield article.id, article.title, article.published, *before, *own, *behind


def count(extraction: Extraction, table: str) -> int:
    """How many rows one article has in a table."""
    return sum(1 for _ in ROWS[table](extraction))


def encode(rows: Iterable[list[Any]]) -> bytes:
    """Rows as CSV in UTF-8."""
    return "".join(map(_line, rows)).encode("utf-8")


def _line(row: list[Any]) -> str:
    """One row. The writer puts marks of quotation only round those line ends that it writes itself."""
    text = io.StringIO()
    csv.writer(text, lineterminator=CRLF).writerow(row)
    return text.getvalue().removesuffix(CRLF) + "\n"


def described(post: Post) -> str:
    """A post in a list of them: `市水利局|局长 (former, removed 3月1日)`."""
    held = "" if post.status == "current" else post.status
    said = ", ".join(filter(None, (held, " ".join(filter(None, (post.event, post.date))))))
    return f"{post.organization or ''}|{post.title}" + (f" ({said})" if said else "")


Row = tuple[tuple[Any, ...], Record, tuple[Any, ...]]
"""What stands before a record's own fields, the record, and what stands behind."""


def _metrics(extraction: Extraction) -> Iterator[Row]:
    """Metrics with the interval of the date that their period is."""
    dates = {date.id: (date.start, date.end) for date in extraction.dates}
    for metric in extraction.metrics:
        yield (), metric, dates.get(metric.date or "", (None, None))


def _officials(extraction: Extraction) -> Iterator[Row]:
    """Persons with the place of their first mention."""
    for official in extraction.officials:
        first = official.mentions[:1]
        behind = (first[0].start, first[0].end, first[0].text) if first else (None, None, None)
        yield (), official, behind


def _posts(extraction: Extraction) -> Iterator[Row]:
    """Posts with the person who holds, or held, each."""
    for official in extraction.officials:
        for post in official.posts:
            yield (official.id, official.name), post, (official.rule,)


ROWS: Mapping[str, Callable[[Extraction], Iterator[Row]]] = {
    "metrics": _metrics,
    "percentages": lambda extraction: (((), record, ()) for record in extraction.percentages),
    "dates": lambda extraction: (((), record, ()) for record in extraction.dates),
    "officials": _officials,
    "posts": _posts,
}


def _pluck(record: Any, way: Way) -> Any:
    for key in way:
        record = None if record is None else getattr(record, key)
    return record


def _cell(value: Any) -> Any:
    """A value as one cell: true is ``true``, and no text is a formula."""
    value = _joined(value)
    if isinstance(value, str):
        return f"'{value}" if FORMULA.match(value) else value
    return str(value).lower() if isinstance(value, bool) else value


def _joined(value: Any) -> Any:
    """A value as it is, but for a list of posts or places, which is joined by ``;``."""
    return ";".join(map(_item, value)) if isinstance(value, tuple) else value


def _item(item: Post | Span) -> str:
    return f"{item.start}-{item.end}" if isinstance(item, Span) else described(item)
