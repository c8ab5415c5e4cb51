"""What a run reads: several places, what rows and indexes tell, names of every kind; and what it says."""

import json
import os
import re
from pathlib import Path

import pytest

from extract.batch import meter
from extract.batch.meter import Meter
from extract.batch.run import BATCH, force_for
from extract.batch.unit import units
from extract.batch.walk import gather
from extract.batch.workers import Limits
from extract.text.containers import articles as read
from extract.text.index import IndexFileError, load
from extract.text.read import Article, Source
from tests.conftest import SIMPLIFIED, cli
from tests.test_cli import articles, errors, results

pytestmark = pytest.mark.usefixtures("built_once")


def documents(out: Path) -> list[str]:
    return sorted(n.removeprefix("articles/") for n in results(out) if n.endswith(".json"))


def test_several_places(tmp_path: Path) -> None:
    """Names count from the folder that holds all of them; no file is read twice."""
    source = articles(tmp_path / "in", a__x=SIMPLIFIED, a__y=SIMPLIFIED, b__x=SIMPLIFIED, z=SIMPLIFIED)
    places = [source / "a", source / "b/x.txt", source / "a/x.txt"]
    assert cli("run", *places, "-o", tmp_path / "out").exit_code == 0
    assert documents(tmp_path / "out") == ["a/x.json", "a/y.json", "b/x.json"]
    found = json.loads((tmp_path / "out/articles/b/x.json").read_bytes())["article"]
    assert (found["id"], found["source"]) == ("b/x", "b/x.txt")
    assert json.loads((tmp_path / "out/run.json").read_bytes())["input"] == "../in"
    assert cli("report", tmp_path / "out", "-o", tmp_path / "page", "--no-dropped").output.startswith("3 ")


def test_globs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(articles(tmp_path, a__x=SIMPLIFIED, b__c__x=SIMPLIFIED, b__y=SIMPLIFIED))
    Path("[1].txt").write_text(SIMPLIFIED, encoding="utf-8")
    assert cli("run", "**/x.txt", "[1].txt", "-o", "out").exit_code == 0
    assert documents(Path("out")) == ["[1].json", "a/x.json", "b/c/x.json"]
    assert cli("run", "*.nothing", "-o", "out").exit_code == 2


def test_standard_input_is_alone(tmp_path: Path) -> None:
    result = cli("run", "-", tmp_path, "-o", tmp_path / "out", input="x")
    assert result.exit_code == 2
    assert "standard input (-) goes with no other input" in result.output


def test_articles_are_not_read_where_results_go(tmp_path: Path) -> None:
    source = articles(tmp_path, articles__a=SIMPLIFIED)
    for place in (source, source / "articles"):
        assert "holds the articles themselves" in cli("run", place, "-o", source).output
    assert (source / "articles/a.txt").read_text() == SIMPLIFIED


@pytest.mark.parametrize(
    ("row", "text", "published"),
    [
        ({"content": "甲", "date": "2024-01-16"}, "甲", "2024-01-16"),
        ({"body": "乙", "pubtime": "2024年1月16日 10:30"}, "乙", "2024-01-16"),
        ({"text": None, "content": "丙", "published": None}, "丙", None),
        ({"text": "丁", "content": "戊", "published": "20240116"}, "丁", "2024-01-16"),
    ],
)
def test_usual_names_of_fields(tmp_path: Path, row: dict[str, str], text: str, published: str | None) -> None:
    path = tmp_path / "a.json"
    path.write_text(json.dumps(row))
    (article,) = read(Source(path, "a", "a.json"))
    assert isinstance(article, Article)
    assert (article.raw, str(article.published or "") or None) == (text, published)


def test_a_row_is_told_what_it_has(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(json.dumps({"正文": "甲", "标题": "乙"}) + "\n{}\n")
    assert cli("run", tmp_path / "a.jsonl", "-o", tmp_path / "out").exit_code == 1
    wanted = "a.jsonl: line {}: no field 'text' or 'content' or 'body'; there {} (--field text=NAME)"
    assert [error["message"] for error in errors(tmp_path / "out")] == [
        wanted.format(1, "is '正文', '标题'"),
        wanted.format(2, "are none"),
    ]
    result = cli("run", tmp_path / "a.jsonl", "-o", tmp_path / "out", "--field", "text=正文|内容")
    assert documents(tmp_path / "out") == ["a/1.json"], result.output


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("suffix", ["tsv", "csv"])
def test_indexes(tmp_path: Path, encoding: str, suffix: str) -> None:
    rows = [
        "file,published,title",
        'a.txt,2024年1月16日,"火灾,起数与去年相比有所下降的情况通报"',
        "",
        "b.txt,20240117,乙",
    ]
    text = "\r\n".join(rows)
    if suffix == "tsv":
        text = text.replace("火灾,", "火灾，").replace(",", "\t").replace('"', "")
    (tmp_path / f"index.{suffix}").write_bytes(text.encode(encoding))
    found = load(tmp_path)
    assert [str(entry.published) for entry in found.values()] == ["2024-01-16", "2024-01-17"]
    assert (found["a.txt"].title or "")[3:] == "起数与去年相比有所下降的情况通报"


def test_one_index_a_folder(tmp_path: Path) -> None:
    for name in ("index.tsv", "index.csv"):
        (tmp_path / name).write_text("file\n")
    with pytest.raises(IndexFileError, match=r"index\.tsv and index\.csv"):
        load(tmp_path)


def test_a_pipe_is_refused(tmp_path: Path) -> None:
    """Opening it would wait for a writer."""
    os.mkfifo(tmp_path / "a.txt")
    os.mkfifo(tmp_path / "b.jsonl")
    for place in (tmp_path, tmp_path / "a.txt", tmp_path / "b.jsonl"):
        assert cli("run", place, "-o", tmp_path.parent / "pipes").exit_code == 1
        assert all("no regular file" in error["message"] for error in errors(tmp_path.parent / "pipes"))


def test_names_that_are_no_text_stay_apart(tmp_path: Path) -> None:
    source = tmp_path / "in"
    source.mkdir()
    for byte in (b"\xfe", b"\xff"):
        (source / os.fsdecode(b"a" + byte + b".txt")).write_text(SIMPLIFIED)
    assert cli("run", source, "-o", tmp_path / "out").exit_code == 0
    assert documents(tmp_path / "out") == ["a\ufffdFE.json", "a\ufffdFF.json"]


def test_quiet_and_log(tmp_path: Path) -> None:
    source = articles(tmp_path / "in", a=SIMPLIFIED, b=b"\x89PNG\0")
    (source / "c.mp3").touch()
    result = cli("run", source, "-o", tmp_path / "out", "--quiet", "--log", tmp_path / "log")
    assert (result.exit_code, result.output) == (1, "")
    lines = (tmp_path / "log").read_text(encoding="utf-8").splitlines()
    assert all(re.match(r"20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00 ", line) for line in lines)
    told = [line.partition(" ")[2] for line in lines]
    assert told[0] == "left out, of no known kind: 1 .mp3"
    assert told[1].startswith("2 articles, 1 failed: ")


def test_how_far_a_run_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = "".join(json.dumps({"text": "字" * 4000}) + "\n" for _ in range(30))
    source = articles(tmp_path, a=SIMPLIFIED)
    (source / "b.jsonl").write_text(rows)
    monkeypatch.setattr(meter, "EVERY", 0)
    sources = gather([source]).sources
    far = Meter(sources)
    told: list[str] = []
    found = far.follow(([unit] for unit in units(sources, far.count)), told.append)  # type: ignore[misc]
    assert len(list(found)) == 31
    assert far.read == far.whole == sum(path.stat().st_size for path in source.iterdir())
    assert len(told) > 20
    assert re.fullmatch(r"10 articles, [\d,]+ a second, \d+% read, \d+ s left", told[9])


def test_as_many_workers_as_pay_off(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 4)
    one = Source(tmp_path / "a.txt", "a", "a.txt")
    assert force_for([one] * 99, None).workers == 0
    assert force_for([one] * 99, None, Limits(seconds=1)).workers == 1
    assert [force_for([one] * 250, None)[::2], force_for([one] * 900, None)[::2]] == [(2, BATCH), (4, BATCH)]
    assert force_for([one] * 8, 2)[::2] == (2, 1)
