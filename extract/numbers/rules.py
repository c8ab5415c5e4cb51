"""The rules of `rules/numbers.toml`, and the words that bound a number."""

import re
from collections.abc import Iterable

from extract.records import Bound
from extract.rules import Rule, alternation

SHARE_REACH = 16
"""How many characters before its figure the bound word of a share may stand."""
ROUND = frozenset("百千万亿兆半")


class NumberRule(Rule, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Words that bound a number, or what is refused as one; the file's head says what the keys mean."""

    bound: Bound | None = None
    before: tuple[str, ...] = ()
    inside: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    round: bool = False
    not_after: str = ""
    not_before: str = ""
    words: tuple[str, ...] = ()
    at: tuple[str, ...] = ()
    figures: tuple[str, ...] = ()
    bare: tuple[str, ...] = ()
    anywhere: tuple[str, ...] = ()
    follow: tuple[str, ...] = ()
    vague: tuple[str, ...] = ()
    first: tuple[str, ...] = ()
    signs: tuple[str, ...] = ()
    positive: tuple[str, ...] = ()
    sign_after: str = ""


class Bounds:
    """Looks up the bound words that touch a number."""

    def __init__(self, rules: Iterable[NumberRule]) -> None:
        self._before: dict[str, NumberRule] = {}
        self._after: dict[str, NumberRule] = {}
        self.inside: dict[str, Bound] = {}
        for rule in rules:
            if rule.bound is None:
                continue
            self._before |= dict.fromkeys(rule.before, rule)
            self._after |= dict.fromkeys(rule.after, rule)
            self.inside |= dict.fromkeys(rule.inside, rule.bound)
        words = alternation(self._before)
        longer = alternation(word for word in self._before if len(word) > 1)
        self._share = re.compile(rf"(?:(?:{words})(?=占)|{longer})(?=[^，、。；！？\d\n]*的\Z)")
        self._before_lengths = _lengths(self._before)
        self._after_lengths = _lengths(self._after)
        # with what characters a bound word begins behind a number, and ends before it: most numbers have none
        self.firsts = frozenset(word[0] for word in (*self._after, *self.inside))
        self.lasts = frozenset(word[-1] for word in self._before)

    def of_share(self, text: str, position: int) -> Bound | None:
        """The bound word of a share that its whole stands after (`超过全年计划的八成`, `约占产量的四成`)."""
        if text[position - 1 : position] != "的":
            return None
        match = self._share.search(text, max(0, position - SHARE_REACH), position)
        return self._before[match[0]].bound if match else None

    def before(self, text: str, position: int) -> tuple[int, Bound] | None:
        """Where the bound word that ends at the position begins, and what it says."""
        if position and text[position - 1] == " ":
            position -= 1
        if not position or text[position - 1] not in self.lasts:
            return None
        for length in self._before_lengths:
            if length > position:
                continue
            rule = self._before.get(text[position - length : position])
            if rule is None or rule.bound is None:
                continue
            start = position - length
            if start and text[start - 1] in rule.not_after:
                return None
            if rule.round and text[position] not in ROUND:
                return None
            return start, rule.bound
        return None

    def after(self, text: str, position: int, unit: bool = False) -> tuple[int, Bound] | None:
        """Where the bound word that begins at the position ends, and what it says; after a unit, not those
        that only stand between number and unit (`十来个`)."""
        if text[position : position + 1] not in self.firsts:
            return None
        for length in self._after_lengths:
            word = text[position : position + length]
            end = position + length
            if not unit and word in self.inside:
                return position + len(word), self.inside[word]
            rule = self._after.get(word)
            if rule is None or rule.bound is None or len(word) < length:
                continue
            if length > 1 or text[end : end + 1] not in rule.not_before:
                return end, rule.bound
        return None


def _lengths(words: Iterable[str]) -> list[int]:
    return sorted({len(word) for word in words}, reverse=True)
