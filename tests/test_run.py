"""A run that is stopped, repeated, or in someone's way: what is taken over, done again, left alone."""

import json
import os
import shutil
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest

from extract import Extraction, Extractor
from extract.output.folder import ResultFolder, stem_of
from extract.output.journal import FILE, Entry, Journal
from tests.conftest import SIMPLIFIED, TRADITIONAL, cli, write_rule
from tests.test_cli import articles, errors, results

pytestmark = pytest.mark.usefixtures("built_once")


class Stopped(BaseException):
    """Stands for a kill."""


@pytest.fixture
def extracted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The ids of the articles that were extracted, as they are."""
    ids: list[str] = []
    extract = Extractor.extract

    def noting(self: Extractor, text: str, **known: Any) -> Extraction:
        ids.append(known["id"])
        return extract(self, text, **known)

    monkeypatch.setattr(Extractor, "extract", noting)
    return ids


def run(source: Path, out: Path, *options: object) -> dict[str, bytes]:
    """The results of a run that goes well."""
    assert cli("run", source, "-o", out, *options).exit_code == 0
    assert not (out / ".run").exists()
    assert json.loads((out / "run.json").read_bytes())["complete"]
    return results(out)


def test_what_is_the_same_is_taken_over(tmp_path: Path, extracted: list[str]) -> None:
    source = articles(tmp_path / "in", a=SIMPLIFIED, b=TRADITIONAL, sub__c=SIMPLIFIED)
    before = run(source, tmp_path / "out")
    assert run(source, tmp_path / "out") == before
    assert extracted == ["a", "b", "sub/c"]


CHANGES: dict[str, Callable[[Path], list[str]]] = {
    "text": lambda source: articles(source, b="火灾29起。") and [],
    "metadata": lambda source: (source / "index.tsv").write_text("file\ttitle\nb.txt\tx\n") and [],
    "published": lambda source: ["--published", "2021-01-01"],
    "repair": lambda source: ["--no-repair"],
    "segmenter": lambda source: ["--segmenter", "jieba"],
    "rules": lambda source: [
        "--rules",
        str(write_rule(source.parent / "rules", "units.toml", 'check = "quantities"\n')),
    ],
}


@pytest.mark.parametrize("change", CHANGES)
def test_what_has_changed_is_done_again(tmp_path: Path, extracted: list[str], change: str) -> None:
    source = articles(tmp_path / "in", a=SIMPLIFIED, b=TRADITIONAL)
    run(source, tmp_path / "out")
    options = CHANGES[change](source)
    extracted.clear()
    after = run(source, tmp_path / "out", *options)
    assert extracted == (["b"] if change in ("text", "metadata") else ["a", "b"])
    assert after == run(source, tmp_path / "anew", *options)


def test_what_is_gone_is_forgotten(tmp_path: Path) -> None:
    source = articles(tmp_path / "in", a=SIMPLIFIED, sub__b=TRADITIONAL, sub__c=SIMPLIFIED)
    run(source, tmp_path / "out")
    shutil.rmtree(source / "sub")
    assert run(source, tmp_path / "out") == run(source, tmp_path / "anew")
    assert not (tmp_path / "out/articles/sub").exists()


def test_new_articles_come_in_their_place(tmp_path: Path, extracted: list[str]) -> None:
    source = articles(tmp_path / "in", b=SIMPLIFIED, d=TRADITIONAL)
    run(source, tmp_path / "out")
    articles(source, a=SIMPLIFIED, c=SIMPLIFIED)
    extracted.clear()
    after = run(source, tmp_path / "out")
    assert extracted == ["a", "c"]
    assert after == run(source, tmp_path / "anew")


def test_rows_are_taken_over_one_by_one(tmp_path: Path, extracted: list[str]) -> None:
    rows = [{"id": name, "text": SIMPLIFIED} for name in "abc"]
    for name, suffix in (("lines", "jsonl"), ("list", "json")):
        source = tmp_path / f"{name}.{suffix}"
        for text in (SIMPLIFIED, "火灾29起。"):
            rows[1]["text"] = text
            source.write_text("\n".join(map(json.dumps, rows)) if suffix == "jsonl" else json.dumps(rows))
            extracted.clear()
            after = run(source, tmp_path / name)
        assert extracted == [f"{name}/b"]
        assert after == run(source, tmp_path / f"{name}-anew")


def test_damaged_results_are_made_again(tmp_path: Path, extracted: list[str]) -> None:
    source = articles(tmp_path / "in", a=SIMPLIFIED, b=TRADITIONAL, c=SIMPLIFIED)
    before = run(source, tmp_path / "out")
    (tmp_path / "out/articles/a.json").write_bytes(b"{}")
    (tmp_path / "out/articles/b.json").unlink()
    (tmp_path / "out/metrics.csv").unlink()
    extracted.clear()
    assert run(source, tmp_path / "out") == before
    assert extracted == ["a", "b"]


def test_fresh_takes_nothing_over(tmp_path: Path, extracted: list[str]) -> None:
    source = articles(tmp_path / "in", a=SIMPLIFIED, b=TRADITIONAL)
    before = run(source, tmp_path / "out")
    (source / "b.txt").unlink()
    extracted.clear()
    after = run(source, tmp_path / "out", "--fresh")
    assert extracted == ["a"]
    assert after.keys() < before.keys()


@pytest.mark.parametrize("times", range(0, 24, 2))
def test_stopped_at_any_moment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, times: int) -> None:
    """At every change of a file: the next run gives what an undisturbed one gives, and nothing else."""
    source = articles(tmp_path / "in", a=SIMPLIFIED, b=TRADITIONAL)
    out = tmp_path / "out"
    run(source, out)
    articles(source, b="火灾29起。", c=SIMPLIFIED)
    (source / "a.txt").unlink()
    undisturbed = run(source, tmp_path / "anew")
    left = times

    def stopping(method: Callable[..., Any]) -> Callable[..., Any]:
        def maybe(*arguments: Any, **options: Any) -> Any:
            nonlocal left
            left -= 1
            if left < 0:
                raise Stopped
            return method(*arguments, **options)

        return maybe

    with monkeypatch.context() as patch:
        for name in ("replace", "unlink"):
            patch.setattr(Path, name, stopping(getattr(Path, name)))
        for name in ("put", "own", "forget"):
            patch.setattr(Journal, name, stopping(getattr(Journal, name)))
        patch.setattr(shutil, "rmtree", lambda *_, **__: None)
        with pytest.raises(Stopped):
            cli("run", source, "-o", out)
    assert not json.loads((out / "run.json").read_bytes())["complete"] or times == 0
    assert run(source, out) == undisturbed


def test_files_of_someone_else_are_left_alone(tmp_path: Path) -> None:
    out = articles(tmp_path / "out", articles__own="eins", articles__b="zwei")
    (out / "articles/a.json").write_text("{}")
    (out / "notes.csv").write_text("1")
    source = articles(tmp_path / "in", a=SIMPLIFIED, b=SIMPLIFIED)
    for _ in range(2):
        assert cli("run", source, "-o", out).exit_code == 1
        (error,) = errors(out)
        assert error["message"] == "a.txt: no file can have the name 'a': no run has written what is there"
    (source / "b.txt").unlink()
    cli("run", source, "-o", out)
    kept = {name: data for name, data in results(out).items() if not name.endswith((".csv", ".jsonl"))}
    assert kept == {"articles/own.txt": b"eins", "articles/b.txt": b"zwei", "articles/a.json": b"{}"}
    assert (out / "notes.csv").read_text() == "1"


def test_tables_of_someone_else_are_not_written_over(tmp_path: Path) -> None:
    source = articles(tmp_path / "in", a=SIMPLIFIED)
    (tmp_path / "out").mkdir()
    (tmp_path / "out/metrics.csv").write_text("mine")
    for _ in range(2):
        result = cli("run", source, "-o", tmp_path / "out")
        assert result.exit_code == 2
        assert "metrics.csv: no run has written it; name another folder, or remove it" in result.output
    assert (tmp_path / "out/metrics.csv").read_text() == "mine"


def test_one_run_a_folder(tmp_path: Path) -> None:
    source = articles(tmp_path / "in", a=SIMPLIFIED)
    with ResultFolder(tmp_path / "out", ("json",), {}):
        result = cli("run", source, "-o", tmp_path / "out")
        assert result.exit_code == 3
        assert f"out: the run of process {os.getpid()} on " in result.output
    run(source, tmp_path / "out")


def test_the_journal_shrinks_with_what_it_forgets(tmp_path: Path) -> None:
    def kept(numbers: Iterable[int]) -> int:
        journal = Journal(tmp_path)
        for number in numbers:
            entry = Entry(source=f"{number}.txt", id=str(number))
            journal.put(entry, number, {"csv": os.urandom(5000)})
        journal.forget()
        journal.close()
        assert [path.name for path in tmp_path.iterdir()] == [FILE]
        return (tmp_path / FILE).stat().st_size

    large, small = kept(range(60)), kept(range(1))
    assert small < large / 4


def test_ids_that_a_file_system_may_confuse(tmp_path: Path) -> None:
    """Each has its documents, under a name that no other has, on whatever disk."""
    ids = ["News", "news", "caf\u00e9", "cafe\u0301", "n" * 119]
    rows = (json.dumps({"id": id, "text": SIMPLIFIED}) for id in ids)
    (tmp_path / "a.jsonl").write_text("\n".join(rows))
    run(tmp_path / "a.jsonl", tmp_path / "out")
    names = [name.lower() for name in results(tmp_path / "out") if name.endswith(".json")]
    assert len(set(names)) == len(ids)
    found = {
        json.loads((tmp_path / "out" / n).read_bytes())["article"]["id"]
        for n in results(tmp_path / "out")
        if n.endswith(".json")
    }
    assert found == {f"a/{id}" for id in ids}


def test_the_longest_names_of_files(tmp_path: Path) -> None:
    source = tmp_path / "in"
    source.mkdir()
    for end in "ab":
        (source / f"{'n' * 250}{end}.txt").write_text(SIMPLIFIED)
    run(source, tmp_path / "out")
    assert len(list((tmp_path / "out/articles").iterdir())) == 2
    assert len(os.fsencode(stem_of("字" * 200, alike=True))) <= 250
