"""Word segmentation with parts of speech: jieba's algorithm and dictionary, with the project's words."""

import logging
from collections.abc import Iterable
from typing import Literal, Protocol, get_args

from msgspec import Struct

Engine = Literal["rjieba", "jieba"]


class Token(Struct, frozen=True, gc=False):
    """A word, its place in the text and its part of speech (jieba's tags: ``n`` noun, ``v`` verb, ...)."""

    start: int
    end: int
    text: str
    tag: str


class Segmenter(Protocol):
    """Cuts a text into tokens that cover it."""

    def tokens(self, text: str, offset: int = 0, guess: bool = True) -> list[Token]:
        """The text's words; ``guess``: also those that no dictionary has (names)."""
        ...

    def has(self, word: str) -> bool:
        """Whether the dictionary has the word; tokens may also be guesses."""
        ...


class RustSegmenter:
    """The default: jieba's algorithm and dictionary in Rust."""

    def __init__(self, words: Iterable[tuple[str, str]]) -> None:
        from rjieba import Jieba

        self._jieba = Jieba()
        self._tags = dict(words)  # the engine keeps the tags of words that it knew
        for word, tag in self._tags.items():
            self._jieba.add_word(word, None, tag)

    def tokens(self, text: str, offset: int = 0, guess: bool = True) -> list[Token]:
        tokens, at = [], offset
        tags = self._tags
        for word, tag in self._jieba.tag(text, guess):
            end = at + len(word)
            tokens.append(Token(at, end, word, tags.get(word, tag)))
            at = end
        return tokens

    def has(self, word: str) -> bool:
        return bool(self._jieba.has_word(word))


class ReferenceSegmenter:
    """jieba itself, with a tokenizer of its own: what the default is held against."""

    def __init__(self, words: Iterable[tuple[str, str]]) -> None:
        import jieba
        import jieba.posseg

        jieba.setLogLevel(logging.WARNING)
        self._jieba = jieba.Tokenizer()
        self._tags = jieba.posseg.POSTokenizer(self._jieba).word_tag_tab
        self._jieba.initialize()
        for word, tag in words:
            self._jieba.add_word(word, None, tag)
            self._tags[word] = tag

    def tokens(self, text: str, offset: int = 0, guess: bool = True) -> list[Token]:
        return [
            Token(offset + start, offset + end, word, self._tags.get(word, "x"))
            for word, start, end in self._jieba.tokenize(text, HMM=guess)
        ]

    def has(self, word: str) -> bool:
        return bool(self._jieba.FREQ.get(word))


def segmenter(engine: Engine, words: Iterable[str]) -> Segmenter:
    """The engine of that name, with the words (``word`` or ``word tag`` each) added to its dictionary. Raises
    `ValueError` where there is none of that name."""
    pairs = [(parts[0], parts[1] if len(parts) > 1 else "n") for parts in map(str.split, words)]
    if engine not in get_args(Engine):
        raise ValueError(f"no segmenter {engine!r}: {' or '.join(get_args(Engine))}")
    return RustSegmenter(pairs) if engine == "rjieba" else ReferenceSegmenter(pairs)
