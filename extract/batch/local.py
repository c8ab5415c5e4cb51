"""Extraction on one machine: one process, or a pool of them; the same outcomes in the same order."""

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from multiprocessing import get_context
from pathlib import Path
from traceback import extract_tb

import msgspec

from extract.batch.walk import Source
from extract.output.folder import Failure
from extract.pipeline import Extractor
from extract.records import Extraction
from extract.text.read import Article, ReadError, read

Outcome = Extraction | Failure

WORTH_A_PROCESS = 100
"""Articles that a further process must have to do: it costs about as much time to start."""


def workers_for(articles: int) -> int:
    """As many processes as the machine has processors, fewer for a small folder."""
    return max(1, min(os.cpu_count() or 1, articles // WORTH_A_PROCESS))


def run(
    extractor: Extractor, sources: Sequence[Source], *, published: date | None = None, workers: int = 1
) -> Iterator[Outcome]:
    """What becomes of each source, in order. ``published`` dates the articles that no index does."""
    if workers == 1:
        yield from (process(extractor, source, published) for source in sources)
        return
    chunk = max(1, min(64, len(sources) // (4 * workers)))
    with ProcessPoolExecutor(
        workers, mp_context=get_context("spawn"), initializer=_start, initargs=(extractor, published)
    ) as pool:
        yield from pool.map(_process, sources, chunksize=chunk)


def process(extractor: Extractor, source: Source, published: date | None = None) -> Outcome:
    """One article; whatever goes wrong with it is a failure of this article alone."""
    try:
        article = read(source.path, id=source.id, source=source.name, entry=source.entry)
    except (ReadError, OSError) as error:
        return failure(source.name, "read", error)
    return extract(extractor, article, published)


def extract(extractor: Extractor, article: Article, published: date | None = None) -> Outcome:
    """The records of an article; whatever goes wrong is a failure of this article alone."""
    try:
        return extractor.extract(article.raw, **dated(article, published).known)
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:  # a panic in an extension module is no Exception
        return failure(article.source or article.id, "extract", error)


def dated(article: Article, published: date | None) -> Article:
    """The article with a publication date, unless an index gives it one."""
    if published is None or article.published:
        return article
    return msgspec.structs.replace(article, published=published, published_from="option")


def failure(name: str, stage: str, error: BaseException) -> Failure:
    """An error as one line of ``errors.jsonl``: without the machine's paths."""
    message = f"{name}: {error.strerror}" if isinstance(error, OSError) and error.strerror else str(error)
    if stage == "extract" and (frames := extract_tb(error.__traceback__)):
        message += f" ({Path(frames[-1].filename).name}, line {frames[-1].lineno})"
    return Failure(name, stage, type(error).__name__, message)


class _Worker:
    """What a worker process keeps between articles."""

    extractor: Extractor
    published: date | None


def _start(extractor: Extractor, published: date | None) -> None:
    _Worker.extractor, _Worker.published = extractor, published


def _process(source: Source) -> Outcome:
    return process(_Worker.extractor, source, _Worker.published)
