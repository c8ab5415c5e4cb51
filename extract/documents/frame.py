"""A ruled table on a page of a PDF: the lines that are drawn, and the cells between them."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from extract.documents.turn import Box, turned

THIN = 3.0
"""Points that a line is thick at most, and that two lines that meet may miss each other by."""
DRAWN, LINES, CELLS = 4_000, 300, 4_000
"""Boxes and lines that are drawn on a page, lines of one way that they make, and cells of a table; a page
with more is a drawing."""


class Line(NamedTuple):
    """A drawn line: where it stands across its way, and from where to where it goes."""

    at: float
    start: float
    end: float

    def meets(self, other: "Line") -> bool:
        """Whether a line that goes the other way touches it."""
        return (
            self.start - THIN <= other.at <= self.end + THIN
            and other.start - THIN <= self.at <= other.end + THIN
        )

    def passes(self, at: float, middle: float) -> bool:
        """Whether it is the line ``at`` a place, beside ``middle``."""
        return abs(self.at - at) <= THIN and self.start <= middle <= self.end


class Frame(NamedTuple):
    """The edges of columns and rows, and for each square of the grid the cell that it is a part of."""

    columns: list[float]
    rows: list[float]
    cells: list[list[int]]


def frame_at(frames: Sequence[Frame], x: float, y: float) -> tuple[int, int] | None:
    """Frame and cell of a point."""
    for number, frame in enumerate(frames):
        row, column = bisect_right(frame.rows, y) - 1, bisect_right(frame.columns, x) - 1
        if 0 <= row < len(frame.cells) and 0 <= column < len(frame.cells[0]):
            return number, frame.cells[row][column]
    return None


def frames(page: Any) -> list[Frame]:
    """The ruled tables of a page: at least two rows of two columns."""
    across, down = _lines(page)
    if max(len(across), len(down)) > LINES:
        return []
    found = (_frame(group, down) for group in _groups(across, down))
    return [frame for frame in found if frame]


def _lines(page: Any) -> tuple[list[Line], list[Line]]:
    """The lines across and down: those that are drawn, and the edges of boxes."""
    across: list[Line] = []
    down: list[Line] = []
    for box in _boxes(page):
        if box.right - box.left > THIN:
            across += [Line(y, box.left, box.right) for y in _edges(box.top, box.bottom)]
        if box.bottom - box.top > THIN:
            down += [Line(x, box.top, box.bottom) for x in _edges(box.left, box.right)]
    return _whole(across), _whole(down)


def _whole(lines: Sequence[Line]) -> list[Line]:
    """The lines of one way, those that go on from one another as one: each cell may have its own edges."""
    found: list[Line] = []
    places = _distinct(line.at for line in lines)
    for line in sorted(lines, key=lambda line: (bisect_right(places, line.at), line.start)):
        last = found[-1] if found else None
        if last and abs(last.at - line.at) <= THIN and line.start <= last.end + THIN:
            found[-1] = last._replace(end=max(last.end, line.end))
        else:
            found.append(line)
    return found


def _boxes(page: Any) -> Iterator[Box]:
    import pypdfium2.raw as pdfium

    for number, drawn in enumerate(page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH])):
        if number > DRAWN:
            return
        yield turned(page, drawn.get_bounds())


def _edges(start: float, end: float) -> set[float]:
    return {(start + end) / 2} if end - start <= THIN else {start, end}


def _groups(across: Sequence[Line], down: Sequence[Line]) -> Iterator[list[Line]]:
    """The lines across that lines down join."""
    group = list(range(len(across)))
    for line in down:
        joined = {group[i] for i, other in enumerate(across) if line.meets(other)}
        group = [min(joined) if g in joined else g for g in group] if len(joined) > 1 else group
    members: defaultdict[int, list[Line]] = defaultdict(list)
    for line, number in zip(across, group, strict=True):
        members[number].append(line)
    yield from members.values()


def _frame(across: Sequence[Line], down: Sequence[Line]) -> Frame | None:
    """The table of the lines across and of the lines down that meet them."""
    down = [line for line in down if any(line.meets(other) for other in across)]
    ends = (min(line.start for line in across), max(line.end for line in across))
    columns, rows = _distinct([*(line.at for line in down), *ends]), _distinct(line.at for line in across)
    if len(columns) < 3 or len(rows) < 3 or len(columns) * len(rows) > CELLS:
        return None
    cells = [[-1] * (len(columns) - 1) for _ in rows[1:]]
    centres = [(a + b) / 2 for a, b in pairwise(columns)]
    for r, (top, bottom) in enumerate(pairwise(rows)):
        for c, (left, middle) in enumerate(zip(columns, centres, strict=False)):
            if c and not any(line.passes(left, (top + bottom) / 2) for line in down):
                cells[r][c] = cells[r][c - 1]
            elif r and not any(line.passes(top, middle) for line in across):
                cells[r][c] = cells[r - 1][c]
            else:
                cells[r][c] = r * len(centres) + c
    return Frame(columns, rows, cells)


def _distinct(places: Iterable[float]) -> list[float]:
    """The places in order, those that are nearly one as one."""
    found: list[float] = []
    for place in sorted(places):
        if not found or place - found[-1] > THIN:
            found.append(place)
    return found
