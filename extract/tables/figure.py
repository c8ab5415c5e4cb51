"""A cell that is a number, and the quantity that it is once its unit is known."""

import re
from decimal import Decimal
from typing import NamedTuple

from extract.mentions import QuantityMention
from extract.tables.grid import Cell
from extract.tables.words import Measure
from extract.text.document import Document

NUMBER = re.compile(r"(?P<number>[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?)[ ]?(?P<unit>[^\d\s]*)")
MARKS = re.compile(r"[①-⑳*＊†]+$")
"""Of footnotes, as they stand in the raw text."""


class Figure(NamedTuple):
    """A cell with a number; ``unit`` as written in it, else empty."""

    start: int
    end: int
    value: Decimal
    unit: str
    unit_start: int

    def measured(self, measure: Measure) -> QuantityMention:
        """The quantity, in a unit that stands in the cell or elsewhere in the table."""
        if measure.sign and not self.unit:
            measure = measure._replace(unit=measure.sign, scale=Decimal(1))
        return QuantityMention(
            start=self.start,
            end=self.end,
            rule="table.cell",
            core_start=self.start,
            core_end=self.unit_start,
            unit_start=self.unit_start,
            unit_end=self.end,
            value=self.value * measure.scale,
            unit=measure.unit,
            family=measure.family,
            currency=measure.currency,
        )


def figure(document: Document, cell: Cell) -> Figure | None:
    """The number that a cell is, marks of footnotes left out."""
    if not any(c.isdigit() for c in cell.text):
        return None
    marks = MARKS.search(document.span(cell.start, cell.end).text)
    text = cell.text[: len(cell.text) - len(marks[0])] if marks else cell.text
    match = NUMBER.fullmatch(text)
    if match is None:
        return None
    value = Decimal(match["number"].replace(",", ""))
    end = cell.start + len(text)
    return Figure(cell.start, end, value, match["unit"], cell.start + match.start("unit"))
