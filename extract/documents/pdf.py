"""The article of a PDF that holds text: paragraphs as they are read, tables by row."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import takewhile
from statistics import median
from typing import Any, BinaryIO

from extract.documents.frame import frames
from extract.documents.margin import Page, without_margins
from extract.documents.missing import missing
from extract.documents.paragraph import paragraphs
from extract.documents.piece import glyphs, pieces
from extract.documents.ruled import with_tables
from extract.documents.sheet import Line, Row, lines, rows
from extract.documents.weight import weight
from extract.records import Notice
from extract.text.decode import ReadError, Text
from extract.text.read import LONGEST, Article, Source, article
from extract.text.stream import whole

PAGES = 2_000
"""Pages of a document."""
UNPACKED = 64 * 2**20
"""Bytes that what is drawn on them unpacks to. They take 20 s and 1 GB."""
SCANNED = "no text, only pictures of pages: recognise it first (ocrmypdf -l chi_sim FILE TEXT.pdf)"
UNREADABLE = "its fonts do not tell which characters they draw: recognise it (ocrmypdf --force-ocr)"
LOCKED = "locked by a password: save it without one (qpdf --decrypt --password=… FILE OPEN.pdf)"
UNKNOWN = re.compile("[\ue000-\uf8ff\ufffd\ufffe\uffff\U000f0000-\U0010ffff]")
KNOWN = 0.7
"""Least share of characters that the fonts must name."""
RADICAL = re.compile("[\u2e80-\u2fdf\uf900-\ufaff]")
"""What some fonts give for a character of its form."""
LARGE = 1.15
"""From which share of the size of the text a line of the first page is its title."""


def pdf(file: BinaryIO, source: Source) -> Article:
    """A document is one article, whose text is kept, since spans point into it."""
    try:
        from pypdfium2 import PdfDocument, PdfiumError
    except ImportError:
        raise missing("PDF files", "pypdfium2") from None
    data = whole(file)
    if weight(data, UNPACKED) > UNPACKED:
        raise ReadError(f"unpacks to more than {UNPACKED} bytes, which is the most that a document may have")
    try:
        with PdfDocument(data) as document:
            pages = _pages(document)
    except PdfiumError as error:
        raise ReadError(LOCKED if "password" in str(error).lower() else f"no PDF: {error}") from None
    text = "\n".join(words.strip() for words in paragraphs(_lines(pages)) if words.strip())
    if not text:
        raise ReadError(SCANNED)
    blank = ", ".join(str(number) for number, page in enumerate(pages, 1) if not page)
    warnings = (Notice(code="pages", message=f"pages without text: {blank}"),) if blank else ()
    title = _title(pages)
    return article(Text(_plain(text), "utf-8", warnings), source, kept=True, title=title and _plain(title))


def _pages(document: Any) -> list[Sequence[Row]]:
    """The lines of each page, without its head and foot. Raises `ReadError` where they cannot be read."""
    if len(document) > PAGES:
        raise ReadError(f"more than {PAGES} pages, which is the most that a document may have")
    found: list[Page] = []
    count = unknown = 0
    for page in document:
        drawn = list(glyphs(page))
        count += len(drawn)
        unknown += sum(UNKNOWN.match(glyph.text) is not None for glyph in drawn)
        if count > LONGEST:
            raise ReadError(f"longer than {LONGEST} characters, which is the most that an article may have")
        tables = frames(page) if drawn else []
        found.append(Page(page.get_height(), rows(with_tables(list(pieces(drawn, tables)), tables))))
        page.close()
    if unknown > (1 - KNOWN) * count:
        raise ReadError(UNREADABLE)
    return without_margins(found)


def _lines(pages: Sequence[Sequence[Row]]) -> Iterator[Line]:
    return (line for page in pages for line in lines(page))


def _title(pages: Sequence[Sequence[Row]]) -> str | None:
    """The largest lines of the first page, where they are larger than the text."""
    sizes = [piece.size for page in pages for row in page for piece in row if not piece.table]
    first = [row[0] for row in pages[0] if len(row) == 1 and not row[0].table]
    if not first:
        return None
    largest = max(first, key=lambda piece: piece.size)
    if largest.size < LARGE * median(sizes):
        return None
    at = first.index(largest)
    return "".join(p.text for p in takewhile(lambda piece: largest.size < LARGE * piece.size, first[at:]))


def _plain(text: str) -> str:
    """The text with characters in place of the forms that some fonts give for them."""
    return RADICAL.sub(lambda match: unicodedata.normalize("NFKC", match[0]), text)
