"""Where the source of the news begins, when a headline without a stop runs into it."""

from extract.metrics.lexicon import Lexicon
from extract.metrics.phrases import is_nominal
from extract.metrics.sentence import Sentence
from extract.text.segment import Token

PROPER = ("ns", "nt")


def until_source(sentence: Sentence, tokens: list[Token], lexicon: Lexicon) -> int:
    """How many tokens after a number stand before who tells it (`…3亿件` + `邮政局数据显示`)."""
    for i, token in enumerate(tokens):
        after = token.end - sentence.start
        body = is_nominal(token) and lexicon.agents.end(token.text)
        if body and lexicon.told.match(sentence.masked, after):
            return _owner(tokens[:i], lexicon)
        told = tokens[i + 1 : i + 2]
        if token.text in lexicon.fates and told and told[0].tag in PROPER:  # …3万人断电 + 甲国…
            return i + 1
        if lexicon.quoted.match(sentence.masked, token.start - sentence.start):
            return i
    return len(tokens)


def _owner(tokens: list[Token], lexicon: Lexicon) -> int:
    """Where the name of a body begins that ends behind the tokens: at its place, else at the first noun."""
    first = len(tokens)
    while first and is_nominal(tokens[first - 1]):
        first -= 1
    places = (i for i, t in enumerate(tokens) if i >= first and (t.tag == "ns" or t.text in lexicon.places))
    return next(places, first)
