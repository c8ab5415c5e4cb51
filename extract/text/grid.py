"""Writes the tables of a page as lines of cells, since the main text of a page keeps lines only."""

import re
from typing import Any

LEAST = 2
"""Rows and columns of a table that holds data."""
SPAN = 50
"""Columns or rows that a cell may fill."""
CELLS, LONGEST = 100_000, 80
"""Cells of a table, those that it fills anew among them, and characters of one. Longer ones are layout."""
PARTS = ("table", "caption", "thead", "tbody", "tfoot", "tr", "td", "th")
NUMBER = re.compile(r"[+-]?[\d,.]*\d")


def flatten(tree: Any) -> None:
    """Put a paragraph for each row in the place of every table of data. Tables without numbers stay; those
    of the layout, which hold other tables or long cells, become blocks."""
    words: set[Any] = set()
    for table in list(tree.iter("table")):
        if next(table.iterdescendants("table", "form"), None) is not None:
            continue
        rows = _rows(table)
        if len(rows) < LEAST or len(rows[0]) < LEAST:
            continue
        if not any(NUMBER.match(cell) for row in rows for cell in row):
            words.update(table.iter())
            continue
        caption = table.find("caption")
        above = ["".join(caption.itertext())] if caption is not None else []
        while rows and len(set(rows[0])) == 1:  # a cell over the whole width
            above.append(rows.pop(0)[0])
        _replace(table, [*above, *(f"| {' | '.join(row)} |" for row in rows)])
    for part in [part for part in tree.iter(*PARTS) if part not in words]:
        part.tag = "div"


def _replace(table: Any, lines: list[str]) -> None:
    from lxml.html import Element

    block = Element("div")
    for words in lines:
        paragraph = Element("p")
        paragraph.text = words
        block.append(paragraph)
    block.tail = table.tail
    if (parent := table.getparent()) is not None:
        parent.replace(table, block)


def _rows(table: Any) -> list[list[str]]:
    """The words of the cells, one that spans others in each; nothing where it is no table of data."""
    rows: list[list[str]] = []
    waiting: dict[int, tuple[int, str]] = {}
    cells = 0
    for line in table.iter("tr"):
        row: list[str] = []
        for cell in line.iterchildren("td", "th"):
            _fill(row, waiting)
            words = " ".join("".join(cell.itertext()).split()).replace("|", "｜")
            if len(words) > LONGEST or cells + len(row) > CELLS:
                return []
            below = _span(cell, "rowspan")
            for _ in range(_span(cell, "colspan")):
                if below > 1:
                    waiting[len(row)] = (below - 1, words)
                row.append(words)
        _fill(row, waiting)
        if row:
            rows.append(row)
            cells += len(row)
    width = max(map(len, rows), default=0)
    if width * len(rows) > CELLS:
        return []
    return [row + [""] * (width - len(row)) for row in rows]


def _fill(row: list[str], waiting: dict[int, tuple[int, str]]) -> None:
    """The cells that reach down from the rows above."""
    while len(row) in waiting:
        left, words = waiting.pop(len(row))
        if left > 1:
            waiting[len(row)] = (left - 1, words)
        row.append(words)


def _span(cell: Any, name: str) -> int:
    value = cell.get(name, "1").strip()
    return min(SPAN, int(value)) or 1 if value.isascii() and value.isdigit() else 1
