"""What a run writes: documents, tables, errors and account; whole files or none."""

import csv
import io
import json
import tomllib
from importlib import resources
from pathlib import Path

import msgspec
import pytest

from extract.output import lines, tables
from extract.output.files import replacing, write
from extract.output.folder import ResultFolder, document
from extract.output.journal import FILE
from extract.output.made import made
from extract.output.piece import Failure, Outcome, Result, piece
from extract.output.results import ResultsError, results
from extract.output.sink import DEFAULT
from extract.records import (
    ArticleInfo,
    Change,
    Date,
    Extraction,
    Metric,
    Notice,
    Official,
    Percentage,
    Post,
    Span,
)


def extraction(id: str = "a") -> Extraction:
    span = Span(3, 6, "28起")
    return Extraction(
        article=ArticleInfo(
            id=id,
            source=f"{id}.txt",
            title="一周要闻",
            published="2023-05-06",
            characters=40,
            sha256="0" * 64,
        ),
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
                id="d1",
                kind="date",
                start="2023-01-01",
                end="2024-01-01T10:30",
                relative=True,
                span=span,
                rule="r",
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
    ).with_text("火灾，28起。周启明")


RECORDS = {
    "articles": ArticleInfo,
    "metrics": Metric,
    "percentages": Percentage,
    "dates": Date,
    "officials": Official,
    "posts": Post,
    "warnings": Notice,
}


def read(table: str, found: Extraction) -> list[dict[str, str]]:
    """The rows of a table, read back as CSV, without their empty cells."""
    data = tables.lines([tables.header(table), *tables.whole(found, table)])
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
        "article_source": "a.txt",
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
        "period_end_time": "10:30",
        "sentence": "火灾，28起。",
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
    article = {"article": "a", "article_title": "一周要闻", "article_published": "2023-05-06"} | {
        "article_source": "a.txt"
    }
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
    for field in msgspec.structs.fields(RECORDS[table]):
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
    """All files but the journal."""
    return sorted(
        p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file() and p.name != FILE
    )


def write_run(folder: Path, *outcomes: Outcome, forms: tuple[str, ...] = DEFAULT) -> None:
    with ResultFolder(folder, forms, {}) as results:
        stage = results.stage if "json" in forms else None
        results.add(made(piece(Result(outcome), forms), b"", stage) for outcome in outcomes)
        results.close({"counts": results.counts})


def test_folder(tmp_path: Path) -> None:
    write_run(tmp_path, extraction("sub/a"), Failure("b.txt", "read", "ReadError", "b.txt: byte 0: no text"))
    files = ["articles.csv", "articles/sub/a.json", "dates.csv", "errors.jsonl", "metrics.csv"]
    assert names(tmp_path) == [
        *files,
        "officials.csv",
        "percentages.csv",
        "posts.csv",
        "run.json",
        "warnings.csv",
    ]
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
        write_run(tmp_path, extraction(id))
    assert [n for n in names(tmp_path) if n.startswith("articles/")] == ["articles/b.json"]


def test_other_forms_replace_those_of_the_run_before(tmp_path: Path) -> None:
    """But for what the folder's owner put there, under whatever name."""
    write_run(tmp_path, extraction("a"))
    (tmp_path / "own.csv").touch()
    write_run(tmp_path, extraction("a"), forms=("jsonl",))
    assert names(tmp_path) == ["articles.jsonl", "errors.jsonl", "own.csv", "run.json"]


def test_documents_of_someone_else_stay(tmp_path: Path) -> None:
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "own.json").write_text("{}")
    write_run(tmp_path, extraction("a"))
    assert "articles/own.json" in names(tmp_path)


def test_broken_run_leaves_the_tables_of_the_one_before(tmp_path: Path) -> None:
    write_run(tmp_path, extraction("a"))
    before = {name: (tmp_path / name).read_bytes() for name in names(tmp_path)}
    with pytest.raises(KeyboardInterrupt):
        interrupted(tmp_path)
    after = {name: (tmp_path / name).read_bytes() for name in names(tmp_path)}
    assert not json.loads(after.pop("run.json"))["complete"]
    assert json.loads(before.pop("run.json"))["complete"]
    assert after == before


def interrupted(folder: Path) -> None:
    with ResultFolder(folder, DEFAULT, {}) as results:
        results.add([made(piece(Result(extraction("a")), DEFAULT), b"", results.stage)])
        raise KeyboardInterrupt


def test_json_lines_are_the_documents(tmp_path: Path) -> None:
    found = extraction("a"), extraction("b")
    write_run(tmp_path, *found, forms=("jsonl",))
    written = (tmp_path / "articles.jsonl").read_bytes().splitlines()
    assert tuple(map(Extraction.from_json, written)) == found


def test_shards_are_bounded_and_keep_the_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each file has its heading; the rows of an article stay together, even where they are too many."""
    monkeypatch.setattr(lines, "ROWS", 3)
    monkeypatch.setattr(lines, "DOCUMENTS", 2)
    write_run(tmp_path, *map(extraction, "abcd"), forms=("csv", "jsonl"))
    held = {
        name: [
            row["article"] for row in csv.DictReader(io.StringIO((tmp_path / name).read_text("utf-8-sig")))
        ]
        for name in names(tmp_path)
        if name.startswith("posts")
    }
    assert held == {
        "posts.csv": ["a", "a"],
        **{f"posts-0000{n}.csv": [id] * 2 for n, id in zip("234", "bcd", strict=True)},
    }
    assert len((tmp_path / "articles-00002.jsonl").read_bytes().splitlines()) == 2
    write_run(tmp_path, extraction("a"), forms=("csv", "jsonl"))
    assert not [name for name in names(tmp_path) if "-0000" in name]


def test_results_are_read_from_documents_or_lines(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In their order, whatever the shards; a folder that has neither says what would help."""
    monkeypatch.setattr(lines, "DOCUMENTS", 2)
    found = [extraction(id) for id in "abcde"]
    for forms in (("json",), ("jsonl",)):
        write_run(tmp_path / forms[0], *found, forms=forms)
        assert list(results(tmp_path / forms[0])) == found
    write_run(tmp_path / "csv", *found, forms=("csv",))
    with pytest.raises(ResultsError, match="add json or jsonl to --to"):
        list(results(tmp_path / "csv"))


def test_tables_open_in_a_spreadsheet(tmp_path: Path) -> None:
    write_run(tmp_path, extraction("a"))
    for table in tables.TABLES:
        assert (tmp_path / f"{table}.csv").read_bytes().startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize("table", tables.TABLES)
def test_every_column_says_what_it_means(table: str) -> None:
    assert all(column.meaning for column in tables.heading(table))


def test_every_meaning_is_of_a_column() -> None:
    text = resources.files("extract.output").joinpath("fields.toml").read_text(encoding="utf-8")
    known = {f"{record}.{field}" for record, fields in tomllib.loads(text).items() for field in fields}
    assert known == {key for t in tables.TABLES for column in tables.heading(t) for key in column.key.split()}


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
