"""The publication date: which signs are read, and which is trusted most."""

from datetime import date

import pytest

from extract import Extractor
from extract.rules import Rules
from extract.text.layout import Header
from extract.text.published import PublicationDate, disagreement


def test_a_year_named_in_passing_dates_no_article() -> None:
    assert PublicationDate(Rules()).signs("2019年，全市种树3万棵。5月6日开始。", Header()) == []


def test_signs_come_in_the_order_of_trust() -> None:
    signs = PublicationDate(Rules()).signs
    text = "要闻\n2021-11-04 08:15\n正文。"
    header = Header(url="https://example.org/2021-11/05/1.html")
    found = signs(text, header, "20211105-2", date(2021, 11, 5))
    assert [sign for _, sign in found] == ["url", "timestamp", "metadata", "file"]
    assert disagreement(found) is None


@pytest.mark.parametrize(
    ("dateline", "metadata", "day"),
    [
        ("3月9日", date(2020, 3, 10), date(2020, 3, 9)),
        ("12月31日", date(2021, 1, 1), date(2020, 12, 31)),
        ("2月29日", date(2021, 3, 1), date(2020, 2, 29)),
    ],
)
def test_a_dateline_takes_its_year_from_the_metadata(dateline: str, metadata: date, day: date) -> None:
    text = f"要闻\n新华社海陵{dateline}电 正文。"
    assert PublicationDate(Rules()).signs(text, Header(), "", metadata)[0] == (day, "dateline")


def test_full_dates_that_differ_by_days_are_a_warning() -> None:
    signs = PublicationDate(Rules()).signs("要闻\n2021-11-04 08:15\n正文。", Header(date="2021-11-09"))
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
