"""What authors of rules ask: where a word stands, what reads it, and what a rule does."""

import json
import pickle
import tomllib
from pathlib import Path

import pytest

from extract import Extractor
from extract.authors.edits import Edited, ListEdit, entries
from extract.rules import Rules
from tests.conftest import CORPUS, cli, write_rule

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
    found = cli("rules", "find", "较上年").output
    assert "pattern: table.year_on_year matches it whole  # the change of the level beside it" in found


def test_what_is_found_says_what_it_is_for() -> None:
    found = cli("rules", "find", "环比").output.splitlines()
    assert found[0].endswith("  # comparison with the period just before")
    (entry,) = (line for line in found if "rule name.break" in line)
    assert '"环比",  # time; an adverb of total or time ends the subject' in entry
    assert "  # a noun of change before an amount: 降幅, 降幅为" in cli("rules", "find", "同比").output


def test_of_a_word_that_no_rule_holds_its_parts_are_told() -> None:
    found = cli("rules", "find", "党组书记")
    assert found.exit_code == 0
    assert "entry of 党组: rules/titles.toml:" in found.output
    assert "rule secretary, words" in found.output


def test_a_rule_is_shown_with_all_that_belongs_to_it() -> None:
    shown = cli("rules", "show", "change.rise.noun").output
    assert "rules/changes.toml:" in shown
    assert 'words = ["增幅", "升幅", "涨幅"]' in shown
    assert "on gold: percentages" in shown
    assert "read by: extract/metrics/lexicon.py:" in shown
    assert "names {month}: " in cli("rules", "show", "month").output
    assert "    # rates of change\n" in cli("rules", "show", "name.dependent").output
    assert "in: rules/dates.toml:" in cli("rules", "show", "month").output
    assert "words" in cli("rules", "show", "surnames").output


def test_a_rule_that_is_not_there_is_refused_with_what_was_meant() -> None:
    shown = cli("rules", "show", "change.rize")
    assert shown.exit_code == 2
    assert "did you mean 'change.rise'" in shown.output


TEXT = "2023年，全县共接报火灾28起，涨幅9.3%，同比增长。每晚有人值守。\n"


def test_stats_tell_what_fires_and_which_words_stand_nowhere(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    told = cli("rules", "stats", tmp_path / "a.txt").output.splitlines()
    by_rule = {line.split(": ")[1]: line for line in told[:-1]}
    assert "1 of 3 words seen, not 升幅 增幅" in by_rule["change.rise.noun"].replace("增幅 升幅", "升幅 增幅")
    assert "right on gold" in by_rule["change.rise"] or "words seen" in by_rule["change.rise"]
    assert by_rule["lunar-festival"].startswith("festivals: lunar-festival: ")
    assert by_rule["islamic-festival"].split(", ")[0].endswith("never fired")
    assert told[-1].startswith("1 texts; ")
    without = cli("rules", "stats", tmp_path / "a.txt", "--words", "recurrence-unit").output
    assert without == "words: 每晚: 1 records change without it\n"
    nowhere = cli("rules", "stats", tmp_path / "a.txt", "--words", "islamic-festival").output
    assert nowhere == "no word of islamic-festival stands in these texts\n"
    assert (
        "did you mean 'recurrence-unit'"
        in cli("rules", "stats", tmp_path / "a.txt", "--words", "recurrence-units").output
    )


def test_an_edit_changes_one_list_and_nothing_else() -> None:
    rules = Rules()
    known = {entry.word for entry in entries(rules, ["dates"]) if entry.rule == "recurrence-unit"}
    assert "每晚" in known
    for edit, wanted in (
        (ListEdit("dates", "recurrence-unit", "words", ("每晚",), add=False), known - {"每晚"}),
        (ListEdit("changes", "change.rise", "words", ("窜升",), add=True), known),
    ):
        edited = Edited(rules, edit)
        after = {entry.word for entry in entries(edited, ["dates"]) if entry.rule == "recurrence-unit"}
        assert after == wanted
    fewer = Edited(rules, ListEdit("changes", "change.rise", "words", ("窜升", "增长"), add=False))
    before, after = (
        [e.word for e in entries(r, ["changes"]) if e.rule == "change.rise"] for r in (rules, fewer)
    )
    assert after == [word for word in before if word != "增长"]
    rises = Extractor(edited)
    for extractor in (rises, pickle.loads(pickle.dumps(rises))):
        assert extractor.metrics("全县用电量同比窜升9.3%。")[0].change
    assert {entry.word for entry in entries(rules, ["dates"])} >= known


def test_new_rule_is_begun_with_the_keys_of_its_kind(tmp_path: Path) -> None:
    own = tmp_path / "own"
    for id in ("own-one", "own-two"):
        begun = cli("rules", "new", "changes", id, "-o", own)
        assert begun.exit_code == 0, begun.output
    one, two = tomllib.loads((own / "changes.toml").read_text(encoding="utf-8"))["rule"]
    assert (one["id"], two["id"]) == ("own-one", "own-two")
    assert {"reason", "direction", "form", "words", "yes", "no"} <= one.keys()
    assert "# after | ahead | degree" in (own / "changes.toml").read_text(encoding="utf-8")
    taken = cli("rules", "new", "changes", "change.rise", "-o", own)
    assert "would replace it" in taken.output
    assert "did you mean 'changes'" in cli("rules", "new", "change", "own-three", "-o", own).output


def test_an_edit_is_suggested_that_mends_a_verdict(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.txt").write_text(TEXT, encoding="utf-8")
    assert cli("run", "a.txt").exit_code == 0
    found = json.loads(Path("outputs/articles/a.json").read_bytes())
    (night,) = (date for date in found["dates"] if date["span"]["text"] == "每晚")
    verdict = {"article": found["article"]["id"], "sha256": found["article"]["sha256"], "verdict": "wrong"}
    Path("reviews.jsonl").write_text(
        json.dumps(verdict | {"type": "dates", "record": night}), encoding="utf-8"
    )
    told = cli(
        "rules", "suggest", "reviews.jsonl", "--corpus", small(tmp_path / "corpus")
    ).output.splitlines()
    assert told[0].startswith("still wrong: a: dates: 每晚 (wrong)") or told[0].startswith(
        "still wrong: a.txt"
    )
    assert "   take out '每晚': recurrence-unit, words (dates.toml): gold +0 −0, 1 records here" in told


def small(corpus: Path) -> Path:
    """A gold corpus of one article."""
    name = min(path.stem for path in (CORPUS / "gold").iterdir())
    for folder, suffix in (("articles", ".txt"), ("gold", ".json")):
        (corpus / folder).mkdir(parents=True)
        (corpus / folder / f"{name}{suffix}").write_bytes((CORPUS / folder / f"{name}{suffix}").read_bytes())
    return corpus
