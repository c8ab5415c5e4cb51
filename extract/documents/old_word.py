"""Word of before 2007 (.doc): refused by name, with the way out."""

from typing import BinaryIO

from extract.documents.refusal import WORD
from extract.text.decode import ReadError
from extract.text.read import Article, Source


def old_word(_file: BinaryIO, _source: Source) -> Article:
    """Raises `ReadError`."""
    raise ReadError(WORD)
