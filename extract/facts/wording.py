"""What the words around a figure say of its kind: a forecast, one of a run, a sum up to a day, a part."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from itertools import islice, takewhile

from extract.records import Date, Metric
from extract.rules import Rules
from extract.text.sentence import sentence_at

NEAR = 40
"""Characters before a figure in which a word makes it a forecast or a run."""
QUALIFIER = 14
"""Characters of the longest words between a scope and a name that are part of the name."""
HAN = re.compile("[\u4e00-\u9fff]+")
STOP = "。"


class Wording:
    """What the words around a figure say of its kind; the phrasings are fragments of the indicators."""

    def __init__(self, rules: Rules) -> None:
        fragments = rules.fragments("indicators")
        self._expected = re.compile(fragments["expected"])
        self._run = re.compile(fragments["run"])
        self._until = re.compile(fragments["until"])
        self._part = re.compile(fragments["part"])
        self._between = re.compile(fragments["between"])
        self._corrected = re.compile(fragments["corrected"])
        self._grown = re.compile(fragments["grown"])
        self._partner = re.compile(fragments["partner"])
        self._partners = re.compile(fragments["partners"])
        self._so_far = re.compile(fragments["so_far"])

    def is_expected(self, metric: Metric, text: str) -> bool:
        """Whether it is a forecast, a plan or a target."""
        return bool(self._expected.search(text, _reach(metric, text), metric.span.start))

    def is_run(self, metric: Metric, text: str) -> bool:
        """Whether it is said of each month of a run (`连续两个月超过40万辆`)."""
        return bool(self._run.search(text, _reach(metric, text), metric.span.start))

    def is_this_year(self, metric: Metric, text: str) -> bool:
        """Whether the sentence speaks of the year so far."""
        return bool(self._so_far.search(sentence_at(text, metric.span.start, metric.span.end)))

    def is_corrected(self, metric: Metric, text: str) -> bool:
        """Whether it is said to take the place of an earlier value."""
        return bool(self._corrected.search(text, _reach(metric, text), metric.span.start))

    def has_grown(self, metric: Metric, text: str) -> bool:
        """Whether it is what something has come to up to a day (`已造成`)."""
        return bool(self._grown.search(text, _reach(metric, text), metric.span.start))

    def last_day(self, dates: Sequence[Date], metric: Metric, text: str) -> Date | None:
        """The day up to which the sentence counts (`截至5月4日`)."""
        start = text.rfind(STOP, 0, metric.span.start) + 1
        first = bisect_left(dates, start, key=lambda date: date.span.start)
        before = takewhile(lambda date: date.span.start < metric.span.start, islice(dates, first, None))
        return next((date for date in before if self._until.search(text, start, date.span.start)), None)

    def is_part(self, when: Date, text: str) -> bool:
        """Whether a holiday is followed by the part of it that is meant (`假期前三天`)."""
        return bool(self._part.match(text, when.span.end))

    def qualifier(self, metric: Metric, text: str) -> str:
        """The words between scope and name that narrow the name (`我国` + `国际及港澳台` + `快递业务量`), or
        whom the figure is with (`与中亚五国` + `进出口`)."""
        scope, name = metric.scope_span, metric.name_span
        if name and (partner := self._with(name.start, text)):
            return partner
        if scope is None or name is None or not scope.end < name.start <= scope.end + QUALIFIER:
            return ""
        gap = text[scope.end : name.start]
        return "" if self._between.fullmatch(gap) or not HAN.fullmatch(gap) else gap

    def _with(self, name: int, text: str) -> str:
        start = text.rfind(STOP, 0, name) + 1
        found = self._partner.search(text, max(start, name - NEAR), name)
        found = found or self._partners.search(text, max(start, name - NEAR), name)
        return found[0] if found else ""


def _reach(metric: Metric, text: str) -> int:
    """Where the words begin that are looked at before a figure: in its sentence, and near."""
    return max(metric.span.start - NEAR, text.rfind(STOP, 0, metric.span.start) + 1)
