"""The regression gate: what was right before stays right, or someone says that it may not."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import msgspec

from extract.gold.corpus import GoldError, Key
from extract.gold.tally import GROUPS, Judged, Tallies, Tally, total
from extract.output.files import write

BASELINE = "baseline.json"
TOLERANCE = 5e-5
"""Floors are written with four decimals."""


class Standing(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The gold records of one group in one article, each with the fields that are wrong in it, and what
    is found besides."""

    records: Mapping[Key, str] = {}
    spurious: tuple[Key, ...] = ()


class Baseline(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A scored corpus to hold later ones against: the least figure of each field, and every record."""

    floors: Mapping[str, Mapping[str, float]] = {}
    articles: Mapping[str, Mapping[str, Standing]] = {}


class Difference(NamedTuple):
    """One record that changed sides since the baseline, or some fields of which did."""

    what: str
    """``gained``, ``lost``, ``better`` or ``worse`` (a gold record), ``spurious`` or ``no longer spurious``
    (a found one)."""
    article: str
    group: str
    record: Key = ""
    fields: tuple[str, ...] = ()
    judged: Judged | None = None
    """The record as it is judged now."""


class Fall(NamedTuple):
    """A field below its floor."""

    group: str
    field: str
    floor: float
    figure: float


def standing(scores: Mapping[str, Tallies]) -> Baseline:
    """What a scored corpus looks like as a baseline."""
    sums = total(scores.values())
    floors = {g: {f: round(sums[g].figure(f), 4) for f in sums[g].stated} for g in GROUPS if sums[g].stated}
    return Baseline(
        floors=floors,
        articles={name: {g: _standing(tallies[g]) for g in GROUPS} for name, tallies in scores.items()},
    )


def load(corpus: Path, *, new: bool = False) -> Baseline:
    """The baseline of a corpus. Where it has none nothing can be held against it: only one that is about
    to get its first may be ``new``."""
    path = corpus / BASELINE
    if not path.is_file():
        if new:
            return Baseline()
        raise GoldError(f"{path}: no baseline to hold the scores against: `score --update` writes one")
    try:
        return msgspec.json.decode(path.read_bytes(), type=Baseline)
    except msgspec.DecodeError as error:
        raise GoldError(f"{path}: {error}") from error


def save(corpus: Path, baseline: Baseline) -> None:
    """Make this the baseline of a corpus."""
    write(corpus / BASELINE, msgspec.json.format(msgspec.json.encode(baseline), indent=1) + b"\n")


def falls(before: Baseline, now: Baseline) -> list[Fall]:
    """The fields whose figure is below the floor: a regression where there is one."""
    return [
        Fall(group, field, floor, figure)
        for group, floors in before.floors.items()
        for field, floor in floors.items()
        if (figure := now.floors.get(group, {}).get(field, 0.0)) < floor - TOLERANCE
    ]


def differences(before: Baseline, scores: Mapping[str, Tallies]) -> Iterator[Difference]:
    """Every record that changed, in the articles that both have."""
    for name in sorted(before.articles.keys() & scores.keys()):
        for group in GROUPS:
            old, now = before.articles[name].get(group, Standing()), scores[name][group]
            yield from _gold(Difference("", name, group), old, now)
            yield from _besides(Difference("", name, group), old, now)


def _gold(here: Difference, old: Standing, now: Tally) -> Iterator[Difference]:
    for key, judged in sorted(now.records.items()):
        # What the baseline does not know was wrong in every field.
        wrong = set(old.records[key].split() if key in old.records else judged.verdict)
        whole = "record" if "record" in judged.verdict else "found"
        worse = tuple(f for f, check in judged.verdict.items() if not check.right and f not in wrong)
        better = tuple(f for f, check in judged.verdict.items() if check.right and f in wrong)
        for fields, one, other in ((worse, "lost", "worse"), (better, "gained", "better")):
            if fields:
                what = one if whole in fields else other
                yield here._replace(what=what, record=key, fields=fields, judged=judged)


def _besides(here: Difference, old: Standing, now: Tally) -> Iterator[Difference]:
    for key in _new(now.spurious, old.spurious):
        yield here._replace(what="spurious", record=key, fields=("found",), judged=now.spurious[key])
    for key in _new(old.spurious, now.spurious):
        yield here._replace(what="no longer spurious", record=key)


def _new(keys: Iterable[Key], others: Iterable[Key]) -> list[Key]:
    return sorted(set(keys) - set(others))


def _standing(tally: Tally) -> Standing:
    wrong = {
        key: " ".join(field for field, check in judged.verdict.items() if not check.right)
        for key, judged in sorted(tally.records.items())
    }
    return Standing(records=wrong, spurious=tuple(sorted(tally.spurious)))
