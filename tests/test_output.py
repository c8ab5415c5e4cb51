"""What a run writes: documents, tables, errors and account; whole files or none."""

import csv
import io
import json
from pathlib import Path

import msgspec
import pytest

from extract.output import tables
from extract.output.files import replacing, write
from extract.output.folder import Failure, document, result_folder
from extract.records import (
    ArticleInfo,
    Change,
    Date,
    Extraction,
    Metric,
    Official,
    Percentage,
    Post,
    Span,
)


def extraction(id: str = "a") -> Extraction:
    span = Span(3, 6, "28起")
    return Extraction(
        article=ArticleInfo(id=id, title="一周要闻", published="2023-05-06", characters=40, sha256="0" * 64),
        metrics=(
            Metric(
                id="m1",
                name='火灾, "山林"',
                value=28,
                unit="起",
                change=Change(
                    direction="decrease",
                    amount=4.9,
                    unit="%",
                    basis="versus",
                    base="2021年",
                    base_span=Span(8, 13, "2021年"),
                    from_=31,
                    from_span=Span(14, 17, "31起"),
                ),
                scope="全县",
                scope_span=Span(1, 3, "全县"),
                period="2023年",
                date="d1",
                span=span,
                name_span=Span(0, 2, "火灾"),
                part_of="m2",
                same_as="m3",
                rule="metric.name",
            ),
        ),
        percentages=(
            Percentage(id="p1", value=4.9, unit="percent", role="change", metric="m1", span=span, rule="r"),
        ),
        dates=(
            Date(
                id="d1", kind="date", start="2023-01-01", end="2024-01-01", relative=True, span=span, rule="r"
            ),
        ),
        officials=(
            Official(
                id="o1",
                name="周启明",
                posts=(
                    Post(organization="县政府", title="县长", span=span),
                    Post(
                        organization=None,
                        title="委员",
                        span=span,
                        status="former",
                        event="removed",
                        date="3月1日",
                        region="44",
                        level="province",
                    ),
                ),
                mentions=(Span(7, 10, "周启明"), Span(20, 23, "周启明")),
                rule="r",
                references=(Span(30, 33, "周县长"),),
            ),
        ),
    )


def read(table: str, found: Extraction) -> list[dict[str, str]]:
    """The rows of a table, read back as CSV, without their empty cells."""
    data = tables.encode([tables.header(table), *tables.rows(found, table)])
    rows = csv.DictReader(io.StringIO(data.decode("utf-8"), newline=""))
    return [{key: value for key, value in row.items() if value} for row in rows]


def row(table: str) -> dict[str, str]:
    """The only row of a table."""
    (found,) = read(table, extraction())
    return found


def test_metric_row() -> None:
    assert row("metrics") == {
        "article": "a",
        "article_title": "一周要闻",
        "article_published": "2023-05-06",
        "id": "m1",
        "name": '火灾, "山林"',
        "value": "28",
        "unit": "起",
        "bound": "exact",
        "change_direction": "decrease",
        "change_amount": "4.9",
        "change_basis": "versus",
        "change_base": "2021年",
        "change_base_start": "8",
        "change_base_end": "13",
        "change_base_text": "2021年",
        "change_unit": "%",
        "change_from": "31",
        "change_from_start": "14",
        "change_from_end": "17",
        "change_from_text": "31起",
        "scope": "全县",
        "scope_start": "1",
        "scope_end": "3",
        "scope_text": "全县",
        "period": "2023年",
        "date": "d1",
        "span_start": "3",
        "span_end": "6",
        "span_text": "28起",
        "name_start": "0",
        "name_end": "2",
        "name_text": "火灾",
        "part_of": "m2",
        "same_as": "m3",
        "rule": "metric.name",
        "period_start": "2023-01-01",
        "period_end": "2024-01-01",
    }


def test_other_rows() -> None:
    assert row("percentages")["metric"] == "m1"
    assert row("dates")["relative"] == "true"
    assert row("dates")["start"] == "2023-01-01"
    official = row("officials")
    assert official["posts"] == "县政府|县长;|委员 (former, removed 3月1日)"
    assert official["references"] == "30-33"
    assert official["mentions"] == "7-10;20-23"
    assert official["span_start"] == "7"


def test_a_row_a_post() -> None:
    article = {"article": "a", "article_title": "一周要闻", "article_published": "2023-05-06"}
    person = {"official": "o1", "name": "周启明"}
    place = {"span_start": "3", "span_end": "6", "span_text": "28起", "rule": "r"}
    assert read("posts", extraction()) == [
        {**article, **person, "organization": "县政府", "title": "县长", "status": "current", **place},
        {
            **article,
            **person,
            "title": "委员",
            "status": "former",
            "event": "removed",
            "date": "3月1日",
            "region": "44",
            "level": "province",
            **place,
        },
    ]


@pytest.mark.parametrize("table", tables.TABLES)
def test_no_field_of_a_record_is_missing(table: str) -> None:
    """Every field of the JSON document stands in a column."""
    columns = tables.header(table)
    assert len(set(columns)) == len(columns)
    for field in msgspec.structs.fields(tables.TABLES[table].record):
        name = field.encode_name.removesuffix("_span")
        assert [c for c in columns if c == name or c.startswith(name + "_")], field.name


@pytest.mark.parametrize(
    ("name", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("+86", "'+86"),
        ("-5", "'-5"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"),
        ("＝1+1", "'＝1+1"),
        ("'=1", "''=1"),
        ("'火灾", "'火灾"),
        ("火灾=1", "火灾=1"),
    ],
)
def test_no_text_is_a_formula(name: str, cell: str) -> None:
    """An apostrophe before it; it can be taken away again, since one that was there has two."""
    found = extraction(id=name)
    metric = msgspec.structs.replace(found.metrics[0], name=name, value=-5)
    (row,) = read("metrics", msgspec.structs.replace(found, metrics=(metric,)))
    assert (row["article"], row["name"], row["value"]) == (cell, cell, "-5")


def test_document_has_schema_order_and_reads_back() -> None:
    data = document(extraction())
    assert data.startswith(b'{\n  "schema_version": "1",\n  "article": {\n    "id": "a"')
    assert data.endswith(b"}\n")
    assert "周启明".encode() in data
    assert list(json.loads(data)) == [field.name for field in msgspec.structs.fields(Extraction)]
    assert msgspec.json.decode(data, type=Extraction) == extraction()


def names(folder: Path) -> list[str]:
    return sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file())


def test_folder(tmp_path: Path) -> None:
    with result_folder(tmp_path) as results:
        results.add(extraction("sub/a"))
        results.add(Failure("b.txt", "read", "ReadError", "b.txt: byte 0: no text"))
    results.close({"counts": results.counts})
    files = ["articles/sub/a.json", "dates.csv", "errors.jsonl", "metrics.csv", "officials.csv"]
    assert names(tmp_path) == [*files, "percentages.csv", "posts.csv", "run.json"]
    (error,) = map(json.loads, (tmp_path / "errors.jsonl").read_text(encoding="utf-8").splitlines())
    assert error == {
        "article": "b.txt",
        "stage": "read",
        "error": "ReadError",
        "message": "b.txt: byte 0: no text",
    }
    counts = json.loads((tmp_path / "run.json").read_bytes())["counts"]
    assert (counts["articles"], counts["failed"], counts["characters"], counts["metrics"]) == (2, 1, 40, 1)


def test_next_run_replaces_the_one_before(tmp_path: Path) -> None:
    for id in ("a", "b"):
        with result_folder(tmp_path) as results:
            results.add(extraction(id))
        results.close({})
    assert [n for n in names(tmp_path) if n.startswith("articles/")] == ["articles/b.json"]


def test_documents_of_someone_else_stay(tmp_path: Path) -> None:
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "own.json").write_text("{}")
    with result_folder(tmp_path) as results:
        results.add(extraction("a"))
    results.close({})
    assert "articles/own.json" in names(tmp_path)


def test_broken_run_leaves_the_tables_of_the_one_before(tmp_path: Path) -> None:
    with result_folder(tmp_path) as results:
        results.add(extraction("a"))
    results.close({})
    before = {name: (tmp_path / name).read_bytes() for name in names(tmp_path)}
    with pytest.raises(KeyboardInterrupt):
        interrupted(tmp_path)
    assert {name: (tmp_path / name).read_bytes() for name in names(tmp_path)} == before


def interrupted(folder: Path) -> None:
    with result_folder(folder) as results:
        results.add(extraction("a"))
        raise KeyboardInterrupt


def torn(path: Path) -> None:
    with replacing(path) as file:
        file.write(b"ne")
        raise RuntimeError


def test_file_appears_whole_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    write(path, b"old")
    with pytest.raises(RuntimeError):
        torn(path)
    assert path.read_bytes() == b"old"
    assert names(tmp_path) == ["a.json"]
