"""The name that stands before its number, or in a clause before."""

import re

from msgspec.structs import replace

from extract.metrics import phrases
from extract.metrics.lexicon import DATE, QUANTITY, Lexicon
from extract.metrics.name import Name, named
from extract.metrics.sentence import Sentence, last_clause
from extract.metrics.stretches import before_date, content, stretches
from extract.text.document import Document
from extract.text.segment import Token

LAST_CLAUSE = re.compile(".*[，；：。]", re.DOTALL)
HEADING = re.compile(
    r"(?:[一二三四五六七八九十\d]{1,3}[、．. ]|【|[（(][一二三四五六七八九十]+[）)])"
    r"(?P<topic>[\u4e00-\u9fff]{2,14})】?"
)
BRACKETED = re.compile("（[^（）]*）")
LONGEST_AGENT = 13
"""Characters of the words for who acts."""


def left(sentence: Sentence, start: int, end: int, lexicon: Lexicon) -> Name | None:
    """The name that ends at ``end``, within its clause and not before ``start``; ``None`` where only
    function words stand there."""
    clause = start + last_clause(sentence.gap(start, end))
    words = sentence.gap(clause, end)
    sided = lexicon.sizes.end(words)  # 每股收益 is the name itself
    per = lexicon.per.search(words) if "每" in words and not sided else None
    if per and sentence.text(clause, clause + per.start()) in lexicon.averages:  # 平均每户
        tokens = content(sentence, clause, end, lexicon)
        while tokens and phrases.is_link(tokens[-1], lexicon):
            tokens.pop()
        return named(sentence, tokens) if tokens else None
    if per:
        end = clause + per.start()
    for first, last in stretches(sentence, start, end):
        tokens = content(sentence, first, last, lexicon)
        while tokens and (phrases.is_link(tokens[-1], lexicon) or phrases.reaches_level(tokens, lexicon)):
            tokens.pop()
        if len(tokens) > 1 and tokens[0].text in lexicon.editions and sentence.gap(first - 1, first) == DATE:
            tokens = tokens[1:]  # 2019年款 + 轿车
        if tokens:
            tokens = before_date(sentence, start, first, lexicon) + tokens
            return _ending(sentence, tokens, first, lexicon)
    return None


def _ending(sentence: Sentence, tokens: list[Token], first: int, lexicon: Lexicon) -> Name | None:
    """The name that the words of a stretch end with; ``first`` is where the stretch begins."""
    start = phrases.name_start(tokens, lexicon)
    if _received(sentence, first, lexicon):
        start = max((i for i, t in enumerate(tokens[:-1]) if t.tag == "v"), default=start)
    if not phrases.names_something(tokens[start:], lexicon) or phrases.is_site(tokens, lexicon):
        return None
    agent = _agent(sentence, tokens[:start], lexicon) if start else None
    counted = sentence.gap(first - 1, first) == QUANTITY  # what stands there is named by that number
    alone = phrases.is_bare_verb(tokens[start:], lexicon) or _is_state(tokens, start, lexicon)
    if start and agent is None and not counted and alone:
        return _with_topic(sentence, tokens[:start], tokens[start:], lexicon)
    name = named(sentence, tokens[start:], agent, tokens[-1].tag == "v")
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
    name = named(sentence, verb, opens=True)
    name = name and replace(name, verb=name.text)
    if name is None or not phrases.names_something(topic, lexicon) or topic[0].text in lexicon.means:
        return name
    if lexicon.acts(topic[-1]) or lexicon.actors.end(topic[-1].text):
        return replace(name, agent=sentence.text(topic[0].start, topic[-1].end))
    start = topic[0].start
    text = sentence.text(start, topic[-1].end) + name.text
    return replace(name, text=text, start=start, opens=False, verb=name.text, rule="name.topic")


def place(sentence: Sentence, start: int, end: int, lexicon: Lexicon) -> Name | None:
    """The place that a stretch is and nothing else: the subject of a share (`云南占三成`)."""
    tokens = content(sentence, start, end, lexicon)
    placed = tokens and len(tokens) < 3 and phrases.is_place_word(tokens[0], lexicon)
    return named(sentence, tokens) if placed and tokens[-1].tag in ("ns", "f", "s", "n") else None


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
            name = _unranked(named(sentence, tokens[first : first + length]), lexicon)
            return replace(name, rule="name.subject") if name else None
        stop = cut
    return None


def _agent(sentence: Sentence, tokens: list[Token], lexicon: Lexicon) -> str | None:
    """Who acts, from the words before a name's verb (`全市公安机关` + 侦破…)."""
    while tokens and (tokens[0].text in lexicon.leads or tokens[0].tag in ("d", "c", "x", "m")):
        tokens = tokens[1:]
    while tokens and (tokens[-1].text in lexicon.breaks or tokens[-1].tag in ("d", "v", "c", "p", "u")):
        tokens = tokens[:-1]
    if not tokens or tokens[0].tag in ("p", "r", "v") or not lexicon.acts(tokens[-1]):
        return None
    text = re.split(r"\d", sentence.text(tokens[0].start, tokens[-1].end))[0]
    return text if 2 <= len(text) <= LONGEST_AGENT else None


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
