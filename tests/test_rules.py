"""Every example of every rule holds; a rule file that cannot be used is refused by file, rule and key."""

import re
from itertools import pairwise
from pathlib import Path

import pytest

from extract import Extractor
from extract.examples import RuleExamples, check, examples
from extract.metrics.lexicon import ChangeRule
from extract.metrics.refuse import RefusalRule
from extract.rulefile import extended
from extract.rules import Rules, RulesError, shipped
from tests.conftest import cli, write_rule

SHIPPED = list(examples(Rules()))


@pytest.mark.parametrize("rule", SHIPPED, ids=lambda rule: f"{rule.path.stem}:{rule.rule}")
def test_examples(extractor: Extractor, rule: RuleExamples) -> None:
    assert not [str(broken) for broken in check(extractor, rule)]


def test_ids_are_not_shared_between_files() -> None:
    places: dict[str, Path] = {}
    for rule in SHIPPED:
        assert places.setdefault(rule.rule, rule.path) == rule.path


WHOLE = """
check = "percentages"
[[rule]]
id = "own.rule"
reason = "an own rule"
line = "no such line"
yes = [{text = "满意率为97.5%。", span = "97.5%", value = 97.5, direction = ""}]
no = ["满意率有所上升。", {text = "满意率为97.5%。", value = 97}]
"""


@pytest.mark.parametrize(
    ("change", "broken"),
    [
        (("value = 97.5,", "value = 98,"), "{'span': '97.5%', 'value': 98, 'direction': ''} not among"),
        (("有所上升", "上升2%"), "should not find"),
        (("value = 97}", "value = 97.5}"), "should not find"),
    ],
)
def test_broken_example_is_told_with_its_place(
    extractor: Extractor, tmp_path: Path, change: tuple[str, str], broken: str
) -> None:
    assert not own_broken(extractor, write_rule(tmp_path, "furniture.toml", WHOLE))
    (line,) = own_broken(extractor, write_rule(tmp_path, "furniture.toml", WHOLE.replace(*change)))
    assert line.startswith(f"{tmp_path / 'furniture.toml'}: rule 'own.rule': '满意率")
    assert broken in line


def own_broken(extractor: Extractor, folder: Path) -> list[str]:
    (rule,) = (rule for rule in examples(Rules([folder])) if rule.rule == "own.rule")
    return [str(broken) for broken in check(extractor, rule)]


def test_check_command(tmp_path: Path) -> None:
    folder = write_rule(tmp_path, "furniture.toml", WHOLE.replace("97.5,", "98,"))
    result = cli("rules", "check", "--rules", folder)
    assert result.exit_code == 1
    assert f"{folder / 'furniture.toml'}: rule 'own.rule'" in result.output
    assert result.output.endswith(" 1 broken\n")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (('id = "own.rule"', ""), "rule '(no id)': Object missing required field `id`"),
        (("yes = ", "yess = "), "rule 'own.rule': Object contains unknown field `yess`; did you mean 'yes'?"),
        (("direction", "directoin"), "Percentage has no field 'directoin'; did you mean 'direction'?"),
        (("span =", "unit.name ="), "unit of Percentage has no fields"),
        (('{text = "满意率为97.5%。", value = 97}', "{value = 97}"), "an example needs a `text`"),
        (('"percentages"', '"percentage"'), "check: 'percentage' is none of"),
        (("check", "chek"), "unknown key 'chek'"),
        (('reason = "', "reason = "), "not valid TOML"),
    ],
)
def test_file_of_own_rules_that_cannot_be_used(tmp_path: Path, change: tuple[str, str], message: str) -> None:
    folder = write_rule(tmp_path, "furniture.toml", WHOLE.replace(*change))
    result = cli("rules", "check", "--rules", folder)
    assert result.exit_code == 2
    assert f"{folder / 'furniture.toml'}: " in result.output
    assert message in result.output


def unknown_key(stem: str) -> str:
    (source, *_) = Rules().sources(stem)
    lines = [f'check = "{source.check}"', "[[rule]]", f'id = "own.{stem}"', 'reason = "none"']
    return "\n".join([*lines, 'yes = [{text = "一"}]', 'no = ["二"]', "misspelt = 1"])


@pytest.mark.parametrize("stem", sorted({rule.path.stem for rule in SHIPPED}))
def test_unknown_key_is_refused_by_every_room(tmp_path: Path, stem: str) -> None:
    folder = write_rule(tmp_path, f"{stem}.toml", unknown_key(stem))
    with pytest.raises(RulesError) as error:
        Extractor([folder])
    assert f"{folder / stem}.toml: rule 'own.{stem}'" in str(error.value)


OWN_UNIT = """check = "quantities"
[[rule]]
id = "own"
reason = "none"
family = "count"
units = [%s]
yes = [{text = "一函"}]
no = ["二"]
"""


@pytest.mark.parametrize(
    ("unit", "message"),
    [('{text = "函", unless = "(("}', "`unless` is no pattern: .*: \\(\\("), ('"函", ""', "length >= 1")],
)
def test_a_word_or_pattern_that_is_none_is_refused(tmp_path: Path, unit: str, message: str) -> None:
    folder = write_rule(tmp_path, "units.toml", OWN_UNIT % unit)
    with pytest.raises(RulesError, match=f"units.toml: rule 'own': .*{message}"):
        Extractor(folder)


GROWING = """check = "metrics"
[[rule]]
id = "own.growing"
reason = "none"
direction = "increase"
form = "verb"
words = ["走俏"]
yes = [{text = "茶叶出口走俏5%。", "change.amount" = 5}]
no = [{text = "茶叶出口走俏5%。", "change.amount" = 6}]
"""


def test_a_value_of_a_few_names_the_choices(tmp_path: Path) -> None:
    folder = write_rule(tmp_path, "changes.toml", GROWING.replace('"verb"', '"verbs"'))
    with pytest.raises(
        RulesError, match=r"Invalid enum value 'verbs'.*choices: after, ahead, degree, double,"
    ):
        Extractor(folder)


def test_a_byte_order_mark_is_no_part_of_a_file(tmp_path: Path) -> None:
    write_rule(tmp_path, "changes.toml", "\ufeff" + GROWING)
    write_rule(tmp_path, "given.txt", "\ufeff某某\n")
    (metric,) = Extractor(tmp_path).metrics("茶叶出口走俏5%。")
    assert metric.change
    assert "某某" in Rules([tmp_path]).words("given")


EXTENDED = """
[extend."change.rise"]
words = ["走俏"]
yes = [{text = "茶叶出口走俏5%。", "change.amount" = 5}]
[extend.fragments]
aided = ["驰援"]
"""


def test_a_shipped_rule_is_extended(extractor: Extractor, tmp_path: Path) -> None:
    text = "茶叶出口走俏5%，产量增长6%。"
    folder = write_rule(tmp_path, "changes.toml", EXTENDED.partition("[extend.f")[0])
    changes = [
        [m.change and m.change.amount for m in e.metrics(text)] for e in (extractor, Extractor(folder))
    ]
    assert changes == [[None, 6], [5, 6]]
    (rule,) = (rule for rule in examples(Rules([folder])) if rule.rule == "change.rise")
    assert [example["text"] for example in rule.yes][-1] == "茶叶出口走俏5%。"
    assert rule.path == folder / "changes.toml"


def test_a_shipped_fragment_is_extended(tmp_path: Path) -> None:
    folder = write_rule(tmp_path, "metrics.toml", '[extend.fragments]\naided = ["驰援"]\n')
    given = {"date": "x", "verbs": "x", "levels": "x"} | dict.fromkeys(
        ("growths", "ahead_verbs", "change_nouns", "deeds", "after_words", "speech", "bases"), "x"
    )
    more = dict.fromkeys(("adverb", "dependents", "places", "origins", "tells"), "x")
    own, shipped = (Rules(f).fragments("metrics", **given, **more)["aided"] for f in ([folder], []))
    assert own == f"{shipped}|驰援"


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (("change.rise", "change.rice"), "extend: no rule 'change.rice'; did you mean 'change.rise'"),
        (
            ("words =", "direction ="),
            "extend 'change.rise': direction: only a list or a table can be extended",
        ),
        (("words =", "wordz ="), "unknown field `wordz`; did you mean 'words'?"),
        (("aided =", "aidet ="), "extend fragments: 'aidet': known: "),
    ],
)
def test_what_cannot_be_extended_is_refused(tmp_path: Path, change: tuple[str, str], message: str) -> None:
    folder = write_rule(tmp_path, "changes.toml", EXTENDED.replace(*change))
    rules = Rules([folder])
    with pytest.raises(RulesError) as error:
        rules.table("changes", ChangeRule) and rules.fragments("changes")
    assert f"{folder / 'changes.toml'}: " in str(error.value)
    assert message in str(error.value)


BROKEN_OVER_LINES = """check = "metrics"
[fragments]
own = [
    "样品",  # a comment
    "样[本机]",
]
[[rule]]
id = "own.sample"
reason = "none"
after = [
    "份?标本",
    "只",
]
before = '''
    (?:送检|
       抽检)'''
yes = [{text = "全县养牛30头。", value = 30}]
no = ["抽检30个。", "检查30份标本。"]
"""


def test_a_pattern_is_a_list_of_choices_or_stands_on_several_lines(tmp_path: Path) -> None:
    folder = write_rule(tmp_path, "not_metrics.toml", BROKEN_OVER_LINES)
    rules = Rules([folder])
    own = next(rule for rule in rules.table("not_metrics", RefusalRule) if rule.id == "own.sample")
    assert (own.after, own.before) == ("份?标本|只", "(?:送检|抽检)")
    assert rules.fragments("not_metrics") == {"own": "样品|样[本机]"}


def test_folder_of_rules_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(RulesError, match="no such folder"):
        Extractor([tmp_path / "none"])


def test_list() -> None:
    result = cli("rules", "list")
    assert result.exit_code == 0
    assert {line.split("\t")[0] for line in result.output.splitlines()} == {rule.rule for rule in SHIPPED}


def test_digest_follows_own_rules(tmp_path: Path) -> None:
    folder = write_rule(tmp_path, "furniture.toml", WHOLE)
    first = Rules([folder]).digest
    assert first == Rules([folder]).digest != Rules().digest
    write_rule(tmp_path, "furniture.toml", WHOLE + "# a comment\n")
    assert Rules([folder]).digest != first


def test_lines_are_short_enough_to_read() -> None:
    files = [p for p in shipped().iterdir() if p.suffix in (".toml", ".txt")]
    assert len(files) > 20
    long = [
        f"{path.name}:{number}"
        for path in files
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if len(line) > 120
    ]
    assert not long, f"more than 120 characters: {long}"


def test_long_lists_stand_in_sorted_blocks_that_say_what_they_hold() -> None:
    for path in shipped().glob("*.toml"):
        text = path.read_text(encoding="utf-8")
        for key, entries in re.findall(r"^(\w+) = \[\n(.*?)^\]", text, re.DOTALL | re.MULTILINE):
            if key in ("yes", "no", "at", "figures", "bare", "pattern") or entries.count("\n") <= 12:
                continue
            head, *blocks = re.split(r"^ *#.*\n", entries, flags=re.MULTILINE)
            assert not head, f"{path.name}: {key}: {head}"
            for block in blocks:
                words = re.findall(r'^    (?:\{ text = )?"([^"]+)"', block, re.MULTILINE)
                assert words == sorted(words), f"{path.name}: {key}: {block}"


def test_long_tables_of_words_say_what_their_parts_hold() -> None:
    for path in shipped().glob("*.toml"):
        for table in re.findall(
            r"^\[rule\.words\]\n((?:.+\n)+)", path.read_text(encoding="utf-8"), re.MULTILINE
        ):
            assert table.count(" = ") <= 12 or table.startswith("# "), f"{path.name}: {table}"


def test_every_fragment_says_what_it_is_for() -> None:
    for path in shipped().glob("*.toml"):
        _, _, below = path.read_text(encoding="utf-8").partition("\n[fragments]\n")
        lines = below.partition("\n[")[0].splitlines()
        silent = [line for above, line in pairwise(lines) if line[:1].isalpha() and not above.startswith("#")]
        assert not silent, path.name
        assert not lines or lines[0].startswith("#"), path.name


def test_extend_adds_no_word_twice() -> None:
    assert extended({"words": ["增"]}, {"words": ["增", "升"]}, "here")["words"] == ["增", "升"]


def test_an_own_rule_replaces_the_shipped_one_of_its_id(tmp_path: Path) -> None:
    text = (shipped() / "changes.toml").read_text(encoding="utf-8").replace('reason = "', 'reason = "own: ')
    own = write_rule(tmp_path / "own", "changes.toml", text)
    written = Rules([own]).written("changes")["change.rise"]
    assert written.path == own / "changes.toml"
    assert written.raw["reason"].startswith("own: ")
