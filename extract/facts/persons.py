"""Which appearances are of one person."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from msgspec import Struct

from extract.facts.bodies import Bodies, may_be
from extract.officials.lexicon import TitleRule
from extract.rules import Rules

Official = tuple[str, str]
"""An article, and the id of an official in it."""
MOST = 0.9
"""Part of the statements of a title that one person must have to be meant where its body is not written."""
RARE = 3
"""Characters of a name that few have: a Chinese one in posts of the nation is one person's, and a name of as
many or more with a title from abroad."""


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
        self._bodies = Bodies(rules)

    def identities(self, appearances: Iterable[Held]) -> Iterator[Identity]:
        """The person of each official, of appearances sorted by name. They are of one person where they share
        a body and a title in it, or a title that stands alone (`国家主席`). A body that is written shorter,
        or left out, is meant where of that name nearly only one person has the title in such a body. A name
        that few have joins posts of the nation; else a name alone joins nobody."""
        for name, held in groupby(appearances, key=lambda a: a.name):
            yield from self._of_name(name, list(held))

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
                and may_be(seat.body, other.body)
            }
            likely = max(meant, key=lambda other: (meant[other], other), default=seat)
            agreeing = sum(number for other, number in meant.items() if may_be(other.body, likely.body))
            if meant and agreeing >= MOST * sum(meant.values()):
                groups.join(holder, first[likely])

    def _seat(self, held: Held) -> Seat:
        if held.title in self._alone:
            return Seat(held.title, held.title)
        within, title = self._short.get(held.title, ("", held.title))
        return Seat(title, self._bodies.short(held.organization or "") + within)
