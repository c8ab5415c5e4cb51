"""The words of a stretch, with what the segmenter glues or parts wrongly in names put right."""

from collections.abc import Iterator

from extract.metrics.lexicon import Lexicon
from extract.text.document import Document
from extract.text.segment import Token

TOTAL, AMID = "共", "中"
AFTER_NOUNS = {"为": "p", "达": "v", "已": "d", "于": "p"}
"""Copulas and adverbs, and their tags."""


def cut(document: Document, start: int, end: int, lexicon: Lexicon) -> list[Token]:
    """The words of the text from ``start`` to ``end``."""
    tokens = document.cut(start, end)
    hard = set(lexicon.hard.findall(document.text, start, end))
    if hard - {TOTAL, AMID}:
        tokens = list(_unguessed(document, tokens, lexicon))
    if TOTAL in hard:
        tokens = list(_parted(tokens, lexicon))
    if AMID in hard:
        opens = start == 0 or not document.text[start - 1].isalnum()
        tokens = list(_joined(tokens, lexicon, opens))
    return tokens


def _unguessed(document: Document, tokens: list[Token], lexicon: Lexicon) -> Iterator[Token]:
    """`销售 + 率为`, `房已 + 开工`: a guessed word that ends in a copula or an adverb is a noun and that, or
    the end of the word before it and that (`清 + 单已`)."""
    for i, token in enumerate(tokens):
        noun, last = token.text[:-1], tokens[i - 1] if i else None
        following = tokens[i + 1] if i + 1 < len(tokens) else None
        if noun and token.text[-1] in AFTER_NOUNS and not document.knows(token.text):
            begun = last is not None and document.knows(last.text + noun)
            if not begun:
                yield Token(token.start, token.end - 1, noun, "n")
            yield Token(token.end - 1, token.end, token.text[-1], AFTER_NOUNS[token.text[-1]])
        elif last and token.text in lexicon.deedlike and _ends_phrase(token, last, following):
            yield Token(token.start, token.end, token.text, "n")
        elif following and _begins(document, token, following):
            yield Token(token.start, following.end - 1, token.text + following.text[:-1], "n")
        else:
            yield token


def _begins(document: Document, token: Token, guessed: Token) -> bool:
    """Whether a token is the first piece of a word whose end was glued to a copula or an adverb."""
    end = guessed.text[:-1]
    glued = end and guessed.text[-1] in AFTER_NOUNS and not document.knows(guessed.text)
    return bool(glued) and document.knows(token.text + end)


def _ends_phrase(token: Token, last: Token, following: Token | None) -> bool:
    """Whether a word taken for a verb is the last of a noun phrase (`国际 + 组织`)."""
    return token.tag == "v" and last.tag[:1] == "n" and (following is None or following.tag == "x")


def _parted(tokens: list[Token], lexicon: Lexicon) -> Iterator[Token]:
    """`青石 + 县共`, `共向 + 我方`, `共设`, `大赛 + 中共` before a verb: 共 is an adverb of its own."""
    for i, token in enumerate(tokens):
        first, last = token.text[:1], token.text[1:]
        region = last == TOTAL and first in lexicon.places
        amid = last == TOTAL and first == AMID and i > 0 and _is_verb(tokens[i + 1 : i + 2])
        receives = first == TOTAL and last in lexicon.receivers
        holds = first == TOTAL and last in lexicon.glued_verbs and token.text not in lexicon.empty
        if receives or holds:
            yield Token(token.start, token.start + 1, first, "d")
            yield Token(token.start + 1, token.end, last, "p" if receives else "v")
        elif region or amid:
            yield Token(token.start, token.start + 1, first, "n" if region else "f")
            yield Token(token.start + 1, token.end, last, "d")
        else:
            yield token


def _joined(tokens: list[Token], lexicon: Lexicon, opens: bool) -> Iterator[Token]:
    """`中风险地区` at the head of a clause: 中 is a degree, it follows nothing that it could be within."""
    i = 0
    while i < len(tokens):
        token, following = tokens[i], tokens[i + 1 : i + 2]
        head = opens if i == 0 else tokens[i - 1].text in lexicon.scopes
        if token.text == AMID and head and following and following[0].tag[:1] == "n":
            yield Token(token.start, following[0].end, AMID + following[0].text, "n")
            i += 1
        else:
            yield token
        i += 1


def _is_verb(tokens: list[Token]) -> bool:
    return bool(tokens) and tokens[0].tag[:1] == "v"
