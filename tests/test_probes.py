"""The gate can fail: what an extractor or the gate itself might lose turns it red."""

from collections.abc import Callable
from typing import Any, NamedTuple

import pytest
from msgspec.structs import replace

from extract import Extraction, Extractor
from extract.gold import gate, judge
from extract.gold.corpus import Case, cases
from extract.gold.fields import FIELDS, WHOLE
from extract.gold.score import score
from extract.gold.tally import Tally
from extract.records import Metric
from tests.conftest import CORPUS, ROOT
from tests.mutate import PROBES, Probe

ARTICLES = ("02-press-conference-customs", "11-appointments", "16-industry-monthly", "19-court-work-report")
"""A few that hold every field."""
Mutation = Callable[[Extraction], Extraction]


class Run(NamedTuple):
    """The articles with what is found in them, and how they stand."""

    found: list[tuple[Case, Extraction]]
    before: gate.Baseline

    def fallen(self, mutation: Mutation) -> set[tuple[str, str]]:
        """The fields that fall where what is found changes."""
        now = gate.standing({case.name: score(case, mutation(found)) for case, found in self.found})
        return {(fall.group, fall.field) for fall in gate.falls(self.before, now)}


@pytest.fixture(scope="module")
def run(extractor: Extractor) -> Run:
    chosen = [case for case in cases(CORPUS) if case.name in ARTICLES]
    found = [(case, extractor.extract(case.article.raw)) for case in chosen]
    return Run(found, gate.standing({case.name: score(case, extraction) for case, extraction in found}))


def each(group: str, **change: Any) -> Mutation:
    """The same change in all records of a group."""
    return lambda found: replace(found, **{group: tuple(replace(r, **change) for r in getattr(found, group))})


def each_post(**change: Any) -> Mutation:
    def mutated(found: Extraction) -> Extraction:
        people = (replace(o, posts=tuple(replace(p, **change) for p in o.posts)) for o in found.officials)
        return replace(found, officials=tuple(people))

    return mutated


def each_change(**change: Any) -> Mutation:
    def mutated(found: Extraction) -> Extraction:
        metrics = (replace(m, change=m.change and replace(m.change, **change)) for m in found.metrics)
        return replace(found, metrics=tuple(metrics))

    return mutated


def longer_dates(found: Extraction) -> Extraction:
    dates = (replace(d, span=replace(d.span, text=d.span.text + "某")) for d in found.dates)
    return replace(found, dates=tuple(dates))


def scope_never_carried(found: Extraction) -> Extraction:
    """Only the first figure of a run keeps the scope."""
    pairs = zip((None, *found.metrics), found.metrics, strict=False)
    kept = (replace(m, scope=None) if before and before.scope == m.scope else m for before, m in pairs)
    return replace(found, metrics=tuple(kept))


def basis_never_carried(found: Extraction) -> Extraction:
    """Only the first change of a run keeps the basis."""
    metrics: list[Metric] = []
    last = None
    for metric in found.metrics:
        if metric.change and metric.change.basis == last:
            metrics.append(replace(metric, change=replace(metric.change, basis=None)))
        else:
            metrics.append(metric)
        last = metric.change.basis if metric.change else last
    return replace(found, metrics=tuple(metrics))


def same_as_ignores_the_value(found: Extraction) -> Extraction:
    first: dict[tuple[Any, ...], str] = {}
    ids = (first.setdefault((m.name, m.unit, m.scope, m.period), m.id) for m in found.metrics)
    linked = (replace(m, same_as=i if i != m.id else None) for i, m in zip(ids, found.metrics, strict=True))
    return replace(found, metrics=tuple(linked))


@pytest.mark.parametrize(
    ("group", "field", "mutation"),
    [
        ("metrics", "found", lambda found: replace(found, metrics=found.metrics[1:])),
        ("metrics", "value", each("metrics", value_max=1)),
        ("metrics", "unit", each("metrics", unit="某")),
        ("metrics", "bound", each("metrics", bound="under")),
        ("metrics", "name", each("metrics", name="某")),
        ("metrics", "name~", each("metrics", name="某")),
        ("metrics", "change", each_change(amount=-1)),
        ("metrics", "basis", basis_never_carried),
        ("metrics", "base", each_change(base=None)),
        ("metrics", "from", each_change(from_=None)),
        ("metrics", "scope", scope_never_carried),
        ("metrics", "period", each("metrics", period=None)),
        ("metrics", "part_of", each("metrics", part_of=None)),
        ("metrics", "same_as", each("metrics", same_as=None)),
        ("metrics", "same_as", same_as_ignores_the_value),
        ("metrics", "record", each("metrics", change=None)),
        ("percentages", "found", lambda found: replace(found, percentages=found.percentages[1:])),
        ("percentages", "value", each("percentages", value=-1)),
        ("percentages", "unit", each("percentages", unit="percent")),
        ("percentages", "role", each("percentages", role="rate")),
        ("percentages", "direction", each("percentages", direction="unchanged")),
        ("percentages", "basis", each("percentages", basis=None)),
        ("percentages", "bound", each("percentages", bound="under")),
        ("percentages", "metric", each("percentages", metric=None)),
        ("percentages", "record", each("percentages", role="rate")),
        ("dates", "found", lambda found: replace(found, dates=found.dates[1:])),
        ("dates", "span", longer_dates),
        ("dates", "kind", each("dates", kind="recurrence")),
        ("dates", "interval", each("dates", end=None)),
        ("dates", "granularity", each("dates", granularity=None)),
        ("dates", "relative", each("dates", relative=False)),
        ("dates", "record", each("dates", kind="recurrence")),
        ("officials", "found", lambda found: replace(found, officials=found.officials[1:])),
        ("officials", "posts", each("officials", posts=())),
        ("officials", "mentions", each("officials", mentions=())),
        ("officials", "record", each_post(title="某")),
        ("posts", "found", each("officials", posts=())),
        ("posts", "status", each_post(status="current")),
        ("posts", "event", each_post(event=None)),
    ],
)
def test_what_is_lost_turns_the_gate_red(run: Run, group: str, field: str, mutation: Mutation) -> None:
    assert (group, field) in run.fallen(mutation)


def test_what_is_found_as_before_leaves_the_gate_green(run: Run) -> None:
    assert not run.fallen(lambda found: found)


def test_every_field_has_a_floor() -> None:
    floors = gate.load(CORPUS).floors
    for group, fields in FIELDS.items():
        whole = ("record",) if group in WHOLE else ()
        assert set(floors[group]) == {"found", *fields, *whole}


def tallied(right: int, stated: int) -> gate.Baseline:
    tally = Tally(found=stated)
    for field, hits in (("found", stated), ("scope", right), ("record", right)):
        tally.stated[field], tally.right[field] = stated, hits
    return gate.standing({"a": {"metrics": tally} | {g: Tally() for g in FIELDS if g != "metrics"}})


@pytest.mark.parametrize("stated", [3, 999, 5000])
def test_one_record_is_no_tolerance(stated: int) -> None:
    """One wrong record more is a regression in the largest corpus, and the same figure is none."""
    before, now = tallied(stated - 1, stated), tallied(stated - 2, stated)
    assert [fall.field for fall in gate.falls(before, now)] == ["scope", "record"]
    assert not gate.falls(before, before)
    assert not gate.falls(now, before)


@pytest.mark.parametrize(
    ("gold", "found", "close"),
    [
        ("甲乙丙丁戊己", "甲乙丙", True),  # a half of it
        ("甲乙丙丁戊己庚辛壬癸子丑寅", "甲乙丙丁戊己", False),  # 6 of 13 characters, 10 of 17 pairs
        ("甲乙丙丁戊己", "甲乙丙丁庚辛", True),  # 6 of 10 pairs
        ("甲乙丙丁戊己庚辛壬子丑寅卯辰", "甲乙丙丁戊己庚辛壬天地玄黄宇宙", False),  # 16 of 27 pairs
        ("甲乙丙丁", "甲乙子丑", False),
        ("“甲乙”的丙", "甲乙丙", True),
        ("甲", "乙", False),
        ("甲乙", "", False),
    ],
)
def test_how_close_two_names_are(gold: str, found: str, close: bool) -> None:
    assert judge.close((gold,), found) is close
    assert judge.close(("别的名称", gold), found) is close
    assert judge.close_or_none(gold, found or None) is close


@pytest.mark.parametrize("probe", PROBES, ids=lambda probe: probe.name)
def test_faults_of_the_mutation_run_can_be_made(probe: Probe) -> None:
    text = (ROOT / probe.file).read_text(encoding="utf-8")
    assert probe.old in text
    assert text.replace(probe.old, probe.new, 1) != text
    for name in probe.tests.split():
        assert not name.endswith(".py") or (ROOT / "tests" / name).is_file()
