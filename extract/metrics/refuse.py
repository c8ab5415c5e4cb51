"""Quantities that are no metrics: slogans, articles, ordinals, lengths of time."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence

from extract.mentions import Dropped, QuantityMention
from extract.metrics.lexicon import Lexicon
from extract.rules import Rule, Rules
from extract.text.document import Document

NEAR = 12
"""Characters before a quantity that a rule looks at."""
LARGE = 1000
LARGE_MARK = frozenset("万亿千百,")
"""From where on a numeral without a unit counts something, where it is written with one of these."""
DEALT = re.compile("[^，；：。\n]{1,24}?分别")
JOINTS = re.compile("[、和与及]|以及")
QUOTED = re.compile("[“「『]([^“”「」『』\n]*)[”」』]")
TITLED = re.compile("《([^《》\n]*)》")


class RefusalRule(Rule, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Patterns around a quantity: ``itself`` its whole text, ``before`` what ends at it, ``after`` what
    begins at its end; ``quoted``: inside quotation marks around at most that many characters;
    ``titled``: inside 《》; ``sums``: counts the members of the list before it; ``unless``, found in the
    characters just before, keeps the quantity."""

    itself: str | None = None
    before: str | None = None
    after: str | None = None
    quoted: int | None = None
    titled: bool = False
    sums: bool = False
    unless: str | None = None


class Refusals:
    """Decides which quantities are no metrics; compiled once."""

    def __init__(self, rules: Rules, lexicon: Lexicon) -> None:
        table = rules.table("not_metrics", RefusalRule)
        self._lexicon = lexicon
        self._itself = [(r, re.compile(r.itself)) for r in table if r.itself]
        self._before = [(r, re.compile(f"(?:{r.before})$")) for r in table if r.before]
        self._after = [(r, re.compile(r.after)) for r in table if r.after]
        # all in one, which most quantities are tested by alone
        self._any_itself = re.compile(_any(r.itself for r in table if r.itself))
        self._any_before = re.compile(f"(?:{_any(r.before for r in table if r.before)})$")
        self._any_after = re.compile(_any(r.after for r in table if r.after))
        self._quoted = [r for r in table if r.quoted]
        self._titled = [r for r in table if r.titled]
        self._sums = next(r for r in table if r.sums)

    def sift(
        self, document: Document, quantities: Sequence[QuantityMention]
    ) -> tuple[list[QuantityMention], list[Dropped]]:
        """The quantities that may be metrics, and those refused."""
        marks = self._marks(document)
        kept: list[QuantityMention] = []
        dropped: list[Dropped] = []
        for quantity in quantities:
            refused = self._refusal(document, quantity, marks)
            if refused:
                dropped.append(refused)
            else:
                kept.append(quantity)
        return kept, dropped

    def _marks(self, document: Document) -> tuple[list[tuple[int, int, int]], list[int]]:
        """Quotations of a document (start, end, length) and their starts; once per document."""
        marks = [(m.start(), m.end(), len(m[1])) for m in QUOTED.finditer(document.text)]
        marks += [(m.start(), m.end(), -1) for m in TITLED.finditer(document.text)]
        marks.sort()
        return marks, [m[0] for m in marks]

    def _refusal(
        self, document: Document, q: QuantityMention, marks: tuple[list[tuple[int, int, int]], list[int]]
    ) -> Dropped | None:
        """Why the quantity is no metric, or ``None``."""
        rule = self._by_pattern(document.text, q) or self._by_mark(q, marks) or self._by_list(document, q)
        if rule:
            return Dropped(start=q.start, end=q.end, rule=rule.id, reason=rule.reason)
        if q.family == "time" and not self._is_timed(document, q):
            return Dropped(
                start=q.start, end=q.end, rule="refuse.time", reason="a length of time measures no metric"
            )
        if q.value is None:
            return Dropped(
                start=q.start, end=q.end, rule="refuse.unknown", reason="a vague numeral has no value"
            )
        if q.family == "none" and not self._names_something(document.text, q):
            return Dropped(
                start=q.start, end=q.end, rule="refuse.bare", reason="a bare number that nothing names"
            )
        return None

    def _by_pattern(self, text: str, q: QuantityMention) -> Rule | None:
        own, near = text[q.start : q.end], text[max(0, q.start - NEAR) : q.start]
        for rule, pattern in self._itself if self._any_itself.fullmatch(own) else ():
            if pattern.fullmatch(own) and not (rule.unless and re.search(rule.unless, near)):
                return rule
        for rule, pattern in self._after if self._any_after.match(text, q.end) else ():
            if pattern.match(text, q.end):
                return rule
        for rule, pattern in self._before if self._any_before.search(near) else ():
            if pattern.search(near):
                return rule
        return None

    def _by_mark(
        self, q: QuantityMention, marks: tuple[list[tuple[int, int, int]], list[int]]
    ) -> Rule | None:
        spans, starts = marks
        for start, end, length in reversed(
            spans[max(0, bisect_right(starts, q.start) - 2) : bisect_right(starts, q.start)]
        ):
            if start < q.start and q.end <= end - 1 + (q.end == end):
                if length < 0 and self._titled:
                    return self._titled[0]
                for rule in self._quoted:
                    if 0 <= length <= (rule.quoted or 0):
                        return rule
        return None

    def _by_list(self, document: Document, q: QuantityMention) -> Rule | None:
        """`甲、乙两种作物产量分别`: so many members stand before it, and behind what is dealt out to them."""
        if q.family != "count" or q.value is None or not DEALT.match(document.text, q.end):
            return None
        members = JOINTS.split(document.text[document.clause_start(q.start) : q.start])
        return self._sums if 1 < len(members) == q.value and all(members) else None

    def _is_timed(self, document: Document, q: QuantityMention) -> bool:
        if document.text[q.core_end - 1] in "万亿":  # 14万小时 is a sum, nobody's length of time
            return True
        if self._lexicon.spanned.match(document.text, q.end):  # 十年增长近七成
            return False
        clause = document.clause_start(q.start)
        if self._lexicon.tail.search(document.text[clause : q.start].rstrip()):  # 21天，比上月末增加0.5天
            clause, _ = document.sentence_at(q.start)
        return self._lexicon.timed.search(document.text, clause, q.start) is not None

    def _names_something(self, text: str, q: QuantityMention) -> bool:
        """`16万民警`, `总价13万2`, `超过1,200报名者`, `指数为105.3`, `4死`; not `5 城市更新` or a heading's
        number."""
        numeral = text[q.core_start : q.core_end]
        if q.value is not None and q.value >= LARGE and not LARGE_MARK.isdisjoint(numeral):
            return True
        if "." in numeral:
            return True
        return (
            self._lexicon.measure.search(text[max(0, q.start - 4) : q.start]) is not None
            or text[q.end : q.end + 1] in self._lexicon.outcomes
        )


def _any(patterns: Iterable[str]) -> str:
    return "|".join(f"(?:{pattern})" for pattern in patterns)
