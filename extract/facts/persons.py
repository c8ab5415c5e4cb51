"""Which appearances are of one person, and what the bodies of their posts are called in full."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from msgspec import Struct

from extract.officials.lexicon import TitleRule
from extract.rules import Rules

Official = tuple[str, str]
"""An article, and the id of an official in it."""
MOST = 0.9
"""Part of the statements of a title that one person must have to be meant where its body is not written."""
RARE = 3
"""Characters of a name that few have: a Chinese one in posts of the nation is one person's, and a name of as
many or more with a title from abroad."""
TRUSTED = 0.25
"""Part of the articles with the most frequent form of a body that a longer form needs, or two articles."""
ABBREVIATION = 2
"""Characters of a country's or region's short form, which need not end like the long one."""

COMMITTEE = re.compile("(中央)委员会$|(?<=委)员会$")


class Held(Struct, frozen=True):
    """One post of a person in an article."""

    name: str
    article: str
    official: str
    organization: str | None
    title: str
    level: str | None

    @property
    def holder(self) -> Official:
        return self.article, self.official


class Identity(NamedTuple):
    """The person that an article's official is: the name, and a number where several have it."""

    article: str
    official: str
    person: str


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


class Seat(NamedTuple):
    """A post as it is compared: one that its articles write in several ways is one. No body: empty."""

    title: str
    body: str


class Groups:
    """Officials of one name, in groups that are one person each; the first of a group stands for it."""

    def __init__(self, officials: Iterable[Official]) -> None:
        self.first = {official: official for official in officials}

    def root(self, official: Official) -> Official:
        while self.first[official] != official:
            official = self.first[official]
        return official

    def join(self, a: Official, b: Official) -> None:
        roots = sorted((self.root(a), self.root(b)))
        self.first[roots[1]] = roots[0]


class Persons:
    """Tells persons apart. Built once from the rules; immutable."""

    def __init__(self, rules: Rules) -> None:
        titles = rules.table("titles", TitleRule)
        self._alone = {word for rule in titles if rule.alone for word in rule.words}
        self._foreign = {word for rule in titles if rule.foreign for word in rule.words}
        self._short = {
            short: (body, title) for short, body, title in map(str.split, rules.words("short_titles"))
        }
        self._countries = frozenset(rules.words("countries"))
        bodies = rules.fragments("organizations")
        self._state = re.compile(f"{bodies['state']}$")
        self._term = re.compile(f"^{bodies['term']}")

    def identities(self, appearances: Iterable[Held]) -> Iterator[Identity]:
        """The person of each official, of appearances sorted by name. They are of one person where they share
        a body and a title in it, or a title that stands alone (`国家主席`). A body that is written shorter,
        or left out, is meant where of that name nearly only one person has the title in such a body. A name
        that few have joins posts of the nation; else a name alone joins nobody."""
        for name, held in groupby(appearances, key=lambda a: a.name):
            yield from self._of_name(name, list(held))

    def bodies(self, written: Iterable[Form]) -> Iterator[Named]:
        """The fullest form of each body, of forms sorted by their person and title."""
        for (person, title), rows in groupby(written, key=lambda form: form[:2]):
            forms = list(rows)
            full = {form: self._fullest(form, forms) for form in forms if form.body}
            for form in forms:
                known = {full[form]} if form.body else set(full.values())
                if len(known) == 1:
                    yield Named(person, title, form.body, known.pop())

    def _fullest(self, own: Form, forms: Sequence[Form]) -> str:
        """The longest form of a body that more than one article writes, without the form of its state; its
        own where several bodies may be meant, or another region's."""
        known = [form for form in forms if form.body]
        enough = min(2, TRUSTED * max(form.articles for form in known))
        trusted = {
            self._plain(form.body or ""): None
            for form in known
            if form.articles >= enough and not (form.region and own.region and form.region != own.region)
        }
        plain = self._plain(own.body or "")
        alike = [body for body in trusted if _may_be(_short(plain), _short(body))]
        longest = max(alike, key=lambda body: (len(body), body), default=plain)
        return longest if all(_may_be(_short(body), _short(longest)) for body in alike) else plain

    def _of_name(self, name: str, held: Sequence[Held]) -> Iterator[Identity]:
        groups = Groups(a.holder for a in held)
        seats = [(self._seat(a), a.holder) for a in held]
        first: dict[Seat | str, Official] = {}
        for a, (seat, holder) in zip(held, seats, strict=True):
            if seat.body or (len(name) >= RARE and seat.title in self._foreign):
                groups.join(holder, first.setdefault(seat, holder))
            if len(name) == RARE and (a.level == "national" or a.title in self._alone):
                groups.join(holder, first.setdefault("national", holder))
        self._abbreviated(name, seats, groups)
        numbers: dict[Official, int] = {}
        for official in groups.first:
            number = numbers.setdefault(groups.root(official), len(numbers) + 1)
            yield Identity(*official, name if number == 1 else f"{name}#{number}")

    def _abbreviated(self, name: str, seats: Sequence[tuple[Seat, Official]], groups: Groups) -> None:
        """Join those whose body is written shorter or left out to the one who is meant."""
        placed = {groups.root(holder) for seat, holder in seats if seat.body}
        times = Counter(seat for seat, _ in seats if seat.body)
        first = dict(reversed(seats))
        for seat, holder in seats:
            if not seat.body and len(name) < RARE and groups.root(holder) in placed:
                continue
            meant = {
                other: number
                for other, number in times.items()
                if other.title == seat.title
                and len(other.body) > len(seat.body)
                and _may_be(seat.body, other.body)
            }
            likely = max(meant, key=lambda other: (meant[other], other), default=seat)
            agreeing = sum(number for other, number in meant.items() if _may_be(other.body, likely.body))
            if meant and agreeing >= MOST * sum(meant.values()):
                groups.join(holder, first[likely])

    def _seat(self, held: Held) -> Seat:
        if held.title in self._alone:
            return Seat(held.title, held.title)
        within, title = self._short.get(held.title, ("", held.title))
        return Seat(title, _short(self._plain(held.organization or "")) + within)

    def _plain(self, body: str) -> str:
        """A body without its term (`十四届全国政协`) and the form of its state (`斐济共和国`)."""
        body = self._term.sub("", body)
        short = self._state.sub("", body)
        return short if short in self._countries else body


def _short(body: str) -> str:
    """A body without what short forms of committees leave out (`中央军委`)."""
    return COMMITTEE.sub(r"\1", body)


def _may_be(body: str, other: str) -> bool:
    """Whether one of two bodies may be the other written shorter (`俄国防部` for `俄罗斯国防部`): all of its
    characters in order, to the last one; a short form of two begins alike. No body may be any."""
    short, long = sorted((body, other), key=len)
    rest = iter(long)
    if not all(char in rest for char in short):
        return False
    return not short or short[-1] == long[-1] or (len(short) <= ABBREVIATION and short[0] == long[0])
