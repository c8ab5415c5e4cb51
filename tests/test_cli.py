"""The commands as a user meets them: results, exit statuses, and answers to bad input."""

import json
import shutil
import subprocess
import sys
import time
import unicodedata
from pathlib import Path
from typing import Any

import msgspec
import pytest

from extract import Extraction, Extractor
from extract.batch import local
from extract.batch.walk import walk
from extract.text.read import read
from tests.conftest import CORPUS, SIMPLIFIED, TRADITIONAL, cli, write_rule

SCRIPT = Path(sys.executable).parent / "zhextract"
PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"


def articles(folder: Path, **files: bytes | str) -> Path:
    """A folder of articles; ``__`` in a name is a folder's end."""
    for name, content in files.items():
        path = folder / (name.replace("__", "/") + ".txt")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def results(folder: Path) -> dict[str, bytes]:
    """All that a run wrote but its account, which holds the time, and its journal, which holds the runs."""
    files = (p for p in folder.rglob("*") if p.is_file() and p.name not in ("run.json", "journal.sqlite"))
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in files}


def errors(folder: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (folder / "errors.jsonl").read_text(encoding="utf-8").splitlines()]


def load(path: Path) -> Extraction:
    return msgspec.json.decode(path.read_bytes(), type=Extraction)


def test_run_folder(tmp_path: Path) -> None:
    source = articles(tmp_path / "in", a=SIMPLIFIED, sub__a=TRADITIONAL, sub__b=TRADITIONAL.encode("big5"))
    articles(source, **{".hidden": "x", ".git__a": "x"})
    (source / "notes.xyz").write_text("no article")
    result = cli("run", source, "-o", tmp_path / "out")
    assert result.exit_code == 0
    assert "\n3 articles, 0 failed: " in result.output
    documents = [name for name in results(tmp_path / "out") if name.endswith(".json")]
    assert sorted(documents) == ["articles/a.json", "articles/sub/a.json", "articles/sub/b.json"]
    big5 = load(tmp_path / "out" / "articles" / "sub" / "b.json")
    assert (big5.article.id, big5.article.source, big5.article.encoding) == ("sub/b", "sub/b.txt", "big5")
    account = json.loads((tmp_path / "out" / "run.json").read_bytes())
    assert account["counts"]["articles"] == 3
    assert account["counts"]["characters"] == len(SIMPLIFIED) + 2 * len(TRADITIONAL)
    assert account["rules"]["digest"] == Extractor().rules.digest


def test_run_is_the_library(tmp_path: Path, extractor: Extractor) -> None:
    cli("run", articles(tmp_path, a=SIMPLIFIED), "-o", tmp_path / "out")
    assert load(tmp_path / "out/articles/a.json") == extractor.extract(
        SIMPLIFIED, id="a", source="a.txt", encoding="utf-8"
    )


def test_run_file_and_standard_input(tmp_path: Path) -> None:
    source = articles(tmp_path, 文章=SIMPLIFIED)
    assert cli("run", source / "文章.txt", "-o", tmp_path / "one").exit_code == 0
    assert cli("run", "-", "-o", tmp_path / "two", input=SIMPLIFIED.encode("gb18030")).exit_code == 0
    one, two = load(tmp_path / "one/articles/文章.json"), load(tmp_path / "two/articles/stdin.json")
    assert one.metrics == two.metrics
    assert two.article.encoding == "gb18030"


def test_published(tmp_path: Path) -> None:
    source = articles(tmp_path / "in", a="去年新建学校12所。", b="去年新建学校12所。")
    (source / "index.tsv").write_text("file\tpublished\nb.txt\t2020-02-02\n")
    assert cli("run", source, "-o", tmp_path / "out", "--published", "2023-01-09").exit_code == 0
    a, b = (load(tmp_path / f"out/articles/{name}.json") for name in "ab")
    assert (a.article.published, a.article.published_from) == ("2023-01-09", "option")
    assert a.dates[0].start == "2022-01-01"
    assert (b.article.published, b.article.published_from) == ("2020-02-02", "index")
    assert b.dates[0].start == "2019-01-01"


def test_same_bytes_whatever_the_number_of_workers(tmp_path: Path) -> None:
    source = articles(tmp_path / "in", broken=PNG)
    chosen = sorted((CORPUS / "articles").glob("*.txt"))[::3]  # more than are under way at once
    for path in chosen:
        shutil.copy(path, source)
    for workers in (1, 3):
        run = cli("run", source, "-o", tmp_path / str(workers), "--workers", workers)
        assert run.exit_code == 1
    assert results(tmp_path / "1") == results(tmp_path / "3")
    assert len(results(tmp_path / "1")) == len(chosen) + 8


def test_bad_articles_never_end_a_run(tmp_path: Path) -> None:
    source = articles(tmp_path / "in", a=SIMPLIFIED, binary=PNG, damaged=SIMPLIFIED.encode()[:-2], empty=b"")
    (source / "gone.txt").symlink_to(source / "nowhere")
    (source / "folder.txt").mkdir()
    result = cli("run", source, "-o", tmp_path / "out")
    assert result.exit_code == 1
    assert result.output.startswith("5 articles, 2 failed: ")
    assert errors(tmp_path / "out") == [
        {
            "article": "binary.txt",
            "stage": "read",
            "error": "ReadError",
            "message": "binary.txt: byte 8: a zero byte, so this is a binary file, no text",
        },
        {
            "article": "gone.txt",
            "stage": "read",
            "error": "FileNotFoundError",
            "message": "gone.txt: No such file or directory",
        },
    ]
    damaged = load(tmp_path / "out/articles/damaged.json")
    assert [(w.code, w.message.rpartition(" ")[2]) for w in damaged.warnings] == [("broken-bytes", "115")]
    empty = load(tmp_path / "out/articles/empty.json")
    assert (empty.article.characters, empty.metrics) == (0, ())


def test_article_that_breaks_an_extractor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Panic(BaseException):
        """As extension modules raise: no Exception."""

    def breaks(self: Extractor, text: str, **known: Any) -> Extraction:
        raise Panic("no such thing")

    monkeypatch.setattr(Extractor, "extract", breaks)
    result = cli("run", articles(tmp_path / "in", a=SIMPLIFIED), "-o", tmp_path / "out")
    assert result.exit_code == 1
    (error,) = errors(tmp_path / "out")
    assert (error["article"], error["stage"], error["error"]) == ("a.txt", "extract", "Panic")
    assert error["message"].startswith("no such thing (test_cli.py, line ")


def test_json_lines_on_standard_output(tmp_path: Path) -> None:
    source = articles(tmp_path / "in", a=SIMPLIFIED, b=PNG)
    result = cli("run", source, "-o", "-", "--workers", 1)
    assert result.exit_code == 1
    (document,) = result.stdout.splitlines()
    assert Extraction.from_json(document).article.id == "a"
    assert "b.txt" in result.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["in"]


@pytest.mark.parametrize(("forms", "exit"), [("csv", 0), ("jsonl, csv", 0), ("json,cvs", 2), ("", 2)])
def test_forms(tmp_path: Path, forms: str, exit: int) -> None:
    source = articles(tmp_path / "in", a=SIMPLIFIED)
    result = cli("run", source, "-o", tmp_path / "out", "--to", forms)
    assert result.exit_code == exit
    assert (tmp_path / "out").exists() != bool(exit)
    assert not (tmp_path / "out" / "articles").exists()


def test_interrupt_is_no_failure_of_an_article(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(self: Extractor, text: str, **known: Any) -> Extraction:
        raise KeyboardInterrupt

    monkeypatch.setattr(Extractor, "extract", interrupted)
    (source,) = walk(articles(tmp_path, a=SIMPLIFIED)).sources
    with pytest.raises(KeyboardInterrupt):
        local.process(Extractor(), read(source.path))


def test_a_line_without_end_takes_time_in_proportion(tmp_path: Path) -> None:
    """No end of sentence, one article: the time of a run grows with its length, and no faster."""
    spent = []
    for times in (2_000, 8_000):
        source = articles(tmp_path / str(times), a="全县接报火灾28起，同比下降9.3%，" * times)
        started = time.process_time()
        assert cli("run", source, "-o", tmp_path / "out").exit_code == 0
        spent.append(time.process_time() - started)
        assert load(tmp_path / "out/articles/a.json").article.characters == 19 * times
    assert spent[1] < 8 * spent[0]


WRONG = {
    "no command": ["walk"],
    "no input": ["run"],
    "no such folder": ["run", "nowhere"],
    "no articles": ["run", "empty"],
    "no such option": ["run", "in", "--fast"],
    "no such engine": ["run", "in", "--segmenter", "hanlp"],
    "no date": ["run", "in", "--published", "2023-02-30"],
    "no workers": ["run", "in", "--workers", "0"],
    "no rules": ["run", "in", "--rules", "nowhere"],
    "malformed rule": ["run", "in", "--rules", "rules"],
    "index without files": ["run", "indexed"],
    "results among the articles": ["run", "in", "-o", "in"],
    "no rule file": ["run", "in", "--rules", "empty"],
    "misnamed rule file": ["run", "in", "--rules", "misnamed"],
    "explain an unknown id": ["explain", "in", "--id", "c"],
    "explain no text": ["explain", "in/binary.txt"],
}


@pytest.fixture
def places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    articles(tmp_path, in__a=SIMPLIFIED, in__binary=PNG, indexed__a=SIMPLIFIED)
    (tmp_path / "indexed" / "index.tsv").write_text("name\na.txt\n")
    (tmp_path / "empty").mkdir()
    write_rule(tmp_path / "misnamed", "unitz.toml", "")
    write_rule(tmp_path / "rules", "dates.toml", '[[rule]]\nid = "own"\nyess = []\n')
    return tmp_path


@pytest.mark.parametrize("arguments", WRONG.values(), ids=WRONG.keys())
def test_wrong_usage(places: Path, arguments: list[str]) -> None:
    result = cli(*arguments)
    assert result.exit_code == 2
    assert "Error: " in result.output
    assert not (places / "outputs").exists()


def test_malformed_rule_is_named(places: Path) -> None:
    assert "dates.toml: rule 'own': " in cli("run", "in", "--rules", "rules").output


def test_misnamed_rule_file_is_named(places: Path) -> None:
    output = cli("run", "in", "--rules", "misnamed").output
    assert "unitz.toml: no such file among the shipped rules" in output
    assert "units.toml" in output


def test_what_is_left_out_is_told(places: Path) -> None:
    (places / "in/scan.png").write_bytes(b"PNG")
    (places / "in/index.tsv").write_text("file\tpublished\na.txt\t2024-01-16\ngone.txt\t2024-01-16\n")
    result = cli("run", "in", "--exclude", "binary.txt")
    assert result.exit_code == 0
    assert "left out, of no known kind: 1 .png\n" in result.output
    assert "index.tsv: no such files: gone.txt\n" in result.output
    assert "left out" not in cli("run", "in", "--exclude", "*.png", "--exclude", "binary.txt").output


def test_output_that_cannot_be_written(places: Path) -> None:
    Path("taken").mkdir()
    Path("taken/articles").write_text("a file", encoding="utf-8")
    result = cli("run", "in", "-o", "taken")
    assert result.exit_code == 3
    assert "Error: cannot write the results: " in result.output


def test_explain(tmp_path: Path, extractor: Extractor) -> None:
    result = cli("explain", articles(tmp_path, a=SIMPLIFIED) / "a.txt", "--published", "2024-01-05")
    assert result.exit_code == 0
    explanation = extractor.explain(SIMPLIFIED)
    for metric in explanation.extraction.metrics:
        assert metric.rule in result.output
        assert f"{metric.span.start}-{metric.span.end}" in result.output
    for refused in explanation.dropped:
        assert refused.rule in result.output
    assert cli("explain", "-", input=SIMPLIFIED).exit_code == 0


def test_explain_shows_what_can_be_read(tmp_path: Path) -> None:
    """A bad line is named, the articles around it are shown, and nothing is wrapped where it is piped."""
    rows = [{"id": "a", "text": SIMPLIFIED * 9}, None, {"id": "b", "text": "原县长周启明说，破案5起。"}]
    (tmp_path / "a.jsonl").write_text("\n".join(json.dumps(row) if row else "xx" for row in rows))
    result = cli("explain", tmp_path / "a.jsonl")
    assert result.exit_code == 1
    assert "a.jsonl: line 2: " in result.output
    assert SIMPLIFIED.strip() in result.output.splitlines()
    assert "县长 (former, speaking)" in result.output


def test_a_link_to_itself_is_the_error_of_its_file(tmp_path: Path) -> None:
    folder = articles(tmp_path, in__a=SIMPLIFIED) / "in"
    (folder / "b.txt").symlink_to("b.txt")
    assert cli("run", folder, "-o", tmp_path / "out").exit_code == 1
    (error,) = errors(tmp_path / "out")
    assert error["article"] == "b.txt"
    (tmp_path / "loop").symlink_to("loop")
    result = cli("run", folder, "-o", tmp_path / "loop")
    assert (result.exit_code, type(result.exception)) == (3, SystemExit)


HOSTILE = "\x1b]0;owned\x07\x1b[31m\x9b2J\x08\x7f\u202e\u2066\r"


def obeyed(output: str) -> list[str]:
    """The characters of an output that a terminal would obey, but for line ends and tabs."""
    return [c for c in output if unicodedata.category(c) in ("Cc", "Cf", "Cs") and c not in "\n\t"]


def test_explain_shows_controls_and_obeys_none(tmp_path: Path, extractor: Extractor) -> None:
    text = f"全市{HOSTILE}有3{HOSTILE}人，县长周{HOSTILE}启明说，\r\n破案5起{HOSTILE}。"
    (tmp_path / "a.jsonl").write_text(json.dumps({"id": f"甲{HOSTILE}", "text": text}))
    result = cli("explain", tmp_path / "a.jsonl")
    assert result.exit_code == 0
    assert obeyed(result.output) == []
    assert "␛]0;owned␇␛[31m\ufffd2J␈␡\ufffd\ufffd␍" in result.output
    assert obeyed(HOSTILE) == list(HOSTILE.replace("]0;owned", "").replace("[31m", "").replace("2J", ""))


@pytest.mark.parametrize("arguments", [["run", "-o", "out"], ["run", "-o", f"{HOSTILE}"], ["explain"]])
def test_names_of_files_are_shown_and_not_obeyed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    name = f"a{HOSTILE}\nError: b"
    folder = articles(tmp_path, in__a=SIMPLIFIED) / "in"
    (folder / f"{name}.pdf").write_bytes(b"")
    (folder / "index.tsv").write_text("file\n\x1b[31m.txt\n")
    (tmp_path / f"{name}.txt").write_bytes(PNG)
    for place in (folder, f"{name}.txt", f"{name}-none"):
        result = cli(*arguments, place)
        assert obeyed(result.output) == []
        assert "\nError: b" not in result.output


def test_schema() -> None:
    schema = json.loads(cli("schema").output)
    assert set(schema["$defs"]["Extraction"]["properties"]) == {
        "schema_version",
        "article",
        "metrics",
        "percentages",
        "dates",
        "officials",
        "warnings",
    }
    assert "from" in schema["$defs"]["Change"]["properties"]


def test_script_is_installed_and_answers() -> None:
    help = subprocess.run([SCRIPT, "--help"], capture_output=True, text=True, check=True).stdout
    assert {"run", "explain", "schema", "rules", "score"} <= set(help.split())
    code = "import sys, extract.cli; sys.exit(str({'rich', 'rjieba', 'spacy'} & set(sys.modules) or '') or 0)"
    subprocess.run([sys.executable, "-c", code], check=True)


def test_repairs_can_be_left_out(tmp_path: Path) -> None:
    page = tmp_path / "a.txt"
    page.write_text("全市生齿300万，年夜病院12所，差人4000名。", encoding="utf-8")
    names = {}
    for flag in ("--repair", "--no-repair"):
        cli("run", page, "-o", tmp_path / flag, flag)
        found = json.loads((tmp_path / flag / "articles" / "a.json").read_text(encoding="utf-8"))
        names[flag] = [m["name"] for m in found["metrics"]]
    assert names == {"--repair": ["人口", "大医院", "警察"], "--no-repair": ["生齿", "年夜病院", "差人"]}
