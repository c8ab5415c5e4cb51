"""What a quantity measures: the noun phrase, with its verb, before or after the number."""

import re
from itertools import pairwise
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from extract.mentions import QuantityMention
from extract.metrics import phrases
from extract.metrics.headlines import until_source
from extract.metrics.lexicon import DATE, QUANTITY, Lexicon
from extract.metrics.sentence import Sentence, last_clause
from extract.metrics.stretches import before_date, content, right_boundary, stretches, undated
from extract.text.document import Document
from extract.text.segment import Token

LAST_CLAUSE = re.compile(".*[，；：。]", re.DOTALL)
HEADING = re.compile(
    r"(?:[一二三四五六七八九十\d]{1,3}[、．. ]|【|[（(][一二三四五六七八九十]+[）)])"
    r"(?P<topic>[\u4e00-\u9fff]{2,14})】?"
)
QUOTES = {"”": "“", "》": "《"}
BRACKETED = re.compile("（[^（）]*）")
EDGES = ("的", "了", "和", "与", "及", "并")
LONGEST_ROW = 4
"""Numbers after one that share a name with it."""
SHORT = 6
"""Characters of a clause that is one phrase, whatever its words are tagged (`执法指引`)."""
Governor = Literal["", "verb", "preposition"]
"""What a number and the thing that it counts are the object of."""
NOTHING = ("\n",)
ASPECTS = ("ul", "uz")
LONGEST_DEED = 8
"""Characters of what is said of a counted noun that still belong to its name."""
LONGEST_THING = 8
"""Characters of a thing whose measure stands before it."""
LONGEST = 13
"""Characters of a clause that is taken whole as a name; a longer one gives its noun phrase alone."""


class Name(Struct, frozen=True, gc=False):
    """A name, where it stands, and the body before its verb that acts."""

    text: str
    start: int
    end: int
    agent: str | None = None
    share: bool = False
    """Names a part of another quantity (`出口占总值`)."""
    of: bool = False
    """Stands behind a percentage and 的 (`60%以上的税收`)."""
    counted: str = ""
    """The counted noun of a name with what is said of it (`学员` of `学员来自农村`)."""
    said: bool = False
    """Begins with a verb, of what stands before the number (`队员3人驰援灾区`)."""
    predicate: str = ""
    """The verb phrase that a counted subject ends with (`辅警因公牺牲`)."""
    opens: bool = False
    """Ends in a verb whose object follows the number (`拨款3亿元用于…`)."""
    verb: str = ""
    """The verb that it begins with, or ends with after its topic (`公租房开工`)."""
    rule: str = "name.before"
    """Id of the rule of how it was found."""


def left(sentence: Sentence, start: int, end: int, lexicon: Lexicon) -> Name | None:
    """The name that ends at ``end``, within its clause and not before ``start``; ``None`` where only
    function words stand there."""
    clause = start + last_clause(sentence.gap(start, end))
    words = sentence.gap(clause, end)
    sided = words.endswith((*lexicon.measures, *lexicon.rates))  # 每股收益 is the name itself
    per = lexicon.per.search(words) if "每" in words and not sided else None
    if per and sentence.text(clause, clause + per.start()) in lexicon.averages:  # 平均每户
        tokens = content(sentence, clause, end, lexicon)
        while tokens and phrases.is_link(tokens[-1], lexicon):
            tokens.pop()
        return _name(sentence, tokens) if tokens else None
    if per:
        end = clause + per.start()
    for first, last in stretches(sentence, start, end):
        tokens = content(sentence, first, last, lexicon)
        while tokens and phrases.is_link(tokens[-1], lexicon):
            tokens.pop()
        if len(tokens) > 1 and tokens[0].text in lexicon.editions and sentence.gap(first - 1, first) == DATE:
            tokens = tokens[1:]  # 2019年款 + 轿车
        if tokens:
            tokens = before_date(sentence, start, first, lexicon) + tokens
            return _named(sentence, tokens, first, lexicon)
    return None


def _named(sentence: Sentence, tokens: list[Token], first: int, lexicon: Lexicon) -> Name | None:
    """The name that the words of a stretch end with; ``first`` is where the stretch begins."""
    start = phrases.name_start(tokens, lexicon)
    if _received(sentence, first, lexicon):
        start = max((i for i, t in enumerate(tokens[:-1]) if t.tag == "v"), default=start)
    if not phrases.names_something(tokens[start:], lexicon):
        return None
    agent = _agent(sentence, tokens[:start], lexicon) if start else None
    counted = sentence.gap(first - 1, first) == QUANTITY  # what stands there is named by that number
    alone = phrases.is_bare_verb(tokens[start:], lexicon) or _is_state(tokens, start, lexicon)
    if start and agent is None and not counted and alone:
        return _with_topic(sentence, tokens[:start], tokens[start:], lexicon)
    name = _name(sentence, tokens[start:], agent, tokens[-1].tag == "v")
    verb = tokens[start].tag == "v" or (tokens[start].tag == "vn" and start == len(tokens) - 1)
    if name and verb and len(tokens[start].text) > 1:
        name = replace(name, verb=tokens[start].text)
    return _unranked(_of_list(name, tokens[start:], lexicon), lexicon)


def _is_state(tokens: list[Token], start: int, lexicon: Lexicon) -> bool:
    """Whether an adverb of total stands between a topic and the one word that its sum is called by
    (`公积金累计` + 结余)."""
    return start == len(tokens) - 1 and tokens[start - 1].text in lexicon.totals and tokens[start].tag == "n"


def _of_list(name: Name | None, tokens: list[Token], lexicon: Lexicon) -> Name | None:
    """`购置桌椅、书架等教具`: the verb of a list that 等 closes, and the noun that heads the list."""
    texts = [t.text for t in tokens]
    if name is None or "、" not in texts or "等" not in texts[:-1]:
        return name
    first, closer = texts.index("、"), len(texts) - 1 - texts[::-1].index("等")
    verb = next((t.text for t in reversed(tokens[: first - 1]) if t.tag in ("v", "vn")), "")
    if closer < first or not phrases.is_nominal(tokens[closer + 1]):
        return name
    head = texts[closer + 1 :]
    if not verb and phrases.is_measure(tokens[-1], lexicon):
        return name
    if head[0] in lexicon.areas and len(head) > 1:  # 工业、农业等领域贷款
        head = head[1:]
    return replace(name, text=verb + "".join(head))


def _unranked(name: Name | None, lexicon: Lexicon) -> Name | None:
    """`用电量前五排名`: what is ranked is measured."""
    ranked = lexicon.rank.search(name.text) if name else None
    return replace(name, text=name.text[: ranked.start()]) if name and ranked else name


def _with_topic(sentence: Sentence, before: list[Token], verb: list[Token], lexicon: Lexicon) -> Name | None:
    """`公租房已开工300套`: a verb without an object is said of the noun before its adverb, unless that
    acts (`救援人员已转移300人`)."""
    first = phrases.opening(before, lexicon)
    topic = before[first : first + phrases.noun_phrase(before[first:], lexicon)]
    name = _name(sentence, verb, opens=True)
    name = name and replace(name, verb=name.text)
    if name is None or not phrases.names_something(topic, lexicon) or topic[0].text in lexicon.means:
        return name
    if lexicon.acts(topic[-1]) or lexicon.doers.end(topic[-1].text):
        return replace(name, agent=sentence.text(topic[0].start, topic[-1].end))
    start = topic[0].start
    text = sentence.text(start, topic[-1].end) + name.text
    return replace(name, text=text, start=start, opens=False, verb=name.text, rule="name.topic")


def dimension(sentence: Sentence, start: int, quantity: QuantityMention, lexicon: Lexicon) -> Name | None:
    """`长约60厘米的木棍`: the side that is measured, of the thing that follows."""
    if sentence.gap(quantity.end, quantity.end + 1) != "的":
        return None
    match = lexicon.dimension.search(sentence.gap(start, quantity.start))
    if not match:
        return None
    thing = right(sentence, quantity, lexicon, governed="verb")
    return replace(thing, text=thing.text + match["side"], rule="name.dimension") if thing else None


def place(sentence: Sentence, start: int, end: int, lexicon: Lexicon) -> Name | None:
    """The place that a stretch is and nothing else: the subject of a share (`云南占三成`)."""
    tokens = content(sentence, start, end, lexicon)
    named = tokens and len(tokens) < 3 and phrases.is_place_word(tokens[0], lexicon)
    return _name(sentence, tokens) if named and tokens[-1].tag in ("ns", "f", "s", "n") else None


def of_thing(sentence: Sentence, quantity: QuantityMention, before: Name, lexicon: Lexicon) -> Name | None:
    """`开放率达96%的书屋`: the measure before a number, of the thing that follows it."""
    tokens = sentence.document.cut(before.start, before.end)
    side = tokens[-1].text if len(tokens[-1].text) > 1 else "".join(t.text for t in tokens[-2:])
    measures = phrases.is_measure(tokens[-1], lexicon) and len(side) > 1
    gap = sentence.gap(quantity.end, sentence.end)
    if not gap.startswith("的") or not measures or lexicon.summed.match(gap):
        return None
    thing = right(sentence, quantity, lexicon, governed="verb")
    if thing is None or thing.text in lexicon.abstract or len(thing.text) > LONGEST_THING:
        return None
    return replace(thing, text=thing.text + side, rule="name.thing")


def of_same(said: Name, before: Name, again: bool) -> Name | None:
    """`受理案件300件，办结280件`: a verb alone is said of the thing that the verb before was said of; where
    words say that it is the same thing ``again`` (已, 其中), of a thing without a verb, too."""
    if said.verb == said.text or before.text != before.verb:
        return None
    if not said.verb:
        if not again:
            return None
        text = before.text + said.text
    elif said.text.startswith(said.verb):
        text = before.text + said.text.removeprefix(said.verb)
    else:
        text = said.text.removesuffix(said.verb) + before.text
    return replace(before, text=text, opens=False, rule="name.same")


def subject(sentence: Sentence, start: int, end: int, lexicon: Lexicon) -> Name | None:
    """The topic of the clauses before ``end``: the noun phrase that opens the last of them that has one."""
    gap = BRACKETED.sub(lambda m: "，" * len(m[0]), sentence.gap(start, end))
    stop = len(gap)
    while stop > 0:
        clause = LAST_CLAUSE.match(gap, 0, stop)
        cut = clause.end() - 1 if clause else -1
        tokens = content(sentence, start + cut + 1, start + stop, lexicon)
        first = phrases.opening(tokens, lexicon)
        if first < len(tokens) and phrases.is_link(tokens[first], lexicon):
            first += 1
        spoken = lexicon.speech.search(gap, cut + 1, stop)  # 局长说，… names who speaks, not what of
        length = 0 if spoken else phrases.noun_phrase(tokens[first:], lexicon)
        if length and phrases.names_something(tokens[first : first + length], lexicon):
            name = _unranked(_name(sentence, tokens[first : first + length]), lexicon)
            return replace(name, rule="name.subject") if name else None
        stop = cut
    return None


def right(
    sentence: Sentence,
    quantity: QuantityMention,
    lexicon: Lexicon,
    governed: Governor,
    row: int = LONGEST_ROW,
) -> Name | None:
    """The name that follows a number and its unit: `40位老兵代表`, `30多条受影响的航线`. A number that
    no verb governs is a subject, and the whole clause after it is its name (`6座水库蓄满`). The numbers of a
    ``row`` share the name of the last (`9人2队4次打破3项纪录`)."""
    gap = sentence.gap(quantity.end, sentence.end)
    stop = right_boundary(gap)
    tokens = content(sentence, quantity.end, quantity.end + stop, lexicon)
    tokens = _without_scope(tokens[: until_source(sentence, tokens, lexicon)], lexicon)
    before_number = gap[stop : stop + 1] == QUANTITY
    if before_number and phrases.only_verbs(tokens):
        return _of_row(sentence, quantity, tokens, lexicon, row)
    if not tokens or tokens[0].text in lexicon.closers or tokens[0].text.startswith(lexicon.each):
        return None
    while len(tokens) > 1 and tokens[-1].text in lexicon.closers and not _quoted(tokens):
        tokens.pop()
    tokens = tokens[: _until_complement(tokens, lexicon)]
    tokens = tokens[: phrases.until_body(tokens, lexicon)]
    length, noun = len(tokens), phrases.noun_phrase(tokens, lexicon, object_of=governed == "verb")
    if before_number and 1 < noun == len(tokens) and phrases.is_measure(tokens[-1], lexicon):
        noun = phrases.without_measure(tokens)  # 3个乡镇 + 降雨量超过90毫米
        tokens, length = tokens[:noun], noun
    if whole := _agreeing(tokens[:noun], quantity, lexicon):
        tokens, length, noun = tokens[:whole], whole, whole
    characters = tokens[-1].end - tokens[0].start
    if governed or characters > LONGEST or before_number:
        length = noun or (length if characters <= SHORT else 0)
    thing = length == 1 and _is_classified(tokens[0], quantity, lexicon)
    if not (thing or phrases.names_something(tokens[:length], lexicon)):
        return None
    name = _subject_with_predicate(sentence, tokens[:length], noun, lexicon)
    said = tokens[0].tag == "v" and tokens[0].text not in lexicon.fates
    return replace(name, said=said) if name and said else name


def _is_classified(token: Token, quantity: QuantityMention, lexicon: Lexicon) -> bool:
    """Whether a word is what a classifier counts, be it of one character (`35辆` + 车) or taken for a place
    (`8名` + 嘉宾)."""
    if token.text.endswith(lexicon.agreeing.get(quantity.unit or "", NOTHING)):
        return True
    return quantity.family == "count" and quantity.unit not in lexicon.bare_units and token.tag[:1] != "v"


def _quoted(tokens: list[Token]) -> bool:
    """Whether the last word closes a quotation that one of the words opens."""
    return tokens[-1].text in QUOTES and any(t.text == QUOTES[tokens[-1].text] for t in tokens)


def _agreeing(tokens: list[Token], quantity: QuantityMention, lexicon: Lexicon) -> int:
    """How many words of a noun phrase go as far as the last that the classifier counts; 0 where that is its
    end or none is counted so."""
    endings = lexicon.agreeing.get(quantity.unit or "", ())
    if not endings or not tokens or tokens[-1].text.endswith((*endings, *lexicon.fates)):
        return 0
    return next((i for i in range(len(tokens), 0, -1) if tokens[i - 1].text.endswith(endings)), 0)


def _until_complement(tokens: list[Token], lexicon: Lexicon) -> int:
    """How many tokens stand before a preposition, and before the verb whose complement it opens
    (`公交车` + `行驶在…`)."""
    stop = phrases.until_preposition(tokens, lexicon)
    opened = 1 < stop < len(tokens) and tokens[stop - 1].tag == "v" and tokens[stop - 2].tag[:1] == "n"
    return stop - 1 if opened else stop


def _without_scope(tokens: list[Token], lexicon: Lexicon) -> list[Token]:
    """The words after a number without 的 and the scope at their head, which a nationality is not."""
    first = 0
    while first < len(tokens) and (
        tokens[first].text in lexicon.scopes or tokens[first].text in ("这样", "之间", "的")
    ):
        if tokens[first + 1 : first + 2] and tokens[first + 1].text in lexicon.nationals:
            break  # 6名中国公民
        first += 1
    return tokens[first:]


def _of_row(
    sentence: Sentence, quantity: QuantityMention, verbs: list[Token], lexicon: Lexicon, row: int
) -> Name | None:
    """The name that the numbers after this one have, with the verbs between."""
    following = next((q for q in sentence.quantities if q.start > quantity.start), None)
    if following is None or row == 0:
        return None
    name = right(sentence, following, lexicon, governed="verb" if verbs else "", row=row - 1)
    prefix = "".join(t.text for t in verbs if t.text not in lexicon.light)
    return replace(name, text=prefix + name.text) if name else None


def _subject_with_predicate(
    sentence: Sentence, tokens: list[Token], noun: int, lexicon: Lexicon
) -> Name | None:
    """The name that a noun phrase of so many tokens makes with what is said of it, adverbs left out, where
    that is its fate or a word or two; of a longer deed the noun is the name."""
    name = _name(sentence, tokens)
    subject = _name(sentence, tokens[:noun]) if 0 < noun < len(tokens) else None
    if name is None or subject is None:
        return name
    words = phrases.without_manner(tokens[noun:], lexicon)
    said = "".join(words)
    if len(said) > LONGEST_DEED and lexicon.fates.isdisjoint(words):
        return subject
    predicate = said if tokens[-1].tag == "v" else ""
    return replace(name, text=subject.text + said, predicate=predicate, counted=subject.text)


def governor(sentence: Sentence, start: int, end: int, lexicon: Lexicon) -> Name | None:
    """The verb right before a counted noun: `修通80余条山路` is named 修通山路."""
    stretch = next(stretches(sentence, start, end), None)
    if stretch is None or sentence.gap(start, end).rstrip().endswith(("、", "的")):
        return None
    tokens = content(sentence, *stretch, lexicon)
    while tokens and (
        tokens[-1].text in lexicon.links
        or tokens[-1].text in lexicon.scopes
        or tokens[-1].tag in ("d", "u", "ul", "ns")
    ):
        tokens.pop()
    if (
        not tokens
        or tokens[-1].tag not in ("v", "vn")
        or tokens[-1].text in lexicon.light
        or len(tokens[-1].text) < 2
    ):
        return None
    return _name(sentence, tokens[-1:])


def _agent(sentence: Sentence, tokens: list[Token], lexicon: Lexicon) -> str | None:
    """Who acts, from the words before a name's verb (`全市公安机关` + 侦破…)."""
    while tokens and (tokens[0].text in lexicon.leads or tokens[0].tag in ("d", "c", "x", "m")):
        tokens = tokens[1:]
    while tokens and (tokens[-1].text in lexicon.breaks or tokens[-1].tag in ("d", "v", "c", "p", "u")):
        tokens = tokens[:-1]
    if not tokens or tokens[0].tag in ("p", "r", "v") or not lexicon.acts(tokens[-1]):
        return None
    text = re.split(r"\d", sentence.text(tokens[0].start, tokens[-1].end))[0]
    return text if 2 <= len(text) <= LONGEST else None


def _name(
    sentence: Sentence, tokens: list[Token], agent: str | None = None, opens: bool = False
) -> Name | None:
    while len(tokens) > 1 and tokens[0].text in EDGES:
        tokens = tokens[1:]
    while len(tokens) > 1 and tokens[-1].text in EDGES:
        tokens = tokens[:-1]
    text = undated(sentence, tokens[0].start, tokens[-1].end)
    stripped = _unaspected(text, tokens).strip(" 、（）")
    if not stripped:
        return None
    start = tokens[0].start + len(text) - len(text.lstrip(" 、（）"))
    end = tokens[-1].end - len(text) + len(text.rstrip(" 、（）"))
    if stripped.count("“") != stripped.count("”"):
        stripped = stripped.replace("“", "").replace("”", "")
    return Name(stripped.replace(" ", ""), start, end, agent, opens=opens)


def _unaspected(text: str, tokens: list[Token]) -> str:
    """The text of a name without the 了 or 着 behind its verb (`改建了粮仓`)."""
    for verb, aspect in pairwise(tokens):
        if aspect.tag in ASPECTS and verb.tag in ("v", "vn"):
            text = text.replace(verb.text + aspect.text, verb.text, 1)
    return text


def _received(sentence: Sentence, start: int, lexicon: Lexicon) -> bool:
    """Whether a stretch follows a number of receivers: in `向7个镇分送种苗` the name begins with the verb."""
    before = next((q for q in sentence.quantities if q.end == start), None)
    return before is not None and sentence.document.text[before.start - 1 : before.start] in lexicon.receivers


def is_noun(sentence: Sentence, name: Name) -> bool:
    """Whether a name has a noun (`近七成住户`: the percentage is a part of what follows)."""
    return any(t.tag[:1] == "n" for t in sentence.document.cut(name.start, name.end))


def heading(document: Document, paragraph: int) -> Name | None:
    """The topic of the paragraph that begins there, where the line before is a short heading."""
    if not paragraph:
        return None
    start = document.paragraph_start(paragraph - 1)
    match = HEADING.fullmatch(document.text[start : paragraph - 1].strip())
    if not match:
        return None
    return Name(match["topic"], start + match.start("topic"), start + match.end("topic"))
