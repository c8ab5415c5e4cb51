"""Loads, validates and compiles the rules: TOML files and word lists under ``rules/``.

A rule file is ``<stem>.toml``: ``check`` names the `Extractor` call that its examples run through,
``[fragments]`` names pieces of patterns, and each ``[[rule]]`` has an ``id``, a ``reason``, examples
(``yes`` and ``no``) and the keys of its room's own rule type. A user's folder of the same shape adds
rules, and replaces those whose ``id`` it repeats.
"""

import hashlib
import re
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

import msgspec
import tomli

Example = dict[str, Any]

FRAGMENT = re.compile(r"\{([a-z_][a-z0-9_]*)\}")
PATTERNS = ("pattern", "unless", "only", "before", "after", "itself", "line", "left")
"""Keys whose strings are patterns."""


class RulesError(ValueError):
    """A rule file that cannot be used: the message names file, rule and key."""


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


class Source(msgspec.Struct, frozen=True):
    """One rule file as read."""

    path: Path
    check: str | None
    fragments: Mapping[str, str]
    rules: tuple[dict[str, Any], ...]


R = TypeVar("R", bound=Rule)
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
        self._sources: dict[str, list[Source]] = {}
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
            for path in sorted(p for p in folder.rglob("*") if p.is_file()):
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

    def sources(self, stem: str) -> list[Source]:
        """The files ``<stem>.toml`` of every folder that has one, each read once."""
        if stem not in self._sources:
            paths = [p for folder in self.folders if (p := folder / f"{stem}.toml").is_file()]
            self._sources[stem] = [_read(path) for path in paths]
        return self._sources[stem]

    def table(self, stem: str, kind: type[R]) -> tuple[R, ...]:
        """The rules of ``<stem>.toml`` as objects of one type, in file order."""
        rules: dict[str, R] = {}
        for source in self.sources(stem):
            seen: set[str] = set()
            for raw in source.rules:
                if source.path.parent != self.folders[0]:  # the shipped ones are checked before they ship
                    _check(source.path, raw)
                rule = _convert(source.path, raw, kind)
                if rule.id in seen:
                    raise RulesError(f"{source.path}: rule {rule.id!r}: the id stands twice in this file")
                seen.add(rule.id)
                rules[rule.id] = rule
        return tuple(rules.values())

    def fragments(self, stem: str, **computed: str) -> dict[str, str]:
        """Named pieces of patterns of ``<stem>.toml``, expanded; ``computed`` ones come from the code."""
        fragments = dict(computed)
        for source in self.sources(stem):
            for name, pattern in source.fragments.items():
                fragments[name] = expand(pattern, fragments, f"{source.path}: fragment {name!r}")
        return fragments

    def words(self, name: str) -> tuple[str, ...]:
        """The words of ``<name>.txt`` (one a line, ``#`` starts a comment), in order, without repeats."""
        words: dict[str, None] = {}
        found = False
        for folder in self.folders:
            path = folder / f"{name}.txt"
            if not path.is_file():
                continue
            found = True
            for line in path.read_text(encoding="utf-8").splitlines():
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


def _read(path: Path) -> Source:
    try:
        data = tomli.loads(path.read_text(encoding="utf-8"))
    except (tomli.TOMLDecodeError, UnicodeDecodeError) as error:
        raise RulesError(f"{path}: not valid TOML: {error}") from error
    unknown = data.keys() - {"check", "fragments", "rule"}
    if unknown:
        raise RulesError(
            f"{path}: unknown key {sorted(unknown)[0]!r}; a rule file has check, fragments, rule"
        )
    return Source(path, data.get("check"), data.get("fragments", {}), tuple(data.get("rule", ())))


def _convert(path: Path, raw: dict[str, Any], kind: type[R]) -> R:
    try:
        return msgspec.convert(raw, kind)
    except msgspec.ValidationError as error:
        raise RulesError(f"{path}: rule {raw.get('id', '(no id)')!r}: {error}") from error


def _check(path: Path, raw: dict[str, Any]) -> None:
    """Refuse a rule with a bad pattern, which would fail only when it is used."""
    for key in raw.keys() - {"yes", "no"}:
        if problem := _problem(key, raw[key]):
            raise RulesError(f"{path}: rule {raw.get('id', '(no id)')!r}: {problem}")


def _problem(key: str, value: Any) -> str | None:
    """What is wrong with a pattern of a rule, which its type does not tell."""
    if isinstance(value, dict):
        return next((p for k, v in value.items() if (p := _problem(k, v))), None)
    if isinstance(value, list):
        return next((p for v in value if (p := _problem(key, v))), None)
    if key in PATTERNS and isinstance(value, str):
        try:
            re.compile(FRAGMENT.sub("x", value))
        except re.error as error:
            return f"`{key}` is no pattern: {error}: {value}"
    return None
