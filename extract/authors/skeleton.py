"""The beginning of a new rule: the keys of its kind, with what each may be, and examples to fill in."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from msgspec import NODEFAULT, inspect

from extract.examples import examples
from extract.rulefile import RulesError, literals, meant
from extract.rules import Rules

GIVEN = ("id", "reason", "yes", "no")
"""Keys that every rule has."""


def skeleton(rules: Rules, stem: str, id: str) -> str:
    """A rule of the kind of a file, to be filled in. ``rules`` must have been read by an extractor, which
    knows the kinds. Raises `RulesError` where there is no such file, or where a rule has this id."""
    kinds = rules.kinds
    if stem not in kinds:
        raise RulesError(f"no rule file {stem!r}; {meant(stem, kinds)}")
    in_force = list(examples(rules))
    if any(rule.rule == id for rule in in_force):
        raise RulesError(f"a rule has the id {id!r}: an own one of this id would replace it")
    model = next(rule for rule in in_force if rule.path.stem == stem)
    fields = inspect.type_info(kinds[stem])
    assert isinstance(fields, inspect.StructType)  # every rule is one
    return "\n".join(
        (
            f"# What the keys mean is said at the head of {stem}.toml among the shipped rules.",
            "[[rule]]",
            f'id = "{id}"',
            'reason = ""  # what the words have in common, or why the pattern is as it is',
            *(_line(field) for field in fields.fields if field.name not in GIVEN),
            f"# what must be found, field by field, as {model.rule} has it:",
            f"#   {_toml(model.yes[0])}",
            'yes = [{ text = "", span = "" }]',
            f"# what must not be found: a text, or a table as above that nothing may match; {model.rule} has",
            f"#   {_toml(model.no[0])}",
            'no = [""]',
            "",
        )
    )


def written(folder: Path, stem: str, rule: str) -> Path:
    """Put a rule into a folder of own rules, behind those that its file has."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{stem}.toml"
    before = path.read_text(encoding="utf-8-sig") + "\n" if path.is_file() else ""
    path.write_text(before + rule, encoding="utf-8")
    return path


def _line(field: inspect.Field) -> str:
    """A key: one that must be there with an empty value, any other as a comment."""
    choices = sorted(map(str, literals(field.type)))
    needed = field.default is NODEFAULT and field.default_factory is NODEFAULT
    value = f'"{choices[0]}"' if choices else _empty(field.type)
    said = f"  # {' | '.join(choices)}" if choices else ""
    return f"{'' if needed else '# '}{field.name} = {value}{said}"


def _empty(kind: inspect.Type) -> str:
    if isinstance(kind, inspect.UnionType):
        kind = next(one for one in kind.types if not isinstance(one, inspect.NoneType))
    if isinstance(kind, inspect.VarTupleType | inspect.ListType | inspect.TupleType):
        return '[""]'
    if isinstance(kind, inspect.DictType):
        return "{}"
    if isinstance(kind, inspect.BoolType):
        return "true"
    return "0" if isinstance(kind, inspect.IntType | inspect.FloatType) else '""'


def _toml(value: Any) -> str:
    """An example on one line."""
    return "".join(_parts(value))


def _parts(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        pairs = (
            f"{key if key.isidentifier() else _toml(key)} = {_toml(part)}" for key, part in value.items()
        )
        yield f"{{ {', '.join(pairs)} }}"
    elif isinstance(value, list):
        yield f"[{', '.join(map(_toml, value))}]"
    elif isinstance(value, str):
        escaped = value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
        yield f'"{escaped}"'
    else:
        yield str(value).lower() if isinstance(value, bool) else str(value)
