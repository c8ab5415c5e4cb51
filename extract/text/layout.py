"""The parts of a page: header lines, title, lines that are no part of the article."""

import re
from typing import NamedTuple

from extract.rules import Rule, Rules

HEADER = re.compile(
    r"^(Title|Date|URL|Source|标题|日期|时间|来源)[：:] *([^\n]*)", re.IGNORECASE | re.MULTILINE
)
HEADER_LINES = 12
TITLE_LENGTH = 60


class FurnitureRule(Rule, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """``line``: a pattern for a whole line that is no part of the article."""

    line: str


class Header(NamedTuple):
    """What the first lines of a page say of it."""

    title: str | None
    date: str | None
    url: str | None


class Layout:
    """Tells the parts of a page apart; compiled once."""

    def __init__(self, rules: Rules) -> None:
        lines = "|".join(f"(?:{r.line})" for r in rules.table("furniture", FurnitureRule))
        self._furniture = re.compile(rf"^[ \t]*+(?:{lines})[ \t\r]*+$", re.MULTILINE)

    def body(self, text: str) -> str:
        """The text with the lines that are no part of the article left blank, every position kept."""
        return self._furniture.sub(lambda m: " " * len(m[0]), text)


def header(raw: str) -> Header:
    """Title, date and address from ``Title:``, ``Date:`` and ``URL:`` lines at the head, else the title
    from the first line where that is short."""
    head = "\n".join(raw.split("\n", HEADER_LINES)[:HEADER_LINES])
    fields = {m[1].lower(): m[2].strip() for m in HEADER.finditer(head)}
    fields = {k: v for k, v in fields.items() if v and v.lower() not in ("none", "null", "n/a")}
    title = fields.get("title") or fields.get("标题") or _first_line(raw)
    return Header(title, fields.get("date") or fields.get("日期") or fields.get("时间"), fields.get("url"))


def _first_line(raw: str) -> str | None:
    for line in raw.split("\n", HEADER_LINES):
        text = line.strip(" \t\r\u3000?")
        if text and not text[0].isdigit():  # a timestamp is no title
            return text if len(text) <= TITLE_LENGTH and not text.endswith(("。", "！", "；", "，")) else None
    return None
