"""What the rules say of noise: one type for all kinds of it."""

from typing import Literal

from extract.rules import Rule

Kind = Literal[
    "invisible", "entity", "tag", "pinyin", "space", "break", "strong", "weak", "spun", "spam", "date"
]


class NoiseRule(Rule, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One kind of noise. ``words``: ``word=original`` for spun words, bare terms for spam, names for tags;
    ``unless``: longer words in which a word is sound; ``pattern``: what the noise looks like; ``least``:
    how often an article has to show it before it is taken for noise."""

    kind: Kind
    words: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    pattern: str = ""
    least: int = 1
