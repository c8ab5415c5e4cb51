"""Where two runs come from: two folders of results, or one folder of articles and two sets of rules."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from extract.batch.local import extract
from extract.output.piece import Failure
from extract.output.results import results
from extract.pipeline import Extractor
from extract.records import Extraction
from extract.text.containers import articles
from extract.text.decode import ReadError
from extract.text.read import Source


class Pair(NamedTuple):
    """What two runs found in an article; ``None`` where a run does not have it."""

    article: str
    before: Extraction | None
    after: Extraction | None


def of_results(before: Path, after: Path) -> Iterator[Pair]:
    """The articles of two folders of results, in the order of their names."""
    old = {extraction.article.id: extraction for extraction in results(before)}
    for extraction in results(after):
        yield Pair(extraction.article.id, old.pop(extraction.article.id, None), extraction)
    for id, extraction in old.items():
        yield Pair(id, extraction, None)


def of_rules(sources: Iterable[Source], before: Extractor, after: Extractor) -> Iterator[Pair]:
    """The articles of a folder, by two extractors; those that cannot be read are left out."""
    for source in sources:
        for article in articles(source):
            if isinstance(article, ReadError):
                continue
            pair = (extract(extractor, article, None) for extractor in (before, after))
            told = (None if isinstance(found, Failure) else found.with_text(article.raw) for found in pair)
            yield Pair(article.id, *told)
