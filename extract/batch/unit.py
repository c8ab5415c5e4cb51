"""What is dealt out: one article that nobody has read yet."""

import sys
from collections.abc import Callable, Iterable, Iterator
from hashlib import blake2b
from typing import NamedTuple

from extract.batch.meter import size_of
from extract.text import rows
from extract.text.containers import article, content, holds_many, rows_of
from extract.text.read import Article, Source
from extract.text.rows import Row


class Unit(NamedTuple):
    """A file that holds one article, which any process can read, or a row of a file of many."""

    source: Source
    row: Row | None = None
    data: bytes | None = None
    """What standard input held, which only one process can read."""

    @property
    def name(self) -> str:
        """What tells it from all others of a run: the file, and the place in it."""
        place = self.row.place if self.row else ""
        return f"{self.source.name}: {place}" if place else self.source.name

    @property
    def size(self) -> int:
        """Characters or bytes, nearly, of what is at hand."""
        return len(self.row.value) if self.row and isinstance(self.row.value, bytes) else 0

    def read(self, settings: bytes = b"") -> "Read":
        """The article, with the digest of all that its results follow from, the settings of the run among it.
        Raises `ReadError` where it is none, `OSError` where it is out of reach."""
        if self.row:
            return Read(self.digest(settings), rows.read(self.row, self.source))
        data = content(self.source) if self.data is None else self.data
        return Read(self._digest(settings, data), article(self.source, data))

    def digest(self, settings: bytes) -> bytes:
        """The digest alone. Raises `OSError`."""
        if self.row:
            value = self.row.value
            return self._digest(settings, value if isinstance(value, bytes) else repr(value).encode())
        return self._digest(settings, content(self.source) if self.data is None else self.data)

    def _digest(self, settings: bytes, data: bytes) -> bytes:
        source = self.source
        known = repr((self.name, source.id, source.entry, source.format, source.fields))
        digest = blake2b(settings, digest_size=16)
        digest.update(known.encode("utf-8", "surrogateescape"))
        digest.update(data)
        return digest.digest()


class Read(NamedTuple):
    """An article, and the digest of what it was made from."""

    digest: bytes
    article: Article


Count = Callable[[int], object]
"""Is told how many bytes more have been read."""


def units(sources: Iterable[Source], count: Count = int) -> Iterator[Unit]:
    """Files of one article as they are, the rows of all others; few are in memory at a time."""
    for source in sources:
        if holds_many(source):
            yield from _rows(source, count)
        else:
            yield Unit(source, data=sys.stdin.buffer.read() if str(source.path) == "-" else None)
            count(size_of(source.path) or 0)


def _rows(source: Source, count: Count) -> Iterator[Unit]:
    """An error that nobody has foreseen ends this file alone."""
    try:
        for row in rows_of(source, count):
            yield Unit(source, row)
    except Exception as error:
        yield Unit(source, Row("", error))
