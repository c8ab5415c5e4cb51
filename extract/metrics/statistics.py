"""Names of statistics that are known whole: a name that was cut inside one is given its beginning."""

from msgspec.structs import replace

from extract.indicators import Indicators
from extract.metrics.name import Name

END = 2
"""Characters of its end by which a name is looked up."""


class Statistics:
    """The names of all indicators, looked up by where they end."""

    def __init__(self, indicators: Indicators) -> None:
        names = sorted(indicators.names, key=len, reverse=True)
        self._by_end: dict[str, list[str]] = {}
        for name in names:
            self._by_end.setdefault(name[-END:], []).append(name)

    def whole(self, text: str, name: Name) -> Name:
        """`总产值` of `规模以上工业总产值`: the longest name of a statistic that ends where the name ends
        and begins before it."""
        for whole in self._by_end.get(text[max(0, name.end - END) : name.end], ()):
            start = name.end - len(whole)
            if start >= name.start:
                break
            if text.endswith(whole, 0, name.end):
                return replace(name, text=whole, start=start)
        return name
