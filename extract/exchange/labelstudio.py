"""Label Studio: a list of tasks with predictions, and the labelling interface that they are made for."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import msgspec

from extract.exchange.document import (
    CHOICES,
    LABELS,
    RELATIONS,
    WORDS,
    Annotation,
    Document,
    Relation,
    checked,
)
from extract.gold.corpus import GoldError
from extract.output.files import write

COLOURS = {"METRIC": "#0a4b9c", "PERCENT": "#c96a16", "DATE": "#17623a", "OFFICIAL": "#7a2490"}
TO = "text"


def save(folder: Path, documents: Iterable[Document]) -> Path:
    """``tasks.json`` to import and ``config.xml`` to paste into the project's settings."""
    folder.mkdir(parents=True, exist_ok=True)
    write(folder / "config.xml", _config())
    path = folder / "tasks.json"
    write(path, msgspec.json.encode([_task(document) for document in documents]))
    return path


def load(path: Path) -> Iterator[Document]:
    """The tasks of an export (JSON): the last annotation of each, or its prediction where it has none."""
    try:
        tasks = msgspec.json.decode(path.read_bytes(), type=list[dict[str, Any]])
    except msgspec.DecodeError as error:
        raise GoldError(f"{path}: no tasks of Label Studio: {error}") from error
    for task in tasks:
        data = task["data"]
        done = [a for a in task.get("annotations", ()) if not a.get("was_cancelled")]
        made = (done or task.get("predictions") or [{"result": []}])[-1]["result"]
        empty = Document(id=data["id"], text=data["text"], published=data.get("published"))
        yield msgspec.structs.replace(
            empty, annotations=tuple(_annotations(empty, made)), relations=tuple(_relations(made))
        )


def _task(document: Document) -> dict[str, Any]:
    regions = [region for one in document.annotations for region in _regions(document, one)]
    arrows = [
        {
            "type": "relation",
            "from_id": relation.source,
            "to_id": relation.target,
            "direction": "right",
            "labels": [relation.kind],
        }
        for relation in document.relations
    ]
    prediction: dict[str, Any] = {"model_version": "zhextract", "result": [*regions, *arrows]}
    if document.score is not None:
        prediction["score"] = document.score
    data = {"id": document.id, "text": document.text, "published": document.published}
    return {"data": data, "predictions": [prediction]}


def _regions(document: Document, one: Annotation) -> Iterator[dict[str, Any]]:
    """A span with its label, and each of its attributes as a control of its own at the same place."""
    place = {"start": one.start, "end": one.end, "text": document.text[one.start : one.end]}
    yield _region(one, "label", "labels", {**place, "labels": [one.label]})
    for name, value in one.attributes.items():
        if name in CHOICES:
            yield _region(one, name, "choices", {**place, "choices": [value]})
        else:
            yield _region(one, name, "textarea", {**place, "text": [value]})


def _region(one: Annotation, control: str, kind: str, value: dict[str, Any]) -> dict[str, Any]:
    return {"id": one.id, "from_name": control, "to_name": TO, "type": kind, "value": value}


def _annotations(document: Document, made: Iterable[Mapping[str, Any]]) -> Iterator[Annotation]:
    attributes: defaultdict[str, dict[str, str]] = defaultdict(dict)
    labelled = []
    for region in made:
        value = region.get("value", {})
        if region["type"] == "labels":
            labelled.append(region)
        elif region["type"] in ("choices", "textarea"):
            said = value.get("choices") or value.get("text") or [""]
            attributes[region["id"]][region["from_name"]] = said if isinstance(said, str) else said[0]
    for region in labelled:
        value = region["value"]
        one = Annotation(
            id=region["id"],
            label=value["labels"][0],
            start=value["start"],
            end=value["end"],
            attributes=attributes[region["id"]],
        )
        yield checked(document, one, value.get("text"))


def _relations(made: Iterable[Mapping[str, Any]]) -> Iterator[Relation]:
    for region in made:
        if region["type"] == "relation":
            kind = next(iter(region.get("labels") or ()), "")
            yield Relation(kind, region["from_id"], region["to_id"])


def _config() -> bytes:
    """The interface: labels, arrows, and a control for each attribute of the chosen region."""
    view = ElementTree.Element("View")
    arrows = ElementTree.SubElement(view, "Relations")
    for kind in RELATIONS:
        ElementTree.SubElement(arrows, "Relation", value=kind)
    labels = ElementTree.SubElement(view, "Labels", name="label", toName=TO)
    for label in LABELS:
        ElementTree.SubElement(labels, "Label", value=label, background=COLOURS[label])
    ElementTree.SubElement(view, "Text", name=TO, value="$text", granularity="symbol")
    for name in WORDS:
        ElementTree.SubElement(
            view, "TextArea", name=name, toName=TO, perRegion="true", editable="true", placeholder=name
        )
    for name, values in CHOICES.items():
        control = ElementTree.SubElement(view, "Choices", name=name, toName=TO, perRegion="true")
        for value in values:
            ElementTree.SubElement(control, "Choice", value=value)
    ElementTree.indent(view)
    return f"{ElementTree.tostring(view, encoding='unicode')}\n".encode()
