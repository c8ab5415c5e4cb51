"""Times that only an event gives (`赛事期间`, `上线以来`): no dates, but what dates a figure."""

from collections.abc import Iterator, Sequence

from extract.mentions import DateMention
from extract.metrics.lexicon import Lexicon
from extract.text.document import Document

RULE = "metric.spell"


def spells(document: Document, dates: Sequence[DateMention], lexicon: Lexicon) -> Iterator[DateMention]:
    """The times that events give at the head of a clause, where no date stands in them."""
    dated = {at for date in dates for at in range(date.start, date.end)}
    for match in lexicon.spell.finditer(document.text):
        if dated.isdisjoint(range(match.start(), match.end())):
            yield DateMention(start=match.start(), end=match.end(), rule=RULE, kind="period")
