"""What two runs, or two sets of rules, find differently."""

from pathlib import Path

import pytest

from extract import Extraction, Extractor
from extract.compare.records import changes
from extract.compare.tell import markdown, told
from extract.markdown import plain
from tests.conftest import cli, write_rule

TEXT = "2023年，全县共接报火灾28起，同比窜升9.3%。县长周启明说，今年火灾起数再降百分之五。\n"
RULES = """
[extend."change.rise"]
words = ["窜升"]
"""


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    articles = tmp_path / "articles"
    articles.mkdir()
    (articles / "a.txt").write_text(TEXT, encoding="utf-8")
    write_rule(tmp_path / "own", "changes.toml", RULES)
    return tmp_path


def test_an_extraction_differs_in_nothing_from_itself(extractor: Extractor) -> None:
    extraction = extractor.extract(TEXT)
    assert not list(changes(extraction, extraction))
    assert list(told([], 1))[-1].startswith("1 articles, 0 with changes: metrics +0 −0 ~0")


def test_records_are_gained_lost_and_changed(extractor: Extractor) -> None:
    before, after = extractor.extract(TEXT), extractor.extract(TEXT.replace("百分之五", "百分之六"))
    (metric, rate) = changes(before, after)
    assert (metric.what, metric.group, metric.article) == ("changed", "metrics", "text")
    assert metric.fields["change.amount"] == (5, 6)
    assert rate.fields["value"] == (5, 6)
    gone = extractor.extract("县长周启明说，今天有雨。")
    assert {c.what for c in changes(before, gone) if c.group == "metrics"} == {"lost"}
    assert {c.what for c in changes(gone, before) if c.group == "metrics"} == {"gained"}
    assert metric.sentence == "县长周启明说，今年火灾起数再降百分之六。"


def test_ids_are_no_facts(extractor: Extractor) -> None:
    before = extractor.extract("全市进口3万吨，其中大豆1万吨，同比增长5%。")
    assert any(metric.part_of for metric in before.metrics)
    after = Extraction.from_json(before.to_json().replace('"m', '"m9').replace('"m9e', '"me'))
    assert [metric.id for metric in after.metrics] != [metric.id for metric in before.metrics]
    assert not list(changes(before, after))


def test_two_sets_of_rules(place: Path) -> None:
    shown = cli("diff", "articles", "--rules-b", "own")
    assert shown.exit_code == 0
    assert "changed: a.txt: metrics: 28起" in shown.output or "changed: a: metrics: 28起" in shown.output
    assert "change.direction: null → increase" in shown.output
    assert "   2023年，全县共接报火灾28起，同比窜升9.3%。" in shown.output
    back = cli("diff", "articles", "--rules-a", "own", "--markdown").output
    assert "change.direction: increase → null" in back
    assert "| metrics | " in back


def test_two_folders_of_results(place: Path) -> None:
    cli("run", "articles", "-o", "one")
    cli("run", "articles", "-o", "two", "--rules", "own")
    by_results = cli("diff", "one", "two")
    assert by_results.exit_code == 0
    assert by_results.stdout == cli("diff", "articles", "--rules-b", "own").stdout
    (place / "articles/b.txt").write_text(TEXT, encoding="utf-8")
    cli("run", "articles", "-o", "two")
    assert "only in the second" in cli("diff", "one", "two").stderr


@pytest.mark.parametrize("arguments", [(), ("articles", "--rules-a", "own")])
def test_one_folder_needs_rules_and_two_take_none(place: Path, arguments: tuple[str, ...]) -> None:
    refused = cli("diff", "articles", *arguments)
    assert refused.exit_code == 2
    assert "two folders of results are wanted" in refused.output


def test_markdown_has_no_markup_of_the_text() -> None:
    assert plain("<b>|*x*\n@me") == "&lt;b&gt;\\|\\*x\\* &#64;me"
    assert next(iter(markdown([], 3))) == "**0 changes** in 0 of 3 articles"
