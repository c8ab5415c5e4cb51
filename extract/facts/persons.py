"""Which appearances are of one person."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace

Official = tuple[str, str]
"""An article, and the id of an official in it."""
MOST = 0.9
"""Part of the statements of a title that one person must have to be meant where its body is not written."""


class Held(Struct, frozen=True):
    """One post of a person in an article."""

    name: str
    article: str
    official: str
    organization: str | None
    title: str

    @property
    def holder(self) -> Official:
        return self.article, self.official


class Identity(NamedTuple):
    """The person that an article's official is: the name, and a number where several have it."""

    article: str
    official: str
    person: str


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


def identities(appearances: Iterable[Held], alone: Collection[str] = ()) -> Iterator[Identity]:
    """The person of each official. Appearances, sorted by name, are of one person where they share a body and
    a title in it, or one of the titles that stand ``alone`` (`国家主席`). A body that is written shorter, or
    left out, is meant where of that name nearly only one person has the title in such a body. A name alone
    joins nobody."""
    for name, held in groupby(appearances, key=lambda a: a.name):
        named = [replace(a, organization=a.title) if a.title in alone else a for a in held]
        yield from _of_name(name, named)


def _of_name(name: str, held: Sequence[Held]) -> Iterator[Identity]:
    groups = Groups(a.holder for a in held)
    holders: dict[tuple[str, str], Official] = {}
    for a in held:
        if a.organization:
            groups.join(a.holder, holders.setdefault((a.organization, a.title), a.holder))
    placed = {groups.root(holder) for holder in holders.values()}
    times = Counter(
        (a.title, a.organization or "", groups.root(a.holder))
        for a in held
        if groups.root(a.holder) in placed
    )
    for title, body, official in sorted({(a.title, a.organization or "", a.holder) for a in held}):
        if not body and groups.root(official) in placed:
            continue
        alike = Counter[Official]()
        for (other, written, person), number in times.items():
            if other == title and _may_be(body, written) and groups.root(person) != groups.root(official):
                alike[groups.root(person)] += number
        person, number = max(alike.items(), key=lambda item: item[1], default=(official, 0))
        if number and number >= MOST * alike.total():
            groups.join(official, person)
    numbers: dict[Official, int] = {}
    for official in groups.first:
        number = numbers.setdefault(groups.root(official), len(numbers) + 1)
        yield Identity(*official, name if number == 1 else f"{name}#{number}")


def _may_be(body: str, other: str) -> bool:
    """Whether one of two bodies may be the other written shorter (`俄国防部` for `俄罗斯国防部`): all of its
    characters in order, to the last one. No body may be any."""
    short, long = sorted((body, other), key=len)
    rest = iter(long)
    return not short or (short[-1] == long[-1] and all(char in rest for char in short))
