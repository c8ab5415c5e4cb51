"""Where single sites have what they say of their pages: selectors by host, or those of the caller."""

from functools import cache
from typing import Any
from urllib.parse import urlsplit

from extract.rulefile import RulesError
from extract.rules import Rule, Rules
from extract.text.read import Selectors


class SiteRule(Rule, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Selectors for the pages of ``hosts`` and of the hosts below them."""

    hosts: tuple[str, ...]
    title: str | None = None
    date: str | None = None
    publisher: str | None = None
    author: str | None = None
    body: str | None = None


class Sites:
    """The selectors of all sites; compiled once."""

    def __init__(self, rules: Rules) -> None:
        self._known: dict[str, Selectors] = {}
        for rule in rules.table("sites", SiteRule):
            known = Selectors(rule.title, rule.date, rule.publisher, rule.author, rule.body)
            for problem in filter(None, map(wrong, filter(None, known))):
                raise RulesError(f"sites.toml: rule {rule.id!r}: {problem}")
            self._known |= dict.fromkeys(rule.hosts, known)

    def of(self, url: str | None) -> Selectors:
        """The selectors for a page with this address."""
        try:
            host = urlsplit(url or "").hostname or ""
        except ValueError:
            return Selectors()
        parts = host.split(".")
        names = (".".join(parts[i:]) for i in range(len(parts)))
        return next((self._known[name] for name in names if name in self._known), Selectors())


@cache
def _compiled(selector: str) -> Any:
    from lxml.cssselect import CSSSelector

    return CSSSelector(selector, translator="html")


def wrong(selector: str) -> str | None:
    """What is wrong with a selector, where anything is."""
    from cssselect import SelectorError

    try:
        _compiled(selector)
    except SelectorError as error:
        return f"{selector!r} is no CSS selector: {error}"
    return None


def elements(tree: Any, selector: str | None) -> list[Any]:
    """The elements of a tree that a selector finds, in order."""
    return list(_compiled(selector)(tree)) if selector else []


def words(tree: Any, selector: str | None) -> str | None:
    """What the first of them says: its text, else what its code gives as a value."""
    for element in elements(tree, selector):
        given = (element.get(name) for name in ("content", "datetime", "value"))
        for text in (" ".join("".join(element.itertext()).split()), *given):
            if text:
                return str(text)
    return None
