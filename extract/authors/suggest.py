"""What would mend a verdict of a reader: every list of its kind is tried, with the words near and without."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from extract.authors.edits import Edited, ListEdit, lists
from extract.compare.records import changes
from extract.gold.corpus import Case
from extract.gold.review import Review, Standing, standings
from extract.gold.score import score
from extract.pipeline import Extractor
from extract.records import Extraction, Span
from extract.rulefile import RulesError
from extract.text.segment import segmenter

FILES = {
    "metrics": ("units", "numbers", "changes", "basis", "metrics", "not_metrics"),
    "dates": ("dates", "festivals", "eras"),
    "officials": ("titles", "organizations", "officials"),
}
"""Where the words of each type of record stand."""
NEAR = 16
"""Characters around the place in which words are taken."""
MOST = 6
"""Suggestions for one verdict."""


class Suggestion(NamedTuple):
    """An edit that mends a verdict, with what else it does."""

    edit: ListEdit
    gained: int
    lost: int
    """Gold records that it puts right, and that it spoils."""
    changed: int
    """Records that it changes in the user's own articles."""


class Ground(NamedTuple):
    """What edits are tried on."""

    extractor: Extractor
    gold: Sequence[Case]
    articles: Sequence[Extraction]


def unmended(reviews: Iterable[Review], ground: Ground) -> list[tuple[Standing, Extraction]]:
    """The verdicts that something is wrong or missing, and still is, each with its article."""
    found = {extraction.article.id: extraction for extraction in ground.articles}
    still = (standing for standing in standings(reviews, found) if standing.what == "still wrong")
    return [(standing, found[standing.review.article]) for standing in still]


def suggest(review: Review, of: Extraction, ground: Ground) -> list[Suggestion]:
    """The edits that mend a verdict, those first that do best on gold and touch least."""
    mending = [edit for edit in _edits(review, of, ground) if _mends(edit, review, of, ground)]
    single = [one for edit in mending for one in _single(edit) if _mends(one, review, of, ground)]
    right = [_right(case, ground.extractor) for case in ground.gold] if single else []
    tried = [_weighed(edit, ground, right) for edit in single[: 2 * MOST]]
    return sorted(tried, key=lambda s: (s.lost - s.gained, s.changed))[:MOST]


def _edits(review: Review, of: Extraction, ground: Ground) -> Iterator[ListEdit]:
    """For each list the words near that it lacks, and those that it has."""
    rules = ground.extractor.rules
    near = _near(review, of)
    for stem in FILES.get(review.type, FILES["metrics"]):
        for id, written in rules.written(stem).items():
            for key, value in lists(written.raw).items():
                known = {e.get("text") if isinstance(e, dict) else e for e in value}
                lacking = tuple(word for word in near if word not in known)
                if lacking and isinstance(value, list) and any(isinstance(e, str) for e in value):
                    yield ListEdit(stem, id, key, lacking, add=True)
                if having := tuple(word for word in near if word in known):
                    yield ListEdit(stem, id, key, having, add=False)


def _single(edit: ListEdit) -> Iterator[ListEdit]:
    return (edit._replace(words=(word,)) for word in edit.words)


def _near(review: Review, of: Extraction) -> list[str]:
    """The words around the place of a verdict, and pairs of them; single ones of its own text, too."""
    place = review.place
    text = of.text or ""
    if isinstance(place, str):
        place = (max(0, text.find(place)), max(0, text.find(place)) + len(place))
    start, end = max(0, place[0] - NEAR), place[1] + NEAR
    words = [token.text for token in segmenter("rjieba", ()).tokens(text[start:end])]
    pairs = (a + b for a, b in pairwise(words))
    own = Span(*place, text[place[0] : place[1]]).text
    return [word for word in dict.fromkeys((*words, *pairs, own)) if word.isalpha()]


def _mends(edit: ListEdit, review: Review, of: Extraction, ground: Ground) -> bool:
    try:
        extractor = _with(edit, ground)
    except RulesError:
        return False  # no list of words: the program knows what stands in it
    after = extractor.extract(of.text or "", published=of.article.published, id=of.article.id)
    return any(standing.what == "mended" for standing in standings([review], {of.article.id: after}))


def _with(edit: ListEdit, ground: Ground) -> Extractor:
    return Extractor(Edited(ground.extractor.rules, edit))


def _weighed(edit: ListEdit, ground: Ground, right: Sequence[set[tuple[str, str]]]) -> Suggestion:
    extractor = _with(edit, ground)
    gained = lost = 0
    for case, before in zip(ground.gold, right, strict=True):
        after = _right(case, extractor)
        gained, lost = gained + len(after - before), lost + len(before - after)
    changed = 0
    for old in ground.articles:
        new = extractor.extract(old.text or "", published=old.article.published, id=old.article.id)
        changed += sum(1 for _ in changes(old, new))
    return Suggestion(edit, gained, lost, changed)


def _right(case: Case, extractor: Extractor) -> set[tuple[str, str]]:
    """The gold records of an article that are found whole, less what is found too much."""
    tallies = score(case, extractor.extract(case.article.raw, **case.article.known))
    return {
        (group, key)
        for group, tally in tallies.items()
        for key, judged in tally.records.items()
        if all(check.right for check in judged.verdict.values())
    }
