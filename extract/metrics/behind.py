"""The name that stands behind its number: the thing that is counted, and what is said of it."""

from typing import Literal

from msgspec.structs import replace

from extract.mentions import QuantityMention
from extract.metrics import ends, phrases
from extract.metrics.headlines import until_source
from extract.metrics.lexicon import QUANTITY, Lexicon
from extract.metrics.name import Name, named
from extract.metrics.sentence import Sentence
from extract.metrics.stretches import LIST_BOUNDARY, content, right_boundary, stretches
from extract.text.segment import Token

QUOTES = {"”": "“", "》": "《"}
LONGEST_ROW = 4
"""Numbers after one that share a name with it."""
SHORT = 6
"""Characters of a clause that is one phrase, whatever its words are tagged (`执法指引`)."""
Governor = Literal["", "verb", "preposition"]
"""What a number and the thing that it counts are the object of."""
NOTHING = ("\n",)
EXTENT = ("area", "length", "volume", "mass")
"""Families of units whose number says how large the thing behind it is, not how many of them do something."""
DONE, COPULA = "了", "是"
COUNTED = ("count", "none", "multiple")
"""Families of units whose number comes before what it counts."""
MODIFIERS = ("a", "ad", "b", "d")
"""Tags of what stands before a noun, and is none."""
LONGEST_DEED = 8
"""Characters of what is said of a counted noun that still belong to its name."""
LONGEST_THING = 8
"""Characters of a thing whose measure stands before it."""
LONGEST = 13
"""Characters of a clause that is taken whole as a name; a longer one gives its noun phrase alone."""


class Behind:
    """Reads what stands behind the numbers of one sentence."""

    def __init__(self, sentence: Sentence, lexicon: Lexicon) -> None:
        self._sentence = sentence
        self._lexicon = lexicon

    def name(self, quantity: QuantityMention, governed: Governor, row: int = LONGEST_ROW) -> Name | None:
        """The name that follows a number and its unit: `40位老兵代表`, `30多条受影响的航线`. A number that
        no verb governs is a subject, and the whole clause after it is its name (`6座水库蓄满`). The numbers
        of a ``row`` share the name of the last (`9人2队4次打破3项纪录`)."""
        start = self._start(quantity)
        gap = self._sentence.gap(start, self._sentence.end)
        stop = right_boundary(gap)
        tokens = self._listed(start, gap, stop) or self._words(start, start + stop)
        before_number = gap[stop : stop + 1] == QUANTITY
        if before_number and phrases.only_verbs(tokens):
            return self._of_row(quantity, tokens, row)
        tokens, first = self._head(tokens, before_number), tokens[:1]
        if not tokens:
            return None
        beside = before_number or gap[stop : stop + 2] == "、" + QUANTITY
        if beside and row and tokens[-1].text.endswith(self._lexicon.kinds):
            return self._of_kind(quantity, tokens, row)
        if governed == "preposition" or quantity.family in EXTENT:
            tokens = tokens[: ends.until_deed(tokens, self._lexicon)]
        length, noun = len(tokens), phrases.noun_phrase(tokens, self._lexicon, object_of=governed == "verb")
        if 0 < noun < len(tokens) and tokens[noun - 1].tag in MODIFIERS:
            noun = 0  # 临时 + 安置点
        if before_number and 1 < noun == len(tokens) and phrases.is_measure(tokens[-1], self._lexicon):
            noun = ends.without_measure(tokens)  # 3个乡镇 + 降雨量超过90毫米
            tokens, length = tokens[:noun], noun
        if whole := self._agreeing(tokens[:noun], quantity):
            tokens, length, noun = tokens[:whole], whole, whole
        characters = tokens[-1].end - tokens[0].start
        measured = quantity.family in EXTENT and noun > 0
        if governed or measured or characters > LONGEST or before_number:
            length = noun or (length if characters <= SHORT else 0)
        thing = 0 < length < 3 and self._is_classified(tokens[length - 1], quantity)
        if not (thing or phrases.names_something(tokens[:length], self._lexicon)):
            return None
        name = self._subject_with_predicate(tokens[:length], noun)
        passive = tokens[0].text in self._lexicon.passives
        deed = passive or tokens[0].tag == "v" or first[0].text in self._lexicon.ongoing
        said = deed and self._lexicon.fates.isdisjoint(t.text for t in tokens)
        return replace(name, said=said) if name and said else name

    def _words(self, start: int, end: int) -> list[Token]:
        """The words behind a number, without the scope at their head and who tells the news at their end."""
        tokens = content(self._sentence, start, end, self._lexicon)
        return self._without_scope(tokens[: until_source(self._sentence, tokens, self._lexicon)])

    def _start(self, quantity: QuantityMention) -> int:
        """Where the words behind a number begin: behind a vague time at their head (`3座新时代场馆`)."""
        date = self._sentence.date_at(quantity.end) if quantity.family == "count" else None
        return date.end if date and date.vague else quantity.end

    def _listed(self, start: int, gap: str, stop: int) -> list[Token]:
        """`80名教师、医生和工程师代表`, `9家新材料、新能源龙头企业`: the list that one number counts."""
        if gap[stop : stop + 1] != "、":
            return []
        boundary = LIST_BOUNDARY.search(gap, stop)
        end = boundary.start() if boundary else len(gap)
        if gap[end : end + 1] == QUANTITY or gap.startswith(tuple(self._lexicon.fates)):
            return []
        tokens = self._words(start, start + end)
        of = max((i for i, t in enumerate(tokens) if t.text == "的"), default=-1)
        if (
            tokens and tokens[0].tag == "v" and any(t.text == "、" for t in tokens[:of])
        ):  # 适应新技术、新业态的 + 人才
            return tokens[of + 1 :]
        length = phrases.noun_phrase(tokens, self._lexicon)
        last = max((i for i, t in enumerate(tokens[:length]) if t.text == "、"), default=length)
        rest = tokens[last + 1 : length]
        closed = any(t.text in self._lexicon.joints for t in rest)
        return tokens[:length] if rest and rest[0].tag != "vn" and (closed or len(rest) > 1) else []

    def _head(self, tokens: list[Token], before_number: bool) -> list[Token]:
        """The words that can be a name: from the noun or the verb on, as far as their complement."""
        if not tokens or tokens[0].tag == "c":
            return []
        if tokens[0].text in self._lexicon.closers or tokens[0].text.startswith(self._lexicon.each):
            return []
        if tokens[0].tag == "p" and tokens[0].text not in self._lexicon.passives:
            passives = self._lexicon.passives
            verb = next((i for i, t in enumerate(tokens) if t.tag == "v" or t.text in passives), len(tokens))
            if verb != 1 or len(tokens) == 1:  # 在校内 + 晕倒, not 在逃人员
                tokens = tokens[verb:]
        while len(tokens) > 1 and tokens[-1].text in self._lexicon.closers and not _quoted(tokens):
            done = before_number and tokens[-1].text == DONE and tokens[-2].tag == "vn"
            tokens = tokens[: -2 if done else -1]  # 77所大学 + 建设了
        while tokens and (_is_empty(tokens[0]) or phrases.is_break(tokens[0], self._lexicon)):
            tokens = tokens[1:]
        if before_number and len(tokens) == 1 and tokens[0].text in self._lexicon.passives:
            return []  # 9名被 + 3所学校录取
        if not tokens:
            return []
        tokens = tokens[: ends.until_owned(tokens, self._lexicon)]
        tokens = tokens[: self._until_complement(tokens)]
        return tokens[: ends.until_body(tokens, self._lexicon)]

    def _is_classified(self, token: Token, quantity: QuantityMention) -> bool:
        """Whether a word is what a classifier counts, be it of one character (`35辆` + 车) or taken for a
        place (`8名` + 嘉宾)."""
        if token.text.endswith(self._lexicon.agreeing.get(quantity.unit or "", NOTHING)):
            return True
        return (
            quantity.family == "count"
            and quantity.unit not in self._lexicon.bare_units
            and token.tag[:1] != "v"
        )

    def _agreeing(self, tokens: list[Token], quantity: QuantityMention) -> int:
        """How many words of a noun phrase go as far as the last that the classifier counts; 0 where that is
        its end or none is counted so."""
        endings = self._lexicon.agreeing.get(quantity.unit or "", ())
        if not endings or not tokens or tokens[-1].text.endswith((*endings, *self._lexicon.fates)):
            return 0
        return next((i for i in range(len(tokens), 0, -1) if tokens[i - 1].text.endswith(endings)), 0)

    def _until_complement(self, tokens: list[Token]) -> int:
        """How many tokens stand before a preposition, and before the verb whose complement it opens
        (`公交车` + `行驶在…`)."""
        stop = ends.until_preposition(tokens, self._lexicon)
        opened = 1 < stop < len(tokens) and tokens[stop - 1].tag == "v" and tokens[stop - 2].tag[:1] == "n"
        return stop - 1 if opened else stop

    def _without_scope(self, tokens: list[Token]) -> list[Token]:
        """The words after a number without 的 and the scope at their head, which a nationality is not."""
        first = 0
        while first < len(tokens) and (
            tokens[first].text in self._lexicon.scopes or tokens[first].text in self._lexicon.hollow
        ):
            if tokens[first + 1 : first + 2] and tokens[first + 1].text in self._lexicon.nationals:
                break  # 6名中国公民
            first += 1
        return tokens[first:]

    def _of_row(self, quantity: QuantityMention, verbs: list[Token], row: int) -> Name | None:
        """The name that the numbers after this one have, with the verbs between."""
        following = next((q for q in self._sentence.quantities if q.start > quantity.start), None)
        if following is None or row == 0:
            return None
        name = self.name(following, "verb" if verbs else "", row - 1)
        prefix = "".join(t.text for t in verbs if t.text not in self._lexicon.light)
        return replace(name, text=prefix + name.text) if name else None

    def _of_kind(self, quantity: QuantityMention, kind: list[Token], row: int) -> Name | None:
        """`3个国家级和9个省级园区`: kinds of what the next number counts."""
        following = next((q for q in self._sentence.quantities if q.start > quantity.start), None)
        name = self.name(following, "verb", row - 1) if following else None
        head = name.text.partition(kind[-1].text[-1])[2] if name else ""
        own = named(self._sentence, kind)
        return replace(own, text=own.text + head) if own else None

    def _subject_with_predicate(self, tokens: list[Token], noun: int) -> Name | None:
        """The name that a noun phrase of so many tokens makes with what is said of it, adverbs left out,
        where that is its fate or a word or two; of a longer deed the noun is the name."""
        name = named(self._sentence, tokens)
        subject = named(self._sentence, tokens[:noun]) if 0 < noun < len(tokens) else None
        if name is None or subject is None:
            return name
        words = phrases.without_manner(tokens[noun:], self._lexicon)
        said = "".join(words)
        if len(said) > LONGEST_DEED and self._lexicon.fates.isdisjoint(words):
            return subject
        predicate = said if tokens[-1].tag == "v" else ""
        return replace(name, text=subject.text + said, predicate=predicate, counted=subject.text)

    def governor(self, start: int, end: int) -> Name | None:
        """The verb right before a counted noun: `修通80余条山路` is named 修通山路."""
        stretch = next(stretches(self._sentence, start, end), None)
        if stretch is None or self._sentence.gap(start, end).rstrip().endswith(("、", "的")):
            return None
        tokens = content(self._sentence, *stretch, self._lexicon)
        if tokens and tokens[-1].text == "等":
            tokens = self._before_list(tokens)
        while tokens and (
            tokens[-1].text in self._lexicon.links
            or tokens[-1].text in self._lexicon.scopes
            or tokens[-1].tag in ("d", "u", "ul", "ns")
        ):
            if (
                tokens[-1].tag == "p"
                or tokens[-1].text in self._lexicon.movers
                or self._lexicon.having.fullmatch(tokens[-1].text)
            ):
                return None  # 优先在9个村推进, 阅兵将有9支队伍
            tokens.pop()
        if not tokens or len(tokens[-1].text) < 2:
            return None
        if tokens[-1].tag not in ("v", "vn") and tokens[-1].text not in self._lexicon.yields:
            return None
        if tokens[-1].text in self._lexicon.light:
            return None
        return named(self._sentence, tokens[-1:])

    def _before_list(self, tokens: list[Token]) -> list[Token]:
        """`确定了道路、水利等9项任务`: the words as far as the verb of the list that 等 closes."""
        joint = next((i for i, t in enumerate(tokens) if t.text == "、"), len(tokens) - 1)
        verb = next((i for i in range(joint - 2, -1, -1) if self._governs(tokens, i)), -1)
        moved = any(t.text in self._lexicon.movers for t in tokens[verb:joint])
        return tokens[: verb + 1] if tokens[verb].text not in self._lexicon.means and not moved else []

    def _governs(self, tokens: list[Token], i: int) -> bool:
        """Whether a word is a verb of its own, not one within a noun (`科技创新基金`)."""
        before = tokens[i - 1] if i else None
        own = before is None or before.tag[:1] != "n" or self._lexicon.acts(before)
        return tokens[i].tag == "v" and (own or tokens[i + 1].tag == "ul")

    def dimension(self, start: int, quantity: QuantityMention) -> Name | None:
        """`长约60厘米的木棍`: the side that is measured, of the thing that follows."""
        if self._sentence.gap(quantity.end, quantity.end + 1) != "的":
            return None
        match = self._lexicon.dimension.search(self._sentence.gap(start, quantity.start))
        if not match:
            return None
        thing = self.name(quantity, "preposition")
        return replace(thing, text=thing.text + match["side"], rule="name.dimension") if thing else None

    def of_thing(self, quantity: QuantityMention, before: Name) -> Name | None:
        """`开放率达96%的书屋`: the measure before a number, of the thing that follows it."""
        tokens = self._sentence.document.cut(before.start, before.end)
        side = tokens[-1].text if len(tokens[-1].text) > 1 else "".join(t.text for t in tokens[-2:])
        measures = phrases.is_measure(tokens[-1], self._lexicon) and len(side) > 1
        gap = self._sentence.gap(quantity.end, self._sentence.end)
        if not gap.startswith("的") or not measures or self._lexicon.summed.match(gap):
            return None
        thing = self.name(quantity, "preposition")
        if thing is None or thing.text in self._lexicon.abstract or len(thing.text) > LONGEST_THING:
            return None
        return replace(thing, text=thing.text + side, rule="name.thing")


def _quoted(tokens: list[Token]) -> bool:
    """Whether the last word closes a quotation that one of the words opens."""
    return tokens[-1].text in QUOTES and any(t.text == QUOTES[tokens[-1].text] for t in tokens)


def _is_empty(token: Token) -> bool:
    """Whether a word only says that the things counted are several (各类, 各种), or what they are (是)."""
    return (token.tag == "r" and token.text.startswith("各")) or token.text == COPULA
