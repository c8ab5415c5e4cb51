"""What a folder says of its articles: the rows of its ``index.tsv``."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import NamedTuple

INDEX = "index.tsv"


class IndexFileError(ValueError):
    """An ``index.tsv`` that cannot be used; the message names file and line."""


class Entry(NamedTuple):
    """One row: what is known of an article before it is read, or what is wrong with the row."""

    published: date | None = None
    title: str | None = None
    url: str | None = None
    problem: str | None = None


def load(folder: Path) -> Mapping[str, Entry]:
    """The entries of a folder's ``index.tsv`` by file name; none where there is no such file.

    Tab-separated, UTF-8, a header row with ``file`` and any of ``published`` (ISO date), ``title``,
    ``url``; other columns are left alone. A malformed row is the problem of its own article only.
    """
    path = folder / INDEX
    if not path.is_file():
        return {}
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise IndexFileError(f"{path}: {error}") from error
    header = lines[0].split("\t") if lines else []
    if "file" not in header:
        raise IndexFileError(f"{path}: line 1: no column 'file' in the header row {header}")
    entries: dict[str, Entry] = {}
    for number, line in enumerate(lines[1:], 2):
        if not line.strip():
            continue
        cells = line.split("\t")
        where = f"{path.name}: line {number}"
        name = cells[header.index("file")] if len(cells) > header.index("file") else ""
        if not name:
            raise IndexFileError(f"{path}: line {number}: no file name")
        entries[name] = (
            Entry(problem=f"{where}: a second row for {name!r}")
            if name in entries
            else _entry(where, header, cells)
        )
    return entries


def _entry(where: str, header: list[str], cells: list[str]) -> Entry:
    if len(cells) != len(header):
        return Entry(problem=f"{where}: {len(cells)} columns, the header row has {len(header)}")
    row = dict(zip(header, cells, strict=True))
    published = row.get("published", "")
    try:
        day = date.fromisoformat(published) if published else None
    except ValueError:
        return Entry(problem=f"{where}: published {published!r} is no ISO date (YYYY-MM-DD)")
    return Entry(day, row.get("title") or None, row.get("url") or None)
