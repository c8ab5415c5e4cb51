"""Numbers in texts: values, bounds, ranges, ordinals, and what only looks like a number."""

import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract import Extractor
from extract.mentions import NumberMention
from extract.numbers import NumberFinder
from extract.numerals import json_number
from extract.rules import Rules
from extract.text.normalise import Normaliser

CASES = tomllib.loads((Path(__file__).parent / "cases/numbers.toml").read_text(encoding="utf-8"))["case"]
RULES = Rules()
NORMALISER, NUMBERS = Normaliser(RULES), NumberFinder(RULES)


def find(text: str) -> list[NumberMention]:
    return NUMBERS.find(NORMALISER.document(NORMALISER.read(text)))[0]


def plain(value: Decimal | None) -> float | str:
    """A value as the cases write it."""
    return "" if value is None else json_number(value)


def params(key: str) -> list[Any]:
    """The cases that expect something under a key; known failures have to fail."""
    return [
        pytest.param(
            case["text"],
            case[key],
            id=case["text"][:12],
            marks=pytest.mark.xfail(reason=case["failing"]) if "failing" in case else (),
        )
        for case in CASES
        if key in case
    ]


@pytest.mark.parametrize(("text", "expected"), params("numbers"))
def test_numbers(text: str, expected: list[list[Any]]) -> None:
    found = [
        [text[n.start : n.end], plain(n.value), plain(n.value_max), "ordinal" if n.ordinal else n.bound]
        for n in find(text)
    ]
    defaults = ["", "", "", "exact"]
    assert found == [[*case, *defaults[len(case) :]] for case in expected]


NUMERALS = "0123456789.,一二三五九两十百千万亿零半几数第点分之/%-约超余多个元人至到 、"


@given(st.text(NUMERALS, max_size=40))
def test_any_text_gives_true_spans_in_order(text: str) -> None:
    end = 0
    for number in find(text):
        assert end <= number.start <= number.core_start < number.core_end <= number.end <= len(text)
        end = number.end


@given(st.integers(0, 10**9), st.sampled_from(["", "约", "超过", "近"]), st.sampled_from(["", "余"]))
def test_number_between_words_is_found(number: int, before: str, after: str) -> None:
    text = f"完成{before}{number:,}{after}吨。"
    assert [(text[n.start : n.end], n.value) for n in find(text)] == [(f"{before}{number:,}{after}", number)]


@pytest.mark.parametrize(
    "text", ["一" * 20000, "十三五" * 5000, "1" * 20000, "1." * 10000, "亿" * 20000, "1、" * 10000]
)
def test_long_runs_do_no_harm(text: str) -> None:
    find(text)


def test_a_span_is_the_numeral_and_no_more(extractor: Extractor) -> None:
    found = extractor.numbers("全县共有三百二十户，人均收入1.2萬元。")
    assert [number.span.text for number in found] == ["三百二十", "1.2萬"]
