"""The parts of a page: what it says of itself, and the lines that are no part of the article."""

import re
from typing import Literal, NamedTuple

from extract.rules import Rule, Rules, expand

Field = Literal["title", "date", "url", "publisher", "author", "editor"]
HEAD_LINES = 12
FOOT_LINES = 6
TITLE_LENGTH = 60
NOTHING = ("", "none", "null", "n/a")
"""What crawlers write into a field that they could not fill."""


class FurnitureRule(Rule, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """``line``: a pattern for a whole line that is no part of the article."""

    line: str


class BylineRule(Rule, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """``pattern`` finds a ``field`` of the page; its group ``value`` is what the field holds."""

    field: Field
    pattern: str


class Header(NamedTuple):
    """What a page says of itself."""

    title: str | None = None
    date: str | None = None
    url: str | None = None
    publisher: str | None = None
    author: str | None = None
    editor: str | None = None


class Layout:
    """Tells the parts of a page apart; compiled once."""

    def __init__(self, rules: Rules) -> None:
        lines = "|".join(f"(?:{r.line})" for r in rules.table("furniture", FurnitureRule))
        self._furniture = re.compile(rf"^[ \t]*+(?:{lines})[ \t\r]*+$", re.MULTILINE)
        fragments = rules.fragments("bylines")
        self._bylines = [
            (r.field, re.compile(expand(r.pattern, fragments, f"bylines.toml: rule {r.id!r}"), re.M | re.I))
            for r in rules.table("bylines", BylineRule)
        ]

    def body(self, text: str) -> str:
        """The text with the lines that are no part of the article left blank, every position kept."""
        return self._furniture.sub(lambda m: " " * len(m[0]), text)

    def header(self, text: str, raw: str) -> Header:
        """What the head and the foot of ``text`` say, as it stands in ``raw``, which has the same length.
        Without a title of its own, a page has its first line where that is short."""
        head = len("\n".join(text.split("\n", HEAD_LINES)[:HEAD_LINES]))
        foot = max(head, len(text) - len("\n".join(text.rsplit("\n", FOOT_LINES)[1:])))
        fields: dict[str, str] = {}
        for field, pattern in self._bylines:
            for start, end in ((0, head), (foot, len(text))):
                if field not in fields and (match := pattern.search(text, start, end)):
                    value = raw[match.start("value") : match.end("value")].strip()
                    if value.lower() not in NOTHING:
                        fields[field] = value
        fields.setdefault("title", _first_line(raw))
        return Header(**{field: value for field, value in fields.items() if value})


def _first_line(raw: str) -> str:
    for line in raw.split("\n", HEAD_LINES):
        text = line.strip(" \t\r\u3000?")
        if text and not text[0].isdigit():  # a timestamp is no title
            return text if len(text) <= TITLE_LENGTH and not text.endswith(("。", "！", "；", "，")) else ""
    return ""
