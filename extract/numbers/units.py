"""The units of `rules/units.toml`, looked up where they stand in a text."""

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Annotated

import msgspec
from msgspec.structs import replace

from extract.rules import Rule, Rules

Spelling = Annotated[str, msgspec.Meta(min_length=1)]


class Entry(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A unit as the rule file gives it; the file's head says what the keys mean."""

    text: Spelling
    name: str | None = None
    unless: str | None = None
    only: str | None = None
    currency: str | None = None
    si: str | None = None
    factor: str | None = None
    scale: str | None = None
    add: str | None = None
    parts: Mapping[str, str] = {}
    tail: bool = False


class Prefix(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A word before the number that says what it is counted in."""

    text: Spelling
    unit: str | None = None
    currency: str | None = None
    si: str | None = None


class UnitRule(Rule, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A family of units."""

    family: str
    units: tuple[Spelling | Entry, ...]
    before: tuple[Prefix, ...] = ()
    name: str | None = None
    currency: str | None = None


class Unit(msgspec.Struct, frozen=True):
    """One unit, ready for use: a spelling of it, and what it is worth."""

    text: str
    name: str
    family: str
    rule: str
    currency: str | None
    si: str | None
    factor: Decimal | None
    scale: Decimal | None
    add: Decimal | None
    parts: Mapping[str, Decimal]
    tail: bool
    unless: str | None
    """What must not follow it, and what must, as patterns."""
    only: str | None


class Place(msgspec.Struct, frozen=True):
    """A unit found in a text: ``name`` is how the record writes it, ``end`` where it ends."""

    unit: Unit
    name: str
    start: int
    end: int


class Before(msgspec.Struct, frozen=True):
    """A word before a number that says what it is counted in, and where it begins."""

    prefix: Prefix
    rule: UnitRule
    start: int


class Units:
    """Longest-match look-up of units and of words of currency before a number."""

    def __init__(self, rules: Rules) -> None:
        self._units: dict[str, tuple[Unit, ...]] = {}
        prefixes: dict[str, tuple[Prefix, UnitRule]] = {}
        for rule in rules.table("units", UnitRule):
            for entry in rule.units:
                unit = _unit(Entry(text=entry) if isinstance(entry, str) else entry, rule)
                others = self._units.get(unit.text, ())
                self._units[unit.text] = (unit, *others) if unit.only else (*others, unit)
            prefixes |= {p.text: (p, rule) for p in rule.before}
        self._units |= _spellings(self._units)
        self._lengths = _lengths(self._units)
        self._patterns: dict[str, re.Pattern[str]] = {}
        self._prefixes = prefixes
        self._prefix_lasts = frozenset(text[-1] for text in prefixes)
        self._prefix_lengths = sorted({len(p) for p in prefixes}, reverse=True)

    @property
    def texts(self) -> Iterable[str]:
        """Every spelling of a unit."""
        return self._units

    def measures(self) -> list[str]:
        """The spellings of units that do not count things."""
        return [text for text, (first, *_) in self._units.items() if first.family != "count"]

    def at(self, text: str, position: int) -> Place | None:
        """The unit that stands at the position, with one in brackets (`件（套）`) or one that it is
        counted per (`元/平方米`)."""
        unit = self._longest(text, position)
        if unit is None:
            return None
        end = position + len(unit.text)
        following = text[end : end + 1]
        if following == "（" and unit.family == "count":
            inner = self._longest(text, end + 1)
            if inner and text.startswith("）", end + 1 + len(inner.text)):
                end += len(inner.text) + 2
                return Place(unit, text[position:end], position, end)
        last = self._per(text, end)
        if last > end:
            return Place(replace(unit, si=None, factor=None), text[position:last], position, last)
        return Place(unit, unit.name, position, end)

    def _per(self, text: str, end: int) -> int:
        """Where the units end that the one before ``end`` is counted per (`元/亩/年`)."""
        while text[end : end + 1] in ("/", "每") and (per := PER.match(text, end)):
            inner = self._longest(text, per.end())
            if inner is None:
                break
            end = per.end() + len(inner.text)
        return end

    def _longest(self, text: str, position: int) -> Unit | None:
        for length in self._lengths.get(text[position : position + 1], ()):
            end = position + length
            for unit in self._units.get(text[position:end], ()):
                if unit.unless and self._follows(unit.unless, text, end):
                    continue
                if unit.only and not self._follows(unit.only, text, end):
                    continue
                return unit
        return None

    def _follows(self, pattern: str, text: str, position: int) -> bool:
        """Whether a pattern matches at the position; it is compiled when it is first needed."""
        if (compiled := self._patterns.get(pattern)) is None:
            compiled = self._patterns[pattern] = re.compile(pattern)
        return compiled.match(text, position) is not None

    def spelled(self, text: str | None, rule: str) -> Unit | None:
        """The unit of that spelling in a rule."""
        return next((unit for unit in self._units.get(text or "", ()) if unit.rule == rule), None)

    def before(self, text: str, position: int) -> Before | None:
        """The word of currency (or 摄氏) that ends at the position."""
        if position and text[position - 1] == " ":
            position -= 1
        if not position or text[position - 1] not in self._prefix_lasts:
            return None
        for length in self._prefix_lengths:
            found = self._prefixes.get(text[position - length : position]) if length <= position else None
            if found is not None:
                return Before(*found, position - length)
        return None


def _spellings(units: Mapping[str, tuple[Unit, ...]]) -> dict[str, tuple[Unit, ...]]:
    """Other cases of Latin units (`CM`, `Kg`), and both code points of the micro sign, where no unit of its
    own is written so; of one letter the case tells apart (`m` and `M`)."""
    other: dict[str, tuple[Unit, ...]] = {}
    for text, entries in units.items():
        forms = {text.replace("\u03bc", "\u00b5")}
        if len(text) > 1 and text.isascii() and text.isalpha():
            forms |= {text.upper(), text.lower(), text.capitalize()}
        for form in sorted(forms - units.keys()):
            named = tuple(replace(u, text=form, name=form if u.name == text else u.name) for u in entries)
            other.setdefault(form, named)
    return other


PER = re.compile(r"/(?:人[·•])?|每")


def _unit(entry: Entry, rule: UnitRule) -> Unit:
    # a Latin unit ends where its word ends: 3m, but not 3mol
    latin = entry.text[-1].isascii() and entry.text[-1].isalpha()
    unless = "[A-Za-z0-9]" if latin else entry.unless
    return Unit(
        text=entry.text,
        name=entry.name or rule.name or entry.text,
        family=rule.family,
        rule=rule.id,
        currency=entry.currency or rule.currency,
        si=entry.si,
        factor=_fraction(entry.factor) if entry.factor else None,
        scale=Decimal(entry.scale) if entry.scale else None,
        add=Decimal(entry.add) if entry.add else None,
        parts={name: Decimal(worth) for name, worth in entry.parts.items()},
        tail=entry.tail,
        unless=unless,
        only=entry.only,
    )


def _fraction(text: str) -> Decimal:
    above, _, below = text.partition("/")
    return Decimal(above) / Decimal(below or 1)


def _lengths(texts: Iterable[str]) -> dict[str, tuple[int, ...]]:
    """For each first character the lengths of the texts that begin with it, longest first."""
    lengths: dict[str, set[int]] = {}
    for text in texts:
        lengths.setdefault(text[0], set()).add(len(text))
    return {first: tuple(sorted(found, reverse=True)) for first, found in lengths.items()}
