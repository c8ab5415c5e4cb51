"""What is made of one article where it was extracted: bytes for each form that results are written in."""

from collections import Counter
from collections.abc import Collection, Sequence
from typing import NamedTuple

import msgspec

from extract.output import tables
from extract.output.sink import SINKS
from extract.records import Extraction

WARNINGS, DROPPED = "warning ", "dropped "
"""What the counts of warnings by kind, and of dropped candidates by rule, begin with."""
REPAIRS = {"repaired", "mojibake", "broken-bytes", "broken-characters"}
"""Warnings of texts that were not as they should be."""


class Failure(msgspec.Struct, frozen=True):
    """An article that could not be read or extracted."""

    article: str
    stage: str
    error: str
    message: str


Outcome = Extraction | Failure


class Result(NamedTuple):
    """What became of an article, and its text where that is to be kept beside the records."""

    outcome: Outcome
    text: str | None = None


class Piece(msgspec.Struct, frozen=True, kw_only=True):
    """An article as the folder of a run takes it. Its parts are for the forms of that name, ``json`` is its
    document; all are opaque bytes, which travel between processes at the cost of a copy."""

    id: str
    source: str
    counts: dict[str, int] = {}
    parts: dict[str, bytes] = {}
    text: bytes | None = None
    failure: Failure | None = None


def piece(result: Result, forms: Collection[str]) -> Piece:
    """What the folder of a run takes of an article."""
    outcome, text = result
    if isinstance(outcome, Failure):
        return Piece(id=outcome.article, source=outcome.article, failure=outcome)
    info = outcome.article
    codes = [warning.code for warning in outcome.warnings]
    sizes = {table: sum(1 for _ in tables.TABLES[table].rows(outcome)) for table in tables.TABLES}
    return Piece(
        id=info.id,
        source=info.source or info.id,
        counts={
            **told(info.characters, info.published, codes),
            **sizes,
            **{f"{DROPPED}{rule}": times for rule, times in outcome.dropped.items()},
        },
        parts={form: _encoded(outcome, form) for form in forms},
        text=text.encode() if text is not None and "json" in forms else None,
    )


def told(characters: int, published: object, codes: Sequence[str]) -> Counter[str]:
    """What an article counts for besides its records; ``codes`` are those of its warnings."""
    counts = Counter(f"{WARNINGS}{code}" for code in codes)
    undated, repaired = int(published is None), int(not REPAIRS.isdisjoint(codes))
    counts.update(characters=characters, undated=undated, repaired=repaired)
    return counts


def _encoded(extraction: Extraction, form: str) -> bytes:
    return msgspec.json.encode(extraction) if form == "json" else SINKS[form]().encode(extraction)
