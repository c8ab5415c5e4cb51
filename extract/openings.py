"""How the matches of a pattern begin, and several patterns as one: what makes looking for rules cheap."""

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from re import _parser  # type: ignore[attr-defined]  # no public view of a pattern's structure exists
from typing import Any

from extract.rulefile import FRAGMENT

ANY = "\uffff"
"""Stands for a character that a pattern leaves open."""

MARKS = 0xE000
"""The first of the private characters that stand for fragments in a pattern."""

ATOM = re.compile(r"\\.|\[\]?(?:\\.|[^\]\\])*\]|[^\\\[()|]")
REPEAT = re.compile(r"(?:[*+?]|\{\d*,?\d*\})[?+]?")


class Openings:
    """The first ``longest`` characters of all that a pattern can match, or fewer where a match may end there.
    What a fragment can begin with is found out once, however many patterns hold it."""

    def __init__(self, fragments: Mapping[str, str], longest: int = 2) -> None:
        self._longest = longest
        self._fragments = fragments
        self._marks = {name: chr(MARKS + place) for place, name in enumerate(fragments)}
        self._range = range(MARKS, MARKS + len(fragments))
        self._names = tuple(fragments)
        self._known: dict[str, set[str]] = {}

    def of(self, pattern: str) -> set[str]:
        """The openings of a pattern with its ``{fragments}`` not put in yet."""
        marked = FRAGMENT.sub(lambda match: self._marks.get(match[1], match[0]), pattern)
        return self._sequence(_parser.parse(marked))

    def _sequence(self, tree: Iterable[tuple[Any, Any]]) -> set[str]:
        found = {""}
        for operation, argument in tree:
            if all(len(start) == self._longest for start in found):
                break
            found = self._joined(found, self._one(str(operation), argument))
        return found

    def _character(self, code: int) -> set[str]:
        """A character, or the openings of the fragment that it stands for."""
        if code not in self._range:
            return {chr(code)}
        name = self._names[code - MARKS]
        if name not in self._known:
            self._known[name] = self._sequence(_parser.parse(self._fragments[name]))
        return self._known[name]

    def _one(self, operation: str, argument: Any) -> set[str]:
        match operation:
            case "LITERAL":
                return self._character(argument)
            case "IN":
                return self._members(argument)
            case "BRANCH":
                return set().union(*map(self._sequence, argument[1]))
            case "SUBPATTERN":
                return self._sequence(argument[3])
            case "MAX_REPEAT" | "MIN_REPEAT":
                least, most, inner = argument
                once = self._sequence(inner)
                several = self._joined(once, once) | once if most > 1 else once
                return several | {""} if least == 0 else several
            case "ASSERT" | "ASSERT_NOT" | "AT":
                return {""}
            case _:
                return {ANY}

    def _members(self, items: Iterable[tuple[Any, Any]]) -> set[str]:
        found: set[str] = set()
        for operation, argument in items:
            match str(operation):
                case "LITERAL":
                    found |= self._character(argument)
                case "RANGE":
                    found |= set(map(chr, range(argument[0], argument[1] + 1)))
                case "CATEGORY" if str(argument) == "CATEGORY_DIGIT":
                    found |= set("0123456789")
                case _:
                    return {ANY}
        return found

    def _joined(self, starts: set[str], others: set[str]) -> set[str]:
        whole = {start for start in starts if len(start) == self._longest}
        return whole | {(a + b)[: self._longest] for a in starts - whole for b in others}


def led(pattern: str) -> str:
    """The pattern behind a look-ahead on the characters that its matches begin with: one that begins in many
    ways is then searched for five times as fast. The pattern alone where it may begin with any character."""
    firsts = Openings({}, longest=1).of(pattern)
    if firsts & {"", ANY}:
        return pattern
    return f"(?=[{''.join(map(re.escape, sorted(firsts)))}])(?:{pattern})"


def union(patterns: Iterable[str]) -> str:
    """One pattern of several, tried in order; the empty group that closes each tells which one matched.
    What neighbours have in common at their beginning is written, and tried, only once."""
    plain = (re.sub(r"\(\?P<\w+>", "(?:", pattern) for pattern in patterns)
    return _factored([_atoms(pattern) for pattern in plain])


def _factored(patterns: Sequence[Sequence[str]]) -> str:
    branches = []
    for first, same in groupby(patterns, key=lambda atoms: atoms[0] if atoms else ""):
        group = list(same)
        if len(group) == 1 or not first:
            branches += ["".join(atoms) + "()" for atoms in group]
        else:
            branches.append(f"{first}(?:{_factored([atoms[1:] for atoms in group])})")
    return "|".join(branches)


def _atoms(pattern: str) -> list[str]:
    """A pattern cut into what can stand alone: characters, sets and groups, with their repetition."""
    atoms: list[str] = []
    at, depth, start = 0, 0, 0
    while at < len(pattern):
        character = pattern[at]
        if character == "|" and not depth:
            return [f"(?:{pattern})"]
        step = 1
        if character in "()":
            depth += 1 if character == "(" else -1
        elif character != "|" and (atom := ATOM.match(pattern, at)):
            step = len(atom[0])
        at += step
        if not depth:
            if repeat := REPEAT.match(pattern, at):
                at = repeat.end()
            atoms.append(pattern[start:at])
            start = at
    return atoms
