"""News items that run on in one text: each a headline without a stop, then its story."""

from collections.abc import Iterator
from typing import NamedTuple

from extract.metrics.lexicon import Lexicon
from extract.metrics.phrases import is_nominal
from extract.text.document import Document
from extract.text.segment import Token

SHORTEST, LONGEST = 6, 60
"""Characters of a headline."""
ECHO = 2
"""Characters with which a story takes up its headline again."""


class Item(NamedTuple):
    """Where a headline begins, and where its story does."""

    start: int
    story: int


def items(document: Document, lexicon: Lexicon) -> Iterator[Item]:
    """The items whose headline runs into the story: sentences that say something before they say who tells
    it, or when it was."""
    if not lexicon.story.search(document.text):
        return
    for start, end in document.sentences():
        if label := lexicon.newscast.match(document.text, start, end):
            start = label.end()
        opening = lexicon.story.search(document.text, start + SHORTEST, min(end, start + LONGEST))
        if opening and not lexicon.no_headline.search(document.text, start, opening.start()):
            tokens = [t for t in document.cut(start, opening.start()) if t.text.strip()]
            says = opening["after"] or any(t.tag == "v" and len(t.text) > 1 for t in tokens)
            if says and tokens and tokens[0].tag not in ("p", "d"):
                yield Item(start, opening.start() if opening["after"] else _story(tokens))


def _story(tokens: list[Token]) -> int:
    """Where the subject of the story begins, behind the last words of the headline."""
    opens, end = tokens[0], tokens[-1].end
    for token in reversed(tokens[1:]):
        if token.start - opens.start >= SHORTEST and token.text[:ECHO] == opens.text[:ECHO]:
            return token.start
    for token in reversed(tokens):
        if not is_nominal(token):
            return token.end
    return end
