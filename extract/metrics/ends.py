"""Where a counted noun ends: before a preposition, a body, its deed, its measure or what belongs to it."""

from extract.metrics.lexicon import Lexicon
from extract.metrics.phrases import is_nominal
from extract.text.segment import Token


def until_preposition(tokens: list[Token], lexicon: Lexicon) -> int:
    """How many tokens stand before a preposition that begins another phrase after a noun (用, 以, 在)."""
    noun = False
    for i, token in enumerate(tokens):
        if noun and token.tag == "p" and token.text not in lexicon.passives:
            return i
        noun = noun or token.tag[:1] == "n"
    return len(tokens)


def until_body(tokens: list[Token], lexicon: Lexicon) -> int:
    """How many tokens stand before a body in a list, which no number before the list counts
    (`5所学校和市教育局`)."""
    for i, token in enumerate(tokens[:-1]):
        if i and token.text in lexicon.joints:
            behind = tokens[i + 1 :]
            end = next((j for j, t in enumerate(behind) if not is_nominal(t)), len(behind))
            if any(lexicon.acts(t) for t in behind[:end]):
                return i
    return len(tokens)


def until_deed(tokens: list[Token], lexicon: Lexicon) -> int:
    """How many tokens stand before what the counted noun does or undergoes (`29亩油菜` + 迎来收获期); a
    clause before 的, and what stands before any noun, is a part of it."""
    if tokens[0].tag in ("p", "v") or tokens[0].text[0] in lexicon.passives:
        return len(tokens)
    of = max((i for i, t in enumerate(tokens) if t.text == "的"), default=0)
    noun = next((i for i, t in enumerate(tokens) if i >= of and t.tag[:1] == "n"), len(tokens))
    deed = next((i for i in range(noun + 1, len(tokens)) if _is_deed(tokens, i)), len(tokens))
    while deed > 1 and tokens[deed - 1].tag in ("a", "ad"):
        deed -= 1  # 利刃疯狂 + 拒捕
    return deed


def _is_deed(tokens: list[Token], i: int) -> bool:
    """Whether a word begins what a noun does; a verb is within a noun where a deed of its own follows
    (`物资保供企业` + 主动对接)."""
    if tokens[i].tag == "d":
        return True
    within = any(t.tag in ("d", "ad", "p") for t in tokens[i + 2 :]) and tokens[i + 1].tag[:1] == "n"
    return tokens[i].tag == "v" and not within


def until_owned(tokens: list[Token], lexicon: Lexicon) -> int:
    """How many tokens stand before what belongs to the counted noun (`15个省份` + 的选手); a clause or a
    quality before 的 is no owner."""
    of = next((i for i, t in enumerate(tokens) if t.text == "的"), 0)
    body = next((i for i in range(of - 1) if lexicon.ends_body(tokens[i])), of)
    if body < of and tokens[body + 1].tag in ("v", "d", "ad"):
        return body + 1  # 9家博物馆 + 联合举办的展览
    named = any(t.tag[:1] in "nj" for t in tokens[:of])
    owner = named and all(t.tag[:1] in "nsjf" or t.text in "和与及、" for t in tokens[:of])
    last = tokens[of - 1].text
    quality = (len(last) > 2 and last[-1] in lexicon.qualities) or last in lexicon.fates
    return of if owner and not quality else len(tokens)


def without_measure(tokens: list[Token]) -> int:
    """How many words of a noun phrase stand before the measure at its end (`水库` + 蓄水总量)."""
    last = len(tokens) - 1
    while last > 1 and tokens[last - 1].tag in ("v", "vn", "a", "b"):
        last -= 1
    return last
