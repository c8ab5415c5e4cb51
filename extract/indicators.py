"""Statistics that many articles repeat: `rules/indicators.toml`, looked up by a metric's name."""

import re
from collections.abc import Iterable
from typing import Literal

from extract.numbers.units import Units
from extract.rules import Rule, Rules, RulesError

ABBREVIATION = re.compile(r"（[A-Za-z0-9&]+）$")
"""What a name is shortened to (`居民消费价格指数（CPI）`); in `货币（M2）余额` it tells names apart."""
QUOTATION = re.compile(r"[“”\"\s]")


class Indicator(Rule, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A statistic with its names and units; the head of the rule file says what the keys mean."""

    name: str
    english: str
    names: tuple[str, ...] = ()
    within: str = ""
    parts: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    kind: Literal["level", "rate", "index"]
    adds: tuple[Literal["time", "place"], ...] = ()
    source: str


class Indicators:
    """Every indicator, by its id and by its names. Raises `RulesError` where two have the same name."""

    def __init__(self, rules: Rules) -> None:
        fragments = rules.fragments("indicators")
        self._before = re.compile(fragments["before"])
        self._behind = re.compile(f"{fragments['behind']}$")
        self._units = rules.shared(Units)
        self.by_id = {indicator.id: indicator for indicator in rules.table("indicators", Indicator)}
        self._parts = {(i.within, name): i for i in self.by_id.values() for name in i.parts}
        self._by_name: dict[str, Indicator] = {}
        for indicator in self.by_id.values():
            for name in map(_plain, (indicator.name, *indicator.names)):
                other = self._by_name.setdefault(name, indicator)
                if other is not indicator:
                    raise RulesError(f"indicators: {name!r} is a name of {other.id!r} and {indicator.id!r}")

    @property
    def names(self) -> Iterable[str]:
        """Every name of an indicator."""
        return self._by_name

    def of(self, name: str, unit: str | None, si: str | None = None, whole: str | None = None) -> str | None:
        """The id of the indicator that a metric states, else None. ``unit`` is the metric's, None where
        only a change is stated; ``si`` is its code in UCUM; ``whole`` the indicator that it is a part of."""
        plain = _plain(name)
        indicator = self._parts.get((whole or "", plain)) or self._named(plain)
        if indicator is None or not (unit is None or self._counts(indicator, unit, si)):
            return None
        return indicator.id

    def _named(self, name: str) -> Indicator | None:
        """By the name as it stands, else without words of whole places, of reaching a value, of a sum."""
        while name not in self._by_name:
            before = self._before.match(name)
            behind = self._behind.search(name) or ABBREVIATION.search(name)
            shorter = name[before.end() if before else 0 : behind.start() if behind else len(name)]
            if shorter == name:
                return None
            name = shorter
        return self._by_name[name]

    def _counts(self, indicator: Indicator, unit: str, si: str | None) -> bool:
        """Whether it is counted in the unit, or in one of the same dimension or another currency."""
        if unit in indicator.units:
            return True
        places = [p for u in indicator.units[:1] if (p := self._units.at(u, 0))]
        if not places:
            return False
        own = places[0].unit
        if own.currency:
            other = self._units.at(unit, 0)
            return other is not None and other.end == len(unit) and other.unit.currency is not None
        return own.si is not None and own.si == si


def _plain(name: str) -> str:
    return QUOTATION.sub("", name)
