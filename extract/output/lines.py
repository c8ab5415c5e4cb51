"""Results as lines of text: tables as CSV, extractions as JSON."""

from collections.abc import Iterable
from contextlib import ExitStack
from typing import BinaryIO, Self

import msgspec

from extract.output import tables
from extract.output.form import Files, shard
from extract.records import Extraction

MARK = b"\xef\xbb\xbf"
"""Byte order mark. Excel takes a CSV file without one for text in the machine's old encoding, and Chinese
comes out garbled; pandas, Polars, DuckDB and R leave it out."""
ROWS = 1_000_000
"""Rows of a CSV file: a sheet of Excel has room for 1,048,576."""
DOCUMENTS = 100_000
"""Articles of a file of JSON Lines: about a gigabyte."""


class Shards:
    """Lines in files of bounded size: ``metrics.csv``, then ``metrics-00002.csv`` and so on."""

    def __init__(self, files: Files, name: str, limit: int, heading: bytes = b"") -> None:
        self._files, self._name, self._limit, self._heading = files, name, limit, heading
        self._stack = ExitStack()
        self._count = self._lines = 0
        self._file = self._next()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self._stack.__exit__(*error)  # type: ignore[arg-type]  # as they came

    def add(self, data: bytes, lines: int) -> None:
        """Write the lines of one article, which stay together."""
        if self._lines and self._lines + lines > self._limit:
            self._file = self._next()
        self._file.write(data)
        self._lines += lines

    def _next(self) -> BinaryIO:
        self._count, self._lines = self._count + 1, 0
        path = self._stack.enter_context(self._files.new(shard(self._name, self._count)))
        file = self._stack.enter_context(path.open("wb"))
        file.write(self._heading)
        return file


class Csv:
    """A table for each kind of record."""

    def encode(self, extraction: Extraction) -> bytes:
        """By table, the number of rows and the rows."""
        return msgspec.msgpack.encode(
            [
                (len(rows), tables.lines(rows))
                for rows in (tables.whole(extraction, table) for table in tables.TABLES)
            ]
        )

    def write(self, files: Files, parts: Iterable[bytes]) -> None:
        """Headers, then the rows as they are."""
        decode = msgspec.msgpack.Decoder(list[tuple[int, bytes]]).decode
        with ExitStack() as stack:
            shards = [
                stack.enter_context(
                    Shards(files, f"{table}.csv", ROWS, MARK + tables.lines([tables.header(table)]))
                )
                for table in tables.TABLES
            ]
            for part in parts:
                for (count, rows), file in zip(decode(part), shards, strict=True):
                    file.add(rows, count)


class JsonLines:
    """An extraction a line."""

    def encode(self, extraction: Extraction) -> bytes:
        """The line."""
        return msgspec.json.encode(extraction) + b"\n"

    def write(self, files: Files, parts: Iterable[bytes]) -> None:
        """The lines as they are."""
        with Shards(files, "articles.jsonl", DOCUMENTS) as shards:
            for part in parts:
                shards.add(part, 1)
