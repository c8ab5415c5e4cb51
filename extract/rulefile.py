"""One rule file: TOML, checked for its shape, with messages that name file, rule and key."""

import re
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import msgspec
import tomli
from msgspec import inspect

from extract.unusable import Unusable

FRAGMENT = re.compile(r"\{([a-z_][a-z0-9_]*)\}")
PATTERNS = ("pattern", "unless", "only", "before", "after", "itself", "line", "left")
"""Keys whose strings are patterns."""
PROSE = ("id", "reason", "yes", "no")
"""Keys whose strings are text."""
KEYS = ("check", "fragments", "rule", "extend")
FRAGMENTS = "fragments"
"""In place of a rule's id in ``[extend]``."""

Raw = dict[str, Any]


class RulesError(Unusable):
    """A rule file that cannot be used: the message names file, rule and key."""


class RuleFile(msgspec.Struct, frozen=True):
    """One rule file as read."""

    path: Path
    check: str | None
    fragments: Mapping[str, str]
    rules: tuple[Raw, ...]
    extend: Mapping[str, Raw]
    """What is added to the lists of rules, by id, and to ``fragments``."""


def read(path: Path) -> RuleFile:
    """A rule file. A byte order mark is no part of it; a pattern may be broken over lines, and be a list of
    what it chooses from."""
    try:
        data = tomli.loads(path.read_text(encoding="utf-8-sig"))
    except (tomli.TOMLDecodeError, UnicodeDecodeError) as error:
        raise RulesError(f"{path}: not valid TOML: {error}") from error
    if unknown := data.keys() - set(KEYS):
        raise RulesError(f"{path}: unknown key {min(unknown)!r}; a rule file has {', '.join(KEYS)}")
    data = _in_one_line(data)
    fragments = {name: choice(pattern) for name, pattern in data.get("fragments", {}).items()}
    return RuleFile(path, data.get("check"), fragments, tuple(data.get("rule", ())), data.get("extend", {}))


def _in_one_line(value: Any) -> Any:
    """A value in which line breaks, and what the lines are set in by, are no part of any string."""
    if isinstance(value, dict):
        return {k: v if k in PROSE else _in_one_line(v) for k, v in value.items()}
    if isinstance(value, list):
        return [_in_one_line(v) for v in value]
    if isinstance(value, str) and "\n" in value:
        return "".join(line.lstrip(" \t") for line in value.split("\n"))
    return value


def choice(pattern: str | list[str]) -> str:
    """A pattern; of a list, one for any of its members, the first that matches."""
    return pattern if isinstance(pattern, str) else "|".join(pattern)


def extended(raw: Raw, more: Raw, where: str) -> Raw:
    """A rule with what a later file adds to its lists and tables."""
    whole = dict(raw)
    for key, value in more.items():
        old = whole.get(key, type(value)())
        if isinstance(old, list) and isinstance(value, list):
            whole[key] = [*old, *(entry for entry in value if entry not in old)]
        elif isinstance(old, dict) and isinstance(value, dict):
            whole[key] = {**old, **value}
        else:
            raise RulesError(
                f"{where}: {key}: only a list or a table can be extended, by one; "
                "to change anything else, repeat the whole rule with its id"
            )
    return whole


def meant(name: str, known: Iterator[str] | Mapping[str, Any]) -> str:
    """What a name that is not known may have been meant as, for a message."""
    names = sorted(known)
    close = get_close_matches(name, names, n=3, cutoff=0.5)
    return f"did you mean {' or '.join(map(repr, close))}?" if close else f"known: {', '.join(names)}"


def fields(kind: type[Any]) -> dict[str, inspect.Type]:
    """The keys of a type of rule, and what each may be."""
    info = inspect.type_info(kind)
    return {field.name: field.type for field in info.fields} if isinstance(info, inspect.StructType) else {}


def check(path: Path, raw: Raw) -> None:
    """Refuse a rule with a bad pattern, which would fail only when it is used."""
    for key in raw.keys() - set(PROSE):
        if problem := _problem(key, raw[key]):
            raise RulesError(f"{path}: rule {raw.get('id', '(no id)')!r}: {problem}")


def convert(path: Path, raw: Raw, kind: type[Any], fields: Mapping[str, inspect.Type]) -> Any:
    """A rule as an object of its room's type, which has the fields."""
    try:
        return msgspec.convert(_chosen(raw, fields), kind)
    except msgspec.ValidationError as error:
        hint = _hint(str(error), fields)
        raise RulesError(f"{path}: rule {raw.get('id', '(no id)')!r}: {error}{hint}") from error


def _chosen(raw: Raw, fields: Mapping[str, inspect.Type]) -> Raw:
    """A rule in which patterns that are lists of choices are one."""
    return {
        key: choice(value) if _is_list_of_text(value) and _is_text(fields.get(key)) else _inside(value)
        for key, value in raw.items()
    }


def _inside(value: Any) -> Any:
    """Likewise the patterns of the words of a list."""
    if not isinstance(value, list):
        return value
    return [
        {k: choice(v) if k in PATTERNS and _is_list_of_text(v) else v for k, v in entry.items()}
        if isinstance(entry, dict)
        else entry
        for entry in value
    ]


def _is_list_of_text(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(entry, str) for entry in value)


def _is_text(kind: inspect.Type | None) -> bool:
    kinds = kind.types if isinstance(kind, inspect.UnionType) else (kind,)
    return any(isinstance(one, inspect.StrType) for one in kinds)


def _hint(message: str, fields: Mapping[str, inspect.Type]) -> str:
    """What a message of the wrong kind of value leaves open: the choices, or the keys that there are."""
    if unknown := re.search(r"unknown field `(\w+)`$", message):
        return f"; {meant(unknown[1], fields)}"
    key = re.search(r"at `\$\.(\w+)", message)
    choices = sorted(map(str, literals(fields[key[1]]))) if key and key[1] in fields else []
    return f"; choices: {', '.join(choices)}" if choices and "enum" in message else ""


def literals(kind: Any) -> Iterator[Any]:
    """The values that a field of certain values may have, in lists of such too."""
    if isinstance(kind, inspect.LiteralType):
        yield from kind.values
    for part in getattr(kind, "types", ()):
        yield from literals(part)
    if (item := getattr(kind, "item_type", None)) is not None:
        yield from literals(item)


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
