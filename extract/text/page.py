"""The article of a web page: its main text, title, publisher and date."""

import logging
from datetime import date
from functools import cache
from typing import Any, NamedTuple

from extract.text.decode import ReadError

LIMIT = 8 * 2**20
"""Characters of a page: the longest have one, and hostile ones are slow to parse."""
DATES = {"original_date": True, "extensive_search": False, "min_date": "1990-01-01", "max_date": "2100-01-01"}
"""Only a date that the page's head or its time element gives; the text's own signs are read later. Bounds
are fixed, since the clock must not change a record."""


class Page(NamedTuple):
    """What a page holds."""

    text: str
    title: str | None
    url: str | None
    publisher: str | None
    published: date | None


def page(html: str) -> Page:
    """The main text of a page, one paragraph a line, and what its head says of it."""
    if len(html) > LIMIT:
        raise ReadError(f"longer than {LIMIT} characters, which is the most that a page may have")
    trafilatura = _trafilatura()
    found = trafilatura.bare_extraction(
        html, include_comments=False, with_metadata=True, date_extraction_params=DATES
    )
    if not found or not found.text:
        raise ReadError("no article in this page")
    published = date.fromisoformat(found.date) if found.date else None
    return Page(found.text, found.title, found.url, found.sitename, published)


@cache
def _trafilatura() -> Any:
    """The library, quiet: what it has to say of a page is in no one's log. Loaded where a page comes."""
    import trafilatura

    for name in ("trafilatura", "htmldate", "courlan", "justext"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    return trafilatura
