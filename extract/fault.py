"""What an error of the program costs: one candidate and a warning, never the article."""

from collections.abc import Callable, Iterable
from pathlib import Path
from traceback import extract_tb
from types import TracebackType
from typing import ParamSpec, TypeVar

from extract.mentions import Caution, Dropped, Mention

M = TypeVar("M", bound=Mention)
P = ParamSpec("P")
T = TypeVar("T")


class Fault(Dropped, frozen=True, kw_only=True):
    """A candidate that an error took; ``rule`` is the rule, or the stage, that was at work. One without
    extent is a stage that failed as a whole."""

    @property
    def caution(self) -> Caution:
        """The warning of it."""
        place = (self.start, self.end) if self.end else (None, None)
        return Caution("fault", f"left out by an error in {self.rule}: {self.reason}", *place)


class isolated:
    """A block whose error is a `Fault` among the dropped; what comes after it goes on. What stops the
    program as such (an interrupt, no more memory) goes through."""

    __slots__ = ("_dropped", "_end", "_rule", "_start")

    def __init__(self, dropped: list[Dropped], rule: str, start: int = 0, end: int = 0) -> None:
        self._dropped, self._rule, self._start, self._end = dropped, rule, start, end

    def __enter__(self) -> None:
        pass

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool:
        if not isinstance(error, Exception) or isinstance(error, MemoryError):
            return False
        place = extract_tb(trace)[-1]
        reason = f"{type(error).__name__}: {error} ({Path(place.filename).name}, line {place.lineno})"
        self._dropped.append(Fault(start=self._start, end=self._end, rule=self._rule, reason=reason))
        return True


def attempt(
    dropped: list[Dropped], stage: str, find: Callable[P, T], *args: P.args, **known: P.kwargs
) -> T | None:
    """What a stage finds; nothing where all of it fails."""
    with isolated(dropped, stage):
        return find(*args, **known)
    return None


def clear(mentions: Iterable[M], dropped: Iterable[Dropped]) -> list[M]:
    """The mentions that begin within no fault: what an error left open of the others would be guessed."""
    faults = [d for d in dropped if isinstance(d, Fault)]
    return [m for m in mentions if not faults or not any(f.start <= m.start < f.end for f in faults)]
