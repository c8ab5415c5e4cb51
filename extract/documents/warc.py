"""The pages of a crawl (.warc, and .warc.gz): however many there are, one is in memory."""

from datetime import date
from io import BytesIO
from typing import Any, BinaryIO

from msgspec.structs import replace

from extract.documents.missing import missing
from extract.text.decode import ReadError
from extract.text.read import Article, Found, Source
from extract.text.stream import whole

KINDS = {
    ("response", "text/html"),
    ("response", "application/xhtml+xml"),
    ("resource", "text/html"),
    ("resource", "application/xhtml+xml"),
    ("conversion", "text/plain"),
}
"""Types of records, and of what is in them, that hold an article; pictures and scripts do not."""


def warc(file: BinaryIO, source: Source) -> Found:
    """Each page that was answered with status 200 is an article, with the address and, where it shows no
    date of its own, the day of its record."""
    try:
        from warcio.archiveiterator import ArchiveIterator
    except ImportError:
        raise missing("Crawls", "warcio") from None
    number = 0
    try:
        for record in ArchiveIterator(file):
            number += 1
            if _holds_a_page(record):
                yield _read(record, source, number)
    except ReadError:
        raise
    except Exception as error:  # any, since crawls are hostile and the parser is not ours
        raise ReadError(f"after record {number}: {type(error).__name__}: {str(error)[:200]}") from None


def _holds_a_page(record: Any) -> bool:
    headers = record.http_headers
    kind = headers.get_header("Content-Type") if headers else record.rec_headers.get_header("Content-Type")
    sound = headers is None or headers.get_statuscode() == "200"
    return sound and (record.rec_type, (kind or "").partition(";")[0].strip().lower()) in KINDS


def _read(record: Any, source: Source, number: int) -> Article | ReadError:
    """The article of a record, or what is wrong with it."""
    from extract.text.containers import html, text

    place = f"record {number}"
    told = source._replace(id=f"{source.id}/{number}", name=f"{source.name}: {place}")
    try:
        content = BytesIO(whole(record.content_stream()))
        article = next((text if record.rec_type == "conversion" else html)(content, told))
    except ReadError as error:
        return ReadError(f"{told.name}: {error}", place)
    except Exception as error:  # what is packed in a record may be damaged
        return ReadError(f"{told.name}: {type(error).__name__}: {str(error)[:200]}", place)
    if isinstance(article, ReadError):
        return article
    known: dict[str, Any] = {
        "url": record.rec_headers.get_header("WARC-Target-URI") or article.url,
        "kept": True,
    }
    if article.published is None and (day := _day(record.rec_headers.get_header("WARC-Date"))):
        known |= {"published": day, "published_from": "record"}
    return replace(article, **known)


def _day(written: str | None) -> date | None:
    try:
        return date.fromisoformat((written or "")[:10])
    except ValueError:
        return None
