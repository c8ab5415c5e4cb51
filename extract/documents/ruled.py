"""The lines of text that a ruled table makes."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from extract.documents.frame import Frame, frame_at
from extract.documents.piece import Piece
from extract.documents.sheet import bars, rows
from extract.text.grid import LONGEST, NUMBER


def with_tables(pieces: Sequence[Piece], frames: Sequence[Frame]) -> Iterator[Piece]:
    """The pieces of a page, those in each ruled table as one."""
    inside: defaultdict[int, defaultdict[int, list[Piece]]] = defaultdict(lambda: defaultdict(list))
    for piece in pieces:
        found = frame_at(frames, (piece.left + piece.right) / 2, piece.middle)
        if found:
            inside[found[0]][found[1]].append(piece)
        else:
            yield piece
    for number, cells in inside.items():
        frame = frames[number]
        size = min(piece.size for cell in cells.values() for piece in cell)
        table = tuple(_table(frame, {cell: _words(found) for cell, found in cells.items()}))
        box = (frame.columns[0], frame.rows[0], frame.columns[-1], frame.rows[-1])
        yield Piece(*box, size, "", table)


def _words(pieces: Sequence[Piece]) -> list[str]:
    """The lines of a cell."""
    return [" ".join(piece.text for piece in row) for row in rows(pieces)]


def _table(frame: Frame, words: dict[int, list[str]]) -> Iterator[str]:
    """A line for each row; one for each cell where the rules only arrange text."""
    joined = {cell: "".join(found) for cell, found in words.items()}
    if max(map(len, joined.values())) > LONGEST or not any(map(NUMBER.match, joined.values())):
        yield from joined.values()
        return
    for row in frame.cells:
        if len(set(row)) == 1:
            yield joined.get(row[0], "")
            continue
        lines = [words.get(cell, []) for cell in row]
        counts = {len(found) for found in lines}
        if len(counts) == 1:  # rows without a rule between them
            yield from map(bars, zip(*lines, strict=True))
        else:
            yield bars("".join(found) for found in lines)
