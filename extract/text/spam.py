"""Terms that someone threw into an article: told by the words that they split."""

import re
from collections import Counter

from extract.text.segment import Segmenter

SYLLABLE = re.compile("[^第零一二三四五六七八九十百千万亿两年月日届\\W\\da-zA-Z_]")
"""A character that a term may hold: numerals and dates recur in sound texts."""
TERM = re.compile(f"{SYLLABLE.pattern}+")
LONGEST_TERM = 8
LEARNT_FROM = 6000
"""Characters of an article that terms are learned from."""
REPEATED = 4
"""How often a term stands in an article before it can be learned as spam."""
SPLITTING = 0.2
"""Share of its places, from which a term is spam, where it splits a word."""
LEFT = 3
"""Least number of different words that a term has to split."""
STREWN = 0.7
"""Least share of different surroundings among the places of a spam term; a set phrase has few."""
BESIDE = 4
"""Characters on either side of a term that are read."""
MOST_PLACES = 20
"""Places that are judged of a term."""


class SpamFinder:
    """Tells terms that stand inside words so often that someone threw them in."""

    def __init__(self, segmenter: Segmenter) -> None:
        self._segmenter = segmenter

    def learned(self, text: str) -> list[str]:
        """The terms that an article itself shows to be spam: foreign to it, and again and again in words
        that it knows. Whatever a sound text repeats it also uses in parts, or between whole words."""
        return [term for term in repeated(text) if self._is_thrown_in(text, term)]

    def splits(self, text: str, term: str) -> list[str]:
        """The words that a term splits."""
        found = places(text, term)[:MOST_PLACES]
        return [word for at in found if (word := self._split(text, at, at + len(term)))]

    def _is_thrown_in(self, text: str, term: str) -> bool:
        found = places(text, term)[:MOST_PLACES]
        around = {text[max(0, at - 1) : at] + text[at + len(term) : at + len(term) + 1] for at in found}
        if len(around) < STREWN * len(found):
            return False  # a set phrase
        words = self.splits(text, term)
        if len(set(words)) < LEFT or len(words) < SPLITTING * len(found):
            return False
        return any(word in text for word in words) and self._is_foreign(text.replace(term, "\n"), term)

    def _is_foreign(self, rest: str, term: str) -> bool:
        """Whether a term is no word, and the rest of the text has no word of it."""
        words = [token.text for token in self._segmenter.tokens(term)]
        return len(words) > 1 and not any(word in rest for word in words if len(word) > 1)

    def _split(self, text: str, start: int, end: int) -> str:
        """The word whose halves stand on both sides of a place, nothing where none does. The halves are
        all that the sides can be read as: in 国会|议长 a word lies across, but both sides are whole."""
        left, right = text[max(0, start - BESIDE) : start], text[end : end + BESIDE]
        if not (SYLLABLE.match(left[-1:]) and SYLLABLE.match(right)):
            return ""
        half, other = self._segmenter.tokens(left)[-1].text, self._segmenter.tokens(right)[0].text
        if len(half) > 1 and len(other) > 1:
            return ""
        joined = self._segmenter.tokens(left + right)
        return half + other if any(token.text == half + other for token in joined) else ""


def repeated(text: str) -> list[str]:
    """Terms that the head of a text repeats, each as long as all its places have in common. Every second
    place is looked at: enough to meet with what stands there three times, and half the time."""
    head = text[:LEARNT_FROM]
    grams = Counter([head[at : at + 3] for at in range(0, len(head) - 2, 2)])
    frequent = [gram for gram, times in grams.items() if times >= 2 and TERM.fullmatch(gram)]
    terms = ""  # each on a line of its own, so that one search tells whether a gram is part of any
    for gram in sorted(frequent, key=grams.__getitem__, reverse=True):
        if gram not in terms and len(found := places(head, gram)) >= REPEATED:
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
