"""Repairs what content farms do to a text, where an article shows that it was done."""

import re
from collections import Counter
from collections.abc import Iterable
from datetime import date

from extract.rules import Rules, RulesError, alternation
from extract.text.alignment import Edit
from extract.text.noise import Kind, NoiseRule
from extract.text.segment import Segmenter

HAN = re.compile("[一-鿿]+")
SYLLABLE = re.compile("[^第零一二三四五六七八九十百千万亿两年月日届\\W\\da-zA-Z_]")
SIGNALS = 3
"""Different spun words that show a spun article; sound texts of the corpus have none or one."""
STRONG = 2
"""How many of these have to be words that no sound text has."""
LONGEST_TERM = 8
REPEATED = 4
"""How often a term stands in an article before it can be learned as spam."""
SURE = 2
"""Words left whole that tell a spam term where the text has one of them elsewhere; else it takes more."""
OFTEN = 8
"""Places that are enough to judge a term where no word of the text is left at any of them."""
SPLITTING = 0.2
"""Share of its places, from which a term is spam, where a word is left once the term is cut out of it."""
STREWN = 0.7
"""Least share of different surroundings among the places of a spam term; a set phrase has few."""
MOST_PLACES = 20
"""Places that are judged of a term."""
LEARNT_FROM = 6000
"""Characters of an article that terms are learned from."""
LAST_DAY = 31
"""The greatest number of a day; a greater one has lost something."""
WINDOW = 3
"""Days before its publication that an article speaks of as a day of the dateline."""


class Repairer:
    """Finds the edits that make a spun text sound; compiled once."""

    def __init__(self, rules: Rules, segmenter: Segmenter) -> None:
        self._segmenter = segmenter
        table = rules.table("noise", NoiseRule)

        def words(kind: Kind) -> list[str]:
            return [word for rule in table if rule.kind == kind for word in rule.words]

        strong, weak, spun = (dict(map(_pair, words(kind))) for kind in ("strong", "weak", "spun"))
        self._originals = strong | weak | spun
        self._strong, self._weak = frozenset(strong), frozenset(weak)
        self._spam = tuple(words("spam"))
        self._sound = frozenset(w for r in table if r.kind != "tag" for w in r.unless)
        self._sign = re.compile(alternation((*self._sound, *self._strong, *self._weak, *self._spam)))
        self._least = max((r.least for r in table if r.kind == "spam"), default=1)
        self._lost = re.compile("|".join(r.pattern for r in table if r.kind == "date"))

    def words(self, text: str) -> list[Edit]:
        """The spun words and spam terms of a simplified text, none where it shows no signs of a farm."""
        signs = Counter(self._sign.findall(text))
        strong, weak = len(signs.keys() & self._strong), len(signs.keys() & self._weak)
        spun = strong >= STRONG and strong + weak >= SIGNALS
        spam = self._spam if spun else self._known(text, signs)
        learned = self._thrown_in(text, repeated(text))
        if not (spun or spam or learned):
            return []
        originals = dict.fromkeys((*spam, *learned), "") | (self._originals if spun else {})
        pattern = re.compile(alternation((*self._sound, *originals)))
        return [
            Edit(m.start(), m.end(), originals[m[0]], "spun" if originals[m[0]] else "spam")
            for m in pattern.finditer(text)
            if m[0] not in self._sound
        ]

    def _known(self, text: str, signs: Counter[str]) -> tuple[str, ...]:
        """The known terms, all of them where an article repeats long ones, else those inside words."""
        if sum(signs[term] for term in self._spam if len(term) > 2) >= self._least:
            return self._spam
        return self._thrown_in(text, signs.keys() & set(self._spam))

    def _thrown_in(self, text: str, terms: Iterable[str]) -> tuple[str, ...]:
        """Those of the terms that stand inside words so often that someone threw them in."""
        return tuple(term for term in terms if self._is_thrown_in(text, term))

    def _is_thrown_in(self, text: str, term: str) -> bool:
        inside = [(at, at + len(term)) for at in places(text, term)[:MOST_PLACES]]
        around = {text[start - 1 : start] + text[end : end + 1] for start, end in inside}
        if len(around) < STREWN * len(inside):
            return False  # a set phrase
        pairs = {pair for pair in around if len(pair) == 2 and pair in text}
        likely = [(start, end) for start, end in inside if text[start - 1] + text[end : end + 1] in pairs]
        sure = any((word := self._parted(text, start, end)) and word in text for start, end in likely)
        if not sure and len(inside) < OFTEN:
            return False
        words = [word for start, end in inside if (word := self._parted(text, start, end))]
        return len(words) >= max(SURE if sure else SURE + 1, SPLITTING * len(inside))

    def _parted(self, text: str, start: int, end: int) -> str:
        """The word that stands across a place once the term there is cut out; nothing where none does."""
        left, right = text[max(0, start - 3) : start], text[end : end + 3]
        if not (SYLLABLE.match(left[-1:]) and SYLLABLE.match(right)):
            return ""
        joined = self._segmenter.tokens(left + right)
        return next((t.text for t in joined if t.start < len(left) < t.end), "")

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


def repeated(text: str) -> set[str]:
    """Terms that the head of a text repeats, each as long as all its places have in common. Every second
    place is looked at: enough to meet with what is repeated, and half the time."""
    head = text[:LEARNT_FROM]
    grams = Counter([head[at : at + 3] for at in range(0, len(head) - 2, 2)])
    terms: set[str] = set()
    for gram in [gram for gram, times in grams.items() if times > 2]:
        if any(gram in term for term in terms) or not HAN.fullmatch(gram):
            continue
        if len(found := places(head, gram)) >= REPEATED:
            terms.add(_extended(head, gram, found))
    return terms


def places(text: str, term: str) -> list[int]:
    """Where a term begins, all its places."""
    found = []
    at = text.find(term)
    while at >= 0:
        found.append(at)
        at = text.find(term, at + len(term))
    return found


def _extended(text: str, term: str, found: list[int]) -> str:
    """The term with the characters that stand beside it at all its places."""
    start, end = 0, len(term)
    while end - start < LONGEST_TERM and HAN.fullmatch(left := text[found[0] + start - 1 : found[0] + start]):
        if any(text[at + start - 1] != left for at in found):
            break
        start -= 1
    while end - start < LONGEST_TERM and HAN.fullmatch(right := text[found[0] + end : found[0] + end + 1]):
        if any(text[at + end : at + end + 1] != right for at in found):
            break
        end += 1
    return text[found[0] + start : found[0] + end]


def _pair(entry: str) -> tuple[str, str]:
    word, equals, original = entry.partition("=")
    if not equals or not original:
        raise RulesError(f"noise.toml: {entry!r} is not written word=original")
    return word, original
