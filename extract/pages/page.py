"""The article of a web page: its main text, title, publisher and date."""

import re
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from extract.pages.head import NONE, HeadReader
from extract.records import Notice
from extract.rules import Rules
from extract.text.decode import ReadError
from extract.text.read import Selectors

LIMIT = 4 * 2**20
"""Characters of a page, pictures in it left out."""
TAGS = 100_000
"""Tags of a page: each costs time. A hostile page within both limits takes 10 s and 0.4 GB."""
LONG_TAG, ATTRIBUTES = 8_000, 500
"""Characters of a tag, and words in it, above which its attributes are left out: what they cost the parser
grows with the square of their number."""
TAG = re.compile(r"<[a-zA-Z](?:[^>\"']++|\"[^\"]*+\"|'[^']*+'|[\"'])*+")
PICTURE = re.compile(r"data:[\w/+.-]{1,40};base64,[\w+/=%]*")


class Page(NamedTuple):
    """What a page holds."""

    text: str
    title: str | None
    url: str | None
    publisher: str | None
    author: str | None
    editor: str | None
    published: date | None
    published_from: str | None
    """The sign of the date: ``timestamp`` where it is seen, ``metadata`` where the code states it."""
    warnings: tuple[Notice, ...]

    @property
    def known(self) -> dict[str, Any]:
        """What the extractor is told besides the text."""
        told = ("title", "url", "publisher", "author", "editor", "published", "published_from")
        return {key: getattr(self, key) for key in told}


@cache
def reader(folders: tuple[Path, ...] = ()) -> HeadReader:
    """What reads heads by the shipped rules and those of the folders."""
    return HeadReader(Rules(folders))


def page(html: str, heads: HeadReader | None = None, own: Selectors = NONE) -> Page:
    """The main text of a page, one paragraph a line, and what its head says of it, by the shipped rules or by
    others, or where ``own`` selectors find it. Raises `ReadError` where it has no text, or is larger than any
    page."""
    html = TAG.sub(_bounded, PICTURE.sub("", html))
    if len(html) > LIMIT:
        raise ReadError(f"longer than {LIMIT} characters, which is the most that a page may have")
    if html.count("<") > TAGS:
        raise ReadError(f"more than {TAGS} tags, which is the most that a page may have")
    try:
        tree = _parsed(html)
        heads = heads or reader()
        head = heads.read(tree, own)
        text = heads.text(tree, head)
    except Exception as error:  # any, since pages are hostile and the parser is not ours
        raise ReadError(f"a page that cannot be parsed: {type(error).__name__}: {error}") from None
    if not text:
        raise ReadError("no article in this page")
    when = head.when
    warnings = (Notice(code="published", message=when.warning),) if when.warning else ()
    names = heads.names(head, text)
    return Page(heads.without_names(text), head.title, head.url, *names, when.date, when.sign, warnings)


def _bounded(tag: re.Match[str]) -> str:
    """A tag, without its attributes where they are too many."""
    text = tag[0]
    if len(text) < LONG_TAG or len(text.split()) < ATTRIBUTES:
        return text
    return text[: next(i for i, c in enumerate(text) if c.isspace() or c == "/")]


def _parsed(html: str) -> Any:
    """The tree of a page. It is parsed as the UTF-8 that it is by now, whatever it declares; the parser
    gives up below 256 levels, so depth is bounded."""
    from lxml.html import HTMLParser, document_fromstring

    parser = HTMLParser(encoding="utf-8", collect_ids=False, remove_comments=True, remove_pis=True)
    return document_fromstring(html.encode(), parser=parser)
