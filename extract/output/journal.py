"""What the runs into a folder have done, so that the next one need not do it again.

A database of SQLite: it survives a kill and a power cut, keeps memory free, and is open to one process at a time,
however that ends.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from pathlib import Path
from typing import NamedTuple

import msgspec

FILE = "journal.sqlite"
SETTINGS = """
PRAGMA locking_mode = EXCLUSIVE;
PRAGMA journal_mode = WAL;
PRAGMA synchronous = NORMAL;
CREATE TABLE IF NOT EXISTS article (
    source TEXT PRIMARY KEY, digest BLOB, id TEXT, folded TEXT, stem TEXT, files BLOB, piece BLOB,
    run INTEGER, place INTEGER
);
CREATE INDEX IF NOT EXISTS by_id ON article (run, folded);
CREATE TABLE IF NOT EXISTS file (name TEXT PRIMARY KEY, run INTEGER) WITHOUT ROWID;
"""
"""A commit waits for no disk: what a power cut takes from the end of the journal is done again."""


class Taken(Exception):  # noqa: N818
    """Another process has the journal open."""


class Entry(NamedTuple):
    """What was made of one article. Without a digest it is done anew by each run."""

    source: str
    digest: bytes
    id: str
    folded: str
    """The id as a file system that minds neither case nor Unicode form has it."""
    stem: str
    """The name of its files in ``articles/``, without suffix."""
    files: Mapping[str, bytes]
    """Digests of its files by suffix."""
    piece: bytes
    """What the tables are made of, packed."""


class Journal:
    """The entries of a folder; those of the present run, and what is left of the runs before.

    Raises `Taken` where another process has it open, `sqlite3.Error` where it cannot be read or written.
    """

    def __init__(self, folder: Path) -> None:
        self._base = sqlite3.connect(folder / FILE, timeout=0, isolation_level=None)
        try:
            self._base.executescript(SETTINGS)
            (number,) = self._base.execute("PRAGMA user_version").fetchone()
            self._run = number + 1
            self._base.execute(f"PRAGMA user_version = {self._run}")
        except sqlite3.OperationalError as error:
            self._base.close()
            if error.sqlite_errorcode == sqlite3.SQLITE_BUSY:
                raise Taken from None
            raise

    def close(self) -> None:
        self._base.close()

    def at_once(self) -> AbstractContextManager[object]:
        """All that is noted inside is noted, or nothing."""
        return _Transaction(self._base)

    def find(self, source: str) -> Entry | None:
        """What an earlier run made of an article."""
        row = self._base.execute(
            "SELECT source, digest, id, folded, stem, files, piece FROM article WHERE source = ?", (source,)
        ).fetchone()
        return row and Entry(*row[:5], msgspec.msgpack.decode(row[5], type=dict[str, bytes]), row[6])

    def claimed(self, folded: str) -> list[str]:
        """The ids of this run so far that are the same to such a file system."""
        rows = self._base.execute("SELECT id FROM article WHERE run = ? AND folded = ?", (self._run, folded))
        return [id for (id,) in rows]

    def put(self, entry: Entry) -> None:
        """Note an article, and its files as the run's own."""
        row = entry._replace(files=msgspec.msgpack.encode(entry.files))
        self._base.execute("INSERT OR REPLACE INTO article VALUES (?, ?, ?, ?, ?, ?, ?, ?)", (*row, self._run))
        self.own(f"articles/{entry.stem}{suffix}" for suffix in entry.files)

    def own(self, names: Iterable[str]) -> None:
        """Note files of the folder as the run's own, before they are there."""
        rows = ((name, self._run) for name in names)
        self._base.executemany("INSERT OR REPLACE INTO file VALUES (?, ?)", rows)

    def owns(self, name: str) -> bool:
        """Whether a file is the work of this run or an earlier one."""
        return bool(self._base.execute("SELECT 1 FROM file WHERE name = ?", (name,)).fetchone())

    def stale(self) -> Iterator[str]:
        """The files of earlier runs that are none of this one."""
        rows = self._base.execute("SELECT name FROM file WHERE run < ?", (self._run,))
        yield from (name for (name,) in rows)

    def forget(self, everything: bool = False) -> None:
        """Drop what earlier runs made; or, but for the names of files, all that there is."""
        before = "" if everything else f" WHERE run < {self._run}"
        self._base.execute(f"DELETE FROM article{before}")
        if not everything:
            self._base.execute(f"DELETE FROM file{before}")


class _Transaction:
    def __init__(self, base: sqlite3.Connection) -> None:
        self._base = base

    def __enter__(self) -> None:
        self._base.execute("BEGIN")

    def __exit__(self, kind: object, error: object, trace: object) -> None:
        self._base.execute("ROLLBACK" if kind else "COMMIT")
