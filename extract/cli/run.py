"""The command that extracts a folder."""

import os
import signal
import sys
import time
from collections.abc import Generator, Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import date
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import click

from extract.cli import options
from extract.cli.report import make_page
from extract.cli.shared import extractor_of, walked
from extract.terminal import line

if TYPE_CHECKING:
    from extract.output.made import Made
    from extract.text.read import Fields

INTERRUPTED, TERMINATED = 128 + signal.SIGINT, 128 + signal.SIGTERM
"""Exit statuses of a run that was told to end."""


@click.command()
@click.argument("input", type=options.INPUT)
@click.option(
    "-o",
    "--output",
    type=click.Path(file_okay=False, allow_dash=True, path_type=Path),
    default=Path("outputs"),
    show_default=True,
    help="Folder of the results, in place of those of the run before; - for JSON Lines on standard output.",
)
@options.to
@options.rules
@options.segmenter
@options.repair
@options.format
@options.field
@options.date_selector
@options.body_selector
@click.option("--include", multiple=True, metavar="GLOB", help="Read these files only; repeatable.")
@click.option("--exclude", multiple=True, metavar="GLOB", help="Leave these out; repeatable.")
@options.published
@click.option("--workers", type=click.IntRange(min=1), help="Processes; default: as many as pay off.")
@click.option(
    "--timeout", type=click.FloatRange(min=0.001), metavar="SECONDS", help="What an article may take."
)
@click.option("--memory", type=click.IntRange(min=1), metavar="MIB", help="What an article may need besides.")
@click.option("--fresh", is_flag=True, help="Take over nothing from earlier runs.")
@click.option("--report", "reported", is_flag=True, help="Make the page to check the facts on, too.")
def run(
    input: Path,
    output: Path,
    forms: tuple[str, ...],
    folders: tuple[Path, ...],
    segmenter: str,
    repair: bool,
    format: str | None,
    fields: "Fields",
    date_selector: str | None,
    body_selector: str | None,
    include: tuple[str, ...],
    exclude: tuple[str, ...],
    published: date | None,
    workers: int | None,
    timeout: float | None,
    memory: int | None,
    fresh: bool,
    reported: bool,
) -> None:
    """Extract the articles of a folder and below, of a file, or of standard input (-).

    Articles are text (txt, md), web pages (html, mhtml), documents (docx, pdf, eml), crawls (warc), JSON
    (json, jsonl) and Parquet, packed (gz, zst) or not.
    """
    from extract.batch import run as batch
    from extract.batch.local import Task
    from extract.batch.walk import Choice, real
    from extract.batch.workers import Limits
    from extract.output import account
    from extract.output.folder import ResultFolder
    from extract.pages.sites import Selectors
    from extract.text.read import Pages

    started = time.perf_counter()
    if input.is_dir() and real(input).is_relative_to(real(output)):
        raise click.UsageError(line(f"{output}: holds the articles themselves; name another folder with -o"))
    extractor = extractor_of(folders, segmenter, repair)
    pages = Pages(Selectors(date=date_selector, body=body_selector), folders)
    choice = Choice(include, exclude, format, fields, leave=output, pages=pages)
    sources, _, left_out = walked(input, choice)
    limits = Limits(timeout, memory)
    force = batch.Force(workers or max(any(limits), batch.workers_for(sources)), limits)
    origin = account.origin(extractor.rules.digest, segmenter)
    task = Task(
        extractor,
        published,
        forms,
        settings=account.settings(origin, repair=repair, published=published, pages=pages.own),
    )
    with _run_errors():
        if str(output) == "-":
            found = batch.run(replace(task, forms=("jsonl",)), sources, force)
            sys.exit(1 if _print(_progress(found, batch.total(sources))) else 0)
        noted = origin | {"input": os.path.relpath(real(input), real(output))}
        with ResultFolder(output, forms, noted) as results:
            if fresh:
                results.begin_anew()
            stage = results.stage if "json" in forms else None
            found = batch.run(replace(task, stage=stage), sources, force, results.known)
            with closing(_progress(found, batch.total(sources))) as batches:
                for made in batches:
                    results.add(made)
            results.leave_out(left_out)
            counts = results.counts
            results.close(account.outcome(force.workers, counts, time.perf_counter() - started))
    records = ", ".join(
        f"{counts[group]} {group}" for group in ("metrics", "percentages", "dates", "officials")
    )
    click.echo(line(f"{counts['articles']} articles, {counts['failed']} failed: {records} -> {output}"))
    if counts["failed"]:
        click.echo(line(f"what failed, and why: {output / 'errors.jsonl'}"), err=True)
    if reported:
        make_page(extractor, output, output / "report")
    sys.exit(1 if counts["failed"] else 0)


def _print(found: "Iterable[list[Made]]") -> int:
    """The documents on standard output, the failures on the other one; how many of these there were."""
    from extract.output.journal import unpacked

    failed = 0
    for made in chain.from_iterable(found):
        failed += bool(made.failure)
        if made.failure:
            click.echo(line(made.failure.message), err=True)
        else:
            click.echo(unpacked(made.parts["jsonl"]), nl=False)
    return failed


def _progress(found: "Iterator[list[Made]]", total: int | None) -> "Generator[list[Made]]":
    """The results, with a progress bar on standard error where that is a terminal."""
    if not sys.stderr.isatty():
        yield from found
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("extracting", total=total)
        for batch in found:
            yield batch
            bar.advance(task, len(batch))


class RunError(click.ClickException):
    """A run that cannot go on."""

    exit_code = 3


@contextmanager
def _run_errors() -> Iterator[None]:
    """What ends a run, by its exit status; what is in the journal by then, the next run takes over."""
    import sqlite3

    from extract.batch.workers import WorkersError
    from extract.output.folder import BusyError, FolderError

    terminated = signal.signal(signal.SIGTERM, _terminate)
    try:
        yield
    except BrokenPipeError:
        raise
    except FolderError as error:
        raise click.UsageError(line(str(error))) from error
    except (BusyError, WorkersError) as error:
        raise RunError(line(str(error))) from error
    except (OSError, sqlite3.Error) as error:
        raise RunError(line(f"cannot write the results: {error}")) from error
    except KeyboardInterrupt:
        click.echo("interrupted; the next run goes on from here", err=True)
        sys.exit(INTERRUPTED)
    finally:
        signal.signal(signal.SIGTERM, terminated)


def _terminate(*_: object) -> None:
    sys.exit(TERMINATED)
