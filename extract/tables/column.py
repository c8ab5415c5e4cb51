"""What the headings of a column say of the cells under them."""

from collections.abc import Sequence
from typing import Literal, NamedTuple

from extract.records import Basis
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
    """``names`` are the headings that are no period, place or empty word."""

    names: tuple[str, ...]
    kind: Kind
    basis: Basis | None
    measure: Measure | None
    period: str | None
    scope: str | None


def column(headings: Sequence[str], words: Words) -> Column:
    """The column under its headings, the upper first."""
    headings = tuple(dict.fromkeys(filter(None, headings)))
    bare = [words.bare(heading) for heading in headings]
    period = next((b for b in bare if words.fits("period", b)), None)
    scope = next((b for b in bare if words.fits("place", b)), None)
    names = tuple(b for b in bare if b and b not in (period, scope) and not words.fits("value", b))
    kinds = (KINDS[role] for role in KINDS for name in names if words.fits(role, name))
    kind, basis = next(kinds, ("level", None))
    measure = next(filter(None, map(words.of_heading, headings)), None)
    return Column(names, kind, basis, measure, period, scope)
