"""Quantities: units, currencies, ranges, lists that share a unit, and what a date keeps for itself."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract import Extractor
from extract.mentions import DateMention, QuantityMention
from extract.numbers.units import Units
from extract.quantities import QuantityFinder
from tests.test_numbers import NORMALISER, NUMBERS, NUMERALS, RULES, params, plain

QUANTITIES = QuantityFinder(RULES)


def find(text: str, *dates: DateMention) -> list[QuantityMention]:
    document = NORMALISER.document(NORMALISER.read(text))
    numbers, _ = NUMBERS.find(document)
    return QUANTITIES.find(document, numbers, dates)[0]


@pytest.mark.parametrize(("text", "expected"), params("quantities"))
def test_quantities(text: str, expected: list[list[Any]]) -> None:
    found = [
        [text[q.start : q.end], plain(q.value), q.unit, q.bound, plain(q.value_max)]
        for q in find(text)
        if q.unit
    ]
    defaults = ["", "", "", "exact", ""]
    assert found == [[*case, *defaults[len(case) :]] for case in expected]


@given(st.text(NUMERALS, max_size=40))
def test_any_text_gives_true_spans_in_order(text: str) -> None:
    end = 0
    for q in find(text):
        assert end <= q.start <= q.core_start < q.core_end <= q.end <= len(text)
        assert q.core_end <= q.unit_start <= q.unit_end <= q.end
        end = q.end


def test_list_shares_unit_and_group() -> None:
    first, second, third = find("分别为0.2、0.4和1.5个百分点")
    assert first.group == second.group == third.group is not None
    assert {q.family for q in (first, second, third)} == {"point"}


def test_members_with_units_of_their_own_have_no_group() -> None:
    assert [q.group for q in find("下降6.9%、3.7%")] == [None, None]


def test_number_without_unit_has_empty_unit_at_its_end() -> None:
    (q,) = find("16万余民警")
    assert (q.unit, q.family, q.unit_start, q.unit_end, q.end) == (None, "none", 4, 4, 4)


def test_date_keeps_its_numbers_and_duration_only_time() -> None:
    date = DateMention(start=0, end=5, rule="year", kind="date")
    assert [q.value for q in find("2023年有3个", date)] == [3]
    duration = DateMention(start=0, end=2, rule="years", kind="duration")
    assert [q.unit for q in find("3年有3个", duration)] == ["年", "个"]


def test_si_value_is_exact() -> None:
    (q,) = find("0.3公里")
    assert (q.si, q.si_value) == ("km", Decimal("300.0"))


def test_percentage_is_core_to_unit() -> None:
    text = "提高了约5.2个百分点"
    (q,) = find(text)
    assert text[q.core_start : q.unit_end] == "5.2个百分点"


@pytest.mark.parametrize("currency", ["CNY", "USD", "HKD", "TWD", "MOP", "EUR", "JPY", "GBP"])
def test_every_currency_is_found_after_a_number(currency: str) -> None:
    units = Units(RULES)
    for text in units.texts:
        place = units.at(f"{text}。", 0)
        if place and place.unit.currency == currency:
            assert [q.currency for q in find(f"花费3万{text}。")] == [currency], text


def test_extractor_gives_currency_and_si(extractor: Extractor) -> None:
    money, area = extractor.quantities("花20亿美元买2公顷地")
    assert (money.currency, area.si, area.si_value) == ("USD", "har", 20000)
