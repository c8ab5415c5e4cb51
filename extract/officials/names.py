"""Names of persons, read without a tagger: surname, given name, and what stands around them."""

import re
from bisect import bisect_right
from collections.abc import Collection
from itertools import takewhile

import msgspec

from extract.officials.lexicon import Lexicon
from extract.text.document import Document

AHEAD = 8
"""How much of the text around a name is cut into words, in characters."""
BODY = 16
"""How far before a name the body is named that it may be Japanese by, in characters."""
NEAR = 5_000
"""How far around a name its repetitions count, in characters."""
SPACED = re.compile(r"([\u4e00-\u9fff]{1,2}) {1,3}([\u4e00-\u9fff])")
SPACED_BEFORE = re.compile(r"([\u4e00-\u9fff]) {1,3}[\u4e00-\u9fff]$")
UNDER = re.compile(r"[\u4e00-\u9fff]{2}下")
CELL = re.compile(r"[\u4e00-\u9fff]{2,4}(?![\u4e00-\u9fff])")
COLUMN = re.compile(" {1,9}")
HANGING = re.compile(r"(?=\n {2})")
"""The end of a line that the next one goes on with, set in."""
BOUNDARY = re.compile(r"[^\u4e00-\u9fff·•・×]|$")
ALL_HAN = re.compile(r"[\u4e00-\u9fff]+")
DOTS = "·•・-"
UNHEARD = 0.6
"""Share of characters that foreign names mostly have, from which a name with others is one."""
PHRASE = 4
"""How long a word of the dictionary is at least that goes past a name and is a phrase of its own."""
MINORITY = 4
"""How long an undivided name of a minority is at least, unless a bracket tells the people, in characters."""
STOPPED, FOLLOWED, CLEAR, LIKELY = 3.0, 2.5, 2.0, 1.0
"""How surely a name ends: at a stop; before words that persons do things with; before another verb, particle
or time; before any other word."""
USUAL, RARE = 0.3, 0.3
"""What the usual length of a name adds, and what a last character that names seldom end in takes away."""
NEXT = re.compile(r"[，、和与及]([\u4e00-\u9fff]{2,16})")
CONJUNCTIONS = ("和", "与", "及")
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
        self._endings: dict[int, float] = {}
        self._bests: dict[int, tuple[float, int]] = {}

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
            last = max(text.rfind(dot, at, dotted.end()) for dot in DOTS) + 1
            return self._name(at, self._reigned(self._run_end(last, dotted.end()) or dotted.end()))
        heads = lexicon.foreign_heads
        if text[at : at + 3] in heads or text[at : at + 4] in heads or text[at : at + 5] in heads:
            return None
        if foreign and (japanese := self._japanese(at)):
            return japanese
        score, end = self._chinese(at)
        run = self._run(at, foreign)
        doubtful = score < CLEAR and self._ending(run) >= FOLLOWED
        if end and not (foreign or doubtful or lexicon.ethnic.match(text, run)):
            run = 0
        if run > end or (run and self._ending(run) >= score):
            end = run
        end = end or (self._unheard(at) if foreign else 0)
        return self._name(at, self._reigned(end)) if end else None

    def _unheard(self, at: int) -> int:
        """Where a foreign name ends of which some characters are not those that such names mostly have."""
        text, sounds = self._text, self._lexicon.sounds
        first = self._document.first_word(at, at + AHEAD)
        abroad = self._past_country(at, at + AHEAD) > at
        if abroad or text[at] not in sounds or (len(first.text) > 1 and not first.tag.startswith("nr")):
            return 0
        for end in range(at + 2, at + AHEAD):
            if not ALL_HAN.fullmatch(text, at, end):
                return 0
            if self._ending(end) >= FOLLOWED:
                heard = sum(character in sounds for character in text[at:end])
                return end if text[end - 1] in sounds and heard > UNHEARD * (end - at) else 0
        return 0

    def _run(self, at: int, foreign: bool) -> int:
        """Where a name ends that is written by its sound, without a point; else 0. ``foreign``: it may be
        expected; otherwise only one of a minority is, if it is long or says so."""
        text, lexicon = self._text, self._lexicon
        heard, own = lexicon.transliterated.match(text, at), lexicon.minority.match(text, at)
        wanted = own
        if foreign or (heard and lexicon.ethnic.match(text, heard.end())):
            wanted = max(heard, own, key=lambda m: m.end() if m else 0)
        end = self._run_end(at, wanted.end()) if wanted else 0
        short = not foreign and end - at < MINORITY
        if not end or (short and not lexicon.ethnic.match(text, end)):
            return 0
        name = text[at:end]
        if name in lexicon.foreign_heads or name in lexicon.not_names:
            return 0
        if foreign:
            first = self._document.first_word(at, end + AHEAD)
            word = first.end > end or (first.end == end and not first.tag.startswith("n"))  # `摩托车`, `特别`
        else:
            word = self._is_word(at, end)
        return 0 if word else end

    def _run_end(self, start: int, end: int) -> int:
        """Where a run of such characters ends: before a verb that they run into, and inside no word."""
        for i in range(start + 2, end + 1):
            if self._ending(i) >= FOLLOWED:
                return i
            word = self._document.first_word(i, i + AHEAD) if i < end else None
            known = len(word.text) if word and word.end >= end and not word.tag.startswith("nr") else 0
            if word and (known >= PHRASE or (known > 1 and word.tag[0] in "advt")):
                return i
        ends = (e for e in range(end, max(start + 1, end - 3), -1) if self._ending(e))
        return next((e for e in ends if not self._parts(start, e)), 0)

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
        start = self._past_country(run.start(), end) if run else end
        wanted = 1 if foreign else 3
        dotted = any(dot in text[start:end] for dot in DOTS)
        if end - start > wanted and (self._starts(start, end) or (dotted and self._parted(start, end))):
            return self._name(start, end)
        for length in (3, 2, 4):
            if end >= length and (name := self._whole(end - length, end)):
                return name
        return None

    def _parted(self, start: int, end: int) -> bool:
        """Whether a word ends where the name starts (`致电|安德烈·科兰`)."""
        return any(token.start == start for token in self._document.cut(max(0, start - AHEAD), end))

    def _past_country(self, start: int, end: int) -> int:
        """Where a name starts that the name of a country stands before."""
        heads, text = self._lexicon.foreign_heads, self._text
        return next(
            (start + n for n in range(7, 1, -1) if start + n <= end and text[start : start + n] in heads),
            start,
        )

    def names_after(self, at: int, taken: list[tuple[int, int]], foreign: bool = False) -> list[Name]:
        """The members of a list of names that starts at the place, up to what is no name."""
        names = list[Name]()
        while not _within(at, taken) and (name := self.after(at, foreign)) is not None:
            if names and foreign and self._past_country(at, name.end) > at:
                break
            names.append(name)
            separator = self._lexicon.name_separator.match(self._text, self._honored(name.end))
            if separator is None:
                break
            at = separator.end()
        return names

    def listed_after(self, at: int, taken: list[tuple[int, int]], foreign: bool = False) -> list[Name]:
        """The first name, and where 、 joins others to it, the list; of others only those with a sure end."""
        first = self.after(at, foreign)
        if first is None:
            return []
        end = self._honored(first.end)
        others = self.names_after(end + 1, taken, foreign) if self._text.startswith("、", end) else []
        return [first, *takewhile(lambda name: self._bounded(name.end), others)]

    def labelled_after(self, at: int, taken: list[tuple[int, int]], many: bool) -> list[Name]:
        """The names behind a label, each alone; ``many``: in several columns and lines."""
        names = list[Name]()
        while not _within(at, taken):
            name = self.after(at)
            if name is None or not self.ends(self._honored(name.end)):
                name = self._cell(at) if names and many else None
            if name is None:
                break
            names.append(name)
            end = self._past(self._honored(name.end), taken)
            separator = self._lexicon.label_separator.match(self._text, end)
            if separator is None or not (many or separator[0] == "、"):
                break
            at = separator.end()
        return names

    def _cell(self, at: int) -> Name | None:
        """Characters that stand alone in a list of names: a name also where they are a word (`成立`)."""
        cell = CELL.match(self._text, at)
        if cell is None or self._text.startswith("：", cell.end()):
            return None
        named = self.surname(at) or self._lexicon.ethnic.match(self._text, cell.end())
        return self._name(at, cell.end()) if named else None

    def _past(self, end: int, taken: list[tuple[int, int]]) -> int:
        """Where the line ends whose second column, behind the name, gives the posts."""
        column = COLUMN.match(self._text, end)
        if column is None or not _within(column.end(), taken):
            return end
        i = bisect_right(taken, column.end(), key=lambda place: place[0]) - 1
        behind = HANGING.match(self._text, taken[i][1])
        return behind.end() if behind else end

    def _honored(self, end: int) -> int:
        """Where the forms of address and brackets behind a name end."""
        rest = self._lexicon.honorific.match(self._text, end)
        return rest.end() if rest else end

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
        if not self._given(given, end + 2) or given in self._lexicon.not_names or given in self._lexicon.stop:
            return None
        if given[0] in self._lexicon.surnames or not self._bounded(end + 2):
            return None
        if self._document.cut(end, end + 2)[0].tag not in NAMELIKE:
            return None
        return Name(start - 1, end + 2, text[start - 1] + given)

    def worded(self, name: Name) -> bool:
        """Whether the name is a word, so that it may be none (`总统成功会晤`)."""
        word = self._document.first_word(name.start, name.end)
        whole = word.end == name.end and not word.tag.startswith(("nr", "nz", "x"))
        return whole or name.name in self._lexicon.not_names

    def surely(self, at: int) -> bool:
        """Whether a Chinese name starts at the place that nothing speaks against."""
        score, end = self._chinese(at)
        return score >= CLEAR and self._text[end - 1] in self._lexicon.given

    def stands(self, at: int) -> bool:
        """Whether a Chinese name that a stop ends starts at the place, or one that nothing speaks against."""
        return at < len(self._text) and (self._chinese(at)[0] >= STOPPED or self.surely(at))

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

    def _reigned(self, end: int) -> int:
        """The end of a monarch's name, with its number."""
        number = self._lexicon.reign.match(self._text, end)
        return number.end() if number else end

    def _bounded(self, end: int) -> bool:
        return self._ending(end) >= CLEAR

    def _ending(self, end: int) -> float:
        """How surely a name ends here, by what follows."""
        if end not in self._endings:
            self._endings[end] = self._judge(end)
        return self._endings[end]

    def _judge(self, end: int) -> float:
        text, lexicon = self._text, self._lexicon
        if lexicon.follow.match(text, end) or lexicon.reign.match(text, end):
            return FOLLOWED
        if BOUNDARY.match(text, end):
            return STOPPED
        token = self._document.first_word(end, end + AHEAD)
        tag = token.tag
        if len(token.text) > 1:
            return CLEAR if tag in lexicon.stop_tags or tag.startswith(("v", "t")) else LIKELY
        if token.text in lexicon.follow_one:
            if BOUNDARY.match(text, end + 1):
                return FOLLOWED if tag.startswith("v") else LIKELY
            return FOLLOWED if self._acts(end + 1) else CLEAR
        if token.text not in lexicon.sounds and tag.startswith(("d", "r")):
            return LIKELY
        return LIKELY if tag.startswith(("p", "c", "v")) else 0.0

    def _acts(self, at: int) -> bool:
        """Whether something that a person does stands here, perhaps behind an adverb."""
        if self._lexicon.follow.match(self._text, at):
            return True
        word = self._document.first_word(at, at + AHEAD)
        return word.text in self._lexicon.follow_one or word.tag.startswith("v")

    def _parts(self, start: int, end: int) -> bool:
        """Whether a name that ends here would part a word (`远关|于`)."""
        whole = self._document.first_word(start, end)
        if BOUNDARY.match(self._text, end) or (whole.end == end and whole.tag.startswith("nr")):
            return False
        token = self._document.first_word(end - 1, end + AHEAD)
        return token.end > end and not token.tag.startswith("nr")

    def _given(self, given: str, end: int) -> bool:
        """Whether the characters that end at the place can be a given name."""
        lexicon, last = self._lexicon, given[-1:]
        if last in lexicon.seldom_last and (len(given) < 2 or self._ending(end) < FOLLOWED):
            return False
        whole = ALL_HAN.fullmatch(given) is not None and lexicon.not_given.isdisjoint(given)
        return whole and last not in lexicon.not_last

    def _candidates(self, at: int) -> list[int]:
        """Possible ends of a Chinese name at the place: one or two given characters, or a double surname."""
        text, surname = self._text, self.surname(at)
        if not surname:
            return []
        ends = [at + surname + 1, at + surname + 2]
        if surname == 1 and text[at + 1 : at + 2] in self._lexicon.surnames:
            ends.append(at + 4)
        return [end for end in ends if self._can_be(at, surname, end) and not self._under(at, end)]

    def _under(self, at: int, end: int) -> bool:
        """Whether a word says how someone leads (`主席卓越引领下`)."""
        word = self._text[at:end] in self._lexicon.not_names or self._is_word(at, end)
        return word and UNDER.match(self._text, end) is not None

    def _can_be(self, at: int, surname: int, end: int) -> bool:
        """Whether the characters behind the surname, up to the place, can be a given name."""
        text = self._text
        short = end - at == 4 and (self._ending(at + 2) >= FOLLOWED or self._honored(at + 2) > at + 2)
        if end > len(text) or short or (end - at == 4 and text[at] == text[at + 1]):
            return False
        given = text[at + surname : end]
        return self._given(given, end) and self._free(given, text[at:end], surname, end)

    def _free(self, given: str, name: str, surname: int, end: int) -> bool:
        """Whether neither the given name nor the whole is a word of another kind (`安全`, `安全员`)."""
        lexicon = self._lexicon
        if surname == 1 and name[:2] in lexicon.not_names:
            if len(name) == 2 and not self._word_as_name(name, end):
                return False
            if len(name) > 3 or (len(name) == 3 and name[-1] in lexicon.not_after_word):
                return False
        taken = (given in lexicon.stop and given not in lexicon.days) or given in lexicon.titles
        thing = len(name) > 2 and name in lexicon.not_names
        thing = thing or (name in lexicon.places and not self._place_as_name(name, end))
        return (len(given) < 2 or not taken) and not thing

    def _place_as_name(self, name: str, end: int) -> bool:
        """Whether the short name of a place is a person's here, since a stop or another person follows it
        (`书记苏林与市长某某`)."""
        province = any(len(code) == 2 for code in self._lexicon.codes.get(name, ()))
        if province or len(name) > 2 or name in self._lexicon.foreign_heads:
            return False
        return self._ending(end) == STOPPED or self._text[end : end + 1] in CONJUNCTIONS

    def _word_as_name(self, name: str, end: int) -> bool:
        """Whether a word is a name here, since a person acts behind it (`书记高新走访企业`), or the next
        person's title stands there (`书记庄重、市长`)."""
        lexicon = self._lexicon
        word = self._document.first_word(end - len(name), end)
        thing, quality = word.tag[0] in "nsx", word.tag in ("a", "b")
        given = name[-1] in lexicon.given
        if name in lexicon.titles or not (thing or quality):
            return False
        if not given and name[-1] in lexicon.not_after_word:
            return False
        spoken = thing and lexicon.acts.match(self._text, end) is not None
        acts = self._ending(end) == FOLLOWED and (spoken or given)
        return acts or self._next_titled(end)

    def _next_titled(self, end: int) -> bool:
        """Whether another person's title stands behind the next separator, in the same part."""
        part = NEXT.match(self._text, end)
        return (
            part is not None
            and self._lexicon.anchor.search(self._text, part.start(1), part.end()) is not None
        )

    def _chinese(self, at: int) -> tuple[float, int]:
        """How good the best Chinese name at the place is, and where it ends; 0 where there is none."""
        if at not in self._bests:
            self._bests[at] = self._best(at)
        return self._bests[at]

    def _best(self, at: int) -> tuple[float, int]:
        text, lexicon = self._text, self._lexicon
        first = text[at]
        if first not in lexicon.surnames and first not in lexicon.compound_starts:
            return 0.0, 0
        if text[at : at + 2] in lexicon.titles:
            return 0.0, 0
        if spaced := self._spaced(at):
            return STOPPED, spaced
        best, _, end = max(
            ((self._score(at, end), -abs(end - at - 3), end) for end in self._candidates(at)),
            default=(0.0, 0, 0),
        )
        if text[at : at + 2] in lexicon.not_names and not (
            end == at + 2 and self._word_as_name(text[at:end], end)
        ):
            needed = FOLLOWED + USUAL - RARE
        elif first in lexicon.weak or (best < CLEAR and end and self._is_word(at, end)):
            needed = CLEAR
        else:
            needed = LIKELY
        return (best, end) if best >= needed else (0.0, 0)

    def _is_word(self, at: int, end: int) -> bool:
        """Whether the characters are a word that is no name, or begin one (`牛棚`, `摩托车`)."""
        first = self._document.first_word(at, end + AHEAD)
        return first.end > end or (first.end == end and not first.tag.startswith(("nr", "nz", "x")))

    def _japanese(self, at: int) -> Name | None:
        """A Japanese surname, known or behind a body of Japan, with a given name of up to three characters
        and a sure end."""
        text = self._text
        surname = next((n for n in (3, 2) if text[at : at + n] in self._lexicon.japanese), 0)
        if not surname and self._lexicon.japan.search(text, max(0, at - BODY), at):
            first = self._document.first_word(at, at + AHEAD)
            unknown = len(first.text) == 1 and first.tag not in self._lexicon.stop_tags
            surname = 2 * (unknown or first.tag.startswith(("nr", "ns", "x")))
        for end in range(at + surname + 1, at + surname + 4) if surname else ():
            if self._bounded(end) and ALL_HAN.fullmatch(text, at, end):
                return self._name(at, end)
        return None

    def _spaced(self, at: int) -> int:
        """The end of a two-character name that was set to the width of three (`王　毅`)."""
        match = SPACED.match(self._text, at)
        known = match and match[1] in (
            self._lexicon.compounds if len(match[1]) > 1 else self._lexicon.surnames
        )
        if not match or not known or not self._lexicon.not_given.isdisjoint(match[2]):
            return 0
        return match.end() if self._bounded(match.end()) else 0

    def _score(self, at: int, end: int) -> float:
        """How well a name ends here: by what follows, its length, its last character, its repetitions."""
        score = self._ending(end)
        if score == STOPPED:
            ended = end - at == 3 and self._lexicon.follow.match(self._text, end - 1)  # 宋赛时，
            return score if end - at < 4 and not ended else CLEAR
        if end - at == 2:
            score += self._repeated(at, end)
        elif end - at == 3:
            score += USUAL
        elif end - at > 3:
            score -= LIKELY
        if self._text[end - 1] not in self._lexicon.given:
            score -= RARE
        return score - LIKELY if self._parts(at, end) else score

    def _repeated(self, at: int, end: int) -> float:
        """Whether the text has the shorter name without the next character, or always with it: before
        different words, for a sentence that is said again tells nothing."""
        text, start, stop = self._text, max(0, at - NEAR), end + NEAR
        short = text.count(text[at:end], start, stop)
        long = text.count(text[at : end + 1], start, stop)
        if short > long:
            return 1.5
        again = long > 1 and text.count(text[at : end + 2], start, stop) < long
        return -1.0 if again else 0.0

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
        if not tokens or tokens[-1].start == start:
            return bool(tokens)
        before = next((t.text for t in tokens if t.end == start), "")
        return len(before) > 1 and self._lexicon.public(before) is True


def _within(at: int, places: list[tuple[int, int]]) -> bool:
    """Whether one of the places, which are in order, holds the position."""
    i = bisect_right(places, at, key=lambda place: place[0]) - 1
    return i >= 0 and at < places[i][1]
