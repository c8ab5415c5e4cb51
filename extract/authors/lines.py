"""Rule files line by line: to which rule, fragment or list, and to which key of it, a line belongs."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Literal, NamedTuple

from extract.rulefile import FRAGMENTS
from extract.rules import Rules

HEADER = re.compile(r"\[+ *(?P<name>[\w.]+?)(?:\.[\"'](?P<quoted>[^\"']+)[\"'])? *\]+ *(?:#.*)?$")
KEY = re.compile(r"[\"']?(?P<key>[^\"'=\s]+)[\"']? *=")
BARE = re.compile(r"\[|\w+ *=")
"""What begins something that the comment further up does not speak of."""
ID = re.compile(r"id *= *[\"'](?P<id>[^\"']+)")
SHOWN = 30
"""Characters of a line that are shown on either side of a word."""
EXTEND = "extend"
TOLD = ("yes", "no", "reason")
"""Keys of examples and of the reason, which nothing is found by."""

Kind = Literal["rule", "fragment", "list"]


class Line(NamedTuple):
    """A line of a rule file that says something."""

    path: Path
    number: int
    kind: Kind
    owner: str
    """Id of the rule, or name of the fragment or of the list."""
    key: str
    """Key of the rule that it belongs to; empty elsewhere."""
    text: str
    note: str = ""
    """The comment above it, or above the words that it stands among."""

    @property
    def told(self) -> bool:
        """Whether it only tells of the rule: its reason and its examples."""
        return self.key in TOLD

    @property
    def place(self) -> str:
        """File and line, the file from the working folder where it is below that."""
        path = self.path.absolute()
        here = Path.cwd()
        return f"{path.relative_to(here) if path.is_relative_to(here) else path}:{self.number}"

    def around(self, word: str) -> str:
        """The word with what stands beside it in the line."""
        text = self.text.strip()
        at = text.index(word)
        first, last = max(0, at - SHOWN), at + len(word) + SHOWN
        return f"{'…' * (first > 0)}{text[first:last]}{'…' * (last < len(text))}"

    def __str__(self) -> str:
        return f"{self.place}: {self.kind} {self.owner}{self.key and f', {self.key}'}"


class Head(NamedTuple):
    """What the last header of a file says of the lines below it."""

    name: str
    owner: str
    key: str
    """Of a table inside a rule, the key that it is the value of."""


def lines(rules: Rules) -> Iterator[Line]:
    """The lines of every file in force, comments and empty ones left out."""
    for folder in rules.folders:
        for path in sorted(p for p in folder.iterdir() if p.suffix in (".toml", ".txt")):
            yield from _of_table(path) if path.suffix == ".toml" else _of_list(path)


def _of_list(path: Path) -> Iterator[Line]:
    for number, text, note in _said(path):
        yield Line(path, number, "list", path.stem, "", text, note)


def _of_table(path: Path) -> Iterator[Line]:
    block: list[Line] = []
    head = Head("", "", "")
    for number, text, note in _said(path):
        if header := HEADER.match(text):
            yield from block
            head = _head(header, block[-1].owner if block else "")
            block = [] if head.name == FRAGMENTS else [Line(path, number, "rule", head.owner, head.key, text)]
            key = head.key
        elif head.name == FRAGMENTS:
            if found := KEY.match(text):
                key = found["key"]
            yield Line(path, number, "fragment", key, "", text, note)
        elif head.name:
            if not head.key and (found := KEY.match(text)):
                key = found["key"]
            block.append(Line(path, number, "rule", block[-1].owner, key, text, note))
            if key == "id" and (id := ID.match(text)):
                block = [line._replace(owner=id["id"]) for line in block]
    yield from block


def _head(header: re.Match[str], before: str) -> Head:
    """What a header says of the lines below it. Tables inside a rule belong to the rule before."""
    name, _, key = header["name"].partition(".")
    if name == EXTEND:
        of = header["quoted"] or key
        return Head(FRAGMENTS if of == FRAGMENTS else name, of, "")
    return Head(name, before if key else "", key)


def _said(path: Path) -> Iterator[tuple[int, str, str]]:
    """Each line that says something, by its number, with the comment that speaks of it."""
    note, before = "", False
    for number, text in enumerate(path.read_text(encoding="utf-8-sig").splitlines(), 1):
        comment = text.lstrip().startswith("#")
        if comment:
            said = text.strip().lstrip("# ")
            note = f"{note} {said}" if before else said
        elif text.strip():
            note = note if before or not BARE.match(text) else ""
            yield number, text, note
        before = comment
