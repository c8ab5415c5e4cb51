"""A spaCy pipeline component: ``spacy.blank("zh").add_pipe("zhextract")``.

spaCy finds it by the package's entry point; nothing else in the package imports spaCy.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import msgspec
from spacy.language import Language
from spacy.tokens import Doc, Span, SpanGroup

from extract.pipeline import Extractor
from extract.records import AnyRecord, Extraction, Official
from extract.text.segment import Engine

KEY = "zhextract"
"""Where the extraction is kept as JSON: among the attributes of the span groups, which a `DocBin` stores,
and at the first character in ``doc.user_data``, where `Doc.from_docs` moves it with the text."""
PLACE = ("._.", KEY, 0, None)
GROUPS = {"metrics": "METRIC", "percentages": "PERCENT", "dates": "DATE", "officials": "OFFICIAL"}


class Component:
    """Fills ``doc.spans`` and ``doc._.extraction``. Tokens are left as they are: a span that begins or
    ends inside one covers it whole, and the extraction holds the true places.

    ``doc.user_data["published"]``, or ``published`` in the context of ``nlp.pipe(as_tuples=True)``, dates the
    text where the caller knows it: a date, a moment or ISO text. ``groups`` are the record types that become
    spans.
    """

    def __init__(
        self, rules: Sequence[str], segmenter: Engine, groups: Sequence[str] = tuple(GROUPS)
    ) -> None:
        self._extractor = Extractor(rules, segmenter=segmenter)
        self._groups = tuple(groups)

    def __call__(self, doc: Doc) -> Doc:
        published = _published(doc)
        extraction = self._extractor.extract(doc.text, published=published)
        data = extraction.to_json()
        dict[Any, Any].update(doc.user_data, {PLACE: data})
        for group in self._groups:
            places = _places(getattr(extraction, group))
            spans = [_span(doc, *place, GROUPS[group]) for place in places]
            kept = [span for span in spans if span]
            doc.spans[group] = SpanGroup(doc, name=group, spans=kept, attrs={KEY: data})
        return doc


def _published(doc: Doc) -> Any:
    """When the text is from; a date that the caller put there becomes text, since documents serialise."""
    context, own = doc._context, doc.user_data.get("published")
    if isinstance(own, date):
        own = doc.user_data["published"] = own.isoformat()
    known = context.get("published") if isinstance(context, Mapping) else context
    return own or (known if isinstance(known, date | str) else None)


def _places(records: Sequence[Any]) -> list[tuple[int, int, str]]:
    """Start, end and record id of every place; an official stands at each mention."""
    return [
        (span.start, span.end, record.id)
        for record in records
        for span in (record.mentions if isinstance(record, Official) else (record.span,))
    ]


def _span(doc: Doc, start: int, end: int, record: str, label: str) -> Span | None:
    return doc.char_span(start, end, label=label, span_id=record, alignment_mode="expand")


def _parts(doc: Doc) -> list[Extraction]:
    """The extraction of a document; of one that was joined from several, that of each, at its place."""
    keys = (key for key in dict[Any, Any](doc.user_data) if key[:2] == PLACE[:2])
    kept: dict[int, str] = {key[2]: doc.user_data[key] for key in keys}
    if not kept:
        stored = (group.attrs[KEY] for group in doc.spans.values() if KEY in group.attrs)
        kept = dict(enumerate(list(stored)[:1]))
    return [_moved(msgspec.json.decode(data), at) for at, data in sorted(kept.items())]


def _moved(data: Any, by: int) -> Extraction:
    """An extraction whose spans stand further on."""
    return msgspec.convert(_shifted(data, by) if by else data, Extraction)


def _shifted(value: Any, by: int) -> Any:
    if isinstance(value, list):
        return [_shifted(item, by) for item in value]
    if not isinstance(value, dict):
        return value
    moved = {name: _shifted(item, by) for name, item in value.items()}
    if moved.keys() == {"start", "end", "text"}:
        moved |= {"start": moved["start"] + by, "end": moved["end"] + by}
    return moved


def _extraction(doc: Doc) -> Extraction | None:
    """The extraction; parts that were joined are one, of the first article, and keep their ids."""
    parts = _parts(doc)
    if len(parts) < 2:
        return parts[0] if parts else None
    groups = (*GROUPS, "warnings")
    joined = {group: tuple(r for part in parts for r in getattr(part, group)) for group in groups}
    return msgspec.structs.replace(parts[0], **joined)


def _record(span: Span) -> AnyRecord | None:
    """The record that a span of one of the groups is of: by its id and its place, since ids of documents
    that were joined meet."""
    for record in (record for part in _parts(span.doc) for record in part):
        if record.id == span.id_ and any(
            start < span.end_char and span.start_char < end for start, end, _ in _places([record])
        ):
            return record
    return None


Doc.set_extension("extraction", getter=_extraction, force=True)
Span.set_extension("record", getter=_record, force=True)


@Language.factory(
    KEY,
    default_config={"rules": [], "segmenter": "rjieba", "groups": list(GROUPS)},
    assigns=["doc._.extraction", "doc.spans", "span._.record"],
)
def component(nlp: Language, name: str, rules: list[str], segmenter: Engine, groups: list[str]) -> Component:
    """The component with a user's own folders of rules over the shipped ones."""
    return Component(rules, segmenter, groups)
