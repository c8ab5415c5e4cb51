"""A rule as it stands, with its place, its fragments, its readers, and how it fares on the gold corpus."""

import re
from collections.abc import Iterator

from extract.authors.lines import Line, lines
from extract.authors.readers import of_file, of_rule
from extract.confidence import Table
from extract.rulefile import FRAGMENT, RulesError, meant
from extract.rules import Rules

MOST = 12
"""Readers of one rule that are told: enough to know the way."""


def show(rules: Rules, grades: Table, id: str) -> Iterator[str]:
    """Everything about the rule, the fragment or the list of a name. Raises `RulesError` where there is
    none, with what may have been meant."""
    said = [line for line in lines(rules) if line.owner == id]
    if not said:
        known = dict.fromkeys(line.owner for line in lines(rules))
        raise RulesError(f"no rule, fragment or list {id!r}; {meant(id, known)}")
    for path in dict.fromkeys(line.path for line in said):
        here = [line for line in said if line.path == path]
        yield f"{here[0].place}: {here[0].kind} {id}"
        if here[0].kind == "list":
            yield f"   {len(here)} words"
        else:
            text = path.read_text(encoding="utf-8-sig").splitlines()
            yield from (f"   {line}" for line in text[here[0].number - 1 : here[-1].number])
    stem = said[0].path.stem
    yield from _fragments(rules, stem, said)
    if said[0].kind == "rule":
        yield from _fares(grades, id)
        readers = list(of_rule(rules, stem, id)) or of_file(stem)
    else:
        readers = of_file(stem)
        yield from (
            f"in: {line}" for line in lines(rules) if f"{{{id}}}" in line.text and line.path.stem == stem
        )
    yield from (f"read by: {reader}" for reader in readers[:MOST])
    if len(readers) > MOST:
        yield f"read by: {len(readers) - MOST} more lines"


def _fragments(rules: Rules, stem: str, said: list[Line]) -> Iterator[str]:
    """The fragments that the patterns name, by place."""
    names = {name for line in said if not line.told for name in FRAGMENT.findall(line.text)}
    for line in lines(rules):
        starts = re.match(r"[\w\"']", line.text)
        if line.kind == "fragment" and line.owner in names and line.path.stem == stem and starts:
            yield f"names {{{line.owner}}}: {line.place}"


def _fares(grades: Table, id: str) -> Iterator[str]:
    for type, by_rule in grades.grades.items():
        for link, grade in by_rule.get(id, {}).items():
            yield f"on gold: {type}, {link}: {grade.right} of {grade.cases} right"
