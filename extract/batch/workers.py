"""Processes that work off what they are dealt, and outlive neither it nor whoever deals.

One that dies costs no more than the item it worked on: what it had in hand is dealt again, one by one, and
only what kills a process when it is alone with it is given up. The kernel ends what takes too long or needs
too much.
"""

import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from multiprocessing import get_context, parent_process, resource_tracker
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from threading import Thread
from typing import Any, Generic, NamedTuple, TypeVar

T = TypeVar("T")
R = TypeVar("R")

AHEAD = 4
"""Batches for each process that are under way at most, so that one slow item keeps few results waiting."""
ATTEMPTS = 3
"""Processes in a row that may die before they are ready."""
NO_MEMORY = "needs more memory than there is"
FULL = 70
"""Exit status of a process without memory."""
READY = "ready"
TOLD = (signal.SIGINT, signal.SIGTERM)
"""What tells a process to end."""


class Limits(NamedTuple):
    """What one item may take: seconds of computing, so that a busy machine changes nothing, and MiB over what
    a process has when it is ready."""

    seconds: float | None = None
    memory: int | None = None

    def begin(self) -> None:
        """Bind this process."""
        if self.memory:
            import resource

            pages = int(Path("/proc/self/statm").read_text(encoding="utf-8").split()[0])
            most = pages * resource.getpagesize() + self.memory * 2**20
            resource.setrlimit(resource.RLIMIT_AS, (most, most))

    def died(self, status: int | None) -> "Died":
        """What ended a process with this exit status."""
        if status == -signal.SIGPROF:
            return Died("TimeLimit", f"takes more than {self.seconds:g} seconds")
        if status == FULL:
            return Died("MemoryLimit", f"needs more than {self.memory} MiB" if self.memory else NO_MEMORY)
        return Died("WorkerDied", f"ends the process that works on it (exit status {status})")


UNBOUND = Limits()


class Died(NamedTuple):
    """Stands for the result of an item that no process survives."""

    error: str
    reason: str


class WorkersError(RuntimeError):
    """Processes that cannot even start."""


class _Slot:
    """The results of a batch, as far as they are there."""

    def __init__(self, size: int) -> None:
        self.results: list[Any] = [None] * size
        self.missing = size

    def fill(self, at: int, results: Sequence[Any]) -> None:
        self.results[at : at + len(results)] = results
        self.missing -= len(results)


class _Job(NamedTuple):
    """Items of a batch, from a place in it on, and whether a process died with them before."""

    slot: _Slot
    at: int
    items: Sequence[Any]
    suspect: bool = False


class _Worker:
    """A process, and what it has in hand."""

    def __init__(self, process: BaseProcess, channel: "Connection[Any, Any]", job: _Job) -> None:
        self.process, self.channel, self.job = process, channel, job
        self.ready = False

    def end(self) -> int | None:
        """Make sure that the process is no more; its exit status."""
        self.process.kill()
        self.process.join()
        self.channel.close()
        return self.process.exitcode


class Workers(Generic[T, R]):
    """As many processes as ``count``, each started when there is something to do for it. ``work`` travels to
    each of them once, items and results go to and fro."""

    def __init__(self, work: Callable[[T], R], count: int, limits: Limits = UNBOUND) -> None:
        self._work, self._count, self._limits = work, count, limits
        self._idle: list[_Worker] = []
        self._busy: dict[Any, _Worker] = {}
        self._again: deque[_Job] = deque()
        self._stillborn = 0

    def map(self, batches: Iterable[Sequence[T]]) -> Iterator[list[R | Died]]:
        """The results of each batch, in order; a batch of nothing has none. No process is left at the end.
        Raises what an item raised, and `WorkersError`."""
        todo, under_way, more = iter(batches), deque[_Slot](), True
        try:
            while more or under_way:
                while more and len(under_way) < AHEAD * self._count and len(self._busy) < self._count:
                    more = self._take(next(todo, None), under_way)
                while under_way and not under_way[0].missing:
                    yield under_way.popleft().results
                if self._busy:
                    self._collect()
        finally:
            for worker in (*self._idle, *self._busy.values()):
                worker.end()

    def _take(self, batch: Sequence[T] | None, under_way: deque[_Slot]) -> bool:
        """Deal a batch; whether there was one."""
        if batch is not None:
            slot = _Slot(len(batch))
            under_way.append(slot)
            if batch:
                self._deal(_Job(slot, 0, batch))
        return batch is not None

    def _deal(self, job: _Job) -> None:
        """Give a job to a process that has none."""
        if not self._idle:
            with _undisturbed():
                self._begin(job)
            return
        worker = self._idle.pop()
        worker.job = job
        self._busy[worker.channel] = worker
        self._hand(worker)

    def _begin(self, job: _Job) -> None:
        """Start a process, and give it a job when it is ready."""
        context = get_context("spawn")
        here, there = context.Pipe()
        process = context.Process(target=_serve, args=(there, self._limits), daemon=True)
        process.start()
        there.close()
        here.send(self._work)
        self._busy[here] = _Worker(process, here, job)

    def _hand(self, worker: _Worker) -> None:
        try:
            worker.channel.send(worker.job.items)
        except OSError:
            self._lost(worker)

    def _collect(self) -> None:
        """Wait for a process, and take what it has done."""
        for channel in wait(list(self._busy)):
            worker = self._busy[channel]
            try:
                answer = worker.channel.recv()
            except (EOFError, OSError):
                self._lost(worker)
                continue
            if isinstance(answer, BaseException):
                raise answer
            if worker.ready:
                worker.job.slot.fill(worker.job.at, answer)
                self._free(worker)
            else:
                worker.ready, self._stillborn = True, 0
                self._hand(worker)

    def _free(self, worker: _Worker) -> None:
        del self._busy[worker.channel]
        self._idle.append(worker)
        if self._again:
            self._deal(self._again.popleft())

    def _lost(self, worker: _Worker) -> None:
        """A process has died: its items are dealt again, each alone, but for one that it was alone with
        twice."""
        del self._busy[worker.channel]
        status, job = worker.end(), worker.job
        if not worker.ready:
            self._stillborn += 1
            if self._stillborn == ATTEMPTS:
                raise WorkersError(f"processes die before they begin (exit status {status})")
            self._again.append(job)
        elif job.suspect:
            job.slot.fill(job.at, [self._limits.died(status)])
        else:
            alone = (_Job(job.slot, job.at + i, [item], True) for i, item in enumerate(job.items))
            self._again.extend(alone)
        if self._again:
            self._deal(self._again.popleft())


def _serve(channel: "Connection[Any, Any]", limits: Limits) -> None:
    """What a process does."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # typed, it goes to all; the main process decides
    signal.pthread_sigmask(signal.SIG_UNBLOCK, TOLD)
    Thread(target=_follow, daemon=True).start()
    try:
        work = channel.recv()
        limits.begin()
        channel.send(READY)
        while True:
            channel.send([_limited(work, item, limits) for item in channel.recv()])
    except EOFError:
        return
    except MemoryError:
        os._exit(FULL)
    except Exception as error:
        channel.send(error)


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Nobody is told to end while a process begins, neither this one, which would lose it, nor that
    one, which would complain."""
    resource_tracker.ensure_running()  # or its own beginning would end this
    signal.pthread_sigmask(signal.SIG_BLOCK, TOLD)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, TOLD)


def _limited(work: Callable[[Any], Any], item: Any, limits: Limits) -> Any:
    signal.setitimer(signal.ITIMER_PROF, limits.seconds or 0)
    try:
        return work(item)
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def _follow() -> None:
    """End with the main process, however that ends."""
    if main := parent_process():
        main.join()
        os._exit(1)
