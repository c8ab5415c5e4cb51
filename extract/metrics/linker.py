"""Links the readings of one sentence to facts: a name for each level, a level for each change."""

from collections.abc import Sequence
from itertools import pairwise

from msgspec.structs import replace

from extract.fault import isolated
from extract.mentions import Caution, ChangeMention, Dropped
from extract.metrics.comparison import Comparison
from extract.metrics.distribution import distribute, of_subject
from extract.metrics.facts import Fact, fact
from extract.metrics.lexicon import Lexicon
from extract.metrics.name import Name
from extract.metrics.names import left
from extract.metrics.naming import Namer, Spoken, part
from extract.metrics.readings import Reading
from extract.metrics.sentence import Sentence


class Linker:
    """Works through one sentence; `facts`, `dropped` and `cautions` are what it gave."""

    def __init__(self, sentence: Sentence, lexicon: Lexicon, spoken: Spoken) -> None:
        self._sentence = sentence
        self._lexicon = lexicon
        self.facts: list[Fact] = []
        self.dropped: list[Dropped] = []
        self.cautions: list[Caution] = []
        self._namer = Namer(sentence, lexicon, self.facts, spoken)

    def link(self, readings: Sequence[Reading]) -> None:
        """Link all readings, in order of text."""
        for run in _runs(readings):
            with isolated(self.dropped, run[0].rule, run[0].quantity.start, run[-1].quantity.end):
                self._link(run)
        self._share_predicates()

    def _link(self, run: list[Reading]) -> None:
        if run[0].kind == "source" or run[0].passed or (len(run) > 1 and self._link_run(run)):
            return
        for reading in run:
            with isolated(self.dropped, reading.rule, reading.quantity.start, reading.quantity.end):
                if reading.kind == "amount":
                    self._link_amount(reading)
                else:
                    self._link_level(reading)

    def _share_predicates(self) -> None:
        """`2名干部、3名群众受伤`: the verb at the end is said of all subjects."""
        for stated, following in reversed(list(pairwise(self.facts))):
            predicate, between = following.name.predicate, (stated.name.end, following.quantity.start)
            counted = stated.quantity.end <= stated.name.start and not stated.name.predicate
            if predicate and counted and self._sentence.gap(*between) in self._lexicon.joints:
                text = stated.name.text + predicate
                stated.name = replace(stated.name, text=text, predicate=predicate)

    def _link_run(self, run: list[Reading]) -> bool:
        """Numbers in a row, dealt out to names, levels or changes of the same count."""
        if self._spread(run) or self._reach(run) or self._share(run) or self._of_subject(run):
            return True
        if run[0].kind == "amount" and (self._deal_bases(run) or self._deal(run)):
            return True
        if run[0].kind == "level" and run[0].distributed and self._deal_levels(run):
            return True
        if run[0].distributed:
            message = "分别 with unequal counts of names and numbers"
            self.cautions.append(
                Caution("distribution", message, run[0].quantity.start, run[-1].quantity.end)
            )
        return False

    def _spread(self, run: list[Reading]) -> bool:
        """One name, place or year each, before the numbers."""
        spread = distribute(self._sentence, run, self._lexicon)
        if not spread:
            return False
        gap = self._sentence.gap(run[0].gap_start, run[0].name_end)
        share = self._lexicon.share.search(gap) if run[0].quantity.family == "percent" else None
        for reading, (own, scope, period) in zip(run, spread, strict=True):
            reading.direction = reading.direction or run[0].direction
            reading.comparison = reading.comparison or run[0].comparison
            name = own if own and own.text not in self._lexicon.abstract else self._namer.carried()
            if name and share and not name.text.endswith(self._lexicon.shares):
                said = part(self._sentence, run[0].gap_start, share)
                name = replace(name, text=name.text + said, share=True, rule="name.share")
            if name:
                self.facts.append(fact(reading, name))
                self.facts[-1].scope, self.facts[-1].period = scope, period
        return True

    def _of_subject(self, run: list[Reading]) -> bool:
        """A side of several things, one number for each (`安全感和满意度提高，得分达93分、95分`)."""
        side = self._namer.own(run[0])
        if side is None or side.text not in self._lexicon.dependents:
            return False
        names = of_subject(self._sentence, run, side, self._lexicon)
        self.facts += [fact(reading, name) for reading, name in zip(run, names, strict=bool(names))]
        return bool(names)

    def _reach(self, run: list[Reading]) -> bool:
        """`分别提高1.8和0.9个百分点，达到94.6%、96.3%`: levels after their changes."""
        pending = self.facts[-len(run) :]
        gap = self._sentence.gap(run[0].gap_start, run[0].quantity.start)
        if len(pending) < len(run) or any(f.level for f in pending) or not self._lexicon.reached.match(gap):
            return False
        for changed, reading in zip(pending, run, strict=True):
            changed.reach(reading)
        return True

    def _share(self, run: list[Reading]) -> bool:
        """`分别占全国的63%、85%`: shares of the figures before."""
        gap = self._sentence.gap(run[0].gap_start, run[0].name_end)
        share = (
            self._lexicon.share.search(gap)
            if run[0].distributed and run[0].quantity.family == "percent"
            else None
        )
        parts = self.facts[-len(run) :]
        if not share or len(parts) < len(run):
            return False
        said = part(self._sentence, run[0].gap_start, share)
        for whole, reading in zip(parts, run, strict=True):
            self.facts.append(
                fact(reading, replace(whole.name, text=whole.name.text + said, share=True, rule="name.share"))
            )
        return True

    def _deal(self, run: list[Reading]) -> bool:
        """Changes in a row without names, or with `降幅` alone: one each for the facts before."""
        own = self._namer.own(run[0])
        end = run[-1].quantity.end
        kept = self._lexicon.level_last.match(self._sentence.gap(end, self._sentence.end)) is not None
        targets = self.facts[-len(run) - kept :]
        if len(targets) < len(run) + kept or (own and own.text not in self._lexicon.dependents):
            return False
        if kept and targets[-1].takes(run[-1]):
            basis = run[0].comparison.basis if run[0].comparison else None
            targets.pop().change = ChangeMention(direction="unchanged", basis=basis)
        again = own is None and len({t.name.text for t in targets}) == len(run)  # ，快于全省3%和2%
        taken = any(not t.level or t.change for t in targets)
        if own is None and taken and not again:
            return False
        for reading, target in zip(run, targets, strict=True):
            if own or taken:
                name = replace(own, text=target.name.text + own.text) if own else target.name
                self.facts.append(fact(reading, name))
            else:
                target.attach(reading)
        return True

    def _deal_levels(self, run: list[Reading]) -> bool:
        """`护士4.1人、医师3.6人，上年分别为3.8人、3.4人`: other levels of the facts before, in order."""
        targets = self.facts[-len(run) :]
        gap = self._sentence.gap(run[0].gap_start, run[0].quantity.start)
        if len(targets) < len(run) or not self._lexicon.dealt.fullmatch(gap):
            return False
        if any(t.quantity.unit != reading.quantity.unit for t, reading in zip(targets, run, strict=True)):
            return False
        self.facts += [fact(reading, target.name) for reading, target in zip(run, targets, strict=True)]
        return True

    def _deal_bases(self, run: list[Reading]) -> bool:
        """`同比、环比分别上升5.8%和1.3%`: changes of one thing against several bases."""
        gap = self._sentence.gap(run[0].gap_start, run[0].quantity.start)
        bases = [m[0] for m in self._lexicon.any_basis.finditer(gap)]
        if len(bases) != len(run):
            return False
        for reading, base in zip(run, bases, strict=True):
            reading.comparison = Comparison(self._lexicon.basis[base])
        if self.facts and self.facts[-1].takes(run[0]):
            self.facts[-1].attach(run[0])
            run = run[1:]
        start = run[0].gap_start
        stop = start + gap.index(bases[0])
        name = left(self._sentence, start, stop, self._lexicon) or self._namer.carried()
        self.facts += [fact(reading, name) for reading in run if name]
        return True

    def _link_amount(self, reading: Reading) -> None:
        """A change: of the level before where it has no name of its own, else a fact by itself."""
        own = None if reading.joined else self._namer.own(reading)
        aside = self._sentence.bracketed(reading.quantity.start)
        target = self.facts[-1] if aside and self.facts else self._namer.last()
        referred = self._lexicon.referent.fullmatch(own.text) if own else None
        if referred and len(self.facts) > 1:
            target, own = self.facts[-2 if referred["former"] else -1], None
        if target and target.takes(reading) and (own is None or self._refers(own, target)):
            target.attach(reading)
            return
        self._add(reading, self._namer.amount(reading, own))

    def _refers(self, own: Name, target: Fact) -> bool:
        """`占比` after a share means that share."""
        return self.is_share(target) and own.text in self._lexicon.dependents

    def _link_level(self, reading: Reading) -> None:
        """A level: of the change just before (`上升1个百分点至12%`), else a fact by itself."""
        pending = self.facts[-1] if self.facts else None
        gap = self._sentence.gap(reading.gap_start, reading.quantity.start)
        follows = pending and not pending.level and pending.quantity.end == reading.gap_start
        if pending and follows and self._lexicon.reached.match(gap):
            pending.reach(reading)
            return
        self._add(reading, self._namer.level(reading))

    def _add(self, reading: Reading, name: Name | None) -> None:
        if name is None:
            q = reading.quantity
            reason = "nothing in the text names it"
            self.dropped.append(Dropped(start=q.start, end=q.end, rule="metric.unnamed", reason=reason))
            return
        self.facts.append(fact(reading, name))
        self._keep(self.facts[-1])

    def _keep(self, stated: Fact) -> None:
        """`…，与上季度持平` after a level says that it did not move."""
        end = stated.quantity.end
        match = self._lexicon.after.match(self._sentence.gap(end, self._sentence.end))
        if not match or stated.change is not None:
            return
        base = (
            self._sentence.phrase(end + match.start("base"), end + match.end("base"))
            if match["base"]
            else None
        )
        basis = self._lexicon.compared.get(base.text, "versus") if base else None
        targets = [f for f in self.facts if f.level and f.change is None] if match["all"] else [stated]
        for target in targets:
            target.change = ChangeMention(direction="unchanged", basis=basis, base=base)

    def is_share(self, stated: Fact) -> bool:
        """Whether a fact is a part of another quantity."""
        return stated.name.share or stated.name.text.endswith(self._lexicon.shares)


def _runs(readings: Sequence[Reading]) -> list[list[Reading]]:
    """Readings that only joints part."""
    runs: list[list[Reading]] = []
    for reading in readings:
        if reading.linked and runs and runs[-1][-1].kind == reading.kind:
            runs[-1].append(reading)
        else:
            runs.append([reading])
    return runs
