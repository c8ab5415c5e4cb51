"""The pages and documents of a crawl (.warc, and .warc.gz): however many there are, one is in memory."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import Any, BinaryIO

from msgspec.structs import replace

from extract.documents.missing import missing
from extract.text.containers import html, pdf, text, word
from extract.text.decode import ReadError
from extract.text.read import Article, Source
from extract.text.rows import Held, Row
from extract.text.stream import whole

KINDS: dict[str, Callable[[BinaryIO, Source], Article]] = {
    "text/html": html,
    "application/xhtml+xml": html,
    "application/pdf": pdf,
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": word,
}
"""What answers hold that has an article, and what reads it; pictures and scripts have none."""


@dataclass(frozen=True)
class Crawled(Held):
    """The content of a record, its address, and the day on which it was made."""

    content: bytes
    reader: Callable[[BinaryIO, Source], Article]
    url: str | None
    day: date | None

    def article(self, source: Source) -> Article:
        """The page; it is dated by its record where nothing of its own does."""
        read = self.reader(BytesIO(self.content), source)
        known: dict[str, Any] = {"url": self.url or read.url, "kept": True}
        if read.published is None and self.day:
            known |= {"published": self.day, "published_from": "record"}
        return replace(read, **known)


def warc(file: BinaryIO, _source: Source) -> Iterator[Row]:
    """Each page that was answered with status 200."""
    try:
        from warcio.archiveiterator import ArchiveIterator
    except ImportError:
        raise missing("Crawls", "warcio") from None
    number = 0
    try:
        for record in ArchiveIterator(file):
            number += 1
            if reader := _reader(record):
                yield Row(f"record {number}", _content(record, reader))
    except ReadError:
        raise
    except Exception as error:  # any, since crawls are hostile and the parser is not ours
        raise ReadError(f"after record {number}: {type(error).__name__}: {str(error)[:200]}") from None


def _reader(record: Any) -> Callable[[BinaryIO, Source], Article] | None:
    """What reads a record, where it holds an article."""
    headers = record.http_headers
    kind = headers.get_header("Content-Type") if headers else record.rec_headers.get_header("Content-Type")
    kind = (kind or "").partition(";")[0].strip().lower()
    if record.rec_type == "conversion":
        return text if kind == "text/plain" else None
    sound = headers is None or headers.get_statuscode() == "200"
    return KINDS.get(kind) if sound and record.rec_type in ("response", "resource") else None


def _content(record: Any, reader: Callable[[BinaryIO, Source], Article]) -> Crawled | ReadError:
    about = record.rec_headers.get_header
    try:
        content = whole(record.content_stream())
    except ReadError as error:
        return error
    except Exception as error:  # what is packed in a record may be damaged
        return ReadError(f"{type(error).__name__}: {str(error)[:200]}")
    return Crawled(content, reader, about("WARC-Target-URI"), _day(about("WARC-Date")))


def _day(written: str | None) -> date | None:
    try:
        return date.fromisoformat((written or "")[:10])
    except ValueError:
        return None
