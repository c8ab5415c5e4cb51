"""What files hold articles, and how: one container, one function that yields its articles.

What cannot be read comes as a `ReadError` in its place, so that nothing else of the file is lost.
"""

import sys
from collections.abc import Callable
from pathlib import PurePath
from typing import BinaryIO

import msgspec

from extract.text import rows
from extract.text.decode import ReadError, decode
from extract.text.read import Found, Source, article
from extract.text.stream import unpacked, whole


def articles(source: Source) -> Found:
    """All articles of a file or, for ``-``, of standard input. Raises `OSError` where it cannot be read."""
    try:
        if source.entry.problem:
            yield ReadError(source.entry.problem)
        elif str(source.path) == "-":
            yield from _found(sys.stdin.buffer, source)
        else:
            with source.path.open("rb") as file:
                yield from _found(file, source)
    except ReadError as error:
        yield ReadError(f"{source.name}: {error}")


def text(file: BinaryIO, source: Source) -> Found:
    """Plain text, Markdown among it, is one article."""
    yield article(decode(whole(file)), source)


def html(file: BinaryIO, source: Source) -> Found:
    """A web page is one article: its main text, which is kept, since spans point into it."""
    from extract.text.page import page

    code = decode(whole(file))
    found = page(code.text)
    warnings = tuple(msgspec.structs.replace(warning, span=None) for warning in code.warnings)
    text = code._replace(text=found.text, warnings=(*warnings, *found.warnings))
    yield article(text, source, kept=True, **found.known)


CONTAINERS: dict[str, Callable[[BinaryIO, Source], Found]] = {
    ".txt": text,
    ".md": text,
    ".html": html,
    ".htm": html,
    ".json": rows.json,
    ".jsonl": rows.jsonl,
    ".ndjson": rows.jsonl,
    ".parquet": rows.parquet,
}
MANY = (rows.json, rows.jsonl, rows.parquet)
"""Those that can hold more than one article."""
PACKED = (".gz", ".zst")


def parts(name: str) -> tuple[str, str]:
    """A file name without its suffixes, and the suffix of its container: ``a`` and ``.txt`` of ``a.txt.gz``.

    A name without a known suffix stays whole, with ``""``.
    """
    packing = PurePath(name).suffix
    base = name.removesuffix(packing) if packing.lower() in PACKED else name
    suffix = PurePath(base).suffix
    return (base.removesuffix(suffix), suffix.lower()) if suffix.lower() in CONTAINERS else (name, "")


def holds_many(source: Source) -> bool:
    """Whether a file can hold more than one article."""
    return _container(source) in MANY


def _container(source: Source) -> Callable[[BinaryIO, Source], Found]:
    """As an option says, or by the file's name; what has no known suffix is text."""
    return CONTAINERS.get(f".{source.format}" if source.format else parts(source.name)[1], text)


def _found(file: BinaryIO, source: Source) -> Found:
    return _container(source)(unpacked(file), source)
