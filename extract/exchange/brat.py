"""brat: a text and a standoff file for each article, and the configuration of the collection.

Attributes with a few values are attributes of brat; the others stand in the note of their span.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from extract.exchange.document import CHOICES, LABELS, RELATIONS, Annotation, Document, Relation, checked
from extract.gold.corpus import GoldError
from extract.gold.write import stem
from extract.output.files import write

NOTE = "AnnotatorNotes"
PERSONS = "same_person"
ABOUT = ".meta.json"
"""What brat has no place for: the article's name and date, in a file beside its own."""


def save(folder: Path, documents: Iterable[Document]) -> Path:
    """The folder of a collection."""
    folder.mkdir(parents=True, exist_ok=True)
    write(folder / "annotation.conf", _configuration().encode())
    for document in documents:
        name = stem(document.id)
        write(folder / f"{name}.txt", document.text.encode())
        write(folder / f"{name}.ann", "".join(f"{line}\n" for line in _lines(document)).encode())
        about = {"id": document.id, "published": document.published}
        write(folder / f"{name}{ABOUT}", msgspec.json.encode(about) + b"\n")
    return folder


def load(path: Path) -> Iterator[Document]:
    """The annotated texts of a collection."""
    for file in sorted(path.glob("*.ann")):
        about = file.with_name(f"{file.stem}{ABOUT}")
        known = msgspec.json.decode(about.read_bytes()) if about.is_file() else {"id": file.stem}
        text = file.with_suffix(".txt").read_bytes().decode()
        document = Document(id=known["id"], text=text, published=known.get("published"))
        try:
            yield _read(document, file.read_text(encoding="utf-8").splitlines())
        except (ValueError, KeyError, IndexError) as error:
            raise error if isinstance(error, GoldError) else GoldError(f"{file}: {error!r}") from error


def _lines(document: Document) -> Iterator[str]:
    names = {one.id: f"T{number}" for number, one in enumerate(document.annotations, 1)}
    attributes = 0
    for number, one in enumerate(document.annotations, 1):
        places = ";".join(f"{start} {end}" for start, end in _parts(document.text, one))
        words = " ".join(document.text[start:end] for start, end in _parts(document.text, one))
        yield f"T{number}\t{one.label} {places}\t{words}"
        for name, value in one.attributes.items():
            if name in CHOICES:
                attributes += 1
                yield f"A{attributes}\t{name} T{number} {value}"
        rest = {name: value for name, value in one.attributes.items() if name not in CHOICES}
        note = {"id": one.id, **rest}
        yield f"#{number}\t{NOTE} T{number}\t{msgspec.json.encode(note).decode()}"
    for number, relation in enumerate(document.relations, 1):
        arguments = f"Arg1:{names[relation.source]} Arg2:{names[relation.target]}"
        yield f"R{number}\t{relation.kind} {arguments}"


def _parts(text: str, one: Annotation) -> Iterator[tuple[int, int]]:
    """A span in pieces without a line end, which brat's spans may not hold."""
    start = one.start
    for line in text[one.start : one.end].split("\n"):
        if line:
            yield start, start + len(line)
        start += len(line) + 1


def _read(document: Document, lines: Iterable[str]) -> Document:
    spans: dict[str, tuple[str, int, int]] = {}
    attributes: defaultdict[str, dict[str, str]] = defaultdict(dict)
    relations = []
    for line in lines:
        name, _, rest = line.partition("\t")
        if name.startswith("T"):
            place = rest.split("\t")[0]
            label, _, parts = place.partition(" ")
            numbers = [int(n) for part in parts.split(";") for n in part.split()]
            spans[name] = (label, numbers[0], numbers[-1])
        elif name.startswith("A"):
            kind, of, value = rest.split(" ")
            attributes[of][kind] = value
        elif name.startswith("#") and rest.startswith(NOTE):
            head, _, note = rest.partition("\t")
            attributes[head.split(" ")[1]].update(msgspec.json.decode(note, type=dict[str, str]))
        elif name.startswith("R"):
            kind, first, second = rest.split(" ")
            relations.append(Relation(kind, first.partition(":")[2], second.strip().partition(":")[2]))
    ids = {name: attributes[name].pop("id", name) for name in spans}
    annotations = (
        Annotation(id=ids[name], label=label, start=start, end=end, attributes=attributes[name])
        for name, (label, start, end) in spans.items()
    )
    return msgspec.structs.replace(
        document,
        annotations=tuple(checked(document, one, None) for one in annotations),
        relations=tuple(Relation(r.kind, ids[r.source], ids[r.target]) for r in relations),
    )


def _configuration() -> str:
    ends = {"metric": ("PERCENT", "METRIC"), PERSONS: ("OFFICIAL", "OFFICIAL")}
    pairs = ((kind, *ends.get(kind, ("METRIC", "METRIC"))) for kind in RELATIONS)
    relations = (f"{kind}\tArg1:{first}, Arg2:{second}" for kind, first, second in pairs)
    attributes = (f"{name}\tArg:<ENTITY>, Value:{'|'.join(values)}" for name, values in CHOICES.items())
    parts = (
        "[entities]",
        *LABELS,
        "",
        "[relations]",
        *relations,
        "",
        "[events]",
        "",
        "[attributes]",
        *attributes,
    )
    return "\n".join(parts) + "\n"
