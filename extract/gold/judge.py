"""When what was found is the same as what the gold says: numbers, units, moments, names, changes, posts."""

import re
from collections import Counter
from collections.abc import Iterable

from extract.gold.corpus import GoldChange, GoldPost
from extract.records import Change, Post, Value

SAME_UNIT = {"％": "%", "百分点": "个百分点", "人民币": "元"}
PUNCTUATION = re.compile(r"[\s“”\"'‘’《》（）()，,、。的]")
CLOSE = 0.6
"""Least share of common character pairs in two names of one thing."""
CONTAINED = 0.5
"""Least share of the longer name that a name inside it makes up."""


def post(gold: GoldPost, found: Post) -> bool:
    """Same title in the same body, or in one whose name ends like it; or the same words split elsewhere."""
    ours, theirs = squash(gold.organization), squash(found.organization)
    if squash(gold.title) == squash(found.title):
        if ours == theirs:
            return True
        if ours and theirs and (ours.endswith(theirs) or theirs.endswith(ours)):
            return True
    return squash((gold.organization or "") + gold.title) == squash((found.organization or "") + found.title)


def posts(gold: Iterable[GoldPost], found: Iterable[Post]) -> tuple[list[Post | None], list[Post]]:
    """The found post that stands for each gold one, and the found ones left over."""
    left, partners = list(found), []
    for wanted in gold:
        match = next((p for p in left if post(wanted, p)), None)
        if match is not None:
            left.remove(match)
        partners.append(match)
    return partners, left


def same_posts(gold: Iterable[GoldPost], found: Iterable[Post]) -> bool:
    """Whether every gold post is found, and nothing else."""
    partners, left = posts(gold, found)
    return not left and None not in partners


def same_change(gold: GoldChange | None, found: Change | None) -> bool:
    if not gold or not found:
        return gold is None and found is None
    amounts = same(gold.amount, found.amount) and (gold.amount is None or same_unit(gold.unit, found.unit))
    return gold.direction == found.direction and amounts


def same(gold: Value | None, found: Value | None) -> bool:
    if gold is None or found is None:
        return gold is None and found is None
    return abs(gold - found) <= 1e-6 * max(1, abs(gold), abs(found))


def same_set(gold: Iterable[str], found: Iterable[str]) -> bool:
    return set(gold) == set(found)


def same_values(gold: Iterable[Value | None], found: Iterable[Value | None]) -> bool:
    return all(map(same, gold, found))


def same_interval(gold: Iterable[str | None], found: Iterable[str | None]) -> bool:
    """Whether both ends are the same; an end that the gold leaves open is not judged."""
    return all(
        wanted is None or moment(wanted) == moment(end) for wanted, end in zip(gold, found, strict=True)
    )


def same_unit(gold: str | None, found: str | None) -> bool:
    return SAME_UNIT.get(gold or "", gold or "") == SAME_UNIT.get(found or "", found or "")


def moment(text: str | None) -> str:
    """A moment without the seconds, and without the time where it is midnight."""
    if text and text.count(":") == 2:
        return text.replace("T00:00:00", "").replace("T00:00", "").removesuffix(":00")
    return (text or "").replace("T00:00", "")


def squash(name: str | None) -> str:
    """A name without punctuation, spaces and 的."""
    return PUNCTUATION.sub("", name or "")


def close_or_none(gold: str | None, found: str | None) -> bool:
    return (not gold and not found) or close((gold or "",), found)


def among(golds: Iterable[str], found: str | None) -> bool:
    """Whether a name is one of the gold ones."""
    return squash(found) in map(squash, golds)


def close(golds: Iterable[str], found: str | None) -> bool:
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
