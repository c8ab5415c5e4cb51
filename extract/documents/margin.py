"""Heads and feet of the pages of a PDF: what stands at the ends of many pages, what is small there, and page
numbers."""

import re
from collections import Counter
from collections.abc import Sequence
from statistics import median
from typing import NamedTuple

from extract.documents.sheet import Row

DEEP = 3
"""Lines at either end of a page that may be a head or a foot."""
OFTEN = 3
"""A head stands on every third page at least: left and right pages have their own, the first has none."""
EDGE, SMALL = 0.07, 0.95
"""Share of a page at either end, and of the size of its text, within which a line is a head or a foot."""
DIGITS = re.compile(r"\d+")
MARK = r"[\s\-—–―·~～|_]*"
NUMBER = re.compile(
    rf"{MARK}第?\s*(?:\d{{1,4}}|[ivxIVX]{{1,6}})\s*页?(?:\s*[/，,共]+\s*\d{{1,4}}\s*页?)?{MARK}$"
)


class Page(NamedTuple):
    """The lines of a page from top to bottom, and its height in points."""

    height: float
    rows: Sequence[Row]


def without_margins(pages: Sequence[Page]) -> list[Sequence[Row]]:
    """The lines of each page that are neither head nor foot."""
    least = max(2, len(pages) / OFTEN)
    ends = ({_words(row) for row in (*page.rows[:DEEP], *page.rows[-DEEP:])} for page in pages)
    seen = Counter(words for found in ends for words in found)
    running = {words for words, times in seen.items() if times >= least}
    return [_inner(page, running) for page in pages]


def _inner(page: Page, running: set[str]) -> Sequence[Row]:
    rows = page.rows
    small = SMALL * median([row[0].size for row in rows] or [0])
    outside = [
        _is_margin(row, running) or (row[0].size < small and _at_edge(row, page.height)) for row in rows
    ]
    start, end = 0, len(rows)
    while start < min(DEEP, end) and outside[start]:
        start += 1
    while end > max(start, len(rows) - DEEP) and outside[end - 1]:
        end -= 1
    return rows[start:end]


def _is_margin(row: Row, running: set[str]) -> bool:
    if row[0].table:
        return False
    return _words(row) in running or (len(row) == 1 and NUMBER.match(row[0].text) is not None)


def _at_edge(row: Row, height: float) -> bool:
    return not EDGE * height < row[0].middle < (1 - EDGE) * height


def _words(row: Row) -> str:
    """The text of a line, whatever its numbers."""
    return DIGITS.sub("0", " ".join(piece.text for piece in row))
