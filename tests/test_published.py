"""The publication date: which signs are read, and which is trusted most."""

from datetime import date

import pytest

from extract import Extractor
from extract.rules import Rules
from extract.text.layout import header
from extract.text.published import PublicationDate, disagreement


@pytest.mark.parametrize(
    ("text", "day", "sign"),
    [
        ("Title: 春耕\nDate: 2022-03-04\n\n正文。", date(2022, 3, 4), "header"),
        ("URL: https://example.org/2021-11/05/content_1.html\n正文。", date(2021, 11, 5), "url"),
        ("URL: https://example.org/a/t20211105_7.html\n正文。", date(2021, 11, 5), "url"),
        ("本报讯 春耕开始。\n新华社海陵2020年3月9日电（记者林溪）正文。", date(2020, 3, 9), "dateline"),
        ("全市春耕会议\n2020年03月09日 08:15  来源：某报\n正文。", date(2020, 3, 9), "timestamp"),
        ("庆祝2018年教师节\n9月10日（周一）上午，大会召开。", date(2018, 9, 10), "dateline"),
        ("5月6日，部署新中国成立60周年庆祝活动。", date(2009, 5, 6), "anniversary"),
    ],
)
def test_signs_of_the_publication_date(text: str, day: date, sign: str) -> None:
    head = header(text)
    assert next(PublicationDate(Rules()).signs(text, head.date, head.url)) == (day, sign)


def test_a_year_named_in_passing_dates_no_article() -> None:
    assert list(PublicationDate(Rules()).signs("2019年，全市种树3万棵。5月6日开始。", None, None)) == []


def test_the_file_name_is_the_last_of_the_full_dates() -> None:
    signs = PublicationDate(Rules()).signs
    assert list(signs("正文。", None, None, "t20211105_7")) == [(date(2021, 11, 5), "file")]
    text = "要闻\n2021-11-04 08:15\n正文。"
    found = list(signs(text, None, "https://example.org/2021-11/05/1.html", "20211105-2"))
    assert [sign for _, sign in found] == ["url", "timestamp", "file"]
    assert disagreement(found) is None


def test_full_dates_that_differ_by_days_are_a_warning() -> None:
    signs = list(PublicationDate(Rules()).signs("要闻\n2021-11-04 08:15\n正文。", "2021-11-09", None))
    warning = disagreement(signs)
    assert warning == (
        "signs of the publication date disagree: 2021-11-09 (header) and 2021-11-04 (timestamp);"
        " the first is taken"
    )


def test_the_caller_is_trusted_most_and_disagreement_is_a_warning(extractor: Extractor) -> None:
    text = "Date: 2022-03-04\nURL: https://example.org/2022-03-09/1.html\n昨天下雨。"
    extraction = extractor.extract(text)
    assert (extraction.article.published, extraction.article.published_from) == ("2022-03-04", "header")
    assert [w.code for w in extraction.warnings] == ["published"]
    told = extractor.extract(text, published=date(2022, 3, 10))
    assert (told.article.published, told.article.published_from) == ("2022-03-10", "caller")


def test_without_a_date_relative_expressions_stay_unresolved(extractor: Extractor) -> None:
    (day,) = extractor.extract("昨天下雨。").dates
    assert (day.start, day.end) == (None, None)
