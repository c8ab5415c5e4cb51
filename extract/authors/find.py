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


def find(rules: Rules, word: str) -> Holding:
    """Everything in the rules that holds a word, in simplified script as rules are."""
    own = re.compile(rf"(?:[\"'|(]|^\s*){re.escape(word)}(?:[\"'|)]|\s|$)")
    holding = [line for line in lines(rules) if word in line.text]
    said = [line for line in holding if not line.told]
    entries = [line for line in said if own.search(line.text)]
    parts = [line for line in said if line not in entries]
    told = [line for line in holding if line.told]
    held = {line.owner for line in said}
    return Holding(entries, parts, told, [id for id in _matching(rules, word) if id not in held])


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
