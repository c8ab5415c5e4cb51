"""One sentence with its dates and quantities, masked so that patterns read its grammar."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from extract.mentions import DateMention, Phrase, QuantityMention
from extract.metrics.lexicon import DATE, QUANTITY
from extract.text.document import Document

EDGES = " 的"
"""What parts words from those around them."""
BRACKET = 40
"""Characters that a remark in brackets has at most before a number."""
HEADLINE_SPACE = re.compile(f"(?<=[\u4e00-\u9fff”』」{QUANTITY}]) +(?=[\u4e00-\u9fff“『「])")

DUE = re.compile(f"(?<={DATE})前(?![后往来期夕任景进沿方线端台]|{DATE})")
"""`前` behind a date on which something is due: it is part of no name (`9月10日前投产…`)."""


def _blank(match: re.Match[str]) -> str:
    return "，" * len(match[0])


def last_clause(gap: str) -> int:
    """Where the last clause of a stretch of masked text begins."""
    return max(map(gap.rfind, "，；：。")) + 1


class Sentence:
    """``masked`` has the sentence's length: dates are runs of one private character, quantities of
    another; offsets are the document's."""

    def __init__(
        self,
        document: Document,
        start: int,
        end: int,
        dates: Sequence[DateMention],
        quantities: Sequence[QuantityMention],
        aside: re.Pattern[str] | None,
    ) -> None:
        self.document = document
        self.start = start
        self.end = end
        self.dates = dates
        self.quantities = quantities
        self.masked = self._mask(aside)

    def _mask(self, aside: re.Pattern[str] | None) -> str:
        parts: list[str] = []
        at = self.start
        marked = [(q.start, q.end, QUANTITY) for q in self.quantities]
        if self.dates:
            marked = sorted([*marked, *((d.start, d.end, DATE) for d in self.dates)])
        for start, end, mark in marked:
            if start < at:
                continue
            parts += self.document.text[at:start], mark * (end - start)
            at = end
        parts.append(self.document.text[at : self.end])
        # a headline parts its clauses with spaces, an aside parts a name from its number
        masked = "".join(parts)
        if self.dates:
            masked = DUE.sub(DATE, masked)
        if " " in masked:
            masked = HEADLINE_SPACE.sub(_blank, masked)
        return aside.sub(_blank, masked) if aside else masked

    def gap(self, start: int, end: int) -> str:
        """Masked text between two document offsets."""
        return self.masked[start - self.start : end - self.start]

    def bracketed(self, at: int) -> bool:
        """Whether a place stands inside round brackets."""
        before = self.gap(max(self.start, at - BRACKET), at)
        return before.rfind("（") > before.rfind("）")

    def date_at(self, start: int) -> DateMention | None:
        """The date that begins at a place."""
        return next((d for d in self.dates if d.start == start), None)

    def text(self, start: int, end: int) -> str:
        return self.document.text[start:end]

    def phrase(self, start: int, end: int) -> Phrase:
        """The words of a stretch, without the particle that ties them to others."""
        words = self.text(start, end).rstrip(EDGES)
        bare = words.lstrip(EDGES)
        return Phrase(bare, start + len(words) - len(bare), start + len(words))


def sentences(
    document: Document,
    dates: Sequence[DateMention],
    quantities: Sequence[QuantityMention],
    aside: re.Pattern[str],
) -> Iterator[Sentence]:
    """The sentences that hold a quantity, in order."""
    present = aside if aside.search(document.text) else None
    date_starts = [d.start for d in dates]
    starts = [q.start for q in quantities]
    done = 0
    for quantity in quantities:
        if quantity.start < done:
            continue
        start, end = document.sentence_at(quantity.start)
        yield Sentence(
            document,
            start,
            end,
            dates[bisect_left(date_starts, start) : bisect_left(date_starts, end)],
            quantities[bisect_left(starts, start) : bisect_left(starts, end)],
            present,
        )
        done = end
