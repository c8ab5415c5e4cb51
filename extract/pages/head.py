"""The head of a page: title, date, publisher and author as its reader sees them."""

from typing import Any, NamedTuple

from extract.pages.body import Anchors, Bodies
from extract.pages.day import Days
from extract.pages.lines import lines
from extract.pages.names import Bylines, Names
from extract.pages.seen import Seen
from extract.pages.signs import Signs
from extract.pages.sites import Sites, elements, words
from extract.pages.stated import stated
from extract.pages.title import Headlines
from extract.pages.when import Dates, When
from extract.pages.zones import zones
from extract.rules import Rules
from extract.text.read import Selectors

NONE = Selectors()


class Head(NamedTuple):
    """What the head of a page says."""

    title: str | None
    url: str | None
    when: When
    names: tuple[Names, ...]
    """Whom the page names: around its headline, in its code, as its site."""
    headline: Any
    """The element of the headline, where it is seen."""
    first: list[Any]
    """The elements of the first sentences."""
    lines: list[str]
    """What is seen of the head."""
    own: Selectors


class HeadReader:
    """Reads heads; compiled once."""

    def __init__(self, rules: Rules) -> None:
        self._signs = Signs(rules)
        self._days = Days(self._signs)
        self._bylines = Bylines(rules, self._signs)
        self._bodies = Bodies(rules, self._signs)
        self._sites = Sites(rules)
        self._dates = Dates(self._signs)
        self._headlines = Headlines(self._signs)

    def read(self, tree: Any, own: Selectors = NONE) -> Head:
        """The head of a parsed page. What ``own`` selectors, or those of its site, find goes before all."""
        known = stated(tree)
        own = own.over(self._sites.of(known.url))
        seen = Seen(list(lines(tree)), self._signs, self._days)
        headline = self._headlines.find(seen, known)
        around = zones(seen, headline.at)
        when = self._selected(tree, own) or self._dates.find(seen, around, known, headline.text)
        named = Names(words(tree, own.publisher), words(tree, own.author))
        printed = self._bylines.head(seen, around).under(named)
        site = Names(self._bylines.site(known, headline.text))
        names = (printed, self._bylines.stated(known, headline.text), site)
        head = [*around.above, *around.below]
        head = [at for at in head if seen.days(at) or self._bylines.labels(seen, at)]
        first = [at for at in around.inside if seen.prose(at)]
        if headline.at is not None:
            head.append(headline.at)
        return Head(
            words(tree, own.title) or headline.text,
            known.url,
            when,
            names,
            None if headline.at is None else seen.lines[headline.at].node,
            [seen.lines[at].node for at in first if seen.lines[at].node is not None],
            [seen.lines[at].text for at in head],
            own,
        )

    def _selected(self, tree: Any, own: Selectors) -> When | None:
        """The date in the element that a selector finds."""
        text = words(tree, own.date)
        days = self._days.read(self._signs.plain(text)) if text else ()
        found = next((dated for day in days if day.year and (dated := day.dated())), None)
        return When(found, "selector", None) if found else None

    def text(self, tree: Any, head: Head) -> str:
        """The main text of the page that has this head, one paragraph a line; the tree is spent."""
        anchors = Anchors(head.headline, head.first, elements(tree, head.own.body))
        return self._bodies.read(tree, anchors, head.lines)

    def without_names(self, text: str) -> str:
        """The text without the lines that only name who made the page."""
        return self._bodies.without_names(text) or text

    def names(self, head: Head, text: str) -> Names:
        """Publisher and author, whom the head names before the text, and the text before code and site."""
        printed, stated, site = head.names
        written = self._bylines.text(text)
        publisher = printed.publisher or stated.publisher or written.publisher or site.publisher
        author = printed.author or written.author or stated.author
        return Names(publisher, author, printed.editor or written.editor)
