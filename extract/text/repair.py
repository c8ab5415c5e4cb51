"""Repairs what content farms do to a text, where an article shows that it was done."""

import re
from typing import Literal

from extract.rules import Rule, Rules, RulesError, alternation
from extract.text.alignment import Edit

SIGNALS = 3
"""Different signal words that show a spun article; sound texts of the corpus have none or one."""


class NoiseRule(Rule, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """``words``: ``word=original`` for spun words, bare terms for spam; ``unless``: longer words in
    which a signal word is sound."""

    kind: Literal["signal", "spun", "spam"]
    words: tuple[str, ...]
    unless: tuple[str, ...] = ()


class Repairer:
    """Finds the edits that make a spun text sound; compiled once."""

    def __init__(self, rules: Rules) -> None:
        table = rules.table("noise", NoiseRule)
        signals = [w for r in table if r.kind == "signal" for w in r.words]
        spun = [w for r in table if r.kind == "spun" for w in r.words]
        self._originals = dict(map(_pair, (*signals, *spun)))
        spam = [w for r in table if r.kind == "spam" for w in r.words]
        self._originals |= dict.fromkeys(spam, "")
        self._sound = frozenset(w for r in table for w in r.unless)
        sound = alternation(self._sound) or "(?!)"
        self._signal = re.compile(f"{sound}|{alternation(w.partition('=')[0] for w in signals)}")
        self._any = re.compile(f"{sound}|{alternation(self._originals)}")

    def edits(self, text: str) -> list[Edit]:
        """The repairs of a simplified text, none where it shows no signs of a content farm."""
        signals = {m[0] for m in self._signal.finditer(text)} - self._sound
        if len(signals) < SIGNALS:
            return []
        return [
            Edit(m.start(), m.end(), self._originals[m[0]])
            for m in self._any.finditer(text)
            if m[0] not in self._sound
        ]


def _pair(entry: str) -> tuple[str, str]:
    word, equals, original = entry.partition("=")
    if not equals or not original:
        raise RulesError(f"noise.toml: {entry!r} is not written word=original")
    return word, original
