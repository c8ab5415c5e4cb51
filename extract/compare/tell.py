"""Tells what two runs have differently: in lines of text, or as Markdown for a pull request."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from extract.brief import brief
from extract.compare.records import Difference, What
from extract.markdown import plain
from extract.records import GROUPS

SIGNS: dict[What, str] = {"gained": "+", "lost": "−", "changed": "~"}
MOST = 200
"""Changes that Markdown tells: a comment on a pull request has bounds."""


def told(changes: Sequence[Difference], articles: int) -> Iterator[str]:
    """Each change with its sentence, then how many there are."""
    for change in changes:
        yield f"{change.what}: {change.article}: {change.group}: {_record(change)}"
        yield from (f"   {name}: {_value(old)} → {_value(new)}" for name, (old, new) in change.fields.items())
        if change.sentence:
            yield f"   {change.sentence}"
    counts = ", ".join(_counted(group, changes) for group in GROUPS)
    yield f"{articles} articles, {len({c.article for c in changes})} with changes: {counts}"


def markdown(changes: Sequence[Difference], articles: int) -> Iterator[str]:
    """A table of counts, then the changes, as many as a comment has room for."""
    yield f"**{len(changes)} changes** in {len({c.article for c in changes})} of {articles} articles"
    yield ""
    yield "| | gained | lost | changed |"
    yield "| --- | --- | --- | --- |"
    for group in GROUPS:
        counts = Counter(change.what for change in changes if change.group == group)
        yield f"| {group} | {counts['gained']} | {counts['lost']} | {counts['changed']} |"
    if changes:
        yield ""
    for change in changes[:MOST]:
        yield f"- **{change.what}** {change.group}, {plain(change.article)}: {plain(_record(change))}"
        for name, (old, new) in change.fields.items():
            yield f"  - {plain(name)}: {plain(_value(old))} → {plain(_value(new))}"
        if change.sentence:
            yield f"  > {plain(change.sentence)}"
    if len(changes) > MOST:
        yield f"- and {len(changes) - MOST} more"


def _record(change: Difference) -> str:
    record = change.record
    span = getattr(record, "span", None)
    return f"{span.text if span else record.name} ({brief(record)})"  # type: ignore[union-attr]  # one of them


def _counted(group: str, changes: Iterable[Difference]) -> str:
    counts = Counter(change.what for change in changes if change.group == group)
    return f"{group} " + " ".join(f"{sign}{counts[what]}" for what, sign in SIGNS.items())


def _value(value: Any) -> str:
    if isinstance(value, dict):
        return "(" + ", ".join(f"{k} {_value(v)}" for k, v in value.items() if v not in (None, [], ())) + ")"
    if isinstance(value, list | tuple):
        return "; ".join(map(_value, value)) or "none"
    return "null" if value is None else str(value)
