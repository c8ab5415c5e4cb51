"""A stretch of text on a page of a PDF: characters that stand beside one another."""

import math
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median
from typing import Any, NamedTuple

from extract.documents.frame import Frame, frame_at
from extract.documents.turn import turned

APART, DIGITS_APART = 0.8, 0.5
"""Gaps, in heights of a character, that part cells or columns; two numbers are parted by less."""
LEVEL = 0.4
"""Heights by which characters of one line may stand off one another, as raised ones do."""
TILT = 0.05
"""Radians from which a character is a watermark's."""


class Piece(NamedTuple):
    """Its box in points from the upper left corner of the page, the height of its characters, its text; or
    the lines of a ruled table."""

    left: float
    top: float
    right: float
    bottom: float
    size: float
    text: str
    table: tuple[str, ...] = ()

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


class Glyph(NamedTuple):
    """A character with its box; ``space`` stood before it."""

    left: float
    top: float
    right: float
    bottom: float
    text: str
    space: str

    @property
    def size(self) -> float:
        return self.bottom - self.top


def glyphs(page: Any) -> Iterator[Glyph]:
    """The characters of a page in the order in which they are drawn; those that stand aslant are left out."""
    import pypdfium2.raw as pdfium

    text = page.get_textpage()
    space = ""
    for i in range(text.count_chars()):
        code = pdfium.FPDFText_GetUnicode(text, i)
        character = "-" if code == 2 else chr(code)
        if character.isspace() or code == 0:
            space += character if character in " \u3000" else ""
            continue
        angle = pdfium.FPDFText_GetCharAngle(text, i) % (math.pi / 2)
        if min(angle, math.pi / 2 - angle) > TILT:
            continue
        yield Glyph(*turned(page, text.get_charbox(i, loose=True)), character, space)
        space = ""


def pieces(glyphs: Sequence[Glyph], frames: Sequence[Frame]) -> Iterator[Piece]:
    """Characters that follow one another on a line, parted by wide gaps and by the rules of tables."""
    run: list[Glyph] = []
    cell = None
    for glyph in glyphs:
        now = frame_at(frames, (glyph.left + glyph.right) / 2, (glyph.top + glyph.bottom) / 2)
        if run and (now != cell or not _goes_on(run[-1], glyph)):
            yield _piece(run)
            run = []
        run.append(glyph)
        cell = now
    if run:
        yield _piece(run)


def merged(row: Sequence[Piece]) -> list[Piece]:
    """The pieces of a line from left to right, those that touch as one, in whatever order they were drawn."""
    line: list[Piece] = []
    for piece in sorted(row, key=lambda piece: piece.left):
        if line and not piece.table and not line[-1].table and not _part(line[-1], piece):
            last = line.pop()
            gap = " " if piece.left - last.right > piece.size / 4 and last.text[-1].isascii() else ""
            piece = Piece(
                last.left,
                min(last.top, piece.top),
                max(last.right, piece.right),
                max(last.bottom, piece.bottom),
                max(last.size, piece.size),
                last.text + gap + piece.text,
            )
        line.append(piece)
    return line


def _goes_on(last: Glyph, glyph: Glyph) -> bool:
    """Whether a character stands on the line of the one drawn before, and near it."""
    level = abs(last.bottom - glyph.bottom) < LEVEL * max(last.size, glyph.size)
    return level and glyph.left - last.right > -last.size / 2 and not _part(last, glyph)


def _part(left: Glyph | Piece, right: Glyph | Piece) -> bool:
    """Whether the gap between two stretches parts cells or columns."""
    digits = left.text[-1].isdigit() and right.text[0].isdigit()
    return right.left - left.right > (DIGITS_APART if digits else APART) * max(left.size, right.size)


def _piece(run: Sequence[Glyph]) -> Piece:
    text = run[0].text
    for last, glyph in pairwise(run):
        wide = glyph.left - last.right > glyph.size / 2
        text += (glyph.space if wide or last.text.isascii() or glyph.text.isascii() else "") + glyph.text
    return Piece(
        run[0].left,
        min(glyph.top for glyph in run),
        run[-1].right,
        max(glyph.bottom for glyph in run),
        median(glyph.size for glyph in run),
        text,
    )
