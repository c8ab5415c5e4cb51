"""Speed over the corpus, in one process on one core, beside that of `jieba.cut` over the same text.

Nothing is asserted of time: `make bench` prints the figures, and characters a second with them.
"""

from collections import deque
from collections.abc import Callable

import jieba
import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from extract import Extractor
from tests.benchmarks.texts import TEXTS


def timed(benchmark: BenchmarkFixture, work: Callable[[str], object]) -> None:
    """Time one pass over the corpus, warm, and note its speed."""

    def over_the_corpus() -> None:
        for text in TEXTS:
            work(text)

    benchmark.pedantic(over_the_corpus, rounds=5, warmup_rounds=1)
    if benchmark.enabled:
        benchmark.extra_info["characters/s"] = round(sum(map(len, TEXTS)) / benchmark.stats["median"])


@pytest.mark.benchmark(group="whole articles")
def test_jieba_cut(benchmark: BenchmarkFixture) -> None:
    tokenizer = jieba.Tokenizer()
    tokenizer.initialize()
    timed(benchmark, lambda text: deque(tokenizer.cut(text), maxlen=0))


@pytest.mark.benchmark(group="whole articles")
def test_extract(benchmark: BenchmarkFixture, extractor: Extractor) -> None:
    timed(benchmark, extractor.extract)


@pytest.mark.benchmark(group="one record type")
@pytest.mark.parametrize("call", ["numbers", "quantities", "dates", "officials"])
def test_narrow_call(benchmark: BenchmarkFixture, extractor: Extractor, call: str) -> None:
    timed(benchmark, getattr(extractor, call))
