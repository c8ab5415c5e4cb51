"""What all annotation tools have: a text with labelled spans, their attributes, and arrows between them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import msgspec
from msgspec import UNSET

from extract.gold.corpus import (
    Gold,
    GoldDate,
    GoldError,
    GoldMetric,
    GoldOfficial,
    GoldPercentage,
    Key,
    find,
    key_of,
)
from extract.gold.write import apart, stem

LABELS: Mapping[str, str] = {
    "METRIC": "metrics",
    "PERCENT": "percentages",
    "DATE": "dates",
    "OFFICIAL": "officials",
}
RELATIONS = ("part_of", "same_as", "metric", "same_person")
"""The total that a metric is part of; the metric that said it before; what a percentage belongs to; another
mention of a person."""
CHOICES: Mapping[str, tuple[str, ...]] = {
    "bound": ("exact", "about", "over", "nearly", "under"),
    "direction": ("increase", "decrease", "unchanged"),
    "basis": ("year_on_year", "period_on_period", "versus"),
    "role": ("change", "share", "rate"),
    "kind": ("date", "period", "duration", "recurrence"),
}
"""Attributes with a few values."""
WORDS = (
    *("name", "name_alt", "value", "value_max", "unit", "amount", "change_unit", "base", "from"),
    *("scope", "period", "start", "end", "granularity", "relative", "optional", "posts"),
)
"""Attributes that are written out."""
CHANGE = {"direction": "direction", "amount": "amount", "change_unit": "unit", "basis": "basis"} | {
    "base": "base",
    "from": "from",
}
NUMBERS = ("value", "value_max", "amount", "from")
KINDS: Mapping[str, type[msgspec.Struct]] = {
    "METRIC": GoldMetric,
    "PERCENT": GoldPercentage,
    "DATE": GoldDate,
    "OFFICIAL": GoldOfficial,
}


class Annotation(msgspec.Struct, frozen=True, kw_only=True):
    """A labelled span; attributes are texts, as in the tools."""

    id: str
    label: str
    start: int
    end: int
    attributes: dict[str, str] = {}


class Relation(msgspec.Struct, frozen=True):
    """An arrow from one annotation to another."""

    kind: str
    source: str
    target: str


class Document(msgspec.Struct, frozen=True, kw_only=True):
    """An annotated text."""

    id: str
    text: str
    published: str | None = None
    annotations: tuple[Annotation, ...] = ()
    relations: tuple[Relation, ...] = ()
    score: float | None = None
    """How sure its records are, of 1, where they were found and not made by hand."""


def document(id: str, text: str, gold: Gold) -> Document:
    """The gold of a text as annotations."""
    annotations: list[Annotation] = []
    relations: list[Relation] = []
    ids = {metric.key: f"m{number}" for number, metric in enumerate(gold.metrics, 1)}
    for label in ("METRIC", "PERCENT", "DATE"):
        for number, record in enumerate(getattr(gold, LABELS[label]), 1):
            name = f"{label[0].lower()}{number}"
            start = find(text, record.text, record.nth)
            place = (start, start + len(record.text))
            annotations.append(_annotation(name, label, place, _attributes(record)))
            links = ((kind, getattr(record, kind, UNSET)) for kind in RELATIONS)
            relations += (Relation(kind, name, ids[key]) for kind, key in links if key)
    for number, official in enumerate(gold.officials, 1):
        mentions = list(_mentions(f"o{number}", official, text))
        annotations += mentions
        relations += (Relation("same_person", other.id, mentions[0].id) for other in mentions[1:])
    return Document(
        id=id,
        text=text,
        published=gold.reference_date,
        annotations=tuple(annotations),
        relations=tuple(relations),
    )


def _mentions(id: str, official: GoldOfficial, text: str) -> Iterator[Annotation]:
    """The mentions of a person; the first says who it is."""
    for number, key in enumerate(official.mentions or ()):
        words, _, nth = key.rpartition("#")
        start = find(text, words, int(nth))
        name = f"{id}.{number + 1}" if number else id
        attributes = {} if number else _attributes(official)
        yield _annotation(name, "OFFICIAL", (start, start + len(words)), attributes)


def _annotation(id: str, label: str, place: tuple[int, int], attributes: dict[str, str]) -> Annotation:
    return Annotation(id=id, label=label, start=place[0], end=place[1], attributes=attributes)


def _attributes(record: Any) -> dict[str, str]:
    """The fields of a gold record as texts; what goes without saying is left out."""
    plain: dict[str, Any] = msgspec.to_builtins(record)
    change = plain.pop("change", None) or {}
    plain |= {name: change[field] for name, field in CHANGE.items() if field in change}
    skipped = {"text", "nth", "mentions", *RELATIONS}
    return {name: _written(value) for name, value in plain.items() if name not in skipped}


def _written(value: Any) -> str:
    return value if isinstance(value, str) else msgspec.json.encode(value).decode()


def gold(document: Document) -> Gold:
    """The annotations of a text as gold. Raises `GoldError` where one says what no record can."""
    links: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for relation in document.relations:
        links[relation.source][relation.kind] = relation.target
    keys = {a.id: key_of(document.text, a.start, a.end) for a in document.annotations}
    groups: dict[str, list[Any]] = {group: [] for group in LABELS.values()}
    for one in sorted(document.annotations, key=_order):
        if one.label in LABELS and one.label != "OFFICIAL":
            groups[LABELS[one.label]].append(_record(document, one, keys, links[one.id]))
    groups["officials"] = list(_officials(document, keys, links))
    placed = {group: tuple(apart(groups[group])) for group in ("metrics", "percentages", "dates")}
    return Gold(
        article=f"{stem(document.id)}.txt",
        reference_date=document.published,
        officials=tuple(groups["officials"]),
        **placed,
    )


def _order(one: Annotation) -> tuple[str, int, str]:
    """By the number of its id, as it was written; what an annotator added comes behind, by place."""
    number = one.id[1:].split(".")[0]
    written = one.id[:1] in "mpdo" and number.isdecimal()
    return ("", int(number), one.id) if written else ("~", one.start, one.id)


def _record(document: Document, one: Annotation, keys: Mapping[str, Key], links: Mapping[str, str]) -> Any:
    words, _, nth = keys[one.id].rpartition("#")
    fields = {"text": words, "nth": int(nth), **_fields(one)}
    fields |= {kind: keys[target] for kind, target in links.items() if target in keys}
    if one.label == "METRIC":
        fields = {"name": words} | fields
        change = {field: fields.pop(name) for name, field in CHANGE.items() if name in fields}
        fields["change"] = change if change.get("direction") else None
    return _converted(document, one, fields)


def _officials(
    document: Document, keys: Mapping[str, Key], links: Mapping[str, Mapping[str, str]]
) -> Iterator[Any]:
    """A record for each person, with the mentions that arrows lead from."""
    persons = sorted((a for a in document.annotations if a.label == "OFFICIAL"), key=_order)
    others: defaultdict[str, list[Annotation]] = defaultdict(list)
    for one in persons:
        if target := links[one.id].get("same_person"):
            others[target].append(one)
    for one in persons:
        if "same_person" in links[one.id]:
            continue
        mentions = sorted((one, *others[one.id]), key=lambda mention: mention.start)
        name = {"name": document.text[one.start : one.end], "posts": []}
        yield _converted(document, one, name | _fields(one) | {"mentions": [keys[m.id] for m in mentions]})


def _fields(one: Annotation) -> dict[str, Any]:
    """The attributes as values; what is no number where one belongs is an error of the conversion."""
    structured = (*NUMBERS, "name_alt", "posts", "relative", "optional")
    return {name: _read(value) if name in structured else value for name, value in one.attributes.items()}


def _read(value: str) -> Any:
    try:
        return msgspec.json.decode(value)
    except msgspec.DecodeError:
        return value


def _converted(document: Document, one: Annotation, fields: Mapping[str, Any]) -> Any:
    try:
        return msgspec.convert(fields, KINDS[one.label])
    except msgspec.ValidationError as error:
        words = document.text[one.start : one.end]
        raise GoldError(f"{document.id}: {one.label} {words!r} at {one.start}: {error}") from error


def checked(document: Document, one: Annotation, words: str | None) -> Annotation:
    """An annotation that stands where the tool says that its words are."""
    inside = 0 <= one.start < one.end <= len(document.text)
    if not inside or (words is not None and document.text[one.start : one.end] != words):
        raise GoldError(
            f"{document.id}: {one.label} at {one.start}-{one.end}: the text there is not {words!r}"
        )
    return one


def ordered(documents: Iterable[Document]) -> list[Document]:
    """The documents by name."""
    return sorted(documents, key=lambda document: document.id)
