"""A coordination before its numbers: the members, and the words that they share on either side."""

import itertools
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from extract.metrics import phrases
from extract.metrics.lexicon import Lexicon
from extract.metrics.sentence import Sentence
from extract.text.segment import Token

ORDINAL = "第"


class Member(NamedTuple):
    """One member: its own words, where they stand, and whether they are a place."""

    text: str
    start: int
    end: int
    place: bool = False


class Coordination(NamedTuple):
    """``head`` stands before each member, ``tail`` behind it."""

    head: str
    members: tuple[Member, ...]
    tail: str

    def whole(self, member: Member) -> str:
        """A member written out."""
        head = "" if member.text.startswith(self.head) else self.head
        tail = "" if member.text.endswith(self.tail) else self.tail
        return head + member.text + tail


def coordination(
    sentence: Sentence, tokens: list[Token], count: int, lexicon: Lexicon
) -> Coordination | None:
    """The coordination of so many members that a row of tokens is, from its first name on."""
    joint = next((i for i, t in enumerate(tokens) if i and t.text in lexicon.joints), None)
    if joint is None:
        return _paired(tokens, count, lexicon)
    tokens = tokens[_first(tokens[:joint], lexicon) :]
    for parted in _members(tokens, lexicon):
        if len(parted) == count and all(parted):
            return _coordination(sentence, parted, lexicon)
    return None


def _first(tokens: list[Token], lexicon: Lexicon) -> int:
    """Where the first member begins: a preposition before it is shared by all (`向` + 甲、乙)."""
    start = phrases.name_start(tokens, lexicon)
    partners = (i for i, t in enumerate(tokens[:-1]) if i >= start and t.text in lexicon.prepositions)
    places = (i for i in range(start) if _is_place(tokens[i:], lexicon))  # 临溪 + 市
    return max(partners, default=next(places, start))


def _paired(tokens: list[Token], count: int, lexicon: Lexicon) -> Coordination | None:
    """`产销`: two measures that one word names."""
    if not tokens:
        return None
    tokens = tokens[phrases.name_start(tokens, lexicon) :]
    text, start, end = "".join(t.text for t in tokens), tokens[0].start, tokens[-1].end
    for pair, parts in lexicon.pairs.items():
        if text.endswith(pair) and len(parts) == count:
            members = tuple(Member(part, start, end) for part in parts)
            return Coordination(text.removesuffix(pair), members, "")
    return None


def _members(tokens: list[Token], lexicon: Lexicon) -> Iterator[list[list[Token]]]:
    """Ways to part a coordination: at every joint, at 、 and the last joint, at 、 alone."""
    joints = [i for i, t in enumerate(tokens) if t.text in lexicon.joints]
    stops = [i for i in joints if tokens[i].text == "、"]
    for cuts in (joints, sorted({*stops, *joints[-1:]}), stops):
        edges = [-1, *cuts, len(tokens)]
        yield [tokens[a + 1 : b] for a, b in itertools.pairwise(edges)]


def _coordination(sentence: Sentence, parted: list[list[Token]], lexicon: Lexicon) -> Coordination:
    """The members without what they share."""
    parted[-1] = list(_unjoined(sentence, parted, lexicon))
    size = _own(parted, lexicon)
    kind = _kind(parted[-1][size:], lexicon)
    tail = "".join(t.text for t in parted[-1][size + kind :])
    bodies = kind > 0 and lexicon.ends_body(parted[-1][size + kind - 1])
    own = [*parted[:-1], parted[-1][:size]]
    head = _head(own, lexicon)
    shared = 1 if own[0][0].text in lexicon.prepositions else 0
    members = []
    for i, tokens in enumerate(own):
        tokens = tokens[shared:] if i == 0 else tokens
        text = sentence.text(tokens[0].start, tokens[-1].end)
        place = bodies or _is_place(tokens, lexicon)
        members.append(Member(text, tokens[0].start, tokens[-1].end, place))
    return Coordination(head, tuple(members), tail)


def _unjoined(sentence: Sentence, parted: list[list[Token]], lexicon: Lexicon) -> Iterator[Token]:
    """`城镇和农村居民`: the last member without what its first word shares with the first member."""
    first, (word, *rest) = parted[0][-1], parted[-1]
    at = word.start + len(first.text)
    own, shared = word.text[: len(first.text)], word.text[len(first.text) :]
    if (
        len(parted[0]) == 1
        and _is_area(first, lexicon)
        and len(own) > 1 < len(shared)
        and sentence.document.knows(own)
    ):
        yield Token(word.start, at, own, first.tag)
        yield Token(at, word.end, shared, word.tag)
    else:
        yield word
    yield from rest


def _kind(tail: list[Token], lexicon: Lexicon) -> int:
    """`甲、乙两种作物产量`, `三个基层法院结案率`: how many words sum up the members, their number and what
    they are, which none shares."""
    if len(tail) < 3 or not lexicon.sum.fullmatch(tail[0].text):
        return 0
    body = (i for i, t in enumerate(tail[1:-1], 1) if lexicon.ends_body(t))
    return next(body, 1) + 1


def _own(parted: list[list[Token]], lexicon: Lexicon) -> int:
    """How many tokens of the last member are its own; `养老保险、失业保险` + `参保人数`: what it has beyond
    the length of the first belongs to all, where it is a measure."""
    first, last = parted[0], parted[-1]
    if last[0].text in lexicon.prepositions:  # 安全感和对警务满意度
        return len(last)
    first = first[first[0].text in lexicon.prepositions :]
    areas = _places(last, lexicon)
    summed = next((i for i, t in enumerate(last) if i and lexicon.sum.fullmatch(t.text)), 0)
    if summed or (0 < areas < len(last) and _places(first, lexicon) == len(first)):
        return summed or areas
    kind = first[-1].text[-1]
    alike = next((i for i, t in enumerate(last[:-1], 1) if t.text.endswith(kind)), 0)
    size = alike or len(first)
    inner = max((i for i, t in enumerate(last) if t.text in lexicon.joints), default=-2)
    size = max(size, inner + 2)  # 控制计算机及系统 + 产量
    measure = last[-1].text.endswith((*lexicon.heads, *lexicon.shares)) or last[-1].tag == "eng"
    return size if 0 < size < len(last) and measure else len(last)


def _head(own: Sequence[list[Token]], lexicon: Lexicon) -> str:
    """`对东盟、欧盟出口`: the first member's preposition belongs to all; so do the verb of `新改建公路、桥梁`
    and the average of `人均收入和支出`."""
    first = own[0]
    if first[0].text.startswith(ORDINAL):  # 第一、二、三产业
        return ORDINAL
    deed = first[0].text in lexicon.deeds and len(first) == 2 and all(len(m) == 1 for m in own[1:])
    verb = len(first) > 1 and (deed or first[0].tag == "v") and not _is_place(first, lexicon)
    if first[0].text in lexicon.prepositions or verb:
        return first[0].text
    average = next((i for i, t in enumerate(first[:-1], 1) if t.text in lexicon.averages), 0)
    return "".join(t.text for t in first[:average])


def _places(tokens: list[Token], lexicon: Lexicon) -> int:
    """How many words at the head are places, or make the name of one (`临溪` + 市)."""
    words = next((i for i, t in enumerate(tokens) if not _is_area(t, lexicon)), len(tokens))
    named = (i for i in range(len(tokens), words, -1) if _is_place(tokens[:i], lexicon))
    return next(named, words)


def _is_area(token: Token, lexicon: Lexicon) -> bool:
    """Whether a word is a place, or a kind of places (农村)."""
    return token.text in lexicon.no_places or lexicon.is_place(token)


def _is_place(tokens: Sequence[Token], lexicon: Lexicon) -> bool:
    if lexicon.place.fullmatch("".join(t.text for t in tokens)):
        return True
    return all(lexicon.is_place(t) for t in tokens)
