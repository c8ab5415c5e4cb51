"""The parts of a page: what it says of itself, and the lines that are no part of the article."""

import re
from typing import Literal, NamedTuple

from extract.rules import PatternRule, Rule, Rules, alternation

Field = Literal["title", "date", "url", "publisher", "author", "editor"]
HEAD_LINES, FOOT_LINES = 12, 6
HEAD, FOOT = 600, 200
"""Lines and characters at the ends of a page that say something of it."""
TITLE_LENGTH = 60
NOTHING = ("", "none", "null", "n/a")
"""What crawlers write into a field that they could not fill."""


class FurnitureRule(Rule, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """``line``: a pattern for a whole line that is no part of the article."""

    line: str


class BylineRule(PatternRule, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """``pattern`` finds a ``field`` of the page where one of the ``words`` stands; its group ``value`` is
    what the field holds."""

    field: Field
    words: tuple[str, ...]


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
        bylines = rules.patterns("bylines", BylineRule, re.M | re.I)
        self._bylines = [(r.field, frozenset(map(str.lower, r.words)), pattern) for r, pattern in bylines]
        words = {word for r, _ in bylines for word in r.words}
        # the cases in which labels come, since a pattern that ignores case is slow
        self.label = re.compile(alternation(f(w) for w in words for f in (str, str.lower, str.upper)))
        self.labelled = re.compile(f".{{0,4}}(?:{self.label.pattern})[：:/]")

    def body(self, text: str) -> str:
        """The text with the lines that are no part of the article left blank, every position kept."""
        return self._furniture.sub(lambda m: " " * len(m[0]), text)

    def is_furniture(self, line: str) -> bool:
        """Whether a line is no part of an article, and names nobody who made it."""
        return self.is_of_page(line) and not self.label.search(line)

    def is_of_page(self, line: str) -> bool:
        """Whether a line is no part of an article, be it that it names who made it."""
        return bool(self._furniture.match(line))

    def header(self, text: str, raw: str) -> Header:
        """What the head and the foot of ``text`` say, as it stands in ``raw``, which has the same length.
        Without a title of its own, a page has its first line where that is short."""
        head = len("\n".join(text[:HEAD].split("\n", HEAD_LINES)[:HEAD_LINES]))
        foot = max(head, len(text) - sum(len(line) + 1 for line in text[-FOOT:].split("\n")[-FOOT_LINES:]))
        fields: dict[str, str] = {}
        for start, end in ((0, head), (foot, len(text))):
            labels = {match[0].lower() for match in self.label.finditer(text, start, end)}
            for field, words, pattern in self._bylines:
                if field in fields or words.isdisjoint(labels):
                    continue
                if match := pattern.search(text, start, end):
                    value = raw[match.start("value") : match.end("value")].strip()
                    if value.lower() not in NOTHING:
                        fields[field] = value
        fields.setdefault("title", self._first_line(text, raw))
        return Header(**{field: value for field, value in fields.items() if value})

    def _first_line(self, text: str, raw: str) -> str:
        """The first line that is no timestamp and no label, where it is short."""
        end = -1
        for line in text.split("\n", HEAD_LINES)[:HEAD_LINES]:
            start, end = end + 1, end + 1 + len(line)
            words = line.strip(" \t\r\u3000?")
            if words and not words[0].isdigit() and not self.labelled.match(words):
                title = raw[start:end].strip(" \t\r\u3000?")
                return "" if len(title) > TITLE_LENGTH or title.endswith(("。", "！", "；", "，")) else title
        return ""
