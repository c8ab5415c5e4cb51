"""Documents that are no text: Word, PDF, mail, saved pages in one file, crawls. One file, one kind."""

from collections.abc import Callable
from importlib import import_module
from typing import Any, BinaryIO

from extract.text.read import Source


def reader(module: str, function: str) -> Callable[[BinaryIO, Source], Any]:
    """What reads a kind of document, loaded with the first one that comes."""

    def read(file: BinaryIO, source: Source) -> Any:
        return getattr(import_module(f"extract.documents.{module}"), function)(file, source)

    return read
