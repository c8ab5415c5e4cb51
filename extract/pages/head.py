"""The head of a page: title, date, publisher and author as its reader sees them."""

from typing import Any, NamedTuple

from extract.pages.day import Days
from extract.pages.lines import lines
from extract.pages.seen import Seen
from extract.pages.signs import Signs
from extract.pages.stated import stated
from extract.pages.title import Headlines
from extract.pages.when import Dates, When
from extract.pages.zones import zones
from extract.rules import Rules


class Head(NamedTuple):
    """What the head of a page says."""

    title: str | None
    url: str | None
    when: When


class HeadReader:
    """Reads heads; compiled once."""

    def __init__(self, rules: Rules) -> None:
        self._signs = Signs(rules)
        self._days = Days(self._signs)
        self._dates = Dates(self._signs)
        self._headlines = Headlines(self._signs)

    def read(self, tree: Any) -> Head:
        """The head of a parsed page."""
        known = stated(tree)
        seen = Seen(list(lines(tree)), self._signs, self._days)
        headline = self._headlines.find(seen, known)
        around = zones(seen, headline.at)
        when = self._dates.find(seen, around, known, headline.text)
        return Head(headline.text, known.url, when)
