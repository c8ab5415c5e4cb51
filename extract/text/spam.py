"""Terms that someone threw into an article: told by the words that they split."""

import re
from collections import Counter
from collections.abc import Iterable

from extract.text.segment import Segmenter

SYLLABLE = re.compile("[^第零一二三四五六七八九十百千万亿两年月日届\\W\\da-zA-Z_]")
"""A character that a term may hold: numerals and dates recur in sound texts."""
TERM = re.compile(f"{SYLLABLE.pattern}+")
LONGEST_TERM = 8
LEARNT_FROM = 6000
"""Characters of an article that terms are learned from."""
SHORT = 1000
"""Characters of an article in which a term needs to stand twice only, though at no sound place then."""
REPEATED = 4
"""How often a term stands in a longer article before it can be learned as spam."""
SPLITTING = 0.2
"""Share of its places, from which a term is spam, where a word is left once the term is cut out of it."""
LEFT = 3
"""Least number of words that are left; one less where the text has one of them elsewhere."""
STREWN = 0.7
"""Least share of different surroundings among the places of a spam term; a set phrase has few."""
MOST_PLACES = 20
"""Places that are judged of a term."""


class SpamFinder:
    """Tells terms that stand inside words so often that someone threw them in."""

    def __init__(self, segmenter: Segmenter) -> None:
        self._segmenter = segmenter

    def learned(self, text: str) -> list[str]:
        """The terms that an article itself shows to be spam."""
        return self.thrown_in(text, repeated(text))

    def thrown_in(self, text: str, terms: Iterable[str]) -> list[str]:
        """Those of the terms that stand at places where none can."""
        return [term for term in terms if self._is_thrown_in(text, term)]

    def _is_thrown_in(self, text: str, term: str) -> bool:
        found = places(text, term)[:MOST_PLACES]
        around = [text[max(0, at - 1) : at] + text[at + len(term) : at + len(term) + 1] for at in found]
        if len(set(around)) < STREWN * len(found):
            return False  # a set phrase
        whole = [len(pair) == 2 and pair in text for pair in around]
        few = len(found) < REPEATED
        if few and not any(whole):
            return False
        words = [self._parted(text, at, at + len(term)) for at in found]
        sure = any(known and word and word in text for known, word in zip(whole, words, strict=True))
        if few:
            return sure and all(words)
        return sum(map(bool, words)) >= max(LEFT - sure, SPLITTING * len(found))

    def _parted(self, text: str, start: int, end: int) -> str:
        """The word that stands across a place once the term there is cut out; nothing where none does."""
        left, right = text[max(0, start - 3) : start], text[end : end + 3]
        if not (SYLLABLE.match(left[-1:]) and SYLLABLE.match(right)):
            return ""
        joined = self._segmenter.tokens(left + right)
        return next((t.text for t in joined if t.start < len(left) < t.end), "")


def repeated(text: str) -> list[str]:
    """Terms that the head of a text repeats, each as long as all its places have in common. Every second
    place is looked at: enough to meet with what stands there three times, and half the time."""
    head = text[:LEARNT_FROM]
    seen, least = (2, 2) if len(text) < SHORT else (3, REPEATED)
    grams = Counter([head[at : at + 3] for at in range(0, len(head) - 2, 2)])
    frequent = [gram for gram, times in grams.items() if times >= seen and TERM.fullmatch(gram)]
    terms = ""  # each on a line of its own, so that one search tells whether a gram is part of any
    for gram in sorted(frequent, key=grams.__getitem__, reverse=True):
        if gram not in terms and len(found := places(head, gram)) >= least:
            terms += f"{_extended(head, gram, found)}\n"
    return terms.split()


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
    start, end = found[0], found[0] + len(term)
    before, after = [at - 1 for at in found], [at + len(term) for at in found]
    while end - start < LONGEST_TERM and (left := _shared(text, before)):
        start -= len(left)
        before = [at - 1 for at in before]
    while end - start < LONGEST_TERM and (right := _shared(text, after)):
        end += len(right)
        after = [at + 1 for at in after]
    return text[start:end]


def _shared(text: str, at: list[int]) -> str:
    """The character that stands at all places, where a term may hold it."""
    first = text[at[0] : at[0] + 1] if at[0] >= 0 else ""
    if not SYLLABLE.match(first) or any(text[place : place + 1] != first for place in at):
        return ""
    return first
