"""Links the quantities of a document to names, changes, scopes and periods."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from msgspec.structs import replace

from extract.mentions import (
    Caution,
    ChangeMention,
    DateMention,
    Dropped,
    MetricMention,
    PercentageMention,
    QuantityMention,
)
from extract.metrics import names
from extract.metrics.context import Context
from extract.metrics.distribution import distribute
from extract.metrics.lexicon import Lexicon
from extract.metrics.names import Name
from extract.metrics.readings import DOUBLING, Comparison, Reading, read
from extract.metrics.refuse import Refusals
from extract.metrics.relations import relate
from extract.metrics.sentence import Sentence, sentences
from extract.rules import Rules
from extract.text.document import Document

PERCENTAGES = ("percent", "point")


@dataclass(slots=True)
class Fact:
    """A metric in the making."""

    quantity: QuantityMention
    name: Name
    level: bool
    rule: str
    share: bool = False
    change: ChangeMention | None = None
    changed_by: QuantityMention | None = None
    scope: str | None = None
    period: str | None = None


@dataclass(slots=True)
class Work:
    """What one article has given so far."""

    document: Document
    context: Context
    facts: list[Fact] = field(default_factory=list)
    readings: list[Reading] = field(default_factory=list)
    dropped: list[Dropped] = field(default_factory=list)
    cautions: list[Caution] = field(default_factory=list)
    topic: Name | None = None
    paragraph: int = -1

    def last(self, first: int) -> Fact | None:
        """The last fact from ``first`` on that is no aside in brackets."""
        return next((f for f in reversed(self.facts[first:]) if not self.bracketed(f.quantity.start)), None)

    def bracketed(self, at: int) -> bool:
        """Whether a place stands inside round brackets."""
        opened = self.document.text.rfind("（", max(0, at - 40), at)
        return opened > self.document.text.rfind("）", max(0, at - 40), at)


class MetricFinder:
    """Finds metrics and percentages; built once from the rules, safe to share."""

    def __init__(self, rules: Rules) -> None:
        self._lexicon = Lexicon(rules)
        self._refusals = Refusals(rules, self._lexicon)

    def find(
        self, document: Document, quantities: Sequence[QuantityMention], dates: Sequence[DateMention]
    ) -> tuple[list[MetricMention], list[PercentageMention], list[Dropped], list[Caution]]:
        """The metrics and percentages of a document, what was dropped, and what to warn of."""
        work = Work(document, Context(document, dates, self._lexicon))
        marks = self._refusals.marks(document)
        kept = []
        for quantity in quantities:
            refusal = self._refusals.refusal(document, quantity, marks)
            if refusal:
                work.dropped.append(refusal)
            else:
                kept.append(quantity)
        kept = sorted([*kept, *self._doublings(document)], key=lambda q: q.start)
        for sentence in sentences(document, dates, kept, self._lexicon.aside):
            self._read_sentence(sentence, work)
        metrics: list[MetricMention] = []
        for fact in work.facts:
            metrics.append(_mention(fact, work, metrics[-1] if metrics else None))
        metrics, contradictions = relate(document, metrics)
        percentages = self._percentages(work, metrics, quantities)
        return metrics, percentages, work.dropped, [*work.cautions, *contradictions]

    def _doublings(self, document: Document) -> list[QuantityMention]:
        """`翻一番`, `翻番`: amounts that are words."""
        return [
            QuantityMention(
                start=m.start(),
                end=m.end(),
                rule="change.double",
                core_start=m.start(),
                core_end=m.end(),
                unit_start=m.end(),
                unit_end=m.end(),
                value=Decimal(3 if "三" in m[0] else 2 if "两" in m[0] else 1),
                unit=DOUBLING,
                family="multiple",
            )
            for m in self._lexicon.doubling.finditer(document.text)
        ]

    def _read_sentence(self, sentence: Sentence, work: Work) -> None:
        paragraph = work.document.paragraph_start(sentence.start)
        if paragraph != work.paragraph:
            work.topic, work.paragraph = names.heading(work.document, paragraph), paragraph
        readings = read(sentence, self._lexicon)
        for reading in readings:
            if reading.comparison and reading.comparison.end:
                work.context.compare(reading.comparison.start, reading.comparison.end)
        first = len(work.facts)
        for run in _runs(readings):
            if run[0].kind != "source":
                self._read_run(sentence, run, first, work)
        work.readings += readings
        if len(work.facts) > first:
            work.topic = work.facts[-1].name

    def _read_run(self, sentence: Sentence, run: list[Reading], first: int, work: Work) -> None:
        if len(run) > 1:
            spread = distribute(sentence, run, self._lexicon)
            share = self._lexicon.share.search(sentence.gap(run[0].gap_start, run[0].name_end))
            if spread:
                for reading, (name, scope, period) in zip(run, spread, strict=True):
                    reading.direction = reading.direction or run[0].direction
                    reading.comparison = reading.comparison or run[0].comparison
                    name = name or self._carried(work, first)
                    if name and share and not name.text.endswith(self._lexicon.shares):
                        name = name._replace(text=f"{name.text}占{share['whole'] or '比'}", share=True)
                    if name:
                        fact = self._fact(reading, name)
                        fact.scope, fact.period = scope, period
                        work.facts.append(fact)
                return
            pending = work.facts[first:][-len(run) :]
            gap = sentence.gap(run[0].gap_start, run[0].quantity.start)
            if (
                len(pending) == len(run)
                and not any(f.level for f in pending)
                and self._lexicon.reached.match(gap)
            ):
                for fact, reading in zip(pending, run, strict=True):
                    _reach(fact, reading)
                return
            if share and len(pending) == len(run) and run[0].distributed:
                whole = sentence.text(
                    run[0].gap_start + share.start("whole"), run[0].gap_start + share.end("whole")
                )
                for of, reading in zip(pending, run, strict=True):
                    name = of.name._replace(text=f"{of.name.text}占{whole}", share=True)
                    work.facts.append(self._fact(reading, name))
                return
            if run[0].kind == "amount" and self._deal(sentence, run, first, work):
                return
            if run[0].distributed:
                q, last = run[0].quantity, run[-1].quantity
                work.cautions.append(
                    Caution(
                        "distribution", "分别 with unequal counts of names and numbers", q.start, last.end
                    )
                )
        for reading in run:
            self._read_one(sentence, reading, first, work)

    def _deal(self, sentence: Sentence, run: list[Reading], first: int, work: Work) -> bool:
        """Changes in a row without names of their own: one each to the levels before, or by 同比、环比
        to the one before."""
        own = self._own_name(sentence, run[0], first, work)
        gap = sentence.gap(run[0].gap_start, run[0].quantity.start)
        bases = [m[0] for m in self._lexicon.any_basis.finditer(gap)]
        if len(bases) == len(run):
            for reading, base in zip(run, bases, strict=True):
                reading.comparison = Comparison(self._lexicon.basis[base])
            self._read_by_basis(run, first, work)
            return True
        targets = work.facts[first:][-len(run) :]
        if own is None and len(targets) == len(run) and all(f.level and f.change is None for f in targets):
            for reading, fact in zip(run, targets, strict=True):
                _attach(fact, reading)
            return True
        if own and own.text in self._lexicon.dependents and len(targets) == len(run):
            for reading, fact in zip(run, targets, strict=True):
                work.facts.append(self._fact(reading, own._replace(text=fact.name.text + own.text)))
            return True
        return False

    def _read_by_basis(self, run: list[Reading], first: int, work: Work) -> None:
        if len(work.facts) > first and _takes(work.facts[-1], run[0]):
            _attach(work.facts[-1], run[0])
            run = run[1:]
        name = self._carried(work, first)
        work.facts += [self._fact(reading, name) for reading in run if name]

    def _read_one(self, sentence: Sentence, reading: Reading, first: int, work: Work) -> None:
        if reading.kind == "amount":
            own = None if reading.joined else self._own_name(sentence, reading, first, work)
            gap = sentence.gap(reading.gap_start, reading.name_end)
            if own is None and "；" in gap:  # a new statement: its own subject, `…由负转正，增长2%`
                own = names.subject(
                    sentence, reading.gap_start + gap.rindex("；") + 1, reading.name_end, self._lexicon
                )
            target = (
                work.facts[-1]
                if work.bracketed(reading.quantity.start) and work.facts[first:]
                else work.last(first)
            )
            refers = (
                own is None or target is not None and target.share and own.text in self._lexicon.dependents
            )
            if refers and target and _takes(target, reading):
                _attach(target, reading)
                return
            name = self._qualified(own, work, first) or (work.facts[-1].name if target else None)
            name = (
                name
                or names.subject(sentence, reading.gap_start, reading.name_end, self._lexicon)
                or work.topic
            )
        else:
            pending = work.facts[-1] if len(work.facts) > first else None
            gap = sentence.gap(reading.gap_start, reading.quantity.start)
            if (
                pending
                and not pending.level
                and pending.quantity.end == reading.gap_start
                and self._lexicon.reached.match(gap)
            ):
                _reach(pending, reading)
                return
            name = self._level_name(sentence, reading, first, work)
        if name is None:
            q = reading.quantity
            work.dropped.append(
                Dropped(
                    start=q.start, end=q.end, rule="metric.unnamed", reason="nothing in the text names it"
                )
            )
            return
        fact = self._fact(reading, name)
        work.facts.append(fact)
        self._keep_level(sentence, fact, work, first)

    def _own_name(self, sentence: Sentence, reading: Reading, first: int, work: Work) -> Name | None:
        """The name in the very clause of an amount, or ``None`` where the clause has none."""
        gap = sentence.gap(reading.gap_start, reading.name_end)
        clause = max(gap.rfind(c) for c in "，；：。") + 1
        share = self._lexicon.share.search(gap, clause)
        if share and share["whole"] not in ("", "比"):
            return self._share_name(sentence, reading.gap_start, share, work, first)
        return names.left(sentence, reading.gap_start + clause, reading.name_end, self._lexicon)

    def _carried(self, work: Work, first: int) -> Name | None:
        said = work.last(first)
        return said.name if said else work.topic

    def _level_name(self, sentence: Sentence, reading: Reading, first: int, work: Work) -> Name | None:
        start, end = reading.gap_start, reading.name_end
        source = reading.source
        if source:
            start, end = source.gap_start, source.name_end
        outcome = self._lexicon.outcomes.get(sentence.gap(reading.quantity.end, reading.quantity.end + 1))
        if outcome and reading.quantity.family == "none":
            return Name(outcome[0], reading.quantity.end, reading.quantity.end + 1)
        share = self._lexicon.share.search(sentence.gap(start, end))
        if share and reading.quantity.family == "percent":
            return self._share_name(sentence, start, share, work, first)
        before = self._qualified(names.left(sentence, start, end, self._lexicon), work, first)
        counted = reading.quantity.family in names.COUNTED
        percent = reading.quantity.family == "percent"
        if before and not (counted or percent or before.opens):
            return before
        verb = names.governor(sentence, start, end, self._lexicon) if counted else None
        after = names.right(sentence, reading.quantity, self._lexicon, governed=verb is not None)
        partial = after is not None and percent and names.is_noun(sentence, after)
        if after and (counted or before is None or before.opens):
            prefix = verb.text if verb and not source else ""
            return Name(prefix + after.text, after.start, after.end, share=partial)
        name = before
        if name is None and not reading.joined:
            name = names.subject(sentence, start, end, self._lexicon) or after
        name = name or self._carried(work, first)
        return name._replace(share=partial) if name and partial else name

    def _qualified(self, name: Name | None, work: Work, first: int) -> Name | None:
        """`增幅`, `占比`, `日均` alone are those of the metric before."""
        average = name is not None and name.text in self._lexicon.averages
        if name is None or not average and name.text not in self._lexicon.dependents:
            return name
        carried = self._carried(work, first)
        if carried is None:
            return name
        return name._replace(text=name.text + carried.text if average else carried.text + name.text)

    def _share_name(
        self, sentence: Sentence, start: int, share: re.Match[str], work: Work, first: int
    ) -> Name | None:
        """`占出口总值的58%`: the subject, from the clause or from the figure before, and the whole."""
        clause = max(sentence.gap(start, start + share.start()).rfind(c) for c in "，；：") + 1
        subject = names.left(sentence, start + clause, start + share.start(), self._lexicon)
        subject = subject or self._carried(work, first)
        whole = sentence.text(start + share.start("whole"), start + share.end("whole")).removesuffix("的")
        verb = share["ratio"] or "占"
        text = f"{subject.text if subject else ''}{verb}{whole or '比'}"
        return Name(text, start + share.start(), start + share.end("whole"), share=True)

    def _fact(self, reading: Reading, name: Name) -> Fact:
        fact = Fact(reading.quantity, name, reading.kind == "level", reading.rule)
        fact.share = name.share or name.text.endswith(self._lexicon.shares)
        if reading.kind == "amount":
            fact.change = _change(reading)
        elif reading.direction:
            source = reading.source
            comparison = source.comparison if source and source.comparison else reading.comparison
            fact.change = ChangeMention(
                direction=reading.direction,
                basis=comparison.basis if comparison else None,
                base=comparison.base if comparison else None,
                source=source.quantity.value if source else None,
            )
        return fact

    def _keep_level(self, sentence: Sentence, fact: Fact, work: Work, first: int) -> None:
        """`…，与上季度持平` after a level says that it did not move."""
        match = self._lexicon.after.match(sentence.gap(fact.quantity.end, sentence.end))
        if not match or fact.change is not None:
            return
        base = (
            sentence.text(fact.quantity.end + match.start("base"), fact.quantity.end + match.end("base"))
            if match["base"]
            else None
        )
        basis = self._lexicon.compared.get(base, "versus") if base else None
        targets = [f for f in work.facts[first:] if f.level and f.change is None] if match["all"] else [fact]
        for target in targets:
            target.change = ChangeMention(direction="unchanged", basis=basis, base=base)

    def _percentages(
        self, work: Work, metrics: list[MetricMention], quantities: Sequence[QuantityMention]
    ) -> list[PercentageMention]:
        owner = {f.quantity.start: m for f, m in zip(work.facts, metrics, strict=True)}
        owner |= {f.changed_by.start: m for f, m in zip(work.facts, metrics, strict=True) if f.changed_by}
        shares = {f.quantity.start for f in work.facts if f.share and f.level}
        pairs = zip(work.readings, work.readings[1:], strict=False)
        shares |= {a.quantity.start for a, b in pairs if a.kind == "source" and b.quantity.start in shares}
        readings = {r.quantity.start: r for r in work.readings}
        found = []
        for q in quantities:
            if q.family not in PERCENTAGES or q.value is None:
                continue
            reading = readings.get(q.start)
            change = reading is not None and reading.kind == "amount"
            found.append(
                PercentageMention(
                    start=q.core_start,
                    end=q.unit_end,
                    rule=reading.rule if reading else q.rule,
                    quantity=q,
                    role="change" if change else "share" if q.start in shares else "rate",
                    direction=reading.direction if reading and change else None,
                    basis=reading.comparison.basis if reading and change and reading.comparison else None,
                    metric=owner.get(q.start),
                )
            )
        return found


def _runs(readings: list[Reading]) -> list[list[Reading]]:
    """Readings that only joints part."""
    runs: list[list[Reading]] = []
    for reading in readings:
        if reading.linked and runs and runs[-1][-1].kind == reading.kind:
            runs[-1].append(reading)
        else:
            runs.append([reading])
    return runs


def _change(reading: Reading) -> ChangeMention:
    q, comparison = reading.quantity, reading.comparison
    amount, unit = q.value, q.unit
    if q.family == "fraction" and amount is not None:
        amount, unit = amount * 100, "%"
    if unit == DOUBLING and amount is not None:
        amount, unit = Decimal(2) ** amount - 1, "倍"
    return ChangeMention(
        direction=reading.direction or "increase",
        amount=amount,
        unit=unit,
        basis=comparison.basis if comparison else None,
        base=comparison.base if comparison else None,
    )


def _takes(fact: Fact, reading: Reading) -> bool:
    """A change without a name of its own belongs to the level before; a percentage replaces an
    absolute amount."""
    if reading.average:
        return False
    if fact.change is None or (fact.change.amount is None and fact.change.direction == reading.direction):
        return fact.level
    percent = reading.quantity.family in PERCENTAGES
    return (
        percent
        and fact.change.amount is not None
        and fact.change.unit not in ("%", "个百分点")
        and fact.change.unit != "倍"
    )


def _attach(fact: Fact, reading: Reading) -> None:
    change = _change(reading)
    if fact.change:
        basis, base = change.basis, change.base
        if not basis:
            basis, base = fact.change.basis, fact.change.base
        change = replace(change, basis=basis, base=base, source=fact.change.source)
    if not fact.level:
        fact.quantity = reading.quantity
    fact.change, fact.changed_by = change, reading.quantity


def _reach(fact: Fact, reading: Reading) -> None:
    """`上升1.3个百分点至16.0%`: the amount came first, now its level."""
    fact.changed_by, fact.quantity, fact.level = fact.quantity, reading.quantity, True


def _scope(fact: Fact, context: Context, previous: MetricMention | None) -> str | None:
    """Who acts in the figure's own clause or opens it, else who did for the figure before it in the
    sentence, else the last that opened a clause of the paragraph."""
    own = fact.scope or fact.name.agent or context.clause_scope(fact.quantity.start)
    if own:
        return own
    if previous and previous.scope and context.same_sentence(previous.start, fact.quantity.start):
        return previous.scope
    return context.scope(fact.quantity.start)


def _mention(fact: Fact, work: Work, previous: MetricMention | None) -> MetricMention:
    q = fact.quantity
    date = None if fact.period else work.context.period(q.start)
    period = fact.period or (work.document.text[date.start : date.end] if date else None)
    return MetricMention(
        start=q.start,
        end=q.end,
        rule=fact.rule,
        name=fact.name.text,
        name_start=fact.name.start,
        name_end=fact.name.end,
        quantity=q,
        level=fact.level,
        change=fact.change,
        changed_by=fact.changed_by,
        scope=_scope(fact, work.context, previous),
        period=period,
        date=date,
    )
