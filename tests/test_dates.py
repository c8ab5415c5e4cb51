"""Time expressions: the cases, the examples of the rules, and what holds of every result."""

import tomllib
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from extract.dates import DateFinder
from extract.dates.calendar import easter, festival, lunar_month, solar_term
from extract.dates.interval import add_months
from extract.dates.length import read
from extract.dates.rule import FILES, DateRule
from extract.mentions import DateMention
from extract.rules import Rules
from extract.text.alignment import Alignment
from extract.text.document import Document
from extract.text.script import fold
from extract.text.segment import segmenter

RULES = Rules()
FINDER = DateFinder(RULES)
SEGMENTER = segmenter("rjieba", ())
CASES = tomllib.loads((Path(__file__).parent / "cases" / "dates.toml").read_text(encoding="utf-8"))["case"]


def document(text: str, reference: str | None = None) -> Document:
    moment = datetime.fromisoformat(reference) if reference else None
    return Document(text, fold(text), Alignment(()), SEGMENTER, moment)


def find(text: str, reference: str | None = None) -> list[DateMention]:
    return FINDER.find(document(text, reference))[0]


def iso(mention: DateMention, moment: datetime | None) -> str:
    if moment is None:
        return ""
    clock = mention.granularity in ("part_of_day", "hour", "minute")
    return moment.isoformat(timespec="minutes") if clock else moment.date().isoformat()


def row(text: str, m: DateMention) -> list[str]:
    return [text[m.start : m.end], m.kind, iso(m, m.begin), iso(m, m.finish)]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_case(case: dict[str, Any]) -> None:
    text = case["text"]
    assert [row(text, m) for m in find(text, case.get("reference"))] == case["expect"]


@pytest.mark.parametrize(
    "rule", [r for stem in FILES for r in RULES.table(stem, DateRule)], ids=lambda r: r.id
)
def test_yes_examples_are_found_by_some_rule(rule: DateRule) -> None:
    for shown in rule.yes:
        spans = [fold(shown["text"])[m.start : m.end] for m in find(shown["text"], shown.get("reference"))]
        assert spans
        assert "span" not in shown or fold(shown["span"]) in spans


@pytest.mark.parametrize(
    ("text", "timex"),
    [
        ("2022年", "2022"),
        ("2023年1月10日", "2023-01-10"),
        ("2023年一季度", "2023-Q1"),
        ("2013至2015年", "2013/2016"),
        ("7年", "P7Y"),
        ("两年半", "P2.5Y"),
        ("2个半月左右", "P2.5M"),
        ("三个小时", "PT3H"),
        ("半年", "P6M"),
        ("数十年", "PXY"),
        ("3至6个月", "P3M/P6M"),
        ("每季度", "P3M"),
        ("去年", "XXXX"),
        ("5月", "XXXX-05"),
        ("昨晚8时", "XXXX-XX-XXT20"),
    ],
)
def test_timex(text: str, timex: str) -> None:
    assert [m.timex for m in find(text)] == [timex]


def test_vague_expressions_have_no_interval() -> None:
    mentions = find("近年来，新时代的乡村变了样。目前，路已修通。", "2024-01-01")
    assert [(m.vague, m.begin, m.finish) for m in mentions] == [(True, None, None)] * 3


def test_refused_candidates_carry_the_reason() -> None:
    _, dropped = FINDER.find(document("教育是百年大计。"))
    assert [(d.rule, bool(d.reason)) for d in dropped] == [("refuse-name", True)]


def test_a_day_that_the_calendar_lacks_has_no_bounds() -> None:
    (mention,) = find("2023年2月30日")
    assert row("2023年2月30日", mention) == ["2023年2月30日", "date", "", ""]


@pytest.mark.parametrize(
    ("notation", "year", "begin"),
    [
        ("L1-1", 2023, date(2023, 1, 22)),
        ("L1--1", 2024, date(2024, 2, 9)),
        ("L8-15", 2020, date(2020, 10, 1)),
        ("5/2/7", 2021, date(2021, 5, 9)),
        ("S15", 2024, date(2024, 4, 4)),
        ("E0", 2013, date(2013, 3, 31)),
    ],
)
def test_festival(notation: str, year: int, begin: date) -> None:
    found = festival(notation, year)
    assert found is not None
    assert found[0].date() == begin


def test_solar_terms_of_a_year() -> None:
    terms = {270: date(2023, 12, 22), 315: date(2023, 2, 4), 90: date(2023, 6, 21), 180: date(2023, 9, 23)}
    assert {d: solar_term(2023, d).date() for d in terms} == terms


def test_lunar_leap_month_and_easter() -> None:
    assert lunar_month(2020, 4, leap=True) == (datetime(2020, 5, 23), datetime(2020, 6, 21))
    assert lunar_month(2021, 4, leap=True) is None
    assert easter(2024) == datetime(2024, 3, 31)


def test_months_end_where_the_month_does() -> None:
    assert add_months(datetime(2024, 1, 31), 1) == datetime(2024, 2, 29)
    length = read("一年")
    assert length is not None
    assert length.shift(datetime(2024, 2, 29), -1) == datetime(2023, 2, 28)


WORDS = [
    "2023年", "1月", "9日", "去年", "上午", "10时", "至", "以来", "前", "后", "近", "五年",
    "来", "（", "）", "周三", "底", "初", "每", "天", "的", "，", "。", "春节",
    "第", "半", "3", "零", "十", "\n", "个月",
]  # fmt: skip


@given(
    st.lists(st.sampled_from(WORDS), max_size=14),
    st.sampled_from([None, "2024-02-29", "0001-01-01", "9999-12-31"]),
)
def test_any_order_of_words_gives_ordered_half_open_intervals(
    words: list[str], reference: str | None
) -> None:
    text = "".join(words)
    mentions = find(text, reference)
    end = 0
    for m in mentions:
        assert end <= m.start < m.end <= len(text)
        end = m.end
        if m.begin and m.finish:
            assert m.begin < m.finish


PLACES = st.tuples(
    st.sampled_from(
        ["", "2024年", "23年", "去年", "次年", "民国112年", "光绪二十六年", "2023Q1", "二○二三年"]
    ),
    st.sampled_from(["", "2月", "12月", "上月", "下旬", "年底", "三季度", "上半年", "腊月", "最后两个月"]),
    st.sampled_from(["", "29日", "31号", "三十", "周三", "今天", "除夕", "前3天", "的第二天", "最后一周"]),
    st.sampled_from(["", "上午", "晚", "9时", "23点40", "24:00", "10时30分20秒"]),
    st.sampled_from(["", "前三天", "后一周", "的3天后", "起3天", "之前", "及以后", "以来", "开始"]),
).map("".join)


@given(
    PLACES, st.sampled_from(["至", "到", "和", "、", "与", "，"]), PLACES, st.sampled_from(["", "之间", "前"])
)
@example("3月31日", "至", "次年2月29日", "")
@example("上月", "到", "今天", "")
@example("6月31日", "至", "7月2日", "之间")
def test_composed_dates_begin_before_they_end(first: str, joiner: str, last: str, tail: str) -> None:
    for m in find(f"会期{first}{joiner}{last}{tail}，明日公布。", "2024-02-29"):
        assert not (m.begin and m.finish) or m.begin < m.finish


def test_a_finder_is_shared_by_threads() -> None:
    texts = [case["text"] for case in CASES] * 4
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(find, texts)) == [find(text) for text in texts]


@pytest.mark.parametrize("unit", ["（6月", "今天（", "至1月", "2023年", "一", "第一", "3年", "每年", "1、"])
def test_a_text_of_one_word_over_and_over_is_read_through(unit: str) -> None:
    end = 0
    for m in find(unit * 3000, "2024-01-01"):
        assert end <= m.start < m.end
        end = m.end
