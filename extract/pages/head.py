"""The head of a page: title, date, publisher and author as its reader sees them."""

from typing import Any, NamedTuple

from extract.pages.day import Days
from extract.pages.lines import lines
from extract.pages.names import Bylines, Names
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
    names: tuple[Names, ...]
    """Whom the page names: around its headline, in its code, as its site."""


class HeadReader:
    """Reads heads; compiled once."""

    def __init__(self, rules: Rules) -> None:
        self._signs = Signs(rules)
        self._days = Days(self._signs)
        self._bylines = Bylines(rules, self._signs)
        self._dates = Dates(self._signs)
        self._headlines = Headlines(self._signs)

    def read(self, tree: Any) -> Head:
        """The head of a parsed page."""
        known = stated(tree)
        seen = Seen(list(lines(tree)), self._signs, self._days)
        headline = self._headlines.find(seen, known)
        around = zones(seen, headline.at)
        when = self._dates.find(seen, around, known, headline.text)
        printed = self._bylines.head(seen, around)
        site = Names(self._bylines.site(known, headline.text))
        names = (printed, self._bylines.stated(known, headline.text), site)
        return Head(headline.text, known.url, when, names)

    def names(self, head: Head, text: str) -> Names:
        """Publisher and author, whom the head names before the text, and the text before code and site."""
        printed, stated, site = head.names
        written = self._bylines.text(text)
        publisher = printed.publisher or stated.publisher or written.publisher or site.publisher
        return Names(publisher, printed.author or written.author or stated.author)
