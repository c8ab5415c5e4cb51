"""Files that hold articles, whole and packed, sound and hostile: each article, or the reason why not."""

import gzip
import io
import json
import os
import sys
import time
import tracemalloc
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow
import pyarrow.parquet
import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st

from extract import Extractor
from extract.batch.walk import Choice, walk
from extract.text import read, rows, stream
from extract.text.containers import CONTAINERS, articles, parts
from extract.text.decode import ReadError
from extract.text.read import Article, Fields, Source
from tests.conftest import SIMPLIFIED, cli

OTHERS = "".join(
    f"<p>第{n}个乡镇也通报了情况，当地消防救援大队表示，隐患已经全部整改到位。</p>" for n in range(9)
)
PAGE = f"""<?xml version="1.0" encoding="gb2312"?>
<html><head><title>青石县通报火灾情况</title><meta property="og:site_name" content="青石新闻网">
<meta property="article:published_time" content="2024-01-16T08:00:00+08:00">
<link rel="canonical" href="https://qingshi.example/a/1.html"></head>
<body><div class="nav"><a href="/">首页</a> <a href="/n">新闻</a></div><h1>青石县通报火灾情况</h1>
<div id="content"><p>{SIMPLIFIED}</p><p>据了解，新增消防站3个&lt;均已启用&gt;。</p>
{OTHERS}</div>
<div class="footer">版权所有 电话12345678</div></body></html>"""
ROWS: list[dict[str, Any]] = [
    {"id": "x/1", "text": SIMPLIFIED, "title": "甲", "url": "https://a.example", "published": "2024-01-16"},
    {"id": 2, "text": SIMPLIFIED, "published": "2024年5月6日", "other": [1, {"a": None}]},
    {"text": SIMPLIFIED, "published": "昨天"},
]


def source(path: Path, **known: Any) -> Source:
    return Source(path, parts(path.name)[0], path.name, **known)


def found(path: Path, **known: Any) -> list[Article | ReadError]:
    return list(articles(source(path, **known)))


def one(path: Path, data: bytes, **known: Any) -> Article | str:
    """The article of a file, or the message why there is none."""
    path.write_bytes(data)
    (article,) = found(path, **known)
    return article if isinstance(article, Article) else str(article)


def lines(*items: object) -> bytes:
    return "".join(json.dumps(item, ensure_ascii=False) + "\n" for item in items).encode()


def parquet(items: list[dict[str, Any]]) -> bytes:
    data = io.BytesIO()
    pyarrow.parquet.write_table(pyarrow.Table.from_pylist(items), data)
    return data.getvalue()


def test_html(tmp_path: Path) -> None:
    article = one(tmp_path / "a.html", PAGE.encode("gbk"))
    assert isinstance(article, Article)
    assert article.raw.splitlines()[:2] == [SIMPLIFIED.strip(), "据了解，新增消防站3个<均已启用>。"]
    assert "首页" not in article.raw
    assert "版权所有" not in article.raw
    assert (article.title, article.publisher) == ("青石县通报火灾情况", "青石新闻网")
    assert (article.published, article.published_from) == (date(2024, 1, 16), "metadata")
    assert article.url == "https://qingshi.example/a/1.html"
    assert (article.encoding, article.kept) == ("gb18030", True)


def test_what_a_page_says_of_itself_goes_before_its_metadata(extractor: Extractor, tmp_path: Path) -> None:
    """Its own dateline and source count more than the head of the page, which knows the site."""
    page = PAGE.replace("<p>", "<p>新华社青石1月15日电 ", 1)
    article = one(tmp_path / "a.html", page.replace("</p>", "</p><p>（记者 林溪）</p>", 1).encode())
    assert isinstance(article, Article)
    told = extractor.extract(article.raw, **article.known).article
    assert (told.published, told.published_from) == ("2024-01-15", "dateline")
    assert (told.publisher, told.author) == ("新华社", "林溪")


def test_short_page_and_no_page(tmp_path: Path) -> None:
    article = one(tmp_path / "a.html", "<p>火灾28起。</p>".encode())
    assert isinstance(article, Article)
    assert article.raw == "火灾28起。"
    assert one(tmp_path / "b.html", b"<html></html>") == "b.html: no article in this page"
    picture = b'<p><img src="data:image/png;base64,' + b"A" * 5_000_000 + b'">'
    assert isinstance(one(tmp_path / "c.html", picture + SIMPLIFIED.encode()), Article)
    assert "more than 100000 tags" in str(one(tmp_path / "d.html", b"<p>" * 100_001))
    assert "longer than 4194304 characters" in str(one(tmp_path / "e.html", b"x" * 4_200_000))


PACKERS = {"": bytes, ".gz": gzip.compress, ".zst": zstandard.compress}


@pytest.mark.parametrize("packing", PACKERS)
@pytest.mark.parametrize(
    ("suffix", "data"),
    [
        (".jsonl", lines(*ROWS)),
        (".jsonl", b"\xef\xbb\xbf" + lines(*ROWS)),
        (".ndjson", lines(*ROWS).decode().encode("utf-16")),
        (".jsonl", lines(*ROWS).decode().encode("gbk")),
        (".json", json.dumps(ROWS).encode()),
        (".json", lines(*ROWS)),
        (".parquet", parquet([{**row, "id": str(row["id"]) if "id" in row else None} for row in ROWS])),
    ],
)
def test_rows(tmp_path: Path, suffix: str, data: bytes, packing: str) -> None:
    path = tmp_path / f"crawl{suffix}{packing}"
    path.write_bytes(PACKERS[packing](data))
    first, second, third = (a for a in found(path) if isinstance(a, Article))
    assert [first.id, second.id, third.id] == ["crawl/x%2F1", "crawl/2", "crawl/3"]
    assert {first.raw, second.raw, third.raw} == {SIMPLIFIED}
    assert (first.title, first.url) == ("甲", "https://a.example")
    assert [first.published, second.published] == [date(2024, 1, 16), date(2024, 5, 6)]
    assert (third.published, [w.code for w in third.warnings]) == (None, ["published"])
    assert str(third.source).startswith(f"{path.name}: ")


def test_parquet_of_other_types(tmp_path: Path) -> None:
    row = {"id": 7, "body": SIMPLIFIED.encode("gbk"), "published": date(2024, 1, 16)}
    article = one(tmp_path / "a.parquet", parquet([row]), fields=Fields(text="body"))
    assert isinstance(article, Article)
    assert (article.id, article.raw, article.encoding) == ("a/7", SIMPLIFIED, "gb18030")
    assert article.published == date(2024, 1, 16)


def test_parquet_that_grows_as_no_text_does_is_refused(tmp_path: Path) -> None:
    data = io.BytesIO()
    bomb = pyarrow.table({"text": ["零" * 2**25]})
    pyarrow.parquet.write_table(bomb, data, compression="zstd", use_dictionary=False)
    assert "a bomb, no text" in str(one(tmp_path / "a.parquet", data.getvalue()))


def test_a_bad_cell_of_parquet_costs_its_row(tmp_path: Path) -> None:
    """A moment in the year 60000, which no calendar has."""
    days = pyarrow.array([0, 1_831_000_000_000, 86_400], pyarrow.timestamp("s"))
    texts = pyarrow.array([SIMPLIFIED, SIMPLIFIED, SIMPLIFIED])
    pyarrow.parquet.write_table(
        pyarrow.table({"text": texts, "published": days}), path := tmp_path / "a.parquet"
    )
    first, second, third = found(path)
    assert isinstance(first, Article)
    assert str(second).startswith("a.parquet: row 2: field 'published': ")
    assert isinstance(third, Article)
    assert third.published == date(1970, 1, 2)


def test_object_alone_has_the_name_of_its_file(tmp_path: Path) -> None:
    article = one(
        tmp_path / "p1.json", json.dumps({"id": "9", "body": "字"}).encode(), fields=Fields(text="body")
    )
    assert isinstance(article, Article)
    assert (article.id, article.source, article.raw) == ("p1", "p1.json", "字")


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (b'{"title": "x"}', "no field 'text'"),
        (b'{"text": null}', "no field 'text'"),
        (b'{"text": 3}', "field 'text' is a int, no text"),
        (b"[1]", "an object with fields is wanted, this is a list"),
        (b'{"text": "a', "character 11: no JSON: "),
        (b"[" * 100_000, "nested too deep"),
        (b"9" * 5_000, "no JSON: "),
        (b"\xff\xff", "byte 0 (0xff): not text in"),
    ],
)
def test_bad_line_is_the_error_of_its_line(tmp_path: Path, row: bytes, reason: str) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(lines(ROWS[0]) + b"\n" + row + b"\n" + lines(ROWS[1]))
    before, error, after = found(path)
    assert isinstance(before, Article)
    assert isinstance(after, Article)
    assert str(error).startswith(f"a.jsonl: line 3: {reason}")


def test_broken_list_keeps_what_stands_before(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    for end in (',{"text', ",", "", "," + "[" * 100_000):
        path.write_text(json.dumps(ROWS)[:-1] + end)
        *sound, error = found(path)
        assert len(sound) == 3
        assert str(error).startswith("a.json: after item 3: ")


def test_surrogates_and_zeros_in_json(tmp_path: Path) -> None:
    row = rb'{"id": "\ud800", "text": "\u706b\u707e28\ud800\u8d77\u0000", "title": "\udfff", "n": NaN}'
    article = one(tmp_path / "a.jsonl", row)
    assert isinstance(article, Article)
    assert (article.raw, article.title, article.id) == ("火灾28\ufffd起\ufffd", "\ufffd", "a/\ufffd")
    assert [w.code for w in article.warnings] == ["broken-characters"]


def test_hostile_ids_name_files_inside_the_folder(tmp_path: Path) -> None:
    ids = ["../../x", "/etc/x", "..", "a\\b", "x" * 500, "x" * 501, "", "\0", "a%2Fb", "a/b"]
    (tmp_path / "a.jsonl").write_bytes(lines(*({"id": id, "text": "火灾28起。"} for id in ids)))
    result = cli("run", tmp_path / "a.jsonl", "-o", tmp_path / "out" / "deep")
    assert result.output.startswith("10 articles, 0 failed")
    documents = list((tmp_path / "out" / "deep" / "articles" / "a").iterdir())
    assert len(documents) == 10
    assert len(list(tmp_path.rglob("*.json"))) == 11


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (gzip.compress(os.urandom(10_000))[:-40], "the packed data end too early"),
        (zstandard.compress(os.urandom(10_000))[:-40], "the packed data end too early"),
        (
            gzip.compress(b"x" * 999, mtime=0)[:-8] + b"12345678",
            "byte 29 at most: the packed data are damaged",
        ),
        (b"\x1f\x8b" + b"x" * 50, "byte 52 at most: the packed data are damaged"),
    ],
)
def test_damaged_packing(tmp_path: Path, data: bytes, reason: str) -> None:
    assert reason in str(one(tmp_path / "a.txt.gz", data))


def test_members_and_padding(tmp_path: Path) -> None:
    data = gzip.compress("火灾".encode()) + b"\0" * 3000 + gzip.compress("28起".encode()) + b"\0" * 5
    article = one(tmp_path / "a.txt.gz", data)
    assert isinstance(article, Article)
    assert article.raw == "火灾28起"


@pytest.mark.parametrize("suffix", sorted({*CONTAINERS} - {".doc"}))
@pytest.mark.parametrize("packing", [".gz", ".zst"])
def test_bomb_is_refused_in_bounded_memory(
    tmp_path: Path, suffix: str, packing: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (read, stream):
        monkeypatch.setattr(module, "LIMIT", 2**20)
    path = tmp_path / f"bomb{suffix}{packing}"
    path.write_bytes(PACKERS[packing](b"\n" * 100_000_000))
    tracemalloc.start()
    (error,) = found(path)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert "a bomb, no text" in str(error) or "the most that an article may have" in str(error)
    assert peak < 50_000_000


def test_a_text_longer_than_any_article_is_refused(tmp_path: Path) -> None:
    assert isinstance(one(tmp_path / "a.txt", "一".encode() * read.LONGEST), Article)
    error = one(tmp_path / "b.txt", "一".encode() * (read.LONGEST + 1))
    assert str(error) == "b.txt: longer than 2097152 characters, which is the most that an article may have"


def test_long_line_is_refused_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stream, "LIMIT", 10_000)
    path = tmp_path / "a.jsonl"
    path.write_bytes(lines(ROWS[0], {"text": "x" * 3_000_000}, ROWS[1]))
    before, error, after = found(path)
    assert isinstance(before, Article)
    assert isinstance(after, Article)
    assert str(error).startswith("a.jsonl: line 2: longer than 10000 bytes")


def test_lines_stream(tmp_path: Path) -> None:
    """However many lines there are, they take the memory of a few: none of any line stays behind."""
    path = tmp_path / "a.jsonl"
    path.write_bytes(lines(ROWS[0]) * 2_000)
    held = {}
    tracemalloc.start()
    for number, article in enumerate(articles(source(path)), 1):
        assert isinstance(article, Article)
        if number in (1_000, 2_000):
            held[number], peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert held[2_000] - held[1_000] < 1_000  # a byte a line
    assert peak < path.stat().st_size / 3


FILES = st.sampled_from(sorted(CONTAINERS)).flatmap(
    lambda suffix: st.tuples(
        st.just(suffix), st.sampled_from([lines(*ROWS), parquet(ROWS[:1]), PAGE.encode()])
    )
)


@given(FILES, st.binary(max_size=30), st.integers(0, 400), st.sampled_from(list(PACKERS)))
@settings(max_examples=300, deadline=None)
def test_any_bytes_are_articles_or_refused(
    tmp_path_factory: pytest.TempPathFactory, file: tuple[str, bytes], noise: bytes, at: int, packing: str
) -> None:
    suffix, data = file
    path = tmp_path_factory.getbasetemp() / f"fuzz{suffix}{packing}"
    packed = PACKERS[packing](data)
    for content in (noise, data[:at], packed[:at] + noise + packed[at + len(noise) :]):
        path.write_bytes(content)
        for article in found(path):
            assert isinstance(article, ReadError) or article.raw.encode() is not None


PIECES = (
    "<p>|</p>|<div>|<table>|<tr><td>|<b>|<a href=x>|<br>|<!--|-->|<script>|<h1>|</script>|&#0;|&#xD800;|&lt;",
    "\0|火灾|28起|<title>|<meta charset=x>|<svg>|<li>|]]>|<![CDATA[|<?x|<time datetime=9999-99-99>",
    '<base href="//[">|<link rel=canonical href="//[">|<meta name=date content="2024-02-31">',
    '<meta property="article:published_time" content="0000-00-00">',
)
TAGS = st.sampled_from("|".join(PIECES).split("|"))


@given(st.lists(TAGS, max_size=60), st.integers(1, 20))
@settings(max_examples=100, deadline=None)
def test_hostile_page_is_an_article_or_refused(
    tmp_path_factory: pytest.TempPathFactory, tags: list[str], times: int
) -> None:
    path = tmp_path_factory.getbasetemp() / "fuzz.html"
    path.write_text("".join(tags) * times, encoding="utf-8")
    (article,) = found(path)
    assert isinstance(article, ReadError) or article.raw


@pytest.mark.parametrize(
    "unit",
    [
        "<div>字",
        "<p>",
        "<br>",
        "<a href=/x>字</a>",
        "<li>字字",
        "<table><tr><td>",
        "&amp;",
        "<!--",
        "<",
        "字",
    ],
)
def test_time_is_linear_in_hostile_pages(tmp_path: Path, unit: str) -> None:
    def seconds(length: int) -> float:
        (tmp_path / "a.html").write_text(
            f"<p>{SIMPLIFIED}</p>" + unit * (length // len(unit)), encoding="utf-8"
        )
        started = time.perf_counter()
        found(tmp_path / "a.html")
        return time.perf_counter() - started

    seconds(1000)
    assert seconds(40_000) < 4 * 8 * seconds(5_000) + 0.2


def names(place: Path, **choice: Any) -> list[str]:
    return [source.name for source in walk(place, Choice(**choice)).sources]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in (
        "b.txt",
        "a.html",
        "a.txt.gz",
        "a.png",
        "sub/c.md",
        "sub/drafts/d.json",
        ".hidden/e.txt",
        "z.LOG",
    ):
        path = tmp_path / "in" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("字")
    return tmp_path / "in"


def test_walk_is_sorted_and_chosen(folder: Path) -> None:
    assert names(folder) == ["a.html", "a.txt.gz", "b.txt", "sub/c.md", "sub/drafts/d.json"]
    assert names(folder, include=("*.txt", "*.LOG")) == ["b.txt", "z.LOG"]
    assert names(folder, include=("sub/*",), exclude=("drafts",)) == ["sub/c.md"]
    assert names(folder, exclude=("sub/*", "a.*")) == ["b.txt"]
    assert names(folder, leave=folder / "sub") == ["a.html", "a.txt.gz", "b.txt"]
    assert [source.id for source in walk(folder).sources] == ["a.html", "a", "b", "sub/c", "sub/drafts/d"]


def test_links_are_followed_inside_the_folder(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("字")
    (folder / "out.txt").symlink_to(tmp_path / "secret.txt")
    (folder / "outside").symlink_to(tmp_path)
    (folder / "in.txt").symlink_to(folder / "b.txt")
    (folder / "sub" / "loop").symlink_to(folder)
    (folder / "again").symlink_to(folder / "sub" / "drafts")
    (folder / "twice").symlink_to(folder / "sub" / "drafts")
    (folder / "self").symlink_to("self")
    (folder / "ping").symlink_to("pong")
    (folder / "pong").symlink_to("ping")
    os.mkfifo(folder / "pipe.txt")
    problems = {source.name: source.entry.problem for source in walk(folder).sources if source.entry.problem}
    assert problems == {
        "out.txt": "a link that leads out of the folder",
        "outside": "a link that leads out of the folder",
        "pipe.txt": "no regular file",
    }
    assert names(folder, include=("in.txt", "d.json")) == [
        "again/d.json",
        "in.txt",
        "outside",
        "sub/drafts/d.json",
    ]


def test_deep_folder(tmp_path: Path) -> None:
    place = tmp_path / "in"
    for _ in range(500):
        place.mkdir()
        place /= "a"
    (place.parent / "x.txt").write_text("字")
    assert len(names(tmp_path / "in")) == 1


def results(out: Path) -> Iterator[tuple[str, bytes]]:
    for path in sorted(out.rglob("*")):
        if path.is_file() and path.name != "run.json":
            yield path.relative_to(out).as_posix(), path.read_bytes()


def test_run_of_everything(tmp_path: Path) -> None:
    """All containers at once, the same whatever the number of workers; spans point into what is kept."""
    place = tmp_path / "in"
    place.mkdir()
    (place / "a.html").write_text(PAGE, encoding="utf-8")
    (place / "b.jsonl.gz").write_bytes(gzip.compress(lines(*ROWS, ROWS[1], {"no": 1})))
    (place / "c.json").write_text(json.dumps(ROWS))
    (place / "d.txt").write_text(SIMPLIFIED.encode().decode("latin-1"), encoding="utf-8", newline="")
    for workers in (1, 2):
        result = cli("run", place, "-o", tmp_path / str(workers), "--workers", workers)
        assert result.stdout.startswith("10 articles, 2 failed: ")
    assert list(results(tmp_path / "1")) == list(results(tmp_path / "2"))
    errors = [json.loads(line) for line in (tmp_path / "1/errors.jsonl").read_text().splitlines()]
    assert [error["message"] for error in errors] == [
        "b.jsonl.gz: line 4: a second article with the id 'b/2'",
        "b.jsonl.gz: line 5: no field 'text' or 'content' or 'body'; there is 'no' (--field text=NAME)",
    ]
    for name in ("a", "d"):
        kept = (tmp_path / f"1/articles/{name}.txt").read_text(encoding="utf-8")
        document = json.loads((tmp_path / f"1/articles/{name}.json").read_bytes())
        spans = [record["span"] for record in (*document["metrics"], *document["dates"])]
        assert spans
        assert all(kept[span["start"] : span["end"]] == span["text"] for span in spans)
    assert not (tmp_path / "1/articles/c.txt").exists()


def test_options(tmp_path: Path) -> None:
    data = lines({"body": SIMPLIFIED, "time": "2024-01-16", "text": None})
    options = ["--format", "jsonl", "--field", "text=body", "--field", "published=time"]
    result = cli("run", "-", "-o", tmp_path, *options, input=gzip.compress(data))
    assert result.output.startswith("1 articles, 0 failed")
    article = json.loads((tmp_path / "articles/stdin/1.json").read_bytes())["article"]
    assert (article["published"], article["published_from"]) == ("2024-01-16", "field")
    assert cli("explain", "-", *options, input=data).exit_code == 0
    for wrong in ("body", "texts=body", "text="):
        assert cli("run", "-", "--field", wrong, input=data).exit_code == 2


def test_option_dates_over_metadata(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(PAGE, encoding="utf-8")
    cli("run", tmp_path / "a.html", "-o", tmp_path, "--published", "2020-02-02")
    assert json.loads((tmp_path / "articles/a.json").read_bytes())["article"]["published"] == "2020-02-02"


def test_missing_library_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("pyarrow.parquet", "zstandard"):
        monkeypatch.setitem(sys.modules, name, None)
    assert "pip install 'zhextract[parquet]'" in str(one(tmp_path / "a.parquet", b"PAR1"))
    assert "pip install 'zhextract[zstd]'" in str(one(tmp_path / "a.txt.zst", b"\x28\xb5\x2f\xfd"))


def test_values_are_read_one_by_one() -> None:
    assert [n for n, _ in rows._values("[1, 2 ,3]")] == [1, 2, 3]
    assert [n for n, _ in rows._values("{}\n{}")] == [1, 2]
    assert [n for n, _ in rows._values(" {} ")] == [0]
    assert list(rows._values("")) == []
