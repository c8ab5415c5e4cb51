"""A list of places before numbers in a row: one each (`甲县、乙县产量分别为3吨和4吨`)."""

import re
from collections.abc import Sequence
from itertools import pairwise

from extract.mentions import Phrase
from extract.metrics.facts import Fact

MEMBER = re.compile("[^、和与及]+")
LISTED = re.compile("[^，；：。！？]{0,16}(?:、|和|以及)[^，；：。！？]{0,2}")
"""What parts the numbers of a list."""
ROW = re.compile("(?:、|和|与|及|以及)[^，；。、0-9]{0,4}")
"""What parts the numbers of a row."""


def dealt(text: str, facts: Sequence[Fact], scopes: Sequence[Phrase | None]) -> list[Phrase | None]:
    """The scopes of the facts, lists of places dealt out to rows of as many numbers of one name."""
    shares = list(scopes)
    for start, end in _rows(text, facts):
        scope = scopes[start]
        if scope is None or any(other != scope for other in scopes[start:end]):
            continue
        members = [m for m in MEMBER.finditer(scope.text) if m[0].strip()]
        if len(members) == end - start > 1 and text.startswith(scope.text, scope.start):
            shares[start:end] = [
                Phrase(m[0], scope.start + m.start(), scope.start + m.end()) for m in members
            ]
    return shares


def shared(text: str, facts: Sequence[Fact], scopes: Sequence[Phrase | None]) -> list[Phrase | None]:
    """The scopes of the facts, the place right before the first number of a list given to the others
    (`贡献了甲国六成的产值、七成的就业`)."""
    shares = list(scopes)
    for i, (one, other) in enumerate(pairwise(facts), 1):
        scope, start, end = shares[i - 1], one.quantity.end, other.quantity.start
        beside = scope is not None and scope.end == one.quantity.start
        listed = LISTED.fullmatch(text, start, end) if shares[i] is None else None
        if listed and (beside or shares[i - 1] is not scopes[i - 1]):
            shares[i] = scope
    return shares


def _rows(text: str, facts: Sequence[Fact]) -> list[tuple[int, int]]:
    """Where numbers in a row begin and end that have one name."""
    starts = [0] if facts else []
    for i, (one, other) in enumerate(pairwise(facts), 1):
        together = ROW.fullmatch(text, one.quantity.end, other.quantity.start)
        if not together or one.name.text != other.name.text:
            starts.append(i)
    return list(pairwise([*starts, len(facts)]))
