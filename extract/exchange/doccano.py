"""doccano: JSON Lines of a project for sequence labelling with relations.

It has no attributes; these travel in the metadata of the text, by label and place, since doccano gives its
own ids to what it imports.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import msgspec

from extract.exchange.document import Annotation, Document, Relation, checked
from extract.gold.corpus import GoldError
from extract.output.files import replacing


def save(folder: Path, documents: Iterable[Document]) -> Path:
    """``doccano.jsonl``: to be imported as JSONL with relations."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "doccano.jsonl"
    with replacing(path) as file:
        for number, document in enumerate(documents, 1):
            file.write(msgspec.json.encode(_line(number, document)) + b"\n")
    return path


def load(path: Path) -> Iterator[Document]:
    """The texts of an export (JSONL with relations)."""
    for number, line in enumerate(path.read_bytes().splitlines(), 1):
        if not line.strip():
            continue
        try:
            yield _document(msgspec.json.decode(line))
        except (msgspec.DecodeError, KeyError, TypeError) as error:
            raise GoldError(f"{path}: line {number}: no text of doccano: {error!r}") from error


def _line(number: int, document: Document) -> dict[str, Any]:
    ids = {one.id: place for place, one in enumerate(document.annotations, 1)}
    entities = [
        {"id": ids[one.id], "label": one.label, "start_offset": one.start, "end_offset": one.end}
        for one in document.annotations
    ]
    relations = [
        {"id": place, "from_id": ids[r.source], "to_id": ids[r.target], "type": r.kind}
        for place, r in enumerate(document.relations, 1)
    ]
    attributes = {_place(one): {"id": one.id, **one.attributes} for one in document.annotations}
    return {
        "id": number,
        "text": document.text,
        "entities": entities,
        "relations": relations,
        "article": document.id,
        "published": document.published,
        "attributes": attributes,
    }


def _document(line: dict[str, Any]) -> Document:
    about = line | line.get("meta", {}) | line.get("metadata", {})
    name = str(about.get("article", line["id"]))
    document = Document(id=name, text=line["text"], published=about.get("published"))
    kept: dict[str, dict[str, str]] = about.get("attributes", {})
    annotations = {}
    for entity in line["entities"]:
        start, end = entity["start_offset"], entity["end_offset"]
        one = Annotation(id=f"e{entity['id']}", label=entity["label"], start=start, end=end)
        attributes = dict(kept.get(_place(one), {}))
        id = attributes.pop("id", one.id)
        one = msgspec.structs.replace(one, id=id, attributes=attributes)
        annotations[entity["id"]] = checked(document, one, None)
    relations = (
        Relation(r["type"], annotations[r["from_id"]].id, annotations[r["to_id"]].id)
        for r in line.get("relations", ())
    )
    return msgspec.structs.replace(
        document, annotations=tuple(annotations.values()), relations=tuple(relations)
    )


def _place(one: Annotation) -> str:
    return f"{one.label} {one.start} {one.end}"
