"""Heads and feet of the pages of a PDF: what stands at the ends of many pages, and page numbers."""

import re
from collections import Counter
from collections.abc import Sequence

from extract.documents.sheet import Row

DEEP = 3
"""Lines at either end of a page that may be a head or a foot."""
OFTEN = 3
"""A head stands on every third page at least: left and right pages have their own, the first has none."""
DIGITS = re.compile(r"\d+")
MARK = r"[\s\-—–―·~～|_]*"
NUMBER = re.compile(
    rf"{MARK}第?\s*(?:\d{{1,4}}|[ivxIVX]{{1,6}})\s*页?(?:\s*[/，,共]+\s*\d{{1,4}}\s*页?)?{MARK}$"
)


def without_margins(pages: Sequence[Sequence[Row]]) -> list[Sequence[Row]]:
    """The lines of each page that are neither head nor foot."""
    least = max(2, len(pages) / OFTEN)
    seen = Counter(
        words for page in pages for words in {_words(row) for row in (*page[:DEEP], *page[-DEEP:])}
    )
    running = {words for words, times in seen.items() if times >= least}
    return [_inner(page, running) for page in pages]


def _inner(page: Sequence[Row], running: set[str]) -> Sequence[Row]:
    start, end = 0, len(page)
    while start < min(DEEP, end) and _is_margin(page[start], running):
        start += 1
    while end > max(start, len(page) - DEEP) and _is_margin(page[end - 1], running):
        end -= 1
    return page[start:end]


def _is_margin(row: Row, running: set[str]) -> bool:
    if row[0].table:
        return False
    return _words(row) in running or (len(row) == 1 and NUMBER.match(row[0].text) is not None)


def _words(row: Row) -> str:
    """The text of a line, whatever its numbers."""
    return DIGITS.sub("0", " ".join(piece.text for piece in row))
