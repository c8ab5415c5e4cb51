"""The phrasings of calendar time as data, and the few big patterns that they compile to."""

import re
from collections.abc import Iterator
from functools import cached_property
from typing import Any, NamedTuple

import msgspec
import regex

from extract.records import Granularity
from extract.rules import Rule, Rules, RulesError, alternation, expand

FILES = ("eras", "festivals", "dates")


class DateRule(Rule, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One phrasing: what it looks like, and which resolver computes it."""

    pattern: str
    """With ``{fragments}``; ``{words}`` stands for the keys of the rule's own `words`."""
    resolve: str
    """Name of the resolver."""
    unit: Granularity | None = None
    """The unit that it names."""
    words: dict[str, Any] = msgspec.field(default_factory=dict)
    """What its words are worth to the resolver."""
    follows: str = ""
    """Pattern of what must stand directly before (a look-behind)."""
    after: tuple[Granularity, ...] = ()
    """Units that it may refine, where these are not simply the coarser ones."""
    alone: bool = True
    """False where it only refines a date before it (`底` in `今年底`)."""
    tail: bool = False
    """True where it only ends a date before it (`以来`)."""
    origin: str = "reference"
    """What a relative one counts from: ``reference`` or ``context`` (the date before it in the text)."""


class Piece(NamedTuple):
    """One rule's match in the text."""

    start: int
    end: int
    rule: DateRule
    match: re.Match[str]

    def group(self, name: str) -> str | None:
        """The text of a named group, ``None`` where the rule has none of that name or it is empty."""
        return self.match[name] if name in self.match.re.groupindex else None


class Grammar:
    """All phrasings, compiled: one pattern finds the pieces, another the tails after them."""

    def __init__(self, rules: Rules) -> None:
        self.fragments = rules.fragments("dates")
        self.rules: dict[str, DateRule] = {}
        self._patterns: dict[str, re.Pattern[str]] = {}
        for stem in FILES:
            for rule in rules.table(stem, DateRule):
                self.rules[rule.id] = rule
                self._patterns[rule.id] = self._compile(stem, rule)
        self._heads = [r for r in self.rules.values() if not r.tail]
        self._tails = [r for r in self.rules.values() if r.tail]
        self.joiner = re.compile(expand("{to}", self.fragments, "dates: joiner"))

    def _compile(self, stem: str, rule: DateRule) -> re.Pattern[str]:
        fragments = {**self.fragments, "words": alternation(rule.words)}
        pattern = expand(rule.pattern, fragments, f"{stem}.toml: rule {rule.id!r}")
        try:
            return re.compile(f"(?<={rule.follows}){pattern}" if rule.follows else pattern)
        except re.error as error:
            raise RulesError(f"{stem}.toml: rule {rule.id!r}: pattern: {error}") from error

    @cached_property
    def _anchor(self) -> re.Pattern[str]:
        """A character that some rule can begin with; of a run of digits only the first."""
        others = re.escape("".join(c for c in self._by_first if not c.isdigit()))
        return re.compile(rf"(?<![\d.])\d|[{others}]")

    @cached_property
    def _by_first(self) -> dict[str, tuple[re.Pattern[str], list[DateRule]]]:
        """For every first character one pattern of the rules that can begin with it, and these rules."""
        rules: dict[str, list[DateRule]] = {}
        for rule in self._heads:
            for character in self._first(rule):
                rules.setdefault(character, []).append(rule)
        patterns: dict[str, re.Pattern[str]] = {}
        for some in rules.values():
            pattern = self._any(some)
            patterns[pattern] = patterns.get(pattern) or re.compile(pattern)
        return {c: (patterns[self._any(some)], some) for c, some in rules.items()}

    @cached_property
    def _tail(self) -> re.Pattern[str]:
        return re.compile(self._any(self._tails))

    def _any(self, rules: list[DateRule]) -> str:
        """Alternation of rules; the empty group that closes each tells which one matched."""
        plain = (re.sub(r"\(\?P<\w+>", "(?:", self._patterns[rule.id].pattern) for rule in rules)
        return "|".join(f"(?:{pattern})()" for pattern in plain)

    def _first(self, rule: DateRule) -> set[str]:
        """The characters that a match can begin with: those that alone are the beginning of one."""
        pattern = self._patterns[rule.id].pattern
        if rule.follows:
            pattern = pattern.partition(")")[2]
        probe = regex.compile(pattern)
        characters = set(pattern) | set("0123456789")
        return {c for c in characters if probe.match(c, partial=True)}

    def pieces(self, text: str) -> Iterator[Piece]:
        """Every match of a head or refinement, left to right."""
        end = 0
        for anchor in self._anchor.finditer(text):
            at = anchor.start()
            if at < end:
                continue
            pattern, rules = self._by_first[anchor[0]]
            if found := pattern.match(text, at):
                rule = rules[(found.lastindex or 1) - 1]
                match = self._patterns[rule.id].match(text, at)
                if match and match.end() > at:
                    end = match.end()
                    yield Piece(at, end, rule, match)

    def tail(self, text: str, at: int) -> Piece | None:
        """The tail that begins at a place."""
        found = self._tail.match(text, at)
        if not found:
            return None
        rule = self._tails[(found.lastindex or 1) - 1]
        match = self._patterns[rule.id].match(text, at)
        return Piece(at, match.end(), rule, match) if match else None
