"""From verdicts to gold: what became of each, and a corpus that the scorer takes."""

import json
from pathlib import Path
from typing import Any

import pytest

from extract import Extraction, Extractor
from extract.gold import report
from extract.gold.corpus import GoldError, cases
from extract.gold.review import load, standings
from extract.gold.tally import TYPES
from extract.report.compact import thin
from tests.conftest import cli

TEXT = """\
Date: 2024-01-16

2023年，全县接报火灾28起，同比下降9.3%。救援队出动31次，县长周启明说，灾情得到控制。
"""


def whole(record: Any) -> dict[str, Any]:
    """A record as the page writes it: without nulls, spans with their texts."""
    places = {"span", "name_span", "scope_span"}
    plain = thin(record)
    del plain["confidence"]
    for name, value in plain.items():
        if name in places:
            plain[name] = placed(value)
        elif name == "change":
            plain[name] = {key: placed(x) if key.endswith("_span") else x for key, x in value.items()}
        elif name in ("mentions", "references"):
            plain[name] = [placed(span) for span in value]
        elif name == "posts":
            plain[name] = [{**post, "span": placed(post["span"])} for post in value]
    return plain


def placed(span: list[int]) -> dict[str, Any]:
    return {"start": span[0], "end": span[1], "text": TEXT[span[0] : span[1]]}


def line(found: Extraction, verdict: str, type: str = "", **more: Any) -> dict[str, Any]:
    info = found.article
    return {
        "schema_version": "1",
        "article": "a",
        "sha256": info.sha256,
        "verdict": verdict,
        "type": type,
        **more,
    }


@pytest.fixture
def found(extractor: Extractor) -> Extraction:
    return extractor.extract(TEXT, id="a")


def reviews(folder: Path, *lines: dict[str, Any]) -> Path:
    path = folder / "reviews.jsonl"
    path.write_text("".join(json.dumps(entry) + "\n" for entry in lines), encoding="utf-8")
    return path


def verdicts(found: Extraction) -> list[dict[str, Any]]:
    """One of each kind."""
    fire, rescue = found.metrics
    place = TEXT.index("灾情")
    missing = {"start": place, "end": place + 2, "text": "灾情"}
    return [
        line(
            found,
            "edit",
            "metrics",
            id="m1",
            record=whole(fire),
            corrected={"name": "火灾起数", "base": "2022年"},
        ),
        line(found, "wrong", "metrics", id="m2", record=whole(rescue)),
        line(found, "right", "percentages", id="p1", record=whole(found.percentages[0])),
        line(found, "right", "officials", id="o1", record=whole(found.officials[0])),
        line(found, "missing", "metrics", id="+", span=missing, corrected={"name": "灾情", "value": 1}),
        line(found, "complete"),
    ]


def became(path: Path, found: Extraction) -> list[str]:
    return [standing.what for standing in standings(load(path), {"a": found})]


def test_what_became_of_verdicts(tmp_path: Path, extractor: Extractor, found: Extraction) -> None:
    path = reviews(tmp_path, *verdicts(found))
    still = ["still wrong", "still wrong", "still right", "still right", "still wrong"]
    assert became(path, found) == still
    other = Extraction.from_json(found.to_json().replace('"接报火灾"', '"火灾起数"').replace("次", "回"))
    other = Extraction.from_json(other.to_json().replace('"base":null', '"base":"2022年"', 1))
    assert became(path, other)[:2] == ["mended", "changed"]
    assert set(became(path, extractor.extract(TEXT + "另", id="a"))) == {"text changed"}
    assert [s.what for s in standings(load(path), {})] == ["no such article"] * 5
    nothing = Extraction(article=found.article)
    assert became(path, nothing) == ["still wrong", "mended", "lost", "lost", "still wrong"]


def test_a_line_that_is_no_verdict_is_named(tmp_path: Path, found: Extraction) -> None:
    path = reviews(tmp_path, line(found, "right", "metrics", record={"name": "x"}))
    with pytest.raises(GoldError, match=r"reviews\.jsonl: line 1: "):
        load(path)


def test_from_verdicts_to_a_scored_corpus(tmp_path: Path, extractor: Extractor, found: Extraction) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(TEXT, encoding="utf-8")
    cli("run", tmp_path / "in", "-o", tmp_path / "out")
    path = reviews(tmp_path, *verdicts(found))
    corpus = tmp_path / "corpus"
    for _ in range(2):  # the second time amends what the first has written
        result = cli("review", path, "--results", tmp_path / "out", "--to-gold", corpus)
        assert result.exit_code == 0, result.output
        assert (
            "still wrong: a: metrics: 28起 (edit); wanted name 火灾起数, base 2022年; found" in result.output
        )
        assert "3 still wrong, 2 still right" in result.output
    (case,) = cases(corpus)
    assert [(m.text, m.name, m.value) for m in case.gold.metrics] == [
        ("28起", "火灾起数", 28),
        ("灾情", "灾情", 1),
    ]
    change = case.gold.metrics[0].change
    assert change
    assert (change.base, change.amount) == ("2022年", 9.3)
    assert case.gold.reference_date == "2024-01-16"
    assert cli("score", "--corpus", corpus, "--update").exit_code == 0
    scores, errors = report.scores(extractor, corpus)
    assert errors == []
    # The extractor does not know better now: one name is wrong, one metric is missed, one is too many.
    assert [scores["a"][group].figures().f1 for group in TYPES] == [0, 1, 1, 1]


def test_an_article_that_is_not_complete_gives_no_gold(tmp_path: Path, found: Extraction) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    cli("run", tmp_path / "a.txt", "-o", tmp_path / "out")
    path = reviews(tmp_path, *verdicts(found)[:-1])
    cli("review", path, "--results", tmp_path / "out", "--to-gold", tmp_path / "corpus")
    assert not (tmp_path / "corpus").exists()


def test_a_skeleton_is_gold(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(TEXT.encode("gb18030"))
    assert cli("gold", "new", tmp_path / "a.txt", "--corpus", tmp_path / "corpus").exit_code == 0
    (case,) = cases(tmp_path / "corpus")
    assert (case.gold.reference_date, case.gold.metrics, case.article.raw) == ("2024-01-16", (), TEXT)
    again = cli("gold", "new", tmp_path / "a.txt", "--corpus", tmp_path / "corpus", "--prefill")
    assert again.exit_code == 2
    (tmp_path / "corpus" / "gold" / "a.json").unlink()
    cli("gold", "new", tmp_path / "a.txt", "--corpus", tmp_path / "corpus", "--prefill")
    (case,) = cases(tmp_path / "corpus")
    assert [metric.text for metric in case.gold.metrics] == ["28起", "31次"]
