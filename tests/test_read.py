"""From bytes to articles: encodings, refusals, and the index of a folder."""

from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.text.decode import ReadError, decode
from extract.text.index import IndexFileError, load
from extract.text.mojibake import repaired
from extract.text.read import read
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
        (SIMPLIFIED, "utf-16-le", "utf-16-le"),
        (SIMPLIFIED, "utf-16-be", "utf-16-be"),
        ("\ufeff" + SIMPLIFIED, "utf-16-be", "utf-16-be"),
        ("\ufeff" + SIMPLIFIED, "gb18030", "gb18030"),
        ("", "utf-8", "utf-8"),
    ],
)
def test_encodings(text: str, codec: str, encoding: str) -> None:
    assert decode(text.encode(codec)) == (text.removeprefix("\ufeff"), encoding, ())


@pytest.mark.parametrize("path", sorted((CORPUS / "articles").glob("*.txt")), ids=lambda p: p.stem)
def test_corpus_survives_the_legacy_encodings(path: Path) -> None:
    text = decode(path.read_bytes())[0]
    assert decode(text.encode("gb18030"))[0] == text
    traditional = text.encode("big5hkscs", "ignore").decode("big5hkscs")
    if "traditional" in path.stem:
        assert decode(traditional.encode("big5hkscs")) == (traditional, "big5", ())


@given(st.text(st.characters(codec="utf-8", exclude_characters="\0\ufeff", exclude_categories=["Cc"])))
def test_any_utf8_text_reads_as_itself(text: str) -> None:
    assert decode(text.encode()) == (text, "utf-8", ())


@given(st.binary())
def test_any_bytes_read_or_are_refused(data: bytes) -> None:
    with suppress(ReadError):
        decode(data).text.encode("utf-8")


@given(st.sampled_from(["utf-8", "gb18030", "big5hkscs", "utf-16"]), st.integers(2, 110))
def test_truncated_text_reads_up_to_the_cut(codec: str, size: int) -> None:
    text = TRADITIONAL if codec == "big5hkscs" else SIMPLIFIED
    with suppress(ReadError):
        found = decode(text.encode(codec)[:size])
        assert text.startswith(found.text[:-2]) or size < 40


BYTES = SIMPLIFIED.encode()


@pytest.mark.parametrize(
    ("data", "encoding", "places"),
    [
        (BYTES[:39] + b"\xff" + BYTES[39:], "utf-8", "39"),
        (BYTES[:-2], "utf-8", "115"),
        (b"\xef\xbb\xbf" + BYTES[:39] + b"\xff" + BYTES[39:], "utf-8", "42"),
        (BYTES[:39] + b"\0" + BYTES[39:75] + b"\xc0" + BYTES[75:], "utf-8", "39, 74"),
        (SIMPLIFIED.encode("gbk")[:30] + b"\xff" + SIMPLIFIED.encode("gbk")[30:], "gb18030", "30"),
        (SIMPLIFIED.encode("utf-16") + b"\x00\xd8", "utf-16-le", "96"),
    ],
)
def test_a_few_broken_bytes_are_kept_with_their_places(data: bytes, encoding: str, places: str) -> None:
    text, found, (warning,) = decode(data)
    assert (found, text.replace("\ufffd", "")[:30]) == (encoding, SIMPLIFIED[:30])
    assert warning.message.endswith(f"broken in {encoding}, read as U+FFFD: byte {places}")
    assert warning.span
    assert text[warning.span.start : warning.span.end] == warning.span.text == "\ufffd"


def test_declared_charset_only_parts_equal_readings() -> None:
    page = "<meta charset=big5><p>" + SIMPLIFIED
    assert decode(page.encode("gbk")).text == page
    assert decode(page.encode()).text == page


@pytest.mark.parametrize("codec", ["latin-1", "gb18030"])
def test_mojibake_is_repaired(codec: str, tmp_path: Path) -> None:
    meant = SIMPLIFIED if codec == "latin-1" else "县政府新闻办召开发布会，介绍全县消防工作情况"
    (tmp_path / "a.txt").write_text(meant.encode().decode(codec, "replace"), encoding="utf-8", newline="")
    article = read(tmp_path / "a.txt")
    assert article.raw == meant
    assert article.kept
    assert [warning.code for warning in article.warnings] == ["mojibake"]


@pytest.mark.parametrize(
    "text", ["", "x", "联通", "Ægir café Ü ß ñ é è ê ë ì í î ï", TRADITIONAL, SIMPLIFIED * 50]
)
def test_sound_text_is_no_mojibake(text: str) -> None:
    assert repaired(text) is None


@given(st.text())
def test_any_text_is_mojibake_or_not(text: str) -> None:
    repaired(text.encode("utf-8", "replace").decode())


@pytest.mark.parametrize(
    ("data", "place"),
    [
        (b"\x89PNG\r\n\x1a\n\0\0\0\r", "byte 8:"),
        (b"caf\xe9 ", "byte 3 (0xe9):"),
        (SIMPLIFIED.encode()[:39] + b"\xff" * 20, "byte 39 (0xff): not text in"),
        (b"\xff\xfe" + "年".encode("utf-16-le") + b"\x00\xd8", "byte 4"),
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
        ("a.txt\t9 January", "index.tsv: line 2: published '9 January' is no date"),
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
