"""The regression gate: what was right before stays right, or someone says that it may not."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import msgspec

from extract.gold.corpus import GoldError
from extract.gold.score import TYPES, Tallies, total
from extract.output.files import write

BASELINE = "baseline.json"
TOLERANCE = 5e-5
"""Floors are written with four decimals."""


class Standing(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The gold records of one type that one article has right, and what it finds besides."""

    right: tuple[str, ...] = ()
    spurious: tuple[str, ...] = ()


class Baseline(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A scored corpus to hold later ones against: the least F1 of each type, and every record."""

    floors: Mapping[str, float] = {}
    articles: Mapping[str, Mapping[str, Standing]] = {}


class Difference(NamedTuple):
    """One record that changed sides since the baseline."""

    what: str
    """``gained`` or ``lost`` (a gold record), ``spurious`` or ``no longer spurious`` (a found one)."""
    article: str
    group: str
    record: str


class Fall(NamedTuple):
    """A record type below its floor."""

    group: str
    floor: float
    f1: float


def standing(scores: Mapping[str, Tallies]) -> Baseline:
    """What a scored corpus looks like as a baseline."""
    sums = total(scores.values())
    return Baseline(
        floors={group: round(sums[group].figures().f1, 4) for group in TYPES},
        articles={name: {g: _standing(tallies, g) for g in TYPES} for name, tallies in scores.items()},
    )


def load(corpus: Path) -> Baseline | None:
    """The baseline of a corpus; ``None`` where it has none yet."""
    path = corpus / BASELINE
    if not path.is_file():
        return None
    try:
        return msgspec.json.decode(path.read_bytes(), type=Baseline)
    except msgspec.DecodeError as error:
        raise GoldError(f"{path}: {error}") from error


def save(corpus: Path, baseline: Baseline) -> None:
    """Make this the baseline of a corpus."""
    write(corpus / BASELINE, msgspec.json.format(msgspec.json.encode(baseline), indent=1) + b"\n")


def falls(before: Baseline, now: Baseline) -> list[Fall]:
    """The record types whose F1 is below the floor: a regression where there is one."""
    pairs = ((group, floor, now.floors.get(group, 0.0)) for group, floor in before.floors.items())
    return [Fall(group, floor, f1) for group, floor, f1 in pairs if f1 < floor - TOLERANCE]


def differences(before: Baseline, now: Baseline) -> Iterator[Difference]:
    """Every record that changed sides, in the articles that both have."""
    for name in sorted(before.articles.keys() & now.articles.keys()):
        for group in TYPES:
            old = before.articles[name].get(group, Standing())
            new = now.articles[name].get(group, Standing())
            for what, ours, theirs in (
                ("lost", old.right, new.right),
                ("spurious", new.spurious, old.spurious),
                ("gained", new.right, old.right),
                ("no longer spurious", old.spurious, new.spurious),
            ):
                for record in sorted(set(ours) - set(theirs)):
                    yield Difference(what, name, group, record)


def _standing(tallies: Tallies, group: str) -> Standing:
    tally = tallies[group]
    return Standing(right=tuple(sorted(tally.right)), spurious=tuple(sorted(tally.spurious)))
