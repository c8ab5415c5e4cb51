"""Word, PDF, mail, saved pages and crawls: what is read of them, and what is refused and why."""

import gzip
import io
import zipfile
import zlib
from base64 import a85encode
from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml

from extract import Extractor
from extract.documents import pdf as pdfs
from extract.documents import word as words_
from extract.text.containers import articles, parts
from extract.text.decode import ReadError
from extract.text.read import Article, Source
from tests.conftest import cli
from tests.sheets import column, pdf, rule, words
from tests.test_containers import PAGE

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
TABLE = [["指标", "2022年", "2023年"], ["灌溉面积（公顷）", "1,250", "1,310.5"], ["泵站（座）", "41", "44"]]
BARS = ["| 指标 | 2022年 | 2023年 |", "| 灌溉面积（公顷） | 1,250 | 1,310.5 |", "| 泵站（座） | 41 | 44 |"]


def read(path: Path, data: bytes, **known: Any) -> Article:
    (article,) = _found(path, data, **known)
    assert isinstance(article, Article), article
    assert article.kept
    return article


def refusal(path: Path, data: bytes) -> str:
    (error,) = _found(path, data)
    assert isinstance(error, ReadError)
    assert str(error).startswith(f"{path.name}: ")
    return str(error)


def _found(path: Path, data: bytes, **known: Any) -> list[Article | ReadError]:
    path.write_bytes(data)
    return list(articles(Source(path, parts(path.name)[0], path.name, **known)))


def saved(document: Any) -> bytes:
    data = io.BytesIO()
    document.save(data)
    return data.getvalue()


def with_note(document: Any, text: str) -> None:
    """Put a footnote behind the last paragraph."""
    run = f'<w:r {W}><w:footnoteReference w:id="2"/></w:r>'
    document.paragraphs[-1]._p.append(parse_xml(run))
    words = f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"
    note = f'<w:footnotes {W}><w:footnote w:id="2">{words}</w:footnote></w:footnotes>'
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    part = Part(PackURI("/word/footnotes.xml"), kind, note.encode(), document.part.package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)


def test_word(tmp_path: Path, extractor: Extractor) -> None:
    document = Document()
    document.sections[0].header.paragraphs[0].text = "内部资料　电话0999-6650123"
    document.add_paragraph("青石县水利情况", "Title")
    document.add_paragraph("2024年1月16日　来源：青石日报")
    document.add_heading("一、总体情况", 1)
    paragraph = document.add_paragraph("2023年，全县修建水库")
    paragraph.add_run("12").bold = True
    paragraph.add_run("座，")
    paragraph._p.append(parse_xml(f"<w:del {W}><w:r><w:delText>改造9座，</w:delText></w:r></w:del>"))
    paragraph._p.append(parse_xml(f"<w:ins {W}><w:r><w:t>同比增长20%。</w:t></w:r></w:ins>"))
    document.add_paragraph("清淤沟渠", "List Bullet")
    document.add_paragraph("加固堤防", "List Bullet")
    table = document.add_table(3, 3)
    for row, cells in zip(table.rows, TABLE, strict=True):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    document.add_paragraph("县水利局局长沈怀远说，今后继续巡查。")
    with_note(document, "巡查指日常检查。")
    article = read(tmp_path / "a.docx", saved(document))
    assert article.title == "青石县水利情况"
    assert article.raw.splitlines() == [
        "青石县水利情况",
        "2024年1月16日　来源：青石日报",
        "一、总体情况",
        "2023年，全县修建水库12座，同比增长20%。",
        "清淤沟渠",
        "加固堤防",
        *BARS,
        "县水利局局长沈怀远说，今后继续巡查。",
        "巡查指日常检查。",
    ]
    found = extractor.extract(article.raw, **article.known)
    assert (found.article.published, found.article.publisher) == ("2024-01-16", "青石日报")
    assert [(m.name, m.value, m.unit, m.period) for m in found.metrics][-1] == ("泵站", 44, "座", "2023年")
    assert all(article.raw[m.span.start : m.span.end] == m.span.text for m in found.metrics)


def test_merged_cells_of_word_stand_in_each_column(tmp_path: Path) -> None:
    document = Document()
    table = document.add_table(3, 3)
    for row, cells in zip(
        table.rows, [["乡镇", "泵站（座）", ""], ["", "新建", "改造"], ["柳林镇", "3", "5"]], strict=True
    ):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    table.cell(0, 1).merge(table.cell(0, 2))
    table.cell(0, 0).merge(table.cell(1, 0))
    first, second, third = read(tmp_path / "a.docx", saved(document)).raw.splitlines()
    assert [first, second] == ["| 乡镇 | 泵站（座） | 泵站（座） |", "| 乡镇 | 新建 | 改造 |"]
    assert third == "| 柳林镇 | 3 | 5 |"


LEFT = [
    "　　2023年，全县修建水库12座，改造泵站",
    "31座。",
    "　　县水利局局长沈怀远说，汛期以来各乡",
    "镇巡查了堤防，没有发生险情，全县降水",
]
RIGHT = [
    "量为826.5毫米，比上年增长7.3%；灌溉面积",
    "达到1310公顷。",
    "　　今后将继续修建水库，方便群众用水，",
    "让各乡镇都用上清水。",
]
JOINED = [
    "青石县水利情况",
    "2024年1月16日 来源：青石日报",
    "2023年，全县修建水库12座，改造泵站31座。",
    "县水利局局长沈怀远说，汛期以来各乡镇巡查了堤防，没有发生险情，全县降水量为826.5毫米，比上年增长7.3%；"
    "灌溉面积达到1310公顷。",
    "今后将继续修建水库，方便群众用水，让各乡镇都用上清水。",
]
TOP = [words(60, 60, "青石县水利情况", 18), words(60, 90, "2024年1月16日　来源：青石日报", 10)]


@pytest.mark.parametrize("offset", [0, 9])
@pytest.mark.parametrize("arrange", [list, lambda drawn: drawn[::-1], sorted], ids=["drawn", "back", "mixed"])
def test_columns_of_a_pdf_are_read_one_after_the_other(
    tmp_path: Path, arrange: Callable[[list[str]], list[str]], offset: int
) -> None:
    drawn = arrange([*TOP, *column(60, 120, LEFT), *column(320, 120 + offset, RIGHT)])
    article = read(tmp_path / "a.pdf", pdf(drawn))
    assert article.raw.splitlines() == JOINED
    assert article.title == "青石县水利情况"


@pytest.mark.parametrize(
    ("turn", "matrix"), [(90, "0 1 -1 0 842 0"), (180, "-1 0 0 -1 595 842"), (270, "0 -1 1 0 -247 842")]
)
def test_a_turned_page_is_read_as_it_is_shown(tmp_path: Path, turn: int, matrix: str) -> None:
    lines = ["2024年1月16日，全县修建水库12座；", "改造泵站31座。"]
    page = pdf([f"{matrix} cm", *column(60, 120, lines)[::-1]], turn=turn)
    assert read(tmp_path / "a.pdf", page).raw == "".join(lines)


def test_heads_and_feet_are_left_out_and_paragraphs_go_over_pages(tmp_path: Path) -> None:
    def page(number: int, lines: list[str]) -> list[str]:
        head = words(60, 30, f"青石水利　2024年第{number}期　电话0999-6650123", 9)
        return [head, *column(60, 80, lines), words(290, 800, f"— {number} —", 9)]

    pages = [
        page(1, ["　　全县泵站都装上了监测系统（early warn-"]),
        page(2, ["ing），今后各乡镇按季度统计用水情况，由县", "水利局汇总。"]),
    ]
    text = read(tmp_path / "a.pdf", pdf(*pages)).raw
    assert text == "全县泵站都装上了监测系统（early warning），今后各乡镇按季度统计用水情况，由县水利局汇总。"


def test_what_is_small_at_the_edge_of_a_page_is_its_head(tmp_path: Path) -> None:
    drawn = [
        words(60, 30, "内部资料", 9),
        *TOP,
        *column(60, 120, LEFT),
        words(60, 800, "电话0999-6650123", 9),
    ]
    assert read(tmp_path / "a.pdf", pdf(drawn)).raw.splitlines()[0] == "青石县水利情况"
    assert "电话" not in read(tmp_path / "a.pdf", pdf(drawn)).raw


def test_a_table_of_a_pdf_is_read_by_row(tmp_path: Path) -> None:
    cells = [
        words(60 + 140 * x, 120 + 20 * y, text) for y, row in enumerate(TABLE) for x, text in enumerate(row)
    ]
    bare = pdf([*TOP, *cells, words(60, 190, "注：本表是初步统计数。", 9)])
    assert read(tmp_path / "a.pdf", bare).raw.splitlines()[2:] == [*BARS, "注：本表是初步统计数。"]


def test_a_ruled_table_of_a_pdf_has_its_merged_cells_in_each_column(tmp_path: Path) -> None:
    across = [rule(50, y, 350, y) for y in (100, 180, 220)] + [rule(150, 140, 350, 140)]
    down = [rule(x, 100, x, 220) for x in (50, 150, 350)] + [rule(250, 140, 250, 220)]
    cells = [("乡镇", 60, 130), ("泵站（座）", 160, 110), ("新建", 160, 150), ("改造", 260, 150)]
    cells += [
        ("柳林镇", 60, 183),
        ("白沙乡", 60, 200),
        ("3", 160, 183),
        ("4", 160, 200),
        ("5", 260, 183),
        ("6", 260, 200),
    ]
    drawn = [*across, *down, *(words(x, y, text) for text, x, y in cells)]
    assert read(tmp_path / "a.pdf", pdf(drawn)).raw.splitlines() == [
        "| 乡镇 | 泵站（座） | 泵站（座） |",
        "| 乡镇 | 新建 | 改造 |",
        "| 柳林镇 | 3 | 5 |",
        "| 白沙乡 | 4 | 6 |",
    ]


def test_what_stands_aslant_is_no_text(tmp_path: Path) -> None:
    mark = "q 0.7 0.7 -0.7 0.7 100 -300 cm " + words(100, 400, "机密", 60) + " Q"
    assert "机密" not in read(tmp_path / "a.pdf", pdf([*TOP, mark, *column(60, 120, LEFT)])).raw


def test_pages_without_text_are_a_warning(tmp_path: Path) -> None:
    (warning,) = read(tmp_path / "a.pdf", pdf(TOP, [], column(60, 120, LEFT))).warnings
    assert (warning.code, warning.message) == ("pages", "pages without text: 2")


def zipped(**files: str) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), text)
    return data.getvalue()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.pdf", pdf([]), "no text, only pictures of pages"),
        ("a.pdf", b"no article", "no PDF: "),
        ("a.doc", OLE, "Office file of before 2007"),
        ("a.docx", OLE, "locked by a password"),
        ("a.txt", OLE, "Office file of before 2007"),
        ("a.doc", b"text", "save it as .docx"),
        ("a.docx", b"text", "no document of Word"),
        ("a.docx", zipped(word__document_xml="<w:document"), "a document that cannot be parsed: "),
        ("a", zipped(xl__workbook_xml=""), "a spreadsheet"),
        ("a.txt", zipped(ppt__presentation_xml=""), "slides"),
        ("a", zipped(a_txt="字"), "an archive"),
        ("a.txt", b"Rar!" + bytes(20), "an archive"),
        ("a.txt", b"{\\rtf1 x}", "rich text"),
        ("a.txt.gz", gzip.compress(gzip.compress(b"x", mtime=0), mtime=0), "packed twice"),
        ("a.warc.gz", gzip.compress(gzip.compress(b"x", mtime=0), mtime=0), "packed twice"),
        ("a.eml", b"no header", "it has no header"),
        ("a.eml", b"Subject: a\nContent-Type: image/png\n\nx", "no text in this mail"),
        ("a.mhtml", b"Subject: a\n\nx", "no page is saved in this file"),
        ("a.warc", b"no crawl", "after record 0: "),
    ],
)
def test_what_is_refused_is_told_by_its_first_bytes(
    tmp_path: Path, name: str, data: bytes, reason: str
) -> None:
    assert reason in refusal(tmp_path / name, data)


def test_a_document_of_another_name_is_read_as_what_it_is(tmp_path: Path) -> None:
    document = Document()
    document.add_paragraph("全县修建水库12座。")
    assert read(tmp_path / "a.doc", saved(document)).raw == "全县修建水库12座。"
    assert read(tmp_path / "a", saved(document)).raw == "全县修建水库12座。"
    assert read(tmp_path / "a.txt", pdf(TOP)).title == "青石县水利情况"
    assert read(tmp_path / "b.doc", PAGE.encode()).title == "青石县通报火灾情况"


def test_bounds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = zipped(word__document_xml=" " * (words_.PART + 1))
    assert "over 16777216 bytes of XML" in refusal(tmp_path / "a.docx", bomb)
    packed = zlib.compress(b" " * (pdfs.UNPACKED + 1))
    stream = b"1 0 obj<</Filter/FlateDecode/Length %d>>stream\n%b\nendstream" % (len(packed), packed)
    assert "unpacks to more than 67108864 bytes" in refusal(tmp_path / "bomb.pdf", pdf(TOP) + stream)
    encoded = a85encode(packed) + b"~>"
    stream = b"1 0 obj<</Filter[/ASCII85Decode/FlateDecode]>>stream\n%b\nendstream" % encoded
    assert "unpacks to more than 67108864 bytes" in refusal(tmp_path / "bomb.pdf", pdf(TOP) + stream)
    monkeypatch.setattr(pdfs, "PAGES", 2)
    assert "more than 2 pages" in refusal(tmp_path / "a.pdf", pdf([], [], []))
    monkeypatch.setattr(pdfs, "LONGEST", 20)
    assert "longer than 20 characters" in refusal(tmp_path / "b.pdf", pdf(TOP))


def message(*, html: str = "", plain: str = "") -> EmailMessage:
    made = EmailMessage()
    made["Subject"] = "青石县水利情况"
    made["Date"] = "Tue, 16 Jan 2024 23:30:00 +0800"
    if plain:
        made.set_content(plain, charset="gb2312")
    if html:
        made.add_alternative(html, subtype="html")
    return made


def test_mail(tmp_path: Path) -> None:
    made = message(plain="全县修建水库12座。\n")
    made.add_attachment(b"x", maintype="application", subtype="pdf", filename="附表.pdf")
    article = read(tmp_path / "a.eml", made.as_bytes())
    assert article.raw == "全县修建水库12座。\n"
    assert (article.title, str(article.published)) == ("青石县水利情况", "2024-01-16")
    assert [w.message for w in article.warnings] == ["attached files are not read: 附表.pdf"]
    page = read(tmp_path / "b.eml", message(plain="见网页版", html=PAGE).as_bytes())
    assert "新增消防站3个" in page.raw
    assert page.title == "青石县水利情况"


def test_saved_page(tmp_path: Path) -> None:
    made = EmailMessage()
    made["Snapshot-Content-Location"] = "https://saved.example/1.html"
    made.set_content(
        PAGE.replace('<link rel="canonical" href="https://qingshi.example/a/1.html">', ""), subtype="html"
    )
    made.make_related()
    made.add_related(b"x", maintype="image", subtype="png")
    for name in ("a.mhtml", "a.mht"):
        article = read(tmp_path / name, made.as_bytes())
        assert "新增消防站3个" in article.raw
        assert (article.title, article.url) == ("青石县通报火灾情况", "https://saved.example/1.html")


def crawl(*answers: tuple[str, str, bytes]) -> list[bytes]:
    """The records of a crawl: status, kind and content of each answer, all of 2 February 2024."""
    records = []
    for number, (status, kind, content) in enumerate(answers, 1):
        http = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n\r\n".encode() + content
        about = (
            f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://crawled.example/{number}\r\n"
            "WARC-Date: 2024-02-02T08:00:00Z\r\nContent-Type: application/http; msgtype=response\r\n"
            f"Content-Length: {len(http)}\r\n\r\n"
        )
        records.append(about.encode() + http + b"\r\n\r\n")
    return records


@pytest.mark.parametrize("packed", [False, True])
def test_crawl(tmp_path: Path, packed: bool, extractor: Extractor) -> None:
    undated = (
        "<html><body><p>"
        + "昨天，全县修建水库12座，各乡镇巡查了堤防，没有发生险情。" * 5
        + "</p></body></html>"
    )
    records = crawl(
        ("200 OK", "text/html; charset=gbk", PAGE.encode("gbk")),
        ("404 Not Found", "text/html", PAGE.encode()),
        ("200 OK", "image/png", b"x"),
        ("200 OK", "text/html", b"<html></html>"),
        ("200 OK", "text/html", undated.encode()),
        ("200 OK", "application/pdf", pdf(column(60, 90, ["全县修建水库12座，巡查堤防36公里。"]))),
    )
    data = b"".join(map(gzip.compress, records) if packed else records)
    name = "crawl.warc.gz" if packed else "crawl.warc"
    first, error, last, document = _found(tmp_path / name, data)
    assert isinstance(first, Article)
    assert isinstance(document, Article)
    assert (document.raw, document.url) == (
        "全县修建水库12座，巡查堤防36公里。",
        "https://crawled.example/6",
    )
    assert (first.id, first.source) == ("crawl/1", f"{name}: record 1")
    assert (first.url, str(first.published)) == ("https://crawled.example/1", "2024-01-16")
    assert str(error) == f"{name}: record 4: no article in this page"
    assert isinstance(last, Article)
    found = extractor.extract(last.raw, **last.known)
    assert (found.article.published, found.article.published_from) == ("2024-02-02", "record")
    assert [w.message for w in found.warnings] == [
        "no sign of the publication date: the day of the crawl is taken"
    ]
    dated = extractor.extract(f"新华社青石1月15日电 {last.raw}2024年，", **last.known)
    assert not [w for w in dated.warnings if w.code == "published"]


def test_a_folder_names_what_it_leaves_out(tmp_path: Path) -> None:
    for name, data in {"a.txt": "字".encode(), "b.doc": OLE, "c.zip": b"PK", "d/e.css": b"x"}.items():
        (tmp_path / "in" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "in" / name).write_bytes(data)
    result = cli("run", tmp_path / "in", "-o", tmp_path / "out")
    assert "2 articles, 1 failed" in result.output
    errors = (tmp_path / "out" / "errors.jsonl").read_text(encoding="utf-8").splitlines()
    assert [error.split('"')[3] for error in errors] == ["b.doc", "c.zip", "d/e.css"]
    assert '"stage":"walk","error":"LeftOut","message":"c.zip: left out: an archive: unpack it' in errors[1]
    assert "d/e.css: left out: of no known kind" in errors[2]
