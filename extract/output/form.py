"""A form that results are written in: what is kept of each article, and the files that are made of it."""

from collections.abc import Iterable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol

from extract.records import Extraction


class Files(Protocol):
    """Where a sink puts its files."""

    def new(self, name: str) -> AbstractContextManager[Path]:
        """A path to write at; at the end what stands there becomes the file of that name in the folder of
        the run, and on an error nothing changes."""


class Sink(Protocol):
    """A form of results. Workers encode, the main process writes; neither keeps anything of an article."""

    def encode(self, extraction: Extraction) -> bytes:
        """What is kept of an article, beside its text, for this form: all that `write` needs of it."""

    def write(self, files: Files, parts: Iterable[bytes]) -> None:
        """Make the files of the form from what was kept of all articles, in order, few at a time."""


def shard(name: str, number: int) -> str:
    """The name of the file of that number, counted from 1."""
    stem, _, suffix = name.rpartition(".")
    return name if number == 1 else f"{stem}-{number:05}.{suffix}"
