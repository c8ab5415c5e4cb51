"""How far a run is: a bar on a terminal, a line every half minute elsewhere."""

import time
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from extract.text.read import Source

if TYPE_CHECKING:
    from extract.output.made import Made

EVERY = 30
"""Seconds between two lines."""
Tell = Callable[[str], None]


class Meter:
    """Bytes of the sources that were read, of all that there are, and articles that came of them."""

    def __init__(self, sources: Sequence[Source]) -> None:
        sizes = [size_of(source.path) for source in sources]
        self.whole = None if None in sizes else sum(filter(None, sizes))
        self.read = self.articles = 0
        self._began = time.monotonic()

    def count(self, size: int) -> None:
        """So many bytes more have been read."""
        self.read += size

    def follow(self, found: Iterable[list["Made"]], tell: Tell) -> Generator[list["Made"]]:
        """The results as they are; every now and then it is told how far they are."""
        due = self._began + EVERY
        for batch in found:
            yield batch
            self.articles += len(batch)
            if time.monotonic() >= due:
                due += EVERY
                tell(str(self))

    def __str__(self) -> str:
        seconds = time.monotonic() - self._began
        told = f"{self.articles:,} articles, {self.articles / seconds:,.0f} a second"
        if not self.whole or not self.read:
            return told
        left = seconds * (self.whole - self.read) / self.read
        return f"{told}, {self.read / self.whole:.0%} read, {_lasting(left)} left"


@contextmanager
def bar(meter: Meter) -> Iterator[Tell]:
    """Shows a meter on the terminal; what is told meanwhile stands above it."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, ProgressColumn, SpinnerColumn, Task
    from rich.text import Text

    class Said(ProgressColumn):
        """The meter in words."""

        def render(self, task: Task) -> Text:
            task.completed = meter.read
            return Text(str(meter))

    console = Console(stderr=True, highlight=False, markup=False)
    with Progress(SpinnerColumn(), BarColumn(), Said(), console=console, transient=True) as progress:
        progress.add_task("", total=meter.whole)
        yield console.print


def size_of(path: Path) -> int | None:
    """Bytes of a file, as far as they can be known."""
    try:
        return path.stat().st_size if path.is_file() else None
    except OSError:
        return None


def _lasting(seconds: float) -> str:
    """A time in the unit that says enough."""
    for name, unit in (("h", 3600), ("min", 60)):
        if seconds >= unit:
            return f"{seconds / unit:.1f} {name}"
    return f"{seconds:.0f} s"
