"""Precision, recall and F1 of extractions against gold records, by record type and field."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import msgspec

from extract.gold import judge
from extract.gold.corpus import Case, GoldOfficial, Place
from extract.records import Extraction, Official

GROUPS = ("metrics", "percentages", "dates", "officials", "posts")
TYPES = GROUPS[:4]
"""The record types; posts are counted besides."""


class Figures(NamedTuple):
    """Precision, recall and F1."""

    precision: float
    recall: float
    f1: float


class Tally(msgspec.Struct):
    """Counts of one group: true positives by field, gold and found records, and which are right."""

    right_by_field: Counter[str] = msgspec.field(default_factory=Counter)
    gold: int = 0
    found: int = 0
    right: set[str] = msgspec.field(default_factory=set)
    wrong: set[str] = msgspec.field(default_factory=set)
    """Gold records that are missed or judged wrong."""
    spurious: set[str] = msgspec.field(default_factory=set)
    """Found records that no gold one stands behind."""

    def judged(self, key: str, verdict: judge.Verdict) -> None:
        """Count a gold record that was found."""
        self.right_by_field["found"] += 1
        self.right_by_field.update(field for field, right in verdict.items() if right)
        self.right_by_field.update(dict.fromkeys(verdict, 0))
        (self.right if verdict["record"] else self.wrong).add(key)

    def figures(self, field: str = "record") -> Figures:
        """The figures of a field; a group with nothing to find and nothing found is all right."""
        hits = self.right_by_field[field]
        precision = hits / self.found if self.found else float(not self.gold)
        recall = hits / self.gold if self.gold else 1.0
        total = precision + recall
        return Figures(precision, recall, 2 * precision * recall / total if total else 0.0)

    def add(self, other: "Tally") -> None:
        """Count another article in (its records are named by article, not here)."""
        self.right_by_field.update(other.right_by_field)
        self.gold += other.gold
        self.found += other.found


Tallies = dict[str, Tally]


def total(tallies: Iterable[Tallies]) -> Tallies:
    """All articles together."""
    sums = {group: Tally() for group in GROUPS}
    for tally in tallies:
        for group in GROUPS:
            sums[group].add(tally[group])
    return sums


def score(case: Case, extraction: Extraction | None) -> Tallies:
    """Judge one article; ``None`` is one that failed: everything in it is missed."""
    tallies = {group: Tally() for group in GROUPS}
    for group, places in case.places.items():
        found: Sequence[Any] = getattr(extraction, group) if extraction else ()
        _score_placed(tallies[group], group, getattr(case.gold, group), places, found)
    _score_officials(tallies, case.gold.officials, extraction.officials if extraction else ())
    return tallies


def _score_placed(
    tally: Tally, group: str, golds: Sequence[Any], places: Sequence[Place], found: Sequence[Any]
) -> None:
    spans = [(record.span.start, record.span.end) for record in found]
    partner = dict(match(places, spans))
    matched = set(partner.values())
    optional = [place for gold, place in zip(golds, places, strict=True) if gold.optional]
    for i, gold in enumerate(golds):
        if gold.optional:
            continue
        tally.gold += 1
        if i not in partner:
            tally.wrong.add(gold.key)
            continue
        record = found[partner[i]]
        tally.judged(gold.key, _verdict(group, gold, record, places[i] == spans[partner[i]]))
    excused = {j for i, j in partner.items() if golds[i].optional}
    excused |= {j for j, s in enumerate(spans) if j not in matched and any(overlap(o, s) for o in optional)}
    tally.found += len(found) - len(excused)
    unmatched = [j for j in range(len(found)) if j not in matched and j not in excused]
    tally.spurious.update(f"{found[j].span.text}@{spans[j][0]}" for j in unmatched)


def _verdict(group: str, gold: Any, found: Any, at_place: bool) -> judge.Verdict:
    if group == "metrics":
        return judge.metric(gold, found)
    if group == "percentages":
        return judge.percentage(gold, found)
    return judge.date(gold, found, at_place)


def _score_officials(tallies: Tallies, golds: Sequence[GoldOfficial], found: Sequence[Official]) -> None:
    optional = {gold.name for gold in golds if gold.optional}
    found = [record for record in found if record.name not in optional]
    officials, posts = tallies["officials"], tallies["posts"]
    officials.found, posts.found = len(found), sum(len(record.posts) for record in found)
    by_name = {record.name: record for record in found}
    for gold in golds:
        if gold.optional:
            continue
        officials.gold += 1
        posts.gold += len(gold.posts)
        record = by_name.pop(gold.name, None)
        if record is None:
            officials.wrong.add(gold.name)
            continue
        hits, left = judge.posts(gold.posts, record.posts)
        posts.right_by_field["found"] += hits
        officials.judged(gold.name, {"record": hits == len(gold.posts) and not left})
    officials.spurious.update(by_name)


def match(golds: Sequence[Place], found: Sequence[Place]) -> list[tuple[int, int]]:
    """Pairs of gold and found places, one to one, those that overlap most first."""
    candidates = (
        (overlap(g, f), -abs(f[0] - g[0]), i, j) for i, g in enumerate(golds) for j, f in enumerate(found)
    )
    taken_gold: set[int] = set()
    taken_found: set[int] = set()
    pairs = []
    for shared, _, i, j in sorted(candidates, reverse=True):
        if shared and i not in taken_gold and j not in taken_found:
            taken_gold.add(i)
            taken_found.add(j)
            pairs.append((i, j))
    return pairs


def overlap(a: Place, b: Place) -> int:
    """How many characters two places share."""
    return max(0, min(a[1], b[1]) - max(a[0], b[0]))
