"""What a text costs, counted instead of timed: the same on every machine, so that tests can hold it."""

import re
import sys
from collections.abc import Callable
from types import FrameType
from typing import Any, NamedTuple


class Operations(NamedTuple):
    """Functions of Python that were called, and operations of patterns (a search, a match, each step of a
    `finditer` not counted)."""

    calls: int
    patterns: int


def count(work: Callable[[str], object], text: str) -> Operations:
    """What the work on a text does, warm: what is built at first use is built before."""
    work(text)
    calls = patterns = 0

    def note(_frame: FrameType, event: str, called: Any) -> None:
        nonlocal calls, patterns
        if event == "call":
            calls += 1
        elif event == "c_call" and isinstance(getattr(called, "__self__", None), re.Pattern):
            patterns += 1

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        work(text)
    finally:
        sys.setprofile(before)
    return Operations(calls, patterns)
