"""Rules with one entry more or fewer, to see what it does."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from extract.rulefile import PROSE, Raw
from extract.rules import Rules, Written

SIGNS = frozenset("\\[](){}?*+|^$.")
"""Characters that patterns are told by."""


class ListWord(NamedTuple):
    """A word of a list of a rule."""

    stem: str
    rule: str
    key: str
    word: str


class ListEdit(NamedTuple):
    """Words that are put into a list of a rule, or taken out of it."""

    stem: str
    rule: str
    key: str
    words: tuple[str, ...]
    add: bool

    def __str__(self) -> str:
        words = ", ".join(map(repr, self.words))
        return f"{'add' if self.add else 'take out'} {words}: {self.rule}, {self.key} ({self.stem}.toml)"


class Edited(Rules):
    """The rules of others with an edit. They are read once, and shared."""

    def __init__(self, rules: Rules, edit: ListEdit) -> None:
        super().__init__(rules.folders[1:])
        self._sources = rules._sources
        self._edit = edit

    def written(self, stem: str) -> dict[str, Written]:
        """The rules of a file, one of them edited."""
        rules = super().written(stem)
        edit = self._edit
        if stem == edit.stem:
            rule = rules[edit.rule]
            rules[edit.rule] = rule._replace(raw=rule.raw | {edit.key: _edited(rule.raw[edit.key], edit)})
        return rules


def entries(rules: Rules, stems: Iterable[str] | None = None) -> Iterator[ListWord]:
    """Every word of every list of the rules, those of all files or of some."""
    for stem in rules.stems() if stems is None else stems:
        for id, written in rules.written(stem).items():
            for key, value in lists(written.raw).items():
                yield from (ListWord(stem, id, key, word) for word in words(value))


def lists(raw: Raw) -> Mapping[str, Any]:
    """The lists and tables of words of a rule, by key."""
    return {
        key: value
        for key, value in raw.items()
        if isinstance(value, list | dict) and key not in PROSE and any(words(value))
    }


def words(value: Any) -> Iterator[str]:
    """The words of a list or table; patterns among them are none."""
    return (word for word in map(_word, value) if word and SIGNS.isdisjoint(word))


def _word(entry: Any) -> str:
    """The word of an entry: a text, the left one of a pair, or what a table calls ``text``."""
    text = entry.get("text", "") if isinstance(entry, dict) else entry
    return text.partition("=")[0] if isinstance(text, str) else ""


def _edited(value: Any, edit: ListEdit) -> Any:
    if isinstance(value, dict):
        return {word: worth for word, worth in value.items() if edit.add or word not in edit.words}
    kept = [entry for entry in value if edit.add or _word(entry) not in edit.words]
    known = set(map(_word, value))
    return [*kept, *(word for word in edit.words if edit.add and word not in known)]
