"""Scope and period of a figure: from its clause, carried forward as a reader carries them."""

from bisect import bisect_left
from collections.abc import Sequence

from extract.mentions import DateMention
from extract.metrics.lexicon import Lexicon
from extract.text.document import Document
from extract.text.segment import Token


class Context:
    """What holds at a place of the document; made for one article, fed in order of text."""

    def __init__(self, document: Document, dates: Sequence[DateMention], lexicon: Lexicon) -> None:
        self._document = document
        self._lexicon = lexicon
        self._periods = [d for d in dates if _dates_a_fact(d)]
        self._starts = [d.start for d in self._periods]
        self._bases: set[int] = set()

    def use_as_base(self, start: int, end: int) -> None:
        """A date that a change is measured against dates nothing."""
        self._bases |= {d.start for d in self._periods if start <= d.start < end}

    def period(self, at: int) -> DateMention | None:
        """The nearest time expression before, in the same paragraph."""
        paragraph = self._document.text.rfind("\n", 0, at) + 1
        for i in range(bisect_left(self._starts, at) - 1, -1, -1):
            date = self._periods[i]
            if date.start < paragraph:
                return None
            if date.start not in self._bases and not date.vague:
                return date
        return None

    def scope(self, at: int) -> str | None:
        """The last scope words before, in the sentence, else in the sentences before it of the paragraph."""
        paragraph = self._document.text.rfind("\n", 0, at) + 1
        sentence, _ = self._document.sentence_at(at)
        found = self._last_scope(sentence, at)
        while found is None and sentence > paragraph:
            end = sentence
            sentence, _ = self._document.sentence_at(sentence - 1)
            found = self._last_scope(sentence, end)
        return found

    def _last_scope(self, start: int, end: int) -> str | None:
        matches = list(self._lexicon.scope.finditer(self._document.text, start, end))
        tokens = self._document.tokens(start, end)
        places = [t for t in tokens if t.tag == "ns" and len(t.text) > 1 and t.end <= end]
        candidates = [(m.start(), m.end()) for m in matches] + [(t.start, t.end) for t in places]
        if not candidates:
            return None
        at, stop = max(candidates)
        return self._document.text[at : self._body(tokens, stop, end)]

    def _body(self, tokens: Sequence[Token], at: int, end: int) -> int:
        """`全国` + `公安机关`: a body that follows the scope word belongs to it."""
        stop = at
        for token in tokens:
            if token.start < at or token.end > end:
                continue
            if not token.tag.startswith("n") or token.end - at > 10:
                break
            if token.text.endswith(self._lexicon.agents):
                stop = token.end
        return stop


def _dates_a_fact(date: DateMention) -> bool:
    if date.kind == "duration":
        return False
    return (date.kind != "recurrence" and date.granularity not in ("hour", "minute")) or date.kind == "period"
