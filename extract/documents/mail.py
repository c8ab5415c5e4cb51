"""The article of a mail (.eml), and of a page that a browser saved in one file (.mht, .mhtml)."""

from collections.abc import Iterator
from datetime import date
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from io import BytesIO
from typing import Any, BinaryIO

from msgspec.structs import replace

from extract.records import Notice
from extract.text.containers import html, text
from extract.text.decode import ReadError
from extract.text.read import Article, Source, clean
from extract.text.stream import whole

PLACES = ("Snapshot-Content-Location", "Content-Location")
"""Headers that say where a saved page came from."""


def mail(file: BinaryIO, source: Source) -> Article:
    """A mail is one article with its subject and date; attachments are left out, with a warning."""
    message = _message(file)
    read = _page(message, source) or _plain(message, source)
    known: dict[str, Any] = {"title": source.entry.title or _header(message, "Subject") or read.title}
    if read.published is None and (day := _day(_header(message, "Date"))):
        known |= {"published": day, "published_from": "metadata"}
    if names := list(_attachments(message)):
        notice = Notice(code="attachments", message=f"attached files are not read: {', '.join(names)}")
        known["warnings"] = (*read.warnings, notice)
    return replace(read, **known, kept=True)


def saved_page(file: BinaryIO, source: Source) -> Article:
    """A saved page is one article: its main text, with the address that it came from."""
    message = _message(file)
    read = _page(message, source)
    if read is None:
        raise ReadError("no page is saved in this file")
    places = (_header(part, name) for part in message.walk() for name in PLACES)
    address = next((place for place in places if place and place.startswith("http")), None)
    return replace(read, url=read.url or address)


def _message(file: BinaryIO) -> EmailMessage:
    message = message_from_bytes(whole(file), policy=policy.default)
    if not message.keys():
        raise ReadError("neither a mail nor a saved page: it has no header")
    return message


def _page(message: EmailMessage, source: Source) -> Article | None:
    """What the first page in the message says."""
    for part in _parts(message, "text/html"):
        return html(BytesIO(_content(part)), source)
    return None


def _plain(message: EmailMessage, source: Source) -> Article:
    for part in _parts(message, "text/plain"):
        return text(BytesIO(_content(part)), source)
    raise ReadError("no text in this mail")


def _parts(message: EmailMessage, kind: str) -> Iterator[EmailMessage]:
    parts = (part for part in message.walk())
    return (part for part in parts if part.get_content_type() == kind and not part.is_attachment())


def _content(part: EmailMessage) -> bytes:
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _attachments(message: EmailMessage) -> Iterator[str]:
    for part in message.walk():
        if part.is_attachment():
            yield clean(part.get_filename() or part.get_content_type())


def _header(part: Any, name: str) -> str | None:
    """A header as text; nothing where the parser fails on it."""
    try:
        return clean(" ".join(str(part.get(name, "")).split())) or None
    except Exception:  # the parser of headers has raised many kinds of them on hostile ones
        return None


def _day(written: str | None) -> date | None:
    try:
        return parsedate_to_datetime(written).date() if written else None
    except ValueError:
        return None
