"""Flat tables that stand alone: a row is a record with all its fields and the article that it comes from."""

import csv
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from operator import attrgetter
from types import SimpleNamespace
from typing import Any, NamedTuple

from extract.output.columns import Column, Kind, columns, moment
from extract.records import (
    ArticleInfo,
    Date,
    Extraction,
    Metric,
    Notice,
    Official,
    Percentage,
    Post,
    Record,
)
from extract.text.sentence import sentence_at

FORMULA = re.compile(r"'*[=+\-@＝＋－＠\t\r\n]")
"""What a text begins with that a spreadsheet would take for a formula, behind any number of `'`."""
CRLF = "\r\n"


class Row(NamedTuple):
    """A record in its article, with the person whose post it is or the date that its period is."""

    extraction: Extraction
    record: Any
    holder: Official | None = None
    period: Date | None = None

    @property
    def sentence(self) -> str | None:
        """The sentence that states a metric, where the text is at hand."""
        text, span = self.extraction.text, self.record.span
        return None if text is None else sentence_at(text, span.start, span.end)

    @property
    def first(self) -> Any:
        """The first mention of a person."""
        return next(iter(self.record.mentions), None)


Rows = Callable[[Extraction], Iterable[Row]]


class Table(NamedTuple):
    """What a table holds, its columns, and the rows that an article has in it."""

    meaning: str
    columns: tuple[Column, ...]
    rows: Rows


def _more(name: str, kind: Kind, key: str, way: str, part: int | None = None) -> Column:
    """A column that is no field of its record. ``way`` leads to its value from the row."""
    *steps, last = way.split(".")

    def value(row: Row) -> Any:
        held: Any = row
        for step in steps:
            held = None if held is None else getattr(held, step)
        found = None if held is None else getattr(held, last)
        return found if part is None else moment(found, part)

    return Column(name, kind, key, value)


def _own(record: type[Record]) -> tuple[Column, ...]:
    """The columns of a record's fields, read from a row."""

    def read(column: Column, row: Row) -> Any:
        return column.value(row.record)

    return tuple(column._replace(value=partial(read, column)) for column in columns(record))


def _each(group: str) -> Rows:
    """The rows of the records of one kind."""
    records = attrgetter(group)
    return lambda extraction: (Row(extraction, record) for record in records(extraction))


def _metrics(extraction: Extraction) -> Iterator[Row]:
    """Metrics with the date that the period of each is."""
    dates = {date.id: date for date in extraction.dates}
    for metric in extraction.metrics:
        yield Row(extraction, metric, period=dates.get(metric.date or ""))


def _posts(extraction: Extraction) -> Iterator[Row]:
    """Posts with the person who holds, or held, each."""
    for official in extraction.officials:
        yield from (Row(extraction, post, official) for post in official.posts)


def _size(group: str, row: Row) -> int:
    return len(getattr(row.extraction, group))


TOLD: Mapping[str, str] = {
    "article": "id",
    "article_title": "title",
    "article_published": "published",
    "article_source": "source",
}
"""What each row begins with, but for those of the articles themselves, and the article's field for it."""
ARTICLE: tuple[Column, ...] = tuple(
    _more(
        name,
        "date" if field == "published" else "text",
        f"ArticleInfo.{field}",
        f"extraction.article.{field}",
    )
    for name, field in TOLD.items()
)
SIZES = tuple(
    Column(group, "integer", f"Extraction.{group}", partial(_size, group))
    for group in ("metrics", "percentages", "dates", "officials", "warnings")
)
PERIOD = (
    _more("period_start", "date", "Row.period_start", "period.start", 0),
    _more("period_start_time", "time", "Row.period_start", "period.start", 1),
    _more("period_end", "date", "Row.period_end", "period.end", 0),
    _more("period_end_time", "time", "Row.period_end", "period.end", 1),
    _more("sentence", "text", "Row.sentence", "sentence"),
)
FIRST = (
    _more("span_start", "integer", "Row.first Span.start", "first.start"),
    _more("span_end", "integer", "Row.first Span.end", "first.end"),
    _more("span_text", "text", "Row.first Span.text", "first.text"),
)
HOLDER = (
    _more("official", "text", "Official.id", "holder.id"),
    _more("name", "text", "Official.name", "holder.name"),
)
HOLDER_RULE = (_more("rule", "text", "Official.rule", "holder.rule"),)

TABLES: Mapping[str, Table] = {
    "articles": Table(
        "Articles, and how many records each has",
        (*_own(ArticleInfo), *SIZES),
        lambda found: (Row(found, found.article),),
    ),
    "metrics": Table("Named quantities and stated changes of them", (*_own(Metric), *PERIOD), _metrics),
    "percentages": Table("Percentages with their roles", _own(Percentage), _each("percentages")),
    "dates": Table("Expressions of calendar time; intervals are half-open", _own(Date), _each("dates")),
    "officials": Table(
        "Persons with public posts, one row a person and article",
        (*_own(Official), *FIRST),
        _each("officials"),
    ),
    "posts": Table(
        "Public posts, one row a post of a person in an article", (*HOLDER, *_own(Post), *HOLDER_RULE), _posts
    ),
    "warnings": Table("What a reader of the records should know", _own(Notice), _each("warnings")),
}


def header(table: str) -> list[str]:
    """The column names of a table."""
    return [column.name for column in heading(table)]


def heading(table: str) -> tuple[Column, ...]:
    """The columns of a table, with those that tell the article."""
    return TABLES[table].columns if table == "articles" else (*ARTICLE, *TABLES[table].columns)


def rows(extraction: Extraction, table: str) -> list[list[Any]]:
    """The rows of one article in a table, without what tells the article."""
    own = TABLES[table].columns
    return [[column.value(row) for column in own] for row in TABLES[table].rows(extraction)]


def whole(extraction: Extraction, table: str) -> list[list[Any]]:
    """The rows of one article in a table, with what tells the article."""
    of = Row(extraction, extraction.article)
    before = [] if table == "articles" else [column.value(of) for column in ARTICLE]
    return [[*before, *row] for row in rows(extraction, table)]


def records(extraction: Extraction, table: str) -> Iterator[dict[str, Any]]:
    """The rows of one article in a table by column, for a program: a list is one text."""
    names = header(table)
    for row in whole(extraction, table):
        yield dict(zip(names, map(joined, row), strict=True))


def lines(rows: Iterable[list[Any]]) -> bytes:
    """Rows as CSV in UTF-8. The writer puts marks of quotation only round line ends that it writes itself."""
    written: list[str] = []
    writer = csv.writer(SimpleNamespace(write=written.append), lineterminator=CRLF)
    writer.writerows(map(_cell, row) for row in rows)
    return "".join(line.removesuffix(CRLF) + "\n" for line in written).encode("utf-8")


def joined(value: Any) -> Any:
    """A value as it is, but for a list of places, which is joined by ``;``."""
    return ";".join(f"{start}-{end}" for start, end in value) if isinstance(value, list) else value


def _cell(value: Any) -> Any:
    """A value as one cell: true is ``true``, and no text is a formula."""
    if isinstance(value, str):
        return f"'{value}" if FORMULA.match(value) else value
    return str(value).lower() if isinstance(value, bool) else joined(value)
