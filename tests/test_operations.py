"""What an article costs is counted, not timed: a guard against a pattern or a loop too many."""

import pytest

from extract import Extractor
from tests.benchmarks.operations import count
from tests.benchmarks.texts import TEXTS

PATTERNS, CALLS = 44, 250
"""Most pattern operations and calls of Python a numeral; a little above what they are."""


@pytest.fixture(scope="module")
def dense(extractor: Extractor) -> str:
    """The article with most figures for its length, read once: what is made at first use is no cost of it."""
    text = max(TEXTS, key=lambda text: len(extractor.numbers(text)) / len(text))
    extractor.extract(text)
    return text


def test_a_numeral_costs_few_operations(extractor: Extractor, dense: str) -> None:
    spent, numerals = count(extractor.extract, dense), len(extractor.numbers(dense))
    assert spent.patterns < PATTERNS * numerals
    assert spent.calls < CALLS * numerals


def test_counts_are_the_same_again(extractor: Extractor, dense: str) -> None:
    assert count(extractor.extract, dense) == count(extractor.extract, dense)


def test_a_longer_text_costs_in_proportion(extractor: Extractor, dense: str) -> None:
    once, thrice = (count(extractor.extract, f"{dense}\n" * times).calls for times in (1, 3))
    assert thrice < 3.5 * once
