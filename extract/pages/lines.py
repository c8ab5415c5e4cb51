"""The lines of a page as they are seen, with what its code says of them."""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

GAP = "\x1f"
"""Stands between the pieces of a line that are elements of their own: nothing is seen there."""
# fmt: off
INLINE = frozenset({
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i",
    "img", "ins", "kbd", "label", "mark", "q", "ruby", "s", "samp", "small", "span", "strike", "strong",
    "sub", "sup", "td", "th", "time", "tt", "u", "var", "wbr",
})
"""Elements that do not end a line; cells of a row are read as one."""
UNSEEN = frozenset({
    "button", "iframe", "input", "noscript", "object", "rp", "rt", "script", "select", "style", "svg",
    "template", "textarea", "title",
})
# fmt: on
MARK = 80
"""Characters that are kept of what the code calls an element and those around it in its line."""
HEADINGS = {f"h{level}": level for level in range(1, 7)}
HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
LARGE = re.compile(
    r"size\s*:\s*(?:[4-7];|\+[1-4];|(?:1[89]|[2-4]\d)(?:\.\d+)?px|(?:1[5-9]|[23]\d)(?:\.\d+)?pt)"
)
SPACE = re.compile(r"[ \t\r\n\xa0]+")


class Piece(NamedTuple):
    """Part of a line that one element holds; ``mark`` is what the code calls it."""

    text: str
    mark: str
    linked: bool


class Line(NamedTuple):
    """A line of a page: ``text`` as it is seen, ``level`` of a heading or 0, ``mark`` of its element."""

    text: str
    pieces: tuple[Piece, ...]
    level: int
    mark: str
    linked: float
    """The part of its characters that lead elsewhere."""
    node: Any
    """The element that ends the line, or holds it."""

    @property
    def parted(self) -> str:
        """The text with `GAP` between its pieces."""
        return GAP.join(piece.text for piece in self.pieces)


def lines(tree: Any) -> Iterator[Line]:
    """The lines of a parsed page, in order; cells of a row stand in one, a heading is one."""
    from lxml.etree import iterwalk

    made = _Maker()
    walk = iterwalk(tree, events=("start", "end"))
    for event, element in walk:
        tag = element.tag
        if not isinstance(tag, str):
            continue
        if event == "start":
            if tag in UNSEEN or _is_hidden(element):
                walk.skip_subtree()
                made.skipped(element)
                continue
            yield from made.open(element, tag)
        else:
            yield from made.close(element, tag)
    yield from made.line()


class _Maker:
    """Gathers the pieces of the line under way."""

    def __init__(self) -> None:
        self._pieces: list[Piece] = []
        self._marks: list[str] = [""]
        self._links = self._level = 0
        self._block = ""
        self._left: Any = None
        self._blocks: list[Any] = [None]

    def skipped(self, element: Any) -> None:
        """An element of which nothing is seen."""
        self._left = element

    def open(self, element: Any, tag: str) -> Iterator[Line]:
        mark = _mark(element)
        inline = tag in INLINE or (self._level and tag != "br")
        if tag == "br":
            if not self._level:
                yield from self.line()
            else:
                self._add(" ")
        elif not inline:
            yield from self.line()
            self._block = mark
            self._blocks.append(element)
            self._level = HEADINGS.get(tag, 0)
        above = self._marks[-1] if inline else ""
        self._marks.append(f"{mark} {above}"[:MARK].strip())
        self._links += tag == "a"
        self._add(_moment(element) if tag == "time" else element.text)

    def close(self, element: Any, tag: str) -> Iterator[Line]:
        if element is self._left:
            self._left = None
            self._add(element.tail)
            return
        self._marks.pop()
        self._links -= tag == "a"
        if element is self._blocks[-1]:
            yield from self.line()
            self._blocks.pop()
            self._level = 0
            self._block = ""
        self._add(element.tail)

    def _add(self, text: str | None) -> None:
        if text and (text := SPACE.sub(" ", text)):
            self._pieces.append(Piece(text, self._marks[-1], self._links > 0))

    def line(self) -> Iterator[Line]:
        """The line that ends here, where anything stands in it."""
        pieces, self._pieces = self._pieces, []
        text = "".join(piece.text for piece in pieces).strip(" \u3000\ufeff\u200b")
        if text:
            linked = sum(len(piece.text) for piece in pieces if piece.linked) / len(text)
            yield Line(
                SPACE.sub(" ", text), tuple(pieces), self._level, self._block, linked, self._blocks[-1]
            )


def _is_hidden(element: Any) -> bool:
    return element.get("hidden") is not None or bool(HIDDEN.search(element.get("style") or ""))


def called(element: Any) -> str:
    """What the code calls an element by class and id."""
    return f"{element.get('class') or ''} {element.get('id') or ''}"


def _mark(element: Any) -> str:
    """What the code calls an element, and whether it sets it large."""
    large = LARGE.search(f"size:{element.get('size') or ''};{element.get('style') or ''}")
    names = (element.get(name) for name in ("class", "id", "itemprop", "rel"))
    return " ".join(filter(None, (*names, "large" if large else ""))).lower()


def _moment(element: Any) -> str:
    """A moment as the code gives it, else as it is seen."""
    given = (element.get("datetime") or "").strip()
    return f"{_mark(element)} {given}" if given[:2] in ("19", "20") else element.text or ""
