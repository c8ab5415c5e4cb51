"""CoNLL: a line a character, a column of B, I and O for each label; a blank line behind each sentence.

The columns say where; what a span says besides stands in comments at the head of the article.
"""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec

from extract.exchange.document import LABELS, Annotation, Document, Relation, checked
from extract.gold.corpus import GoldError
from extract.output.files import replacing

HEAD = "# article = "
SPAN = "# span = "
ARROW = "# relation = "
SHOWN = {"\n": "\\n", "\r": "\\r", "\t": "\\t", " ": "\\s", "\\": "\\\\"}
"""Characters that would break a line or a column."""
HIDDEN = {shown: character for character, shown in SHOWN.items()}
ENDS = "。！？\n"


def save(folder: Path, documents: Iterable[Document]) -> Path:
    """``articles.conll`` with all articles."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "articles.conll"
    with replacing(path) as file:
        for document in documents:
            file.write("".join(f"{line}\n" for line in _lines(document)).encode())
    return path


def load(path: Path) -> Iterator[Document]:
    """The articles of a file."""
    lines: list[str] = []
    for line in path.read_bytes().decode().split("\n"):
        if line.startswith(HEAD) and lines:
            yield _document(path, lines)
            lines = []
        lines.append(line)
    if any(lines):
        yield _document(path, lines)


def _lines(document: Document) -> Iterator[str]:
    about = {"id": document.id, "published": document.published}
    yield HEAD + _json(about)
    for one in document.annotations:
        place = {"id": one.id, "label": one.label, "start": one.start, "end": one.end}
        yield SPAN + _json({**place, "attributes": one.attributes})
    for relation in document.relations:
        yield ARROW + _json(relation)
    columns = [_column(document, label) for label in LABELS]
    for at, character in enumerate(document.text):
        yield "\t".join((SHOWN.get(character, character), *(column[at] for column in columns)))
        if character in ENDS:
            yield ""
    yield ""


def _column(document: Document, label: str) -> list[str]:
    column = ["O"] * len(document.text)
    for one in document.annotations:
        if one.label == label:
            column[one.start : one.end] = [f"B-{label}", *[f"I-{label}"] * (one.end - one.start - 1)]
    return column


def _document(path: Path, lines: Iterable[str]) -> Document:
    """An article: its spans are those of the columns; the comments know what they say."""
    about: dict[str, Any] = {}
    kept: list[Annotation] = []
    relations: list[Relation] = []
    rows = []
    for line in lines:
        if line.startswith(HEAD):
            about = _read(path, line.removeprefix(HEAD), dict[str, Any])
        elif line.startswith(SPAN):
            kept.append(_read(path, line.removeprefix(SPAN), Annotation))
        elif line.startswith(ARROW):
            relations.append(_read(path, line.removeprefix(ARROW), Relation))
        elif line:
            rows.append(line.split("\t"))
    text = "".join(HIDDEN.get(row[0], row[0]) for row in rows)
    document = Document(id=about.get("id", path.stem), text=text, published=about.get("published"))
    known = {(one.label, one.start, one.end): one for one in kept}
    annotations = [checked(document, one, None) for one in _spans(rows, known)]
    there = {one.id for one in annotations}
    arrows = (arrow for arrow in relations if {arrow.source, arrow.target} <= there)
    return msgspec.structs.replace(document, annotations=tuple(annotations), relations=tuple(arrows))


def _spans(rows: list[list[str]], known: Mapping[tuple[str, int, int], Annotation]) -> Iterator[Annotation]:
    for number, label in enumerate(LABELS, 1):
        tags = [row[number] if len(row) > number else "O" for row in rows] + ["O"]
        start = None
        for at, tag in enumerate(tags):
            if start is not None and not tag.startswith("I-"):
                place = (label, start, at)
                fresh = Annotation(id=f"{label}-{start}", label=label, start=start, end=at)
                yield known.get(place, fresh)
                start = None
            if tag.startswith("B-"):
                start = at


def _json(value: Any) -> str:
    return msgspec.json.encode(value).decode()


def _read(path: Path, data: str, kind: Any) -> Any:
    try:
        return msgspec.json.decode(data, type=kind)
    except msgspec.DecodeError as error:
        raise GoldError(f"{path}: {data[:60]!r}: {error}") from error
