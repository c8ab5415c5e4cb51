"""The files of a folder that hold articles, in one order whatever the machine."""

import os
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from fnmatch import fnmatchcase
from pathlib import Path, PurePath
from typing import NamedTuple

from extract.documents.refusal import way
from extract.text.containers import parts
from extract.text.index import INDEXES, Entry, load
from extract.text.read import Fields, Pages, Source, printable


class Choice(NamedTuple):
    """Which files are read, and how."""

    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    format: str | None = None
    fields: Fields = Fields()
    leave: Path | None = None
    """A folder that is left alone: the one that results go to."""
    pages: Pages = Pages()

    def takes(self, name: str) -> bool:
        """Whether a file is chosen. A pattern with a slash is held against the path, any other against
        each part of it; without ``--include`` every file of a known kind is chosen."""
        included = _any(self.include, name) if self.include else bool(parts(name)[1])
        return included and not _any(self.exclude, name)

    def cannot_read(self, name: str) -> bool:
        """Whether a file is left out for its kind alone."""
        chosen = not self.include and not _any(self.exclude, name)
        return chosen and not parts(name)[1] and PurePath(name).name not in INDEXES


ALL = Choice()
NAMED = 3
"""Files that a message names; more are hinted at."""


class Walk(NamedTuple):
    """What a place holds: the files to read, what a user may not know of the others, and the name of each
    that is left out for its kind, with the reason."""

    sources: list[Source]
    oddities: list[str]
    left_out: Sequence[tuple[str, str]] = ()


def gather(places: Sequence[Path], choice: Choice = ALL) -> Walk:
    """What several places hold, each file once; names count from the folder that holds all the places."""
    if len(places) == 1:
        return walk(places[0], choice)
    base, found, oddities = common(places), dict[Path, Source](), list[str]()
    left_out: set[tuple[str, str]] = set()
    for place in places:
        start = real(place if place.is_dir() else place.parent).relative_to(base).as_posix()
        prefix = "" if start == "." else f"{printable(start)}/"
        sources, told, others = walk(place, choice)
        left_out.update((prefix + name, reason) for name, reason in others)
        oddities += [f"{prefix}{oddity}" for oddity in told]
        for source in sources:
            named = source._replace(name=prefix + source.name, id=prefix + source.id)
            found.setdefault(real(source.path), named)
    ordered = _told_apart(sorted(found.values(), key=lambda source: source.name))
    return Walk(ordered, oddities, sorted(left_out))


def common(places: Sequence[Path]) -> Path:
    """The place itself, or the folder that holds all of several."""
    if len(places) == 1:
        return real(places[0])
    return Path(os.path.commonpath([real(place if place.is_dir() else place.parent) for place in places]))


def walk(place: Path, choice: Choice = ALL) -> Walk:
    """A file itself, or the chosen files in a folder and below, hidden ones left out."""
    if not place.is_dir():
        return Walk([_single(place, choice)], [])
    indexes: dict[Path, Mapping[str, Entry]] = {place: load(place)}
    sources: list[Source] = []
    left_out: list[tuple[str, str]] = []
    for path, problem in _files(place, choice.leave and real(choice.leave)):
        name = printable(path.relative_to(place).as_posix())
        if not choice.takes(name) and not (problem and path.is_dir()):
            if choice.cannot_read(name):
                left_out.append((name, way(path.suffix)))
            continue
        if path.parent not in indexes:
            indexes[path.parent] = load(path.parent)
        entry = Entry(problem=problem) if problem else indexes[path.parent].get(path.name, Entry())
        sources.append(Source(path, parts(name)[0], name, entry, choice.format, choice.fields, choice.pages))
    ordered = _told_apart(sorted(sources, key=lambda source: source.name))
    return Walk(ordered, [*_kinds(left_out), *_missing(place, indexes)], sorted(left_out))


def _single(place: Path, choice: Choice) -> Source:
    """A file that was named, or standard input."""
    if str(place) == "-":
        return Source(place, "stdin", "-", Entry(), choice.format, choice.fields, choice.pages)
    name = printable(place.name)
    entry = load(place.parent).get(name, Entry())
    if place.exists() and not place.is_file():
        entry = Entry(problem="no regular file; what comes through a pipe is read from - (standard input)")
    id = parts(name)[0] if parts(name)[1] else printable(place.stem)
    return Source(place, id, name, entry, choice.format, choice.fields, choice.pages)


def _kinds(left_out: Sequence[tuple[str, str]]) -> Iterator[str]:
    """How many files of each suffix are left out."""
    if left_out:
        paths = map(PurePath, dict(left_out))
        unknown = Counter(path.suffix or path.name for path in paths)
        kinds = ", ".join(f"{times} {kind}" for kind, times in sorted(unknown.items()))
        yield f"left out, of no known kind: {kinds}"


def _missing(place: Path, indexes: Mapping[Path, Mapping[str, Entry]]) -> Iterator[str]:
    """The rows of each index that name no file."""
    for folder, index in sorted(indexes.items()):
        if missing := [name for name in index if not (folder / name).exists()]:
            some = ", ".join(missing[:NAMED]) + (", …" if len(missing) > NAMED else "")
            file = next(name for name in INDEXES if (folder / name).is_file())
            yield f"{(folder / file).relative_to(place)}: no such files: {some}"


def real(path: Path) -> Path:
    """A path without links; a link that leads to itself stays (`Path.resolve` raises an error at one)."""
    return Path(os.path.realpath(path))


def _files(root: Path, leave: Path | None) -> Iterator[tuple[Path, str | None]]:
    """Every file, with the reason why it is refused where it is. Links are followed inside ``root``; each
    folder is entered by a link once at most, and never from within, so that links make no endless way."""
    inside, linked, todo = real(root), set[Path](), [root]
    while todo:
        folder = todo.pop()
        try:
            paths = sorted(path for path in folder.iterdir() if not path.name.startswith("."))
        except OSError as error:
            yield folder, error.strerror
            continue
        for path in paths:
            target = real(path)
            if path.is_symlink() and not target.is_relative_to(inside):
                yield path, "a link that leads out of the folder"
            elif not path.is_dir():
                yield path, "no regular file" if path.exists() and not path.is_file() else None
            elif target != leave and not (path.is_symlink() and _known(target, folder, linked)):
                todo.append(path)


def _known(target: Path, folder: Path, linked: set[Path]) -> bool:
    """Whether a linked folder has been entered by a link before, or is one that the link stands in."""
    if target in linked or real(folder).is_relative_to(target):
        return True
    linked.add(target)
    return False


def _told_apart(sources: list[Source]) -> list[Source]:
    """Files that differ in suffix only keep it in their ids, but for ``.txt``, which has always gone."""
    count = Counter(source.id for source in sources)
    return [
        source._replace(id=source.name)
        if count[source.id] > 1 and parts(source.name)[1] != ".txt"
        else source
        for source in sources
    ]


def _any(patterns: tuple[str, ...], name: str) -> bool:
    return any(
        fnmatchcase(name, pattern)
        if "/" in pattern
        else any(fnmatchcase(p, pattern) for p in name.split("/"))
        for pattern in patterns
    )
