"""What an error of the program costs: the candidate that it is in, with a warning that names the rule."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from extract import Extractor
from extract.dates import DateFinder
from extract.metrics import MetricFinder, find
from extract.metrics.linker import Linker
from extract.numbers import NumberFinder
from extract.officials import OfficialFinder
from extract.officials.names import NameReader
from extract.officials.posts import PostReader
from extract.quantities import QuantityFinder
from extract.records import Extraction, Notice
from extract.text.published import PublicationDate

TEXT = """2023年5月6日，市交通局局长周明远介绍，全市公路里程达到3200公里，同比增长5.6%。
6月1日，县长李大川说，全县粮食产量为70万吨，果园面积下降8%。"""

CANDIDATES = [
    (DateFinder, "_finish", 2, ("month", "6月")),
    (NumberFinder, "_number", 4, ("number", "3")),
    (QuantityFinder, "_quantity", 2, ("quantity", "5.6")),
    (Linker, "_link_level", 2, ("metric.level", "70万吨")),
    (Linker, "_link_amount", 2, ("change.fall", "8%")),
    (Linker, "_share_predicates", 2, ("the reading of a sentence", TEXT.splitlines()[1])),
    (PostReader, "_item", 2, ("region-head", "县长")),
    (NameReader, "after", 1, ("body-head", "局长")),
]
"""What breaks, at which call, and the rule and the place that the warning names."""

STAGES = [
    (DateFinder, "find", "dates"),
    (NumberFinder, "find", "numbers"),
    (QuantityFinder, "find", "quantities"),
    (MetricFinder, "find", "metrics"),
    (OfficialFinder, "find", "officials"),
    (PublicationDate, "signs", "the publication date"),
]


def broken(call: Callable[..., Any], at: int, error: type[BaseException] = IndexError) -> Callable[..., Any]:
    """A function that breaks once, at a call of it."""
    calls = 0

    def breaks(*given: Any, **known: Any) -> Any:
        nonlocal calls
        calls += 1
        if calls == at:
            raise error("too far")
        return call(*given, **known)

    return breaks


def faults(found: Extraction) -> list[Notice]:
    return [warning for warning in found.warnings if warning.code == "fault"]


def size(found: Extraction) -> int:
    return sum(map(len, (found.metrics, found.percentages, found.dates, found.officials)))


@pytest.mark.parametrize(("room", "name", "at", "warned"), CANDIDATES)
def test_an_error_costs_a_candidate(
    extractor: Extractor,
    monkeypatch: pytest.MonkeyPatch,
    room: type,
    name: str,
    at: int,
    warned: tuple[str, str],
) -> None:
    sound = extractor.extract(TEXT)
    assert faults(sound) == []
    monkeypatch.setattr(room, name, broken(getattr(room, name), at))
    found = extractor.extract(TEXT)
    (fault,) = faults(found)
    rule, place = warned
    named = rf"left out by an error in {re.escape(rule)}.*: IndexError: too far \(.+\.py, line \d+\)"
    assert re.fullmatch(named, fault.message)
    assert fault.span
    assert fault.span.text == place
    assert size(sound) - 3 <= size(found)
    assert (found.dates, found.metrics, found.officials) != (sound.dates, sound.metrics, sound.officials)
    records = (*found.metrics, *found.percentages)
    assert not [r for r in records if fault.span.start <= r.span.start < fault.span.end]


@pytest.mark.parametrize(("room", "name", "stage"), STAGES)
def test_an_error_outside_of_candidates_costs_a_stage(
    extractor: Extractor, monkeypatch: pytest.MonkeyPatch, room: type, name: str, stage: str
) -> None:
    monkeypatch.setattr(room, name, broken(getattr(room, name), 1))
    found = extractor.extract(TEXT)
    (fault,) = faults(found)
    assert fault.message.startswith(f"left out by an error in {stage}: IndexError")
    assert fault.span is None
    assert found.article.characters == len(TEXT)


@pytest.mark.parametrize("error", [KeyboardInterrupt, SystemExit, MemoryError])
def test_what_stops_the_program_goes_through(
    extractor: Extractor, monkeypatch: pytest.MonkeyPatch, error: type[BaseException]
) -> None:
    monkeypatch.setattr(Linker, "_link_level", broken(Linker._link_level, 1, error))
    with pytest.raises(error):
        extractor.extract(TEXT)


def test_a_percentage_is_not_guessed(extractor: Extractor, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a change whose sentence was not read nothing says that it is one."""
    monkeypatch.setattr(find, "read", broken(find.read, 1))
    assert [p.span.text for p in extractor.extract(TEXT).percentages] == ["8%"]


def test_a_number_of_a_lost_date_is_no_quantity(
    extractor: Extractor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(DateFinder, "_finish", broken(DateFinder._finish, 1))
    found = extractor.extract("3月全市有5人参加。")
    assert [m.span.text for m in found.metrics] == ["5人"]


@pytest.mark.parametrize("word", ["X", "丄", "亩", "户", "人", "㐀", "・", " "])
def test_an_average_of_anything(extractor: Extractor, word: str) -> None:
    """平均每 with nothing else before the number names nothing, and breaks nothing."""
    assert faults(extractor.extract(f"平均每{word}5万元，共计3人。")) == []
