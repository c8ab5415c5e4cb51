"""Scores a corpus with an extractor, and tells the result in lines of text."""

from collections.abc import Iterator, Mapping
from itertools import chain
from pathlib import Path
from typing import Any

from msgspec import UNSET, Struct

from extract.batch.local import extract
from extract.gold import gate
from extract.gold.corpus import cases
from extract.gold.score import score
from extract.gold.tally import BALANCED, GROUPS, TYPES, Tallies, Tally, total
from extract.output.piece import Failure
from extract.pipeline import Extractor

UNSAID = {
    "id",
    "rule",
    "confidence",
    "span",
    "name_span",
    "scope_span",
    "headings",
    "base_span",
    "from_span",
    "text",
    "nth",
    "optional",
    "name_alt",
    "mentions",
    "references",
}
"""Fields that a record told in short leaves out."""


def scores(extractor: Extractor, corpus: Path) -> tuple[dict[str, Tallies], list[str]]:
    """The tallies of every article by name, and the errors of those that failed."""
    tallies, errors = {}, []
    for case in cases(corpus):
        outcome = extract(extractor, case.article)
        if isinstance(outcome, Failure):
            errors.append(f"failed: {case.name}: {outcome.error}: {outcome.message}")
        tallies[case.name] = score(case, None if isinstance(outcome, Failure) else outcome)
    return tallies, errors


def table(scores: Mapping[str, Tallies]) -> Iterator[str]:
    """Figures by record type and field, then the record F1 of each type in one line."""
    sums = total(scores.values())
    for group in GROUPS:
        tally = sums[group]
        yield f"{group}: gold {tally.gold}, found {tally.found}"
        for field in tally.stated:
            yield f"   {field:11s} {_figure(tally, field)}"
    yield "record F1: " + ", ".join(f"{group} {sums[group].figures().f1:.3f}" for group in TYPES)


def _figure(tally: Tally, field: str) -> str:
    if field in BALANCED:
        return "P {:.3f} R {:.3f} F1 {:.3f}".format(*tally.figures(field))
    return f"{tally.figure(field):.3f} of {tally.stated[field]}"


def changes(before: gate.Baseline, scores: Mapping[str, Tallies]) -> Iterator[str]:
    """What is other than in the baseline: each record by name, and each field below its floor."""
    for name in sorted(before.articles.keys() ^ scores.keys()):
        yield f"{'new' if name in scores else 'gone'} article: {name}"
    differences = list(gate.differences(before, scores))
    yield from chain.from_iterable(map(told, differences))
    if not differences:
        yield "every record as in the baseline"
    for fall in gate.falls(before, gate.standing(scores)):
        yield f"REGRESSION: {fall.group}: {fall.field} {fall.figure:.4f} is below the floor {fall.floor:.4f}"


def told(difference: gate.Difference) -> Iterator[str]:
    """A changed record; its sentence; and each field that changed, expected against found."""
    yield f"{difference.what}: {difference.article}: {difference.group}: {difference.record}"
    if difference.judged is None:
        return
    yield f"   {difference.judged.sentence}"
    told = ("found",) if "found" in difference.fields else difference.fields
    for field in filter("record".__ne__, told):
        check = difference.judged.verdict[field]
        yield f"   {field}: expected {_shown(check.expected)}, found {_shown(check.found)}"


def _shown(value: Any) -> str:
    """A value of a field in short; of a whole record, the fields that say something."""
    if isinstance(value, Struct):
        pairs = ((name, getattr(value, name)) for name in value.__struct_fields__ if name not in UNSAID)
        said = (f"{name.rstrip('_')} {_shown(part)}" for name, part in pairs if part not in (None, (), UNSET))
        return f"({', '.join(said)})"
    if isinstance(value, tuple):
        return " / ".join(map(_shown, value)) or "none"
    return "null" if value is None else str(value)
