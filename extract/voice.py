"""How a command speaks: results on standard output, everything else on the other one, and both in a log."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, TextIO

import click

from extract.terminal import line

if TYPE_CHECKING:
    from extract.batch.meter import Meter


class Voice:
    """Says things one line each; a quiet one only to its log."""

    def __init__(self, quiet: bool = False, log: TextIO | None = None) -> None:
        self._quiet, self._log = quiet, log
        self._aside: Callable[[str], object] = partial(click.echo, err=True)

    def say(self, message: str) -> None:
        """What the user wanted to know."""
        self._note(message)
        if not self._quiet:
            click.echo(line(message))

    def aside(self, message: str) -> None:
        """What the user may want to know besides."""
        self._note(message)
        if not self._quiet:
            self._aside(line(message))

    @contextmanager
    def following(self, meter: "Meter") -> Iterator[None]:
        """Shows a meter meanwhile, on a terminal."""
        if self._quiet or not sys.stderr.isatty():
            yield
            return
        from extract.batch.meter import bar

        before = self._aside
        with bar(meter) as self._aside:
            yield
        self._aside = before

    def _note(self, message: str) -> None:
        if self._log:
            now = datetime.now(UTC).isoformat(timespec="seconds")
            self._log.write(f"{now} {line(message)}\n")
            self._log.flush()
