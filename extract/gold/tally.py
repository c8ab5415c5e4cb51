"""Counts of judged records, by record type and field."""

from collections import Counter
from collections.abc import Iterable
from typing import Any, NamedTuple

import msgspec

from extract.gold.corpus import Key
from extract.gold.fields import Check, Verdict

GROUPS = ("metrics", "percentages", "dates", "officials", "posts")
TYPES = GROUPS[:4]
"""The record types; posts are counted besides."""
BALANCED = ("found", "record")
"""What is given in F1: found records that no gold one stands behind tell against it."""


class Figures(NamedTuple):
    """Precision, recall and F1."""

    precision: float
    recall: float
    f1: float


class Judged(NamedTuple):
    """A record, with the sentence that it stands in."""

    sentence: str
    verdict: Verdict


class Tally(msgspec.Struct):
    """Counts of one group: by field, how many gold records state it and how many of these are right."""

    right: Counter[str] = msgspec.field(default_factory=Counter)
    stated: Counter[str] = msgspec.field(default_factory=Counter)
    found: int = 0
    records: dict[Key, Judged] = msgspec.field(default_factory=dict)
    """Every gold record."""
    spurious: dict[Key, Judged] = msgspec.field(default_factory=dict)
    """Found records that no gold one stands behind."""

    @property
    def gold(self) -> int:
        """The number of gold records."""
        return self.stated["found"]

    def judged(self, key: Key, record: Judged) -> None:
        """Count a gold record."""
        self.stated.update(record.verdict.keys())
        self.right.update(field for field, check in record.verdict.items() if check.right)
        self.records[key] = record

    def surplus(self, key: Key, sentence: str, record: Any) -> None:
        """Keep a found record that no gold one stands behind."""
        self.spurious[key] = Judged(sentence, {"found": Check(False, None, record)})

    def figures(self, field: str = "record") -> Figures:
        """The figures of whole records; a group with nothing to find and nothing found is all right."""
        hits = self.right[field]
        precision = hits / self.found if self.found else float(not self.gold)
        recall = hits / self.gold if self.gold else 1.0
        total = precision + recall
        return Figures(precision, recall, 2 * precision * recall / total if total else 0.0)

    def figure(self, field: str) -> float:
        """The one figure of a field: F1 of whole records, else the share of those that state it."""
        return self.figures(field).f1 if field in BALANCED else self.right[field] / self.stated[field]

    def add(self, other: "Tally") -> None:
        """Count another article in (its records are named by article, not here)."""
        self.right.update(other.right)
        self.stated.update(other.stated)
        self.found += other.found


Tallies = dict[str, Tally]


def total(tallies: Iterable[Tallies]) -> Tallies:
    """All articles together."""
    sums = {group: Tally() for group in GROUPS}
    for tally in tallies:
        for group in GROUPS:
            sums[group].add(tally[group])
    return sums
