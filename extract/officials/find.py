"""Officials of a document: posts, the names beside them, and the forms that tie them."""

from collections.abc import Sequence

from extract.mentions import Caution, DateMention, Dropped, OfficialMention
from extract.officials.lexicon import Lexicon
from extract.officials.people import namesakes
from extract.officials.reading import Reading
from extract.rules import Rules
from extract.text.document import Document


class OfficialFinder:
    """Finds persons with public posts; built once from the rules, safe to share."""

    def __init__(self, rules: Rules) -> None:
        self._lexicon = Lexicon(rules)

    def find(
        self, document: Document, dates: Sequence[DateMention] = ()
    ) -> tuple[list[OfficialMention], list[Dropped], list[Caution]]:
        """The officials, in order of their first mention, the titles that gave no post, and what to warn
        of; ``dates`` are the document's, for the dates of appointments."""
        reading = Reading(self._lexicon, document, dates)
        officials = reading.officials()
        return officials, reading.posts.dropped, namesakes(officials)
