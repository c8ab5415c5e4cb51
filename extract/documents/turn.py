"""Places on a page of a PDF as its reader sees them: from the upper left corner, however it is turned."""

from typing import Any, NamedTuple


class Box(NamedTuple):
    """In points."""

    left: float
    top: float
    right: float
    bottom: float


def turned(page: Any, bounds: tuple[float, float, float, float]) -> Box:
    """A box of the page's own coordinates (left, bottom, right, top), which run up and are never turned."""
    left, low, right, high = bounds
    turn, width, height = page.get_rotation(), page.get_width(), page.get_height()
    if turn == 90:
        return Box(low, left, high, right)
    if turn == 180:
        return Box(width - right, low, width - left, high)
    if turn == 270:
        return Box(width - high, height - right, width - low, height - left)
    return Box(left, height - high, right, height - low)
