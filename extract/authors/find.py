"""Where a word stands in the rules: lists, patterns, fragments; and the patterns that match it whole."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from extract.authors.lines import Line, lines
from extract.rulefile import PATTERNS, RulesError
from extract.rules import Rules, expand


class Holding(NamedTuple):
    """What holds a word."""

    entries: list[Line]
    """Where it is an entry of its own."""
    parts: list[Line]
    """Where it is a part of an entry, of a pattern, or of another word."""
    told: list[Line]
    """Examples and reasons."""
    patterns: list[str]
    """Ids of the rules with a pattern that matches the whole of it."""
    pieces: list[tuple[str, Line]]
    """Where nothing holds it: the longest entries inside it, each by itself."""
    reasons: dict[str, str]
    """Why there is the rule of an id."""

    def why(self, line: Line) -> str:
        """What the line is for: its rule's reason, and the comment above it."""
        return "; ".join(filter(None, (line.note, self.reasons.get(line.owner, ""))))


def find(rules: Rules, word: str) -> Holding:
    """Everything in the rules that holds a word, in simplified script as rules are."""
    every = list(lines(rules))
    holding = [line for line in every if word in line.text]
    said = [line for line in holding if not line.told]
    entries = _entries(said, word)
    parts = [line for line in said if line not in entries]
    told = [line for line in holding if line.told]
    held = {line.owner for line in said}
    patterns = [id for id in _matching(rules, word) if id not in held]
    pieces = [] if said or patterns else _pieces(every, word)
    reasons = {
        id: str(rule.raw.get("reason", "")) for s in rules.stems() for id, rule in rules.written(s).items()
    }
    return Holding(entries, parts, told, patterns, pieces, reasons)


def _entries(said: list[Line], word: str) -> list[Line]:
    """The lines where the word is an entry of its own."""
    own = re.compile(rf"(?:[\"'|(]|^\s*){re.escape(word)}(?:[\"'|)]|\s|$)")
    return [line for line in said if not line.told and own.search(line.text)]


def _pieces(every: list[Line], word: str) -> list[tuple[str, Line]]:
    """The entries inside a word, of as many characters as any has, two at least."""
    for length in range(len(word) - 1, 1, -1):
        cuts = [word[at : at + length] for at in range(len(word) - length + 1)]
        if found := [(cut, line) for cut in cuts for line in _entries(every, cut)]:
            return found
    return []


def _matching(rules: Rules, word: str) -> Iterator[str]:
    for stem in rules.stems():
        for id, written in rules.written(stem).items():
            texts = [written.raw[key] for key in PATTERNS if isinstance(written.raw.get(key), str)]
            if any(_matches(rules, stem, text, word) for text in texts):
                yield id


def _matches(rules: Rules, stem: str, pattern: str, word: str) -> bool:
    """Whether a pattern matches the whole word. Those with pieces that only the program knows do not."""
    try:
        return bool(re.fullmatch(expand(pattern, rules.fragments(stem), stem), word))
    except (re.error, RulesError):
        return False
