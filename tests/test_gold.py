"""The scorer, on figures worked out by hand; the gate; and the gold corpus itself."""

import json
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from extract import Extractor
from extract.gold import gate, report
from extract.gold.corpus import GoldError, cases
from extract.gold.score import score
from extract.gold.tally import Tallies, total
from extract.records import (
    ArticleInfo,
    Change,
    Date,
    Extraction,
    Metric,
    Official,
    Percentage,
    Post,
    Span,
)
from tests.conftest import CORPUS, cli

TEXT = "2023年，全县接报火灾28起，下降9.3%。近年来，救援出动5次。县长周启明、局长吴海表态，5次。"

GOLD: dict[str, Any] = {
    "article": "a.txt",
    "reference_date": "2024-01-05",
    "metrics": [
        {
            "text": "28起",
            "name": "火灾起数",
            "name_alt": ["接报火灾"],
            "value": 28,
            "unit": "起",
            "change": {"direction": "decrease", "amount": 9.3, "unit": "%"},
            "scope": "全县",
            "period": "2023年",
        },
        {"text": "5次", "name": "救援出动", "value": 5, "unit": "次"},
        {"text": "5次", "nth": 2, "name": "表态", "value": 5, "unit": "次", "optional": True},
    ],
    "percentages": [
        {"text": "9.3%", "value": 9.3, "unit": "percent", "role": "change", "direction": "decrease"}
    ],
    "dates": [
        {"text": "2023年", "kind": "date", "start": "2023-01-01", "end": "2024-01-01", "granularity": "year"},
        {"text": "近年来", "kind": "period", "optional": True},
    ],
    "officials": [
        {"name": "周启明", "posts": [{"organization": "县", "title": "县长"}]},
        {"name": "吴海", "posts": [{"organization": None, "title": "局长"}]},
    ],
}


METRIC = ("found", "value", "unit", "bound", "name", "name~", "change", "scope", "period", "record")


def span(text: str, nth: int = 1) -> Span:
    at = -1
    for _ in range(nth):
        at = TEXT.index(text, at + 1)
    return Span(at, at + len(text), text)


def corpus(folder: Path, gold: dict[str, Any] = GOLD) -> Path:
    for name in ("articles", "gold"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    (folder / "articles" / "a.txt").write_text(TEXT, encoding="utf-8")
    (folder / "gold" / "a.json").write_text(json.dumps(gold), encoding="utf-8")
    return folder


def wrong(tallies: Tallies, group: str) -> dict[str, str]:
    """The fields that are wrong in each gold record."""
    return dict(gate.standing({"a": tallies}).articles["a"][group].records)


def scored(folder: Path, extraction: Extraction | None) -> Tallies:
    (case,) = cases(corpus(folder))
    return score(case, extraction)


FOUND = Extraction(
    article=ArticleInfo(id="a", characters=len(TEXT), sha256=""),
    metrics=(
        Metric(
            id="m1",
            name="全县接报火灾",  # not the gold name, but close to one of its other names
            value=28,
            unit="起",
            change=Change(direction="decrease", amount=9.3, unit="%", basis="year_on_year"),
            scope="全县",
            span=span("火灾28起"),  # the place need only overlap
            rule="r",
        ),
        Metric(id="m2", name="救援出动", value=6, unit="次", span=span("5次"), rule="r"),
        Metric(id="m3", name="表态", value=5, unit="次", span=span("5次", 2), rule="r"),
        Metric(id="m4", name="年", value=2023, unit="年", span=span("2023年"), rule="r"),
    ),
    percentages=(
        Percentage(
            id="p1",
            value=9.3,
            unit="percent",
            role="change",
            direction="decrease",
            span=span("9.3%"),
            rule="r",
        ),
    ),
    dates=(
        Date(id="d1", kind="date", start="2023-01-01", end="2024-01-01", span=span("2023年，"), rule="r"),
        Date(id="d2", kind="period", span=span("近年来"), rule="r"),
    ),
    officials=(
        Official(
            id="o1",
            name="周启明",
            posts=(Post(organization=None, title="县县长", span=span("县长")),),
            mentions=(),
            rule="r",
        ),
        Official(id="o2", name="表态", posts=(), mentions=(), rule="r"),
    ),
)


def test_figures_by_hand(tmp_path: Path) -> None:
    tallies = scored(tmp_path, FOUND)
    metrics = tallies["metrics"]
    # The optional record counts on neither side; the year is spurious.
    assert (metrics.gold, metrics.found) == (2, 3)
    assert dict(metrics.stated) == dict.fromkeys(METRIC, 2) | dict.fromkeys(("basis", "base", "from"), 1)
    right = {field: metrics.right[field] for field in metrics.stated}
    assert right == dict.fromkeys(METRIC, 2) | {
        "value": 1,
        "name": 1,
        "basis": 0,
        "base": 1,
        "from": 1,
        "period": 1,
        "record": 1,
    }
    assert metrics.figure("value") == 1 / 2
    assert metrics.figures() == pytest.approx((1 / 3, 1 / 2, 0.4))
    assert tallies["percentages"].figures() == (1, 1, 1)
    dates = tallies["dates"]
    assert (dates.gold, dates.found, dates.right["span"], dates.right["granularity"]) == (1, 1, 0, 0)
    assert (dates.stated["granularity"], dates.right["interval"]) == (1, 1)
    assert dates.figures() == (1, 1, 1)
    assert tallies["officials"].figures() == (0.5, 0.5, 0.5)
    assert (tallies["posts"].gold, tallies["posts"].found) == (2, 1)
    assert tallies["posts"].figures("found") == pytest.approx((1, 1 / 2, 2 / 3))


def test_records_by_name(tmp_path: Path) -> None:
    tallies = scored(tmp_path, FOUND)
    assert wrong(tallies, "metrics") == {"28起#1": "name basis period", "5次#1": "value record"}
    assert set(tallies["metrics"].spurious) == {"2023年@0"}
    assert wrong(tallies, "dates") == {"2023年#1": "span granularity"}
    assert wrong(tallies, "officials") == {"周启明": "", "吴海": "found posts record"}
    assert wrong(tallies, "posts") == {"周启明: 县县长": "", "吴海: 局长": "found"}
    assert set(tallies["officials"].spurious) == {"表态"}


def test_failed_article_misses_everything(tmp_path: Path) -> None:
    tallies = scored(tmp_path, None)
    assert tallies["metrics"].figures() == (0, 0, 0)
    assert not any(tally.right.total() for tally in tallies.values())


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"text": "29起", "name": "火灾", "value": 29}, "metrics '29起#1': no such occurrence in a.txt"),
        ({"text": "5次", "nth": 3, "name": "出动"}, "metrics '5次#3': no such occurrence"),
        ({"text": "28起"}, "missing required field `name`"),
        ({"text": "28起", "name": "火灾", "vallue": 1}, "unknown field `vallue`"),
        ({"text": "28起", "name": "火灾", "bound": "some"}, "Invalid enum value 'some'"),
        ({"text": "28起", "name": "火灾", "part_of": "5次#1"}, "'28起#1': '5次#1' is no metric of it"),
    ],
)
def test_wrong_gold_is_refused(tmp_path: Path, change: dict[str, Any], message: str) -> None:
    folder = corpus(tmp_path, {"article": "a.txt", "metrics": [change]})
    with pytest.raises(GoldError, match=r"a\.json") as error:
        list(cases(folder))
    assert message in str(error.value)


@pytest.mark.parametrize("mention", ["吴海#2", "吴海", "海吴#1"])
def test_mention_that_is_none_is_refused(tmp_path: Path, mention: str) -> None:
    official = {"name": "吴海", "posts": [], "mentions": ["吴海#1", mention]}
    with pytest.raises(GoldError, match=f"'吴海': no such mention '{mention}'"):
        list(cases(corpus(tmp_path, {"article": "a.txt", "officials": [official]})))


LINKED: dict[str, Any] = {
    "article": "a.txt",
    "metrics": [
        {"text": "28起", "name": "火灾起数", "value": 28, "unit": "起", "part_of": None, "same_as": None},
        {"text": "5次", "name": "救援出动", "value": 5, "unit": "次", "part_of": "28起#1"},
        {"text": "5次", "nth": 2, "name": "救援出动", "value": 5, "unit": "次", "same_as": "5次#1"},
    ],
    "percentages": [
        {"text": "9.3%", "value": 9.3, "unit": "percent", "role": "rate", "metric": "28起#1"},
    ],
    "officials": [
        {
            "name": "周启明",
            "posts": [{"organization": None, "title": "县长", "status": "acting", "event": None}],
            "mentions": ["周启明#1"],
        },
    ],
}


@pytest.mark.parametrize(
    ("group", "change", "field"),
    [
        ("metrics", {}, None),
        ("metrics", {"id": "m1", "same_as": "m2"}, "same_as"),
        ("metrics", {"id": "m2", "part_of": None}, "part_of"),
        ("metrics", {"id": "m2", "part_of": "m9"}, "part_of"),
        ("metrics", {"id": "m3", "same_as": "m1"}, "same_as"),
        ("metrics", {"id": "m3", "part_of": "m1"}, None),  # the gold does not say
        ("percentages", {"id": "p1", "metric": "m2"}, "metric"),
        ("officials", {"id": "o1", "mentions": ()}, "mentions"),
        ("officials", {"id": "o1", "mentions": (span("周启明"), span("县长"))}, "mentions"),
    ],
)
def test_links_and_mentions(tmp_path: Path, group: str, change: dict[str, Any], field: str | None) -> None:
    """Links are compared by the gold records that the found ones stand for, mentions by their places."""
    (case,) = cases(corpus(tmp_path, LINKED))
    places = {"m1": span("28起"), "m2": span("5次"), "m3": span("5次", 2)}
    metrics = [Metric(id=i, name="", value=1, unit=None, span=place, rule="r") for i, place in places.items()]
    post = Post(organization=None, title="县长", span=span("县长"), status="acting")
    found = replace(
        FOUND,
        metrics=(metrics[0], replace(metrics[1], part_of="m1"), replace(metrics[2], same_as="m2")),
        percentages=(replace(FOUND.percentages[0], metric="m1"),),
        officials=(replace(FOUND.officials[0], posts=(post,), mentions=(span("周启明"),)),),
    )
    records = [replace(r, **change) if r.id == change.get("id") else r for r in getattr(found, group)]
    tally = score(case, replace(found, **{group: tuple(records)}))[group]
    linked = {"part_of", "same_as", "metric", "mentions"} & set(tally.stated)
    assert {f for f in linked if tally.right[f] < tally.stated[f]} == ({field} if field else set())


def test_two_records_at_one_place_are_refused(tmp_path: Path) -> None:
    twice = {"article": "a.txt", "metrics": [{"text": "28起", "name": "火灾"}] * 2}
    with pytest.raises(GoldError, match="second record at the same place"):
        list(cases(corpus(tmp_path, twice)))


def test_gate_names_what_changed(tmp_path: Path) -> None:
    found, nothing = {"a": scored(tmp_path, FOUND)}, {"a": scored(tmp_path, None)}
    before, now = gate.standing(found), gate.standing(nothing)
    fallen = {(fall.group, fall.field) for fall in gate.falls(before, now)}
    assert {("metrics", "record"), ("metrics", "scope"), ("dates", "kind"), ("posts", "found")} <= fallen
    lines = list(report.changes(before, nothing))
    assert "lost: a: metrics: 28起#1" in lines
    assert "no longer spurious: a: metrics: 2023年@0" in lines
    assert "REGRESSION: metrics: record 0.0000 is below the floor 0.4000" in lines
    assert not gate.falls(now, before)
    assert "gained: a: officials: 周启明" in report.changes(now, found)
    assert list(report.changes(now, nothing)) == ["every record as in the baseline"]


def test_changed_record_is_told_with_its_sentence(tmp_path: Path) -> None:
    found, nothing = {"a": scored(tmp_path, FOUND)}, {"a": scored(tmp_path, None)}
    metric = FOUND.metrics[0]
    assert metric.change
    worse = replace(metric, value=82, scope=None, change=replace(metric.change, basis=None))
    other = {"a": scored(tmp_path, replace(FOUND, metrics=(worse, *FOUND.metrics[1:])))}
    assert list(report.changes(gate.standing(found), other))[:7] == [
        "lost: a: metrics: 28起#1",
        "   2023年，全县接报火灾28起，下降9.3%。",
        "   value: expected 28 / null, found 82 / null",
        "   scope: expected 全县, found null",
        "better: a: metrics: 28起#1",
        "   2023年，全县接报火灾28起，下降9.3%。",
        "   basis: expected null, found null",
    ]
    assert set(report.changes(gate.standing(nothing), found)) >= {
        "better: a: metrics: 5次#1",
        "   found: expected (name 救援出动, value 5, unit 次, bound exact),"
        " found (name 救援出动, value 6, unit 次, bound exact)",
        "spurious: a: officials: 表态",
        "   found: expected null, found (name 表态)",
    }
    assert set(report.changes(gate.standing(found), nothing)) >= {
        "lost: a: posts: 周启明: 县县长",
        "   县长周启明、局长吴海表态，5次。",
        "   found: expected (organization 县, title 县长), found null",
    }


def test_score_command(tmp_path: Path) -> None:
    folder = corpus(tmp_path)
    blind = cli("score", "--corpus", folder)
    assert blind.exit_code == 2
    assert "no baseline to hold the scores against: `score --update`" in blind.output
    assert not (folder / gate.BASELINE).exists()
    assert cli("score", "--corpus", folder, "--update").exit_code == 0
    assert cli("score", "--corpus", folder).exit_code == 0

    perfect = gate.Baseline(floors={group: {"record": 1.1} for group in ("metrics", "officials")})
    gate.save(folder, perfect)
    refused = cli("score", "--corpus", folder, "--update")
    assert refused.exit_code == 1
    assert "REGRESSION: metrics: record" in refused.output
    assert gate.load(folder) == perfect
    assert cli("score", "--corpus", folder, "--update", "--allow-regression").exit_code == 0
    assert gate.load(folder) != perfect


def test_score_command_wants_a_corpus(tmp_path: Path) -> None:
    result = cli("score", "--corpus", tmp_path)
    assert result.exit_code == 2
    assert "no gold/*.json" in result.output


def test_corpus_is_no_worse_than_its_baseline(extractor: Extractor) -> None:
    scores, errors = report.scores(extractor, CORPUS)
    assert not errors
    assert not gate.falls(gate.load(CORPUS), gate.standing(scores))
    assert set(scores) == {path.stem for path in (CORPUS / "articles").glob("*.txt")}
    assert total(scores.values())["metrics"].gold > 0
