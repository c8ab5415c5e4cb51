"""Runs the examples of the rules: each says what it finds, and what it must not find."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any, NamedTuple, get_args

import msgspec

from extract.pipeline import Extractor
from extract.records import (
    ArticleInfo,
    Date,
    Metric,
    Notice,
    Number,
    Official,
    Percentage,
    Quantity,
    Span,
)
from extract.rulefile import RulesError, meant
from extract.rules import Example, Rules, Written

SETTINGS = ("text", "reference", "known")
"""Keys of an example that say how to run it; the others are fields that a record must have."""
CHECKS: Mapping[str, tuple[type[Any], ...]] = {
    "numbers": (Number,),
    "quantities": (Quantity,),
    "percentages": (Percentage,),
    "dates": (Date,),
    "officials": (Official,),
    "metrics": (Metric,),
    "extract": (ArticleInfo, Notice),
    "pages": (ArticleInfo, Notice),
}
"""What the examples of a file can run through, calls of the extractor, and the records that these give."""
NULL = ("", "none")
"""What stands for null, which TOML does not have."""


class RuleExamples(NamedTuple):
    """The examples of one rule, and where it stands."""

    path: Path
    rule: str
    reason: str
    check: str
    yes: Sequence[Example]
    no: Sequence[Example | str]


class Broken(NamedTuple):
    """An example that does not hold."""

    path: Path
    rule: str
    text: str
    problem: str

    def __str__(self) -> str:
        return f"{self.path}: rule {self.rule!r}: {self.text!r}: {self.problem}"


def examples(rules: Rules) -> Iterator[RuleExamples]:
    """The examples of every rule in force: a rule that a later folder replaces is left out."""
    for stem in rules.stems():
        yield from map(_examples, rules.written(stem).values())


def _examples(written: Written) -> RuleExamples:
    path, rule, check = written
    if check is None or check not in CHECKS:
        raise RulesError(f"{path}: check: {check!r} is none of {', '.join(CHECKS)}")
    id = rule.get("id", "(no id)")
    missing = [key for key in ("id", "yes", "no") if not rule.get(key)]
    if missing:
        raise RulesError(f"{path}: rule {id!r}: {missing[0]}: missing or empty")
    for example in (*rule["yes"], *rule["no"]):
        if isinstance(example, dict) and (problem := _misspelt(example, CHECKS[check])):
            raise RulesError(f"{path}: rule {id!r}: {example['text']!r}: {problem}")
    return RuleExamples(path, id, rule.get("reason", ""), check, rule["yes"], rule["no"])


def _misspelt(example: Example, kinds: tuple[type[Any], ...]) -> str | None:
    """What is wrong with the fields that an example speaks of: none has such a name."""
    if not isinstance(example.get("text"), str):
        return "an example needs a `text`"
    said = {key: value for key, value in example.items() if key not in SETTINGS}
    for path in _paths(said):
        problems = [_unknown(kind, path.split(".")) for kind in kinds]
        if all(problems):
            return problems[0]
    return None


def _paths(value: Any, above: str = "") -> Iterator[str]:
    """The dotted names of the fields that an example speaks of, those of records in records too."""
    for inner in value if isinstance(value, list) else ():
        yield from _paths(inner, above)
    for key, inner in value.items() if isinstance(value, dict) else ():
        yield f"{above}{key}"
        yield from _paths(inner, f"{above}{key}.")


def _unknown(kind: Any, path: Sequence[str]) -> str | None:
    """What is wrong with a dotted name of a field of a record."""
    fields = {field.encode_name: field.type for field in msgspec.structs.fields(kind)}
    name, *rest = path
    if name not in fields:
        return f"{kind.__name__} has no field {name!r}; {meant(name, fields)}"
    inside = next((part for part in get_args(fields[name]) if isinstance(part, type)), None)
    if rest and (inside is None or not issubclass(inside, msgspec.Struct)):
        return f"{name} of {kind.__name__} has no fields"
    return _unknown(inside, rest) if rest else None


def check(extractor: Extractor, rule: RuleExamples) -> Iterator[Broken]:
    """The examples of a rule that do not hold."""
    for example in rule.yes:
        records = found(extractor, rule.check, example)
        if not any(matches(record, example) for record in records):
            problem = f"{_wanted(example)} not among {_brief(records, example)}"
            yield Broken(rule.path, rule.rule, example["text"], problem)
    for no in rule.no:
        example = {"text": no} if isinstance(no, str) else no
        wrong = [r for r in found(extractor, rule.check, example) if matches(r, example)]
        if wrong:
            yield Broken(rule.path, rule.rule, example["text"], f"should not find {_brief(wrong, example)}")


def found(extractor: Extractor, check: str, example: Example) -> Sequence[Any]:
    """The records that a check finds in the text of an example; ``extract`` is for what is said of the
    article itself, and the warnings; ``pages`` likewise,
    for the code of a page. ``reference`` is the date that the text is of; ``known`` is what else
    `Extractor.extract` is told of it."""
    text, reference = example["text"], _moment(example.get("reference"))
    if check == "dates":
        return extractor.dates(text, reference)
    if check == "pages":
        read = extractor.page(text)
        return extractor.extract(read.text, **read.known).article, *read.warnings
    if check in ("metrics", "percentages", "extract"):
        published = reference.date() if isinstance(reference, datetime) else reference
        extraction = extractor.extract(text, **{"published": published} | example.get("known", {}))
        if check == "extract":
            return extraction.article, *extraction.warnings
        group: Sequence[Any] = getattr(extraction, check)
        return group
    records: Sequence[Any] = getattr(extractor, check)(text)
    return records


def matches(record: Any, example: Example) -> bool:
    """Whether a record has all the fields of an example; ``change.direction`` looks inside."""
    return all(_equal(_field(record, key), value) for key, value in example.items() if key not in SETTINGS)


def _field(record: Any, key: str) -> Any:
    for part in key.split("."):
        record = getattr(record, "from_" if part == "from" else part, None)
    return record


def _equal(actual: Any, wanted: Any) -> bool:
    """A span is its text; lists and tables are compared piece by piece."""
    if isinstance(actual, Span) and isinstance(wanted, str):
        return actual.text == wanted
    if isinstance(wanted, dict):
        return all(_equal(_field(actual, key), value) for key, value in wanted.items())
    if isinstance(wanted, list):
        return len(actual or ()) == len(wanted) and all(map(_equal, actual or (), wanted))
    if isinstance(wanted, date):
        return bool(actual == wanted.isoformat())
    return bool(actual == wanted) or (actual is None and wanted in NULL)


def _moment(value: Any) -> date | datetime | None:
    if isinstance(value, str):
        return datetime.fromisoformat(value) if "T" in value else date.fromisoformat(value)
    return value if isinstance(value, date) else None


def _wanted(example: Example) -> str:
    return str({key: value for key, value in example.items() if key not in SETTINGS})


def _brief(records: Iterable[Any], example: Example) -> str:
    """The records by their texts, and by the fields that the example speaks of."""
    keys = [key for key in example if key not in (*SETTINGS, "span")]
    return "; ".join(_shown(record, keys) for record in records) or "no records"


def _shown(record: Any, keys: Iterable[str]) -> str:
    span = getattr(record, "span", None)
    fields = {key: _field(record, key) for key in keys}
    return f"{span.text if span else type(record).__name__} {fields}"
