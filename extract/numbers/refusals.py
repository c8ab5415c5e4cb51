"""What looks like a number and is none: words, names and identifiers, as `rules/numbers.toml` lists them."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from extract.numbers.grammar import FIGURES, FIRST
from extract.numbers.rules import NumberRule
from extract.rules import expand


class Refusal(NamedTuple):
    """Up to where nothing is a number, and the rule that says so."""

    end: int
    rule: NumberRule


class Refusals:
    """Tests the place where a numeral begins against the words and patterns of the rules."""

    def __init__(self, rules: Iterable[NumberRule], fragments: Mapping[str, str]) -> None:
        self._words: dict[str, list[tuple[int, str, NumberRule]]] = {}
        self._ends: dict[str, list[tuple[int, str, NumberRule]]] = {}
        at: list[tuple[str, NumberRule]] = []
        figures: list[tuple[str, NumberRule]] = []
        anywhere: list[tuple[str, NumberRule]] = []
        bare: list[str] = []
        for rule in rules:
            for word in rule.words:
                self._add(word, rule)
            at += ((expand(pattern, fragments, rule.id), rule) for pattern in rule.at)
            figures += ((expand(pattern, fragments, rule.id), rule) for pattern in rule.figures)
            bare += rule.bare
            anywhere += ((pattern, rule) for pattern in rule.anywhere)
        self._bare = re.compile("|".join(bare) or r"(?!)")
        self._at, self._at_rules = _union(at)
        self._figures, self._figure_rules = _union(figures)
        self._anywhere, self._anywhere_rules = _union(anywhere)
        for entries in (*self._words.values(), *self._ends.values()):
            entries.sort(key=lambda entry: -len(entry[1]))

    def _add(self, word: str, rule: NumberRule) -> None:
        """Index a word under each of its numeral characters with a neighbour: two characters find it."""
        for match in FIRST.finditer(word):
            offset = match.start()
            key = word[offset : offset + 2]
            if len(key) == 2:
                self._words.setdefault(key, []).append((offset, word, rule))
            else:
                self._ends.setdefault(word[offset - 1 : offset + 1], []).append((offset, word, rule))

    def spans(self, text: str) -> list[tuple[int, int, NumberRule]]:
        """Stretches of the text that hold no numbers at all."""
        if "http" not in text and "www." not in text and "@" not in text:
            return []
        return [
            (m.start(), m.end(), self._anywhere_rules[m.lastgroup or ""])
            for m in self._anywhere.finditer(text)
        ]

    def at(self, text: str, start: int) -> Refusal | None:
        """The word that the numeral character at ``start`` is part of, or the identifier, score or heading
        that begins there."""
        words, before = self._words.get(text[start : start + 2]), self._ends.get(text[start - 1 : start + 1])
        if words is not None or before is not None:
            for offset, word, rule in (*(words or ()), *(before or ())):
                if text.startswith(word, start - offset) and start >= offset:
                    return Refusal(start - offset + len(word), rule)
        arabic = text[start] in FIGURES
        match = (self._figures if arabic else self._at).match(text, start)
        if match is None:
            return None
        rules = self._figure_rules if arabic else self._at_rules
        return Refusal(match.end(), rules[match.lastgroup or ""])

    def bare(self, text: str, start: int, end: int) -> bool:
        """Whether a numeral without a unit is no number (`110`)."""
        return self._bare.fullmatch(text, start, end) is not None


def _union(patterns: list[tuple[str, NumberRule]]) -> tuple[re.Pattern[str], dict[str, NumberRule]]:
    named = {f"p{i}": rule for i, (_, rule) in enumerate(patterns)}
    union = "|".join(f"(?P<p{i}>{pattern})" for i, (pattern, _) in enumerate(patterns))
    return re.compile(union or r"(?!)"), named


def covering(spans: list[tuple[int, int, NumberRule]], position: int) -> Refusal | None:
    """The stretch that holds the position."""
    i = bisect_right(spans, position, key=lambda span: span[0]) - 1
    return Refusal(spans[i][1], spans[i][2]) if i >= 0 and position < spans[i][1] else None
