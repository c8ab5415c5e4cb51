"""Scores a corpus with an extractor, and tells the result in lines of text."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from extract.batch.local import extract
from extract.gold import gate
from extract.gold.corpus import cases
from extract.gold.score import GROUPS, TYPES, Tallies, score, total
from extract.output.folder import Failure
from extract.pipeline import Extractor


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
        for field in tally.right_by_field:
            figures = tally.figures(field)
            yield f"   {field:10s} P {figures.precision:.3f} R {figures.recall:.3f} F1 {figures.f1:.3f}"
    yield "record F1: " + ", ".join(f"{group} {sums[group].figures().f1:.3f}" for group in TYPES)


def changes(before: gate.Baseline | None, now: gate.Baseline) -> Iterator[str]:
    """What is other than in the baseline: each record by name, and each type below its floor."""
    if before is None:
        yield "no baseline yet: --update writes one"
        return
    for name in sorted(before.articles.keys() ^ now.articles.keys()):
        yield f"{'new' if name in now.articles else 'gone'} article: {name}"
    differences = list(gate.differences(before, now))
    yield from (f"{d.what}: {d.article}: {d.group}: {d.record}" for d in differences)
    if not differences:
        yield "every record as in the baseline"
    for fall in gate.falls(before, now):
        yield f"REGRESSION: {fall.group}: F1 {fall.f1:.4f} is below the floor {fall.floor:.4f}"
