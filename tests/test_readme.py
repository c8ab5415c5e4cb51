"""What the README shows is what happens: its article, its commands, its Python and its rule."""

import contextlib
import io
import json
import re
import shlex
import shutil
import tomllib
from pathlib import Path
from typing import Any

import click
import pytest

from extract import Extractor
from extract.confidence import FILE, load
from extract.gold import gate
from extract.gold.calibrate import markdown
from extract.output.folder import document
from tests.conftest import CORPUS, ROOT, cli, write_rule

README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```$", README, re.DOTALL | re.MULTILINE)


def blocks(language: str) -> list[str]:
    return [text for name, text in BLOCKS if name == language]


ARTICLE = blocks("text")[0]
COMMANDS = [line for block in blocks("sh") for line in block.splitlines() if line.startswith("zhextract ")]
(RULE,) = blocks("toml")


def test_excerpt_is_real(extractor: Extractor) -> None:
    (shown,) = map(json.loads, blocks("json"))
    found = json.loads(document(extractor.extract(ARTICLE)))
    for record in (record for group in shown for record in found[group]):
        del record["confidence"]  # which every new gold article changes a little
    for group, records in shown.items():
        for record in records:
            assert record == next((r for r in found[group] if r["id"] == record["id"]), None)


@pytest.mark.parametrize("number", range(len(blocks("python"))))
def test_python(number: int) -> None:
    """Each block of Python prints what the block after it shows."""
    at = [i for i, (language, _) in enumerate(BLOCKS) if language == "python"][number]
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(compile(BLOCKS[at][1], "README.md", "exec"), {})
    assert ("text", printed.getvalue()) == BLOCKS[at + 1]


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("articles").mkdir()
    Path("articles/a.txt").write_text(ARTICLE, encoding="utf-8")
    Path("reviews.jsonl").touch()
    name = RULE.splitlines()[0].removeprefix("# my-rules/")
    write_rule(Path("my-rules"), name, RULE)
    shutil.copytree(CORPUS, "corpus")
    return tmp_path


@pytest.mark.parametrize("command", COMMANDS)
def test_command(place: Path, command: str) -> None:
    words = shlex.split(command, comments=True)[1:]
    if words[0] in (
        "rules",
        "report",
        "review",
        "export",
        "gold",
        "facts",
        "series",
        "person",
        "check",
        "diff",
    ):
        cli("run", "articles")
        cli("export", "outputs", "--to", "labelstudio")
    if words[0] == "diff":
        cli("run", "articles", "-o", "before")
    if words[0] in ("series", "person", "check"):
        cli("facts", "outputs")
    result = cli(*words)
    assert result.exit_code == 0, result.output


def test_every_command_is_shown() -> None:
    from extract.cli import main

    shown = {tuple(command.split()[1:3]) for command in COMMANDS}
    assert {first for first, *_ in shown} == set(main.commands)
    for name, group in main.commands.items():
        if isinstance(group, click.Group):
            assert {second for first, second in shown if first == name} == set(group.commands)


def test_rule_adds_what_it_says(place: Path, extractor: Extractor) -> None:
    example: dict[str, Any] = tomllib.loads(RULE)["rule"][0]["yes"][0]
    own = Extractor([place / "my-rules"])
    assert own.quantities(example["text"])[0].unit == example["unit"]


def test_calibration_is_that_of_the_shipped_grades() -> None:
    (shown,) = re.findall(r"<!-- confidence -->\n\n(.*?)\n\n<!-- /confidence -->", README, re.DOTALL)
    assert shown == "\n".join(markdown(load(CORPUS / FILE)))


def test_figures_are_no_better_than_the_baseline() -> None:
    """And no older than a tenth: rules get better from one day to the next."""
    shown = dict(
        re.findall(r"^\| (metrics|percentages|dates|officials) \| (\d\.\d\d) \|$", README, re.MULTILINE)
    )
    floors = gate.load(CORPUS).floors
    assert len(shown) == 4
    for group, figure in shown.items():
        assert -0.1 < float(figure) - floors[group]["record"] < 0.01, group


def test_ways_to_the_rest_lead_somewhere() -> None:
    headings = {
        re.sub(r"[^\w -]", "", line.lower()).replace(" ", "-")
        for line in re.findall(r"^## (.*)$", README, re.M)
    }
    for link in re.findall(r"\]\(#([^)\s]+)\)", README):
        assert link in headings, link
    for path in re.findall(r"\]\(([.\w/]+)\)", README):
        assert (ROOT / path).is_file(), path


def test_links_lead_to_files() -> None:
    for path in re.findall(r"`((?:corpus|outputs|rules|extract|\.ci)/[\w./]*)`", README):
        assert (ROOT / path).exists(), path
