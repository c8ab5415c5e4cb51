"""Whether a found record says what the gold one says, field by field."""

import re
from collections import Counter
from collections.abc import Iterable

from extract.gold.corpus import GoldChange, GoldDate, GoldMetric, GoldPercentage, GoldPost
from extract.records import Change, Date, Metric, Percentage, Post, Value

SAME_UNIT = {"％": "%", "百分点": "个百分点", "人民币": "元"}
PUNCTUATION = re.compile(r"[\s“”\"'‘’《》（）()，,、。的]")
CLOSE = 0.6
"""Least share of common character pairs in two names of one thing."""
CONTAINED = 0.5
"""Least share of the longer name that a name inside it makes up."""

Verdict = dict[str, bool]
"""Field to whether it is right; ``record`` is right where the fields that count for it are."""


def metric(gold: GoldMetric, found: Metric) -> Verdict:
    names = (gold.name, *gold.name_alt)
    gold_basis = gold.change.basis if gold.change else None
    verdict = {
        "value": same(gold.value, found.value) and same(gold.value_max, found.value_max),
        "unit": gold.value is None or unit(gold.unit) == unit(found.unit),
        "bound": gold.bound == found.bound,
        "name": squash(found.name) in {squash(name) for name in names},
        "name~": close(found.name, names),
        "change": change(gold.change, found.change),
        "basis": gold_basis == (found.change.basis if found.change else None),
        "scope": close_or_none(gold.scope, found.scope),
        "period": close_or_none(gold.period, found.period),
    }
    verdict["record"] = all(verdict[field] for field in ("value", "unit", "name~", "change"))
    return verdict


def percentage(gold: GoldPercentage, found: Percentage) -> Verdict:
    verdict = {
        "value": same(gold.value, found.value) and gold.unit == found.unit,
        "role": gold.role == found.role,
        "direction": gold.direction == found.direction,
        "basis": gold.basis == found.basis,
    }
    verdict["record"] = all(verdict[field] for field in ("value", "role", "direction"))
    return verdict


def date(gold: GoldDate, found: Date, at_place: bool) -> Verdict:
    starts = moment(gold.start) == moment(found.start)
    ends = gold.end is None or moment(gold.end) == moment(found.end)
    verdict = {
        "span": at_place,
        "kind": gold.kind == found.kind,
        "interval": gold.start is None or (starts and ends),
    }
    verdict["record"] = verdict["interval"] and verdict["kind"]
    return verdict


def post(gold: GoldPost, found: Post) -> bool:
    """Same title in the same body, or in one whose name ends like it; or the same words split elsewhere."""
    ours, theirs = squash(gold.organization), squash(found.organization)
    if squash(gold.title) == squash(found.title):
        if ours == theirs:
            return True
        if ours and theirs and (ours.endswith(theirs) or theirs.endswith(ours)):
            return True
    return squash((gold.organization or "") + gold.title) == squash((found.organization or "") + found.title)


def posts(gold: Iterable[GoldPost], found: Iterable[Post]) -> tuple[int, int]:
    """How many gold posts are found, and how many found ones are left over."""
    left, hits = list(found), 0
    for wanted in gold:
        match = next((p for p in left if post(wanted, p)), None)
        if match is not None:
            left.remove(match)
            hits += 1
    return hits, len(left)


def change(gold: GoldChange | None, found: Change | None) -> bool:
    if not gold or not found:
        return gold is None and found is None
    amounts = same(gold.amount, found.amount) and (gold.amount is None or unit(gold.unit) == unit(found.unit))
    return gold.direction == found.direction and amounts


def same(gold: Value | None, found: Value | None) -> bool:
    if gold is None or found is None:
        return gold is None and found is None
    return abs(gold - found) <= 1e-6 * max(1, abs(gold), abs(found))


def unit(name: str | None) -> str:
    return SAME_UNIT.get(name or "", name or "")


def moment(text: str | None) -> str:
    """A moment without the seconds, and without the time where it is midnight."""
    if text and text.count(":") == 2:
        return text.replace("T00:00:00", "").replace("T00:00", "").removesuffix(":00")
    return (text or "").replace("T00:00", "")


def squash(name: str | None) -> str:
    """A name without punctuation, spaces and 的."""
    return PUNCTUATION.sub("", name or "")


def close_or_none(gold: str | None, found: str | None) -> bool:
    return (not gold and not found) or close(found, (gold or "",))


def close(found: str | None, golds: Iterable[str]) -> bool:
    """Whether a name is one of the gold ones but for small differences."""
    name = squash(found)
    for gold in map(squash, golds):
        if not name or not gold:
            continue
        if name == gold or dice(name, gold) >= CLOSE:
            return True
        short, long = sorted((name, gold), key=len)
        if short in long and len(short) / len(long) >= CONTAINED:
            return True
    return False


def dice(a: str, b: str) -> float:
    """Share of character pairs that two names have in common."""
    pairs = [Counter(s[i : i + 2] for i in range(len(s) - 1)) or Counter([s]) for s in (a, b)]
    return 2 * sum((pairs[0] & pairs[1]).values()) / max(1, pairs[0].total() + pairs[1].total())
