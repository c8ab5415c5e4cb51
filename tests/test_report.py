"""The report page in a real browser, from a folder: found, read, judged, and nothing of an article obeyed."""

import json
import shutil
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from extract import Extraction, Extractor
from extract.facts.store import FILE, Store
from extract.pipeline import Refused
from extract.records import Notice, Span
from extract.report.site import ReportError, Shown, Site, write_site
from extract.rules import Rules
from tests.conftest import CORPUS, SIMPLIFIED, cli

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
browsing = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium: apt-get install chromium")

TEXT = """\
Date: 2024-01-16

2023年，全县接报火灾28起，同比下降9.3%。全县用电量达5.2亿千瓦时，增长4.1%。
县长周启明说，今年火灾起数再降百分之五。救援队出动31次。
"""
OLD = "2023年，全縣接報火災28起，同比下降9.3%。縣長周啟明說，今年火災起數再降百分之五。\n"
MANY = 1000


def shown(extractor: Extractor, text: str, **known: Any) -> Shown:
    extraction, dropped = extractor.explain(text, **known)
    return Shown(extraction, dropped)


@pytest.fixture(scope="module")
def site(extractor: Extractor, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A thousand articles: two that are their own, the others alike but for name and date."""
    folder = tmp_path_factory.mktemp("report")
    first = shown(extractor, TEXT, id="甲/first", title="安全生产新闻发布会", publisher="青石日报")
    old = shown(extractor, OLD, id="乙/old", title="消防會議", published="2024-02-01")
    plain = extractor.extract(SIMPLIFIED)
    info = plain.article
    alike = (
        Shown(
            replace(
                plain,
                article=replace(
                    info,
                    id=f"{n:04d}",
                    title=f"第{n}号通报",
                    published=(date(2020, 1, 1) + timedelta(n)).isoformat(),
                ),
            ).with_text(SIMPLIFIED)
        )
        for n in range(MANY - 2)
    )
    write_site(folder, (first, old, *alike), extractor.rules)
    return folder


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """One browser for all tests, without a network."""
    with sync_api.sync_playwright() as playwright:
        arguments = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)
        yield browser
        browser.close()


@pytest.fixture
def tab(browser: Any) -> Iterator[Any]:
    """A window of its own, with its own storage, in which no error and no request to a network may occur."""
    context = browser.new_context(viewport={"width": 1400, "height": 900}, locale="zh-CN", offline=True)
    page, wrong = context.new_page(), []
    page.set_default_timeout(60_000)  # a busy machine draws a page late
    page.on("console", lambda message: wrong.append(message.text))
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on(
        "request",
        lambda request: request.url.startswith(("file:", "blob:")) or wrong.append(request.url),
    )
    yield page
    context.close()
    assert wrong == []


def visit(tab: Any, site: Path, way: str = "", sign: str = "#text p span") -> None:
    tab.goto((site / "index.html").as_uri() + way)
    tab.wait_for_selector(sign)


def held(tab: Any) -> str | None:
    """The id of the record that is held."""
    id: str | None = tab.evaluate("document.querySelector('.panel tr[aria-current]')?.dataset.id")
    return id


def press(tab: Any, *keys: str) -> None:
    for key in keys:
        tab.keyboard.press(key)


def found(tab: Any, count: str) -> None:
    """Wait until the list says how many articles it has."""
    tab.locator("#found", has_text=count).wait_for()


def clear(tab: Any) -> None:
    """Clear the filters, and wait until the page has: what is set before then is cleared, too."""
    tab.click("#clear")
    tab.wait_for_selector("#clear", state="hidden")


def downloaded(tab: Any) -> list[dict[str, Any]]:
    with tab.expect_download() as download:
        tab.click("#download")
    assert download.value.suggested_filename == "reviews.jsonl"
    return [json.loads(line) for line in Path(download.value.path()).read_text("utf-8").splitlines()]


@browsing
def test_opens_a_thousand_articles(tab: Any, site: Path) -> None:
    visit(tab, site)
    assert "全县接报火灾28起" in tab.inner_text("#text")
    assert tab.get_attribute("html", "lang") == "zh-Hans"
    found(tab, "1,000 篇")
    assert tab.evaluate("zhextract.shown") < 5000
    assert tab.locator(".option").count() < 40  # only those in sight are drawn


@browsing
def test_text_and_records_lead_to_each_other(tab: Any, site: Path) -> None:
    visit(tab, site)
    press(tab, "j")
    assert held(tab) == "m1"
    assert tab.inner_text("#text .sel") == "28起"
    assert set(tab.locator("#text [data-tag]").evaluate_all("all => all.map(one => one.dataset.tag)")) >= {
        "名称",
        "时段",
    }
    press(tab, "j", "k")
    assert held(tab) == "m1"
    assert " 例" in tab.inner_text("#card .bar")
    tab.click("#text .m:has-text('31次')")
    assert tab.inner_text("#card h3").strip() != ""
    assert tab.inner_text("#text .sel") == "31次"
    tab.click("tr[data-id=m2]")
    assert "5.2亿千瓦时" in tab.inner_text("#text .sel.sel-m")
    tab.hover("tr[data-id=m1]")
    assert tab.locator("#text .hot").count() > 0
    tab.click("#text .o")
    assert tab.get_attribute("#tab-officials", "aria-selected") == "true"
    tab.go_back()


@browsing
def test_verdicts_are_taken_kept_and_downloaded(tab: Any, site: Path, browser: Any) -> None:
    visit(tab, site)
    press(tab, "j", "1")
    assert held(tab) == "m2"
    press(tab, "2", "u")
    assert held(tab) == "m2"
    assert tab.locator("tr[data-id=m2] .sign").count() == 0
    press(tab, "2", "k", "k", "e")
    tab.fill("#f-name", "火灾起数")
    tab.fill("#f-note", "短一些")
    press(tab, "Enter")
    missing(tab, "救援队")
    press(tab, "c")
    lines = downloaded(tab)
    assert [(line["verdict"], line.get("type")) for line in lines] == [
        ("edit", "metrics"),
        ("wrong", "metrics"),
        ("missing", "metrics"),
        ("complete", None),
    ]
    assert lines[0]["corrected"] == {"name": "火灾起数"}
    assert lines[2]["corrected"] == {"name": "救援队", "value": 10000}
    for line in lines:
        assert len(line["sha256"]) == 64
        for span in filter(None, (line.get("span"), line.get("record", {}).get("span"))):
            assert TEXT[span["start"] : span["end"]] == span["text"]
    tab.reload()
    tab.wait_for_selector("tr[data-id=m1] .sign.edit")
    assert tab.locator(".option .done").count() == 1
    taken_in_again(browser, site, lines)


def missing(tab: Any, words: str) -> None:
    """Select words of the text, and say that they are a metric that was missed."""
    press(tab, "Escape")
    tab.evaluate(
        """words => {
          const piece = [...document.querySelectorAll("#text span")].find(p => p.textContent.includes(words));
          const node = piece.firstChild, at = node.data.indexOf(words), range = document.createRange();
          range.setStart(node, at);
          range.setEnd(node, at + words.length);
          getSelection().removeAllRanges();
          getSelection().addRange(range);
        }""",
        words,
    )
    press(tab, "3")
    tab.fill("#f-name", words)
    tab.fill("#f-value", "1万")
    press(tab, "Enter")
    assert tab.inner_text("#text .y") == words


def taken_in_again(browser: Any, site: Path, lines: list[dict[str, Any]]) -> None:
    """A downloaded file brings the verdicts into another browser, a line of another text does not."""
    context = browser.new_context(locale="zh-CN")
    tab = context.new_page()
    visit(tab, site)
    other = {**lines[0], "sha256": "0" * 64}
    data = "\n".join(map(json.dumps, [*lines, other, "no verdict"]))
    file = {"name": "reviews.jsonl", "mimeType": "application/x-ndjson", "buffer": data.encode()}
    tab.set_input_files("#merge-file", file)
    tab.wait_for_selector("tr[data-id=m2] .sign.wrong")
    assert tab.inner_text("#toast") == "读回 4 条判定"
    assert downloaded(tab) == lines
    context.close()


@browsing
def test_search_knows_both_scripts_and_the_full_text(tab: Any, site: Path) -> None:
    visit(tab, site)
    press(tab, "/")
    tab.keyboard.type("消防会议")
    found(tab, "1 / 1,000 篇")
    tab.fill("#query", "救援队")
    found(tab, "1 / 1,000 篇")
    assert tab.inner_text(".hitline mark") == "救援队"
    tab.fill("#query", "周啟明")
    found(tab, "1,000 篇")
    tab.fill("#query", "不存在的词")
    found(tab, "没有符合的文章")
    tab.fill("#query", "消防會議")
    found(tab, "1 / 1,000 篇")
    press(tab, "Enter")
    tab.wait_for_selector("#text[lang=zh-Hant]")


@browsing
def test_filters(tab: Any, site: Path) -> None:
    visit(tab, site)
    tab.click("#filters summary")
    tab.select_option("#by-publisher", "青石日报")
    found(tab, "1 / 1,000 篇")
    clear(tab)
    tab.fill("#by-from", "2022-09-01")
    tab.fill("#by-to", "2022-09-10")
    found(tab, "10 / 1,000 篇")
    clear(tab)
    rules = tab.locator("#by-rule option").all_inner_texts()
    assert any(rule.startswith("name.before (1000)") for rule in rules)
    tab.select_option("#order", "newest")
    assert "2024-02-01" in tab.locator(".option").first.inner_text()


@browsing
def test_overview_leads_to_sentences(tab: Any, site: Path) -> None:
    visit(tab, site, "#/overview", "#plot a.point")
    assert tab.locator(".totals dd").first.inner_text() == "1,000"
    tab.locator("#plot a.point").first.focus()
    tab.locator("#plot .caption q").wait_for()
    press(tab, "Enter")
    tab.wait_for_selector("#text .sel")
    tab.click("#to-overview")
    tab.fill("#overview input[aria-label='查人名']", "周启")
    assert tab.locator("#career .track").count() >= 1
    tab.click("#language")
    tab.locator("#overview h2", has_text="Persons").wait_for()


@browsing
def test_narrow_dark_and_without_single_keys(tab: Any, site: Path) -> None:
    tab.set_viewport_size({"width": 390, "height": 800})
    visit(tab, site)
    tab.click(".panes [data-pane=records]")
    assert tab.is_visible("#tables")
    assert not tab.is_visible("#text")
    assert tab.evaluate("document.documentElement.scrollWidth") <= 390
    tab.click("#theme")
    tab.click("#theme")
    assert tab.get_attribute("html", "data-theme") == "dark"
    press(tab, "?")
    tab.uncheck("#keys-on")
    press(tab, "Escape", "j")
    assert held(tab) is None


BAD = (
    '<img src=x onerror="window.pwned=1">',
    "</script><script>window.pwned=1</script>",
    '"><svg onload=window.pwned=1>',
    "${window.pwned=1}",
    "__proto__",
    "constructor",
    "'); window.pwned=1; ('",
    "\u202e倒置\u2066",
    "\u2028行\u2029段",
    "\x00空\x1b[31m",
    "../../../etc/passwd#?/%2e%2f",
    "长" * 300,
    "\ud83d 孤代理",
    "😀𠮷字",
)


FOREIGN = {"img", "iframe", "object", "embed", "base", "audio"}
"""Elements that the page has none of."""


def hostile(extraction: Extraction, bad: str, number: int) -> Shown:
    """An article in which whatever is a text is a hostile one; the figures stay where they are."""
    text = f"{extraction.text}{bad}"
    info = replace(
        extraction.article,
        id=bad,
        title=bad,
        publisher=bad,
        author=bad,
        source=bad,
        url="javascript:window.pwned=1" if number % 2 else f"https://example.com/{bad}",
        sha256=f"{number:064d}",
        characters=len(text),
    )
    warning = Notice(code=bad, message=bad, span=Span(0, 2, text[:2]), reading=bad)
    metric = replace(extraction.metrics[0], name=bad, unit=bad, scope=bad, rule=bad)
    official = replace(extraction.officials[0], name=bad)
    told = replace(
        extraction,
        article=info,
        metrics=(metric, *extraction.metrics[1:]),
        officials=(official,),
        warnings=(warning,),
    )
    return Shown(told.with_text(text), (Refused(Span(3, 5, text[3:5]), bad, bad),))


@browsing
def test_hostile_articles_are_shown_and_obeyed_in_nothing(
    tab: Any, extractor: Extractor, tmp_path: Path
) -> None:
    plain = extractor.extract(TEXT)
    write_site(tmp_path, [hostile(plain, bad, n) for n, bad in enumerate(BAD)], extractor.rules)
    visit(tab, tmp_path)
    elements = "[...new Set([...document.querySelectorAll('*')].map(one => one.localName))]"
    scripts = tab.locator("script").count()
    for number in range(len(BAD)):
        assert tab.evaluate("state.article") == number
        press(tab, "j", "t", "t", "t", "t", "t", "1")
        assert not FOREIGN & set(tab.evaluate(elements))
        assert tab.locator("script").count() == scripts
        assert tab.locator("a[href^=javascript]").count() == 0
        assert tab.evaluate("document.documentElement.scrollWidth") <= 1400
        press(tab, "n")
        tab.wait_for_timeout(30)
    press(tab, "o")
    tab.wait_for_selector("#career h2")
    assert not FOREIGN & set(tab.evaluate(elements))
    assert tab.evaluate("window.pwned") is None
    assert tab.evaluate("({}).polluted") is None


SERIES = {
    "4月": ("2024-05-10", "4月份，山东省粗钢产量达到120.5万吨。山东省省长陆行舟出席会议。"),
    "5月": ("2024-06-11", "5月份，山东省粗钢产量达到118万吨。山东省委书记陆行舟讲话。山东省省长陆行舟讲话。"),
    "晚报": ("2024-07-15", "回顾上半年，4月份山东省粗钢产量达到102.5万吨。<b>不是标记</b>"),
}


@pytest.fixture(scope="module")
def gathered(extractor: Extractor, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A page with facts across its articles, of which one has changed since they were gathered."""
    pytest.importorskip("duckdb", reason="facts are an extra")
    pytest.importorskip("pyarrow", reason="facts are an extra")
    folder = tmp_path_factory.mktemp("facts")
    articles = [
        shown(extractor, text, published=published, id=id) for id, (published, text) in SERIES.items()
    ]
    changed = shown(extractor, "6月份，山东省粗钢产量达到1万吨。", published="2024-07-12", id="6月")
    with Store(folder / FILE) as store:
        store.build(extractor.rules, [one.extraction for one in (*articles, changed)])
        other = shown(extractor, "6月份，山东省粗钢产量达到125万吨。", published="2024-07-12", id="6月")
        site = write_site(folder / "page", (*articles, other), extractor.rules, store)
    assert site.facts is not None
    assert site.facts.stale == 1
    return folder / "page"


@browsing
def test_facts_across_articles_lead_to_their_sentences(tab: Any, gathered: Path) -> None:
    visit(tab, gathered, "#/facts", "#series a.point")
    assert tab.inner_text("#series h2").startswith("粗钢产量")
    assert tab.locator("#series a.point").count() == 3
    assert tab.locator("#series a.point.earlier").count() == 1
    tab.locator("#series a.point").first.focus()
    tab.locator("#series .caption q").wait_for()
    assert tab.inner_text("#series .caption mark") == "120.5万吨"
    press(tab, "Enter")
    tab.wait_for_selector("#text .sel")
    assert tab.inner_text("#text .sel.sel-m") == "120.5万吨"
    press(tab, "f")
    tab.wait_for_selector("#held .track")
    assert tab.inner_text("#held h2").startswith("陆行舟")
    assert [name.split(" ")[1] for name in tab.locator("#held .trackname").all_inner_texts()] == [
        "省长",
        "书记",
    ]
    assert tab.locator(".pair .sides section .val").all_inner_texts() == ["120.5万吨", "102.5万吨"]
    tab.click(".pair a >> nth=1")
    tab.wait_for_selector("#text .sel")
    assert "102.5万吨" in tab.inner_text("#text .sel.sel-m")


@browsing
def test_facts_in_english_dark_and_narrow(tab: Any, gathered: Path) -> None:
    tab.set_viewport_size({"width": 390, "height": 800})
    visit(tab, gathered, "#/facts", "#series a.point")
    press(tab, "?")
    assert tab.locator("#key-list kbd", has_text="F").count() == 1
    press(tab, "Escape")
    tab.click("#language")
    tab.locator("#contradictions h2", has_text="Contradictions").wait_for()
    assert tab.inner_text("#series h2").startswith("output of crude steel")
    tab.click("#theme")
    tab.click("#theme")
    assert tab.get_attribute("html", "data-theme") == "dark"
    assert tab.evaluate("document.documentElement.scrollWidth") <= 390
    assert tab.locator("#facts-over b").count() == 0


@browsing
def test_a_page_without_facts_has_no_way_to_them(tab: Any, site: Path) -> None:
    visit(tab, site)
    assert not tab.is_visible("#to-facts")
    press(tab, "f")
    assert tab.is_visible("#text")


def data(folder: Path, name: str) -> Any:
    """What a script of data holds."""
    script = (folder / "data" / f"{name}.js").read_text("utf-8")
    start = f'zhextract("{name}",'
    assert script.startswith(start)
    return json.loads(script[len(start) : -len(");\n")])


def test_articles_are_parted_by_size(extractor: Extractor, tmp_path: Path) -> None:
    long = extractor.extract(TEXT).with_text(TEXT + "长" * 100_000)
    assert write_site(tmp_path, [Shown(long)] * 7, extractor.rules).count == 7
    starts = data(tmp_path, "index")["shards"]
    assert starts == [0, 3, 6]
    assert [len(data(tmp_path, f"t/{k}")) for k in range(3)] == [3, 3, 1]
    assert data(tmp_path, "r/2")[0]["metrics"][0]["span"] == [30, 33]


def test_a_folder_of_something_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "own.txt").write_text("mine")
    with pytest.raises(ReportError, match="something else than a report"):
        Site(tmp_path, Rules())
    assert (tmp_path / "data" / "own.txt").read_text() == "mine"


def test_every_rule_has_a_reason(extractor: Extractor, tmp_path: Path) -> None:
    paths = sorted((CORPUS / "articles").glob("*.txt"))[::6]
    write_site(
        tmp_path, (shown(extractor, path.read_text("utf-8"), id=path.stem) for path in paths), extractor.rules
    )
    assert [rule["id"] for rule in data(tmp_path, "rules") if not rule.get("reason")] == []


def test_commands(tmp_path: Path) -> None:
    """A run makes its own page; `report` makes one of a run, and says which texts are gone."""
    source = tmp_path / "in"
    source.mkdir()
    for name in ("a", "b"):
        (source / f"{name}.txt").write_text(SIMPLIFIED, "utf-8")
    result = cli("run", source, "-o", tmp_path / "out", "--report")
    assert result.exit_code == 0
    assert data(tmp_path / "out" / "report", "index")["id"] == ["a", "b"]
    (source / "b.txt").write_text("other", "utf-8")
    again = cli("report", tmp_path / "out", "-o", tmp_path / "page", "--no-dropped")
    assert data(tmp_path / "page", "index")["id"] == ["a"]
    assert "1 articles left out, their texts are gone or changed (--articles): b" in again.output
    source.rename(tmp_path / "moved")
    assert cli("report", tmp_path / "out", "-o", tmp_path / "page").output.startswith("0 articles")
    moved = cli("report", tmp_path / "out", "-o", tmp_path / "page", "--articles", tmp_path / "moved")
    assert moved.output.startswith("1 articles")
    assert cli("report", tmp_path / "moved", "-o", tmp_path / "page").exit_code == 2
