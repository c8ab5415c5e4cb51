"""What a folder says of its articles: the rows of its ``index.tsv`` or ``index.csv``."""

import csv
import io
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import NamedTuple

from extract.text.day import day_of
from extract.text.decode import ReadError, decode
from extract.unusable import Unusable

INDEXES: Mapping[str, dict[str, str | int]] = {
    "index.tsv": {"delimiter": "\t", "quoting": csv.QUOTE_NONE},
    "index.csv": {},
}
"""The names of the file, and how it is written."""


class IndexFileError(Unusable):
    """An index that cannot be used; the message names file and line."""


class Entry(NamedTuple):
    """One row: what is known of an article before it is read, or what is wrong with the row."""

    published: date | None = None
    title: str | None = None
    url: str | None = None
    problem: str | None = None


def load(folder: Path) -> Mapping[str, Entry]:
    """The entries of a folder's index by file name; none where there is no such file.

    In any encoding, a header row with ``file`` and any of ``published`` (a date as fields of JSON have it),
    ``title``, ``url``; other columns are left alone. A malformed row is the problem of its own article only.
    """
    there = [name for name in INDEXES if (folder / name).is_file()]
    if len(there) > 1:
        raise IndexFileError(f"{folder}: {' and '.join(there)}: one of them, please")
    return _entries(folder / there[0]) if there else {}


def _entries(path: Path) -> Mapping[str, Entry]:
    rows = _rows(path)
    _, header = next(rows, (1, []))
    if "file" not in header:
        raise IndexFileError(f"{path}: line 1: no column 'file' in the header row {header}")
    entries: dict[str, Entry] = {}
    for number, cells in rows:
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


def _rows(path: Path) -> Iterator[tuple[int, list[str]]]:
    """The rows that are not blank, with the line that each ends in."""
    try:
        text = io.StringIO(decode(path.read_bytes()).text, newline="")
        reader = csv.reader(text, strict=True, **INDEXES[path.name])  # type: ignore[arg-type]  # as they are named
        yield from ((reader.line_num, cells) for cells in reader if any(map(str.strip, cells)))
    except (OSError, ReadError, csv.Error) as error:
        raise IndexFileError(f"{path}: {error}") from error


def _entry(where: str, header: list[str], cells: list[str]) -> Entry:
    if len(cells) != len(header):
        return Entry(problem=f"{where}: {len(cells)} columns, the header row has {len(header)}")
    row = dict(zip(header, cells, strict=True))
    published = row.get("published", "").strip()
    day = day_of(published) if published else None
    if published and not day:
        return Entry(problem=f"{where}: published {published!r} is no date (YYYY-MM-DD)")
    return Entry(day, row.get("title") or None, row.get("url") or None)
