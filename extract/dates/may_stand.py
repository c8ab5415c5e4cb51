"""Whether a match may stand where it does: dates cut through no word, and lists hold no stretch."""

import re
from itertools import pairwise

from extract.dates.rule import Piece
from extract.numerals import parse
from extract.text.document import Document

CLAUSE = re.compile(r"[^，；：。！？\n]{0,12}")
"""As much of the clause behind a match as tells its words."""

BEHIND = 12
"""Characters before a match that tell where its own words begin."""

TITLE = 20
"""Characters of a title before a match in it."""

COMPARING = re.compile("[比较同与超]")

TIME = ("t", "f")
"""Beginnings of the tags of words of time and place: `年底` may well stand half in another match."""


def sound(piece: Piece, document: Document) -> bool:
    """Whether a match is what its rule says, given the text around it."""
    if piece.rule.run and not _row(piece):
        return False
    return not piece.rule.apart or (_apart(piece, document) and not _titled(piece, document))


def _titled(piece: Piece, document: Document) -> bool:
    """Whether a match stands in the title of a work (`《明日之后》`)."""
    opened = document.text.rfind("《", max(0, piece.start - TITLE), piece.start)
    return opened >= 0 and document.text.find("》", opened, piece.end) < 0


def _row(piece: Piece) -> bool:
    """Whether the numbers of a list are neighbours (`7、8、9月`): others are dates of their own."""
    first = next(found for name in ("year", "month", "day", "n") if (found := piece.group(name)))
    last = piece.group("until")
    listed = [parse(text.strip()) for text in f"{first}{piece.group('more')}、{last}".split("、")]
    return all(a is not None and b is not None and (b - a) % 100 == 1 for a, b in pairwise(listed))


def _apart(piece: Piece, document: Document) -> bool:
    """False where a word begins in the match and ends behind it (`去年初中`, `此次年报`), where a match that
    only refines is the beginning of a word, or where the match is the middle of a noun (`项目前期`)."""
    if not document.text[piece.end : piece.end + 1].isalpha() or COMPARING.search(
        document.text, max(0, piece.start - 1), piece.start
    ):  # 比上年均有下降: what is compared with is a date
        return True
    start = max(document.clause_start(piece.start), piece.start - BEHIND)
    end = CLAUSE.match(document.text, piece.end)
    for word in document.cut(start, end.end() if end else piece.end):
        if word.start >= piece.end:
            break
        if word.end <= piece.end or word.tag.startswith(TIME) or not document.knows(word.text):
            continue
        if word.start > piece.start or (word.start == piece.start and not piece.rule.alone):
            return False
        if word.start < piece.start and word.tag.startswith("n"):
            return False
    return True
