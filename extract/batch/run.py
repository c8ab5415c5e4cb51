"""Extraction on one machine: in this process, or by several workers; the same results in the same order.

Articles stream through: of a file with a million of them a few are in memory at a time.
"""

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import NamedTuple

from extract.batch.local import Task
from extract.batch.unit import Unit, units
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


ALONE = Force()


def workers_for(sources: Sequence[Source]) -> int:
    """As many workers as the machine has processors, fewer for some articles, none for a few."""
    count = sum(_size(source) // TYPICAL if holds_many(source) else 1 for source in sources)
    return min(os.cpu_count() or 1, count // WORTH_A_WORKER)


def total(sources: Sequence[Source]) -> int | None:
    """How many articles there will be; ``None`` where only reading them tells."""
    return None if any(map(holds_many, sources)) else len(sources)


def nothing_known(_name: str, _digest: Callable[[], bytes]) -> None:
    """There is no earlier run."""


def run(
    task: Task, sources: Sequence[Source], force: Force = ALONE, known: Known = nothing_known
) -> Iterator[list[Made]]:
    """What becomes of the articles, in order, batch by batch. Raises `OSError` where the results cannot be
    written, `WorkersError` where no worker lives."""
    count = total(sources)
    size = BATCH if count is None else max(1, min(BATCH, count // (4 * max(1, force.workers))))
    dealt: deque[list[Made | Unit]] = deque()

    def todo() -> Iterator[list[Unit]]:
        for batch in _batches(units(sources), size):
            dealt.append([known(unit.name, partial(unit.digest, task.settings)) or unit for unit in batch])
            yield [unit for unit in dealt[-1] if isinstance(unit, Unit)]

    for results in _answers(task, todo(), force):
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


def _size(source: Source) -> int:
    try:
        return source.path.stat().st_size
    except OSError:
        return 0
