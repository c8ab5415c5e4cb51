"""Tables that stand side by side in one, or that are names and values by turns, as one below the other."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from extract.tables.figure import Figure
from extract.tables.grid import Cell, Grid

PAIR = 2
"""Cells of a name with its value."""


class Turns(NamedTuple):
    """A table of which each cell under an even number may be the name of the next."""

    rows: Sequence[Sequence[Cell]]
    figures: dict[int, Figure]
    """Those of the cells that are numbers, by their start."""

    def are_pairs(self) -> bool:
        """Whether no name is a number, and the numbers of one column are of several units: no heading is
        above them."""
        columns = list(zip(*self.rows, strict=True))
        if len(columns) <= PAIR or len(columns) % PAIR:
            return False
        if any(self._figures(names) for names in columns[::PAIR]):
            return False
        values = [{figure.unit for figure in self._figures(column)} for column in columns[1::PAIR]]
        return all("" not in units for units in values) and any(len(units) > 1 for units in values)

    def _figures(self, cells: Sequence[Cell]) -> list[Figure]:
        return [self.figures[cell.start] for cell in cells if cell.start in self.figures]


def folded(grid: Grid, figures: dict[int, Figure]) -> Grid:
    """The table with what stands side by side in it one below the other."""
    head = [cell.text for cell in grid.rows[0]]
    if Turns(grid.rows, figures).are_pairs():
        pairs = _parts(grid.rows, PAIR)
        return grid._replace(rows=[pair for pair in pairs if pair[1].start in figures])
    for times in (2, 3):
        width, left = divmod(len(head), times)
        if width >= PAIR and not left and head == head[:width] * times:
            return grid._replace(rows=[grid.rows[0][:width], *_parts(grid.rows[1:], width)])
    return grid


def _parts(rows: Sequence[list[Cell]], width: int) -> Iterator[list[Cell]]:
    for start in range(0, len(rows[0]), width):
        yield from (row[start : start + width] for row in rows)
