"""When a figure is of: the date of its clause, else of sentence, paragraph, heading, lead or title."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from extract.mentions import DateMention, Phrase
from extract.metrics.facts import Fact
from extract.metrics.layout import Clause, Layout, Line
from extract.metrics.lexicon import Lexicon
from extract.metrics.phrases import is_nominal

COARSE = ("century", "decade", "year", "half", "quarter", "month")
"""Granularities that a reader carries on to the next sentences; a day or an hour dates its own one."""
DATING = ("year", "day", "month", None)
"""Granularities of lengths that a figure can be dated by (`五年提高…`); the others only take time."""
OPENING = 10
"""Characters at the head of a clause within which a date stands for the whole clause."""
TITLE_OPENING = 3
BARE = 2
"""Characters of a part of day that no day stands with (`夜间`)."""
TITLED = 30
"""Characters of a title before a date in it."""
PARAGRAPH = 300
"""Characters of a paragraph that is about one thing."""
REACH = 1000
"""Characters that a period is carried at most."""


HOLIDAY = "holidays"
"""The rule of the days off around a festival, which last."""
MONEY = "元"
POINTING = 3
SEASON = 2
"""Characters of the name of a season."""


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
        self._bases = {d.start for d in layout.dates if self._is_base(d)}
        self._known: dict[int, bool] = {}

    def compare(self, start: int, end: int) -> None:
        """A date that a change is measured against dates nothing."""
        self._bases.update(d.start for d in self._layout.dates_in(start, end))

    def of(self, fact: Fact, scope: Phrase | None, before: Said | None) -> DateMention | None:
        """The date of a figure, unless its sentence dealt it one; ``before`` is what was said before it."""
        if fact.period:
            return None
        at = fact.quantity.start
        if fact.quantity.family == "multiple":  # 是2019年的3倍
            self._bases.update(d.start for d in self._layout.dates_in(at - OPENING, at) if self._of_it(d, at))
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

    def words(self, date: DateMention) -> str:
        """The text of a period: its date with the season before it, or the run of films behind it."""
        season = self._season(date)
        if date.rule == HOLIDAY:
            season = self._lexicon.pointed.search(self._text, max(0, date.start - POINTING), date.start)
        run = self._lexicon.screened.match(self._text, date.end)
        return self._text[season.start() if season else date.start : run.end() if run else date.end]

    def _season(self, date: DateMention) -> re.Match[str] | None:
        """The season whose length a date is (`春运40天`)."""
        if date.kind != "duration":
            return None
        return self._lexicon.seasonal.search(self._text, max(0, date.start - SEASON), date.start)

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
            and self._is_firm(before.date)
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
        dates = [d for d in self._layout.dates_in(clause.start, at) if d.end <= at + 1 and self._dates(d)]
        firm = [d for d in dates if self._is_firm(d)]
        return (firm or dates)[-1] if dates else None

    def _behind(self, clause: Clause, fact: Fact) -> DateMention | None:
        """`40多条线路今天恢复运营`: between a counted subject and its verb."""
        if fact.name.start < fact.quantity.end:
            return None
        for date in self._layout.dates_in(max(fact.name.end - OPENING, fact.quantity.end), clause.end):
            if (
                self._is_firm(date)
                and self._dates(date)
                and not self._lexicon.reaching.search(self._text, max(0, date.start - 2), date.start)
            ):
                return date
        return None

    def _opening(self, clause: Clause, carried: bool) -> DateMention | None:
        """The date at the head of a clause that holds for what follows, in the sentence or ``carried`` on to
        the next ones."""
        for date in reversed(self._layout.dates_in(clause.start, clause.start + OPENING + 1)):
            if not self._is_firm(date) or not self._dates(date):
                continue
            if not self._stands_for(date, clause):
                continue
            if carried and self._lexicon.planned.search(self._text, clause.start, date.start):
                continue
            if not carried:
                if date.granularity in COARSE or not self._is_told(date, clause):
                    return date
            elif self._lasts(date):
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
                if past and self._is_firm(date) and self._dates(date):
                    return None if self._is_told(date, earlier) else date
        return None

    def _reported(self, clause: Clause) -> DateMention | None:
        """The coarse date that a report is of (`气象局昨天发布2022年气候公报`)."""
        for date in self._layout.dates_in(clause.start, clause.end):
            report = self._lexicon.report.match(self._text, date.end, clause.end)
            if report and date.granularity in COARSE and date.start > clause.start and self._is_firm(date):
                return date
        return None

    def _stands_for(self, date: DateMention, clause: Clause) -> bool:
        """Whether a date says when its whole clause holds: not `…于11月9日在…`, not `去年安排的1亿元`."""
        before = self._text[clause.start : date.start]
        return not self._text.startswith("的", date.end) and (
            len(before) < 3 or not before.endswith(("于", "在"))
        )

    def _is_told(self, date: DateMention, clause: Clause) -> bool:
        """Whether a day is when something was told or held, not what the figures are of."""
        if self._layout.counts(clause.start, clause.end):
            return False
        return self._lexicon.speech.search(self._text, date.end, clause.end) is not None

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
            if date := self._opening(earlier, carried=True) or self._reported(earlier):
                return date
        start = max(clause.item, self._layout.lines[clause.line].start)
        if before is None or before.date is None or before.fact.quantity.start < start:
            return None
        turned = before.scope and scope and before.scope.text != scope.text
        if self._gives(clause, before):
            return before.date
        here = before.scope is not None and before.scope.start >= start
        stays = here and before.scope == scope and before.date.kind in ("date", "period")
        return before.date if (self._lasts(before.date) or stays) and not turned else None

    def _gives(self, clause: Clause, before: Said) -> bool:
        """Whether money is given in a clause as in the sentence before (`甲厅下达1亿元。乙厅预拨2亿元`)."""
        given, last = self._lexicon.given, before.fact.quantity
        other = self._layout.clauses[self._layout.clause_at(last.start)]
        both = given.search(self._text, clause.start, clause.end) and given.search(
            self._text, other.start, last.start
        )
        return both is not None and last.unit == MONEY

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
                if self._dates(date) and self._lexicon.held.search(self._text, date.end, clause.end):
                    return date
        return None

    def _is_firm(self, date: DateMention) -> bool:
        """Whether a date is more than a length or a repetition, or the length of a season (`春运40天`)."""
        return date.kind in ("date", "period") or self._season(date) is not None

    def _lasts(self, date: DateMention) -> bool:
        """Whether a date is carried from sentence to sentence: one coarser than a day, or 截至 a day."""
        if not self._is_firm(date) or date.vague:
            return False
        until = self._lexicon.until.search(self._text, max(0, date.start - 2), date.start)
        return (
            date.granularity in COARSE or until is not None or date.kind == "duration" or date.rule == HOLIDAY
        )

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
        if any(d.granularity not in COARSE and self._dates(d) for d in layout.dates_in(line.start, at)):
            return None  # the paragraph is of a day of its own
        lead, title = layout.lead(), layout.title()
        headed = line.heading is not None  # a section of its own
        if lead and not headed and lead.start < line.start and (date := self._offered(lead)):
            return date
        return self._offered(title) if title else None

    def _offered(self, line: Line) -> DateMention | None:
        """The first coarse date that opens a clause of a heading, the lead or the title."""
        for clause in self._layout.of_line(line):
            reach = TITLE_OPENING if line.kind == "title" else OPENING
            for date in self._layout.dates_in(max(clause.start, line.start), clause.start + reach + 1):
                coarse = date.granularity in COARSE and self._lasts(date)
                if not coarse or not self._dates(date) or not self._stands_for(date, clause):
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
                firm = date.kind not in ("duration", "recurrence") and not date.vague
                if firm and date.granularity not in COARSE and self._dates(date):
                    return date
        return None

    def _dates(self, date: DateMention) -> bool:
        """Whether an expression can say when a figure is of."""
        if date.start in self._bases or date.start in self._layout.counted:
            return False
        if date.start not in self._known:
            self._known[date.start] = not (self._is_length(date) or self._is_name(date))
        return self._known[date.start]

    def _of_it(self, date: DateMention, at: int) -> bool:
        """Whether a number is so many times what a date had."""
        return self._text[date.end : at].strip() == "的"

    def _is_base(self, date: DateMention) -> bool:
        """Whether a date is what something is compared with."""
        return self._lexicon.compared_with.search(self._text, max(0, date.start - 4), date.start) is not None

    def _is_length(self, date: DateMention) -> bool:
        """Whether it is how long something took or ran, or a part of any day."""
        if date.kind == "duration":
            run = self._lexicon.run.search(self._text, max(0, date.start - 4), date.start)
            return date.granularity not in DATING or run is not None
        return date.granularity == "part_of_day" and date.end - date.start <= BARE

    def _is_name(self, date: DateMention) -> bool:
        """Whether it stands inside the name of a plan, a session, a document (`2023年专项行动`), or says of
        what time a record is."""
        if self._lexicon.record.match(self._text, date.end):
            return True
        if date.vague and self._lexicon.untimed.fullmatch(self._text, date.start, date.end):
            return True
        opened = self._text.rfind("《", max(0, date.start - TITLED), date.start)
        if opened >= 0 and "》" not in self._text[opened : date.start]:
            return True
        clause, at = self._layout.clauses[self._layout.clause_at(date.start)], date.end
        season = self._lexicon.season.fullmatch(self._text, date.start, at) is not None
        for token in self._layout.tokens(clause):
            if token.start < at:
                if token.tag == "nr" and token.start < date.start < token.end:
                    return True  # 清明 in the name of a person
                if season and token.end == date.start and token.tag == "v":
                    return True  # 开展秋季巡查
                continue
            deed = season and token.tag[:1] == "v" and token.text not in self._lexicon.means
            if token.start > at or not (is_nominal(token) or deed):
                return False
            if token.text.endswith(self._lexicon.campaigns):
                return True
            at = token.end
        return False
