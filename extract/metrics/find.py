"""Finds the metrics of a document."""

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from msgspec.structs import replace

from extract.fault import isolated
from extract.indicators import Indicators
from extract.mentions import Caution, DateMention, Dropped, MetricMention, Phrase, QuantityMention
from extract.metrics import names
from extract.metrics.dealing import dealt, shared
from extract.metrics.facts import Fact, Spoken
from extract.metrics.layout import Layout
from extract.metrics.lexicon import Lexicon
from extract.metrics.linker import Linker
from extract.metrics.periods import Periods, Said
from extract.metrics.readings import DOUBLING, Reading, read
from extract.metrics.refuse import Refusals
from extract.metrics.relations import relate
from extract.metrics.scopes import Scopes
from extract.metrics.sentence import sentences
from extract.metrics.spells import spells
from extract.metrics.statistics import Statistics
from extract.rules import Rules
from extract.text.document import Document

TO = re.compile("至|到")
FAR = 4
"""How many times the greater number is the smaller, from which the two are no range."""


class Found(NamedTuple):
    """What the room gives: metrics in the making, the reading of every number, which levels are parts
    of another quantity (by their places), what it dropped, and what to warn of."""

    metrics: list[MetricMention]
    readings: list[Reading]
    shares: set[int]
    dropped: list[Dropped]
    cautions: list[Caution]


class MetricFinder:
    """Built once from the rules, safe to share; `find` keeps no state."""

    def __init__(self, rules: Rules, indicators: Indicators) -> None:
        self._statistics = Statistics(indicators)
        self._lexicon = Lexicon(rules)
        self._refusals = Refusals(rules, self._lexicon)

    def find(
        self, document: Document, quantities: Sequence[QuantityMention], dates: Sequence[DateMention]
    ) -> Found:
        """The metrics of a document, and what its percentages are read by."""
        kept, dropped = self._refusals.sift(document, quantities)
        kept = [part for q in kept for part in self._parted(document, q)]
        doubled = self._doublings(document)
        taken = {at for q in doubled for at in range(q.start, q.end)}
        kept = sorted([*(q for q in kept if q.start not in taken), *doubled], key=lambda q: q.start)
        said = sorted([*dates, *spells(document, dates, self._lexicon)], key=lambda d: d.start)
        layout = Layout(document, said, kept, self._lexicon)
        periods, scopes = Periods(layout, self._lexicon), Scopes(layout, self._lexicon)
        facts: list[Fact] = []
        readings: list[Reading] = []
        shares: set[int] = set()
        cautions: list[Caution] = []
        spoken = Spoken()
        paragraph = -1
        for sentence in sentences(document, dates, kept, self._lexicon.aside):
            if document.paragraph_start(sentence.start) != paragraph:
                paragraph = document.paragraph_start(sentence.start)
                spoken = Spoken(names.heading(document, paragraph))
            with isolated(dropped, "the reading of a sentence", sentence.start, sentence.end):
                read_now = read(sentence, self._lexicon)
                for reading in read_now:
                    if reading.comparison and (base := reading.comparison.base):
                        periods.times.compare(base.start, base.end)
                    if reading.turned:
                        periods.times.compare(*reading.turned)
                linker = Linker(sentence, self._lexicon, spoken)
                linker.link(read_now)
                spoken = spoken.after(linker.facts)
                readings += read_now
                facts += linker.facts
                for fact in linker.facts:
                    fact.name = self._statistics.whole(document.text, fact.name)
                shares |= {f.quantity.start for f in linker.facts if f.level and linker.is_share(f)}
                dropped += linker.dropped
                cautions += linker.cautions
        metrics = _mentions(document, facts, scopes, periods, dropped)
        contradictions: list[Caution] = []
        with isolated(dropped, "the relations of metrics"):
            metrics, contradictions = relate(document, metrics)
        return Found(metrics, readings, shares, dropped, [*cautions, *contradictions])

    def _parted(self, document: Document, q: QuantityMention) -> list[QuantityMention]:
        """`减少4.8亿元至353亿元`: after a verb of change, numbers far apart are the amount and the level."""
        joint = TO.search(document.text, q.start, q.end) if q.value_max is not None else None
        if joint is None or q.value is None or q.value_max is None or q.value_max < FAR * q.value:
            return [q]
        before = document.text[document.clause_start(q.start) : q.start]
        verb = self._lexicon.tail.search(before)
        if verb is None or verb["level"] or verb["to"]:
            return [q]
        amount = replace(q, end=joint.start(), unit_end=joint.start(), value_max=None)
        level = replace(q, start=joint.end(), core_start=joint.end(), value=q.value_max, value_max=None)
        return [amount, level]

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


def _mentions(
    document: Document, facts: Sequence[Fact], scopes: Scopes, periods: Periods, dropped: list[Dropped]
) -> list[MetricMention]:
    """The facts with scope and period."""
    mentions: list[MetricMention] = []
    said: Said | None = None
    found: list[Phrase | None] = [None] * len(facts)
    for i, fact in enumerate(facts):
        with isolated(dropped, fact.rule, fact.quantity.start, fact.quantity.end):
            found[i] = scopes.of(fact)
    scoped = shared(document.text, facts, dealt(document.text, facts, found))
    for fact, scope in zip(facts, scoped, strict=True):
        with isolated(dropped, fact.rule, fact.quantity.start, fact.quantity.end):
            fact.name = scopes.freed(fact.name, scope)
            said = Said(fact, scope, periods.of(fact, scope, said))
            mentions.append(_mention(said, periods))
    return mentions


def _mention(said: Said, periods: Periods) -> MetricMention:
    fact, scope, date = said
    q, name, date = fact.quantity, fact.name, fact.period or date
    return MetricMention(
        start=q.start,
        end=q.end,
        rule=fact.rule,
        name=name.text,
        name_start=name.start,
        name_end=name.end,
        quantity=q,
        level=fact.level,
        change=fact.change,
        changed_by=fact.changed_by,
        scope=scope,
        period=periods.times.words(date) if date else None,
        date=date,
    )
