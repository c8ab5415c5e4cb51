"""Traditional to simplified script and full width to half width, one code point to one.

The tables are those of ``opencc-python-reimplemented`` (t2s), with later corrections of the official
project as data in ``rules/script.txt``: phrases first, characters in what is left between them, so that
a phrase can keep a character (`乾隆`). All are one code point to one, so positions stay as they are.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import cached_property
from importlib.resources import files
from typing import Literal

from extract.rules import Rules, alternation

Script = Literal["simplified", "traditional", "mixed"]

WIDTH = {
    **{c: chr(ord(c) - 0xFEE0) for c in map(chr, range(0xFF10, 0xFF5B)) if c.isalnum()},
    **dict(zip("％＋－．／＄～〜∼﹪", "%+-./$~~~%", strict=True)),
    **dict.fromkeys("\u3000\xa0\u2002\u2003\u2009\u202f\t", " "),
    **dict(zip("(),:;?!｢｣「」", "（），：；？！“”“”", strict=True)),
    **{chr(c): "\ufffd" for c in range(0xD800, 0xE000)},
}
"""One form for each sign: letters, digits and per cent narrow, sentence punctuation wide, spaces plain.
Lone surrogates, which no segmenter takes, become U+FFFD."""

COMPATIBILITY = (*range(0x2E80, 0x2FE0), *range(0xF900, 0xFB00), *range(0x2F800, 0x2FA20))
"""Radicals and compatibility ideographs, which pages made from PDF have in place of characters."""

PARTICLE = ("著", "着")
"""Taiwan writes both as the first; a text that has the second tells them apart itself."""

ASTRAL = "\U00020000-\U0003ffff"
WIDE_COMMA = re.compile(r"，(?<=\d，)(?=\d{3}(?!\d))(?!(?<=[$¥￥€£]\d\d，)\d{3}[\u4e00-\u9fff]?元)")
"""A thousands separator; not what parts `$20，300美元`, where each amount has a currency of its own."""
WIDE_COLON = re.compile(r"：(?<=\d：)(?=\d)")
DIGIT_COMMA = re.compile(r",(?<=\d,)(?=\d{3}(?!\d))")
NUMERIC_COLON = re.compile(r":(?:(?<=\d:)(?=\d)|(?<=http:)|(?<=https:))")


class ScriptConverter:
    """Simplifies script; built once from the rules, safe to share."""

    def __init__(self, rules: Rules) -> None:
        self._corrections = dict(line.split() for line in rules.words("script"))

    @cached_property
    def _phrases(self) -> dict[str, str]:
        table = _table("TSPhrases.txt")
        table |= {k: v for k, v in self._corrections.items() if len(k) > 1}
        return {k: v for k, v in table.items() if len(k) == len(v)}

    @cached_property
    def _phrase_pattern(self) -> re.Pattern[str]:
        return re.compile(alternation(self._phrases))

    @cached_property
    def _characters(self) -> dict[int, str]:
        table = _table("TSCharacters.txt")
        table |= {k: v for k, v in self._corrections.items() if len(k) == 1}
        for code in COMPATIBILITY:
            unified = unicodedata.normalize("NFKC", chr(code))
            if len(unified) == 1:
                table[chr(code)] = table.get(unified, unified)
        return {ord(k): v for k, v in table.items() if k != v}

    @cached_property
    def _characters_with_particle(self) -> dict[int, str]:
        return {k: v for k, v in self._characters.items() if k != ord(PARTICLE[0])}

    @cached_property
    def _traditional_only(self) -> dict[str, str]:
        """Characters that no simplified text has; what GB 2312 has may be meant as it stands."""
        return {chr(k): v for k, v in self._characters.items() if not _in_gb2312(chr(k))}

    @cached_property
    def _traditional_sign(self) -> re.Pattern[str]:
        compatibility = frozenset(map(chr, COMPATIBILITY))
        return _class(c for c in self._traditional_only if c not in compatibility)

    @cached_property
    def _traditional(self) -> re.Pattern[str]:
        return _class(self._traditional_only)

    def detect(self, text: str) -> Script | None:
        """The script of a text, from the share of characters that only traditional script has;
        ``None`` without Han."""
        wide = (len(text.encode("utf-8", "surrogatepass")) - len(text)) // 2  # Han has three bytes each
        if not wide:
            return None
        share = len(self._traditional_sign.findall(text)) / wide
        return "traditional" if share > 0.1 else "mixed" if share > 0.01 else "simplified"

    def simplify(self, text: str, script: Script | None) -> str:
        """A text of that script in simplified script.

        A simplified text keeps characters that are simplified ones too (`著名`, `乾隆`); only a text with
        traditional characters has its phrases converted.
        """
        if script is None:
            return text
        if script == "simplified":
            table = self._traditional_only
            return self._traditional.sub(lambda m: table.get(m[0], m[0]), text)
        characters = self._characters_with_particle if PARTICLE[1] in text else self._characters
        parts: list[str] = []
        at = 0
        for match in self._phrase_pattern.finditer(text):
            parts += text[at : match.start()].translate(characters), self._phrases[match[0]]
            at = match.end()
        parts.append(text[at:].translate(characters))
        return "".join(parts)


def fold(text: str) -> str:
    """The text with one form for each sign; commas in digits (`1,234`) and colons in times stay narrow."""
    text = WIDE_COLON.sub(":", WIDE_COMMA.sub(",", text))
    return _SIGN.sub(_form, text)


def _form(match: re.Match[str]) -> str:
    sign = match[0]
    if sign == "," and DIGIT_COMMA.match(match.string, match.start()):
        return sign
    if sign == ":" and NUMERIC_COLON.match(match.string, match.start()):
        return sign
    return WIDTH[sign]


def _class(characters: Iterable[str]) -> re.Pattern[str]:
    """A pattern for any of the characters, and for all beyond the first plane: tested one by one there, they
    would cost a search more than a look-up of the few that occur."""
    return re.compile(f"[{re.escape(''.join(c for c in characters if c < ASTRAL[0]))}{ASTRAL}]")


def _table(name: str) -> dict[str, str]:
    """First choice of each line of one of the package's tables (``key<TAB>value value ...``)."""
    text = files("opencc").joinpath("dictionary", name).read_text(encoding="utf-8")
    pairs = (line.split("\t", 1) for line in text.splitlines() if "\t" in line)
    return {key: values.split()[0] for key, values in pairs if values.split()}


def _in_gb2312(character: str) -> bool:
    try:
        character.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


_SIGN = re.compile(f"[{re.escape(''.join(c for c in WIDTH if not 0xD800 <= ord(c) < 0xE000))}\ud800-\udfff]")
