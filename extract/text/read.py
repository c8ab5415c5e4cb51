"""An article as it was read, and how text and what is known of it become one."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from extract.records import Notice, Span
from extract.text.decode import BROKEN, ReadError, Text, decode, mend
from extract.text.index import Entry
from extract.text.mojibake import repaired

LIMIT = 64 * 2**20
"""Bytes of one article, unpacked: what is longer is refused, so that memory stays bounded."""
LONGEST = 2 * 2**20
"""Characters of one article, some thousand times a long one. A text that is nothing but dates takes 1 GB."""


UNDECODED = re.compile("[\udc80-\udcff]")
"""Bytes of a file name that are no UTF-8, as Python has them."""
OR = "|"
"""Stands between the names that one field may have."""


class Fields(NamedTuple):
    """The names that fields of JSON and columns of Parquet have; the first that has a value counts."""

    id: str = "id"
    text: str = "text|content|body"
    title: str = "title"
    url: str = "url"
    published: str = "published|date|pubtime"


class Selectors(NamedTuple):
    """CSS selectors of the elements that hold a field of a page; ``None`` where its reader is to find it."""

    title: str | None = None
    date: str | None = None
    publisher: str | None = None
    author: str | None = None
    body: str | None = None

    def over(self, other: "Selectors") -> "Selectors":
        """These selectors, and the other ones where there are none."""
        return Selectors(*(own or its for own, its in zip(self, other, strict=True)))


class Pages(NamedTuple):
    """How web pages are read: by own selectors, and by the rules of folders over the shipped ones."""

    own: Selectors = Selectors()
    folders: tuple[Path, ...] = ()


class Source(NamedTuple):
    """A file to read; ``id`` names its article, or begins the names of its articles where it has many."""

    path: Path
    id: str
    name: str
    entry: Entry = Entry()
    format: str | None = None
    """The container, where an option gives it; else the file name tells."""
    fields: Fields = Fields()
    pages: Pages = Pages()


class Article(msgspec.Struct, frozen=True, kw_only=True):
    """A text as decoded (line ends kept, byte order mark left out), with the metadata that comes from
    outside of it: an index, an option, the page's head, the caller."""

    id: str
    raw: str
    source: str | None = None
    encoding: str | None = None
    title: str | None = None
    url: str | None = None
    published: date | None = None
    published_from: str | None = None
    publisher: str | None = None
    author: str | None = None
    editor: str | None = None
    warnings: tuple[Notice, ...] = ()
    kept: bool = False
    """Whether ``raw`` is to be kept beside the records, since no file holds it as it stands."""

    @property
    def known(self) -> dict[str, Any]:
        """What the extractor is told besides the text."""
        told = ("id", "source", "encoding", "title", "url", "published", "published_from")
        return {key: getattr(self, key) for key in (*told, "publisher", "author", "editor")}


Found = Iterator[Article | ReadError]
"""What a container yields."""


def read(
    path: Path, *, id: str | None = None, source: str | None = None, entry: Entry | None = None
) -> Article:
    """The article of a text file. Raises `ReadError` where it is none, `OSError` where it is out of reach."""
    name = source or printable(path.name)
    place = Source(path, id or printable(path.stem), name, entry or Entry())
    if place.entry.problem:
        raise ReadError(place.entry.problem)
    try:
        return article(decode(path.read_bytes()), place)
    except ReadError as error:
        raise ReadError(f"{name}: {error}") from None


def article(text: Text, source: Source, /, *, kept: bool = False, **known: Any) -> Article:
    """The article of a decoded text. ``known`` comes from its container; the source's index knows better.

    Text that was decoded wrongly before it was saved is repaired, and then kept. Raises `ReadError` where the
    text is longer than any article.
    """
    raw, warnings = text.text, list(text.warnings)
    if len(raw) > LONGEST:
        raise ReadError(f"longer than {LONGEST} characters, which is the most that an article may have")
    if BROKEN.search(raw):
        raw, places = mend(raw)
        message = f"{len(places)} zero or lone surrogate, read as U+FFFD"
        warnings.append(Notice(code="broken-characters", message=message, span=_character(raw, places[0])))
    if mended := repaired(raw):
        raw, taken = mended
        warnings.append(Notice(code="mojibake", message=f"UTF-8 that had been read as {taken} was repaired"))
    known = {key: clean(value) if isinstance(value, str) else value for key, value in known.items()}
    entry: dict[str, Any] = {"title": source.entry.title, "url": source.entry.url}
    if source.entry.published:
        entry |= {"published": source.entry.published, "published_from": "index"}
    known |= {key: value for key, value in entry.items() if value}
    return Article(
        **{"id": source.id, "source": source.name} | known,
        raw=raw,
        encoding=text.encoding,
        warnings=tuple(warnings),
        kept=kept or mended is not None,
    )


def clean(text: str) -> str:
    """A text that can be written as UTF-8 and as CSV."""
    return mend(text)[0]


def printable(name: str) -> str:
    """A file name as text that can be written: a byte of it that is no UTF-8 is U+FFFD with its number, so
    that names stay apart."""
    return UNDECODED.sub(lambda m: f"\ufffd{ord(m[0]) - 0xDC00:02X}", name)


def _character(raw: str, at: int) -> Span:
    return Span(at, at + 1, raw[at : at + 1])
