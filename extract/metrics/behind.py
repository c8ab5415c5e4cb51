"""The name that stands behind its number: the thing that is counted, and what is said of it."""

from typing import Literal

from msgspec.structs import replace

from extract.mentions import QuantityMention
from extract.metrics import phrases
from extract.metrics.headlines import until_source
from extract.metrics.lexicon import QUANTITY, Lexicon
from extract.metrics.name import Name, named
from extract.metrics.sentence import Sentence
from extract.metrics.stretches import content, right_boundary, stretches
from extract.text.segment import Token

QUOTES = {"”": "“", "》": "《"}
LONGEST_ROW = 4
"""Numbers after one that share a name with it."""
SHORT = 6
"""Characters of a clause that is one phrase, whatever its words are tagged (`执法指引`)."""
Governor = Literal["", "verb", "preposition"]
"""What a number and the thing that it counts are the object of."""
NOTHING = ("\n",)
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
        gap = self._sentence.gap(quantity.end, self._sentence.end)
        stop = right_boundary(gap)
        tokens = content(self._sentence, quantity.end, quantity.end + stop, self._lexicon)
        tokens = self._without_scope(tokens[: until_source(self._sentence, tokens, self._lexicon)])
        before_number = gap[stop : stop + 1] == QUANTITY
        if before_number and phrases.only_verbs(tokens):
            return self._of_row(quantity, tokens, row)
        if (
            not tokens
            or tokens[0].text in self._lexicon.closers
            or tokens[0].text.startswith(self._lexicon.each)
        ):
            return None
        while len(tokens) > 1 and tokens[-1].text in self._lexicon.closers and not _quoted(tokens):
            tokens.pop()
        tokens = tokens[: self._until_complement(tokens)]
        tokens = tokens[: phrases.until_body(tokens, self._lexicon)]
        length, noun = len(tokens), phrases.noun_phrase(tokens, self._lexicon, object_of=governed == "verb")
        if before_number and 1 < noun == len(tokens) and phrases.is_measure(tokens[-1], self._lexicon):
            noun = phrases.without_measure(tokens)  # 3个乡镇 + 降雨量超过90毫米
            tokens, length = tokens[:noun], noun
        if whole := self._agreeing(tokens[:noun], quantity):
            tokens, length, noun = tokens[:whole], whole, whole
        characters = tokens[-1].end - tokens[0].start
        if governed or characters > LONGEST or before_number:
            length = noun or (length if characters <= SHORT else 0)
        thing = length == 1 and self._is_classified(tokens[0], quantity)
        if not (thing or phrases.names_something(tokens[:length], self._lexicon)):
            return None
        name = self._subject_with_predicate(tokens[:length], noun)
        said = tokens[0].tag == "v" and tokens[0].text not in self._lexicon.fates
        return replace(name, said=said) if name and said else name

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
        stop = phrases.until_preposition(tokens, self._lexicon)
        opened = 1 < stop < len(tokens) and tokens[stop - 1].tag == "v" and tokens[stop - 2].tag[:1] == "n"
        return stop - 1 if opened else stop

    def _without_scope(self, tokens: list[Token]) -> list[Token]:
        """The words after a number without 的 and the scope at their head, which a nationality is not."""
        first = 0
        while first < len(tokens) and (
            tokens[first].text in self._lexicon.scopes or tokens[first].text in ("这样", "之间", "的")
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
        while tokens and (
            tokens[-1].text in self._lexicon.links
            or tokens[-1].text in self._lexicon.scopes
            or tokens[-1].tag in ("d", "u", "ul", "ns")
        ):
            tokens.pop()
        if (
            not tokens
            or tokens[-1].tag not in ("v", "vn")
            or tokens[-1].text in self._lexicon.light
            or len(tokens[-1].text) < 2
        ):
            return None
        return named(self._sentence, tokens[-1:])

    def dimension(self, start: int, quantity: QuantityMention) -> Name | None:
        """`长约60厘米的木棍`: the side that is measured, of the thing that follows."""
        if self._sentence.gap(quantity.end, quantity.end + 1) != "的":
            return None
        match = self._lexicon.dimension.search(self._sentence.gap(start, quantity.start))
        if not match:
            return None
        thing = self.name(quantity, "verb")
        return replace(thing, text=thing.text + match["side"], rule="name.dimension") if thing else None

    def of_thing(self, quantity: QuantityMention, before: Name) -> Name | None:
        """`开放率达96%的书屋`: the measure before a number, of the thing that follows it."""
        tokens = self._sentence.document.cut(before.start, before.end)
        side = tokens[-1].text if len(tokens[-1].text) > 1 else "".join(t.text for t in tokens[-2:])
        measures = phrases.is_measure(tokens[-1], self._lexicon) and len(side) > 1
        gap = self._sentence.gap(quantity.end, self._sentence.end)
        if not gap.startswith("的") or not measures or self._lexicon.summed.match(gap):
            return None
        thing = self.name(quantity, "verb")
        if thing is None or thing.text in self._lexicon.abstract or len(thing.text) > LONGEST_THING:
            return None
        return replace(thing, text=thing.text + side, rule="name.thing")


def _quoted(tokens: list[Token]) -> bool:
    """Whether the last word closes a quotation that one of the words opens."""
    return tokens[-1].text in QUOTES and any(t.text == QUOTES[tokens[-1].text] for t in tokens)
