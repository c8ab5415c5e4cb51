"""Organisations as they stand before a title: where they begin, and whether they are bodies at all."""

import re

from extract.officials.lexicon import Lexicon
from extract.text.document import Document

BREAK = re.compile(r".*[\W\d_]", re.DOTALL)
INNER = ("）", "、")
"""Marks that may stand inside the name of one body."""
PLAIN = 8
"""Longest organisation that is read without cutting it into words, in characters."""
LONGEST = 9
"""Longest name of a country, in characters, and one."""
WINDOW = 48
"""Longest organisation with its title, in characters."""
REGIONAL = frozenset("省市县区州镇乡旗盟村里")
"""Bodies that are regions: their heads govern them, and they have short names without the body."""
NAMED = ("省", "市", "县", "自治区", "自治州")
NAMES = ("ns", "nr", "nrt", "nrfg", "nz")
"""Tags of proper names: in front of a bare `市` they are the region's."""


class OrganizationReader:
    """Reads organisations to the left, in one document."""

    def __init__(self, lexicon: Lexicon, document: Document) -> None:
        self._lexicon = lexicon
        self._document = document
        self._text = document.text

    def start(self, last: int, end: int) -> int:
        """Where the organisation that ends at ``end`` begins, with its session and without `原`."""
        text, lexicon = self._text, self._lexicon
        floor = self._floor(max(last, end - WINDOW), end)
        begin = floor if self._plain(text[floor:end]) else self._scan(floor, end) if floor < end else end
        if numbered := lexicon.session_start.match(text, begin, end):
            begin = numbered.end()
        if former := lexicon.former.match(text, begin, end):
            begin = former.end()
        if text[begin - 1 : begin] in ("届", "、"):
            session = lexicon.session.search(text, max(last, begin - 30), begin)
            begin = session.start() if session else begin
        if end - begin == 1 and text[begin - 1 : begin] == self._lexicon.that:
            return begin - 1
        return self._abroad(begin, end)

    def _abroad(self, begin: int, end: int) -> int:
        """Where a body abroad begins, if what was read before its country is neither body nor place."""
        text, lexicon = self._text, self._lexicon
        own = lexicon.foreign.match(text, begin, end)
        for match in lexicon.foreign.finditer(text, own.end() if own else begin, end):
            before = text[begin : match.start()]
            if not (before in lexicon.places or lexicon.public(before) or before.endswith("驻")):
                return match.start()
        return begin

    def country(self, last: int, end: int) -> int:
        """Where the foreign country begins that ends at the place; the place where there is none."""
        heads, text = self._lexicon.foreign_heads, self._text
        lengths = (n for n in range(LONGEST - 2, 1, -1) if end - n >= last)
        return next((end - n for n in lengths if text[end - n : end] in heads), end)

    def is_body(self, organization: str) -> bool:
        """Whether the words name a body, public or private, or a place."""
        lexicon = self._lexicon
        if organization in lexicon.places:
            return True
        public = lexicon.public(organization)
        if public is not None and (not public or organization not in lexicon.not_bodies):
            return True
        _, posted, country = organization.rpartition("驻")
        return bool(posted) and bool(country)

    def _floor(self, floor: int, end: int) -> int:
        """Where reading to the left ends at the latest: at punctuation, or at a word that breaks off."""
        text = self._text
        broken_off = BREAK.match(text, floor, end)
        at = broken_off.end() if broken_off else floor
        if text[at - 1 : at] in INNER:
            for joined in self._lexicon.joined.finditer(text, floor, end):
                if joined.start() < at <= joined.end():
                    return self._floor(floor, joined.start())
        for broken in self._lexicon.hard_stop.finditer(text, at, end):
            at = broken.end()
        return at

    def _plain(self, words: str) -> bool:
        """Whether all that stands before the title is short, starts at a region and ends like a body."""
        lexicon = self._lexicon
        return (
            1 < len(words) <= PLAIN
            and (words[0] in lexicon.heads or words[:2] in lexicon.places or words[:2] in lexicon.heads)
            and lexicon.breaks.isdisjoint(words)
            and lexicon.public(words) is True
        )

    def _scan(self, floor: int, end: int) -> int:
        """Reads words to the left, up to one that no organisation holds, or past its region."""
        text, lexicon = self._text, self._lexicon
        joined = [m.span() for m in lexicon.joined.finditer(text, floor, end)]
        joined += [(end - n, end) for n in range(2, LONGEST) if text[end - n : end] in lexicon.places]
        begin, headed = end, False
        tokens = self._document.cut(floor, end)
        for i in range(len(tokens) - 1, -1, -1):
            start, word, tag = tokens[i].start, tokens[i].text, tokens[i].tag
            inside = bool(joined) and any(s <= start < e for s, e in joined)
            inside = inside or (begin == end and len(word) == 1 and lexicon.public(word) is not None)
            heads = self._heads(word) and not (word == "厅" and i and tokens[i - 1].tag[0] in "njv")
            if len(word) == 2 and word[0] == lexicon.that:
                return start + 1
            deed = len(word) > 1 and tag[0] in "vn" and text[begin:end] in lexicon.never_bare
            if not inside and not deed:
                if self._stops(word, tag, heads):
                    break
                guessed = word.startswith(lexicon.stop_guessed) and not self._document.knows(word)
                if len(word) > 1 and (guessed or word.startswith(lexicon.stop_start)):
                    return start + 1
            is_head = heads and (begin < end or word in lexicon.places)
            if self._region(word, tag, begin, end):
                is_head = headed = True
            if headed and not is_head and not inside and lexicon.public(word) is not True:
                break
            headed = is_head or (headed and inside)
            begin = start
        return begin

    def _region(self, word: str, tag: str, begin: int, end: int) -> bool:
        """Whether word and the next character are a region's name (`海陵` + `市`), known or not."""
        text, body = self._text, self._text[begin : begin + 1]
        if word + body in self._lexicon.regions:
            return True
        unlisted = tag in NAMES or (tag[0] in "nsx" and self._opens(begin - len(word)))
        return (
            begin + 1 < end
            and body in REGIONAL
            and 1 < len(word) < 4
            and unlisted
            and text[begin - 1] != body
        )

    def _opens(self, at: int) -> bool:
        """Whether nothing that is read stands before the place."""
        return at == 0 or not "\u4e00" <= self._text[at - 1] <= "\u9fff"

    def _stops(self, word: str, tag: str, heads: bool) -> bool:
        """Whether an organisation cannot hold the word; ``heads``: it can begin one."""
        lexicon = self._lexicon
        if word in lexicon.stop or not word.isalpha() or word.endswith(lexicon.stop_end):
            return True
        return tag in lexicon.stop_tags and not heads

    def _heads(self, word: str) -> bool:
        lexicon = self._lexicon
        if word in lexicon.heads or word in lexicon.places or (len(word) > 2 and word.endswith(NAMED)):
            return True
        return 1 < len(word) < 4 and word[0] in REGIONAL and lexicon.public(word) is True
