"""What files hold articles, and how: one container, one function that yields its articles.

What cannot be read comes as a `ReadError` in its place, so that nothing else of the file is lost.
"""

import io
import json as json_
import re
import sys
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from pathlib import PurePath
from typing import Any, BinaryIO

import msgspec

from extract.records import Notice
from extract.text.decode import ReadError, Text, decode
from extract.text.read import Article, Source, article, clean
from extract.text.stream import lines, unpacked, whole

Found = Iterator[Article | ReadError]
Container = Callable[[BinaryIO, Source], Found]

BATCH = 16
"""Rows of Parquet that are decoded at once."""
GAP = re.compile(r"[\s,]*")
DAY = re.compile(r"\s*(\d{4})(?:[-/.年]?)(\d{1,2})(?:[-/.月]?)(\d{1,2})(?!\d)")
UNSAFE = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|%]|^\.|^$')
LONGEST_ID = 120
"""Bytes of an id that becomes a file name."""


def articles(source: Source) -> Found:
    """All articles of a file or, for ``-``, of standard input."""
    if source.entry.problem:
        yield ReadError(source.entry.problem)
        return
    try:
        if str(source.path) == "-":
            yield from _named(source, unpacked(sys.stdin.buffer))
        else:
            with source.path.open("rb") as file:
                yield from _named(source, unpacked(file))
    except ReadError as error:
        yield ReadError(f"{source.name}: {error}")


def _named(source: Source, file: BinaryIO) -> Found:
    return CONTAINERS[format_of(source)](file, source)


def format_of(source: Source) -> str:
    """The container of a file: as an option says, or by its name, or text."""
    suffix = f".{source.format}" if source.format else stem(source.name)[1]
    return suffix if suffix in CONTAINERS else ".txt"


def stem(name: str) -> tuple[str, str]:
    """A file name without its suffixes, and the suffix of its container (``.txt`` of ``a.txt.gz``)."""
    base = name[: -len(PurePath(name).suffix)] if PurePath(name).suffix.lower() in PACKED else name
    suffix = PurePath(base).suffix.lower()
    return (base[: -len(suffix)], suffix) if suffix in CONTAINERS else (base, "")


def holds_many(source: Source) -> bool:
    """Whether a file can hold more than one article."""
    return format_of(source) in MANY


def text(file: BinaryIO, source: Source) -> Found:
    """Plain text, Markdown among it, is one article."""
    yield article(decode(whole(file)), source)


def html(file: BinaryIO, source: Source) -> Found:
    """A web page is one article: its main text."""
    from extract.text.page import page

    code = decode(whole(file))
    found = page(code.text)
    yield article(
        code._replace(text=found.text, warnings=tuple(msgspec.structs.replace(w, span=None) for w in code.warnings)),
        source,
        kept=True,
        title=found.title,
        url=found.url,
        publisher=found.publisher,
        published=found.published,
        published_from="metadata" if found.published else None,
    )


def json(file: BinaryIO, source: Source) -> Found:
    """An object is an article, a list of objects are several; so are objects one after the other."""
    content = decode(whole(file))
    body, at, number = content.text, GAP.match(content.text).end(), 0
    listed = body.startswith("[", at)
    at += listed
    try:
        while (at := GAP.match(body, at).end()) < len(body) and not (listed and body[at] == "]"):
            row, at = SCANNER.raw_decode(body, at)
            number += 1
            alone = number == 1 and not listed and GAP.match(body, at).end() == len(body)
            yield _row(row, source, None if alone else ("item", number), content)
    except (ValueError, RecursionError) as error:
        raise ReadError(f"after item {number}: {_reason(error)}") from None
