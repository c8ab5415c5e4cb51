"""The place that a scope names, by its code and canonical name."""

import re
from collections.abc import Iterator

from msgspec import Struct

from extract.records import ArticleInfo
from extract.rules import Rules

NATION = "CN"
"""Code of the whole country (ISO 3166-1); regions have those of GB/T 2260."""
CODE_LENGTH = {"省": 2, "市": 4, "州": 4, "盟": 4, "县": 6, "区": 6, "旗": 6}
"""Digits of a region's code by what `全省`, `全市`, … call it."""
KINDS = (*CODE_LENGTH, "镇", "乡", "村")
"""Last characters of the names of regions."""
WHOLE = re.compile("[全我本该各]")
"""What is no beginning of a region's name."""
LONGEST = 12
"""Characters of the longest name of a region."""


class Place(Struct, frozen=True):
    """A region by its code in GB/T 2260, the nation by ``CN``; any other place by its name alone."""

    code: str | None
    name: str


class Places:
    """Built once from the rules; immutable."""

    def __init__(self, rules: Rules) -> None:
        fragments = rules.fragments("indicators")
        self._nation = re.compile(fragments["nation"])
        self._whole = re.compile(fragments["whole"])
        self._abroad = frozenset(rules.words("countries"))
        self._names: dict[str, str] = {}
        self._codes: dict[str, list[str]] = {}
        for line in rules.words("region_codes"):
            code, *names = line.split()
            self._names[code] = names[0]
            for name in names:
                self._codes.setdefault(name, []).append(code)

    def of(self, scope: str | None, article: ArticleInfo) -> Place | None:
        """The place of a scope; ``全市`` is the article's own city, where its publisher or title names
        one. None where no scope is written, or where the article does not tell what is meant."""
        if scope is None:
            return None
        if self._nation.fullmatch(scope):
            return Place(NATION, "全国")
        whole = self._whole.fullmatch(scope)
        if whole and not whole["name"]:
            return self._home(whole["kind"], article)
        name = whole["name"] if whole else scope
        code = self._only(name)
        return Place(code, self._names[code] if code else name)

    def knows(self, place: Place) -> bool:
        """Whether it is a region or a country by one of their lists or by its last character, and no body."""
        listed = place.code is not None or place.name in self._abroad or place.name in self._codes
        return listed or place.name.endswith(KINDS)

    def _only(self, name: str) -> str | None:
        """The code of a name; a name that many regions have is none of them, but for a province's or a
        city's beside its districts'."""
        codes = self._codes.get(name, [])
        highest = [c for c in codes if len(c) == min(map(len, codes))]
        return highest[0] if len(highest) == 1 else None

    def _home(self, kind: str, article: ArticleInfo) -> Place | None:
        length = CODE_LENGTH.get(kind)
        for text in (article.publisher, article.title):
            codes = {code for code in self._named(text or "") if len(code) == length}
            if len(codes) == 1:
                code = codes.pop()
                return Place(code, self._names[code])
        named = re.match(rf"[\u4e00-\u9fff]{{2,4}}?{kind}", article.title or "")
        return Place(None, named[0]) if named and not WHOLE.search(named[0]) else None

    def _named(self, text: str) -> Iterator[str]:
        """The codes of the regions that a text names, longest names first at each place."""
        at = 0
        while at < len(text):
            for end in range(min(len(text), at + LONGEST), at + 1, -1):
                if code := self._only(text[at:end]):
                    yield code
                    at = end
                    break
            else:
                at += 1
