"""What to say where the library of a kind is not installed."""

from extract.text.decode import ReadError


def missing(kind: str, library: str) -> ReadError:
    """The error that names the extra."""
    return ReadError(f"{kind} are read by {library}: pip install 'zhextract[documents]'")
