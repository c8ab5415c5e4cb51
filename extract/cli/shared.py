"""What several commands do first: rules and articles are read, and what is wrong with them is told."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from extract.terminal import line, visible
from extract.unusable import Unusable
from extract.voice import Voice

if TYPE_CHECKING:
    from extract.batch.walk import Choice, Walk
    from extract.pipeline import Extractor
    from extract.rules import Rules
    from extract.text.read import Source


@contextmanager
def usage_errors() -> Iterator[None]:
    """Errors in what the user gave (rules, index, gold) are wrong usage, with their message as it is."""
    try:
        yield
    except BrokenPipeError:
        raise  # whoever read the output has enough: no error of the user's
    except (Unusable, OSError) as error:
        raise click.UsageError(visible(str(error))) from error


def rules_of(folders: Iterable[Path]) -> "Rules":
    from extract.rules import Rules

    with usage_errors():
        return Rules(folders)


def extractor_of(folders: Iterable[Path], segmenter: str = "rjieba", repair: bool = True) -> "Extractor":
    from extract.pipeline import Extractor

    with usage_errors():
        return Extractor(folders, segmenter=segmenter, repair=repair)  # type: ignore[arg-type]  # by click


def walked(places: Sequence[Path], choice: "Choice", voice: Voice | None = None) -> "Walk":
    """What places hold; what a user may not know of it goes to standard error."""
    from extract.batch.walk import gather

    with usage_errors():
        found = gather(places, choice)
    for oddity in found.oddities:
        (voice or Voice()).aside(oddity)
    if not found.sources:
        raise click.UsageError(line(f"{', '.join(map(str, places))}: no articles there"))
    return found


def sources_of(places: Sequence[Path], choice: "Choice") -> "list[Source]":
    return walked(places, choice).sources
