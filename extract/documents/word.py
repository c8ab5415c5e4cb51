"""The article of a Word document (.docx): paragraphs, headings, items, notes a line each, tables by row."""

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any, BinaryIO
from zipfile import BadZipFile, ZipFile

from extract.documents.missing import missing
from extract.documents.refusal import ARCHIVE, SHEET, SLIDES
from extract.text.decode import ReadError, Text
from extract.text.grid import flatten
from extract.text.read import Article, Source, article
from extract.text.stream import whole

PART = 16 * 2**20
"""Bytes of XML in a document, unpacked: some thousand pages. They take 30 s and 0.5 GB."""
BODY = "word/document.xml"
OTHERS = {"xl/workbook.xml": SHEET, "ppt/presentation.xml": SLIDES}
STYLES = """
p[style-name='Title'] => h1.title:fresh
p[style-name='标题'] => h1.title:fresh
p[style-name='toc 1'] => !
p[style-name='toc 2'] => !
p[style-name='toc 3'] => !
"""
"""The table of contents says nothing that the headings do not say."""
BLOCKS = frozenset(
    ["p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ol", "ul", "table", "tr", "td", "th", "div"]
)
NOTE = re.compile("#(?:foot|end)note")
"""Where the mark of a note leads, and the arrow behind the note."""


def word(file: BinaryIO, source: Source) -> Article:
    """A document is one article, whose text is kept, since spans point into it."""
    try:
        from mammoth import convert_to_html
    except ImportError:
        raise missing("Word documents", "mammoth") from None
    data = whole(file)
    _check(data)
    try:
        html = convert_to_html(
            BytesIO(data), style_map=STYLES, convert_image=_no_picture, ignore_empty_paragraphs=True
        ).value
        title, lines = _read(html)
    except Exception as error:  # any, since documents are hostile and the parser is not ours
        raise ReadError(f"a document that cannot be parsed: {type(error).__name__}: {error}") from None
    if not lines:
        raise ReadError("a document without text: if it holds pictures of pages, recognise their text first")
    return article(Text("\n".join(lines), "utf-8"), source, kept=True, title=title)


def _check(data: bytes) -> None:
    """Raises `ReadError` where this is no document of Word, or one that is too large."""
    try:
        with ZipFile(BytesIO(data)) as archive:
            sizes = {info.filename: info.file_size for info in archive.infolist()}
            locked = any(info.flag_bits & 1 for info in archive.infolist())
    except (BadZipFile, ValueError, NotImplementedError, OSError) as error:
        raise ReadError(f"no document of Word: {error}") from None
    if BODY not in sizes:
        raise ReadError(next((way for part, way in OTHERS.items() if part in sizes), ARCHIVE))
    if locked:
        raise ReadError("locked by a password: save it without one")
    if sum(size for name, size in sizes.items() if name.endswith((".xml", ".rels"))) > PART:
        raise ReadError(f"over {PART} bytes of XML, which is the most that a document may have")


def _no_picture(_image: Any) -> list[Any]:
    return []


def _read(html: str) -> tuple[str | None, list[str]]:
    """The title, where a style tells it, and the lines."""
    from lxml.html import fragment_fromstring

    tree = fragment_fromstring(html, create_parent="div")
    for mark in [a for a in tree.iter("a") if NOTE.match(a.get("href", ""))]:
        mark.drop_tree()
    flatten(tree)
    titles = ("".join(heading.itertext()).strip() for heading in tree.iter("h1") if heading.get("class"))
    return next(filter(None, titles), None), [line for words in _blocks(tree) if (line := words.strip())]


def _blocks(tree: Any) -> Iterator[str]:
    """The text between the beginnings and ends of blocks and the line breaks."""
    from lxml.etree import iterwalk

    words: list[str] = []
    for event, element in iterwalk(tree, events=("start", "end")):
        if element.tag in BLOCKS or element.tag == "br":
            yield "".join(words)
            words = []
        words.append((element.text if event == "start" else element.tail) or "")
    yield "".join(words)
