"""Coverage-guided fuzzing of everything that turns bytes into articles; run by hand, not by the suite.

    pip install atheris
    python tests/fuzz/containers.py -max_total_time=1200 -max_len=4096 [corpus folder]

The first byte chooses the container, the rest is the file. Anything but an article or a `ReadError` is a
finding, and so is a text that cannot be written or a warning whose span is not in it.
"""

import sys
import warnings
from io import BytesIO
from pathlib import Path

import atheris

warnings.simplefilter("ignore")
with atheris.instrument_imports(include=["extract.text"]):
    from extract.text.containers import CONTAINERS
    from extract.text.decode import ReadError
    from extract.text.read import Source
    from extract.text.stream import unpacked

SUFFIXES = sorted(CONTAINERS)


def fuzz(data: bytes) -> None:
    """One file."""
    suffix = SUFFIXES[data[0] % len(SUFFIXES)] if data else ".txt"
    try:
        for found in CONTAINERS[suffix](unpacked(BytesIO(data[1:])), Source(Path("a"), "a", "a")):
            if isinstance(found, ReadError):
                continue
            found.raw.encode()
            str(found.known).encode()
            for span in (warning.span for warning in found.warnings if warning.span):
                assert found.raw[span.start : span.end] == span.text
    except ReadError:
        pass


if __name__ == "__main__":
    atheris.Setup(sys.argv, fuzz)
    atheris.Fuzz()
