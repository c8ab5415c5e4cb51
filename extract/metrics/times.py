"""What the dates of a document can date: which say when a figure is of, and how far they hold."""

import re

from extract.mentions import DateMention
from extract.metrics.layout import Clause, Layout
from extract.metrics.lexicon import Lexicon
from extract.metrics.phrases import is_nominal

COARSE = ("century", "decade", "year", "half", "quarter", "month")
"""Granularities that a reader carries on to the next sentences; a day or an hour dates its own one."""
DATING = ("year", "day", "month", None)
"""Granularities of lengths that a figure can be dated by (`五年提高…`); the others only take time."""
HOLIDAY = "holidays"
"""The rule of the days off around a festival, which last."""
BARE, SEASON, POINTING = 2, 2, 3
"""Characters of a part of day that no day stands with (`夜间`), of a season, of what points at a holiday."""
TITLED = 30
"""Characters of a title before a date in it."""


class Times:
    """Made for one article; knows which dates are only compared with."""

    def __init__(self, layout: Layout, lexicon: Lexicon) -> None:
        self._layout = layout
        self._text = layout.text
        self._lexicon = lexicon
        self._bases = {d.start for d in layout.dates if self._is_base(d)}
        self._known: dict[int, bool] = {}
        self._reports: dict[int, DateMention | None] = {}

    def compare(self, start: int, end: int) -> None:
        """The dates of a stretch that a change is measured against date nothing."""
        self._bases.update(d.start for d in self._layout.dates_in(start, end))

    def words(self, date: DateMention) -> str:
        """The text of a period: its date with the season before it, or the run of films behind it."""
        season = self._season(date)
        if date.rule == HOLIDAY:
            season = self._lexicon.pointed.search(self._text, max(0, date.start - POINTING), date.start)
        run = self._lexicon.screened.match(self._text, date.end)
        return self._text[season.start() if season else date.start : run.end() if run else date.end]

    def reported(self, clause: Clause) -> DateMention | None:
        """The coarse date that a report is of (`气象局昨天发布2022年气候公报`)."""
        if clause.start not in self._reports:
            self._reports[clause.start] = self._report(clause)
        return self._reports[clause.start]

    def _report(self, clause: Clause) -> DateMention | None:
        for date in self._layout.dates_in(clause.start, clause.end):
            report = self._lexicon.report.match(self._text, date.end, clause.end)
            if report and date.granularity in COARSE and date.start > clause.start and self.is_firm(date):
                return date
        return None

    def stands_for(self, date: DateMention, clause: Clause) -> bool:
        """Whether a date says when its whole clause holds: not `…于11月9日在…`, not `去年安排的1亿元`."""
        before = self._text[clause.start : date.start]
        return not self._text.startswith("的", date.end) and (
            len(before) < 3 or not before.endswith(("于", "在"))
        )

    def is_told(self, date: DateMention, clause: Clause) -> bool:
        """Whether a day is when something was told or held, not what the figures are of."""
        if self._layout.counts(clause.start, clause.end):
            return False
        return self._lexicon.speech.search(self._text, date.end, clause.end) is not None

    def is_firm(self, date: DateMention) -> bool:
        """Whether a date is more than a length or a repetition, or the length of a season (`春运40天`)."""
        return date.kind in ("date", "period") or self._season(date) is not None

    def lasts(self, date: DateMention) -> bool:
        """Whether a date is carried from sentence to sentence: one coarser than a day, or 截至 a day."""
        if not self.is_firm(date) or date.vague:
            return False
        until = self._lexicon.until.search(self._text, max(0, date.start - 2), date.start)
        return (
            date.granularity in COARSE or until is not None or date.kind == "duration" or date.rule == HOLIDAY
        )

    def can_date(self, date: DateMention) -> bool:
        """Whether an expression can say when a figure is of."""
        if date.start in self._bases or date.start in self._layout.counted:
            return False
        if date.start not in self._known:
            self._known[date.start] = not (self._is_length(date) or self._is_name(date))
        return self._known[date.start]

    def _season(self, date: DateMention) -> re.Match[str] | None:
        """The season whose length a date is (`春运40天`)."""
        if date.kind != "duration":
            return None
        return self._lexicon.seasonal.search(self._text, max(0, date.start - SEASON), date.start)

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
