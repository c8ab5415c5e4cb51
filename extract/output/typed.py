"""Rows with their types, on the way to files that have types."""

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from extract.output import tables
from extract.records import Extraction

GROUP = 2_000
"""Articles that go into a file at once, fewer where they are long: what is in memory at a time."""
BYTES = 64 * 2**20
"""Bytes of rows that make a group full."""

Rows = dict[str, list[list[Any]]]
"""The rows of an article by table."""
_decode = msgspec.json.Decoder(Rows).decode


class Typed:
    """What forms with types keep of an article."""

    def encode(self, extraction: Extraction) -> bytes:
        """The rows of an article by table."""
        return msgspec.json.encode({table: tables.rows(extraction, table) for table in tables.TABLES})


def groups(parts: Iterable[bytes]) -> Iterator[list[Rows]]:
    """The rows of articles, some at a time."""
    group: list[Rows] = []
    size = 0
    for part in parts:
        group.append(_decode(part))
        size += len(part)
        if len(group) == GROUP or size > BYTES:
            yield group
            group, size = [], 0
    if group:
        yield group
