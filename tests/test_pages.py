"""Pages in the layouts of many kinds of sites: what readers see at their heads, and which text is theirs."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from extract import Extractor
from extract.records import ArticleInfo
from extract.text.page import page

PAGES = Path(__file__).parent / "pages"
EXPECTED: dict[str, dict[str, Any]] = tomllib.loads((PAGES / "expected.toml").read_text(encoding="utf-8"))
CASES: list[dict[str, str]] = tomllib.loads((PAGES / "heads.toml").read_text(encoding="utf-8"))["case"]
FIELDS = ("title", "published", "publisher", "author")


@cache
def html(name: str) -> str:
    return (PAGES / f"{name}.html").read_text(encoding="utf-8")


def told(extractor: Extractor, code: str) -> ArticleInfo:
    read = page(code)
    return extractor.extract(read.text, **read.known).article


def test_every_page_has_its_expectations() -> None:
    assert {path.stem for path in PAGES.glob("*.html")} == EXPECTED.keys()


@pytest.mark.parametrize("name", EXPECTED)
def test_head(extractor: Extractor, name: str) -> None:
    found = told(extractor, html(name))
    wanted = {field: str(value) for field, value in EXPECTED[name].items() if field in FIELDS}
    assert {field: getattr(found, field) for field in wanted} == wanted


@pytest.mark.parametrize("name", EXPECTED)
def test_text(name: str) -> None:
    text = page(html(name)).text
    assert [phrase for phrase in EXPECTED[name]["keep"] if phrase not in text] == []


BODY = "<p>会议指出，今年全县种粮30万亩，比上年增加2万亩，力争总产量达到12万吨。</p>"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["why"])
def test_what_a_head_says(extractor: Extractor, case: dict[str, str]) -> None:
    """One sign of a head at a time; what is no sign gives nothing."""
    found = told(extractor, f"<html>{case['head']}{BODY * 3}{case.get('foot', '')}</html>")
    wanted = {field: case[field] for field in FIELDS if field in case}
    assert {field: getattr(found, field) or "" for field in wanted} == wanted


def test_contradiction_is_a_warning() -> None:
    code = "<meta name=pubdate content=2020-06-10><h1>全县春耕会议召开</h1><p>发布时间：2020-03-09</p>"
    found = page(code + BODY)
    assert str(found.published) == "2020-03-09"
    (warning,) = found.warnings
    assert warning.message.startswith(
        "signs of the publication date disagree: 2020-03-09 (timestamp) and 2020-06"
    )
