"""Numerals: what is written, in any way of writing, is read back exactly."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.numerals import json_number, parse

PLAIN = "零一二三四五六七八九"
FINANCIAL = str.maketrans("一二三四五六七八九十百千", "壹贰叁肆伍陆柒捌玖拾佰仟")


def _section(number: int) -> str:
    """A number under ten thousand in Chinese."""
    written = ""
    for digit, unit in zip(f"{number:04}", ("千", "百", "十", ""), strict=True):
        written += PLAIN[int(digit)] + unit if digit != "0" else "零"
    while "零零" in written:
        written = written.replace("零零", "零")
    return written.strip("零") if number > 999 else "零" + written.strip("零")


def chinese(number: int) -> str:
    """A whole number as Chinese writes it out."""
    sections = [(number // 10**8, "亿"), (number // 10**4 % 10**4, "万"), (number % 10**4, "")]
    written = "".join(_section(value) + unit if value else "零" for value, unit in sections)
    while "零零" in written:
        written = written.replace("零零", "零")
    return written.strip("零") or "零"


WHOLE = st.integers(0, 10**12 - 1)


@given(WHOLE)
def test_chinese_is_read_back(number: int) -> None:
    assert parse(chinese(number)) == number


@given(WHOLE)
def test_financial_is_read_back(number: int) -> None:
    assert parse(chinese(number).translate(FINANCIAL)) == number


@given(WHOLE)
def test_thousands_are_read_back(number: int) -> None:
    assert parse(f"{number:,}") == parse(str(number)) == number


@given(st.text(PLAIN, min_size=3, max_size=12))
def test_digits_one_by_one_are_read_back(written: str) -> None:
    assert parse(written) == int("".join(str(PLAIN.index(c)) for c in written))


@given(
    st.decimals(0, 10**6, places=2),
    st.sampled_from([("", 1), ("万", 10**4), ("亿", 10**8), ("万亿", 10**12)]),
)
def test_mixed_is_exact(number: Decimal, multiplier: tuple[str, int]) -> None:
    assert parse(f"{number}{multiplier[0]}") == number * multiplier[1]


@given(st.integers(0, 9999), st.text("0123456789", min_size=1, max_size=8))
def test_decimals_in_words_are_exact(whole: int, decimals: str) -> None:
    written = f"{chinese(whole)}点{''.join(PLAIN[int(c)] for c in decimals)}"
    assert parse(written) == Decimal(f"{whole}.{decimals}")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("两千零三", 2003),
        ("二〇二四", 2024),
        ("一百二", 120),
        ("三万五", 35000),
        ("十三万五", 135000),
        ("一百零二", 102),
        ("3亿5千万", 350000000),
        ("1.2万亿", 1200000000000),
        ("9.1万", 91000),
        ("1万600", 10600),
        ("三千万亿", 3000000000000000),
        ("卅三", 33),
        ("半", Decimal("0.5")),
        ("一半", Decimal("0.5")),
        ("两个半", Decimal("2.5")),
        ("1/4", Decimal("0.25")),
        ("百分之五", Decimal("0.05")),
        ("两个亿", 200000000),
        ("15k", 15000),
    ],
)
def test_parse(text: str, value: Decimal | int) -> None:
    assert parse(text) == value


@pytest.mark.parametrize("text", ["", "点", "个", "abc", "三分之", "1/0", "十三五", "1一2"])
def test_not_a_numeral(text: str) -> None:
    assert parse(text) is None


@pytest.mark.parametrize(("value", "json"), [("4.90", 4.9), ("13.0", 13), ("0.1", 0.1), ("1E+3", 1000)])
def test_json_number(value: str, json: float) -> None:
    written = json_number(Decimal(value))
    assert written == json
    assert isinstance(written, type(json))
