"""Which lines of the program read a rule file, and which name a rule of it or what the rule says it is."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from extract.rules import Rules

PACKAGE = Path(__file__).parents[1]
SAID = ("role", "form", "kind", "field", "resolve", "sign", "family", "where")
"""Keys of rules whose values the program knows by name."""
ATTRIBUTE = re.compile(r"self\.(\w+)")


class Reader(NamedTuple):
    """A line of the program."""

    path: Path
    number: int
    text: str

    @property
    def place(self) -> str:
        """File and line."""
        return f"{self.path.relative_to(PACKAGE.parent).as_posix()}:{self.number}"

    def __str__(self) -> str:
        return f"{self.place}: {self.text}"


@cache
def _program() -> tuple[Reader, ...]:
    return tuple(
        Reader(path, number, text.strip())
        for path in sorted(PACKAGE.rglob("*.py"))
        for number, text in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
    )


def of_file(stem: str) -> list[Reader]:
    """The lines that read a file of rules or words; those that name it, where its name is not said there."""
    calls = re.compile(rf"\.(?:table|patterns|fragments|words)\(\s*\"{re.escape(stem)}\"")
    found = [line for line in _program() if calls.search(line.text)]
    if found:
        return found
    names = re.compile(rf"= .*\"{re.escape(stem)}\"")
    return [line for line in _program() if names.search(line.text)]


def of_rule(rules: Rules, stem: str, id: str) -> Iterator[Reader]:
    """The lines of a file's readers that name the rule, and those that use what is made of it there."""
    raw = rules.written(stem)[id].raw
    names = [id, *(raw[key] for key in SAID if isinstance(raw.get(key), str))]
    paths = {line.path for line in of_file(stem)}
    said = re.compile("|".join(f'"{re.escape(name)}"' for name in names))
    named = [line for line in _program() if line.path in paths and said.search(line.text)]
    yield from named
    made = {name for line in named for name in ATTRIBUTE.findall(line.text.partition("=")[0])}
    if not made:
        return
    uses = re.compile(rf"\.(?:{'|'.join(sorted(made))})\b")
    rooms = {path.parent for path in paths}
    for line in _program():
        if line.path.parent in rooms and line not in named and uses.search(line.text):
            yield line
