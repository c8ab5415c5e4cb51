"""Officials of a document: posts, the names beside them, and the forms that tie them."""

from collections.abc import Sequence

import msgspec

from extract.mentions import Caution, DateMention, Dropped, OfficialMention
from extract.officials.lexicon import Lexicon
from extract.officials.people import namesakes
from extract.officials.reading import OfficialReader
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
        reading = OfficialReader(self._lexicon, document, dates)
        officials = [self._late(self._as_written(one, document), document) for one in reading.officials()]
        return officials, reading.posts.dropped, namesakes(officials)

    def _as_written(self, official: OfficialMention, document: Document) -> OfficialMention:
        """The official under the name that the raw text has, where those are a person's own (`乾`)."""
        name, raw = official.name, document.span(*official.places[0]).text
        if len(raw) != len(name) or self._lexicon.kept.isdisjoint(raw):
            return official
        written = "".join(r if r in self._lexicon.kept else n for r, n in zip(raw, name, strict=True))
        return msgspec.structs.replace(official, name=written)

    def _late(self, official: OfficialMention, document: Document) -> OfficialMention:
        """The official with posts of the past, where the text says that the person has died."""
        if not any(self._lexicon.died.match(document.text, end) for _, end in official.places):
            return official
        posts = tuple(post._replace(status="former") for post in official.posts)
        return msgspec.structs.replace(official, posts=posts)
