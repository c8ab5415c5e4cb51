"""Phrases in a row of tokens: where a name begins, how far a noun phrase goes."""

from extract.metrics.lexicon import ARTICLE, Lexicon
from extract.text.segment import Token

MANNER = ("a", "ad", "d")
NAMED = ("nr", "nrt", "nz")
"""Tags that a place may have by mistake."""
SITES = ("f", "s")
"""Tags of where something is (山脚下, 北部)."""
ADVERBIAL = ("d", "t", "c")
"""Tags of words that may stand before a predicate and say nothing of the thing."""
STANDING = "着"
FUNCTION = ("d", "p", "u", "ul", "uj", "c", "x", "m", "t")


def is_link(token: Token, lexicon: Lexicon) -> bool:
    """Whether a word stands between a name and its number and belongs to neither."""
    if token.text in lexicon.links or token.text in lexicon.breaks:
        return True
    if _is_place_in_order(token) or token.text in lexicon.votes:
        return False
    degree = token.tag == "a" and token.text in "高低"  # 占比高达
    return degree or (token.tag in FUNCTION and token.text not in "”》")


def reaches_level(tokens: list[Token], lexicon: Lexicon) -> bool:
    """Whether words end in a level that is no thing, behind the verb that reaches it (`达到峰值`)."""
    reached = len(tokens) > 1 and tokens[-2].tag == "v" and is_link(tokens[-2], lexicon)
    return reached and tokens[-1].text in lexicon.abstract


def is_break(token: Token, lexicon: Lexicon) -> bool:
    """Whether a word is an adverb that ends a subject; a plan (计划) may be a noun, 全部 never is."""
    return token.text in lexicon.breaks and (token.tag != "n" or token.text in lexicon.totals)


def is_nominal(token: Token) -> bool:
    """Whether a word can stand in a noun phrase."""
    return token.tag[:1] in "nljiabsgzqt" or token.tag in ("vn", "eng", "x", "k")


def names_something(tokens: list[Token], lexicon: Lexicon) -> bool:
    """Whether the tokens say what is measured: more than places, people and single signs."""
    said = [
        t for t in tokens if t.text not in lexicon.empty and (t.tag != "v" or t.text not in lexicon.light)
    ]
    alone = len(said) == 1
    if len(tokens) > 1 and tokens[-1].text in lexicon.kinds:
        return True
    return any(_means_something(t, alone, lexicon) for t in said)


def _is_place_in_order(token: Token) -> bool:
    """Whether a word is an ordinal with what it counts (`第一胎`), a name like any other."""
    return token.text.startswith("第") and len(token.text) > 2


def _means_something(token: Token, alone: bool, lexicon: Lexicon) -> bool:
    if _is_place_in_order(token):
        return True
    if token.tag == "eng":
        return True
    if token.tag in NAMED and lexicon.is_place(token):
        return False
    if len(token.text) == 1 and (alone or token.tag not in ("n", "v", "vn", "j")):
        return False
    return token.tag[:1] in "nvljiabsgzqtk" and token.tag != "ns"


def name_start(tokens: list[Token], lexicon: Lexicon) -> int:
    """Index of the name's first token: after the last adverb, or after the body that acts."""
    first = 0
    depth = 0
    for i, token in enumerate(tokens[:-1]):
        depth += (token.text in "“《") - (token.text in "”》")
        if is_break(token, lexicon) and not depth:
            first = i + 1
    first += opening(tokens[first:], lexicon)
    first += owner(tokens, first, lexicon)
    while first < len(tokens) - 1 and tokens[first].tag == "v" and tokens[first].text in lexicon.light:
        first += 1
    standing = (
        i - 1 for i, t in enumerate(tokens) if i > first and t.text == STANDING and tokens[i - 1].tag == "v"
    )
    if (there := next(standing, 0)) > first:  # 河边停放着 + 渔船
        return there
    means = False
    for i in range(first + 1, len(tokens) - 1):
        means = means or tokens[i - 1].text in lexicon.means
        before = _without_manner(tokens[:i])
        agent = lexicon.agents.end(before[-1].text) or _is_person(before)
        acts = (means and i > first + 1) or agent
        if (
            acts
            and tokens[i].tag == "v"
            and (tokens[i].text not in lexicon.light or len(before) < i)
            and tokens[i - 1].tag[:1] != "v"
        ):
            return i
    return first


def owner(tokens: list[Token], first: int, lexicon: Lexicon) -> int:
    """How many words from the first on are the thing pointed at (`该` + 房源) or the body (`县博物馆`) whose
    measure follows."""
    if len(tokens) - first < 2 or not is_measure(tokens[-1], lexicon):
        return 0
    pointed = first and tokens[first - 1].text in lexicon.pointers
    classified = tokens[first].tag == "q"
    if pointed and len(tokens) - first > 1 + classified and tokens[first + classified].tag[:1] == "n":
        return 1 + classified
    body = first + (len(tokens[first].text) == 1 and tokens[first].text in lexicon.places)
    owned = body > first or tokens[body].text not in lexicon.generics
    if body + 1 < len(tokens) and owned and lexicon.ends_body(tokens[body]) and first == 0:
        return body + 1 - first
    return 0


def is_measure(token: Token, lexicon: Lexicon) -> bool:
    """Whether a word says what is measured of something (率, 量, 收入)."""
    if lexicon.dimension.fullmatch(token.text):
        return True
    return lexicon.gauges.end(token.text)


def _without_manner(tokens: list[Token]) -> list[Token]:
    """The words before a verb without how it is done (`水利局` + `紧急`)."""
    last = len(tokens)
    while last > 1 and tokens[last - 1].tag in MANNER and len(tokens[last - 1].text) > 1:
        last -= 1
    return tokens[:last]


def without_manner(tokens: list[Token], lexicon: Lexicon) -> list[str]:
    """The words of a deed without its adverbs and how it is done (`平稳有序进城落户`), its cause kept
    (`因公负伤`)."""
    kept: list[str] = []
    verb = False
    for token in reversed(tokens):
        adverb = token.tag in ADVERBIAL and token.text in lexicon.breaks
        manner = verb and token.tag in MANNER and len(token.text) > 1
        if not adverb and not (manner and token.text[0] not in lexicon.unmannered):
            kept.append(token.text)
            verb = token.tag == "v"
    return kept[::-1]


def _is_person(tokens: list[Token]) -> bool:
    """Whether the tokens end in a person's name, which the segmenter may have cut after the surname."""
    if tokens[-1].tag.startswith("nr"):
        return True
    surname = tokens[-2:-1]
    return bool(surname) and surname[0].tag == "nr" and len(surname[0].text) == 1 and len(tokens[-1].text) < 3


def opening(tokens: list[Token], lexicon: Lexicon) -> int:
    """How many tokens at the head of a clause are openers, scope or places."""
    first = 0
    if tokens and tokens[0].text in lexicon.situated:  # 位于城北的水厂
        first = next((i + 1 for i, t in enumerate(tokens[:-1]) if t.text == "的"), 0)
    while first < len(tokens) - 1:
        token = tokens[first]
        opener = (
            token.text in lexicon.leads
            or token.text in lexicon.scopes
            or token.text in lexicon.demonstratives
            or is_place_word(token, lexicon)
            or token.tag in ("c", "d", "r", "x", "u", "ul", "uj")
            or (token.tag == "m" and token.text[0] == ARTICLE)
            or (first and token.text in lexicon.place_tails and is_place_word(tokens[first - 1], lexicon))
        )
        kind = tokens[first + 1].text in lexicon.kinds  # 泰国籍 is no place
        if not opener or kind or token.text in "“《":
            break
        first += 1
    return first


def is_place_word(token: Token, lexicon: Lexicon) -> bool:
    """Whether a word at the head of a clause is a place, by the rules or by its tag."""
    return token.tag == "ns" or token.text in lexicon.place_words


def noun_phrase(tokens: list[Token], lexicon: Lexicon, object_of: bool = False) -> int:
    """How many tokens make the noun phrase at the head: nouns, verbs between nouns (`城市搬迁居民`), and
    a clause that 的 ties to its noun. The phrase that is ``object_of`` a verb may have two verbs in a row
    (`抽水蓄能机组`)."""
    if not tokens or tokens[0].tag[:1] in "cpuy":
        return 0
    length = _relative(tokens, lexicon)
    quoted = False
    while length < len(tokens):
        token = tokens[length]
        if quoted or token.text == "“":
            quoted = token.text != "”"
            length += 1
            continue
        done = tokens[length + 1 : length + 2]
        if length and done and done[0].text == "了":
            break  # 77所学校 + 建设了
        if length and is_break(token, lexicon):
            break  # 5名候选人合计得票率12%
        if length > 1 and token.tag == "ns" and tokens[length - 1].tag in ("v", "vn"):
            break  # 5家企业签约 + 云州新城
        joint = token.text in "“”《》和及与、等" and length
        if not (is_nominal(token) or joint or _between(tokens, length, object_of, lexicon)):
            break
        length += 1
    while length and tokens[length - 1].text in ("和", "及", "与", "的", "“", "《", "、", "等"):
        length -= 1
    manner = length > 1 and tokens[length - 1].tag in ("a", "ad") and len(tokens[length - 1].text) > 1
    if manner and length < len(tokens):  # 木船缓慢驶过: how it moves, not what it is
        length -= 1
    return length


def _between(tokens: list[Token], at: int, object_of: bool, lexicon: Lexicon) -> bool:
    """Whether a verb or an adverb stands between nouns and makes one phrase with them."""
    token, behind = tokens[at], tokens[at + 1 : at + 3]
    if token.tag not in ("v", "d", "f") or len(token.text) < 2 or (at and token.text in lexicon.fates):
        return False
    if token.text in lexicon.links or token.text in lexicon.breaks or token.text in lexicon.light:
        return False
    if (
        at and tokens[at - 1].tag[:1] not in "nbavqmlj" and token.tag != "f" and tokens[at - 1].text != "”"
    ):  # 县级及以上
        return False
    noun = bool(behind) and (behind[0].tag[:1] in ("n", "l") or (token.tag == "f" and is_nominal(behind[0])))
    deed = len(behind) == 1 and behind[0].tag == "vn"
    chain = len(behind) == 2 and behind[0].tag == "v" and behind[1].tag[:1] == "n"
    return noun or (object_of and (deed or (chain and len(behind[0].text) > 1)))


def _relative(tokens: list[Token], lexicon: Lexicon) -> int:
    """Length of a clause with 的 before the noun (`受大雾影响的航班`); a noun that a preposition
    follows is itself the head (`客轮在码头的…`)."""
    of = max((i for i, t in enumerate(tokens[:10]) if t.text == "的" and i + 1 < len(tokens)), default=-1)
    said = (
        i
        for i, t in enumerate(tokens[:of])
        if t.text == "了" or is_break(t, lexicon) or t.text in lexicon.light
    )
    if any(t.tag[:1] == "n" for t in tokens[: next(said, 0)]):
        return 0  # 民警接受了严格的训练
    if of < 0 or (tokens[0].tag[:1] == "n" and any(t.tag == "p" for t in tokens[1:of])):
        return 0
    return of + 1


def is_site(tokens: list[Token], lexicon: Lexicon) -> bool:
    """Whether a noun phrase says where something is (`石门山脚下`, `青石县北部`)."""
    last = tokens[-1]
    if len(tokens) == 1 or any(t.tag == "v" for t in tokens) or last.text in lexicon.closers:
        return False
    return (last.tag in SITES and len(last.text) > 1) or last.text in lexicon.place_tails


def only_verbs(tokens: list[Token]) -> bool:
    """Whether a few verbs are all that parts two numbers (`4次打破3项`)."""
    return all(t.tag in ("v", "vn", "x", "d") for t in tokens) and len(tokens) <= 3


def is_bare_verb(tokens: list[Token], lexicon: Lexicon) -> bool:
    """Whether a name is a verb, or two of them, and nothing else."""
    verbs = all(t.tag == "v" and len(t.text) > 1 for t in tokens)
    return len(tokens) < 3 and verbs and not any(t.text in lexicon.links for t in tokens)
