"""The files of a run as the programs read them that they are for: Excel, DuckDB, pandas and Polars."""

import re
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import duckdb
import msgspec
import openpyxl
import pandas
import polars
import pytest
from openpyxl.utils.escape import unescape

from extract.output import database, spreadsheet, tables
from extract.output.sink import SINKS
from extract.records import ArticleInfo, Date, Extraction, Metric, Official, Post, Span
from tests import guide
from tests.conftest import CORPUS, cli


class Place:
    """A folder that a sink writes to at once."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def new(self, name: str) -> AbstractContextManager[Path]:
        return nullcontext(self._folder / name)


COUNTS = "select count(*), count(period_start), sum(span_start) from {}"


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("run")
    done = cli("run", CORPUS / "articles", "-o", folder, "--to", "csv,parquet,xlsx,duckdb", "--workers", 1)
    assert done.exit_code == 0, done.output
    return folder


@pytest.fixture
def db(run: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(str(run / database.FILE), read_only=True) as opened:
        yield opened


def test_pandas_polars_and_duckdb_read_the_same(run: Path, db: duckdb.DuckDBPyConnection) -> None:
    """From CSV, Parquet, DuckDB and Excel: as many rows, dates, and places."""
    wanted = db.execute(COUNTS.format("metrics")).fetchone()
    csv, nested = str(run / "metrics.csv"), f"'{run}/articles.parquet'"
    assert db.execute(COUNTS.format("read_csv(?, sample_size=-1)"), [csv]).fetchone() == wanted
    assert (
        db.execute(COUNTS.format(f"(select unnest(metrics, recursive := true) from {nested})")).fetchone()
        == wanted
    )
    frames = [
        pandas.read_csv(csv),
        polars.read_csv(csv, infer_schema_length=None).to_pandas(),
        pandas.read_excel(run / spreadsheet.FILE, sheet_name="metrics"),
        polars.read_parquet(run / "articles.parquet")
        .select("metrics")
        .explode("metrics")
        .unnest("metrics")
        .drop_nulls("id")
        .to_pandas(),
    ]
    for frame in frames:
        assert (len(frame), frame["period_start"].count(), frame["span_start"].sum()) == wanted


def test_dates_are_dates(run: Path, db: duckdb.DuckDBPyConnection) -> None:
    csv = str(run / "dates.csv")
    assert set(db.execute("select typeof(start) from read_csv(?, sample_size=-1)", [csv]).fetchall()) == {
        ("DATE",)
    }
    assert polars.read_csv(csv, try_parse_dates=True, infer_schema_length=None).schema["start"] == polars.Date
    pandas.to_datetime(pandas.read_csv(csv)["start"], format="%Y-%m-%d")
    (clock, day), *_ = db.execute(
        "select start_time, start from dates where start_time is not null"
    ).fetchall()
    assert isinstance(clock, time)
    assert isinstance(day, date)


def test_tables_of_duckdb_tell_what_they_hold(db: duckdb.DuckDBPyConnection) -> None:
    for table in tables.TABLES:
        held = db.execute(
            "select column_name, comment from duckdb_columns() where table_name = ? order by column_index",
            [table],
        ).fetchall()
        assert held == [(column.name, column.meaning) for column in tables.heading(table)]
    (silent,) = db.execute("select count(*) from duckdb_tables() where comment is null").fetchall()
    assert silent == (0,)


def found(id: str, *, published: str, url: str | None = None, **post: Any) -> Extraction:
    """An article of one person in one post, and one metric."""
    span = Span(0, 1, "甲")
    info = ArticleInfo(id=id, source="a.txt", url=url, published=published, characters=1, sha256="0" * 64)
    held = Post(organization="县政府", title="县长", span=span, **post)
    day = Date(id="d1", kind="date", start="2023-01-09T10:30", end="2023-01-09T10:31", span=span, rule="r")
    metric = Metric(id="m1", name="火灾", value=28, unit="起", date="d1", span=span, rule="r")
    person = Official(id="o1", name="周启明", posts=(held,), mentions=(span,), rule="r")
    return Extraction(article=info, metrics=(metric,), dates=(day,), officials=(person,)).with_text("甲")


def written(folder: Path, form: str, *extractions: Extraction) -> None:
    sink = SINKS[form]()
    sink.write(Place(folder), [sink.encode(extraction) for extraction in extractions])


def test_views(tmp_path: Path) -> None:
    """The latest article decides who holds a post; a metric has its interval."""
    appointed = found("a", published="2023-01-09", event="appointed")
    removed = found("b", published="2024-01-09", event="removed")
    for extractions, current in (([appointed], 1), ([appointed, removed], 0), ([removed, appointed], 0)):
        (tmp_path / database.FILE).unlink(missing_ok=True)
        written(tmp_path, "duckdb", *extractions)
        with duckdb.connect(str(tmp_path / database.FILE)) as db:
            assert len(db.execute("from current_posts").fetchall()) == current
            rows = db.execute("select period_start, value, sentence from metrics_by_period").fetchall()
            assert rows == [(date(2023, 1, 9), 28, "甲")] * len(extractions)


def sheet(folder: Path, name: str) -> Any:
    return openpyxl.load_workbook(folder / spreadsheet.FILE)[name]


def test_workbook(tmp_path: Path) -> None:
    """Its heading stays in sight, it has filters, and each record leads to its article, that to its page."""
    written(
        tmp_path,
        "xlsx",
        found("a", published="2023-01-09"),
        found("b", published="0220-01-09", url="https://例子.cn/"),
    )
    book = sheet(tmp_path, "dates")
    assert (book.freeze_panes, book.auto_filter.ref) == ("B2", "A1:S3")
    header, first, second = book.iter_rows()
    values = {cell.value: value.value for cell, value in zip(header, first, strict=True)}
    assert (values["start"], values["start_time"]) == (datetime(2023, 1, 9), time(10, 30))
    assert (values["article_published"], values["relative"]) == (datetime(2023, 1, 9), False)
    assert second[2].value == "0220-01-09"
    assert second[0].hyperlink.location == "'articles'!A3"
    assert sheet(tmp_path, "articles")["A3"].hyperlink.target == "https://例子.cn/"
    assert sheet(tmp_path, "articles")["A2"].hyperlink is None


HOSTILE = "=1+1\x01\uffff_x0041_" + "长" * 40_000


def test_workbook_takes_any_text(tmp_path: Path) -> None:
    """Nothing in it is a formula, and what no cell can hold is cut."""
    plain = found("a", published="2023-01-09", url="javascript:alert(1)")
    metric = msgspec.structs.replace(plain.metrics[0], name=HOSTILE, value=2**70)
    odd = msgspec.structs.replace(plain, metrics=(metric,))
    written(tmp_path, "xlsx", odd)
    metrics = sheet(tmp_path, "metrics")
    assert (metrics["F2"].data_type, metrics["G2"].value) == ("s", pytest.approx(2**70))
    assert metrics["F2"].value.startswith("=1+1")
    assert "\ufffd_x0041_长" in unescape(metrics["F2"].value)
    assert sheet(tmp_path, "articles")["A2"].hyperlink is None


def test_a_long_table_goes_on_in_another_sheet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spreadsheet, "ROWS", 2)
    monkeypatch.setattr(spreadsheet, "LINKS", 1)
    written(tmp_path, "xlsx", *(found(id, published="2023-01-09") for id in "abc"))
    assert [row[4].value for row in sheet(tmp_path, "metrics 2").iter_rows()] == ["id", "m1"]
    assert sheet(tmp_path, "metrics 2")["A2"].hyperlink.location == "'articles 2'!A2"
    assert sheet(tmp_path, "metrics")["A3"].hyperlink is None


@pytest.mark.parametrize("form", ["csv", "jsonl", "parquet", "xlsx"])
def test_same_articles_same_bytes(tmp_path: Path, form: str) -> None:
    held = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        written(tmp_path / name, form, found("a", published="2023-01-09"))
        held.append({path.name: path.read_bytes() for path in (tmp_path / name).iterdir()})
    assert held[0] == held[1]


def test_a_missing_package_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("extract.output.sink.find_spec", lambda name: None)
    result = cli("run", CORPUS / "articles", "-o", tmp_path / "out", "--to", "csv,xlsx")
    assert result.exit_code == 2
    assert "pip install 'zhextract[xlsx]'" in re.sub(r"\s+", " ", result.output)
    assert not (tmp_path / "out").exists()


def test_the_guide_tells_every_file_and_field() -> None:
    """`python -m tests.guide` writes it anew."""
    text = guide.PATH.read_text(encoding="utf-8")
    assert text == guide.written(text)
    for form in ("json", *SINKS):
        assert f"| `{form}` |" in text
    for table in tables.TABLES:
        assert f"`{table}.csv`" in text
