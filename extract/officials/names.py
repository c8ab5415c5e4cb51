"""Names of persons, read without a tagger: surname, given name, and what stands around them."""

import re
from bisect import bisect_right
from typing import NamedTuple

from extract.officials.lexicon import Lexicon
from extract.text.document import Document

HAN = re.compile(r"[\u4e00-\u9fff]")
AHEAD = 8
"""How much of the text around a name is cut into words, in characters."""
NEAR = 20_000
"""How far around a name its repetitions count, in characters."""
SPACED = re.compile(r"([\u4e00-\u9fff]) {1,3}([\u4e00-\u9fff])")
SPACED_BEFORE = re.compile(r"([\u4e00-\u9fff]) {1,3}[\u4e00-\u9fff]$")
BOUNDARY = re.compile(r"[^\u4e00-\u9fff·•・×]|$")
DOTS = "·•・-"


class Name(NamedTuple):
    """A name and its place; ``name`` is without spaces."""

    start: int
    end: int
    name: str


class NameReader:
    """Reads one name, or a list of names, at a place of a document."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        han = r"\u4e00-\u9fff"
        foreign, dots = re.escape(lexicon.transliterated), re.escape(DOTS)
        last, inner = f"[{dots}][{foreign}]{{1,8}}(?![{dots}])", f"[{dots}][{han}]{{1,8}}(?=[{dots}])"
        self._dotted = re.compile(f"[{han}]{{1,7}}(?:{last}|{inner})+")
        self._foreign = re.compile(f"[{foreign}]{{2,8}}")
        self._foreign_before = re.compile(f"[{foreign}]{{1,7}}(?:[{dots}][{foreign}]{{1,8}})*$")

    def after(self, document: Document, at: int, foreign: bool = False) -> Name | None:
        """The name that starts at the place; ``foreign``: a transliterated one may be expected."""
        text = document.text
        if (dotted := self._dotted.match(text, at)) and dotted[0][0] not in DOTS:
            end = self._cut(text, at, dotted.end())
            return self._name(text, at, self._reigned(text, end))
        if any(text[at : at + n] in self._lexicon.foreign_heads for n in (3, 4, 5)):
            return None
        chinese = self._chinese(document, at)
        if foreign and (run := self._foreign.match(text, at)):
            end = self._cut(text, at, run.end())
            end = self._reigned(text, end)
            longer = end > (chinese.end if chinese else at + 1)
            if longer and text[at:end] not in self._lexicon.not_names and self._bounded(text, end):
                return self._name(text, at, end)
        return chinese

    def before(
        self, document: Document, end: int, known: frozenset[str], foreign: bool = False
    ) -> Name | None:
        """The name that ends at the place, if what stands before it can end there."""
        text = document.text
        for length in (4, 3, 2):
            if length <= end and text[end - length : end] in known:
                return self._name(text, end - length, end)
        if (spaced := SPACED_BEFORE.search(text, max(0, end - 5), end)) and spaced[
            1
        ] in self._lexicon.surnames:
            return self._name(text, spaced.start(), end)
        run = self._foreign_before.search(text, max(0, end - 24), end)
        if run and len(run[0]) > (1 if foreign else 3) and run[0] not in self._lexicon.foreign_heads:
            return self._name(text, run.start(), end) if self._left(document, run.start(), end) else None
        found = [
            name
            for length in (3, 2, 4)
            if end >= length and (name := self._whole(document, end - length, end)) is not None
        ]
        return found[0] if found else None

    def names_after(
        self, document: Document, at: int, taken: list[tuple[int, int]], foreign: bool = False
    ) -> list[Name]:
        """The members of a list of names that starts at the place, up to what is no name."""
        text, names = document.text, list[Name]()
        while (name := self.after(document, at, foreign)) is not None:
            if _within(at, taken):
                break
            names.append(name)
            rest = self._lexicon.honorific.match(text, name.end)
            separator = self._lexicon.name_separator.match(text, rest.end() if rest else name.end)
            if separator is None:
                break
            at = separator.end()
        return names

    def names_before(
        self, document: Document, end: int, known: frozenset[str], foreign: bool = False
    ) -> list[Name]:
        """The members of a list of names that ends at the place, in order."""
        text, names = document.text, list[Name]()
        while True:
            if (title := self._lexicon.honorific_before.search(text, max(0, end - 20), end)) is not None:
                end = title.start()
            name = self.before(document, end, known, foreign)
            if name is None:
                break
            names.append(name)
            separator = self._lexicon.name_separator_before.search(text, max(0, name.start - 3), name.start)
            if separator is None or not separator[0].strip():
                break
            end = separator.start()
        return names[::-1]

    @staticmethod
    def ends_line(text: str, end: int) -> bool:
        """Whether nothing but space or punctuation follows."""
        return bool(BOUNDARY.match(text, end))

    def _name(self, text: str, start: int, end: int) -> Name:
        return Name(start, end, text[start:end].replace(" ", ""))

    def _cut(self, text: str, start: int, end: int) -> int:
        """Where a transliterated run ends: before a verb that its characters run into."""
        for i in range(start + 2, end):
            if self._lexicon.follow_verb.match(text, i):
                return i
        return end

    def _reigned(self, text: str, end: int) -> int:
        """The end of a monarch's name, with its number."""
        number = self._lexicon.reign.match(text, end)
        return number.end() if number else end

    def _bounded(self, text: str, end: int) -> bool:
        return bool(BOUNDARY.match(text, end) or self._lexicon.follow.match(text, end))

    def _surname(self, text: str, at: int) -> int:
        """Length of the surname at the place, 0 where there is none."""
        for length in (3, 2):
            if text[at : at + length] in self._lexicon.compounds:
                return length
        return int(text[at : at + 1] in self._lexicon.surnames)

    def _candidates(self, text: str, at: int) -> list[int]:
        """Possible ends of a Chinese name at the place: one or two given characters, or a double surname."""
        surname = self._surname(text, at)
        if not surname:
            return []
        lengths = [surname + 1, surname + 2]
        if surname == 1 and text[at + 1 : at + 2] in self._lexicon.surnames:
            lengths.append(4)
        ends = []
        for length in lengths:
            given = text[at + surname : at + length]
            if len(given) != length - surname or not all(map(HAN.match, given)):
                break
            if self._lexicon.not_given.intersection(given):
                break
            if length == 4 and self._lexicon.follow_verb.match(text, at + 2):
                break
            if given[-1] not in self._lexicon.not_last and self._free(given, text[at : at + length], surname):
                ends.append(at + length)
        return ends

    def _free(self, given: str, name: str, surname: int) -> bool:
        """Whether neither the given name nor the whole is a word of another kind (`安全`, `安全员`)."""
        lexicon = self._lexicon
        if (
            surname == 1
            and name[:2] in lexicon.not_names
            and (len(name) != 3 or name[-1] in lexicon.not_after_word)
        ):
            return False
        return (len(given) < 2 or given not in lexicon.stop) and name not in lexicon.places

    def _chinese(self, document: Document, at: int) -> Name | None:
        text = document.text
        if spaced := self._spaced(text, at):
            return spaced
        ends = self._candidates(text, at)
        if not ends:
            return None
        scores = [(self._score(document, at, end), -abs(end - at - 3), end) for end in ends]
        best, _, end = max(scores)
        needed = 1.0
        if text[at : at + 2] in self._lexicon.not_names:
            needed = 2.5
        elif text[at] in self._lexicon.weak or self._is_word(document, at, end):
            needed = 2.0
        return self._name(text, at, end) if best >= needed else None

    @staticmethod
    def _is_word(document: Document, at: int, end: int) -> bool:
        """Whether the dictionary has the characters as a word that is no name (`牛棚`)."""
        first = document.cut(at, end)[0]
        return first.end == end and first.tag != "x" and not first.tag.startswith("nr")

    def _spaced(self, text: str, at: int) -> Name | None:
        """A two-character name that was set to the width of three (`王　毅`)."""
        match = SPACED.match(text, at)
        if not match or match[1] not in self._lexicon.surnames or match[2] in self._lexicon.not_given:
            return None
        if not self._bounded(text, match.end()):
            return None
        return self._name(text, at, match.end())

    def _score(self, document: Document, at: int, end: int) -> float:
        """How well a name ends here: by what follows, by its repetitions, by the tokens."""
        lexicon, text = self._lexicon, document.text
        score = 0.0
        if BOUNDARY.match(text, end):
            score = 3.0
        elif lexicon.follow_verb.match(text, end):
            score = 2.5
        elif lexicon.follow.match(text, end):
            score = 2.0
        if end - at == 2:
            score += self._repeated(text[max(0, at - NEAR) : end + NEAR], text[at:end], text[at : end + 1])
        if score < 2:
            after = [t for t in document.cut(at, end + AHEAD) if t.start == end]
            score += any(len(t.text) > 1 or t.tag in lexicon.stop_tags for t in after)
            score += 0.5 * (end - at == 3)
        return score if end - at < 4 or score >= 2 else 0.0

    @staticmethod
    def _repeated(text: str, name: str, longer: str) -> float:
        """Whether the text has the shorter name without the next character, or always with it."""
        short, long = text.count(name), text.count(longer)
        return 1.5 if short > long else -1.0 if long > 1 else 0.0

    def _whole(self, document: Document, start: int, end: int) -> Name | None:
        """The name from ``start`` to ``end``, if it is one and something ends before it."""
        text = document.text
        if end not in self._candidates(text, start) or not self._left(document, start, end):
            return None
        return self._name(text, start, end)

    def _left(self, document: Document, start: int, end: int) -> bool:
        """Whether a name can start here: after punctuation, a bounding word, or as tokens of its own."""
        text = document.text
        if start == 0 or not HAN.match(text[start - 1]):
            return start == 0 or not (text[start - 1] in DOTS or text[start - 1].isdigit())
        if self._lexicon.left.search(text, max(0, start - 4), start):
            return True
        tokens = document.cut(max(0, start - AHEAD), end)
        return bool(tokens) and tokens[-1].start == start


def _within(at: int, places: list[tuple[int, int]]) -> bool:
    """Whether one of the places, which are in order, holds the position."""
    i = bisect_right(places, at, key=lambda place: place[0]) - 1
    return i >= 0 and at < places[i][1]
