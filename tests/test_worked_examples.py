"""The worked examples of `outputs/README.md`: what they show is what their commands print and write."""

import re
import shlex
from pathlib import Path

import pytest

from tests.conftest import ROOT, cli

pytest.importorskip("duckdb", reason="facts are an extra")
pytest.importorskip("pyarrow", reason="facts are an extra")

README = (ROOT / "outputs" / "README.md").read_text(encoding="utf-8")
EXAMPLES = README.partition("## Two worked examples")[2].split("\n### ")[1:]
BLOCK = re.compile(r"^```(\w+) ?(\S*)\n(.*?)^```$", re.DOTALL | re.MULTILINE)


@pytest.mark.parametrize("example", EXAMPLES, ids=[example.partition("\n")[0] for example in EXAMPLES])
def test_an_example_is_what_happens(example: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    printed: list[str] = []
    for language, name, shown in BLOCK.findall(example):
        if language == "jsonl":
            Path("news.jsonl").write_text(shown, encoding="utf-8")
        elif language == "sh":
            printed = [cli(*shlex.split(command)[1:]).stdout for command in shown.splitlines()]
        elif name:
            assert set(shown.splitlines()) <= set(Path(name).read_text(encoding="utf-8").splitlines())
        else:
            assert [line.rstrip() for line in "".join(printed).splitlines()] == shown.splitlines()


def test_there_are_two() -> None:
    assert len(EXAMPLES) == 2
