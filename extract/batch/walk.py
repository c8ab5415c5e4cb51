"""The articles of a folder, in one order whatever the machine."""

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from extract.text.index import Entry, load
from extract.text.read import printable


class Source(NamedTuple):
    """A file to read as an article; ``id`` is its path below the folder without ``.txt``, so that
    equal names in subfolders stay apart."""

    path: Path
    id: str
    name: str
    entry: Entry | None = None


def walk(place: Path) -> list[Source]:
    """A file itself, or every ``*.txt`` in a folder and below, hidden ones left out."""
    if not place.is_dir():
        name = printable(place.name)
        return [Source(place, printable(place.stem), name, load(place.parent).get(name))]
    paths = [p for p in place.rglob("*.txt") if not _hidden(p.relative_to(place)) and not p.is_dir()]
    indexes: dict[Path, Mapping[str, Entry]] = {}
    sources = []
    for path in paths:
        if path.parent not in indexes:
            indexes[path.parent] = load(path.parent)
        name = printable(path.relative_to(place).as_posix())
        sources.append(Source(path, name.removesuffix(".txt"), name, indexes[path.parent].get(path.name)))
    return sorted(sources, key=lambda source: source.name)


def _hidden(path: Path) -> bool:
    return any(part.startswith(".") for part in path.parts)
