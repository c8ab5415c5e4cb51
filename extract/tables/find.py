"""Finds the metrics that the cells of tables state."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from extract.mentions import Caution, MetricMention, PercentageMention, QuantityMention
from extract.rules import Rules
from extract.tables.grid import grids
from extract.tables.table import Table
from extract.tables.words import Words
from extract.text.document import Document


class Tabled(NamedTuple):
    """The metrics and percentages of the tables, the stretches that they fill, and what to warn of."""

    metrics: list[MetricMention]
    percentages: list[PercentageMention]
    stretches: list[tuple[int, int]]
    cautions: list[Caution]

    def outside(self, quantities: Sequence[QuantityMention]) -> list[QuantityMention]:
        """The quantities that stand in no table."""
        left: list[QuantityMention] = []
        ends = iter(self.stretches)
        start, end = next(ends, (0, 0))
        for q in quantities:
            while end and q.start >= end:
                start, end = next(ends, (0, 0))
            if not end or q.end <= start:
                left.append(q)
        return left


class TableFinder:
    """Built once from the rules; `find` keeps no state."""

    def __init__(self, rules: Rules) -> None:
        self._words = Words(rules)

    def find(self, document: Document) -> Tabled:
        """What the tables of a document state."""
        found = Tabled([], [], [], [])
        for grid in grids(_with_tabs(document)):
            table = Table(document, grid, self._words)
            if not table.is_data:
                continue
            found.stretches.append((grid.start, grid.end))
            for row in table.read():
                found.metrics.extend(row.metrics)
                found.percentages.extend(row.percentages)
                found.cautions.extend(row.cautions)
        return found


def _with_tabs(document: Document) -> str:
    """The text with the tabs that it has as spaces, since they part the cells of a table."""
    if "\t" not in document.raw:
        return document.text
    raw, place = document.raw, document.alignment.raw_start
    return re.sub(" ", lambda m: "\t" if raw[place(m.start())] == "\t" else " ", document.text)
