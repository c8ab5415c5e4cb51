"""The order in which a page is read: its lines, its columns one after the other, its tables by row."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from statistics import median
from typing import NamedTuple

from extract.documents.piece import Piece, merged
from extract.text.grid import NUMBER

FULL, WIDE = 0.85, 10
"""Share of a column that a line of prose fills, and the least characters that a column of prose holds."""
DEEP = 200
"""Lines of a column."""
Row = list[Piece]
FIGURE = re.compile(rf"{NUMBER.pattern}[%％]?$|[-—–…]+$")


class Line(NamedTuple):
    """A line of prose in its column, or the lines of a table."""

    piece: Piece
    left: float
    right: float
    """Where the column begins and ends."""


class Gap(NamedTuple):
    """A stretch across the page in which nothing stands."""

    left: float
    right: float


def rows(pieces: Iterable[Piece]) -> list[Row]:
    """The pieces by line, from top to bottom."""
    found: list[Row] = []
    for piece in sorted(pieces, key=lambda piece: piece.middle):
        last = found[-1][0] if found else None
        if last and piece.middle - last.middle < min(last.size, piece.size) / 2:
            found[-1].append(piece)
        else:
            found.append([piece])
    return [merged(row) for row in found]


def lines(rows: Sequence[Row]) -> Iterator[Line]:
    """The lines of a page in the order in which they are read."""
    plain: list[Row] = []
    at = 0
    left, right = min((r[0].left for r in rows), default=0), max((r[-1].right for r in rows), default=0)
    while at < len(rows):
        gaps, end = _region(rows, at, Gap(left, right))
        columns = _columns(rows[at:end], gaps)
        if any(map(_is_prose, columns)):
            yield from _plain(plain, Gap(left, right))
            plain = []
            for column in columns:
                yield from lines(column)
            at = end
        else:
            plain.append(rows[at])
            at += 1
    yield from _plain(plain, Gap(left, right))


def _region(rows: Sequence[Row], start: int, page: Gap) -> tuple[list[Gap], int]:
    """The gaps that go down through the rows from one on, as far as there are any, and where that ends."""
    gaps = [page]
    for at in range(start, min(len(rows), start + DEEP)):
        width = min(piece.size for piece in rows[at])
        left = [gap for gap in _clear(gaps, rows[at]) if gap.right - gap.left >= width]
        if not left:
            return gaps, at
        gaps = left
    return gaps, min(len(rows), start + DEEP)


def _clear(gaps: Iterable[Gap], row: Row) -> Iterator[Gap]:
    """What a row leaves of gaps."""
    for gap in gaps:
        start = gap.left
        for piece in row:
            if piece.left < gap.right and piece.right > start:
                yield Gap(start, piece.left)
                start = piece.right
        yield Gap(start, gap.right)


def _columns(rows: Sequence[Row], gaps: Sequence[Gap]) -> list[list[Row]]:
    """The rows between the gaps, where each column has some beside those of another."""
    edges = [(gap.left + gap.right) / 2 for gap in gaps]
    columns: list[list[Row]] = [[] for _ in (*edges, 0)]
    for row in rows:
        for number, found in groupby(row, key=lambda piece: sum(edge < piece.left for edge in edges)):
            columns[number].append(list(found))
    columns = [column for column in columns if column]
    tops = [column[0][0].top for column in columns]
    bottoms = [column[-1][0].bottom for column in columns]
    return columns if len(columns) > 1 and max(tops) < min(bottoms) else []


def _is_prose(column: Sequence[Row]) -> bool:
    """Whether most lines fill the column from side to side."""
    left, right = min(row[0].left for row in column), max(row[-1].right for row in column)
    size = median(row[0].size for row in column)
    full = sum(row[-1].right - row[0].left > FULL * (right - left) for row in column if len(row) == 1)
    return len(column) > 1 and right - left > WIDE * size and full * 2 >= len(column)


def _plain(rows: Sequence[Row], page: Gap) -> Iterator[Line]:
    """The lines of one column, and the tables that rows of figures make."""
    at = 0
    while at < len(rows):
        end = _table_end(rows, at)
        if end > at:
            yield Line(_table(rows[at:end]), *page)
        else:
            end = at + 1
            yield from (Line(piece, *page) for piece in _whole(rows[at]))
        at = end


def _whole(row: Row) -> Row:
    """The pieces of a line of prose as one, for all its wide spaces."""
    if any(piece.table for piece in row):
        return row
    text = " ".join(piece.text for piece in row)
    return [row[0]._replace(right=row[-1].right, size=max(piece.size for piece in row), text=text)]


def _table_end(rows: Sequence[Row], start: int) -> int:
    """Where the table ends that begins at a row; there, if none does."""
    figures = 0
    end = start
    for at in range(start, len(rows)):
        row = rows[at]
        if len(row) < 2 or any(piece.table for piece in row):
            break
        if 2 * sum(FIGURE.match(piece.text) is not None for piece in row[1:]) >= len(row) - 1:
            figures += 1
            end = at + 1
    return end if figures > 1 and 2 * figures >= end - start else start


def _table(rows: Sequence[Row]) -> Piece:
    """The rows as lines of cells: a heading over several columns stands in each."""
    widest = [row for row in rows if len(row) == max(map(len, rows))]
    columns: list[Gap] = []
    for piece in sorted((piece for row in widest for piece in row), key=lambda piece: piece.left):
        if columns and piece.left < columns[-1].right:
            columns[-1] = Gap(columns[-1].left, max(columns[-1].right, piece.right))
        else:
            columns.append(Gap(piece.left, piece.right))
    table = tuple(bars([_under(column, row) for column in columns]) for row in rows)
    first, last = rows[0][0], rows[-1][0]
    return first._replace(bottom=last.bottom, right=columns[-1].right, text="", table=table)


def _under(column: Gap, row: Row) -> str:
    """What stands in a column of a row."""
    return " ".join(piece.text for piece in row if piece.left < column.right and piece.right > column.left)


def bars(cells: Iterable[str]) -> str:
    """A row of a table as a line of text."""
    return f"| {' | '.join(cell.replace('|', '｜') for cell in cells)} |"
