"""What the headings of a column say of the cells under them."""

from collections.abc import Sequence
from typing import Literal, NamedTuple

from extract.mentions import Phrase
from extract.records import Basis
from extract.tables.grid import Cell
from extract.tables.words import Measure, Role, Words

Kind = Literal["level", "change", "serial", "unit", "place", "time"]
KINDS: dict[Role, tuple[Kind, Basis | None]] = {
    "serial": ("serial", None),
    "unit": ("unit", None),
    "places": ("place", None),
    "times": ("time", None),
    "year_on_year": ("change", "year_on_year"),
    "period_on_period": ("change", "period_on_period"),
    "change": ("change", None),
}


class Column(NamedTuple):
    """``cells`` are its headings, ``names`` those that are no period, place or empty word."""

    cells: tuple[Cell, ...]
    names: tuple[str, ...]
    kind: Kind
    basis: Basis | None
    measure: Measure | None
    period: str | None
    scope: Phrase | None


def column(cells: Sequence[Cell], words: Words) -> Column:
    """The column under its headings, the upper first."""
    headings: dict[str, Cell] = {}
    for cell in cells:
        headings.setdefault(cell.text, cell)
    headings.pop("", None)
    bare = [Phrase(words.bare(text), cell.start, cell.end) for text, cell in headings.items()]
    period = next((b for b in bare if words.fits("period", b.text)), None)
    scope = next((b for b in bare if words.fits("place", b.text)), None)
    told = (b.text for b in bare if b.text and b not in (period, scope))
    names = tuple(name for name in told if not words.fits("value", name))
    kinds = (KINDS[role] for role in KINDS for name in names if words.fits(role, name))
    kind, basis = next(kinds, ("level", None))
    measure = next(filter(None, map(words.of_heading, headings)), None)
    return Column(tuple(headings.values()), names, kind, basis, measure, period and period.text, scope)
