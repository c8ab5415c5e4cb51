"""Repairs what content farms do to a text, where an article shows that it was done."""

import re
from collections import Counter
from collections.abc import Set
from datetime import date

from extract.rules import Rules, RulesError, alternation
from extract.text.alignment import Edit
from extract.text.noise import Kind, NoiseRule
from extract.text.segment import Segmenter
from extract.text.spam import SpamFinder

SIGNS = 3
"""Signs of spinning that show a spun article: a strong word counts anew after each other character, a weak
one once, and one at least has to be strong. Sound texts of the corpus have no strong ones."""
LAST_DAY = 31
"""The greatest number of a day; a greater one has lost something."""
WINDOW = 3
"""Days before its publication that an article speaks of as a day of the dateline."""


class Repairer:
    """Finds the edits that make a spun text sound; compiled once."""

    def __init__(self, rules: Rules, segmenter: Segmenter) -> None:
        self._spam = SpamFinder(segmenter)
        table = rules.table("noise", NoiseRule)

        def words(kind: Kind) -> list[str]:
            return [word for rule in table if rule.kind == kind for word in rule.words]

        strong, weak, spun = (dict(map(_pair, words(kind))) for kind in ("strong", "weak", "spun"))
        self._originals = strong | weak | spun
        self._strong, self._weak = frozenset(strong), frozenset(weak)
        self._terms = frozenset(words("spam"))
        self._sound = frozenset(w for r in table if r.kind != "tag" for w in r.unless)
        self._sign = re.compile(alternation((*self._sound, *self._strong, *self._weak, *self._terms)))
        self._least = max((r.least for r in table if r.kind == "spam"), default=1)
        self._lost = re.compile("|".join(r.pattern for r in table if r.kind == "date"))

    def words(self, text: str) -> list[Edit]:
        """The spun words and spam terms of a simplified text, none where it shows no signs of a farm."""
        signs = [(m[0], m.start()) for m in self._sign.finditer(text)]
        spun = self._is_spun(text, signs)
        known = self._terms if spun else self._known(text, Counter(sign for sign, _ in signs))
        spam = (*known, *self._spam.learned(text))
        if not (spun or spam):
            return []
        originals = dict.fromkeys(spam, "") | (self._originals if spun else {})
        pattern = re.compile(alternation((*self._sound, *originals)))
        return [
            Edit(m.start(), m.end(), originals[m[0]], "spun" if originals[m[0]] else "spam")
            for m in pattern.finditer(text)
            if m[0] not in self._sound
        ]

    def _is_spun(self, text: str, signs: list[tuple[str, int]]) -> bool:
        strong = {text[max(0, at - 1) : at] + sign for sign, at in signs if sign in self._strong}
        weak = {sign for sign, _ in signs if sign in self._weak}
        return len(strong) > 0 and len(strong) + len(weak) >= SIGNS

    def _known(self, text: str, found: Counter[str]) -> Set[str]:
        """The known terms: all of them where an article repeats long ones and one of them splits words,
        else those that split words only. A sound article may well speak of what they name."""
        terms = found.keys() & self._terms
        splitting = {term for term in terms if self._spam.splits_words(text, term)}
        often = sum(found[term] for term in terms if len(term) > 2) >= self._least
        return self._terms if often and splitting else splitting

    def dates(self, text: str, published: date | None) -> list[Edit]:
        """Days that have lost the sign of their month (`210日` on 10 February), where the publication date
        tells which day is meant."""
        if published is None:
            return []
        return [edit for m in self._lost.finditer(text) if (edit := _day(m, published))]


def _day(match: re.Match[str], published: date) -> Edit | None:
    digits = match["digits"]
    if int(digits) <= LAST_DAY:
        return None
    for cut in range(1, len(digits)):
        month, day = int(digits[:cut]), int(digits[cut:])
        try:
            meant = date(published.year, month, day)
        except ValueError:
            continue
        if 0 <= (published - meant).days <= WINDOW:
            return Edit(match.start("digits"), match.end(), f"{month}月{day}日", "date")
    return None


def _pair(entry: str) -> tuple[str, str]:
    word, equals, original = entry.partition("=")
    if not equals or not original:
        raise RulesError(f"noise.toml: {entry!r} is not written word=original")
    return word, original
