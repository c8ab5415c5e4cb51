"""What the bodies of posts are called in full, however articles write them."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from extract.rules import Rules

TRUSTED = 0.25
"""Part of the articles with the most frequent form of a body that a longer form needs, or two articles."""
ABBREVIATION = 2
"""Characters of a country's or region's short form, which need not end like the long one."""


class Form(NamedTuple):
    """A body as a person's articles write it beside a title, None where they leave it out."""

    person: str
    title: str
    body: str | None
    region: str | None
    articles: int


class Named(NamedTuple):
    """Such a body, and what it is called in full."""

    person: str
    title: str
    organization: str | None
    body: str


class Bodies:
    """Tells which forms are of one body. Built once from the rules; immutable."""

    def __init__(self, rules: Rules) -> None:
        fragments = rules.fragments("organizations")
        self._countries = frozenset(rules.words("countries"))
        self._state = re.compile(f"{fragments['state']}$")
        self._term = re.compile(f"^{fragments['term']}")
        self._committee = re.compile(fragments["committee"])

    def named(self, written: Iterable[Form]) -> Iterator[Named]:
        """The fullest form of each body, of forms sorted by their person and title."""
        for (person, title), rows in groupby(written, key=lambda form: form[:2]):
            forms = list(rows)
            full = {form: self._fullest(form, forms) for form in forms if form.body}
            for form in forms:
                known = {full[form]} if form.body else set(full.values())
                if len(known) == 1:
                    yield Named(person, title, form.body, known.pop())

    def short(self, body: str) -> str:
        """A body without its term, the form of its state, and what short forms of committees leave out."""
        return self._committee.sub(r"\g<kept>", self._plain(body))

    def _fullest(self, own: Form, forms: Sequence[Form]) -> str:
        """The longest form of a body that more than one article writes, without the form of its state; its
        own where several bodies may be meant, or another region's."""
        known = [form for form in forms if form.body]
        enough = min(2, TRUSTED * max(form.articles for form in known))
        trusted = {
            self._plain(form.body or ""): self.short(form.body or "")
            for form in known
            if form.articles >= enough and not (form.region and own.region and form.region != own.region)
        }
        plain, short = self._plain(own.body or ""), self.short(own.body or "")
        alike = [body for body in trusted if may_be(short, trusted[body])]
        longest = max(alike, key=lambda body: (len(body), body), default=plain)
        agree = all(may_be(trusted[body], trusted[longest]) for body in alike)
        return longest if agree else plain

    def _plain(self, body: str) -> str:
        """A body without its term (`十四届全国政协`) and the form of its state (`斐济共和国`)."""
        body = self._term.sub("", body)
        short = self._state.sub("", body)
        return short if short in self._countries else body


def may_be(body: str, other: str) -> bool:
    """Whether one of two bodies may be the other written shorter (`俄国防部` for `俄罗斯国防部`): all of its
    characters in order, to the last one; a short form of two begins alike. No body may be any."""
    short, long = sorted((body, other), key=len)
    rest = iter(long)
    if not all(char in rest for char in short):
        return False
    return not short or short[-1] == long[-1] or (len(short) <= ABBREVIATION and short[0] == long[0])
