"""Where the parts of a page's head stand: around its headline, and at the ends of its text."""

from collections.abc import Iterator, Sequence
from itertools import takewhile
from typing import NamedTuple

from extract.pages.seen import Seen

ABOVE, BELOW, FOOT = 8, 30, 6
"""Lines above and below a headline, and after the text, in which its date and its source stand."""
INSIDE = 3
"""Paragraphs of the text before which they may stand, too."""
PAUSE = 8
"""Lines without a sentence after which a text is at its end."""


class Zones(NamedTuple):
    """Numbers of lines: ``above`` the headline (nearest first), ``below`` it up to the text, ``inside`` the
    first paragraphs, and at the ``foot``."""

    above: Sequence[int]
    below: Sequence[int]
    inside: Sequence[int]
    foot: Sequence[int]


def zones(seen: Seen, headline: int | None) -> Zones:
    """The zones of a page; without a headline that is seen, all up to the text is below it."""
    count = len(seen.lines)
    start = 0 if headline is None else headline + 1
    prose = list(_text(seen, start))
    first = prose[0] if prose else min(count, start + BELOW)
    last = prose[-1] if prose else first
    above = range(headline - 1, max(-1, headline - 1 - ABOVE), -1) if headline is not None else ()
    below = range(max(start, first - BELOW) if headline is None else start, min(first, start + BELOW))
    others = set() if headline is None else seen.others(headline, first)
    inside = range(first, prose[:INSIDE][-1] + 1 if prose else first)
    foot = takewhile(seen.goes_on, range(last + 1, min(count, last + 1 + FOOT)))
    own = [at for at in below if at not in others]
    return Zones(above, own, inside, list(foot))


def _text(seen: Seen, start: int) -> Iterator[int]:
    """The lines of the text: sentences with little between them."""
    last = None
    for at in range(start, len(seen.lines)):
        if seen.prose(at):
            yield (last := at)
        elif last is not None and at - last > PAUSE:
            return
