"""Articles in Arrow batches: one schema, whoever hands them over; and the Parquet files of a run."""

from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import polars
import pyarrow as pa
import pytest
from pyarrow import parquet

from extract import Extractor
from extract.arrow import ARTICLE, NESTED, SCHEMA, BatchExtractor, extract_batch, nested
from extract.output import parquet as sink
from extract.output import tables, typed
from tests.conftest import CORPUS, SIMPLIFIED, TRADITIONAL, cli

ROWS = [
    {"id": "a", "text": SIMPLIFIED, "title": "消防", "published": "2024-01-16", "source": "s.jsonl"},
    {"id": "b", "text": TRADITIONAL, "title": None, "published": None, "source": None},
    {"id": "c", "text": None, "title": None, "published": "2024-01-16", "source": None},
    {"id": None, "text": "", "title": None, "published": "?", "source": None},
]


@pytest.fixture(scope="module")
def batch() -> pa.RecordBatch:
    return pa.RecordBatch.from_pylist(ROWS)


@pytest.fixture(scope="module")
def made(batch: pa.RecordBatch) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = extract_batch(batch).to_pylist()
    return rows


def test_a_row_is_an_article_with_its_records(made: list[dict[str, Any]], extractor: Extractor) -> None:
    """What the tables of a run say, with types: dates are dates, and numbers numbers."""
    found = extractor.extract(
        SIMPLIFIED, id="a", title="消防", published="2024-01-16", published_from="field", source="s.jsonl"
    )
    known = msgspec.structs.replace(found.article, encoding="utf-8")
    found = msgspec.structs.replace(found, article=known).with_text(SIMPLIFIED)
    for table in NESTED:
        rows = [
            dict(zip((c.name for c in tables.TABLES[table].columns), row, strict=True))
            for row in tables.rows(found, table)
        ]
        assert [plain(row) for row in made[0][table]] == [plain(row) for row in rows]
    (metric, *_), (day, *_) = made[0]["metrics"], made[0]["dates"]
    assert (metric["value"], metric["period_start"]) == (28.0, date(2023, 1, 1))
    assert (day["start"], day["start_time"]) == (date(2023, 1, 1), None)
    assert (made[0]["published"], made[0]["characters"]) == (date(2024, 1, 16), len(SIMPLIFIED))


def plain(row: dict[str, Any]) -> dict[str, Any]:
    """A row with dates as ISO text, and places as pairs."""
    return {
        name: value.isoformat()
        if isinstance(value, date)
        else [tuple(place.values()) if isinstance(place, dict) else place for place in value]
        if isinstance(value, list)
        else value
        for name, value in row.items()
    }


def test_one_article_that_fails_leaves_the_others(made: list[dict[str, Any]]) -> None:
    assert [row["id"] for row in made] == ["a", "b", "c", "text-e3b0c44298fc1c14"]
    assert made[2]["warnings"][0]["code"] == "failed"
    assert "text" in made[2]["warnings"][0]["message"]
    assert all(made[2][table] == [] for table in NESTED if table != "warnings")


def test_same_rows_whoever_calls(batch: pa.RecordBatch, made: list[dict[str, Any]]) -> None:
    """A table of Arrow, columns with other names and types, an extractor of one's own."""
    table = pa.Table.from_batches([batch])
    assert extract_batch(table).schema == extract_batch(batch).schema == SCHEMA
    assert extract_batch(table).to_pylist() == made
    assert extract_batch(table.rename_columns({"text": "body", "published": "pubtime"})).to_pylist() == made
    assert extract_batch(polars.from_arrow(table).to_arrow()).to_pylist() == made
    assert BatchExtractor(Extractor())(batch).to_pylist() == made
    assert extract_batch(batch.slice(0, 0)).num_rows == 0


def test_a_batch_without_text_is_refused() -> None:
    with pytest.raises(ValueError, match="a column text, content, body is wanted, there are id"):
        extract_batch(pa.RecordBatch.from_pylist([{"id": "a"}]))


def test_values_that_columns_can_hardly_hold() -> None:
    """Whole numbers beyond those that a double has, and early years."""
    columns = tables.TABLES["metrics"].columns
    known = {"value": 2**70, "period_start": "0220-01-01"}
    rows: typed.Rows = {table: [] for table in tables.TABLES}
    rows["articles"] = [[None] * len(tables.TABLES["articles"].columns)]
    rows["metrics"] = [[known.get(c.name, [] if c.kind == "spans" else None) for c in columns]]
    (metric,) = nested([rows]).to_pylist()[0]["metrics"]
    assert (metric["value"], metric["period_start"]) == (float(2**70), date(220, 1, 1))


def test_schema_has_every_column() -> None:
    assert SCHEMA.names == [*(column.name for column in ARTICLE), *NESTED]
    for table in NESTED:
        names = [field.name for field in SCHEMA.field(table).type.value_type]
        assert names == [column.name for column in tables.TABLES[table].columns]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(typed, "GROUP", 4)
    monkeypatch.setattr(sink, "GROUPS", 2)
    assert (
        cli("run", CORPUS / "articles", "-o", tmp_path, "--to", "csv,parquet", "--workers", 1).exit_code == 0
    )
    return tmp_path


def test_parquet_of_a_run(run: Path, extractor: Extractor) -> None:
    """Files of bounded size, of one schema, in the order of the run; the rows are those of the tables."""
    files = [
        parquet.ParquetFile(path) for path in sorted(run.glob("*.parquet"), key=lambda p: (len(p.name), p))
    ]
    assert all(file.schema_arrow == SCHEMA for file in files)
    assert [file.metadata.num_rows for file in files[:-1]] == [8] * (len(files) - 1)
    held = pa.concat_tables(file.read() for file in files)
    ids = polars.read_csv(run / "articles.csv")["id"].to_list()
    assert held["id"].to_pylist() == ids
    assert (
        len(pa.compute.list_flatten(held["metrics"]))
        == polars.read_csv(run / "metrics.csv", infer_schema_length=None).height
    )


def test_no_articles_give_a_file_without_rows(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_bytes(b"\x89PNG\r\n\x1a\n\x00")
    assert cli("run", tmp_path / "in", "-o", tmp_path / "out", "--to", "parquet").exit_code == 1
    assert parquet.read_table(tmp_path / "out" / "articles.parquet").schema == SCHEMA
