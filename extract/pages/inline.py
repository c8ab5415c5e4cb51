"""Inline elements that say nothing of a text, made one with the text around them."""

from collections import Counter
from typing import Any

from extract.pages.lines import UNSEEN

# fmt: off
BARE = frozenset({
    "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "data", "del", "dfn", "em", "font", "i", "ins",
    "kbd", "label", "mark", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt",
    "u", "var", "wbr",
})
# fmt: on
LINKS = 100
"""Links in one paragraph above which none is told from its text."""


def merge(tree: Any) -> None:
    """Leave no inline element that holds only text, and none that is not seen. Each text is one node then:
    the library takes a time that grows with the square, and more, of the nodes that stand side by side."""
    blocks = ((link, (a for a in link.iterancestors() if a.tag not in BARE)) for link in tree.iter("a"))
    around = {link: next(above, tree) for link, above in blocks}
    many = Counter(around.values())
    for link, block in around.items():
        if many[block] > LINKS:
            link.tag = "span"
    for parent in reversed(list(tree.iter())):
        if len(parent):
            _merge(parent)


def _merge(parent: Any) -> None:
    """Make one text of what stands before, between and in the children that hold only text."""
    kept, words = None, [parent.text]
    for child in list(parent):
        unseen = child.tag in UNSEEN or child.tag == "img"
        if unseen or (child.tag in BARE and not len(child)):
            words += (None if unseen else child.text, child.tail)
            parent.remove(child)
        else:
            _set(parent, kept, words)
            kept, words = child, [child.tail]
    _set(parent, kept, words)


def _set(parent: Any, kept: Any, words: list[str | None]) -> None:
    text = "".join(filter(None, words))
    if kept is None:
        parent.text = text
    else:
        kept.tail = text
