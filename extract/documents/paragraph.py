"""Paragraphs of the lines of a PDF, over the ends of columns and pages."""

import re
from collections.abc import Iterable, Iterator

from extract.documents.sheet import Line

INDENT, SHORT, SPACED = 0.8, 1.5, 1.8
"""Heights of a character: how far a first line is indented, how early a last line ends, and from where to
where lines of one paragraph go."""
SIZES = 0.08
"""Share by which the sizes of one paragraph differ at most."""
CLOSED = re.compile("[。！？!?…：:；;][”’」』）)]*$")
AMIDST = re.compile(r"[，。；：、！？）》」』”’%％]|[a-z]{2,}|[a-z](?![.)、）])")
"""What begins no paragraph; a letter before a point counts the items of a list."""
WORD = re.compile(r"[!-~]+")
"""What is never parted at the end of a line."""


def paragraphs(lines: Iterable[Line]) -> Iterator[str]:
    """The paragraphs, and the lines of tables as they are."""
    words = ""
    last: Line | None = None
    for line in lines:
        if last is not None and not (line.piece.table or last.piece.table) and _goes_on(last, line):
            words = _joined(words, line.piece.text)
        else:
            yield words
            words = line.piece.text
        yield from line.piece.table
        last = line
    yield words


def _goes_on(last: Line, line: Line) -> bool:
    """Whether a line is of the paragraph of the one before."""
    size = last.piece.size
    if AMIDST.match(line.piece.text):
        return True
    if abs(line.piece.size - size) > SIZES * size or _is_short(last, line):
        return False
    if CLOSED.search(last.piece.text):
        indented = line.piece.left - line.left > INDENT * size
        return not indented and line.piece.middle - last.piece.middle < SPACED * size
    return True


def _is_short(last: Line, line: Line) -> bool:
    """Whether a line ends where the next word had had room."""
    word = WORD.match(line.piece.text)
    room = last.right - last.piece.right
    return room > (SHORT + (len(word[0]) if word else 0)) * last.piece.size


def _joined(words: str, more: str) -> str:
    if words[-1] == "-" and words[-2:-1].isalpha() and words[-2:-1].isascii() and more[0].islower():
        return words[:-1] + more
    parted = words[-1].isascii() and more[0].isascii() and (words[-1].isalpha() or more[0].isalpha())
    return f"{words} {more}" if parted else words + more
