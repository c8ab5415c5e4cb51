"""How much the streams of a PDF unpack to, before its reader unpacks them."""

import re
import zlib
from base64 import a85decode
from collections.abc import Iterator

from extract.text.stream import RATIO

STREAM = re.compile(rb"(?<!end)stream\r?\n")
DICTIONARY = 1_000
"""Bytes before a stream in which it is described."""
STEP = 4096
"""Packed bytes that are unpacked at once: no more than 4 MiB can come of them."""


def weight(data: bytes, most: int) -> int:
    """Bytes that the streams unpack to, pictures left out, since text is read without them; it stops where
    that is more than ``most``."""
    total = 0
    for found in STREAM.finditer(data):
        described = data[max(0, found.start() - DICTIONARY) : found.start()].rpartition(b" obj")[2]
        if b"/Image" in described:
            continue
        end = data.find(b"endstream", found.end())
        packed = memoryview(data)[found.end() : end if end >= 0 else len(data)]
        for size in _sizes(described, packed):
            total += size
            if total > most:
                return total
    return total


def _sizes(described: bytes, packed: memoryview) -> Iterator[int]:
    """What a stream unpacks to, by and by."""
    if b"/ASCII85Decode" in described:
        try:
            packed = memoryview(a85decode(bytes(packed).strip().removesuffix(b"~>")))
        except ValueError:
            return
    if b"/LZWDecode" in described or described.count(b"/FlateDecode") > 1:
        yield RATIO * len(packed)  # nobody packs so any more: the worst is taken
    elif b"/FlateDecode" in described:
        unpacker = zlib.decompressobj()
        try:
            for at in range(0, len(packed), STEP):
                yield len(unpacker.decompress(packed[at : at + STEP]))
        except zlib.error:
            return  # damaged, or locked: nothing comes of it
    else:
        yield len(packed)
