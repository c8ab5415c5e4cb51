"""Names of statistics that are known whole: a name that was cut inside one is given its beginning."""

from msgspec.structs import replace

from extract.indicators import Indicators
from extract.metrics.name import Name


class Statistics:
    """The names of all indicators, looked up by where they end."""

    def __init__(self, indicators: Indicators) -> None:
        self._names = frozenset(indicators.names)
        self._longest = max(map(len, self._names), default=0)

    def whole(self, text: str, name: Name) -> Name:
        """`总产值` of `规模以上工业总产值`: the longest name of a statistic that ends where the name ends
        and begins before it."""
        for start in range(max(0, name.end - self._longest), name.start):
            if text[start : name.end] in self._names:
                return replace(name, text=text[start : name.end], start=start)
        return name
