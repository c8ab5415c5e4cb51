"""Files that appear whole or not at all."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO


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


def link(file: Path, path: Path) -> None:
    """The same file under another name; a copy, where the file system has no links."""
    try:
        os.link(file, path)
    except OSError:
        shutil.copyfile(file, path)
