"""The guides of the rooms say what is there: every room and file, commands that exist, rules that work."""

import re
from pathlib import Path

import pytest

from extract import Extractor
from extract.authors.lines import lines
from extract.cli import main
from extract.examples import check, examples
from extract.rules import Rules
from tests.conftest import ROOT

GUIDES = {name: (ROOT / name / "README.md").read_text(encoding="utf-8") for name in ("extract", "rules")}


def quoted(text: str) -> set[str]:
    return set(re.findall(r"`([^`\n]+)`", text))


def test_every_room_and_file_of_the_program_is_on_the_map() -> None:
    package = ROOT / "extract"
    rooms = {f"{path.parent.name}/" for path in package.glob("*/__init__.py")}
    files = {path.name for path in package.glob("*.py")} - {"__init__.py"}
    rows = [line for line in GUIDES["extract"].splitlines() if line.startswith("| `")]
    told = {name for row in rows for name in quoted(row.split("|")[1])}
    assert not (rooms | files) - told
    for room, begin in re.findall(r"^\| `(\w+)/` \|.*\| `(\w+\.py)` \|$", GUIDES["extract"], re.MULTILINE):
        if f"{room}/" in rooms:
            assert (package / room / begin).is_file(), f"{room}/{begin}"


def test_every_rule_file_is_in_the_table_with_its_check() -> None:
    rules = Rules()
    table = GUIDES["rules"].split("## What is where")[1].split("##")[0]
    rows = [line.split("|")[1:4] for line in table.splitlines() if line.startswith("| `")]
    told = {name.removesuffix(".toml"): quoted(run) for names, _, run in rows for name in quoted(names)}
    assert {stem for stem in told if stem != "*.txt"} == set(rules.stems())
    for stem in rules.stems():
        assert told[stem] == {next(iter(rules.written(stem).values())).check}, stem


@pytest.mark.parametrize("guide", GUIDES)
def test_commands_files_and_rules_that_a_guide_names_exist(guide: str) -> None:
    known = {line.owner for line in lines(Rules())} | {"own-cases"}
    for command in re.findall(r"`zhextract ([^`]+)`", GUIDES[guide]):
        words = command.split()
        group = main.commands[words[0]]
        if hasattr(group, "commands"):
            assert words[1] in group.commands, command
    for id in re.findall(r"rules (?:show|new \w+) ([\w.-]+)", GUIDES[guide].replace("\n", " ")):
        assert id in known, id
    for id in re.findall(r"`((?:name|scope|change)\.[a-z.]+)`", GUIDES[guide]):
        assert id in known, id
    for path in re.findall(r"\]\(([^)]+)\)", GUIDES[guide]):
        assert (ROOT / guide / path).exists(), path


def test_rules_of_the_guide_work(tmp_path: Path) -> None:
    blocks = re.findall(r"^```toml\n# my-rules/(\S+)\n(.*?)^```$", GUIDES["rules"], re.DOTALL | re.MULTILINE)
    assert [name for name, _ in blocks] == ["changes.toml", "units.toml", "dates.toml"]
    for name, text in blocks:
        (tmp_path / name).write_text(text, encoding="utf-8")
    own = Extractor([tmp_path])
    tried = [
        rule for rule in examples(own.rules) if rule.path.parent == tmp_path and rule.rule.startswith("own-")
    ]
    assert len(tried) == 2
    assert not [str(broken) for rule in tried for broken in check(own, rule)]
    (metric,) = own.metrics("全市用电量同比窜升5%。")
    assert metric.change is not None
    assert metric.change.direction == "increase"
