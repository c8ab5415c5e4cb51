"""Metrics, percentages and what is dropped: composed sentences as data, and relations between records."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from extract import Extractor
from extract.examples import matches

CASES: dict[str, list[dict[str, Any]]] = tomllib.loads(
    (Path(__file__).parent / "cases" / "metrics.toml").read_text(encoding="utf-8")
)


def parameters(cases: list[dict[str, Any]]) -> list[Any]:
    """Cases with `failing` have to fail until they are mended."""
    return [
        pytest.param(
            c,
            id=c["text"][:12],
            marks=[pytest.mark.xfail(reason=c["failing"], strict=True)] if "failing" in c else [],
        )
        for c in cases
    ]


@pytest.mark.parametrize("case", parameters(CASES["case"]))
def test_sentences_give_their_metrics_in_order(extractor: Extractor, case: dict[str, Any]) -> None:
    found = extractor.metrics(case["text"])
    assert len(found) == len(case["metrics"]), [m.name for m in found]
    for metric, wanted in zip(found, case["metrics"], strict=True):
        assert matches(metric, wanted), metric


def test_the_rule_of_every_figure_is_one_of_the_rules(extractor: Extractor) -> None:
    root = Path(__file__).parents[1]
    tables = (tomllib.loads(path.read_text("utf-8")) for path in (root / "rules").glob("*.toml"))
    ids = {rule["id"] for table in tables for rule in table["rule"]}
    texts = (path.read_text("utf-8") for path in sorted((root / "corpus" / "articles").glob("*.txt"))[:12])
    found = [extractor.extract(text) for text in texts]
    named = {record.rule for e in found for record in (*e.metrics, *e.percentages)}
    assert len(named) > 12
    assert named <= ids


def test_records_point_to_each_other(extractor: Extractor) -> None:
    extraction = extractor.extract(
        "Date: 2022-05-06\n2021年，全县接诊病人3万人次，同比增长5.5%，占全市的12%。"
    )
    visits, share = extraction.metrics
    change, part = extraction.percentages
    assert (change.metric, change.role) == (visits.id, "change")
    assert (part.metric, part.role) == (share.id, "share")
    dates = {d.id: d.span.text for d in extraction.dates}
    assert dates[visits.date or ""] == visits.period == "2021年"


@pytest.mark.parametrize(
    ("text", "role", "name"),
    [
        ("近七成行业用电增长。", "share", "行业用电增长"),
        ("71%的受访者支持搬迁。", "share", "受访者支持搬迁"),
        ("青年职工比例达45%。", "share", "青年职工比例"),
        ("工厂保持10%的增长。", "change", "工厂"),
    ],
)
def test_percentages_of_shares(extractor: Extractor, text: str, role: str, name: str) -> None:
    extraction = extractor.extract(text)
    (metric,), (percentage,) = extraction.metrics, extraction.percentages
    assert (percentage.role, percentage.metric, metric.name) == (role, metric.id, name)


def test_unequal_counts_of_names_and_numbers_are_a_warning(extractor: Extractor) -> None:
    extraction = extractor.extract("水稻、小麦、玉米产量分别达5万吨、3万吨。")
    assert [w.code for w in extraction.warnings] == ["distribution"]


def test_what_was_dropped_is_explained(extractor: Extractor) -> None:
    explained = extractor.explain("坚持“三个结合”，一个老人说。")
    assert {r.span.text: r.rule for r in explained.dropped} == {
        "三个": "refuse.slogan",
        "一个": "refuse.article",
    }


def test_parts_point_to_their_total(extractor: Extractor) -> None:
    total, first, second = extractor.metrics("全县造林5万亩，其中防护林3万亩、经济林2万亩。")
    assert (total.part_of, first.part_of, second.part_of) == (None, total.id, total.id)


def test_a_fact_said_twice_points_to_the_first(extractor: Extractor) -> None:
    first, second = extractor.metrics("2021年，全县造林5万亩。\n总结会说，2021年，全县造林5万亩。")
    assert (first.same_as, second.same_as) == (None, first.id)


def test_figures_that_contradict_each_other_are_a_warning(extractor: Extractor) -> None:
    extraction = extractor.extract("2021年，全县造林5万亩。2021年，全县造林6万亩。")
    (warning,) = extraction.warnings
    assert (warning.code, warning.span.text if warning.span else "") == ("contradiction", "6万亩")
