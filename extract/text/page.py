"""The article of a web page: its main text, title, publisher and date."""

import logging
import re
from datetime import date
from functools import cache
from typing import Any, NamedTuple

from extract.text.decode import ReadError
from extract.text.grid import flatten

LIMIT = 4 * 2**20
"""Characters of a page, pictures in it left out."""
TAGS = 100_000
"""Tags of a page: each costs time. A hostile page within both limits takes 10 s and 0.4 GB."""
PICTURE = re.compile(r"data:[\w/+.-]{1,40};base64,[\w+/=%]*")
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
    html = PICTURE.sub("", html)
    if len(html) > LIMIT:
        raise ReadError(f"longer than {LIMIT} characters, which is the most that a page may have")
    if html.count("<") > TAGS:
        raise ReadError(f"more than {TAGS} tags, which is the most that a page may have")
    try:
        found = _main_text(html)
    except Exception as error:  # any, since pages are hostile and the parser is not ours
        raise ReadError(f"a page that cannot be parsed: {type(error).__name__}: {error}") from None
    if not found or not found.text:
        raise ReadError("no article in this page")
    published = date.fromisoformat(found.date) if found.date else None
    return Page(found.text, found.title, found.url, found.sitename, published)


def _main_text(html: str) -> Any:
    """What the library makes of the parsed page. It is parsed here, as the UTF-8 that it is by now,
    whatever it declares; the parser gives up below 256 levels, so depth is bounded."""
    from lxml.html import HTMLParser, document_fromstring

    parser = HTMLParser(encoding="utf-8", collect_ids=False, remove_comments=True, remove_pis=True)
    tree = document_fromstring(html.encode(), parser=parser)
    flatten(tree)
    return _trafilatura().bare_extraction(
        tree, include_comments=False, with_metadata=True, date_extraction_params=DATES
    )


@cache
def _trafilatura() -> Any:
    """The library, quiet: what it has to say of a page is in no one's log. Loaded where a page comes."""
    import trafilatura

    for name in ("trafilatura", "htmldate", "courlan", "justext"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    return trafilatura
