"""The sentence of a raw text that a span stands in: what a row shows as its evidence."""

from extract.text.document import SENTENCE_END

REACH = 400
"""Characters on either side of a span that its sentence may have."""


def sentence_at(text: str, start: int, end: int) -> str:
    """The sentence of the raw text that holds a span."""
    before = 0
    for match in SENTENCE_END.finditer(text, max(0, start - REACH), start):
        before = match.end()
    after = SENTENCE_END.search(text, end, end + REACH)
    first = before or max(0, start - REACH)
    return text[first : after.end() if after else min(len(text), end + REACH)].strip()
