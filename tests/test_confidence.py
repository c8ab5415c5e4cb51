"""How sure records are: worked out by hand, told by the extractor, tried on articles not known to it."""

from pathlib import Path

from extract import Extractor
from extract.confidence import Grade, Sureness, Table, confidence, load, shipped, way
from extract.gold.calibrate import calibrate, markdown, save
from tests.conftest import SIMPLIFIED
from tests.test_gold import CORPUS, FOUND, scored

GRADES = Table(
    grades={
        "metrics": {
            "level": {"name before": Grade(8, 8), "no name": Grade(1, 2)},
            "fall": {"no name": Grade(0, 2)},
        }
    }
)


def test_few_cases_lean_on_the_level_above() -> None:
    of_type = 9 / 12
    rule = (9 + 2 * of_type) / (10 + 2)
    sure = confidence(GRADES, ("metrics", "level", "no name"))
    assert (sure.share, sure.cases) == (round((1 + 2 * rule) / (2 + 2), 2), 2)
    unknown = confidence(GRADES, ("metrics", "new", "no name"))
    assert (unknown.share, unknown.cases) == (0.75, 0)


def test_what_nobody_graded_says_nothing(extractor: Extractor) -> None:
    records = extractor.extract(SIMPLIFIED).dates
    assert tuple(Sureness(Table()).tell("dates", records)) == records


def test_every_record_says_how_sure_it_is(extractor: Extractor) -> None:
    for record in extractor.extract(SIMPLIFIED):
        assert record.confidence
        assert 0 < record.confidence.share <= 1
    metric = extractor.extract(SIMPLIFIED).metrics[0]
    assert way(metric) == "name before"
    grade = load(shipped()).grades["metrics"][metric.rule]["name before"]
    assert metric.confidence
    assert metric.confidence.cases == grade.cases


def test_grades_by_hand(tmp_path: Path) -> None:
    table = calibrate({"a": scored(tmp_path, FOUND)})
    # Of the four metrics one is right, one has a wrong value, one is optional, one is too many.
    assert table.grades["metrics"] == {"r": {"no name": Grade(1, 3)}}
    assert table.grades["dates"] == {"r": {"absolute": Grade(1, 1)}}
    assert table.grades["officials"] == {"r": {"one post": Grade(1, 1), "several posts": Grade(0, 1)}}
    save(tmp_path / "confidence.json", table)
    assert load(tmp_path / "confidence.json") == table
    assert sum(one.cases for one in table.bins) == 7


def test_shipped_grades_foretell_articles_that_they_do_not_know() -> None:
    """By the expected calibration error; a bin may be off by more, since few articles can fill it."""
    table = load(CORPUS / "confidence.json")
    off = [(abs(one.said - one.right / one.cases), one.cases) for one in table.bins]
    assert sum(by * cases for by, cases in off) / sum(cases for _, cases in off) < 0.03
    assert max(by for by, _ in off) < 0.1
    assert len(list(markdown(table))) == len(table.bins) + 2
