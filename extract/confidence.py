"""How sure a record is: the share of right ones among those of its kind on the gold corpus.

A kind is a rule and the way in which it links: whether a metric's name stands beside its number, whether a
date hangs on another, and so on. Kinds with few cases lean on their rule, and rules on their record type.
A record is right as a whole as the scorer has it: of a metric its value, unit, name and change.
"""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TypeVar

import msgspec

from extract.records import AnyRecord, Confidence, Date, Metric, Percentage

FILE = "confidence.json"
BESIDE = 2
"""Most characters between a number and a name that stand beside each other."""
LEAN = 2
"""How many cases the level above counts for."""

R = TypeVar("R", bound=AnyRecord)
Kind = tuple[str, str, str]
"""Record type, rule, way of linking."""


class Grade(msgspec.Struct, frozen=True, array_like=True):
    """How many of the cases were right."""

    right: int = 0
    cases: int = 0

    def __add__(self, other: "Grade") -> "Grade":
        return Grade(self.right + other.right, self.cases + other.cases)


class Bin(msgspec.Struct, frozen=True, array_like=True):
    """Records that say they are about as sure, and how many of them were right."""

    low: float
    high: float
    said: float
    right: int
    cases: int


class Table(msgspec.Struct, frozen=True, kw_only=True):
    """The grades by record type, rule and way, and how well they foretold articles that they do not know."""

    grades: Mapping[str, Mapping[str, Mapping[str, Grade]]] = {}
    bins: tuple[Bin, ...] = ()


def shipped() -> Path:
    """The file of grades: inside an installed package, else in the corpus of a checkout."""
    package = Path(__file__).parent
    inside = package / f"_{FILE}"
    return inside if inside.is_file() else package.parent / "corpus" / FILE


def load(path: Path) -> Table:
    """A file of grades; none are known where there is no file."""
    return msgspec.json.decode(path.read_bytes(), type=Table) if path.is_file() else Table()


class Sureness:
    """Tells of each record how sure it is."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self._known: dict[Kind, Confidence] = {}

    def tell(self, type: str, records: Iterable[R]) -> Iterator[R]:
        """The records with how sure they are; as they are where nothing is known of their type."""
        if type not in self.table.grades:
            yield from records
            return
        for record in records:
            kind = (type, record.rule, way(record))
            if kind not in self._known:
                self._known[kind] = confidence(self.table, kind)
            yield msgspec.structs.replace(record, confidence=self._known[kind])


def confidence(table: Table, kind: Kind) -> Confidence:
    """How sure a record of a kind is."""
    type, rule, link = kind
    grade = table.grades.get(type, {}).get(rule, {}).get(link, Grade())
    return Confidence(share=round(share(table, kind), 2), cases=grade.cases)


def share(table: Table, kind: Kind) -> float:
    """The share of right records of a kind, as far as its cases and those of the levels above tell."""
    type, rule, link = kind
    rules = table.grades.get(type, {})
    ways = rules.get(rule, {})
    of_type = sum((grade for one in rules.values() for grade in one.values()), Grade())
    found = of_type.right / of_type.cases if of_type.cases else 0.5
    for grade in (sum(ways.values(), Grade()), ways.get(link, Grade())):
        found = (grade.right + LEAN * found) / (grade.cases + LEAN)
    return found


def way(record: AnyRecord) -> str:
    """In which way a record links what it is made of."""
    if isinstance(record, Metric):
        return _named(record)
    if isinstance(record, Percentage):
        return "linked" if record.metric else "alone"
    if isinstance(record, Date):
        return "relative" if record.relative else "absolute"
    return "one post" if len(record.posts) == 1 else "several posts"


def _named(metric: Metric) -> str:
    """Where the name stands from the number."""
    name, number = metric.name_span, metric.span
    if name is None:
        return "no name"
    if name.start >= number.end:
        return "name behind" if name.start - number.end <= BESIDE else "name far behind"
    return "name before" if number.start - name.end <= BESIDE else "name far before"
