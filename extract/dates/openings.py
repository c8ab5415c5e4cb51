"""How the matches of a pattern begin, and several patterns as one: what makes looking for rules cheap."""

import re
from collections.abc import Iterable, Sequence
from itertools import groupby
from re import _parser  # type: ignore[attr-defined]  # no public view of a pattern's structure exists
from typing import Any

ANY = "\uffff"
"""Stands for a character that a pattern leaves open."""

LONGEST = 2
"""So many characters of a beginning are told apart."""

ATOM = re.compile(r"\\.|\[\]?(?:\\.|[^\]\\])*\]|[^\\\[()|]")
REPEAT = re.compile(r"(?:[*+?]|\{\d*,?\d*\})[?+]?")


def openings(pattern: str) -> set[str]:
    """The first two characters of all that a pattern can match, or one where a match may end there."""
    return _sequence(_parser.parse(pattern))


def _sequence(tree: Iterable[tuple[Any, Any]]) -> set[str]:
    found = {""}
    for operation, argument in tree:
        if all(len(start) == LONGEST for start in found):
            break
        found = _joined(found, _one(str(operation), argument))
    return found


def _joined(starts: set[str], others: set[str]) -> set[str]:
    whole = {start for start in starts if len(start) == LONGEST}
    return whole | {(a + b)[:LONGEST] for a in starts - whole for b in others}


def _one(operation: str, argument: Any) -> set[str]:
    match operation:
        case "LITERAL":
            return {chr(argument)}
        case "IN":
            return _members(argument)
        case "BRANCH":
            return set().union(*map(_sequence, argument[1]))
        case "SUBPATTERN":
            return _sequence(argument[3])
        case "MAX_REPEAT" | "MIN_REPEAT":
            least, most, inner = argument
            once = _sequence(inner)
            several = _joined(once, once) | once if most > 1 else once
            return several | {""} if least == 0 else several
        case "ASSERT" | "ASSERT_NOT" | "AT":
            return {""}
        case _:
            return {ANY}


def _members(items: Iterable[tuple[Any, Any]]) -> set[str]:
    found: set[str] = set()
    for operation, argument in items:
        match str(operation):
            case "LITERAL":
                found.add(chr(argument))
            case "RANGE":
                found |= set(map(chr, range(argument[0], argument[1] + 1)))
            case "CATEGORY" if str(argument) == "CATEGORY_DIGIT":
                found |= set("0123456789")
            case _:
                return {ANY}
    return found


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
