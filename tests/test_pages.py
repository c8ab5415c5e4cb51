"""Pages in the layouts of many kinds of sites: what readers see at their heads, and which text is theirs."""

import json
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from extract import Extractor
from extract.examples import check, examples
from extract.pages.page import page
from extract.records import ArticleInfo
from extract.rules import Rules
from tests.conftest import cli

PAGES = Path(__file__).parent / "pages"
EXPECTED: dict[str, dict[str, Any]] = tomllib.loads((PAGES / "expected.toml").read_text(encoding="utf-8"))
CASES: list[dict[str, str]] = tomllib.loads((PAGES / "heads.toml").read_text(encoding="utf-8"))["case"]
LAYOUTS: dict[str, Any] = tomllib.loads((PAGES / "layouts.toml").read_text(encoding="utf-8"))
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
    assert [phrase for phrase in EXPECTED[name]["leave"] if phrase in text] == []


BODY = "<p>会议指出，今年全县种粮30万亩，比上年增加2万亩，力争总产量达到12万吨。</p>"


@pytest.mark.parametrize("layout", LAYOUTS["page"], ids=lambda layout: layout["name"])
def test_layouts_of_one_article(extractor: Extractor, layout: dict[str, str]) -> None:
    code = layout["html"].replace("{title}", LAYOUTS["title"]).replace("{text}", LAYOUTS["text"])
    found = told(extractor, code)
    wanted = {"title": LAYOUTS["title"]} | {key: str(layout[key]) for key in FIELDS if key in layout}
    assert {field: getattr(found, field) for field in wanted} == wanted
    text = (
        [line.strip("<p>/\u3000") for line in LAYOUTS["text"].split()] if "{text}" in layout["html"] else []
    )
    assert [line for line in text if line not in page(code).text] == []
    assert [phrase for phrase in layout.get("leave", ()) if phrase in page(code).text] == []


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


@pytest.mark.parametrize("place", ["in", "in/a.html"])
def test_own_selectors_go_before_all(tmp_path: Path, place: str) -> None:
    """Those of the command line, and those of a site in own rules, for a folder and a page that is named."""
    code = (
        "<link rel=canonical href='https://news.qinghe.example/1.html'><h1>全县春耕会议召开</h1><p>2020-03-09</p>"
        f"<div class=x>{BODY}</div><div id=y><i>2020-03-08</i><b>青禾社</b>"
        "<p>全县种树3万棵，增长8%。</p></div>"
    )
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.html").write_text(code, encoding="utf-8")
    rule = f"""
check = "pages"
[[rule]]
id = "own.site"
reason = "an own site"
hosts = ["qinghe.example"]
date = "#y i"
publisher = "#y b"
yes = [{{ text = {code!r}, publisher = "青禾社", published = "2020-03-08", published_from = "selector" }}]
no = [{{ text = "<p>全县种树3万棵，增长8%。</p>", publisher = "青禾社" }}]
"""
    rules = tmp_path / "rules"
    rules.mkdir()
    (rules / "sites.toml").write_text(rule, encoding="utf-8")
    options = ("--rules", rules, "--body-selector", "#y p", "-o", tmp_path / "out")
    assert cli("run", tmp_path / place, *options).exit_code == 0
    assert (tmp_path / "out" / "articles" / "a.txt").read_text(encoding="utf-8") == "全县种树3万棵，增长8%。"
    document = json.loads((tmp_path / "out" / "articles" / "a.json").read_text(encoding="utf-8"))
    assert (document["article"]["published"], document["article"]["publisher"]) == ("2020-03-08", "青禾社")
    assert not [
        str(b) for r in examples(Rules([rules])) if r.rule == "own.site" for b in check(Extractor(rules), r)
    ]


def test_a_wrong_selector_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(BODY, encoding="utf-8")
    result = cli("run", tmp_path, "-o", tmp_path / "out", "--date-selector", "p[")
    assert result.exit_code == 2
    assert "'p[' is no CSS selector" in result.output
