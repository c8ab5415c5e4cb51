"""Stretches of a sentence that a name can stand in: between boundaries, dates and other numbers."""

import re
from collections.abc import Iterator

from extract.metrics import phrases
from extract.metrics.lexicon import DATE, QUANTITY, Lexicon
from extract.metrics.sentence import Sentence
from extract.metrics.words import cut
from extract.text.segment import Token

LAST_BOUNDARY = re.compile(f".*[，；：。！？…—】\n{DATE}{QUANTITY}]", re.DOTALL)
RIGHT_BOUNDARY = re.compile(f"[，；：。！？、…—\n（）{DATE}{QUANTITY}]")
INSIDE = re.compile("（[^（）]{1,6}）(?=[一-鿿])|“[^“”]{1,14}”")
"""A bracket inside a noun (`29个县（市、区）代表团`), or a name in quotation marks: no mark in them parts."""
QUOTED = re.compile("“[^“”]*”")
NUMBERED = re.compile(r" *\d{1,2}(?:\.\d{1,2})*[.．、]? *(?=[一-鿿])")
"""The number of a section or an item at the head of a line."""
LIST_BOUNDARY = re.compile(f"[，；：。！？…—\n（）{DATE}{QUANTITY}]")


def stretches(sentence: Sentence, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Stretches of words without a boundary, the last first, within the clause that ends at ``end``:
    a date or a bracket parts them."""
    gap = sentence.gap(start, end)
    stop = len(gap)
    if gap.rstrip().endswith("）"):  # a bracket between name and number belongs to neither
        stop = max(gap.rfind("（"), 0) or stop
    while stop > 0:
        boundary = LAST_BOUNDARY.match(gap, 0, stop)
        cut = boundary.end() - 1 if boundary else -1
        if gap[cut + 1 : stop].strip(" 的"):
            yield start + cut + 1, start + stop
        if cut < 0 or gap[cut] != DATE:
            return
        stop = cut


def right_boundary(gap: str) -> int:
    """Where the phrase after a number ends; a list closed by 等 runs on to its head."""
    gap = INSIDE.sub(lambda m: "x" * len(m[0]), gap)
    boundary = RIGHT_BOUNDARY.search(gap)
    stop = boundary.start() if boundary else len(gap)
    if boundary and boundary[0] == "、":
        closing = LIST_BOUNDARY.search(gap, stop)
        clause = closing.start() if closing else len(gap)
        if "等" in gap[stop : clause - 1]:
            return clause
    return stop


def content(sentence: Sentence, start: int, end: int, lexicon: Lexicon) -> list[Token]:
    """The words of a stretch, without dates, quantities and blanks."""
    masked = sentence.gap(start, end)
    tokens = cut(sentence.document, start, end, lexicon)
    opens = start == 0 or sentence.document.text[start - 1] == "\n"
    if opens and (number := NUMBERED.match(masked)):
        tokens = [t for t in tokens if t.start - start >= number.end()]
    return [t for t in tokens if masked[t.start - start] not in (DATE, QUANTITY) and t.text.strip()]


def before_date(sentence: Sentence, start: int, date_end: int, lexicon: Lexicon) -> list[Token]:
    """The noun phrase that a date parts from the name: `家具制造业二季度耗电量`."""
    before = sentence.gap(start, date_end)
    words = before.rstrip(DATE)
    if len(words) == len(before) or not words:
        return []
    clause = LAST_BOUNDARY.match(words)
    tokens = content(sentence, start + (clause.end() if clause else 0), start + len(words), lexicon)
    tokens = tokens[phrases.opening(tokens, lexicon) :]
    if not tokens or lexicon.acts(tokens[-1]) or phrases.noun_phrase(tokens, lexicon) < len(tokens):
        return []
    return tokens if phrases.names_something(tokens, lexicon) else []


def undated(sentence: Sentence, start: int, end: int) -> str:
    """The text without the dates in it, save those in quotation marks, which are a part of a name."""
    text, masked = sentence.text(start, end), sentence.gap(start, end)
    if DATE not in masked:
        return text
    quoted = {at for m in QUOTED.finditer(text) for at in range(*m.span())}
    return "".join(c for i, c in enumerate(text) if masked[i] != DATE or i in quoted)
