"""Where each position of the normalised text stands in the raw text."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from typing import NamedTuple


class Edit(NamedTuple):
    """Raw text ``[start, end)`` was replaced by ``replacement``."""

    start: int
    end: int
    replacement: str


class Alignment:
    """Maps offsets of the edited text to the raw text and back, both ways monotone.

    Built from the edits that were made, sorted and disjoint. Between edits, positions move together;
    inside one, a start maps to the start of what was replaced and an end to its end, so that a span
    of the edited text always covers the raw text that it came from.
    """

    __slots__ = ("_edited_ends", "_edited_starts", "_raw_ends", "_raw_starts")

    def __init__(self, edits: Sequence[Edit] = ()) -> None:
        self._raw_starts = [e.start for e in edits]
        self._raw_ends = [e.end for e in edits]
        self._edited_starts: list[int] = []
        self._edited_ends: list[int] = []
        shift = 0
        for edit in edits:
            self._edited_starts.append(edit.start + shift)
            shift += len(edit.replacement) - (edit.end - edit.start)
            self._edited_ends.append(edit.end + shift)

    def raw_start(self, position: int) -> int:
        """Raw offset of a span's start."""
        i = bisect_right(self._edited_starts, position) - 1
        # an empty replacement covers no position: the start lies after the raw text it removed
        if i < 0:
            return position
        if position < self._edited_ends[i]:
            return self._raw_starts[i]
        return self._raw_ends[i] + position - self._edited_ends[i]

    def raw_end(self, position: int) -> int:
        """Raw offset of a span's end."""
        i = bisect_right(self._edited_starts, position - 1) - 1
        if i < 0:
            return position
        if position <= self._edited_ends[i]:
            return self._raw_ends[i]
        return self._raw_ends[i] + position - self._edited_ends[i]

    def edited(self, position: int) -> int:
        """Offset in the edited text of a raw offset; inside an edit, the start of its replacement."""
        i = bisect_right(self._raw_starts, position) - 1
        if i < 0:
            return position
        if position < self._raw_ends[i]:
            return self._edited_starts[i]
        return self._edited_ends[i] + position - self._raw_ends[i]


def apply(text: str, edits: Iterable[Edit]) -> str:
    """The text with the edits made."""
    parts: list[str] = []
    at = 0
    for edit in edits:
        parts += text[at : edit.start], edit.replacement
        at = edit.end
    parts.append(text[at:])
    return "".join(parts)
