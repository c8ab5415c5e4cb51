"""Where each position of the normalised text stands in the raw text."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from typing import NamedTuple


class Edit(NamedTuple):
    """Raw text ``[start, end)`` was replaced by ``replacement``, by a repair of that ``kind``."""

    start: int
    end: int
    replacement: str
    kind: str = ""


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

    def raw(self, edit: Edit) -> Edit:
        """An edit of the edited text as it stands in the raw text."""
        start = self.raw_start(edit.start)
        return Edit(start, max(start, self.raw_end(edit.end)), edit.replacement, edit.kind)

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


def compose(first: Sequence[Edit], second: Sequence[Edit]) -> list[Edit]:
    """The edits that lead in one step where ``first``, and then ``second`` on its result, lead.

    Edits that overlap become one. Its replacement has the right length, which is all that an alignment
    asks of it; the text itself is made step by step.
    """
    if not first or not second:
        return list(first or second)
    done: list[Edit] = []
    shift_first = shift_second = 0  # what the edits so far have added to positions
    for start, end, grown_first, grown_second in _overlapping(first, second):
        raw_start = start - shift_first
        shift_first += grown_first
        raw_end = end - shift_first
        shift_second += grown_second
        done.append(Edit(raw_start, raw_end, "\ufffd" * (end - start + grown_second)))
    return done


def _overlapping(first: Sequence[Edit], second: Sequence[Edit]) -> list[tuple[int, int, int, int]]:
    """Groups of overlapping edits in the text between the two steps: place, and growth by each step."""
    places: list[tuple[int, int, int, int]] = []
    shift = 0
    for edit in first:
        growth = len(edit.replacement) - (edit.end - edit.start)
        places.append((edit.start + shift, edit.start + shift + len(edit.replacement), growth, 0))
        shift += growth
    places += ((e.start, e.end, 0, len(e.replacement) - (e.end - e.start)) for e in second)
    groups: list[tuple[int, int, int, int]] = []
    for place in sorted(places, key=lambda p: p[:2]):
        if groups and place[0] < groups[-1][1]:
            start, end, one, two = groups[-1]
            groups[-1] = start, max(end, place[1]), one + place[2], two + place[3]
        else:
            groups.append(place)
    return groups
