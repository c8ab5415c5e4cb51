"""The headline of a page: the line that its reader sees, of all that code and page call its title."""

import re
from collections.abc import Sequence
from html import unescape
from typing import NamedTuple

from extract.pages.lines import Line
from extract.pages.seen import Seen
from extract.pages.signs import Signs
from extract.pages.stated import Stated

SHORTEST, LONGEST = 4, 150
"""Characters of a headline that is seen."""
NAMES = ("headline", "title", "articletitle", "dc.title", "og:title", "twitter:title", "contenttitle")
"""Where the code states the headline, the most exact first."""
SITES = ("og:site_name", "sitename", "publisher.name", "application-name", "ispartof.name")
SEPARATOR = re.compile(
    r"\s*(?:[_|｜¦›»>]+|-{2,}|[—–]{1,2}|\s[-－·•:]\s|(?<![A-Za-z0-9])-|-(?![A-Za-z0-9]))\s*"
)
"""What parts a headline from the names of section and site."""
CUT = re.compile(r"(?:…+|\.{3,})$")
CLOCK = re.compile(r"\s*[（(]\d{1,2}:\d{2}[)）]$")
"""The hour at which it came out, as papers of Hong Kong leave it on."""
MARK = re.compile(r"title|headline|biaoti|\bbt\b|\btit\b")
"""What the code calls a headline."""
UNTOLD = re.compile(rf"{MARK.pattern}|\blarge\b")
"""How it sets one, where it tells nowhere which it is."""
SECTION = 4
"""Characters of a section's name."""
ENOUGH = 3.0
"""Points of a line that the code states nowhere, but which stands as a headline."""
WHOLE = 4.0
"""Points of a line that is all that the code states."""
AFTER = 4
"""Lines after a headline in which its dateline stands."""

DATED = 2.0
"""Points for that."""


class Headline(NamedTuple):
    """The headline, and the number of its line where it is seen."""

    text: str | None
    at: int | None


class Headlines:
    """Finds headlines; compiled once."""

    def __init__(self, signs: Signs) -> None:
        self._signs = signs

    def find(self, seen: Seen, stated: Stated) -> Headline:
        """The headline of a page."""
        told = self._stated(stated)
        names = {bare(name) for name in stated.values(*SITES)}
        keys = [bare(t) for t in told]
        mark = MARK if any(not self._is_name(t, names) for t in told) else UNTOLD
        best, most = None, 0.0
        for at, line in enumerate(seen.lines):
            if SHORTEST <= len(line.text) <= LONGEST and (score := self._score(line, mark, keys, names)) > 0:
                after = range(at + 1, min(at + 1 + AFTER, len(seen.lines)))
                score += DATED if any(map(seen.days, after)) else 0
                if score >= most:
                    best, most = at, score
        if best is None or (most < ENOUGH and mark is MARK):
            return Headline(self._cut(told, names), None)
        return Headline(CLOCK.sub("", _seen(seen.lines[best].text, told)), best)

    def _stated(self, stated: Stated) -> list[str]:
        found = (_clean(t) for t in (*stated.values(*NAMES), stated.title))
        long = (t for t in found if len(bare(t)) >= SHORTEST and not self._signs.fits("untold", t))
        return list(dict.fromkeys(long))

    def _score(self, line: Line, mark: re.Pattern[str], keys: Sequence[str], names: set[str]) -> float:
        """How much a line is the headline."""
        key = bare(line.text)
        if len(key) < SHORTEST or key in names or self._signs.fits("untold", line.text):
            return 0.0
        stated = max((_likeness(key, told) for told in keys), default=0.0)
        form = (3 - line.level) / 2 + 1 if 0 < line.level < 5 else 0.0
        form += 1 if mark.search(" ".join((line.mark, *(piece.mark for piece in line.pieces)))) else 0
        if stated <= 0 and not form:
            return 0.0
        if line.linked > 0.8:
            form -= 2
        if stated < WHOLE and self._signs.fits("site", self._signs.plain(line.text)):
            form -= 3
        return stated + form + min(len(key), 30) / 30

    def _cut(self, told: Sequence[str], names: set[str]) -> str | None:
        """The headline as the code states it, without the names of section and site."""
        cut = [self._bare_of_site(t, names) for t in told]
        found = [t for t in cut if t]
        return max(found, key=lambda t: sum(t in other for other in told), default=None)

    def _bare_of_site(self, title: str, names: set[str]) -> str:
        parts = [part for part in SEPARATOR.split(title) if part]
        while len(parts) > 1 and self._is_name(parts[-1], names):
            parts.pop()
        while len(parts) > 1 and self._is_name(parts[0], names):
            parts.pop(0)
        if not parts or (len(parts) == 1 and bare(parts[0]) in names):
            return ""
        start = title.find(parts[0])
        return title[start : title.rfind(parts[-1]) + len(parts[-1])]

    def _is_name(self, part: str, names: set[str]) -> bool:
        if bare(part) in names or len(bare(part)) <= SECTION or part.isascii():
            return True
        return self._signs.fits("site", self._signs.plain(part))


def bare(text: str) -> str:
    """The letters and digits of a title: signs, spaces and width differ between its forms."""
    return "".join(c for c in text.casefold() if c.isalnum())


def _clean(title: str) -> str:
    """A title as its code has it, with what was escaped twice as it is read."""
    return unescape(title).strip(" \t\r\n\u3000\ufeff")


def _likeness(line: str, told: str) -> float:
    """How much a line is what the code states: the whole, its beginning, a part, or more of what is cut."""
    if line == told:
        return WHOLE
    if told.startswith(line):
        return 3.0 if len(line) >= SHORTEST + 2 or 2 * len(line) > len(told) else 1.0
    if line.startswith(told):
        return 3.0 if len(told) >= 2 * SHORTEST else 2.0
    if len(line) >= SHORTEST and line in told:
        return 2.0
    return 0.0


def _seen(line: str, told: Sequence[str]) -> str:
    """The line; where it only has a few words more than what is stated (`原创`, `查看`), what is stated."""
    key = bare(line)
    for title in told:
        stated = bare(title)
        more = len(key) - len(stated)
        if (
            0 < more <= SECTION
            and key.startswith(stated)
            and not CUT.search(title)
            and len(stated) > 2 * more
        ):
            return title
    return line
