"""Bodies that a sentence or a heading names before the list of their members."""

import re
from bisect import bisect_right

from extract.officials.lexicon import Lexicon
from extract.officials.organizations import OrganizationReader
from extract.text.document import Document

BEFORE = 60
"""How far before an introduction its body may be named, in characters."""
LINES = 60
"""How many lines a list may have."""
CLAUSES = ("，", "；")
PROSE = re.compile(r"[^，。；：\n]{4,}。")
"""A line that is a sentence is none of a list."""


class Introductions:
    """Reads what introduces lists, and how far the lists go, in one document."""

    def __init__(self, lexicon: Lexicon, document: Document, organizations: OrganizationReader) -> None:
        self._text = document.text
        self._document = document
        self._starts = list[int]()
        self._lists = list[tuple[int, str]]()
        for match in lexicon.introduction.finditer(document.text):
            at = match.start() + len(match["before"] or "")
            sentence = document.sentence_at(match.start())[0]
            if match["they"] or document.text[at - 1 : at] in CLAUSES:
                named = list(lexicon.introduced.finditer(document.text, max(sentence, at - BEFORE), at))
                at = named[-1].end() if named else at
            begin = organizations.start(sentence, at)
            body = document.text[begin:at]
            if lexicon.public(body) and organizations.is_body(body):
                self._starts.append(match.end())
                self._lists.append((self._end(match.end()), body))

    def body(self, position: int) -> str:
        """The body whose list holds the place; empty where none does."""
        i = bisect_right(self._starts, position) - 1
        if i < 0 or position >= self._lists[i][0]:
            return ""
        return self._lists[i][1]

    def _end(self, start: int) -> int:
        """Where the list ends: with its sentence, or before a line of prose."""
        text = self._text
        if text[start : start + 1] not in ("\n", "") and text[start - 1] != "\n":
            return self._document.sentence_at(start)[1]
        end = start
        for _ in range(LINES):
            after = text.find("\n", end + 1)
            after = len(text) if after < 0 else after
            if PROSE.search(text, end, after):
                break
            end = after
        return end
