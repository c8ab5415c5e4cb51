"""Names of persons, read without a tagger: surname, given name, and what stands around them."""

import re
from bisect import bisect_right
from collections.abc import Collection

import msgspec

from extract.officials.lexicon import Lexicon
from extract.text.document import Document

AHEAD = 8
"""How much of the text around a name is cut into words, in characters."""
NEAR = 5_000
"""How far around a name its repetitions count, in characters."""
SPACED = re.compile(r"([\u4e00-\u9fff]) {1,3}([\u4e00-\u9fff])")
SPACED_BEFORE = re.compile(r"([\u4e00-\u9fff]) {1,3}[\u4e00-\u9fff]$")
BOUNDARY = re.compile(r"[^\u4e00-\u9fff·•・×]|$")
ALL_HAN = re.compile(r"[\u4e00-\u9fff]+")
DOTS = "·•・-"
NAMELIKE = ("n", "nr", "nz", "x")
"""Tags of names, and of characters that are no word of the dictionary."""


class Name(msgspec.Struct, frozen=True, gc=False):
    """A name and its place; ``name`` is without spaces."""

    start: int
    end: int
    name: str


class NameReader:
    """Reads one name, or a list of names, at the places of one document."""

    def __init__(self, lexicon: Lexicon, document: Document) -> None:
        self._lexicon = lexicon
        self._document = document
        self._text = document.text
        self._read: dict[tuple[int, bool], Name | None] = {}

    def after(self, at: int, foreign: bool = False) -> Name | None:
        """The name that starts at the place; ``foreign``: a transliterated one may be expected."""
        key = at, foreign
        if key not in self._read:
            self._read[key] = self._after(at, foreign)
        return self._read[key]

    def _after(self, at: int, foreign: bool) -> Name | None:
        text, lexicon = self._text, self._lexicon
        if BOUNDARY.match(text, at):
            return None
        if dotted := lexicon.dotted.match(text, at):
            return self._name(at, self._reigned(self._cut(at, dotted.end())))
        heads = lexicon.foreign_heads
        if text[at : at + 3] in heads or text[at : at + 4] in heads or text[at : at + 5] in heads:
            return None
        if foreign and (japanese := self._japanese(at)):
            return japanese
        chinese = self._chinese(at)
        run = lexicon.transliterated.match(text, at)
        if run and (foreign or lexicon.ethnic.match(text, run.end())):
            end = self._reigned(self._cut(at, run.end()))
            longer = end > (chinese.end if chinese else at + 1)
            if longer and text[at:end] not in lexicon.not_names and self._bounded(end):
                return self._name(at, end)
        return chinese

    def before(self, end: int, known: Collection[str] = (), foreign: bool = False) -> Name | None:
        """The name that ends at the place, if what stands before it can end there."""
        text, lexicon = self._text, self._lexicon
        for length in (4, 3, 2):
            if length <= end and text[end - length : end] in known:
                return self._name(end - length, end)
        spaced = SPACED_BEFORE.search(text, max(0, end - 5), end)
        if spaced and spaced[1] in lexicon.surnames:
            return self._name(spaced.start(), end)
        run = lexicon.transliterated_before.search(text, max(0, end - 24), end)
        wanted = 1 if foreign else 3
        if (
            run
            and len(run[0]) > wanted
            and run[0] not in lexicon.foreign_heads
            and self._starts(run.start(), end)
        ):
            return self._name(run.start(), end)
        for length in (3, 2, 4):
            if end >= length and (name := self._whole(end - length, end)):
                return name
        return None

    def names_after(self, at: int, taken: list[tuple[int, int]], foreign: bool = False) -> list[Name]:
        """The members of a list of names that starts at the place, up to what is no name."""
        text, names = self._text, list[Name]()
        while not _within(at, taken) and (name := self.after(at, foreign)) is not None:
            names.append(name)
            rest = self._lexicon.honorific.match(text, name.end)
            separator = self._lexicon.name_separator.match(text, rest.end() if rest else name.end)
            if separator is None:
                break
            at = separator.end()
        return names

    def names_before(
        self, end: int, known: Collection[str], foreign: bool = False, many: bool = True
    ) -> list[Name]:
        """The members of a list of names that ends at the place, in order; if not ``many``, the last."""
        text, lexicon, names = self._text, self._lexicon, list[Name]()
        while many or not names:
            ethnic = False
            if (title := lexicon.honorific_before.search(text, max(0, end - 20), end)) is not None:
                end, ethnic = title.start(), lexicon.ethnic.fullmatch(title[0]) is not None
            name = self.before(end, known, foreign or ethnic)
            if name is None:
                break
            names.append(name)
            separator = lexicon.name_separator_before.search(text, max(0, name.start - 3), name.start)
            if separator is None or not separator[0].strip():
                break
            end = separator.start()
        return names[::-1]

    def around(self, start: int, end: int) -> Name | None:
        """The name that a title parts (`林部长佳龙`): a surname before it, two given characters after it."""
        text = self._text
        if text[start - 1 : start] not in self._lexicon.surnames or not self._starts(start - 1, end):
            return None
        given = text[end : end + 2]
        if not self._given(given) or given in self._lexicon.not_names or given in self._lexicon.stop:
            return None
        if given[0] in self._lexicon.surnames or not self._bounded(end + 2):
            return None
        if self._document.cut(end, end + 2)[0].tag not in NAMELIKE:
            return None
        return Name(start - 1, end + 2, text[start - 1] + given)

    def ends(self, end: int) -> bool:
        """Whether nothing but space or punctuation follows."""
        return bool(BOUNDARY.match(self._text, end))

    def surname(self, at: int) -> int:
        """Length of the surname at the place, 0 where there is none."""
        text, lexicon = self._text, self._lexicon
        if text[at : at + 1] in lexicon.compound_starts:
            for length in (3, 2):
                if text[at : at + length] in lexicon.compounds:
                    return length
        return int(text[at : at + 1] in lexicon.surnames)

    def surname_before(self, end: int) -> int | None:
        """Where the surname starts that stands alone before the place (`李` of `李厅长`)."""
        for length in (2, 1):
            if end >= length and self.surname(end - length) == length and self._starts(end - length, end):
                return end - length
        return None

    def _name(self, start: int, end: int) -> Name:
        return Name(start, end, self._text[start:end].replace(" ", ""))

    def _cut(self, start: int, end: int) -> int:
        """Where a transliterated run ends: before a verb that its characters run into."""
        for i in range(start + 2, end):
            if self._lexicon.follow_verb.match(self._text, i):
                return i
        return end

    def _reigned(self, end: int) -> int:
        """The end of a monarch's name, with its number."""
        number = self._lexicon.reign.match(self._text, end)
        return number.end() if number else end

    def _bounded(self, end: int) -> bool:
        return bool(BOUNDARY.match(self._text, end) or self._lexicon.follow.match(self._text, end))

    def _given(self, given: str) -> bool:
        """Whether the characters can be a given name."""
        return (
            ALL_HAN.fullmatch(given) is not None
            and not self._lexicon.not_given.intersection(given)
            and given[-1] not in self._lexicon.not_last
        )

    def _candidates(self, at: int) -> list[int]:
        """Possible ends of a Chinese name at the place: one or two given characters, or a double surname."""
        text, surname = self._text, self.surname(at)
        if not surname:
            return []
        ends = [at + surname + 1, at + surname + 2]
        if surname == 1 and text[at + 1 : at + 2] in self._lexicon.surnames:
            ends.append(at + 4)
        return [end for end in ends if self._can_be(at, surname, end)]

    def _can_be(self, at: int, surname: int, end: int) -> bool:
        """Whether the characters behind the surname, up to the place, can be a given name."""
        text = self._text
        if end > len(text) or (end - at == 4 and self._lexicon.follow_verb.match(text, at + 2)):
            return False
        given = text[at + surname : end]
        return self._given(given) and self._free(given, text[at:end], surname)

    def _free(self, given: str, name: str, surname: int) -> bool:
        """Whether neither the given name nor the whole is a word of another kind (`安全`, `安全员`)."""
        lexicon = self._lexicon
        word = surname == 1 and name[:2] in lexicon.not_names
        if word and (len(name) != 3 or name[-1] in lexicon.not_after_word):
            return False
        taken = given in lexicon.stop or given in lexicon.titles
        thing = name in lexicon.places or (len(name) > 2 and name in lexicon.not_names)
        return (len(given) < 2 or not taken) and not thing

    def _chinese(self, at: int) -> Name | None:
        first = self._text[at]
        if first not in self._lexicon.surnames and first not in self._lexicon.compound_starts:
            return None
        if spaced := self._spaced(at):
            return spaced
        ends = self._candidates(at)
        if not ends:
            return None
        best, end = self._best(at, ends)
        if self._text[at : at + 2] in self._lexicon.not_names:
            needed = 2.5
        elif first in self._lexicon.weak:
            needed = 2.0
        else:
            needed = 2.0 if 1 <= best < 2 and self._is_word(at, end) else 1.0
        return self._name(at, end) if best >= needed else None

    def _is_word(self, at: int, end: int) -> bool:
        """Whether the dictionary has the characters as a word that is no name (`牛棚`)."""
        first = self._document.cut(at, end)[0]
        return first.end == end and first.tag != "x" and not first.tag.startswith("nr")

    def _japanese(self, at: int) -> Name | None:
        """A Japanese surname with a given name of up to three characters and a sure end."""
        surname = next((n for n in (3, 2) if self._text[at : at + n] in self._lexicon.japanese), 0)
        for end in range(at + surname + 1, at + surname + 4) if surname else ():
            if self._bounded(end) and ALL_HAN.fullmatch(self._text, at, end):
                return self._name(at, end)
        return None

    def _spaced(self, at: int) -> Name | None:
        """A two-character name that was set to the width of three (`王　毅`)."""
        match = SPACED.match(self._text, at)
        if not match or match[1] not in self._lexicon.surnames or match[2] in self._lexicon.not_given:
            return None
        return self._name(at, match.end()) if self._bounded(match.end()) else None

    def _best(self, at: int, ends: list[int]) -> tuple[float, int]:
        """The best of several ends and how good it is; of equals the one that makes three characters."""
        scores = sorted(((self._score(at, end), -abs(end - at - 3), end) for end in ends), reverse=True)
        best = -1.0, 0, 0
        for score, usual, end in scores:
            if score < 2:
                # words are cut only where they can still make this the best end
                most = score + 1 + 0.5 * (end - at == 3)
                score = self._by_tokens(score, at, end) if most >= best[0] else -1.0
            best = max(best, (score, usual, end))
        return best[0], best[2]

    def _score(self, at: int, end: int) -> float:
        """How well a name ends here: by what follows, and by its repetitions."""
        lexicon, text = self._lexicon, self._text
        score = 0.0
        if BOUNDARY.match(text, end):
            score = 3.0
        elif lexicon.follow_verb.match(text, end):
            score = 2.5
        elif lexicon.follow.match(text, end):
            score = 2.0
        return score + self._repeated(at, end) if end - at == 2 else score

    def _by_tokens(self, score: float, at: int, end: int) -> float:
        """How well a name of a low score ends here, with the word that follows it."""
        if end - at > 3:
            return 0.0
        for token in self._document.cut(at, end + AHEAD):
            if token.start == end:
                score += len(token.text) > 1 or token.tag in self._lexicon.stop_tags
        return score + 0.5 * (end - at == 3)

    def _repeated(self, at: int, end: int) -> float:
        """Whether the text has the shorter name without the next character, or always with it."""
        text, start, stop = self._text, max(0, at - NEAR), end + NEAR
        short = text.count(text[at:end], start, stop)
        long = text.count(text[at : end + 1], start, stop)
        return 1.5 if short > long else -1.0 if long > 1 else 0.0

    def _whole(self, start: int, end: int) -> Name | None:
        """The name from ``start`` to ``end``, if it is one and something ends before it."""
        surname = self.surname(start)
        if not surname or not surname < end - start:
            return None
        if end - start > surname + 2 and (surname > 1 or self._text[start + 1] not in self._lexicon.surnames):
            return None
        if not self._can_be(start, surname, end) or not self._starts(start, end):
            return None
        return self._name(start, end)

    def _starts(self, start: int, end: int) -> bool:
        """Whether a name can start here: after punctuation, a bounding word, or as tokens of its own."""
        text = self._text
        if start == 0:
            return True
        previous = text[start - 1]
        if not "\u4e00" <= previous <= "\u9fff":
            return not (previous in DOTS or previous.isdigit())
        if self._lexicon.left.search(text, max(0, start - 4), start):
            return True
        tokens = self._document.cut(max(0, start - AHEAD), end)
        return bool(tokens) and tokens[-1].start == start


def _within(at: int, places: list[tuple[int, int]]) -> bool:
    """Whether one of the places, which are in order, holds the position."""
    i = bisect_right(places, at, key=lambda place: place[0]) - 1
    return i >= 0 and at < places[i][1]
