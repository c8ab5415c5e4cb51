"""Many articles of a caller's own, by one process or several."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any

from extract.batch.run import BATCH
from extract.batch.workers import Died, Workers
from extract.pipeline import Extractor
from extract.records import Extraction

Given = str | Mapping[str, Any]
"""An article: its text, or a mapping of ``text`` and what else is known of it."""


@dataclass(frozen=True)
class Work:
    """What a worker does: records travel without their texts, which are put beside them again."""

    extractor: Extractor

    def __call__(self, given: Given) -> Extraction:
        """The extraction of an article."""
        return self.extractor.extract(**_known(given))


def many(extractor: Extractor, articles: Iterable[Given], workers: int) -> Iterator[Extraction]:
    """The extractions in order; see `Extractor.extract_many`."""
    work = Work(extractor)
    if not workers:
        yield from map(work, articles)
        return
    dealt: list[Given] = []
    number = 0
    for results in Workers[Given, Extraction](work, workers).map(_noting(articles, dealt)):
        for result, given in zip(results, dealt, strict=False):
            number += 1
            if isinstance(result, Died):
                raise RuntimeError(f"article {number}: {result.reason}")
            yield result.with_text(_known(given)["text"])
        del dealt[: len(results)]


def _noting(articles: Iterable[Given], dealt: list[Given]) -> Iterator[list[Given]]:
    """Batches; what is in them is noted until it comes back."""
    rest = iter(articles)
    while batch := list(islice(rest, BATCH)):
        dealt += batch
        yield batch


def _known(given: Given) -> dict[str, Any]:
    return {"text": given} if isinstance(given, str) else dict(given)
