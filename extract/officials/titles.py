"""Where titles stand: those that the rules list, and those that are built like one in the place of one."""

from collections.abc import Iterator
from heapq import merge
from operator import attrgetter

import msgspec

from extract.officials.lexicon import Lexicon, TitleRule
from extract.officials.names import NameReader
from extract.officials.organizations import OrganizationReader
from extract.text.document import Document

LONGEST = 7
"""Longest title that is told by its ending, in characters."""


class Title(msgspec.Struct, frozen=True, gc=False):
    """A title without its rank; ``word`` is without spaces."""

    start: int
    end: int
    word: str
    rule: TitleRule


class TitleReader:
    """Finds the titles of one document, in order."""

    def __init__(
        self, lexicon: Lexicon, document: Document, names: NameReader, organizations: OrganizationReader
    ) -> None:
        self._lexicon = lexicon
        self._document = document
        self._text = document.text
        self._names = names
        self._organizations = organizations

    def titles(self) -> Iterator[Title]:
        """All of them that share no characters; a listed one goes before one told by its ending."""
        end = 0
        for title in merge(self._listed(), self._ended(), key=attrgetter("end")):
            if title.start >= end:
                yield title
                end = title.end

    def _listed(self) -> Iterator[Title]:
        """Of two that share characters the later one (`支|书记`)."""
        anchor, text = self._lexicon.anchor, self._text
        match = anchor.search(text)
        while match:
            later = anchor.match(text, match.end() - 1)
            if later is None:
                word = match[0].replace(" ", "")
                if rule := self._lexicon.title(word):
                    yield Title(match.start(), match.end(), word, rule)
                later = anchor.search(text, match.end())
            match = later

    def _ended(self) -> Iterator[Title]:
        """Words of no list that end like a title, between a body and a name (`乡林业站护林员某某`)."""
        text, lexicon = self._text, self._lexicon
        for match in lexicon.ending.finditer(text):
            end = match.end()
            if end == len(text) or self._document.first_word(end - 1, end + 1).end > end:
                continue
            if not self._names.surely(end):
                continue
            floor = max(self._document.sentence_at(end)[0], end - LONGEST)
            word = next(self._behind_bodies(floor, end), "")
            if word.isalpha() and word not in lexicon.titles and not word.endswith(lexicon.callings):
                yield Title(end - len(word), end, word, lexicon.endings[match[0]])

    def _behind_bodies(self, floor: int, end: int) -> Iterator[str]:
        """The words that end at the place and have a public body before them, the shortest first."""
        for token in reversed(self._document.cut(floor, end)[1:]):
            if token.tag in self._lexicon.stop_tags or token.tag == "m":
                return
            before = self._text[floor : token.start]
            if end - token.start > 1 and self._lexicon.public(before):
                begin = self._organizations.start(self._document.sentence_at(end)[0], token.start)
                if begin < token.start - 1 and self._organizations.is_body(self._text[begin : token.start]):
                    yield self._text[token.start : end]
