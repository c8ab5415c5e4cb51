"""Terms that someone threw into an article: told by the words that they split."""

import re
from collections import Counter

from msgspec import Struct

from extract.text.segment import Segmenter

SYLLABLE = re.compile("[^第零一二三四五六七八九十百千万亿两年月日届\\W\\da-zA-Z_]")
"""A character that a term may hold: numerals and dates recur in sound texts."""
TERM = re.compile(f"{SYLLABLE.pattern}+")
LONGEST_TERM = 8
LEARNT_FROM = 6000
"""Characters of an article that terms are learned from."""
REPEATED = 3
"""How often a term stands in an article before it can be learned as spam."""
STREWN = 0.75
"""Least share of different surroundings among the places of a spam term; a set phrase has few."""
SPLITTING = 0.15
"""Least share of its places at which a spam term splits a word."""
WHOLE = 0.15
"""Least share of its places at which either edge of a term is one of a word: what is cut out of a phrase
that recurs has an edge inside a word everywhere."""
BESIDE = 4
"""Characters on either side of a term that are read."""
MOST_PLACES = 20
"""Places that are judged of a term."""


class Place(Struct, frozen=True, gc=False):
    """Where a term stands: what is on both sides of it, and the word that it splits, if any."""

    left: str
    right: str
    word: str

    @property
    def seam(self) -> str:
        """The two characters that would meet without the term."""
        return self.left[-1:] + self.right[:1]


class SpamFinder:
    """Tells terms that stand inside words so often that someone threw them in."""

    def __init__(self, segmenter: Segmenter) -> None:
        self._segmenter = segmenter

    def learned(self, text: str) -> list[str]:
        """The terms that an article itself shows to be spam: foreign to it, and inside words that it knows.
        Whatever a sound text repeats it also uses in parts, or between whole words."""
        return [term for term in repeated(text) if self._is_thrown_in(text, term)]

    def splits_words(self, text: str, term: str) -> bool:
        """Whether a term splits several words, or one wherever it stands."""
        found = self._places(text, term)
        words = [place.word for place in found if place.word]
        return len(set(words)) > 1 or 0 < len(words) == len(found)

    def _is_thrown_in(self, text: str, term: str) -> bool:
        at = places(text, term)[:MOST_PLACES]
        seams = {text[max(0, start - 1) : start] + text[start + len(term) :][:1] for start in at}
        if len(seams) < STREWN * len(at) or self._segmenter.has(term):
            return False  # a set phrase
        rest = text.replace(term, "\n")
        if any(len(token.text) > 1 and token.text in rest for token in self._segmenter.tokens(term)):
            return False  # of what the text speaks of
        found = self._places(text, term)
        words = {place.word for place in found if place.word}
        if len(words) < 2 or sum(1 for place in found if place.word) < SPLITTING * len(found):
            return False
        met = {place.seam for place in found if place.word or (len(place.seam) == 2 and place.seam in rest)}
        sure = len(met) > 2 or any(word in rest for word in words)
        return sure and self._has_edges(term, found)

    def _places(self, text: str, term: str) -> list[Place]:
        """The first places of a term."""
        found = []
        for start in places(text, term)[:MOST_PLACES]:
            left, right = text[max(0, start - BESIDE) : start], text[start + len(term) :][:BESIDE]
            found.append(Place(left, right, self._split(left, right)))
        return found

    def _split(self, left: str, right: str) -> str:
        """The word of the dictionary whose halves the sides end and begin with, nothing where none does.
        One half at least is no word of its own: in 国会|议长 a word lies across, but both are whole."""
        if not (SYLLABLE.match(left[-1:]) and SYLLABLE.match(right)):
            return ""
        joined = self._segmenter.tokens(left + right)
        word = next((token.text for token in joined if token.start < len(left) < token.end), "")
        if not self._segmenter.has(word):
            return ""
        halves = self._segmenter.tokens(left)[-1].text, self._segmenter.tokens(right)[0].text
        return "" if min(map(len, halves)) > 1 else word

    def _has_edges(self, term: str, found: list[Place]) -> bool:
        """Whether words begin and end with the term often enough."""
        begins = ends = 0
        for place in found:
            tokens = self._segmenter.tokens(place.left + term + place.right)
            start = len(place.left)
            begins += any(token.start == start for token in tokens)
            ends += any(token.end == start + len(term) for token in tokens)
        return min(begins, ends) >= WHOLE * len(found)


def repeated(text: str) -> list[str]:
    """Terms that the head of a text repeats, each as long as all its places have in common."""
    head = text[:LEARNT_FROM]
    grams = Counter([run[at : at + 3] for run in TERM.findall(head) for at in range(len(run) - 2)])
    frequent = [gram for gram, times in grams.items() if times >= REPEATED]
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
