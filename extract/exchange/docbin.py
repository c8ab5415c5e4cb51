"""spaCy: a ``DocBin`` of documents whose span groups are the record types, to train on or to correct."""

from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec
import spacy
from spacy.language import Language
from spacy.tokens import Doc, DocBin, SpanGroup

from extract.exchange.document import LABELS, Annotation, Document, Relation, checked
from extract.output.files import write

KEY = "zhextract_document"
"""Where in ``doc.user_data`` stands what spans cannot say."""


def save(folder: Path, documents: Iterable[Document]) -> Path:
    """``articles.spacy`` with all articles."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "articles.spacy"
    vocabulary = spacy.blank("zh")
    packed = DocBin(docs=(_doc(vocabulary, document) for document in documents), store_user_data=True)
    write(path, packed.to_bytes())
    return path


def load(path: Path) -> Iterator[Document]:
    """The documents of a ``DocBin``; a span has the attributes of the one that it was made from."""
    for doc in DocBin().from_disk(path).get_docs(spacy.blank("zh").vocab):
        kept = doc.user_data.get(KEY, {})
        document = Document(id=kept.get("id", path.stem), text=doc.text, published=kept.get("published"))
        annotations = tuple(checked(document, one, None) for one in _spans(doc, kept.get("attributes", {})))
        relations = tuple(Relation(*arrow) for arrow in kept.get("relations", ()))
        yield msgspec.structs.replace(document, annotations=annotations, relations=relations)


def _doc(language: Language, document: Document) -> Doc:
    doc: Doc = language.make_doc(document.text)
    for label, group in LABELS.items():
        spans = [
            doc.char_span(one.start, one.end, label=label, span_id=one.id, alignment_mode="expand")
            for one in document.annotations
            if one.label == label
        ]
        doc.spans[group] = SpanGroup(doc, name=group, spans=[span for span in spans if span])
    doc.user_data[KEY] = {
        "id": document.id,
        "published": document.published,
        "attributes": {one.id: [one.start, one.end, one.attributes] for one in document.annotations},
        "relations": [[r.kind, r.source, r.target] for r in document.relations],
    }
    return doc


def _spans(doc: Doc, attributes: dict[str, list[object]]) -> Iterator[Annotation]:
    """The spans of the groups. Where one covers its tokens only because it had to, its true place holds."""
    for group in LABELS.values():
        for span in doc.spans.get(group, ()):
            start, end, said = attributes.get(span.id_, (span.start_char, span.end_char, {}))
            moved = not span.start_char <= int(str(start)) < int(str(end)) <= span.end_char
            place = (span.start_char, span.end_char) if moved else (int(str(start)), int(str(end)))
            yield Annotation(
                id=span.id_ or f"{span.label_}-{span.start_char}",
                label=span.label_,
                start=place[0],
                end=place[1],
                attributes=msgspec.convert(said, dict[str, str]),
            )
