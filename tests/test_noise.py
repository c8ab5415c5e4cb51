"""Noise as data: the gold articles with seeded corruptions of each kind score as they do without."""

import random
import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import cache
from html.entities import codepoint2name

import msgspec
import pytest
from opencc import OpenCC

from extract import Extractor
from extract.gold.corpus import Case, cases
from extract.gold.score import score
from extract.gold.tally import TYPES, Tallies, total
from extract.rules import Rules
from extract.text.alignment import Alignment, Edit, apply
from extract.text.noise import NoiseRule
from tests.conftest import CORPUS

FALL = 0.03
"""How much F1 may fall."""
THIN = {"spam learned": 0.06}
"""Where more is lost than a sound text would be worth: a term that the article alone betrays is cut out only
where it splits words that are known, since what a sound text repeats is never to be cut."""
CLEAN = [case for case in cases(CORPUS) if "spun" not in case.name]
Corruption = Callable[[str, random.Random, date | None], list[Edit]]

SPUN = {
    original: word
    for rule in Rules().table("noise", NoiseRule)
    if rule.kind in ("strong", "weak")
    for word, _, original in (w.partition("=") for w in reversed(rule.words))
}


BETWEEN_HAN = "(?<=[一-鿿])(?=[一-鿿])"
ANYWHERE = r"(?<=\S)(?=\S)"


def places(text: str, share: float, rng: random.Random, pattern: str) -> Iterator[int]:
    return (m.start() for m in re.finditer(pattern, text) if rng.random() < share)


def inserted(noise: str, share: float, pattern: str = BETWEEN_HAN) -> Corruption:
    def corrupt(text: str, rng: random.Random, day: date | None) -> list[Edit]:
        return [Edit(at, at, rng.choice(noise.split("|"))) for at in places(text, share, rng, pattern)]

    return corrupt


def spun(text: str, rng: random.Random, day: date | None) -> list[Edit]:
    pattern = "|".join(map(re.escape, sorted(SPUN, key=len, reverse=True)))
    return [Edit(m.start(), m.end(), SPUN[m[0]]) for m in re.finditer(pattern, text) if rng.random() < 0.9]


def traditional(text: str, rng: random.Random, day: date | None) -> list[Edit]:
    converted = OpenCC("s2t").convert(text)
    pairs = enumerate(zip(text, converted, strict=True))
    return [Edit(at, at + 1, new) for at, (old, new) in pairs if old != new]


def entities(text: str, rng: random.Random, day: date | None) -> list[Edit]:
    return [
        Edit(at, at + 1, f"&{codepoint2name.get(ord(text[at]), f'#{ord(text[at])}')};")
        for at in places(text, 0.05, rng, r"(?=\S)")
    ]


def tags(text: str, rng: random.Random, day: date | None) -> list[Edit]:
    inline = [
        "<b>",
        "</span>",
        "<a href='/2024/01/300.html' title='3'>",
        "<!-- 12个 -->",
        "<font color=#333>",
    ]
    ends = ["<br/>", "</p><p class='p3'>"]
    found = [Edit(at, at, rng.choice(inline)) for at in places(text, 0.03, rng, ANYWHERE)]
    found += [Edit(m.start(), m.end(), rng.choice(ends)) for m in re.finditer("\n", text)]
    return sorted(found)


def wrapped(text: str, rng: random.Random, day: date | None, end: str = "\n") -> list[Edit]:
    """Lines of about thirty characters."""
    found = []
    for line in re.finditer("[^\n]{40,}", text):
        at = line.start() + rng.randint(24, 36)
        while at < line.end() - 5:
            if not text[at].isspace():
                found.append(Edit(at, at, end))
            at += rng.randint(24, 36)
    return found


def hyphenated(text: str, rng: random.Random, day: date | None) -> list[Edit]:
    """The same, with a hyphen where a line breaks off between two characters."""
    han = re.compile(BETWEEN_HAN)
    return [edit for edit in wrapped(text, rng, day, "-\n") if han.match(text, edit.start)]


def spaced(text: str, rng: random.Random, day: date | None) -> list[Edit]:
    """A space after each letter, three between words."""
    found = [Edit(at, at, " ") for at in places(text, 1, rng, ANYWHERE)]
    return sorted(found + [Edit(m.start(), m.end(), "   ") for m in re.finditer(" ", text)])


def lost(text: str, rng: random.Random, day: date | None) -> list[Edit]:
    """Days about the publication without the sign of their month."""
    if day is None:
        return []
    near = [day - timedelta(days) for days in range(3)]
    found = (m for d in near for m in re.finditer(f"(?<![年\\d]){d.month}月{d.day}日", text))
    return sorted(Edit(m.start(), m.end(), m[0].replace("月", "")) for m in found if len(m[0]) > 4)


CORRUPTIONS: dict[str, Corruption] = {
    "traditional": traditional,
    "spun": spun,
    "spam": inserted("包养网|甜心花园", 0.01),
    "spam learned": inserted("星夜聊聊吧", 0.02),
    "pinyin": inserted("(fā)|(huì)|（lǜ）|(de)|(nián)", 0.06, "(?<=[一-鿿])"),
    "entities": entities,
    "tags": tags,
    "invisible": inserted("\u200b|\ufeff|\xad|\x07|\u200e", 0.06, ANYWHERE),
    "line breaks": wrapped,
    "hyphens": hyphenated,
    "spaces": inserted(" ", 0.06),
    "spaced letters": spaced,
    "lost digits": lost,
}


def reference(case: Case) -> date | None:
    return date.fromisoformat(case.gold.reference_date) if case.gold.reference_date else None


def corrupted(case: Case, corruption: Corruption, rng: random.Random) -> Case:
    """The case with a corrupted text, and its gold places where they have moved to."""
    edits = corruption(case.article.raw, rng, reference(case))
    alignment = Alignment(edits)
    moved = {
        group: tuple((alignment.edited(start), alignment.edited(end - 1) + 1) for start, end in found)
        for group, found in case.places.items()
    }
    article = msgspec.structs.replace(case.article, raw=apply(case.article.raw, edits))
    return msgspec.structs.replace(case, article=article, places=moved)


def judged(extractor: Extractor, found: list[Case]) -> Tallies:
    return total(score(c, extractor.extract(c.article.raw, published=reference(c))) for c in found)


@cache
def clean_figures() -> dict[str, float]:
    tallies = judged(Extractor(), CLEAN)
    return {group: tallies[group].figures().f1 for group in TYPES}


def noisy_figures(extractor: Extractor, kind: str) -> dict[str, float]:
    rng = random.Random(kind)
    tallies = judged(extractor, [corrupted(case, CORRUPTIONS[kind], rng) for case in CLEAN])
    return {group: tallies[group].figures().f1 for group in TYPES}


@pytest.mark.parametrize("kind", CORRUPTIONS)
def test_noise_costs_little(extractor: Extractor, kind: str) -> None:
    noisy = noisy_figures(extractor, kind)
    falls = {group: round(before - noisy[group], 3) for group, before in clean_figures().items()}
    assert max(falls.values()) <= THIN.get(kind, FALL), falls


def test_a_clean_corpus_gets_no_repair(extractor: Extractor) -> None:
    repaired = {
        case.name: warning.message
        for case in CLEAN
        for warning in extractor.extract(case.article.raw, published=reference(case)).warnings
        if warning.code == "repaired"
    }
    assert repaired == {}
