"""What a worker makes of one article for the folder of a run: all that takes time is done, none of it is in
place."""

import os
from collections.abc import Mapping
from hashlib import blake2b
from itertools import count
from pathlib import Path
from typing import NamedTuple

import msgspec

from extract.output.journal import Entry, packed
from extract.output.piece import Failure, Piece

STAGE = ".run"
"""The folder, in that of the results, where documents and tables wait until they are whole."""
CLUSTER = ".cluster"
"""The folder of what a cluster has made; it outlives a run that is broken off."""
_numbers = count()


class Made(NamedTuple):
    """An article's entry, its parts by form, and the path of its documents but for their suffixes."""

    entry: Entry
    parts: Mapping[str, bytes] = {}
    place: str = ""
    failure: Failure | None = None


def made(piece: Piece, digest: bytes, stage: Path | None) -> Made:
    """Its documents stand in the folder ``stage``; without one there are none. Raises `OSError`."""
    entry = Entry(source=piece.source, id=piece.id)
    if piece.failure:
        return Made(entry, failure=piece.failure)
    documents = {".json": msgspec.json.format(piece.parts["json"], indent=2) + b"\n"} if stage else {}
    if stage and piece.text is not None:
        documents[".txt"] = piece.text
    place = f"{stage}/{os.getpid()}-{next(_numbers)}"
    for suffix, data in documents.items():
        Path(place + suffix).write_bytes(data)
    entry = msgspec.structs.replace(
        entry,
        digest=digest,
        forms=tuple(piece.parts),
        counts=piece.counts,
        files={suffix: digest_of(data) for suffix, data in documents.items()},
    )
    parts = {form: packed(part) for form, part in piece.parts.items() if form != "json"}
    return Made(entry, parts, place)


def digest_of(data: bytes) -> bytes:
    """The digest of a document."""
    return blake2b(data, digest_size=16).digest()
