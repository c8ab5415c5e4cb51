"""Which appearances are of one person."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import NamedTuple

from msgspec import Struct


class Held(Struct, frozen=True):
    """One post of a person in an article."""

    name: str
    article: str
    official: str
    organization: str | None
    title: str


class Identity(NamedTuple):
    """The person that an article's official is: the name, and a number where several have it."""

    article: str
    official: str
    person: str


def identities(appearances: Iterable[Held]) -> Iterator[Identity]:
    """The person of each official. Appearances, sorted by name, are of one person where they share a body
    and a title in it; a name alone, or a title without its body, joins nobody."""
    for name, held in groupby(appearances, key=lambda a: a.name):
        yield from _of_name(name, list(held))


def _of_name(name: str, held: list[Held]) -> Iterator[Identity]:
    posts: dict[tuple[str, str], tuple[str, str]] = {}
    first: dict[tuple[str, str], tuple[str, str]] = {}
    for a in held:
        official = (a.article, a.official)
        first.setdefault(official, official)
        if a.organization:
            other = posts.setdefault((a.organization, a.title), official)
            _join(first, official, other)
    numbers: dict[tuple[str, str], int] = {}
    for official in first:
        number = numbers.setdefault(_root(first, official), len(numbers) + 1)
        yield Identity(*official, name if number == 1 else f"{name}#{number}")


def _root(first: dict[tuple[str, str], tuple[str, str]], official: tuple[str, str]) -> tuple[str, str]:
    while first[official] != official:
        official = first[official]
    return official


def _join(first: dict[tuple[str, str], tuple[str, str]], a: tuple[str, str], b: tuple[str, str]) -> None:
    roots = sorted((_root(first, a), _root(first, b)))
    first[roots[1]] = roots[0]
