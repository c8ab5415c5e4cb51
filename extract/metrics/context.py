"""Scope and period of a figure: from its clause, carried forward as a reader carries them."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from extract.mentions import DateMention
from extract.metrics.lexicon import Lexicon
from extract.metrics.words import cut
from extract.text.document import Document
from extract.text.segment import Token

DATING = ("year", "day", "month", None)
"""Granularities of lengths that a figure can be dated by (`五年提高…`); the others only take time."""
BARE = 2
"""Characters of a part of day that no day stands with."""
COARSE = ("century", "decade", "year", "half", "quarter", "month")
"""Granularities that a reader carries on to the next sentences; a day or an hour dates its own one."""
CLAUSE_END = re.compile("[，；：。！？\n]")
REACH = 1000
"""Characters that a scope or a period is carried at most."""
WINDOW = 24
"""Characters of a clause that its region or body opens."""
HEAD = 10
"""Characters at the head of a clause within which a date stands for the whole clause."""


class Context:
    """What holds at a place of the document; made for one article, fed in order of text."""

    def __init__(self, document: Document, dates: Sequence[DateMention], lexicon: Lexicon) -> None:
        self._document = document
        self._lexicon = lexicon
        self._dates = [d for d in dates if d.kind != "recurrence" and not self._is_length(d)]
        self._starts = [d.start for d in self._dates]
        self._bases = {
            d.start
            for d in dates
            if lexicon.compared_with.search(document.text, max(0, d.start - 4), d.start)
        }
        self._heads: dict[int, str | None] = {}
        self._clauses = [0, *(m.end() for m in CLAUSE_END.finditer(document.text))]

    def _is_length(self, date: DateMention) -> bool:
        """Whether an expression is how long something took, or a part of any day (`夜间`): it dates none."""
        if date.kind == "duration":
            return date.granularity not in DATING
        return date.granularity == "part_of_day" and date.end - date.start <= BARE

    def compare(self, start: int, end: int) -> None:
        """A date that a change is measured against dates nothing."""
        first, last = bisect_left(self._starts, start), bisect_left(self._starts, end)
        self._bases.update(self._starts[first:last])

    def period(self, at: int) -> DateMention | None:
        """The nearest time expression before that dates the figure at ``at``."""
        sentence, _ = self._document.sentence_at(at)
        paragraph = max(self._document.paragraph_start(at), at - REACH)
        clause = self._clause(at)
        for i in range(bisect_left(self._starts, at) - 1, -1, -1):
            date = self._dates[i]
            if date.start < paragraph:
                return None
            if date.start not in self._bases and self._holds(date, clause, sentence):
                return date
        return None

    def _holds(self, date: DateMention, clause: int, sentence: int) -> bool:
        """Whether a date before a figure dates it: in its clause any does, farther off only one that
        opens a clause, and across sentences only one that is no single day."""
        if date.start >= clause:
            return True
        if date.start - self._clause(date.start) > HEAD:
            return False
        if date.start >= sentence:
            return True
        return date.kind != "duration" and (
            date.granularity in COARSE or (date.vague and date.granularity is None)
        )

    def same_sentence(self, first: int, second: int) -> bool:
        return self._document.sentence_at(first) == self._document.sentence_at(second)

    def clause_scope(self, at: int) -> str | None:
        """The region or body that opens the clause of ``at``."""
        start = self._clause(at)
        return self._head(start, min(at, start + WINDOW))

    def _clause(self, at: int) -> int:
        """Where the clause of a position begins."""
        return self._clauses[bisect_right(self._clauses, at) - 1]

    def scope(self, at: int) -> str | None:
        """The region or body that opens a clause before ``at`` in the paragraph."""
        paragraph = max(self._document.paragraph_start(at), at - REACH)
        clause = at
        while clause > paragraph:
            start = self._clauses[bisect_left(self._clauses, clause) - 1]
            found = self._head(start, min(at, start + WINDOW))
            if found:
                return found
            clause = start
        return None

    def _head(self, start: int, end: int) -> str | None:
        if start not in self._heads:
            self._heads[start] = self._read_head(start, end)
        return self._heads[start]

    def _read_head(self, start: int, end: int) -> str | None:
        """The scope words at the head of a clause, with the body that they belong to."""
        text = self._document.text
        following = bisect_right(self._clauses, start)
        stop = min(end, self._clauses[following] - 1) if following < len(self._clauses) else end
        if not self._may_open(start, stop) or self._lexicon.speech.search(text, start, stop):
            return None
        tokens = cut(self._document, self._skip_dates(start), stop, self._lexicon)
        while (
            tokens
            and tokens[0].text != "“"
            and (tokens[0].text in self._lexicon.leads or tokens[0].tag in ("d", "c", "x"))
        ):
            tokens = tokens[1:]
        if not tokens or (tokens[0].tag[:1] not in "nrjbsx" and not self._is_scope(tokens[0])):
            return None
        first = tokens[0].start
        place = self._lexicon.place.match(text, first, stop)
        covered = place.end() if place else first
        for token in tokens:
            joint = token.text in "、和" and covered > first
            if token.start >= covered and not self._is_scope(token) and not joint:
                break
            covered = max(covered, token.end)
        covered = self._body(tokens if covered > first else _leading(tokens), first, covered)
        return text[first:covered].rstrip("、和") or None

    def _may_open(self, start: int, stop: int) -> bool:
        """Whether a clause has anything like a scope near its head: most have none, and need no tokens."""
        if self._lexicon.hint.search(self._document.text, start, stop):
            return True
        text, heads = self._document.text, self._lexicon.region_heads
        return any(text[i : i + 2] in heads for i in range(start, min(start + 6, stop)))

    def _body(self, tokens: Sequence[Token], first: int, covered: int) -> int:
        """End of the body that follows the place (`全市` + `公安机关`)."""
        for token in tokens:
            if token.start < covered:
                continue
            if not token.tag.startswith(("n", "j", "vn", "l", "b")) or token.end - first > 14:
                break
            if self._lexicon.acts(token) and token.tag != "nr":
                covered = token.end
        return covered

    def _skip_dates(self, start: int) -> int:
        """Past a date that opens the clause, with 截至 or 在 before it."""
        i = bisect_left(self._starts, start)
        if i < len(self._dates) and self._starts[i] - start <= 3:
            return self._dates[i].end
        return start

    def _is_scope(self, token: Token) -> bool:
        return token.text in self._lexicon.scopes or token.text in self._lexicon.regions


def _leading(tokens: list[Token]) -> list[Token]:
    """The words that a body without a place before it may have: two, or a quoted name and one more."""
    quoted = next((i for i, t in enumerate(tokens[:6]) if t.text == "”"), 0) if tokens[0].text == "“" else 0
    return tokens[quoted : quoted + 2]
