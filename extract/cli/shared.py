"""What several commands do first: rules and articles are read, and what is wrong with them is told."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from extract.terminal import line, visible

if TYPE_CHECKING:
    from extract.batch.walk import Choice, Walk
    from extract.pipeline import Extractor
    from extract.rules import Rules
    from extract.text.read import Source


@contextmanager
def usage_errors() -> Iterator[None]:
    """Errors in what the user gave (rules, index, gold) are wrong usage, with their message as it is."""
    from extract.gold.corpus import GoldError
    from extract.output.results import ResultsError
    from extract.report.site import ReportError
    from extract.rules import RulesError
    from extract.text.decode import ReadError
    from extract.text.index import IndexFileError

    try:
        yield
    except BrokenPipeError:
        raise  # whoever read the output has enough: no error of the user's
    except (GoldError, RulesError, IndexFileError, ReadError, ReportError, ResultsError, OSError) as error:
        raise click.UsageError(visible(str(error))) from error


def rules_of(folders: Iterable[Path]) -> "Rules":
    from extract.rules import Rules

    with usage_errors():
        return Rules(folders)


def extractor_of(folders: Iterable[Path], segmenter: str = "rjieba", repair: bool = True) -> "Extractor":
    from extract.pipeline import Extractor

    with usage_errors():
        return Extractor(folders, segmenter=segmenter, repair=repair)  # type: ignore[arg-type]  # by click


def walked(input: Path, choice: "Choice") -> "Walk":
    """What a place holds; what a user may not know of it goes to standard error."""
    from extract.batch.walk import walk

    with usage_errors():
        found = walk(input, choice)
    for oddity in found.oddities:
        click.echo(line(oddity), err=True)
    if not found.sources:
        raise click.UsageError(line(f"{input}: no articles in this folder"))
    return found


def sources_of(input: Path, choice: "Choice") -> "list[Source]":
    return walked(input, choice).sources
