"""The main text of a page: without its furniture, of the part that holds the sentences."""

import logging
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any, NamedTuple

from extract.pages.inline import merge
from extract.pages.lines import Line, called, lines
from extract.pages.signs import Of, Signs
from extract.pages.title import bare
from extract.rules import Rules
from extract.text.grid import flatten
from extract.text.layout import Layout

ASIDE = ("nav", "aside", "footer", "menu")
HOLDERS = frozenset({"article", "body", "center", "div", "form", "html", "main", "section"})
"""Elements that may hold a whole text."""
MOST = 0.8
"""The part of the sentences of an element that one inside must have to be the one that holds the text."""
SOME = 0.5
"""The part of the sentences of a page above which an element is no furniture, whatever it is called."""
SENTENCE = 20
"""Characters of a sentence that the text may not lose."""
HEADLINE = 100
"""Characters of sentences above which the element of a headline holds the text as well."""
SENTENCES = re.compile(r"[。，；！？]|^\s*\| ")
ENDED = re.compile(r"[。！？”」]\s*$")
INDENT = re.compile(r"(?<=[。！？”）；：])[ \u3000\xa0]{2,}(?=\S)")
ITEM = re.compile(r"^[-*] (?=\S)", re.MULTILINE)
"""What the library sets before the items of a list."""


class Anchors(NamedTuple):
    """Elements of a page that tell where its text stands."""

    headline: Any
    first: Sequence[Any]
    """Those of the first sentences."""
    own: Sequence[Any]
    """Those that hold the text, where that is known."""

    def kept(self) -> set[Any]:
        """The elements that are no furniture, whatever they are called: around the headline, and around more
        than one of the first sentences."""
        first = list(dict.fromkeys(self.first))
        around = Counter(above for node in first for above in (node, *node.iterancestors()))
        kept = {element for element, count in around.items() if count >= min(2, len(first))}
        return kept if self.headline is None else kept | {self.headline, *self.headline.iterancestors()}


class Bodies:
    """Reads main texts; compiled once."""

    def __init__(self, rules: Rules, signs: Signs) -> None:
        self._signs = signs
        self._layout = rules.shared(Layout)

    def read(self, tree: Any, anchors: Anchors, head: Iterable[str]) -> str:
        """The text of a parsed page, one paragraph a line. ``head`` are the lines that are its head; the tree
        is spent."""
        flatten(tree)
        weights = _weights(tree, anchors.headline)
        self._clear(tree, anchors.kept(), weights)
        holder = _joined(anchors.own) if anchors.own else _holder(tree, weights)
        self._unlink(holder)
        merge(holder)
        own = [line for line in lines(holder) if not self._is_link(line)]
        text = self._library(holder)
        squeezed = "".join(text.split())
        sentences = ["".join(line.text.split()) for line in own if _is_sentence(line)]
        lost = any(sentence not in squeezed for sentence in sentences)
        if lost or _is_joined(text, own) or len(squeezed) > sum(len(line.text) for line in own):
            text = "\n".join(line.text for line in own)
        said = {bare(line) for line in head}
        return "\n".join(self._paragraphs(text, said))

    def _clear(self, tree: Any, kept: set[Any], weights: dict[Any, int]) -> None:
        """Take out what is called furniture by the code, and what headings of other news begin."""
        most = SOME * weights.get(tree, 0)
        for element in list(tree.iter()):
            if element in kept or not isinstance(element.tag, str):
                continue
            mark = called(element)
            if element.tag in ASIDE or (len(mark) > 1 and self._is_around(mark)):
                light = weights.get(element, 0) <= most
                if light or self._signs.in_mark("comment_mark", mark):
                    _drop(element)
        for line in list(lines(tree)):
            if len(line.text) <= 2 * SENTENCE and self._signs.fits("aside", self._signs.plain(line.text)):
                self._clear_aside(line.node, kept, weights, most)

    def _is_around(self, mark: str) -> bool:
        """Whether the code calls an element by what stands around an article."""
        kinds: tuple[Of, ...] = ("furniture_mark", "others_mark", "comment_mark")
        return any(self._signs.in_mark(of, mark) for of in kinds)

    def _unlink(self, holder: Any) -> None:
        """Take out the links behind a sentence that are buttons."""
        for link in list(holder.iter("a")):
            words = "".join(link.itertext()).strip()
            if 1 < len(words) <= SENTENCE and self._is_furniture(self._signs.plain(words)):
                before = link.getprevious()
                said = link.getparent().text if before is None else before.tail
                if ENDED.search(said or ""):
                    _drop(link)

    def _clear_aside(self, node: Any, kept: set[Any], weights: dict[Any, int], most: float) -> None:
        """Take out the block that a heading begins, or what follows it up to a sentence."""
        if node in kept or node.getparent() is None:
            return
        block = node
        for above in node.iterancestors():
            if above in kept or weights.get(above, 0) > most:
                break
            block = above
        if block is node:
            following = iter(list(node.itersiblings()))
            for sibling in following:
                if sibling in kept or weights.get(sibling, 0) > 2 * SENTENCE:
                    break
                _drop(sibling)
        _drop(block)

    def _library(self, holder: Any) -> str:
        from lxml.html import Element

        page = Element("html")
        body = Element("body")
        article = Element("article")
        page.append(body)
        body.append(article)
        holder.tail = None
        holder.tag = "div"  # no part of a table or a page by now
        article.append(holder)
        found = _trafilatura().bare_extraction(page, include_comments=False, with_metadata=False, fast=True)
        return ITEM.sub("", found.text) if found and found.text else ""

    def _paragraphs(self, text: str, head: set[str]) -> list[str]:
        """The lines of a text without what stands up to the last line of its head, and the furniture left."""
        found = [w for line in INDENT.sub("\n", text).splitlines() if (w := line.strip(" \t\u3000\xa0"))]
        first = next((i for i, words in enumerate(found) if "。" in words and len(words) > SENTENCE), 0)
        above = (i + 1 for i in range(first - 1, -1, -1) if bare(found[i]) in head)
        left = found[next(above, 0) :]
        return [words for words in left if not self._is_furniture(self._signs.plain(words))]

    def without_names(self, text: str) -> str:
        """A text without the lines that only name who made the page, once they are read."""
        return "\n".join(w for w in text.split("\n") if not self._layout.is_of_page(self._signs.plain(w)))

    def _is_furniture(self, line: str) -> bool:
        return self._layout.is_furniture(line) or self._signs.fits("furniture_line", line)

    def _is_link(self, line: Line) -> bool:
        return line.linked > 0.6 and not _is_sentence(line)


def _joined(parts: Sequence[Any]) -> Any:
    """One element of all those that hold the text."""
    from lxml.html import Element

    whole = Element("div")
    for part in parts:
        part.tail = None
        whole.append(part)
    return whole


def _is_sentence(line: Line) -> bool:
    return len(line.text) >= SENTENCE and "。" in line.text and line.linked < 0.5


def _is_joined(text: str, own: Sequence[Line]) -> bool:
    """Whether most lines of a page stand in one with others: so the library leaves what it is unsure of."""
    found = {"".join(line.split()) for line in text.splitlines()}
    squeezed = "\n".join(found)
    seen = [words for line in own if len(words := "".join(line.text.split())) > 1]
    apart = sum(words in found for words in seen)
    return sum(words in squeezed for words in seen) > 2 * apart


def _weights(tree: Any, headline: Any) -> dict[Any, int]:
    """The characters of the sentences in each element; a headline is none."""
    found: dict[Any, int] = {}
    for element in reversed(list(tree.iter())):
        words = (
            element.text if isinstance(element.tag, str) and element.tag not in ("script", "style") else None
        )
        own = len(words) if words and SENTENCES.search(words) else 0
        for child in element:
            own += found.get(child, 0)
            own += len(child.tail) if child.tail and SENTENCES.search(child.tail) else 0
        found[element] = own if element is not headline or own > HEADLINE else 0
    return found


def _holder(tree: Any, weights: dict[Any, int]) -> Any:
    """The innermost element that holds nearly all sentences."""
    body = tree.find("body")
    holder = tree if body is None else body
    while True:
        least = MOST * sum(weights.get(child, 0) for child in holder)
        inner = (c for c in holder if c.tag in HOLDERS and weights.get(c, 0) >= max(least, 1))
        child = next(inner, None)
        if child is None or not any(True for _ in child):
            return holder
        holder = child


def _drop(element: Any) -> None:
    """Take an element out of its tree; what stands after it stays."""
    parent = element.getparent()
    if parent is None:
        return
    before = element.getprevious()
    if element.tail and before is not None:
        before.tail = (before.tail or "") + element.tail
    elif element.tail:
        parent.text = (parent.text or "") + element.tail
    parent.remove(element)


@cache
def _trafilatura() -> Any:
    """The library, quiet: what it has to say of a page is in no one's log. Loaded where a page comes."""
    import trafilatura

    for name in ("trafilatura", "htmldate", "courlan", "justext"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    return trafilatura
