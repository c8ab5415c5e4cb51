"""Which rules fire on texts, which never do, how they fare on gold, and which words stand in none of them."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from extract.authors.edits import Edited, ListEdit, ListWord, entries, lists, words
from extract.compare.records import changes
from extract.confidence import Grade, Table
from extract.explain import explanations
from extract.pipeline import Extractor
from extract.records import Extraction, Metric
from extract.rulefile import PATTERNS, Raw, RulesError, meant
from extract.rules import Rules, alternation, expand
from extract.text.decode import ReadError
from extract.text.read import Source
from extract.text.script import ScriptConverter


class Fate(NamedTuple):
    """What becomes of one rule."""

    rule: str
    stem: str
    records: int
    refused: int
    """Candidates that it dropped."""
    right: Grade
    """Of the records that it found on the gold corpus."""
    words: int
    silent: tuple[str, ...]
    """Words of its lists that stand in no text."""
    matched: bool
    """Whether a pattern of it matches somewhere in the texts."""

    @property
    def fired(self) -> bool:
        """Whether anything of the rule was of use, or might have been."""
        return bool(self.records or self.refused or self.matched or self.words > len(self.silent))

    def __str__(self) -> str:
        said = [f"{self.records} records"] if self.records else []
        said += [f"{self.refused} refused"] if self.refused else []
        said += [f"{self.right.right} of {self.right.cases} right on gold"] if self.right.cases else []
        said += ["matches"] if self.matched else []
        said += ["never fired"] if not self.fired else []
        if self.words:
            silent = f", not {' '.join(self.silent)}" if self.silent else ""
            said += [f"{self.words - len(self.silent)} of {self.words} words seen{silent}"]
        return f"{self.stem}: {self.rule}: {', '.join(said)}"


class Texts(NamedTuple):
    """Texts in simplified script, with what the rules did in them."""

    raw: list[str]
    simplified: list[str]
    extractions: list[Extraction]
    records: Counter[str]
    refused: Counter[str]


def read(extractor: Extractor, sources: Iterable[Source]) -> Texts:
    """The texts of a folder, extracted. Those that cannot be read are left out."""
    texts = Texts([], [], [], Counter(), Counter())
    script = ScriptConverter(extractor.rules)
    for result in explanations(extractor, sources, None):
        if isinstance(result, ReadError) or result.extraction.text is None:
            continue
        raw = result.extraction.text
        texts.raw.append(raw)
        texts.simplified.append(script.simplify(raw, script.detect(raw)))
        texts.extractions.append(result.extraction)
        for record in result.extraction:
            texts.records[record.rule] += 1
            if isinstance(record, Metric) and record.indicator:
                texts.records[record.indicator] += 1
        texts.refused.update(refused.rule for refused in result.dropped)
    return texts


def fates(rules: Rules, texts: Texts, grades: Table) -> Iterator[Fate]:
    """Every rule in force, in the order of the files."""
    said = list(entries(rules))
    seen = _seen({entry.word for entry in said}, texts.simplified)
    of_rule: dict[str, list[str]] = {}
    for entry in said:
        of_rule.setdefault(entry.rule, []).append(entry.word)
    for stem in rules.stems():
        for id, written in rules.written(stem).items():
            own = of_rule.get(id, [])
            fate = Fate(
                id, stem, texts.records[id], texts.refused[id], _right(grades, id), len(own), (), False
            )
            fate = fate._replace(silent=tuple(word for word in own if word not in seen))
            yield fate if fate.fired else fate._replace(matched=_matches(rules, stem, written.raw, texts))


def idle(extractor: Extractor, texts: Texts, id: str) -> Iterator[tuple[ListWord, int]]:
    """The words of a rule's lists that stand in the texts, each with how many records change where it is
    taken out. Raises `RulesError` where there is no such rule."""
    rules = extractor.rules
    own = [entry for entry in entries(rules) if entry.rule == id]
    if not own:
        raise RulesError(f"no rule with words {id!r}; {meant(id, {e.rule: None for e in entries(rules)})}")
    for entry in own:
        holding = [n for n, text in enumerate(texts.simplified) if entry.word in text]
        if holding:
            edit = ListEdit(entry.stem, entry.rule, entry.key, (entry.word,), add=False)
            without = Extractor(Edited(rules, edit))
            yield entry, sum(_changed(without, texts, n) for n in holding)


def _changed(extractor: Extractor, texts: Texts, n: int) -> int:
    before = texts.extractions[n]
    published = before.article.published
    after = extractor.extract(texts.raw[n], published=published, id=before.article.id)
    return sum(1 for _ in changes(before, after))


def _right(grades: Table, id: str) -> Grade:
    of_rule = (by_rule.get(id, {}).values() for by_rule in grades.grades.values())
    return sum((grade for ways in of_rule for grade in ways), Grade())


def _matches(rules: Rules, stem: str, raw: Raw, texts: Texts) -> bool:
    """Whether a pattern of the rule stands in a text."""
    own = alternation(word for value in lists(raw).values() for word in words(value))
    pieces = rules.fragments(stem) | {"words": own}
    for key in PATTERNS:
        try:
            compiled = re.compile(expand(raw[key], pieces, stem), re.MULTILINE)
        except (KeyError, TypeError, re.error, RulesError):
            continue  # it has no such pattern, or one with a piece of another kind
        if any(map(compiled.search, texts.simplified)):
            return True
    return False


def _seen(words: set[str], texts: Iterable[str]) -> set[str]:
    """The words that stand somewhere in the texts."""
    lengths = sorted({len(word) for word in words})
    seen: set[str] = set()
    for text in texts:
        for length in lengths:
            seen.update(words.intersection(text[at : at + length] for at in range(len(text) - length + 1)))
    return seen
