"""When a figure is of: the date of its clause, else of sentence, paragraph, heading, lead or title."""

from collections.abc import Iterator
from typing import NamedTuple

from extract.mentions import DateMention, Phrase
from extract.metrics.facts import Fact
from extract.metrics.layout import Clause, Layout, Line
from extract.metrics.lexicon import Lexicon
from extract.metrics.times import COARSE, Times

OPENING = 10
"""Characters at the head of a clause within which a date stands for the whole clause."""
TITLE_OPENING = 3
PARAGRAPH = 300
"""Characters of a paragraph that is about one thing."""
REACH = 1000
"""Characters that a period is carried at most."""


class Said(NamedTuple):
    """A figure with its scope and its date."""

    fact: Fact
    scope: Phrase | None
    date: DateMention | None


class Periods:
    """Made for one article, asked in order of text."""

    def __init__(self, layout: Layout, lexicon: Lexicon) -> None:
        self._layout = layout
        self._text = layout.text
        self._lexicon = lexicon
        self.times = Times(layout, lexicon)

    def of(self, fact: Fact, scope: Phrase | None, before: Said | None) -> DateMention | None:
        """The date of a figure, unless its sentence dealt it one; ``before`` is what was said before it."""
        if fact.period:
            return None
        at = fact.quantity.start
        if fact.quantity.family == "multiple":  # 是2019年的3倍
            for date in self._layout.dates_in(at - OPENING, at):
                if self._of_it(date, at):
                    self.times.compare(date.start, date.end)
        index = self._layout.clause_at(at)
        clause = self._layout.clauses[index]
        if own := self._own(clause, at) or self._behind(clause, fact):
            return self._year_of(index, own) or own
        found = self._carried(index, scope, before, at)
        found = found or self._happened(index, fact)
        daily = found and found.granularity not in (None, *COARSE)
        yearly = daily and fact.name.text.startswith(self._lexicon.yearly)
        return None if yearly else found

    def _year_of(self, index: int, date: DateMention) -> DateMention | None:
        """The year that `全年` repeats, where the sentence opens with it (`2022年，全年产量…`)."""
        if self._text[date.start : date.end] not in self._lexicon.whole_year:
            return None
        here = self._layout.clauses[index]
        for earlier in (here, *self._earlier(index)):
            opening = self._opening(earlier, carried=False) if earlier.sentence == here.sentence else None
            if opening and opening.granularity == "year" and opening != date:
                return opening
        return None

    def _carried(self, index: int, scope: Phrase | None, before: Said | None, at: int) -> DateMention | None:
        """The date that the clauses before, the paragraph or what stands above it give."""
        clause = self._layout.clauses[index]
        if before and self._text.startswith(self._lexicon.same_time, clause.sentence):
            return before.date
        for earlier in self._earlier(index):
            if earlier.sentence != clause.sentence:
                break
            if date := self._opening(earlier, carried=False):
                return date
        if (
            before
            and before.date
            and before.fact.quantity.start >= clause.sentence
            and self.times.is_firm(before.date)
        ):
            return before.date
        carried = self._of_paragraph(index, scope, before) or self._of_opening(clause)
        return carried or self._above(clause, at) or self._told(index) or self._held(index)

    def _earlier(self, index: int) -> Iterator[Clause]:
        """The clauses before in the paragraph, the nearest first."""
        clauses = self._layout.clauses
        clause = clauses[index]
        for earlier in reversed(clauses[max(0, index - 60) : index]):
            apart = (earlier.line, earlier.item) != (clause.line, clause.item)
            if apart or clause.start - earlier.start > REACH:
                return
            yield earlier

    def _own(self, clause: Clause, at: int) -> DateMention | None:
        """The last date of the clause before the number; a length or 每年 only where nothing else stands."""
        dates = [
            d for d in self._layout.dates_in(clause.start, at) if d.end <= at + 1 and self.times.can_date(d)
        ]
        firm = [d for d in dates if self.times.is_firm(d)]
        return (firm or dates)[-1] if dates else None

    def _behind(self, clause: Clause, fact: Fact) -> DateMention | None:
        """`40多条线路今天恢复运营`: between a counted subject and its verb."""
        if fact.name.start < fact.quantity.end:
            return None
        for date in self._layout.dates_in(max(fact.name.end - OPENING, fact.quantity.end), clause.end):
            if (
                self.times.is_firm(date)
                and self.times.can_date(date)
                and not self._lexicon.reaching.search(self._text, max(0, date.start - 2), date.start)
            ):
                return date
        return None

    def _opening(self, clause: Clause, carried: bool) -> DateMention | None:
        """The date at the head of a clause that holds for what follows, in the sentence or ``carried`` on to
        the next ones."""
        for date in reversed(self._layout.dates_in(clause.start, clause.start + OPENING + 1)):
            if not self.times.is_firm(date) or not self.times.can_date(date):
                continue
            if not self.times.stands_for(date, clause):
                continue
            if carried and self._lexicon.planned.search(self._text, clause.start, date.start):
                continue
            if not carried:
                if date.granularity in COARSE or not self.times.is_told(date, clause):
                    return date
            elif self.times.lasts(date):
                return date
        return None

    def _happened(self, index: int, fact: Fact) -> DateMention | None:
        """The day of the event that people came to harm in, or voted on, told before in the paragraph."""
        if not self._lexicon.outcome.search(fact.name.text) and fact.quantity.unit != self._lexicon.ballot:
            return None
        here = self._layout.clauses[index]
        for earlier in self._earlier(index):
            for date in self._layout.dates_in(earlier.start, earlier.end):
                past = earlier.sentence != here.sentence and not date.vague
                if past and self.times.is_firm(date) and self.times.can_date(date):
                    return None if self.times.is_told(date, earlier) else date
        return None

    def _of_paragraph(self, index: int, scope: Phrase | None, before: Said | None) -> DateMention | None:
        """A coarse date of the paragraph: what opens the sentence before, or dated the last figure while what
        is spoken of stays."""
        clause = self._layout.clauses[index]
        nearest = None
        for earlier in self._earlier(index):
            if earlier.sentence == clause.sentence:
                continue
            nearest = earlier.sentence if nearest is None else nearest
            if earlier.sentence != nearest:
                break
            if date := self._opening(earlier, carried=True) or self.times.reported(earlier):
                return date
        start = max(clause.item, self._layout.lines[clause.line].start)
        if before is None or before.date is None or before.fact.quantity.start < start:
            return None
        turned = before.scope and scope and before.scope.text != scope.text
        if self._gives(clause, before):
            return before.date
        here = before.scope is not None and before.scope.start >= start
        stays = here and before.scope == scope and before.date.kind in ("date", "period")
        return before.date if (self.times.lasts(before.date) or stays) and not turned else None

    def _gives(self, clause: Clause, before: Said) -> bool:
        """Whether money is given in a clause as in the sentence before (`甲厅下达1亿元。乙厅预拨2亿元`)."""
        given, last = self._lexicon.given, before.fact.quantity
        other = self._layout.clauses[self._layout.clause_at(last.start)]
        both = given.search(self._text, clause.start, clause.end) and given.search(
            self._text, other.start, last.start
        )
        return both is not None and last.family == "money"

    def _of_opening(self, clause: Clause) -> DateMention | None:
        """The coarse date that a short paragraph opens with holds for all of it."""
        line = self._layout.lines[clause.line]
        if line.end - line.start > PARAGRAPH or clause.item >= 0:
            return None
        first = self._layout.of_line(line)[0]
        return self._opening(first, carried=True) if first.sentence != clause.sentence else None

    def _held(self, index: int) -> DateMention | None:
        """The day of the event that a short news item tells of (`论坛3日开幕。论坛设有…`)."""
        here = self._layout.clauses[index]
        if here.item < 0:
            return None
        told = here.sentence
        for clause in self._earlier(index):
            if clause.sentence not in (told, here.sentence) and told != here.sentence:
                return None
            told = clause.sentence
            for date in self._layout.dates_in(clause.start, clause.end):
                if self.times.can_date(date) and self._lexicon.held.search(self._text, date.end, clause.end):
                    return date
        return None

    def _above(self, clause: Clause, at: int) -> DateMention | None:
        """What the heading, the lead or the title say of the whole section or article."""
        layout, line = self._layout, self._layout.lines[clause.line]
        if (
            clause.item >= 0
            or line.kind in ("title", "heading", "label")
            or self._lexicon.planned.search(self._text, clause.start, at)
        ):
            return None
        if line.heading is not None and (date := self._offered(layout.lines[line.heading])):
            return date
        if any(
            d.granularity not in COARSE and self.times.can_date(d) for d in layout.dates_in(line.start, at)
        ):
            return None  # the paragraph is of a day of its own
        lead, title = layout.lead(), layout.title()
        headed = line.heading is not None  # a section of its own
        if lead and not headed and lead.start < line.start and (date := self._offered(lead)):
            return date
        return self._offered(title) if title else None

    def _offered(self, line: Line) -> DateMention | None:
        """The first coarse date that opens a clause of a heading, the lead or the title; the year of a
        report on work is that in which it was given, and its figures are of the years before."""
        for clause in self._layout.of_line(line):
            reach = TITLE_OPENING if line.kind == "title" else OPENING
            for date in self._layout.dates_in(max(clause.start, line.start), clause.start + reach + 1):
                coarse = date.granularity in COARSE and self.times.lasts(date)
                if not coarse or not self.times.can_date(date) or not self.times.stands_for(date, clause):
                    continue
                if line.kind == "title" and self._lexicon.review.match(self._text, date.end, line.end):
                    continue
                told = line.kind == "lead" and self._text[date.end : date.end + 1] not in "，、"
                if told and not self._layout.counts(clause.start, clause.end):
                    continue
                return date
        return None

    def _told(self, index: int) -> DateMention | None:
        """The day on which a figure was told, where nothing else dates it (`国防部7日称，…`)."""
        clause = self._layout.clauses[index]
        for earlier in (clause, *self._earlier(index)):
            if earlier.sentence != clause.sentence:
                return None
            for date in self._layout.dates_in(earlier.start, earlier.end):
                firm = self.times.is_firm(date) and not date.vague
                if firm and date.granularity not in COARSE and self.times.can_date(date):
                    return date
        return None

    def _of_it(self, date: DateMention, at: int) -> bool:
        """Whether a number is so many times what a date had."""
        return self._text[date.end : at].strip() == "的"
