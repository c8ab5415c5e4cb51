"""What files hold articles, and how: one container, one function that yields its articles.

What cannot be read comes as a `ReadError` in its place, so that nothing else of the file is lost.
"""

import io
import sys
from collections.abc import Callable
from pathlib import PurePath
from typing import BinaryIO

import msgspec

from extract.documents.mail import mail, saved_page
from extract.documents.old_word import old_word
from extract.documents.pdf import pdf
from extract.documents.refusal import HEAD, refuse
from extract.documents.warc import warc
from extract.documents.word import word
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


Container = Callable[[BinaryIO, Source], Found]

CONTAINERS: dict[str, Container] = {
    ".txt": text,
    ".md": text,
    ".html": html,
    ".htm": html,
    ".json": rows.json,
    ".jsonl": rows.jsonl,
    ".ndjson": rows.jsonl,
    ".parquet": rows.parquet,
    ".docx": word,
    ".doc": old_word,
    ".pdf": pdf,
    ".eml": mail,
    ".mht": saved_page,
    ".mhtml": saved_page,
    ".warc": warc,
}
MANY = (rows.json, rows.jsonl, rows.parquet, warc)
"""Those that can hold more than one article."""
PACKED = (".gz", ".zst")
BYTES: dict[Container, tuple[tuple[bytes, Container], ...]] = {
    text: ((b"%PDF-", pdf), (b"PK\x03\x04", word)),
    old_word: ((b"PK\x03\x04", word), (b"<", html), (b"\xef\xbb\xbf<", html), (b"MIME-", saved_page)),
}
"""What the first bytes show a file to be that only calls itself text or Word of before 2007."""


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


def _container(source: Source) -> Container:
    """As an option says, or by the file's name; what has no known suffix is text."""
    return CONTAINERS.get(f".{source.format}" if source.format else parts(source.name)[1], text)


def _found(file: BinaryIO, source: Source) -> Found:
    stream = unpacked(file)
    start = stream.peek(HEAD)[:HEAD] if isinstance(stream, io.BufferedReader) else b""
    refuse(start)
    named = _container(source)
    told = (kind for magic, kind in BYTES.get(named, ()) if start.startswith(magic))
    return next(told, named)(stream, source)
