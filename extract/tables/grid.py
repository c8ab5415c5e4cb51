"""Finds the tables of a text: lines whose cells bars, tabs or several spaces part."""

import re
from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple

PARTS = (("|", re.compile(r"\|")), ("\t", re.compile(r"\t")), ("  ", re.compile(r" {2,}")))
RULED = re.compile(r"[ |:+=-]+$", re.MULTILINE)
"""The line of Markdown that says how columns are set."""
ABOVE, LONGEST = 3, 60
"""Lines above a table that may head it, and their characters."""
BELOW = 2
"""Lines below it that may give its unit."""


class Cell(NamedTuple):
    """A place in the text."""

    start: int
    end: int
    text: str


class Grid(NamedTuple):
    """The rows of a table, all of one length, and the lines above it, nearest first, and below it."""

    start: int
    end: int
    rows: list[list[Cell]]
    above: list[Cell]
    below: list[Cell]


class Line(NamedTuple):
    """A line, what parts its cells, and the cells."""

    start: int
    end: int
    part: str
    cells: list[Cell]

    @property
    def shape(self) -> tuple[str, int]:
        return self.part, len(self.cells)


def grids(text: str) -> Iterator[Grid]:
    """The tables of a text, in order."""
    if not any(part in text for part, _ in PARTS):
        return
    lines = [
        line for line in _lines(text) if not (line.part == "|" and RULED.match(text, line.start, line.end))
    ]
    at = 0
    for (part, width), found in groupby(lines, key=lambda line: line.shape):
        run = list(found)
        if part and width > 1 and len(run) > 1:
            above = _headings(text, lines[max(0, at - 2 * ABOVE) : at])
            after = lines[at + len(run) : at + len(run) + BELOW + ABOVE]
            cells = [_cell(text, line.start, line.end) for line in after[:BELOW]]
            below = [] if any(line.part for line in after) else cells  # what heads another table is its own
            yield Grid(run[0].start, run[-1].end, [line.cells for line in run], above, below)
        at += len(run)


def _lines(text: str) -> Iterator[Line]:
    start = 0
    for words in text.split("\n"):
        end = start + len(words)
        yield _line(text, start, end)
        start = end + 1


def _line(text: str, start: int, end: int) -> Line:
    first = end - len(text[start:end].lstrip(" "))
    last = first + len(text[first:end].rstrip(" \r"))
    for part, pattern in PARTS:
        if text.find(part, first, last) >= 0:
            edges = [first, *(at for m in pattern.finditer(text, first, last) for at in m.span()), last]
            cells = [_cell(text, a, b) for a, b in zip(edges[::2], edges[1::2], strict=True)]
            if part == "|" and text[first] == "|":
                cells = cells[1:]
            if part == "|" and text[last - 1] == "|":
                cells = cells[:-1]
            return Line(start, end, part, cells)
    return Line(start, end, "", [])


def _cell(text: str, start: int, end: int) -> Cell:
    words = text[start:end]
    start += len(words) - len(words.lstrip())
    words = words.strip()
    return Cell(start, start + len(words), words)


def _headings(text: str, above: list[Line]) -> list[Cell]:
    lines = [cell for line in reversed(above) if (cell := _cell(text, line.start, line.end)).text]
    headings: list[Cell] = []
    for line in lines[:ABOVE]:
        if len(line.text) > LONGEST or "。" in line.text:
            break
        headings.append(line)
    return headings
