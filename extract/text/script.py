"""Traditional to simplified script and full width to half width, one code point to one.

The tables are those of ``opencc-python-reimplemented`` (t2s: its phrases by one pattern, then its
characters), with later corrections of the official project as data in ``rules/script.txt``. All are
one code point to one, so positions stay as they are.
"""

import re
from functools import cached_property
from importlib.resources import files
from typing import Literal

from extract.rules import Rules, alternation

Script = Literal["simplified", "traditional", "mixed"]

WIDTH = {
    **{ord(c): ord(c) - 0xFEE0 for c in "".join(map(chr, range(0xFF10, 0xFF5B))) if c.isalnum()},
    **{ord(a): ord(b) for a, b in zip("％＋－．／＄～〜∼﹪", "%+-./$~~~%", strict=True)},
    **dict.fromkeys(map(ord, "\u3000\xa0\u2002\u2003\u2009\u202f\t"), ord(" ")),
    **{ord(a): ord(b) for a, b in zip("(),:;?!｢｣「」", "（），：；？！“”“”", strict=True)},
    **dict.fromkeys(range(0xD800, 0xE000), 0xFFFD),
}
"""One form for each sign: letters, digits and per cent narrow, sentence punctuation wide, spaces plain.
Lone surrogates, which no segmenter takes, become U+FFFD."""

DIGIT_COMMA = re.compile(r"\d[,，](?=\d{3}(?!\d))")
NUMERIC_COLON = re.compile(r"(?<=\d):(?=\d)|(?<=http):|(?<=https):")


class ScriptConverter:
    """Simplifies script and folds width; built once from the rules, safe to share."""

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
        return {ord(k): v for k, v in table.items() if k != v}

    @cached_property
    def _traditional_only(self) -> dict[int, str]:
        return {k: v for k, v in self._characters.items() if not _in_gb2312(chr(k))}

    @cached_property
    def _without_traditional(self) -> dict[int, None]:
        return dict.fromkeys(self._traditional_only)

    def detect(self, text: str) -> Script | None:
        """The script of a text, from the share of characters that only traditional script has;
        ``None`` without Han."""
        wide = (len(text.encode("utf-8", "surrogatepass")) - len(text)) // 2  # Han has three bytes each
        if not wide:
            return None
        share = (len(text) - len(text.translate(self._without_traditional))) / wide
        return "traditional" if share > 0.1 else "mixed" if share > 0.01 else "simplified"

    def simplify(self, text: str, script: Script | None) -> str:
        """A text of that script in simplified script. A simplified text keeps characters that are also simplified
        ones (`著名`, `乾隆`); only a text with traditional characters has its phrases converted."""
        if script is None:
            return text
        if script == "simplified":
            return text.translate(self._traditional_only)
        phrases = self._phrases
        return self._phrase_pattern.sub(lambda m: phrases[m[0]], text).translate(self._characters)


def fold(text: str) -> str:
    """The text with one form for each sign; commas in digits (`1,234`) and colons in times stay narrow."""
    text = text.replace("：", ":") if "：" in text else text
    commas = [m.end() - 1 for m in DIGIT_COMMA.finditer(text)]
    colons = [m.start() for m in NUMERIC_COLON.finditer(text)]
    folded = text.translate(WIDTH)
    if not commas and not colons:
        return folded
    characters = list(folded)
    for at in commas:
        characters[at] = ","
    for at in colons:
        characters[at] = ":"
    return "".join(characters)


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
