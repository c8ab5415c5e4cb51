"""Judges what was found in an article by its gold records."""

from collections.abc import Mapping, Sequence
from typing import Any

from msgspec.structs import replace

from extract.gold import judge
from extract.gold.corpus import PLACED, Case, GoldOfficial, Key, Place, key_of
from extract.gold.fields import verdict
from extract.gold.tally import GROUPS, Judged, Tallies, Tally
from extract.records import Extraction, Official

LINKS = ("part_of", "same_as", "metric")
"""Fields that name another record of the article."""
STOPS = "。！？\n"


def score(case: Case, extraction: Extraction | None) -> Tallies:
    """Judge one article; ``None`` is one that failed: everything in it is missed."""
    tallies = {group: Tally() for group in GROUPS}
    keys: dict[str, Key] = {}
    for group in PLACED:
        found: Sequence[Any] = getattr(extraction, group) if extraction else ()
        _score_placed(case, group, found, keys, tallies[group])
    _score_officials(case, extraction.officials if extraction else (), tallies)
    return tallies


def _score_placed(case: Case, group: str, found: Sequence[Any], keys: dict[str, Key], tally: Tally) -> None:
    """Judge the records that stand at one place each; ``keys`` learns the gold record of each found id."""
    golds, places = getattr(case.gold, group), case.places[group]
    spans = [(record.span.start, record.span.end) for record in found]
    partner = dict(match(places, spans))
    keys.update((found[j].id, golds[i].key) for i, j in partner.items())
    for i, (gold, place) in enumerate(zip(golds, places, strict=True)):
        if not gold.optional:
            record = _linked(found[partner[i]], keys) if i in partner else None
            tally.judged(gold.key, Judged(sentence(case.article.raw, place[0]), verdict(group, gold, record)))
    optional = [place for gold, place in zip(golds, places, strict=True) if gold.optional]
    excused = {j for i, j in partner.items() if golds[i].optional}
    unmatched = set(range(len(found))) - set(partner.values())
    excused |= {j for j in unmatched if any(overlap(place, spans[j]) for place in optional)}
    tally.found += len(found) - len(excused)
    for j in sorted(unmatched - excused):
        key = f"{found[j].span.text}@{spans[j][0]}"
        tally.surplus(key, sentence(case.article.raw, spans[j][0]), found[j])


def _linked(record: Any, keys: Mapping[str, Key]) -> Any:
    """A found record that names others by their keys in the gold."""
    links = {name: getattr(record, name, None) for name in LINKS}
    return replace(record, **{name: keys.get(id, id) for name, id in links.items() if id})


def _score_officials(case: Case, found: Sequence[Official], tallies: Tallies) -> None:
    optional = {gold.name for gold in case.gold.officials if gold.optional}
    found = [record for record in found if record.name not in optional]
    tallies["officials"].found = len(found)
    tallies["posts"].found = sum(len(record.posts) for record in found)
    by_name = {record.name: record for record in found}
    for gold in case.gold.officials:
        if not gold.optional:
            _score_official(case, gold, by_name.pop(gold.name, None), tallies)
    for name, record in by_name.items():
        tallies["officials"].surplus(name, _introduction(case, name, record), record)


def _score_official(case: Case, gold: GoldOfficial, found: Official | None, tallies: Tallies) -> None:
    where = _introduction(case, gold.name, found)
    person = _mentioned(found, case.article.raw) if found else None
    tallies["officials"].judged(gold.name, Judged(where, verdict("officials", gold, person)))
    posts, surplus = judge.posts(gold.posts, found.posts if found else ())
    for wanted, post in zip(gold.posts, posts, strict=True):
        tallies["posts"].judged(f"{gold.name}: {wanted}", Judged(where, verdict("posts", wanted, post)))
    for post in surplus:
        tallies["posts"].surplus(f"{gold.name}: {post.organization or ''}{post.title}", where, post)


def _mentioned(found: Official, text: str) -> Any:
    """A found official whose mentions are keys, as in the gold."""
    return replace(found, mentions=tuple(key_of(text, span.start, span.end) for span in found.mentions))


def _introduction(case: Case, name: str, found: Official | None) -> str:
    """The sentence that gives a person the first post, else the one that names the person first."""
    at = found.posts[0].span.start if found and found.posts else case.article.raw.find(name)
    return sentence(case.article.raw, at) if at >= 0 else ""


def sentence(text: str, at: int) -> str:
    """The sentence around a place."""
    start = max(text.rfind(stop, 0, at) for stop in STOPS) + 1
    ends = [end for stop in STOPS if (end := text.find(stop, at)) >= 0]
    return text[start : min(ends, default=len(text)) + 1].strip()


def match(golds: Sequence[Place], found: Sequence[Place]) -> list[tuple[int, int]]:
    """Pairs of gold and found places, one to one, those that overlap most first."""
    candidates = (
        (shared, -abs(f[0] - g[0]), i, j)
        for i, g in enumerate(golds)
        for j, f in enumerate(found)
        if (shared := overlap(g, f))
    )
    taken_gold: set[int] = set()
    taken_found: set[int] = set()
    pairs = []
    for _, _, i, j in sorted(candidates, reverse=True):
        if i not in taken_gold and j not in taken_found:
            taken_gold.add(i)
            taken_found.add(j)
            pairs.append((i, j))
    return pairs


def overlap(a: Place, b: Place) -> int:
    """How many characters two places share."""
    return max(0, min(a[1], b[1]) - max(a[0], b[0]))
