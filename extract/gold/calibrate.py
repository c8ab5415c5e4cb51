"""Grades the kinds of records on the gold corpus, and tries the grades on articles that they do not know."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import reduce
from operator import add
from pathlib import Path
from typing import Any

import msgspec

from extract.confidence import Bin, Grade, Kind, Table, share, way
from extract.gold.tally import TYPES, Tallies
from extract.output.files import write

BINS = 10
Grades = Mapping[Kind, Grade]


def calibrate(scores: Mapping[str, Tallies]) -> Table:
    """The grades of a scored corpus, with the bins of a trial: each article by the grades of the others."""
    by_article = {name: _grades(tallies) for name, tallies in scores.items()}
    whole = _sum(by_article.values())
    said: list[tuple[float, Grade]] = []
    for name, grades in by_article.items():
        others = _table(_sum(g for other, g in by_article.items() if other != name))
        said += ((round(share(others, kind), 4), grade) for kind, grade in grades.items())
    return msgspec.structs.replace(_table(whole), bins=tuple(_bins(said)))


def save(path: Path, table: Table) -> None:
    """Write the file of grades."""
    write(path, msgspec.json.format(msgspec.json.encode(table), indent=1) + b"\n")


def markdown(table: Table) -> Iterator[str]:
    """The trial as a table: what records said, and how many of them were right."""
    yield "| confidence | records | said on average | right |"
    yield "| --- | --- | --- | --- |"
    for one in table.bins:
        right = one.right / one.cases
        yield f"| {one.low:.3f} to {one.high:.3f} | {one.cases} | {one.said:.3f} | {right:.3f} |"


def _grades(tallies: Tallies) -> dict[Kind, Grade]:
    """The found records of an article by kind: right ones, wrong ones, and those too many."""
    grades: defaultdict[Kind, Grade] = defaultdict(Grade)
    for type in TYPES:
        for record, right in _judged(tallies, type):
            grades[type, record.rule, way(record)] += Grade(int(right), 1)
    return dict(grades)


def _judged(tallies: Tallies, type: str) -> Iterator[tuple[Any, bool]]:
    for judged in tallies[type].records.values():
        if judged.verdict["found"].right:
            yield judged.verdict["record"].found, judged.verdict["record"].right
    for judged in tallies[type].spurious.values():
        yield judged.verdict["found"].found, False


def _sum(parts: Iterable[Grades]) -> Grades:
    whole: defaultdict[Kind, Grade] = defaultdict(Grade)
    for part in parts:
        for kind, grade in part.items():
            whole[kind] += grade
    return whole


def _table(grades: Grades) -> Table:
    nested: dict[str, dict[str, dict[str, Grade]]] = {type: {} for type in TYPES}
    for (type, rule, link), grade in sorted(grades.items()):
        nested[type].setdefault(rule, {})[link] = grade
    return Table(grades=nested)


def _bins(said: Iterable[tuple[float, Grade]]) -> Iterator[Bin]:
    """Ten bins with about as many records each, fewer where many say the same."""
    by_share: defaultdict[float, Grade] = defaultdict(Grade)
    for one, grade in said:
        by_share[one] += grade
    each = sum(grade.cases for grade in by_share.values()) / BINS
    held: list[float] = []
    for one in sorted(by_share):
        held.append(one)
        if sum(by_share[s].cases for s in held) >= each or one == max(by_share):
            whole = reduce(add, (by_share[s] for s in held))
            mean = sum(s * by_share[s].cases for s in held) / whole.cases
            yield Bin(held[0], held[-1], round(mean, 3), whole.right, whole.cases)
            held = []
