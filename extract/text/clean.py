"""Takes out what a page's making has left in its text: marks that are no text, spaces, line breaks."""

import html
import itertools
import re
from collections.abc import Iterator

from extract.rules import Rules
from extract.text.alignment import Edit
from extract.text.noise import Kind, NoiseRule
from extract.text.segment import Segmenter

HAN = "一-鿿㐀-䶿"
HIDDEN = r"\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff"
INVISIBLE = re.compile(f"[{HIDDEN}]+")
SUSPECT = re.compile(f"[&<{HIDDEN}]")
TONE = re.compile("[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ]")
GAP = re.compile(rf"[ \xa0](?<=[{HAN}].)[ \xa0]*(?=[{HAN}])")
LOOSE = re.compile(rf"(?<=[{HAN}\d，。、；：%,.;:])[ \xa0]+(?=[{HAN}\d，。、；：（%,.;:])")
BETWEEN = re.compile(r"(?<=\S)[ \xa0]+(?=\S)")
PROSE = re.compile("[，。；,;]")
CLOSED = re.compile("[。！？!?…：:；;]['\"”’）)」』]*$")
HYPHEN = re.compile(f"(?<=[{HAN}])[-‐]$")
"""At the end of a line, where a scanner breaks a word that has no hyphen."""
ROW = re.compile(r"[|\t]|\S {2,}\S|^[ \d.,%+-]+$", re.MULTILINE)
"""In a line that is a row of a table, or a number alone: such lines are joined with no other."""
LABEL = re.compile(f"[{HAN}]{{2,16}}：")
"""What opens a line of its own."""
COLUMNS = re.compile(r"\S\u3000+\S")
"""In a line of a list, as of names."""
NUMBER_LINE = re.compile(r"[ \d.,%+-]+$", re.MULTILINE)
SPACED = 0.25
"""Share of Han followed by a space from which a page was read letter by letter."""
SCATTERED = 0.02
"""The same share, within sentences, from which spaces are strewn over a page; sound pages have less."""
WITHIN = 0.1
"""Share of spaces between Han that stand inside words from which they are strewn; by chance more do."""
MOST_GAPS, BESIDE = 60, 4
"""Spaces that are judged of a page, and the characters on either side that are read."""
WRAPPED = 0.3
"""Share of lines that break off inside a sentence from which a page was wrapped by hand."""


class Cleaner:
    """Finds marks, spaces and line breaks that are no part of a text; compiled once."""

    def __init__(self, rules: Rules, segmenter: Segmenter) -> None:
        self._segmenter = segmenter
        self._rules: dict[Kind, NoiseRule] = {r.kind: r for r in rules.table("noise", NoiseRule)}
        tag = self._rules["tag"]
        blocks = frozenset(tag.unless)
        names = "|".join(sorted({*tag.words, *blocks}, key=len, reverse=True))
        self._breaking = re.compile(rf"</?(?:{'|'.join(sorted(blocks, key=len, reverse=True))})\b", re.I)
        self._marks = re.compile(
            f"(?P<invisible>{INVISIBLE.pattern})|(?P<entity>{self._rules['entity'].pattern})"
            rf"|(?P<tag>{tag.pattern}|</?(?:{names})\b[^<>]{{0,500}}>)",
            re.IGNORECASE,
        )
        pinyin = self._rules["pinyin"]
        self._toned = re.compile(pinyin.pattern)
        neutral = f"(?<=[{HAN}])[（(](?:{'|'.join(pinyin.words)})[)）]"
        self._pinyin = re.compile(f"{pinyin.pattern}|{neutral}")

    def marks(self, text: str) -> list[Edit]:
        """Invisible and control characters, entities and tags. Seldom needed, so looked for by one search."""
        if not SUSPECT.search(text):
            return []
        found: list[Edit] = []
        line = 0  # where a line begins, once the tags before it are gone
        for match in self._marks.finditer(text):
            start, end = match.span()
            replacement = self._reading(match)
            if replacement == "\n" and (start == line or text.startswith("\n", end)):
                replacement = ""
            if replacement == "\n" or start == line:
                line = end
            if replacement != match[0]:
                found.append(Edit(start, end, replacement, match.lastgroup or ""))
        return found

    def _reading(self, match: re.Match[str]) -> str:
        """What a mark stands for in a text."""
        if match.lastgroup == "entity":
            character = html.unescape(html.unescape(match[0]))
            return "" if INVISIBLE.fullmatch(character) else character
        return "\n" if match.lastgroup == "tag" and self._breaking.match(match[0]) else ""

    def pinyin(self, text: str) -> list[Edit]:
        """Readings put after characters."""
        if not TONE.search(text) or len(self._toned.findall(text)) < self._rules["pinyin"].least:
            return []
        return [Edit(m.start(), m.end(), "", "pinyin") for m in self._pinyin.finditer(text)]

    def spaces(self, text: str) -> list[Edit]:
        """Spaces inside sentences, where the page is full of them."""
        gaps = len(GAP.findall(text))
        least = self._rules["space"].least
        if gaps < least:
            return []
        han = max(1, (len(text.encode("utf-8", "surrogatepass")) - len(text)) // 2)
        if gaps > SPACED * han:
            found = BETWEEN.finditer(text)
            return [Edit(m.start(), m.end(), "" if len(m[0]) == 1 else " ", "space") for m in found]
        prose = [(start, end) for start, end in _lines(text) if _is_prose(text, start, end)]
        inside = sum(len(GAP.findall(text, start, end)) for start, end in prose)
        if inside < max(least, SCATTERED * sum(end - start for start, end in prose)):
            return []
        if not self._inside_words(text, prose):
            return []
        found = (m for start, end in prose for m in LOOSE.finditer(text, start, end))
        return [Edit(m.start(), m.end(), "", "space") for m in found]

    def _inside_words(self, text: str, prose: list[tuple[int, int]]) -> bool:
        """Whether spaces stand inside words, as those that are strewn do; an author's stand between
        headlines or in lists."""
        gaps = [m for start, end in prose for m in GAP.finditer(text, start, end)][:MOST_GAPS]
        inside = 0
        for gap in gaps:
            left, right = (
                text[max(0, gap.start() - BESIDE) : gap.start()],
                text[gap.end() : gap.end() + BESIDE],
            )
            tokens = self._segmenter.tokens(left + right)
            inside += any(t.start < len(left) < t.end and self._segmenter.has(t.text) for t in tokens)
        return inside >= WITHIN * len(gaps)

    def breaks(self, text: str) -> list[Edit]:
        """Line ends inside sentences, where the lines of the page mostly end so."""
        lines = [(start, end) for start, end in _lines(text) if text[start:end].strip()]
        least = max(self._rules["break"].least, WRAPPED * len(lines))
        found = _open_ends(text, lines, len(text))
        if len(found) < least:
            return []
        width = sorted(len(text[start:end]) for start, end in lines if _is_prose(text, start, end))
        return _open_ends(text, lines, width[len(width) // 2] * 3 // 4)


def _open_ends(text: str, lines: list[tuple[int, int]], long: int) -> list[Edit]:
    """The ends of lines of prose that go on in the next one; a line that is ``long`` counts as prose."""
    found: list[Edit] = []
    going_on = False
    for (start, end), (after, _) in itertools.pairwise(lines):
        line = text[start:end].rstrip()
        gap = text[start + len(line) : after]
        listed = COLUMNS.search(line) or LABEL.match(text, after)
        if listed or ROW.search(line) or NUMBER_LINE.match(text, after):
            going_on = False
            continue
        prose = going_on or len(line) >= long or PROSE.search(line) is not None
        going_on = gap.count("\n") == 1 and prose and not CLOSED.search(line) and not text[after].isspace()
        if going_on:
            hyphen = HYPHEN.search(line)
            found.append(Edit(start + (hyphen.start() if hyphen else len(line)), after, "", "break"))
    return found


def _is_prose(text: str, start: int, end: int) -> bool:
    return PROSE.search(text, start, end) is not None and not ROW.search(text, start, end)


def _lines(text: str) -> Iterator[tuple[int, int]]:
    """Bounds of all lines, without their ends."""
    start = 0
    while (end := text.find("\n", start)) >= 0:
        yield start, end
        start = end + 1
    yield start, len(text)
