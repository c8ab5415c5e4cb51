"""What files hold articles, and how: one container, one function that yields its articles.

What cannot be read is a `ReadError` in its place, so that nothing else of the file is lost. Files of many
articles are first cut into rows, which is cheap, so that one process can deal out the rows of a file to
others.
"""

import io
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from functools import partial
from io import BytesIO
from pathlib import PurePath
from typing import BinaryIO

import msgspec

from extract.documents import reader
from extract.documents.refusal import HEAD, refuse
from extract.text import read, rows
from extract.text.decode import ReadError, decode
from extract.text.read import LIMIT, Article, Found, Source
from extract.text.rows import Row
from extract.text.stream import unpacked, whole

PIECE = 2**16
"""Bytes that are read at once."""


def articles(source: Source) -> Found:
    """All articles of a file or, for ``-``, of standard input. Raises `OSError` where it cannot be read."""
    if not holds_many(source):
        yield _tried(lambda: article(source, content(source)))
        return
    for row in rows_of(source):
        yield _tried(partial(rows.read, row, source))


def rows_of(source: Source, count: Callable[[int], object] = int) -> Iterator[Row]:
    """The rows of a file of many articles; an error that ends the file is the last. ``count`` is told how
    many bytes of the file were read for each. Raises `OSError`."""
    read = 0
    try:
        if source.entry.problem:
            raise ReadError(source.entry.problem)
        with opened(source) as packed:
            file = unpacked(packed)
            refuse(_start(file))
            for row in MANY[_suffix(source)](file, source):
                yield row
                at = max(read, packed.tell()) if packed.seekable() else 0
                count(at - read)
                read = at
    except ReadError as error:
        yield Row("", error)


def content(source: Source) -> bytes:
    """The bytes of a file of one article, as far as that may go and a little more. Raises `OSError`, and
    `ReadError` where it is known beforehand to be none."""
    _check(source)
    pieces: list[bytes] = []
    with opened(source) as file:
        while len(pieces) <= LIMIT // PIECE and (piece := file.read(PIECE)):
            pieces.append(piece)
    return b"".join(pieces)


def article(source: Source, data: bytes) -> Article:
    """The article of the bytes of a file that holds one. Raises `ReadError` where it is none."""
    try:
        file = unpacked(BytesIO(data))
        return _told(SINGLE.get(_suffix(source), text), file)(file, source)
    except ReadError as error:
        raise ReadError(f"{source.name}: {error}") from None


def _check(source: Source) -> None:
    """A file that cannot be an article is not even opened."""
    if source.entry.problem:
        raise ReadError(f"{source.name}: {source.entry.problem}")


def _tried(made: Callable[[], Article]) -> Article | ReadError:
    try:
        return made()
    except ReadError as error:
        return error


def opened(source: Source) -> AbstractContextManager[BinaryIO]:
    """The file; standard input stays open for whoever reads on."""
    return nullcontext(sys.stdin.buffer) if str(source.path) == "-" else source.path.open("rb")


def text(file: BinaryIO, source: Source) -> Article:
    """Plain text, Markdown among it, is one article."""
    return read.article(decode(whole(file)), source)


def html(file: BinaryIO, source: Source) -> Article:
    """A web page is one article: its main text, which is kept, since spans point into it."""
    from extract.pages.page import page, reader

    code = decode(whole(file))
    found = page(code.text, reader(source.pages.folders), source.pages.own)
    warnings = tuple(msgspec.structs.replace(warning, span=None) for warning in code.warnings)
    text = code._replace(text=found.text, warnings=(*warnings, *found.warnings))
    return read.article(text, source, kept=True, **found.known)


Single = Callable[[BinaryIO, Source], Article]
word, old_word, pdf = reader("word", "word"), reader("old_word", "old_word"), reader("pdf", "pdf")
mail, saved_page = reader("mail", "mail"), reader("mail", "saved_page")

SINGLE: dict[str, Single] = {
    ".txt": text,
    ".md": text,
    ".html": html,
    ".htm": html,
    ".docx": word,
    ".doc": old_word,
    ".pdf": pdf,
    ".eml": mail,
    ".mht": saved_page,
    ".mhtml": saved_page,
}
MANY: dict[str, Callable[[BinaryIO, Source], Iterator[Row]]] = {
    ".json": rows.json,
    ".jsonl": rows.jsonl,
    ".ndjson": rows.jsonl,
    ".parquet": rows.parquet,
    ".warc": reader("warc", "warc"),
}
"""Those that can hold more than one article."""
CONTAINERS = (*SINGLE, *MANY)
"""The suffixes of all that are read."""
PACKED = (".gz", ".zst")
BYTES: dict[Single, tuple[tuple[bytes, Single], ...]] = {
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
    return _suffix(source) in MANY


def _suffix(source: Source) -> str:
    """The container, as an option says, or by the file's name; what has no known suffix is text."""
    return f".{source.format}" if source.format else parts(source.name)[1]


def _told(named: Single, file: BinaryIO) -> Single:
    """The container that the first bytes of a file show. Raises `ReadError` where it is of none."""
    start = _start(file)
    refuse(start)
    return next((kind for magic, kind in BYTES.get(named, ()) if start.startswith(magic)), named)


def _start(file: BinaryIO) -> bytes:
    return file.peek(HEAD)[:HEAD] if isinstance(file, io.BufferedReader) else b""
