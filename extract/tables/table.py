"""One table: which rows are headings, and what each other row states."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from msgspec.structs import replace

from extract.mentions import Caution, ChangeMention, MetricMention, PercentageMention, Phrase, QuantityMention
from extract.tables.column import Column, column
from extract.tables.figure import Figure, figure
from extract.tables.fold import folded
from extract.tables.grid import Cell, Grid
from extract.tables.words import PER_MILLE, Measure, Words
from extract.text.document import Document

HEADERS = 3
"""Rows of headings that a table may have."""


class Row(NamedTuple):
    """What a row states."""

    metrics: list[MetricMention]
    percentages: list[PercentageMention]
    cautions: list[Caution]


class Label(NamedTuple):
    """The heading of a row: its cells, those that name it, and the time and the place that it gives."""

    cells: Sequence[Cell]
    names: Sequence[Cell]
    name: str
    period: str | None
    scope: Phrase | None


class Table:
    """A grid with the meaning of its headings."""

    def __init__(self, document: Document, grid: Grid, words: Words) -> None:
        self._words = words
        cells = (cell for row in grid.rows for cell in row if not words.is_time(cell.text))
        self._figures = {cell.start: found for cell in cells if (found := figure(document, cell))}
        self._rows = folded(grid, self._figures).rows
        self._head = self._headings()
        self._columns = [column([row[i] for row in self._head], words) for i in range(len(self._rows[0]))]
        self._stated = words.stated(grid.above) or words.stated(grid.below)
        periods = (words.search("period", line.text) for line in grid.above)
        self._period = next(filter(None, periods), None)
        self._scope = next(filter(None, map(words.place, grid.above)), None)

    @property
    def is_data(self) -> bool:
        """Whether there are numbers under headings, or beside names."""
        body = self._rows[len(self._head) :]
        pairs = not self._head and len(self._columns) == 2
        return any(c.start in self._figures for row in body for c in row) and (bool(self._head) or pairs)

    def read(self) -> Iterator[Row]:
        """What each row under the headings states."""
        for cells in self._rows[len(self._head) :]:
            label = self._label(cells)
            row = Row([], [], [])
            for cell, under in zip(cells, self._columns, strict=True):
                found = self._figures.get(cell.start)
                if found is None or under.kind not in ("level", "change"):
                    continue
                measure = self._measure(cells, label, found, under)
                if under.kind == "change" and not row.metrics:
                    continue
                measure = measure or self._of_difference(row, found, under)
                if measure is None:
                    message = f"no unit can be told for {cell.text} in a table: left out"
                    row.cautions.append(Caution("table-unit", message, cell.start, cell.end))
                elif under.kind == "change":
                    _change(row, found.measured(measure), under)
                elif name := f"{label.name}{''.join(under.names)}":
                    self._level(row, found.measured(measure), name, label, under)
            yield row

    def _headings(self) -> list[list[Cell]]:
        """The first rows without numbers; a second or third only where it goes on under the first."""
        head: list[list[Cell]] = []
        for row in self._rows[:HEADERS]:
            times = (self._words.fits("period", c.text) for c in row if c.start in self._figures)
            if not all(times) or (head and row[0].text not in ("", head[0][0].text)):
                break
            head.append(row)
        return head

    def _label(self, cells: Sequence[Cell]) -> Label:
        """The heading of a row: its cells before the first number."""
        told: list[Cell] = []
        names: list[Cell] = []
        period: str | None = None
        scope: Phrase | None = None
        for cell, under in zip(cells, self._columns, strict=True):
            if under.kind in ("serial", "unit") or not cell.text:
                continue
            if under.kind == "time":
                period = cell.text
            elif cell.start in self._figures or not any(c.isalpha() for c in cell.text):
                break
            elif self._words.fits("period", cell.text):
                period = cell.text
            elif self._words.fits("place", cell.text) or under.kind == "place":
                scope = None if self._words.fits("total", cell.text) else _phrase(cell)
            else:
                names.append(cell)
            told.append(cell)
        return Label(told, names, "".join(self._words.bare(cell.text) for cell in names), period, scope)

    def _measure(self, cells: Sequence[Cell], label: Label, found: Figure, under: Column) -> Measure | None:
        """The unit of a number: of its cell, its column, its row, the lines above."""
        if found.unit:
            return self._words.measure(found.unit)
        if under.measure:
            return under.measure
        if under.kind != "change":
            for cell, other in zip(cells, self._columns, strict=True):
                if other.kind == "unit":
                    return self._words.measure(cell.text)
            headings = (self._words.of_heading(cell.text) for cell in label.names)
            if of_row := next(filter(None, headings), None):
                return of_row
        names = (*under.names, label.name)
        rate = under.kind == "change" or any(self._words.fits("rate", name) for name in names)
        fitting = [m for m in self._stated if (m.family == "percent") == rate]
        return fitting[0] if len(fitting) == 1 else None

    def _of_difference(self, row: Row, found: Figure, under: Column) -> Measure | None:
        """The unit of a change that is what the two levels before it differ by."""
        levels = [m.quantity.value or 0 for m in row.metrics[-2:]]
        if under.kind != "change" or len(levels) < 2 or len(self._stated) != 1:
            return None
        (measure,) = self._stated
        return measure if found.value * measure.scale == levels[1] - levels[0] else None

    def _level(self, row: Row, quantity: QuantityMention, name: str, label: Label, under: Column) -> None:
        place = label.names[0] if label.names else None
        metric = MetricMention(
            start=quantity.start,
            end=quantity.end,
            rule="table.cell",
            name=name,
            name_start=place.start if place else None,
            name_end=place.end if place else None,
            quantity=quantity,
            level=True,
            change=None,
            changed_by=None,
            scope=label.scope or under.scope or self._scope,
            period=label.period or under.period or self._period,
            date=None,
            headings=tuple(map(_phrase, (*label.cells, *under.cells))),
        )
        row.metrics.append(metric)
        if quantity.family == "percent":
            row.percentages.append(_percentage(_in_percent(quantity), metric))


def _in_percent(quantity: QuantityMention) -> QuantityMention:
    """A share in percent, whatever sign it is written with."""
    if quantity.unit != PER_MILLE or quantity.value is None:
        return quantity
    return replace(quantity, value=quantity.value / 10, unit="%")


def _phrase(cell: Cell) -> Phrase:
    return Phrase(cell.text, cell.start, cell.end)


def _change(row: Row, amount: QuantityMention, under: Column) -> None:
    """The change of the level beside it."""
    value = amount.value
    if value is None:
        return
    change = ChangeMention(
        direction="increase" if value > 0 else "decrease" if value < 0 else "unchanged",
        amount=abs(value),
        unit=amount.unit,
        basis=under.basis,
    )
    row.metrics[-1] = replace(row.metrics[-1], change=change, changed_by=amount)
    if amount.family in ("percent", "point"):
        row.percentages.append(_percentage(replace(amount, value=abs(value)), row.metrics[-1]))


def _percentage(quantity: QuantityMention, metric: MetricMention) -> PercentageMention:
    change = metric.change
    return PercentageMention(
        start=quantity.start,
        end=quantity.end,
        rule="table.cell",
        quantity=quantity,
        role="change" if change else "rate",
        direction=change.direction if change else None,
        basis=change.basis if change else None,
        metric=metric,
    )
