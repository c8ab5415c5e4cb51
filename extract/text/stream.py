"""Files as streams of bytes: unpacked, and within bounds whatever they claim to hold."""

import io
import zlib
from codecs import BOM_UTF16_BE, BOM_UTF16_LE, getincrementaldecoder
from collections.abc import Callable, Iterator
from typing import Any, BinaryIO, Protocol, cast

from extract.text.decode import ReadError
from extract.text.read import LIMIT

STEP = 1024
"""Packed bytes that are unpacked at once: no more than 32 MiB can come of them."""
RATIO = 250
"""Bytes that a packed byte may become, beyond `LIMIT`. Text packs to a third, JSON Lines to a thirtieth."""


class Unpacker(Protocol):
    """What `zlib` and `zstandard` have in common."""

    @property
    def eof(self) -> bool: ...
    @property
    def unused_data(self) -> bytes: ...
    def decompress(self, data: bytes, /) -> bytes: ...


def unpacked(file: BinaryIO) -> BinaryIO:
    """The stream, or what is packed in it: told by its first bytes, since names are often wrong."""
    stream = file if isinstance(file, io.BufferedReader) else io.BufferedReader(cast(io.RawIOBase, file))
    for magic, fresh in PACKED.items():
        if stream.peek(len(magic)).startswith(magic):
            return _buffered(_unpack(stream, fresh))
    return stream


def whole(file: BinaryIO) -> bytes:
    """All bytes of a stream, which must not be more than `LIMIT`."""
    data = file.read(LIMIT + 1)
    if len(data) > LIMIT:
        raise ReadError(f"longer than {LIMIT} bytes, which is the most that an article may have")
    return data


def lines(file: BinaryIO) -> Iterator[tuple[int, bytes | ReadError]]:
    """The numbered lines of a stream that are not blank; one over the limit comes as an error."""
    stream = utf8(file)
    number = 0
    while line := stream.readline(LIMIT + 1):
        number += 1
        if len(line) > LIMIT:
            while line and not line.endswith(b"\n"):
                line = stream.readline(2**20)
            yield number, ReadError(f"longer than {LIMIT} bytes, which is the most that an article may have")
        elif not line.isspace():
            yield number, line


def utf8(file: BinaryIO) -> BinaryIO:
    """The stream, in UTF-8 if it was in UTF-16: there the bytes of a line end are no line end."""
    start = file.peek(2)[:2] if isinstance(file, io.BufferedReader) else b""
    if start not in (BOM_UTF16_LE, BOM_UTF16_BE):
        return file
    decoder = getincrementaldecoder("utf-16")("replace")
    chunks = (decoder.decode(chunk).encode() for chunk in iter(lambda: file.read(2**16), b""))
    return _buffered(chunk for chunk in chunks if chunk)


def _unpack(file: BinaryIO, fresh: Callable[[], Unpacker]) -> Iterator[bytes]:
    """The pieces of a packed stream, member by member, as long as it grows no faster than text can."""
    unit, rest, taken, given, complete = fresh(), b"", 0, 0, False
    while data := rest or file.read(STEP):
        taken += 0 if rest else len(data)
        rest = b""
        if complete and not (data := data.lstrip(b"\0")):  # padding between members
            continue
        try:
            piece = unit.decompress(data)
        except Exception as error:  # each library has its own
            raise ReadError(f"byte {taken} at most: the packed data are damaged: {error}") from None
        given += len(piece)
        if given > LIMIT + RATIO * taken:
            raise ReadError(f"byte {taken}: unpacks to over {RATIO} times its size: a bomb, no text")
        if piece:
            yield piece
        if complete := unit.eof:
            rest, unit = unit.unused_data, fresh()
    if not complete:
        raise ReadError(f"byte {taken}: the packed data end too early")


def _gzip() -> Unpacker:
    return zlib.decompressobj(wbits=31)


def _zstd() -> Unpacker:
    try:
        from zstandard import ZstdDecompressor
    except ImportError:
        raise ReadError("packed with zstd: pip install 'zhextract[zstd]'") from None
    return ZstdDecompressor().decompressobj()


PACKED: dict[bytes, Callable[[], Unpacker]] = {b"\x1f\x8b": _gzip, b"\x28\xb5\x2f\xfd": _zstd}
"""The first bytes of a packed file, and what unpacks it."""


class _Chunks(io.RawIOBase):
    """Pieces of bytes as a file."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        self._chunks = chunks
        self._rest = memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        if not self._rest:
            self._rest = memoryview(next(self._chunks, b""))
        size = min(len(buffer), len(self._rest))
        buffer[:size], self._rest = self._rest[:size], self._rest[size:]
        return size


def _buffered(chunks: Iterator[bytes]) -> BinaryIO:
    return io.BufferedReader(_Chunks(chunks), 2**16)
