"""The phrasings of calendar time as data, and the few big patterns that they compile to."""

import re
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

import msgspec

from extract.dates.openings import ANY, openings, union
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


class Choice(NamedTuple):
    """What to try where a character stands."""

    seconds: set[str] | None
    """The characters that may follow it, ``None`` for any."""
    rules: list[str]
    """Ids, in order."""
    union: re.Pattern[str] | None
    """One pattern of them all, where they are many."""


MANY = 8
"""So many rules that begin with one character are tried by one pattern."""


class Grammar:
    """All phrasings, compiled: one pattern finds the pieces, another the tails after them."""

    def __init__(self, rules: Rules) -> None:
        self.fragments = rules.fragments("dates")
        self.rules: dict[str, DateRule] = {}
        self._sources: dict[str, str] = {}
        self._patterns: dict[str, re.Pattern[str]] = {}
        for stem in FILES:
            for rule in rules.table(stem, DateRule):
                self.rules[rule.id] = rule
                self._sources[rule.id] = self._source(stem, rule)
        self._tails = [r.id for r in self.rules.values() if r.tail]
        self._tail = self._any(self._tails)
        self._anchor, self._choices = self._starts()
        self.joiner = re.compile(expand("{to}", self.fragments, "dates: joiner"))

    def _source(self, stem: str, rule: DateRule) -> str:
        fragments = {**self.fragments, "words": alternation(rule.words)}
        pattern = expand(rule.pattern, fragments, f"{stem}.toml: rule {rule.id!r}")
        return f"(?<={rule.follows}){pattern}" if rule.follows else pattern

    def _pattern(self, rule: str) -> re.Pattern[str]:
        """The compiled pattern of a rule: made when it is first needed, as most texts need few."""
        if (pattern := self._patterns.get(rule)) is None:
            pattern = self._patterns[rule] = re.compile(self._sources[rule])
        return pattern

    def _any(self, rules: list[str]) -> re.Pattern[str]:
        return re.compile(union(self._sources[rule] for rule in rules))

    def _starts(self) -> tuple[re.Pattern[str], dict[str, Choice]]:
        """The characters that some rule can begin with, and the rules to try at each."""
        rules: dict[str, list[str]] = {}
        seconds: dict[str, set[str] | None] = {}
        for rule in (r for r in self.rules.values() if not r.tail):
            for first, following in self._beginnings(rule.id).items():
                rules.setdefault(first, []).append(rule.id)
                known = seconds.setdefault(first, set())
                seconds[first] = None if known is None or following is None else known | following
        unions = {kind: self._union(rules, kind) for kind in (True, False)}
        choices = {
            c: Choice(seconds[c], *(unions[c.isdigit()] if len(some) > MANY else (some, None)))
            for c, some in rules.items()
        }
        words = [c for c in choices if not c.isdigit()]
        single = _set(c for c in words if seconds[c] is None)
        double, behind = _set(c for c in words if seconds[c]), _set(set().union(*filter(None, seconds.values())))
        number = f"(?<![\\d.])\\d{self.fragments['timely']}"
        return re.compile(rf"{number}|[{single}]|[{double}](?=[{behind}])"), choices

    def _union(self, rules: dict[str, list[str]], digits: bool) -> tuple[list[str], re.Pattern[str]]:
        """All rules, in order, that begin with a digit, or with another character of many rules."""
        many = [some for c, some in rules.items() if len(some) > MANY and c.isdigit() == digits]
        united = [rule for rule in self.rules if any(rule in some for some in many)]
        return united, self._any(united)

    def _beginnings(self, rule: str) -> dict[str, set[str] | None]:
        """What matches can begin with: first characters, each with the second ones, or with ``None``
        where one character is enough."""
        try:
            starts = openings(self._sources[rule])
        except re.error as error:
            raise RulesError(f"dates: rule {rule!r}: pattern: {error}") from error
        found: dict[str, set[str] | None] = {}
        for start in sorted(starts - {""}, key=len):
            if start[0] == ANY:
                raise RulesError(f"dates: rule {rule!r}: pattern: may begin with any character")
            following = found.setdefault(start[0], set())
            if len(start) == 1 or start[1] == ANY:
                found[start[0]] = None
            elif following is not None:
                following.add(start[1])
        return found

    def pieces(self, text: str) -> Iterator[Piece]:
        """Every match of a head or refinement, left to right."""
        end, last = 0, len(text) - 1
        choices = self._choices
        for place in self._anchor.finditer(text):
            at = place.start()
            if at < end:
                continue
            choice = choices[text[at]]
            if choice.seconds is not None and (at == last or text[at + 1] not in choice.seconds):
                continue
            if piece := self._piece(choice, text, at):
                end = piece.end
                yield piece

    def _piece(self, choice: Choice, text: str, at: int) -> Piece | None:
        rules = choice.rules
        if choice.union:
            found = choice.union.match(text, at)
            if not found:
                return None
            rules = [rules[(found.lastindex or 1) - 1]]
        for rule in rules:
            match = self._pattern(rule).match(text, at)
            if match and match.end() > at:
                return Piece(at, match.end(), self.rules[rule], match)
        return None

    def tail(self, text: str, at: int) -> Piece | None:
        """The tail that begins at a place."""
        found = self._tail.match(text, at)
        if not found:
            return None
        rule = self._tails[(found.lastindex or 1) - 1]
        match = self._pattern(rule).match(text, at)
        return Piece(at, match.end(), self.rules[rule], match) if match else None


def _set(characters: Iterable[str]) -> str:
    """The inside of a character class."""
    return "".join(re.escape(c) for c in sorted(characters))
