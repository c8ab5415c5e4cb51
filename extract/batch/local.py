"""Extraction on one machine: one process, or a pool of them; the same results in the same order.

Articles stream through: of a file with a million of them a few are in memory at a time.
"""

import os
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from datetime import date
from multiprocessing import get_context
from pathlib import Path
from traceback import extract_tb
from typing import NamedTuple

import msgspec

from extract.output.piece import Failure, Outcome, Piece, Result, piece
from extract.output.sink import DEFAULT
from extract.pipeline import Extractor
from extract.records import Extraction
from extract.text.containers import articles, holds_many
from extract.text.decode import ReadError
from extract.text.read import Article, Source

Work = Source | Article | Failure
"""What a process is given: a file that holds one article, or what the main process read from others."""

WORTH_A_PROCESS = 100
"""Articles that a further process must have to do: it costs about as much time to start."""
TYPICAL = 4_000
"""Bytes of an article in a file of many, packed or not: no more than a guess of how many there are."""
BATCH = 64
"""Articles that go to a process at once, fewer where they are long."""
LONG = 1_000_000
"""Characters that make a batch full."""


def workers_for(sources: Sequence[Source]) -> int:
    """As many processes as the machine has processors, fewer for a few articles."""
    count = sum(_size(source) // TYPICAL if holds_many(source) else 1 for source in sources)
    return max(1, min(os.cpu_count() or 1, count // WORTH_A_PROCESS))


def total(sources: Sequence[Source]) -> int | None:
    """How many articles there will be; ``None`` where only reading them tells."""
    return len(sources) if _single(sources) else None


class Task(NamedTuple):
    """What is done with each article. ``published`` dates those that nothing else does; ``forms`` are those
    that the results are written in."""

    extractor: Extractor
    published: date | None = None
    forms: tuple[str, ...] = DEFAULT

    def __call__(self, work: Work) -> Piece:
        """What the files need of an article."""
        return piece(process(self.extractor, work, self.published), self.forms)


def run(task: Task, sources: Sequence[Source], *, workers: int = 1) -> Iterator[Piece]:
    """What becomes of each article, in order."""
    if workers == 1:
        yield from (task(work) for work in _work(sources))
        return
    batch = max(1, min(BATCH, len(sources) // (4 * workers))) if _single(sources) else BATCH
    with ProcessPoolExecutor(
        workers, mp_context=get_context("spawn"), initializer=_start, initargs=(task,)
    ) as pool:
        under_way: deque[Future[list[Piece]]] = deque()
        for works in _batches(_work(sources), batch):
            under_way.append(pool.submit(_process, works))
            if len(under_way) > 2 * workers:
                yield from under_way.popleft().result()
        while under_way:
            yield from under_way.popleft().result()


def process(extractor: Extractor, work: Work, published: date | None = None) -> Result:
    """One article; whatever goes wrong with it is a failure of this article alone."""
    if isinstance(work, Source):
        work = next(_read(work))
    if isinstance(work, Failure):
        return Result(work)
    outcome = extract(extractor, work, published)
    return Result(outcome, work.raw if work.kept and not isinstance(outcome, Failure) else None)


def _work(sources: Iterable[Source]) -> Iterator[Work]:
    """Files of one article as they are, since processes can read them; the articles of all others."""
    for source in sources:
        if holds_many(source) or str(source.path) == "-":
            yield from _read(source)
        else:
            yield source


def _read(source: Source) -> Iterator[Article | Failure]:
    """The articles of a file. An error that nobody has foreseen ends this file alone."""
    try:
        for found in articles(source):
            yield found if isinstance(found, Article) else _refused(source, found)
    except Exception as error:
        yield failure(source.name, "read", error)


def _refused(source: Source, error: ReadError) -> Failure:
    return failure(f"{source.name}: {error.place}" if error.place else source.name, "read", error)


def _batches(works: Iterable[Work], size: int) -> Iterator[list[Work]]:
    batch: list[Work] = []
    weight = 0
    for work in works:
        batch.append(work)
        weight += len(work.raw) if isinstance(work, Article) else 0
        if len(batch) == size or weight > LONG:
            yield batch
            batch, weight = [], 0
    if batch:
        yield batch


def _single(sources: Sequence[Source]) -> bool:
    return not any(map(holds_many, sources))


def _size(source: Source) -> int:
    try:
        return source.path.stat().st_size
    except OSError:
        return 0


def extract(extractor: Extractor, article: Article, published: date | None = None) -> Outcome:
    """The records of an article; whatever goes wrong is a failure of this article alone."""
    try:
        found = extractor.extract(article.raw, **dated(article, published).known)
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:  # a panic in an extension module is no Exception
        return failure(article.source or article.id, "extract", error)
    return noted(found, article)


def noted(extraction: Extraction, article: Article) -> Extraction:
    """The extraction, with what reading the article had to warn of."""
    if not article.warnings:
        return extraction
    return msgspec.structs.replace(extraction, warnings=(*article.warnings, *extraction.warnings))


def dated(article: Article, published: date | None) -> Article:
    """The article with a publication date, over what its own page says, unless an index gives it one."""
    if published is None or article.published_from == "index":
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

    task: Task


def _start(task: Task) -> None:
    _Worker.task = task


def _process(works: list[Work]) -> list[Piece]:
    return [_Worker.task(work) for work in works]
