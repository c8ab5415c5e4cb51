"""What authors of rules ask: where a word stands, what reads it, and what a rule does."""

from pathlib import Path

import pytest

from tests.conftest import cli, write_rule

OWN = """
[extend."change.rise"]
words = ["窜升"]

[extend.fragments]
adverb = ["蹭蹭"]

[[rule]]
id = "own-rise"
reason = "a verb of 窜红"
direction = "increase"
form = "verb"
words = [
    "窜红",
]
yes = [{ text = "销量窜红5%。", "change.amount" = 5 }]
no = ["他窜红了。"]
"""

PHRASINGS = [
    ("同比", "basis.year, words"),
    ("环比", "basis.period, words"),
    ("其中", "fragment among"),
    ("翻", "change.double"),
    ("持平", "change.same"),
    ("时任", "fragment former"),
    ("人均", "name."),
    ("以来", "dates.toml"),
    ("左右", "numbers.toml"),
    ("责任编辑", "bylines.toml"),
]
"""Ten that an author may look for, and the place that holds each."""


@pytest.mark.parametrize(("word", "place"), PHRASINGS)
def test_a_phrasing_is_found(word: str, place: str) -> None:
    found = cli("rules", "find", word)
    assert found.exit_code == 0
    assert place in found.output
    assert " is read by: extract/" in found.output


def test_a_word_of_own_rules_is_found_with_its_line(tmp_path: Path) -> None:
    own = write_rule(tmp_path, "changes.toml", OWN)
    entry = f"entry: {own / 'changes.toml'}"
    assert f"{entry}:3: rule change.rise, words" in cli("rules", "find", "窜升", "--rules", own).output
    assert f"{entry}:6: fragment adverb" in cli("rules", "find", "蹭蹭", "--rules", own).output
    assert f"{entry}:14: rule own-rise, words" in cli("rules", "find", "窜红", "--rules", own).output
    assert "examples and reasons: 3 lines, of own-rise" in cli("rules", "find", "窜红", "--rules", own).output


def test_what_no_rule_holds_is_said() -> None:
    found = cli("rules", "find", "无此词")
    assert found.exit_code == 1
    assert "no rule holds" in found.output


def test_a_pattern_that_matches_a_word_whole_is_found() -> None:
    assert "pattern: table.year_on_year matches it whole" in cli("rules", "find", "较上年").output


def test_a_rule_is_shown_with_all_that_belongs_to_it() -> None:
    shown = cli("rules", "show", "change.rise.noun").output
    assert "rules/changes.toml:" in shown
    assert 'words = ["增幅", "升幅", "涨幅"]' in shown
    assert "on gold: percentages" in shown
    assert "read by: extract/metrics/lexicon.py:" in shown
    assert "names {month}: " in cli("rules", "show", "month").output
    assert "in: rules/dates.toml:" in cli("rules", "show", "month").output
    assert "words" in cli("rules", "show", "surnames").output


def test_a_rule_that_is_not_there_is_refused_with_what_was_meant() -> None:
    shown = cli("rules", "show", "change.rize")
    assert shown.exit_code == 2
    assert "did you mean 'change.rise'" in shown.output
