"""Files that appear whole or not at all."""

import os
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryFile
from typing import BinaryIO

SIZE = 8
"""Bytes of a length."""


@contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """A file to write to, which becomes ``path`` at the end; on an error ``path`` stays as it was."""
    with swapping(path) as temporary, temporary.open("wb") as file:
        yield file


@contextmanager
def swapping(path: Path) -> Iterator[Path]:
    """The path of a file to make, which becomes ``path`` at the end; on an error ``path`` stays as it was."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        yield temporary
        temporary.replace(path)
    finally:
        with suppress(FileNotFoundError):
            temporary.unlink()


def write(path: Path, data: bytes) -> None:
    """Write a whole file at once."""
    with replacing(path) as file:
        file.write(data)


class Place:
    """Where the files of a run are written: they appear together when it is complete."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.names: list[str] = []

    def new(self, name: str) -> AbstractContextManager[Path]:
        """A path to write at, which becomes the file of that name."""
        self.names.append(name)
        return swapping(self._path / name)


class Spool:
    """Pieces of bytes that wait in a file of their own until all are there."""

    def __init__(self, folder: Path) -> None:
        self._file = TemporaryFile(dir=folder)  # noqa: SIM115  # closed by `close`

    def add(self, part: bytes) -> None:
        """Keep one more."""
        self._file.write(len(part).to_bytes(SIZE) + part)

    def close(self) -> None:
        """Forget all."""
        self._file.close()

    def __iter__(self) -> Iterator[bytes]:
        self._file.seek(0)
        while size := self._file.read(SIZE):
            yield self._file.read(int.from_bytes(size))
