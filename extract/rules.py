"""The rules: TOML files and word lists under ``rules/``, loaded, merged and compiled.

A rule file is ``<stem>.toml``: ``check`` names the `Extractor` call that its examples run through,
``[fragments]`` names pieces of patterns, and each ``[[rule]]`` has an ``id``, a ``reason``, examples
(``yes`` and ``no``) and the keys of its room's own rule type. A user's folder of the same shape adds
rules, replaces those whose ``id`` it repeats, and adds to the lists of those that it names in ``[extend]``.
"""

import hashlib
import re
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import msgspec

from extract.rulefile import FRAGMENT, FRAGMENTS, Raw, RuleFile, check, convert, extended, fields, meant, read
from extract.rulefile import RulesError as RulesError

Example = dict[str, Any]


class Rule(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What every rule has. Rooms add their own keys by subclassing.

    ``yes``: tables with ``text`` and the fields that a record found in it must have (``span`` is its
    text). ``no``: strings in which no record may be found, or tables as in ``yes`` that must match none.
    """

    id: str
    reason: str
    yes: tuple[Example, ...]
    no: tuple[Example | str, ...]

    def __post_init__(self) -> None:
        if not self.yes or not self.no:
            raise ValueError("needs at least one `yes` and one `no` example")
        if not all("text" in e for e in (*self.yes, *self.no) if isinstance(e, dict)):
            raise ValueError("an example needs a `text`")


class PatternRule(Rule, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A rule that finds what it says by one pattern."""

    pattern: str


class Written(NamedTuple):
    """A rule as the files have it, and the last of them that says something of it."""

    path: Path
    raw: Raw
    check: str | None
    """What the examples of its file run through."""


R = TypeVar("R", bound=Rule)
P = TypeVar("P", bound=PatternRule)
Made = TypeVar("Made")


def shipped() -> Path:
    """The folder of shipped rules: inside an installed package, else beside it in a checkout."""
    package = Path(__file__).parent
    for folder in (package / "_rules", package.parent / "rules"):
        if folder.is_dir():
            return folder
    raise RulesError(f"no rules folder in {package} nor beside it: reinstall the package")


class Rules:
    """All rule files of the shipped folder and of the user's folders over it."""

    def __init__(self, folders: Iterable[str | Path] = ()) -> None:
        self.folders = (shipped(), *(Path(f) for f in folders))
        self._sources: dict[str, list[RuleFile]] = {}
        self.kinds: dict[str, type[Rule]] = {}
        """The type of the rules of each file that has been read, by the file's name."""
        self._computed: dict[str, dict[str, str]] = {}
        """The pieces of patterns that the program has computed for a file."""
        self._shared: dict[Callable[[Rules], Any], Any] = {}
        for folder in self.folders:
            if not folder.is_dir():
                raise RulesError(f"{folder}: no such folder of rules")
        for folder in self.folders[1:]:
            _known(folder, self.folders[0])

    @cached_property
    def digest(self) -> str:
        """SHA-256 over the names and bytes of all rule files, in order."""
        digest = hashlib.sha256()
        for folder in self.folders:
            for path in sorted(p for p in folder.rglob("*") if p.suffix in (".toml", ".txt")):
                digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes())
        return digest.hexdigest()

    def shared(self, kind: Callable[["Rules"], Made]) -> Made:
        """What several rooms make of the rules (the table of units), made once. Nothing may change it."""
        if kind not in self._shared:
            self._shared[kind] = kind(self)
        made: Made = self._shared[kind]
        return made

    def stems(self) -> list[str]:
        """Names of the rule files, sorted."""
        return sorted({p.stem for folder in self.folders for p in folder.glob("*.toml")})

    def sources(self, stem: str) -> list[RuleFile]:
        """The files ``<stem>.toml`` of every folder that has one, each read once."""
        if stem not in self._sources:
            paths = [p for folder in self.folders if (p := folder / f"{stem}.toml").is_file()]
            self._sources[stem] = [read(path) for path in paths]
        return self._sources[stem]

    def written(self, stem: str) -> dict[str, Written]:
        """The rules of ``<stem>.toml`` in force, by id, in file order."""
        rules: dict[str, Written] = {}
        check: str | None = None
        for source in self.sources(stem):
            check = source.check or check
            seen: set[str] = set()
            for raw in source.rules:
                id = raw.get("id", "(no id)")
                if id in seen:
                    raise RulesError(f"{source.path}: rule {id!r}: the id stands twice in this file")
                seen.add(id)
                rules[id] = Written(source.path, raw, check)
            for id, more in source.extend.items():
                if id == FRAGMENTS:
                    continue
                if id not in rules:
                    raise RulesError(f"{source.path}: extend: no rule {id!r}; {meant(id, rules)}")
                whole = extended(rules[id].raw, more, f"{source.path}: extend {id!r}")
                rules[id] = rules[id]._replace(path=source.path, raw=whole)
        return rules

    def table(self, stem: str, kind: type[R]) -> tuple[R, ...]:
        """The rules of ``<stem>.toml`` as objects of one type, in file order."""
        known = fields(kind)
        if kind.__struct_config__.forbid_unknown_fields:  # another only looks at some keys
            self.kinds[stem] = kind
        rules = []
        for path, raw, _ in self.written(stem).values():
            if path.parent != self.folders[0]:  # the shipped ones are checked before they ship
                check(path, raw)
            rules.append(convert(path, raw, kind, known))
        return tuple(rules)

    def fragments(self, stem: str, **computed: str) -> dict[str, str]:
        """Named pieces of patterns of ``<stem>.toml``, expanded; ``computed`` ones come from the code, and
        are known from then on."""
        self._computed[stem] = computed = self._computed.get(stem, {}) | computed
        patterns: dict[str, tuple[str, Path]] = {}
        for source in self.sources(stem):
            patterns |= {name: (pattern, source.path) for name, pattern in source.fragments.items()}
            for name, words in source.extend.get(FRAGMENTS, {}).items():
                if name not in patterns or not isinstance(words, list):
                    problem = "a list is wanted" if name in patterns else meant(name, patterns)
                    raise RulesError(f"{source.path}: extend fragments: {name!r}: {problem}")
                patterns[name] = ("|".join((patterns[name][0], *words)), source.path)
        fragments = dict(computed)
        for name, (pattern, path) in patterns.items():
            fragments[name] = expand(pattern, fragments, f"{path}: fragment {name!r}")
        return fragments

    def patterns(self, stem: str, kind: type[P], flags: int = 0) -> list[tuple[P, re.Pattern[str]]]:
        """The rules of ``<stem>.toml``, each with its pattern, the fragments and its own words put in."""
        fragments = self.fragments(stem)
        found = []
        for rule in self.table(stem, kind):
            known = {**fragments, "words": alternation(getattr(rule, "words", ()))}
            pattern = expand(rule.pattern, known, f"{stem}.toml: rule {rule.id!r}")
            found.append((rule, re.compile(pattern, flags)))
        return found

    def words(self, name: str) -> tuple[str, ...]:
        """The words of ``<name>.txt`` (one a line, ``#`` starts a comment), in order, without repeats."""
        words: dict[str, None] = {}
        found = False
        for folder in self.folders:
            path = folder / f"{name}.txt"
            if not path.is_file():
                continue
            found = True
            for line in path.read_text(encoding="utf-8-sig").splitlines():
                if word := line.split("#", 1)[0].strip():
                    words[word] = None
        if not found:
            raise RulesError(f"{self.folders[0] / name}.txt: no such word list")
        return tuple(words)


def _known(folder: Path, over: Path) -> None:
    """Refuse a folder of own rules in which nothing would be read, or a file of which nothing would be."""
    files = sorted(path for path in folder.iterdir() if path.suffix in (".toml", ".txt"))
    if not files:
        raise RulesError(f"{folder}: no rule file (.toml) and no word list (.txt) in it")
    for path in files:
        if not (over / path.name).is_file():
            known = ", ".join(sorted(p.name for p in over.glob(f"*{path.suffix}")))
            raise RulesError(f"{path}: no such file among the shipped rules; known: {known}")


class Endings:
    """Words that others may end with, looked up by their last characters, so that it costs little to tell
    that a text ends with none of many."""

    def __init__(self, words: Iterable[str]) -> None:
        self._by_last: dict[str, tuple[str, ...]] = {}
        for word in sorted(set(words)):
            self._by_last[word[-1]] = (*self._by_last.get(word[-1], ()), word)

    def end(self, text: str) -> bool:
        """Whether one of the words ends the text."""
        return text.endswith(self._by_last.get(text[-1:], ()))


def expand(pattern: str, fragments: Mapping[str, str], where: str) -> str:
    """Put the named fragments into ``{name}`` of a pattern (``{2,4}`` stays a repetition)."""

    def fragment(match: re.Match[str]) -> str:
        name = match[1]
        if name not in fragments:
            raise RulesError(f"{where}: no fragment {{{name}}}; known: {', '.join(sorted(fragments))}")
        return f"(?:{fragments[name]})"

    return FRAGMENT.sub(fragment, pattern)


def alternation(words: Iterable[str]) -> str:
    """A pattern for any of the words, longest first."""
    return "|".join(re.escape(w) for w in sorted(set(words), key=lambda w: (-len(w), w)))
