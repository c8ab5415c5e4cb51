"""Which region a body belongs to, and its level: beside the organisation as written."""

from collections import Counter
from functools import cached_property

from extract.mentions import PostMention
from extract.officials.lexicon import Lexicon
from extract.records import Level

BY_LENGTH: dict[int, Level] = {2: "province", 4: "prefecture", 6: "county"}
"""A code's level."""
LONGEST = 12
"""Longest name of a region, in characters."""


class Regions:
    """Places the bodies that one text names."""

    def __init__(self, lexicon: Lexicon, text: str) -> None:
        self._lexicon = lexicon
        self._text = text
        self._places: dict[str, tuple[str | None, Level | None]] = {}

    def placed(self, post: PostMention) -> PostMention:
        """The post with its body's region and level."""
        if not post.organization:
            return post
        if post.organization not in self._places:
            self._places[post.organization] = self.place(post.organization)
        region, level = self._places[post.organization]
        if region is None and level is None:
            return post
        return post._replace(region=region, level=level)

    def place(self, organization: str) -> tuple[str | None, Level | None]:
        """Region code and level of a body, each where the text allows."""
        lexicon = self._lexicon
        if lexicon.abroad(organization):
            return None, None
        body = organization.removeprefix("中共")
        code, rest = self._named(body)
        level: Level | None = BY_LENGTH[len(code)] if code else None
        if code is None and body[:1] in ("省", "市", "州", "县", "区"):
            code = self._home(body[0])
        for name, pattern in lexicon.levels:
            if pattern.search(rest):
                return code, name
        return code, level

    def _named(self, body: str) -> tuple[str | None, str]:
        """The code of the regions that the name starts with, and what is left of it."""
        code: str | None = None
        while body[:1] in self._lexicon.region_starts:
            for n in range(min(LONGEST, len(body)), 1, -1):
                found = self._code(body[:n], code or "")
                if found:
                    code, body = found, body[n:]
                    break
            else:
                break
        return code, body

    def _code(self, name: str, within: str) -> str | None:
        """The code of a name, if it is the only one of that name there."""
        codes = [c for c in self._lexicon.codes.get(name, ()) if c.startswith(within) and c != within]
        return codes[0] if len(codes) == 1 else None

    def _home(self, kind: str) -> str | None:
        """The region of that kind that the text speaks of most (`省公安厅` in an article about 广东)."""
        return self._province if kind == "省" else self._nearest(kind)

    @cached_property
    def _province(self) -> str | None:
        counts = Counter[str]()
        for name, code in self._lexicon.provinces:
            counts[code] += self._text.count(name)
        best = counts.most_common(1)
        return best[0][0] if best and best[0][1] > 1 else None

    def _nearest(self, kind: str) -> str | None:
        """The most frequent full name of a region that ends so."""
        counts, text, at = Counter[str](), self._text, 0
        while (at := text.find(kind, at + 1)) > 0:
            for n in range(min(LONGEST, at + 1), 2, -1):
                if code := self._code(text[at + 1 - n : at + 1], ""):
                    counts[code] += 1
                    break
        best = counts.most_common(1)
        return best[0][0] if best else None
