"""A metric's value in one unit, and how far its wording lets the true value lie from it."""

import re
from decimal import Decimal

from msgspec import Struct

from extract.indicators import Indicator
from extract.numbers.units import Unit, Units
from extract.records import Bound, Metric

WRITTEN = re.compile(r"\d[\d,，]*(?:\.(?P<decimals>\d+))?")
FULL_WIDTH = str.maketrans("０１２３４５６７８９．", "0123456789.")
ROUGH = Decimal("0.05")
"""Part of a value by which `约`, `近` and the like may miss it."""
FAR = Decimal("0.1")
"""Part of a value by which `超过` and `不足` may miss it: beyond it a writer names a rounder figure."""


class Measure(Struct, frozen=True):
    """A value in ``unit``, and the least and greatest value that the wording allows."""

    value: Decimal
    low: Decimal
    high: Decimal
    unit: str | None


class Measures:
    """Brings values to the unit of their indicator."""

    def __init__(self, units: Units) -> None:
        self._units = units

    def of(self, metric: Metric, indicator: Indicator | None) -> Measure | None:
        """The level that a metric states; None where only a change is stated, or no value is known. Money
        keeps its own currency, since no rate of exchange is in the text."""
        if metric.value is None:
            return None
        value, most = Decimal(str(metric.value)), Decimal(str(metric.value_max or metric.value))
        half = _half(metric.span.text, value)
        low, high = _allowed(value, most, half, metric.bound)
        unit, factor = self._common(metric.unit, indicator)
        return Measure(value * factor, low * factor, high * factor, unit)

    def _common(self, unit: str | None, indicator: Indicator | None) -> tuple[str | None, Decimal]:
        """The unit of the series, and what one of the metric's own units is worth in it."""
        if unit is None or indicator is None or not indicator.units or unit in indicator.units[:1]:
            return unit, Decimal(1)
        common = indicator.units[0]
        own, series = self._unit(unit), self._unit(common)
        if own and series and own.si and own.si == series.si and own.factor and series.factor:
            return common, own.factor / series.factor
        alike = unit in indicator.units and not (own and own.currency)
        return common if alike else unit, Decimal(1)

    def _unit(self, text: str) -> Unit | None:
        place = self._units.at(text, 0)
        return place.unit if place and place.end == len(text) else None


def _half(text: str, value: Decimal) -> Decimal:
    """Half a unit of the last digit that is written (`3.5万亿`: 500亿); of a Chinese numeral, of the last
    that is not zero."""
    written = WRITTEN.search(text.translate(FULL_WIDTH))
    number = Decimal(written[0].replace(",", "").replace("，", "")) if written else Decimal(0)
    if written and number:
        decimals = len(written["decimals"] or "")
        return abs(value) / number / 2 / Decimal(10) ** decimals
    return Decimal(1).scaleb(int(value.normalize().as_tuple().exponent)) / 2


def _allowed(value: Decimal, most: Decimal, half: Decimal, bound: Bound) -> tuple[Decimal, Decimal]:
    """The least and the greatest value that the wording allows."""
    rough, far = max(half, abs(most) * ROUGH), max(half, abs(most) * FAR)
    return {
        "exact": (value - half, most + half),
        "about": (value - rough, most + rough),
        "over": (value - half, most + far),
        "nearly": (value - far, most + half),
        "under": (min(value - far, Decimal(0)), most + half),
    }[bound]
