"""Extraction on one machine: in this process, or by several workers; the same results in the same order.

Articles stream through: of a file with a million of them a few are in memory at a time.
"""

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import NamedTuple

from extract.batch.local import Task
from extract.batch.meter import size_of
from extract.batch.unit import Unit
from extract.batch.workers import NO_MEMORY, UNBOUND, Died, Limits, Workers
from extract.output.made import Made, made
from extract.output.piece import Failure, Result, piece
from extract.text.containers import holds_many
from extract.text.read import Source

WORTH_A_WORKER = 100
"""Articles that a further worker must have to do: it costs about as much time to start."""
TYPICAL = 4_000
"""Bytes of an article in a file of many, packed or not: no more than a guess of how many there are."""
BATCH = 16
"""Articles that go to a worker at once, fewer where they are long or few."""
LONG = 250_000
"""Characters that make a batch full."""

Known = Callable[[str, Callable[[], bytes]], Made | None]
"""What an earlier run made of the article of that name, if it has the same digest now."""


class Force(NamedTuple):
    """Who does the work: so many workers, or this process (0), and what an article may take."""

    workers: int = 0
    limits: Limits = UNBOUND
    batch: int = BATCH
    """Articles that are dealt at once."""


ALONE = Force()


def force_for(sources: Sequence[Source], workers: int | None, limits: Limits = UNBOUND) -> Force:
    """As many workers as are wanted, else as the machine has processors: fewer for some articles, and none
    for a few without limits."""
    many = any(map(holds_many, sources))
    count = sum((size_of(s.path) or 0) // TYPICAL if holds_many(s) else 1 for s in sources)
    fit = min(os.cpu_count() or 1, count // WORTH_A_WORKER)
    workers = workers or max(fit, int(any(limits)))
    return Force(workers, limits, BATCH if many else max(1, min(BATCH, count // (4 * max(1, workers)))))


def nothing_known(_name: str, _digest: Callable[[], bytes]) -> None:
    """There is no earlier run."""


def run(
    task: Task, todo: Iterable[Unit], force: Force = ALONE, known: Known = nothing_known
) -> Iterator[list[Made]]:
    """What becomes of articles, in order, batch by batch. Raises `OSError` where the results cannot be
    written, `WorkersError` where no worker lives."""
    dealt: deque[list[Made | Unit]] = deque()

    def new() -> Iterator[list[Unit]]:
        for batch in _batches(todo, force.batch):
            dealt.append([known(unit.name, partial(unit.digest, task.settings)) or unit for unit in batch])
            yield [unit for unit in dealt[-1] if isinstance(unit, Unit)]

    for results in _answers(task, new(), force):
        answers = iter(results)
        yield [_made(item, next(answers)) if isinstance(item, Unit) else item for item in dealt.popleft()]


def _answers(task: Task, batches: Iterable[list[Unit]], force: Force) -> Iterator[list[Made | Died]]:
    if force.workers:
        return Workers[Unit, Made](task, force.workers, force.limits).map(batches)
    return ([_here(task, unit) for unit in batch] for batch in batches)


def _here(task: Task, unit: Unit) -> Made | Died:
    try:
        return task(unit)
    except MemoryError:
        return Died("MemoryLimit", NO_MEMORY)


def _made(unit: Unit, answer: Made | Died) -> Made:
    """What was made of an article, or that no process survives it."""
    if isinstance(answer, Made):
        return answer
    failure = Failure(unit.name, "extract", answer.error, f"{unit.name}: {answer.reason}")
    return made(piece(Result(failure), ()), b"", None)


def _batches(work: Iterable[Unit], size: int) -> Iterator[list[Unit]]:
    batch: list[Unit] = []
    weight = 0
    for unit in work:
        batch.append(unit)
        weight += unit.size
        if len(batch) == size or weight > LONG:
            yield batch
            batch, weight = [], 0
    if batch:
        yield batch
