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
        article=ArticleInfo(id=id, characters=40, sha256="0" * 64),
        metrics=(
            Metric(
                id="m1",
                name='火灾, "山林"',
                value=28,
                unit="起",
                change=Change(direction="decrease", amount=4.9, unit="%", from_=31),
                period="2023年",
                date="d1",
                span=span,
                rule="metric.name",
            ),
        ),
        percentages=(
            Percentage(id="p1", value=4.9, unit="percent", role="change", metric="m1", span=span, rule="r"),
        ),
        dates=(Date(id="d1", kind="date", start="2023-01-01", relative=True, span=span, rule="r"),),
        officials=(
            Official(
                id="o1",
                name="周启明",
                posts=(
                    Post(organization="县政府", title="县长", span=span),
                    Post(organization=None, title="委员", span=span),
                ),
                mentions=(Span(7, 10, "周启明"), Span(20, 23, "周启明")),
                rule="r",
            ),
        ),
    )


def row(table: str) -> dict[str, str]:
    """The only row of a table, read back as CSV."""
    data = tables.encode([tables.header(table), *tables.rows(extraction(), table)])
    (found,) = csv.DictReader(io.StringIO(data.decode("utf-8")))
    return {key: value for key, value in found.items() if value}


def test_metric_row() -> None:
    assert row("metrics") == {
        "article": "a",
        "id": "m1",
        "name": '火灾, "山林"',
        "value": "28",
        "unit": "起",
        "bound": "exact",
        "change_direction": "decrease",
        "change_amount": "4.9",
        "change_unit": "%",
        "change_from": "31",
        "period": "2023年",
        "date": "d1",
        "span_start": "3",
        "span_end": "6",
        "span_text": "28起",
        "rule": "metric.name",
    }


def test_other_rows() -> None:
    assert row("percentages")["metric"] == "m1"
    assert row("dates")["relative"] == "true"
    assert row("dates")["start"] == "2023-01-01"
    official = row("officials")
    assert official["posts"] == "县政府|县长;|委员"
    assert official["mentions"] == "7-10;20-23"
    assert official["span_start"] == "7"


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
    assert names(tmp_path) == [*files, "percentages.csv", "run.json"]
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
