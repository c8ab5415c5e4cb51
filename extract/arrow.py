"""Articles in Arrow batches: for Ray Data, Spark, Polars, Hugging Face and whatever else speaks Arrow.

dataset.map_batches(BatchExtractor, batch_format="pyarrow", concurrency=2)     # Ray Data
frame.mapInArrow(partial(map, extract_batch), schema)                         # Spark
polars.from_arrow(extract_batch(frame.to_arrow()))                            # Polars
dataset.with_format("arrow").map(extract_batch, batched=True)                 # Hugging Face
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeVar

from extract.batch.local import extract, failure
from extract.output import tables
from extract.output.columns import Column, Kind
from extract.output.piece import Failure, Outcome
from extract.output.typed import Rows
from extract.pipeline import Extractor
from extract.text.day import day_of
from extract.text.decode import ReadError, Text
from extract.text.read import Article, Source, article

try:
    import pyarrow as pa
    import pyarrow.compute as pc
except ImportError as error:
    raise ImportError("extract.arrow needs PyArrow: pip install 'zhextract[parquet]'") from error

Batch = TypeVar("Batch", pa.RecordBatch, pa.Table)
NAMES: Mapping[str, tuple[str, ...]] = {
    "text": ("text", "content", "body"),
    "id": ("id",),
    "source": ("source",),
    "title": ("title",),
    "url": ("url",),
    "published": ("published", "date", "pubtime"),
}
"""The columns that an article is made of, by what each may be called. All but the text may be missing."""
TYPES: Mapping[Kind, pa.DataType] = {
    "text": pa.string(),
    "integer": pa.int32(),
    "number": pa.float64(),
    "truth": pa.bool_(),
    "date": pa.date32(),
    "time": pa.string(),  # Spark has no type for the time of a clock
    "spans": pa.list_(pa.struct([("start", pa.int32()), ("end", pa.int32())])),
}
ARTICLE = tuple(column for column in tables.TABLES["articles"].columns if column not in tables.SIZES)
NESTED = tuple(table for table in tables.TABLES if table != "articles")


def _fields(columns: Iterable[Column]) -> list[pa.Field]:
    return [pa.field(column.name, TYPES[column.kind]) for column in columns]


SCHEMA = pa.schema(
    [
        *_fields(ARTICLE),
        *(pa.field(table, pa.list_(pa.struct(_fields(tables.TABLES[table].columns)))) for table in NESTED),
    ]
)
"""A row is an article; its records are lists in it, with the columns of the table of that name."""


class BatchExtractor:
    """Extracts batch after batch with one extractor: what an actor, or a worker, keeps."""

    def __init__(self, extractor: Extractor | None = None) -> None:
        self._extractor = extractor or Extractor()

    def __call__(self, batch: Batch) -> Batch:
        """A row of `SCHEMA` for each row of a batch that has the columns of `NAMES`.

        An article that cannot be extracted has a warning ``failed`` and no records. Raises `ValueError` where
        no column holds the text.
        """
        made = nested([rows(self._outcome(row)) for row in _articles(batch)])
        return made if isinstance(batch, pa.RecordBatch) else pa.Table.from_batches([made])

    def _outcome(self, row: Mapping[str, Any]) -> Outcome:
        try:
            return extract(self._extractor, _article(row))
        except ReadError as error:
            return failure(str(row.get("id")), "read", error)


def extract_batch(batch: Batch) -> Batch:
    """What `BatchExtractor` makes of a batch, with the shipped rules, and one extractor a process."""
    return _shared()(batch)


def nested(articles: Sequence[Rows]) -> pa.RecordBatch:
    """Articles, each by its rows, as a batch of `SCHEMA`."""
    own = [of["articles"][0] for of in articles]
    arrays = [_array(column, [row[at] for row in own]) for at, column in enumerate(ARTICLE)]
    for table in NESTED:
        ends = [0]
        for of in articles:
            ends.append(ends[-1] + len(of[table]))
        flat = [row for of in articles for row in of[table]]
        columns = tables.TABLES[table].columns
        parts = [_array(column, [row[at] for row in flat]) for at, column in enumerate(columns)]
        struct = pa.StructArray.from_arrays(parts, fields=_fields(columns))
        arrays.append(pa.ListArray.from_arrays(pa.array(ends, pa.int32()), struct))
    return pa.RecordBatch.from_arrays(arrays, schema=SCHEMA)


def flat(batch: pa.RecordBatch, table: str) -> pa.Table:
    """The rows of a table from a batch of `SCHEMA`, with what tells the article: as in the files of a run."""
    if table == "articles":
        sizes = [pc.list_value_length(batch[column.name]) for column in tables.SIZES]
        own = [batch[column.name] for column in ARTICLE]
        return pa.Table.from_arrays([*own, *sizes], names=tables.header(table))
    of = pc.list_parent_indices(batch[table])
    before = [batch[field].take(of) for field in tables.TOLD.values()]
    return pa.Table.from_arrays(
        [*before, *pc.list_flatten(batch[table]).flatten()], names=tables.header(table)
    )


def rows(outcome: Outcome) -> Rows:
    """The rows of an article by table; of one that failed, its name and the reason."""
    if not isinstance(outcome, Failure):
        return {table: tables.rows(outcome, table) for table in tables.TABLES}
    known = {"id": outcome.article, "code": "failed", "message": outcome.message}
    said = {
        table: [[known.get(column.name) for column in tables.TABLES[table].columns]]
        for table in ("articles", "warnings")
    }
    return {table: [] for table in tables.TABLES} | said


@cache
def _shared() -> BatchExtractor:
    return BatchExtractor()


def _articles(batch: pa.RecordBatch | pa.Table) -> list[dict[str, Any]]:
    """The rows of a batch, with the names that their columns have here."""
    found = {
        name: next((called for called in known if called in batch.schema.names), None)
        for name, known in NAMES.items()
    }
    if found["text"] is None:
        wanted, there = ", ".join(NAMES["text"]), ", ".join(batch.schema.names)
        raise ValueError(f"a column {wanted} is wanted, there are {there}")
    columns = {name: batch.column(called).to_pylist() for name, called in found.items() if called}
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


def _article(row: Mapping[str, Any]) -> Article:
    """The article of a row, without an id named by its text. Raises `ReadError` where it has no text."""
    text = row["text"]
    if not isinstance(text, str):
        raise ReadError(f"the text is of type {type(text).__name__}")
    id = row.get("id")
    name = f"text-{sha256(text.encode()).hexdigest()[:16]}" if id is None else str(id)
    known: dict[str, Any] = {key: row.get(key) for key in ("source", "title", "url")}
    if published := day_of(row.get("published")):
        known |= {"published": published, "published_from": "field"}
    return article(Text(text, "utf-8"), Source(Path(name), name, name), **known)


def _array(column: Column, values: list[Any]) -> pa.Array:
    """The values of a column; numbers beyond 2**53 lose their last digits."""
    if column.kind == "date":
        return pa.array(values, pa.string()).cast(pa.date32())
    if column.kind == "number":
        values = [None if value is None else float(value) for value in values]
    if column.kind == "spans":
        values = [[{"start": start, "end": end} for start, end in spans] for spans in values]
    return pa.array(values, TYPES[column.kind])
