"""Coverage-guided fuzzing of everything that turns bytes into articles; run by hand, not by the suite.

    pip install atheris
    python tests/fuzz/containers.py -max_total_time=1200 -max_len=4096 [corpus folder]

The first byte chooses the container, the rest is the file. Anything but an article or a `ReadError` is a
finding, and so is a text that cannot be written or a warning whose span is not in it.
"""

import sys
import warnings
from collections.abc import Iterator
from contextlib import suppress
from io import BytesIO
from pathlib import Path

import atheris

warnings.simplefilter("ignore")
with atheris.instrument_imports(include=["extract.text"]):
    from extract.text.containers import CONTAINERS, MANY, article, holds_many
    from extract.text.decode import ReadError
    from extract.text.read import Article, Source
    from extract.text.rows import read
    from extract.text.stream import unpacked

SUFFIXES = sorted(CONTAINERS)


def fuzz(data: bytes) -> None:
    """One file."""
    suffix = SUFFIXES[data[0] % len(SUFFIXES)] if data else ".txt"
    source = Source(Path("a"), "a", "a", format=suffix[1:])
    try:
        for found in _found(source, data[1:]):
            found.raw.encode()
            str(found.known).encode()
            for span in (warning.span for warning in found.warnings if warning.span):
                assert found.raw[span.start : span.end] == span.text
    except ReadError:
        pass


def _found(source: Source, data: bytes) -> Iterator[Article]:
    if not holds_many(source):
        yield article(source, data)
        return
    for row in MANY[f".{source.format}"](unpacked(BytesIO(data)), source):
        with suppress(ReadError):
            yield read(row, source)


if __name__ == "__main__":
    atheris.Setup(sys.argv, fuzz)
    atheris.Fuzz()
