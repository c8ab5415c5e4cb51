"""Time grows as the text does, whatever is repeated in it: no list without end holds a run up."""

from time import process_time

import pytest

from extract import Extractor

SHORTEST, LONGEST = 1_500, 64_000
"""Characters of the shorter text: as many as it takes to be measured."""
ENOUGH = 0.015
"""Seconds that tell growth from noise."""
LONG = 0.05
"""Seconds that need no second look."""
TIMES, MOST = 4, 9
"""How many times as long the other text is, and may take: quadratic work takes 16 times as long."""

PIECES = [
    "3万",
    "3.5%，",
    "5个",
    "一",
    "百分之",
    "增长5%，",
    "同比增长5%、",
    "由3降到2，",
    "其中，5人、",
    "占比3%的",
    "分别为3、4、",
    "平均每户5元",
    "（5人",
    "“5人",
    "比上年",
    "2023年",
    "1月1日至",
    "去年5月",
    "今年以来，",
    "上午10时30分",
    "每年",
    "三个月、",
    "一、",
    "、4",
    "2021、",
    "每周一、",
    "日",
    "王平、",
    "省长王平、",
    "县委书记、",
    "县政府办公室",
    "他说，",
    "来源：日报\n",
    "中国",
    "a1 ",
    "\n",
    "　　第一章\n",
    "5月3日，县长李明出席会议，投资3亿元，增长5.6%。",
    "党首",
    "省副主席张三会见来宾、",
]
TRIES = 3
"""Times that a text is measured before it counts as slow: the machine may be busy once, not always."""


def seconds(extractor: Extractor, text: str) -> float:
    """The processor's time for a text; for a short time the less of two, since other work can add to it."""
    times: list[float] = []
    while len(times) < 2 and sum(times) < LONG:
        start = process_time()
        extractor.extract(text)
        times.append(process_time() - start)
    return min(times)


def growth(extractor: Extractor, piece: str) -> float:
    """How many times as long a text takes that is four times as long."""
    text, short, size = "", 0.0, SHORTEST
    while short < ENOUGH and size <= LONGEST:
        text, size = piece * (size // len(piece)), size * 2
        short = seconds(extractor, text)
    return seconds(extractor, text * TIMES) / max(short, ENOUGH)


@pytest.mark.parametrize("piece", PIECES)
def test_time_is_linear(extractor: Extractor, piece: str) -> None:
    assert any(growth(extractor, piece) < MOST for _ in range(TRIES))
