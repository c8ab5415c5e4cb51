"""What the runs into a folder have done, so that the next one need not do it again.

A database of SQLite: it survives a kill and a power cut, keeps memory free, and is open to one process at a
time, however that ends.
"""

import sqlite3
import unicodedata
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from itertools import chain
from pathlib import Path

import msgspec

FILE = "journal.sqlite"
SETTINGS = """
PRAGMA locking_mode = EXCLUSIVE;
PRAGMA journal_mode = WAL;
PRAGMA synchronous = NORMAL;
CREATE TABLE IF NOT EXISTS article (
    source TEXT PRIMARY KEY, entry BLOB, folded TEXT, failure BLOB, run INTEGER, place INTEGER
);
CREATE INDEX IF NOT EXISTS by_id ON article (run, folded);
CREATE INDEX IF NOT EXISTS in_order ON article (run, place);
CREATE TABLE IF NOT EXISTS part (source TEXT, form TEXT, data BLOB, PRIMARY KEY (source, form));
CREATE TABLE IF NOT EXISTS file (name TEXT PRIMARY KEY, run INTEGER);
"""
"""A commit waits for no disk: what a power cut takes from the end of the journal is done again."""
ONCE_IN = 3
"""One page in so many may lie idle."""


class Taken(Exception):  # what has happened, not what is wrong
    """Another process has the journal open."""


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """What was made of one article."""

    source: str
    id: str
    digest: bytes = b""
    """Of all that it follows from; an article without one is done anew by each run."""
    forms: tuple[str, ...] = ()
    counts: dict[str, int] = {}
    stem: str = ""
    """The name of its documents in ``articles/``, without suffix."""
    files: dict[str, bytes] = {}
    """The digests of its documents by suffix."""


class Journal:
    """The entries of a folder: those of the present run, and what is left of the runs before.

    Raises `Taken` where another process has it open, `sqlite3.Error` where it cannot be read or written.
    """

    def __init__(self, folder: Path) -> None:
        self._base = sqlite3.connect(folder / FILE, timeout=0, isolation_level=None)
        try:
            self._base.executescript(SETTINGS)
            (last,) = self._base.execute("PRAGMA user_version").fetchone()
            self._run = last + 1
            self._base.execute(f"PRAGMA user_version = {self._run}")
            if last == 0:
                self._respect(folder)
        except sqlite3.OperationalError as error:
            self._base.close()
            if error.sqlite_errorcode == sqlite3.SQLITE_BUSY:
                raise Taken from None
            raise

    def close(self) -> None:
        """Let another process have it."""
        self._base.close()

    @contextmanager
    def at_once(self) -> Iterator[None]:
        """All that is noted inside is noted, or nothing."""
        self._base.execute("BEGIN")
        try:
            yield
        except BaseException:
            self._base.execute("ROLLBACK")
            raise
        self._base.execute("COMMIT")

    def find(self, source: str) -> Entry | None:
        """What an earlier run made of an article, if that can be taken over at all."""
        row = self._base.execute("SELECT entry FROM article WHERE source = ?", (source,)).fetchone()
        entry = row and ENTRY.decode(row[0])
        return entry if entry and entry.digest else None

    def claimed(self, folded: str) -> list[str]:
        """The ids of this run's articles so far that fold to this."""
        rows = self._base.execute(
            "SELECT entry FROM article WHERE run = ? AND folded = ?", (self._run, folded)
        )
        return [ENTRY.decode(entry).id for (entry,) in rows]

    def put(self, entry: Entry, place: int, parts: Mapping[str, bytes]) -> None:
        """Note an article, its documents, and its parts by form; there are none where it is taken over."""
        self._note(entry, None, place)
        self.own(f"articles/{entry.stem}{suffix}" for suffix in entry.files)
        rows = ((entry.source, form, data) for form, data in parts.items())
        self._base.executemany("INSERT OR REPLACE INTO part VALUES (?, ?, ?)", rows)

    def fail(self, source: str, place: int, failure: bytes) -> None:
        """Note an article that nothing could be made of."""
        self._note(Entry(source=source, id=source), failure, place)

    def _note(self, entry: Entry, failure: bytes | None, place: int) -> None:
        claim = None if failure else folded(entry.id)
        row = (entry.source, msgspec.msgpack.encode(entry), claim, failure, self._run, place)
        self._base.execute("INSERT OR REPLACE INTO article VALUES (?, ?, ?, ?, ?, ?)", row)

    def own(self, names: Iterable[str]) -> None:
        """Note files of the folder as the run's own, before they are there."""
        rows = ((name, self._run) for name in names)
        self._base.executemany("INSERT OR REPLACE INTO file VALUES (?, ?)", rows)

    def foreign(self, name: str) -> bool:
        """Whether a file was there before any run."""
        query = "SELECT 1 FROM file WHERE name = ? AND run IS NULL"
        return bool(self._base.execute(query, (name,)).fetchone())

    def _respect(self, folder: Path) -> None:
        """Note what is there before the first run: it is someone's own."""
        places = chain(folder.glob("*"), (folder / "articles").rglob("*"))
        names = (path.relative_to(folder).as_posix() for path in places if path.name != FILE)
        self._base.executemany("INSERT OR IGNORE INTO file VALUES (?, NULL)", ((name,) for name in names))

    def parts(self, form: str) -> Iterator[bytes]:
        """What there is for a form, in the order of the articles."""
        query = """SELECT data FROM article JOIN part USING (source)
            WHERE run = ? AND form = ? AND failure IS NULL ORDER BY place"""
        return (unpacked(data) for (data,) in self._base.execute(query, (self._run, form)))

    def failures(self) -> Iterator[bytes]:
        """What went wrong, in the order of the articles."""
        query = "SELECT failure FROM article WHERE run = ? AND failure IS NOT NULL ORDER BY place"
        return (failure for (failure,) in self._base.execute(query, (self._run,)))

    def stale(self) -> Iterator[str]:
        """The files of earlier runs that are none of this one."""
        return (name for (name,) in self._base.execute("SELECT name FROM file WHERE run < ?", (self._run,)))

    def forget(self) -> None:
        """Drop what earlier runs made and this one did not; then be no larger than need be."""
        with self.at_once():
            self._base.execute("DELETE FROM article WHERE run < ?", (self._run,))
            self._base.execute("DELETE FROM file WHERE run < ?", (self._run,))
            self._base.execute("DELETE FROM part WHERE source NOT IN (SELECT source FROM article)")
        pages, idle = (
            self._base.execute(f"PRAGMA {p}").fetchone()[0] for p in ("page_count", "freelist_count")
        )
        if idle * ONCE_IN > pages:
            self._base.execute("VACUUM")

    def begin_anew(self) -> None:
        """Drop all that earlier runs made but the names of their files, which are still to be removed."""
        with self.at_once():
            self._base.execute("DELETE FROM article")
            self._base.execute("DELETE FROM part")


ENTRY = msgspec.msgpack.Decoder(Entry)


def folded(id: str) -> str:
    """An id as a file system has it that minds neither case nor Unicode form."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", id).casefold())


def packed(part: bytes) -> bytes:
    """A part as the journal keeps it."""
    return zlib.compress(part, 1)


def unpacked(data: bytes) -> bytes:
    """A part as it was."""
    return zlib.decompress(data)
