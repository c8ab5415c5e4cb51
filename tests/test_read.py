"""From bytes to articles: encodings, refusals, and the index of a folder."""

from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.text.index import IndexFileError, load
from extract.text.read import ReadError, decode, read
from tests.conftest import CORPUS, SIMPLIFIED, TRADITIONAL


@pytest.mark.parametrize(
    ("text", "codec", "encoding"),
    [
        (SIMPLIFIED, "utf-8", "utf-8"),
        (SIMPLIFIED, "utf-8-sig", "utf-8"),
        (SIMPLIFIED, "gb18030", "gb18030"),
        (SIMPLIFIED, "gbk", "gb18030"),
        (SIMPLIFIED, "gb2312", "gb18030"),
        (TRADITIONAL, "gbk", "gb18030"),
        (TRADITIONAL, "big5", "big5"),
        (TRADITIONAL, "big5hkscs", "big5"),
        (SIMPLIFIED, "utf-16", "utf-16-le"),
        ("\ufeff" + SIMPLIFIED, "utf-16-be", "utf-16-be"),
        ("\ufeff" + SIMPLIFIED, "gb18030", "gb18030"),
        ("", "utf-8", "utf-8"),
    ],
)
def test_encodings(text: str, codec: str, encoding: str) -> None:
    assert decode(text.encode(codec)) == (text.removeprefix("\ufeff"), encoding)


@pytest.mark.parametrize("path", sorted((CORPUS / "articles").glob("*.txt")), ids=lambda p: p.stem)
def test_corpus_survives_the_legacy_encodings(path: Path) -> None:
    text = decode(path.read_bytes())[0]
    assert decode(text.encode("gb18030"))[0] == text
    traditional = text.encode("big5hkscs", "ignore").decode("big5hkscs")
    if "traditional" in path.stem:
        assert decode(traditional.encode("big5hkscs")) == (traditional, "big5")


@given(st.text(st.characters(codec="utf-8", exclude_characters="\0\ufeff", exclude_categories=["Cc"])))
def test_any_utf8_text_reads_as_itself(text: str) -> None:
    assert decode(text.encode()) == (text, "utf-8")


@given(st.binary())
def test_any_bytes_read_or_are_refused(data: bytes) -> None:
    with suppress(ReadError):
        text, _ = decode(data)
        text.encode("utf-8")


@pytest.mark.parametrize(
    ("data", "place"),
    [
        (b"\x89PNG\r\n\x1a\n\0\0\0\r", "byte 8:"),
        (b"caf\xe9 ", "byte 3 (0xe9):"),
        (
            SIMPLIFIED.encode()[:39] + b"\xff" + SIMPLIFIED.encode()[39:],
            "byte 39 (0xff): UTF-8 that is damaged",
        ),
        (b"\xff\xfe" + "年".encode("utf-16-le") + b"\x00\xd8", "byte 4:"),
        (b"\x01\x02\x03\x04abc", "byte 0:"),
    ],
)
def test_no_text_is_refused_with_its_place(tmp_path: Path, data: bytes, place: str) -> None:
    path = tmp_path / "页面.txt"
    path.write_bytes(data)
    with pytest.raises(ReadError) as error:
        read(path)
    assert str(error.value).startswith(f"页面.txt: {place}")


def test_line_ends_stay(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("一行\r\n二行\r三行\n".encode())
    article = read(path)
    assert article.raw == "一行\r\n二行\r三行\n"
    assert (article.id, article.source, article.encoding) == ("a", "a.txt", "utf-8")


def index(folder: Path, *lines: str) -> Path:
    (folder / "index.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def test_index(tmp_path: Path) -> None:
    index(
        tmp_path, "file\tgenre\tpublished\ttitle\turl", "a.txt\tnews\t2023-01-09\t标题\t", "b.txt\tnews\t\t\t"
    )
    (tmp_path / "a.txt").write_text(SIMPLIFIED, encoding="utf-8")
    entries = load(tmp_path)
    article = read(tmp_path / "a.txt", entry=entries["a.txt"])
    assert (article.published, article.published_from) == (date(2023, 1, 9), "index")
    assert (article.title, article.url) == ("标题", None)
    assert entries["b.txt"].published is None


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ("a.txt\t9 January", "index.tsv: line 2: published '9 January' is no ISO date"),
        ("a.txt", "index.tsv: line 2: 1 columns, the header row has 2"),
        ("a.txt\t2023-01-09\nb.txt\t\na.txt\t2023-01-10", "index.tsv: line 4: a second row for 'a.txt'"),
    ],
)
def test_malformed_row_is_the_error_of_its_article(tmp_path: Path, row: str, problem: str) -> None:
    (tmp_path / "a.txt").write_text(SIMPLIFIED, encoding="utf-8")
    entry = load(index(tmp_path, "file\tpublished", row))["a.txt"]
    with pytest.raises(ReadError, match=problem):
        read(tmp_path / "a.txt", entry=entry)


@pytest.mark.parametrize("lines", [("name\tpublished", "a.txt\t"), ("file\tpublished", "\t2023-01-09")])
def test_useless_index_is_refused(tmp_path: Path, lines: tuple[str, ...]) -> None:
    with pytest.raises(IndexFileError, match=r"index.tsv: line [12]: no "):
        load(index(tmp_path, *lines))
