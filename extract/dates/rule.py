"""The phrasings of calendar time as data, and the few big patterns that they compile to."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from itertools import chain
from typing import Any, NamedTuple

import msgspec

from extract.openings import ANY, Openings, union
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
    apart: bool = False
    """True where its words are often part of others, which the segmenter tells (`去年初中`)."""
    run: bool = False
    """True where the numbers that `、` joins must be neighbours, as those of one stretch are."""
    origin: str = "reference"
    """What a relative one counts from: ``reference`` or ``context`` (the date before it in the text)."""


class Piece(msgspec.Struct, frozen=True, gc=False):
    """One rule's match in the text."""

    start: int
    end: int
    rule: DateRule
    match: re.Match[str]

    def group(self, name: str) -> str | None:
        """The text of a named group, ``None`` where the rule has none of that name or it is empty."""
        return self.match[name] if name in self.match.re.groupindex else None


Sound = Callable[[Piece], bool]
"""Whether a match may stand where it does."""


class Choice(NamedTuple):
    """What to try where certain characters stand: rules by their ids, one by one or all in one pattern."""

    first: list[str]
    numeral: bool
    """Whether to try the pattern of all rules that begin with a numeral."""
    then: list[str]


NUMERAL = "0零〇一二两三四五六七八九十百千半数几"
"""Characters that numerals begin with."""

WIDE = 8
"""A rule that can begin with a numeral in so many ways is one of numerals."""

FEW = 6
"""So many rules cost less one by one than the pattern of all rules that begin with a numeral."""

DIGIT = "0"
"""Stands for every digit among the beginnings."""


class Phrasings:
    """All phrasings, compiled: one pattern finds the pieces, another the tails after them."""

    def __init__(self, rules: Rules) -> None:
        surname, given = (
            f"[{''.join(n for n in rules.words(w) if len(n) == 1)}]" for w in ("surnames", "given")
        )
        self.fragments = rules.fragments("dates", surname=surname, given=given)
        self.rules: dict[str, DateRule] = {}
        self._sources: dict[str, str] = {}
        self._patterns: dict[str, re.Pattern[str]] = {}
        self._openings = Openings(self.fragments)
        for stem in FILES:
            for rule in rules.table(stem, DateRule):
                self.rules[rule.id] = rule
                self._sources[rule.id] = self._source(stem, rule)
        self._tails = [r.id for r in self.rules.values() if r.tail]
        self._tail_starts = frozenset(start[0] for tail in self._tails for start in self._beginnings(tail))
        starts = self._starts()
        self._numerals = self._of_numerals(starts)
        self._united = list(self._numerals)
        self._choices = {start: self._choice(some) for start, some in starts.items()}
        self._anchor = self._anchors(starts)
        self.joiner = re.compile(expand("{until}", self.fragments, "dates: joiner"))

    def _source(self, stem: str, rule: DateRule) -> str:
        fragments = {**self.fragments, "words": alternation(rule.words)}
        pattern = expand(rule.pattern, fragments, f"{stem}.toml: rule {rule.id!r}")
        return f"(?<={rule.follows}){pattern}" if rule.follows else pattern

    @cached_property
    def _tail(self) -> re.Pattern[str]:
        return self._any(self._tails)

    @cached_property
    def _numeral(self) -> re.Pattern[str]:
        return self._any(self._united)

    def _any(self, rules: list[str]) -> re.Pattern[str]:
        return _compiled(union(self._sources[rule] for rule in rules), ", ".join(rules))

    def _starts(self) -> dict[str, list[str]]:
        """What matches can begin with, one character or two, and the rules to try there in order."""
        rules: dict[str, dict[str, None]] = {}
        for rule in self.rules.values():
            for start in () if rule.tail else self._beginnings(rule.id):
                rules.setdefault(start, {})[rule.id] = None
        order = {rule: place for place, rule in enumerate(self.rules)}
        return {
            start: sorted({**some, **rules.get(start[0], {})}, key=order.__getitem__)
            for start, some in rules.items()
        }

    def _beginnings(self, rule: str) -> set[str]:
        try:
            phrasing = self.rules[rule]
            words = f"(?:{alternation(phrasing.words)})"
            starts = self._openings.of(phrasing.pattern.replace("{words}", words))
        except re.error as error:
            raise RulesError(f"dates: rule {rule!r}: pattern: {error}") from error
        if ANY in {start[:1] for start in starts}:
            raise RulesError(f"dates: rule {rule!r}: pattern: may begin with any character")
        return {DIGIT if start[0].isdigit() else start.rstrip(ANY) for start in starts if start}

    def _of_numerals(self, starts: dict[str, list[str]]) -> dict[str, None]:
        """The rules that begin with any numeral, not only with one that is part of a word."""
        ways = Counter(rule for start, some in starts.items() for rule in some if start[0] in NUMERAL)
        digits = {r for r in starts[DIGIT] if not self.rules[r].pattern.startswith("(?:{words})")}
        wide = {r for r, count in ways.items() if count >= WIDE and not self.rules[r].words}
        return {rule: None for rule in self.rules if rule in digits | wide}

    def _choice(self, rules: list[str]) -> Choice:
        """Rules that begin with a numeral come together, many of them in one pattern; what stands before the
        first, before it."""
        numeral = [rule for rule in rules if rule in self._numerals]
        at = rules.index(numeral[0]) if numeral else len(rules)
        then = [rule for rule in rules[at:] if rule not in self._numerals]
        few = len(numeral) <= FEW
        return Choice([*rules[:at], *numeral, *then], False, []) if few else Choice(rules[:at], True, then)

    def _anchors(self, starts: Iterable[str]) -> re.Pattern[str]:
        """Finds the places where a rule may begin: a number that words of time follow, or a character."""
        words = [start for start in starts if start != DIGIT]
        single = {start for start in words if len(start) == 1}
        first = _set({start[0] for start in words} - single)
        second = _set({start[1] for start in words if len(start) > 1})
        number = rf"(?<=\d)(?<![\d.]\d){self.fragments['timely']}"
        # one set comes first: what begins so is searched for fast
        return re.compile(
            rf"[0-9{first}{_set(single)}](?:{number}|(?<=[{_set(single)}])|(?<=[{first}])(?=[{second}]))"
        )

    def pieces(self, text: str, sound: Sound) -> Iterator[Piece]:
        """Every sound match of a head or refinement, left to right."""
        end, choices, digit = 0, self._choices, self._choices[DIGIT]
        for place in self._anchor.finditer(text):
            at = place.start()
            if at < end:
                continue
            first = text[at]
            choice = digit if first.isdigit() else choices.get(text[at : at + 2]) or choices.get(first)
            if choice and (piece := next(filter(sound, self._matches(choice, text, at)), None)):
                end = piece.end
                yield piece

    def _matches(self, choice: Choice, text: str, at: int) -> Iterator[Piece]:
        """The matches of the rules that may begin at a place, in order."""
        numeral: list[str] = []
        if choice.numeral and (found := self._numeral.match(text, at)):
            numeral = self._united[(found.lastindex or 1) - 1 :]
        for rule in chain(choice.first, numeral, choice.then):
            if piece := self._match(rule, text, at):
                yield piece

    def _match(self, rule: str, text: str, at: int) -> Piece | None:
        """The match of a rule, whose pattern is compiled when it is first needed: most texts need few."""
        if (pattern := self._patterns.get(rule)) is None:
            pattern = self._patterns[rule] = _compiled(self._sources[rule], rule)
        match = pattern.match(text, at)
        return Piece(at, match.end(), self.rules[rule], match) if match and match.end() > at else None

    def tail(self, text: str, at: int) -> Piece | None:
        """The tail that begins at a place."""
        found = self._tail.match(text, at) if text[at : at + 1] in self._tail_starts else None
        if not found:
            return None
        return self._match(self._tails[(found.lastindex or 1) - 1], text, at)


def _compiled(pattern: str, rule: str) -> re.Pattern[str]:
    try:
        return re.compile(pattern)
    except re.error as error:
        raise RulesError(f"dates: rule {rule!r}: pattern: {error}") from error


def _set(characters: Iterable[str]) -> str:
    """The inside of a character class."""
    return "".join(re.escape(c) for c in sorted(characters))
