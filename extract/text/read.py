"""From bytes to an article: decoding, and what is known of an article before its text is read."""

import os
import re
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from extract.text.index import Entry

BOMS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\x84\x31\x95\x33", "gb18030"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
SAMPLE = 20_000
"""Characters that are looked at to judge whether a decoding reads like Chinese."""
PLAUSIBLE = 0.7
"""Least share of common characters. Right decodings have 0.99, wrong ones half of it."""
TRAILS = range(0x40, 0xFF)
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


class ReadError(ValueError):
    """Bytes that are no text; the message names the file (where there is one) and the byte offset."""


class Article(msgspec.Struct, frozen=True, kw_only=True):
    """A text as decoded (line ends kept, byte order mark left out), with the metadata that comes from
    outside of it: an index, an option, the caller."""

    id: str
    raw: str
    source: str | None = None
    encoding: str | None = None
    title: str | None = None
    url: str | None = None
    published: date | None = None
    published_from: str | None = None

    @property
    def known(self) -> dict[str, Any]:
        """What the extractor is told besides the text."""
        return {key: value for key, value in msgspec.structs.asdict(self).items() if key != "raw"}


def read(
    path: Path, *, id: str | None = None, source: str | None = None, entry: Entry | None = None
) -> Article:
    """The article of a file. Raises `ReadError` where it is no text, `OSError` where it cannot be read."""
    if entry and entry.problem:
        raise ReadError(entry.problem)
    data = path.read_bytes()
    return article(data, id=id or printable(path.stem), source=source or printable(path.name), entry=entry)


def article(data: bytes, *, id: str, source: str, entry: Entry | None = None) -> Article:
    """The article of a file's bytes."""
    try:
        raw, encoding = decode(data)
    except ReadError as error:
        raise ReadError(f"{source}: {error}") from None
    known = entry or Entry()
    return Article(
        id=id,
        raw=raw,
        source=source,
        encoding=encoding,
        title=known.title,
        url=known.url,
        published=known.published,
        published_from="index" if known.published else None,
    )


def printable(name: str) -> str:
    """A file name as text: bytes of it that are no UTF-8 become U+FFFD, so that it can be written."""
    return os.fsencode(name).decode("utf-8", "replace")


def decode(data: bytes) -> tuple[str, str]:
    """Text and encoding: by byte order mark, else UTF-8, else GB18030 or Big5, as it reads like Chinese."""
    for mark, encoding in BOMS:
        if data.startswith(mark):
            return _readable(_strict(data, encoding, len(mark)), data), encoding
    if (null := data.find(0)) >= 0:
        raise ReadError(f"byte {null}: a zero byte, so this is a binary file, no text")
    try:
        return _readable(data.decode("utf-8"), data), "utf-8"
    except UnicodeDecodeError as error:
        return _legacy(data, error)


def _strict(data: bytes, encoding: str, skip: int) -> str:
    try:
        return data[skip:].decode(encoding)
    except UnicodeDecodeError as error:
        at = error.start + skip
        raise ReadError(f"byte {at}: not {encoding}, though its byte order mark says so") from None


def _legacy(data: bytes, utf8: UnicodeDecodeError) -> tuple[str, str]:
    """GB18030 or Big5, by the share of common characters; a tie goes to GB18030."""
    intact = data.decode("utf-8", "ignore")
    if plausibility(intact) >= PLAUSIBLE and 20 * len(intact.encode()) > 19 * len(data):
        raise ReadError(f"byte {utf8.start} (0x{data[utf8.start]:02x}): UTF-8 that is damaged here")
    readings: list[tuple[float, str, str]] = []
    farthest = utf8.start
    for name, codec in (("gb18030", "gb18030"), ("big5", "big5hkscs")):
        try:
            text = data.decode(codec)
        except UnicodeDecodeError as error:
            farthest = max(farthest, error.start)
        else:
            readings.append((plausibility(text), text, name))
    score, text, name = max(readings, key=lambda r: r[0], default=(0.0, "", ""))
    if score < PLAUSIBLE:
        at = utf8.start if readings else farthest
        raise ReadError(f"byte {at} (0x{data[at]:02x}): not text in UTF-8, UTF-16, GB18030 or Big5")
    return _readable(text, data), name


def plausibility(text: str) -> float:
    """Share of a text's non-ASCII characters that are common ones or punctuation."""
    judged = [c for c in text[:SAMPLE] if c > "\x7f"]
    common = _common()
    return sum(c in common for c in judged) / len(judged) if judged else 0.0


def _readable(text: str, data: bytes) -> str:
    """The text, unless it is full of control characters: then the bytes only happen to decode."""
    controls = CONTROL.findall(text, 0, SAMPLE)
    if "\0" in controls or len(controls) * 20 > min(len(text), SAMPLE):
        first = data.find(controls[0].encode())
        raise ReadError(f"byte {first}: control characters, so this is a binary file, no text")
    return text


@cache
def _common() -> frozenset[str]:
    """First-level characters of GB 2312 (3,755) and Big5 (5,401), and the signs of both."""
    rows = [("gb2312", range(0xA1, 0xA4)), ("gb2312", range(0xB0, 0xD8)), ("big5", range(0xA1, 0xA4))]
    rows.append(("big5", range(0xA4, 0xC7)))
    cells = ((codec, bytes((lead, trail))) for codec, leads in rows for lead in leads for trail in TRAILS)
    return frozenset(cell.decode(codec, "ignore") for codec, cell in cells) - {""}
