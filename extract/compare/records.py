"""Two extractions of one article, record by record."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal, NamedTuple

import msgspec

from extract.gold.score import match, sentence
from extract.records import GROUPS, AnyRecord, Extraction, Official, Span

What = Literal["gained", "lost", "changed"]
UNSAID = ("id", "rule", "confidence")
"""Fields that say nothing of the world."""
LINKS = ("date", "metric", "part_of", "same_as")
"""Fields that name another record, whose id may be another in the other run."""


class Difference(NamedTuple):
    """A record that only one run has, or that they have differently."""

    what: What
    article: str
    group: str
    before: AnyRecord | None
    after: AnyRecord | None
    fields: Mapping[str, tuple[Any, Any]]
    """Of a changed one, what differs by its dotted name: before and after."""
    sentence: str
    """The sentence that it stands in; empty where the text is not at hand."""

    @property
    def record(self) -> AnyRecord:
        """The record as it is, or as it was."""
        record = self.after or self.before
        assert record is not None  # a change has one of them
        return record


def changes(before: Extraction, after: Extraction) -> Iterator[Difference]:
    """What differs between two extractions of an article, in the order of the text, group by group."""
    text = after.text if after.text is not None else before.text
    for group in GROUPS:
        told = _of_group(group, before, after)
        yield from sorted((c._replace(sentence=_sentence(text, c.record)) for c in told), key=_place)


def _of_group(group: str, before: Extraction, after: Extraction) -> Iterator[Difference]:
    old, new = getattr(before, group), getattr(after, group)
    pairs = _people(old, new) if group == "officials" else match(_spans(old), _spans(new))
    for i, j in pairs:
        fields = _differing(_said(old[i], before), _said(new[j], after))
        if fields:
            yield Difference("changed", after.article.id, group, old[i], new[j], fields, "")
    kept, made = {i for i, _ in pairs}, {j for _, j in pairs}
    for i, record in enumerate(old):
        if i not in kept:
            yield Difference("lost", after.article.id, group, record, None, {}, "")
    for j, record in enumerate(new):
        if j not in made:
            yield Difference("gained", after.article.id, group, None, record, {}, "")


def _people(old: Sequence[Official], new: Sequence[Official]) -> list[tuple[int, int]]:
    """Pairs of one name, in their order: two persons may share it."""
    free = list(enumerate(new))
    pairs = []
    for i, person in enumerate(old):
        at = next((n for n, (_, other) in enumerate(free) if other.name == person.name), None)
        if at is not None:
            pairs.append((i, free.pop(at)[0]))
    return pairs


def _spans(records: Sequence[Any]) -> list[tuple[int, int]]:
    return [(record.span.start, record.span.end) for record in records]


def _said(record: AnyRecord, extraction: Extraction) -> dict[str, Any]:
    """What a record says, by dotted names; another record that it names is given by its text."""
    plain: dict[str, Any] = msgspec.to_builtins(record)
    for link in LINKS:
        if isinstance(id := plain.get(link), str) and (link != "date" or extraction.dates):
            plain[link] = _first(extraction[id]).text
    return {
        name: value for key, part in plain.items() if key not in UNSAID for name, value in _flat(key, part)
    }


def _flat(key: str, value: Any) -> Iterator[tuple[str, Any]]:
    if not isinstance(value, dict):
        yield key, value
    elif key.endswith("span"):
        yield key, value["text"]
    else:
        for inner, part in value.items():
            yield from _flat(f"{key}.{inner}", part)


def _differing(old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
    return {
        name: (old.get(name), new.get(name))
        for name in dict.fromkeys((*old, *new))
        if old.get(name) != new.get(name) and (old.get(name), new.get(name)) not in ((None, ()), ((), None))
    }


def _first(record: AnyRecord) -> Span:
    return record.mentions[0] if isinstance(record, Official) else record.span


def _sentence(text: str | None, record: AnyRecord) -> str:
    return sentence(text, _first(record).start) if text is not None else ""


def _place(change: Difference) -> tuple[int, str]:
    return _first(change.record).start, change.what
