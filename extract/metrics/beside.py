"""Names that the unit of a number gives, or the word right beside it: votes, outcomes, sides, households."""

import re

from msgspec.structs import replace

from extract.metrics.facts import Fact
from extract.metrics.lexicon import Lexicon
from extract.metrics.name import Name
from extract.metrics.readings import Reading
from extract.metrics.sentence import Sentence, last_clause


class Beside:
    """Reads what stands beside the numbers of one sentence. ``said`` is the fact before a number."""

    def __init__(self, sentence: Sentence, lexicon: Lexicon) -> None:
        self._sentence = sentence
        self._lexicon = lexicon

    def told(self, reading: Reading) -> Name | None:
        """`4死`, `3金`: the character behind a number without unit; or the word at a number of votes."""
        quantity = reading.quantity
        word = self._lexicon.outcomes.get(self._sentence.gap(quantity.end, quantity.end + 1))
        if word is None or quantity.family != "none":
            return self._vote(reading)
        return Name(word[0], quantity.end, quantity.end + 1, rule="name.outcome")

    def _vote(self, reading: Reading) -> Name | None:
        """`反对3票`, `3票反对`: the word at a number of votes."""
        start, end = reading.quantity.start, reading.quantity.end
        if reading.quantity.family != "count" or reading.quantity.unit not in self._lexicon.vote_units:
            return None
        behind, before = (
            self._sentence.gap(end, self._sentence.end),
            self._sentence.gap(reading.gap_start, start),
        )
        for word in self._lexicon.votes:
            if behind.startswith(word):
                return Name(word, end, end + len(word), rule="name.vote")
            if before.endswith(word):
                return Name(word, start - len(word), start, rule="name.vote")
        return None

    def side(self, words: tuple[int, int], said: Fact | None) -> Name | None:
        """`天线直径1米、高2米`: another side of the thing before."""
        text = self._sentence.gap(*words).lstrip("、，和")
        side = self._lexicon.dimension.fullmatch(text)
        other = self._lexicon.dimension.search(said.name.text) if said else None
        if side is None or said is None or other is None:
            return None
        return replace(said.name, text=said.name.text[: other.start()] + text, rule="name.dimension")

    def household(self, reading: Reading, said: Fact | None) -> Name | None:
        """`青石村有95户310人`: households and people of a place are named by their unit."""
        named, start = self._lexicon.households.get(reading.quantity.unit or ""), reading.gap_start
        if named is None:
            return None
        gap = self._sentence.gap(start, reading.quantity.start)
        place = gap[last_clause(gap) :].rstrip(self._lexicon.has)
        beside = gap == "" and said is not None and (said.name.text,) in self._lexicon.households.values()
        if beside or place in self._lexicon.scopes or self._lexicon.place.fullmatch(place):
            return Name(named[0], reading.quantity.start, reading.quantity.end, rule="name.household")
        return None


def part(sentence: Sentence, start: int, share: re.Match[str]) -> str:
    """`占总产值的比重`, `占比`, `完成`: what is said of a part, matched in the masked text from ``start``."""
    words = sentence.text(start + share.start("whole"), start + share.end("whole")).strip(" 的")
    if not words:
        return share["ratio"] or "占比"
    return (share["ratio"] or "占") + words + (share["noun"] or "")
