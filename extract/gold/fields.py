"""The fields that are judged in a record of each group, and the verdict on one record."""

from collections.abc import Callable, Mapping
from operator import attrgetter, eq
from typing import Any, NamedTuple

from msgspec import UNSET

from extract.gold import judge

Get = Callable[[Any], Any]
Same = Callable[[Any, Any], bool]


class Field(NamedTuple):
    """What a gold record states (``UNSET`` is nothing), what a found one says, and when that is the same."""

    expected: Get
    found: Get
    same: Same = eq


class Check(NamedTuple):
    """A field of a record, judged."""

    right: bool
    expected: Any
    found: Any


Verdict = Mapping[str, Check]
"""A check for each field that the gold states; ``found`` always, ``record`` where the group has a whole."""


def _plain(name: str, same: Same = eq, *more: str) -> Field:
    get = attrgetter(name, *more)
    return Field(get, get, same)


def _unless_null(name: str) -> Field:
    """A field that the gold leaves open by null."""
    get = attrgetter(name)
    return Field(lambda gold: UNSET if get(gold) is None else get(gold), get)


def _of_change(name: str, same: Same = eq) -> Field:
    """A field of a metric's change, where the gold has one."""
    return Field(
        lambda gold: getattr(gold.change, name) if gold.change else UNSET,
        lambda found: getattr(found.change, name, None),
        same,
    )


def _named(same: Same) -> Field:
    return Field(lambda gold: (gold.name, *gold.name_alt), attrgetter("name"), same)


FIELDS: Mapping[str, Mapping[str, Field]] = {
    "metrics": {
        "value": _plain("value", judge.same_values, "value_max"),
        "unit": Field(
            lambda gold: UNSET if gold.value is None else gold.unit, attrgetter("unit"), judge.same_unit
        ),
        "bound": _plain("bound"),
        "name": _named(judge.among),
        "name~": _named(judge.close),
        "change": _plain("change", judge.same_change),
        "basis": _of_change("basis"),
        "base": _of_change("base", judge.close_or_none),
        "from": _of_change("from_", judge.same),
        "scope": _plain("scope", judge.close_or_none),
        "period": _plain("period", judge.close_or_none),
        "part_of": _plain("part_of"),
        "same_as": _plain("same_as"),
    },
    "percentages": {
        "value": _plain("value", judge.same),
        "unit": _plain("unit"),
        "role": _plain("role"),
        "direction": _plain("direction"),
        "basis": _plain("basis"),
        "bound": _plain("bound"),
        "metric": _plain("metric"),
    },
    "dates": {
        "span": Field(attrgetter("text"), attrgetter("span.text")),
        "kind": _plain("kind"),
        "interval": Field(
            lambda gold: (gold.start, gold.end) if gold.start or gold.end else UNSET,
            attrgetter("start", "end"),
            judge.same_interval,
        ),
        "granularity": _unless_null("granularity"),
        "relative": _plain("relative"),
    },
    "officials": {"posts": _plain("posts", judge.same_posts), "mentions": _plain("mentions", judge.same_set)},
    "posts": {"status": _plain("status"), "event": _plain("event")},
}
WHOLE = {
    "metrics": ("value", "unit", "name~", "change"),
    "percentages": ("value", "unit", "role", "direction"),
    "dates": ("kind", "interval"),
    "officials": ("posts",),
}
"""The fields that make a record of a group right as a whole."""


def verdict(group: str, gold: Any, found: Any | None) -> Verdict:
    """Judge what was found for a gold record; where that is nothing, every stated field is wrong."""
    checks = {"found": Check(found is not None, gold, found)}
    for name, field in FIELDS[group].items():
        expected = field.expected(gold)
        if expected is UNSET:
            continue
        actual = None if found is None else field.found(found)
        checks[name] = Check(found is not None and field.same(expected, actual), expected, actual)
    if group in WHOLE:
        right = all(checks[name].right for name in ("found", *WHOLE[group]) if name in checks)
        checks["record"] = Check(right, gold, found)
    return checks
