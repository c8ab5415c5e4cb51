"""The command that extracts a folder."""

import os
import signal
import sys
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import date
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import click

from extract.cli import options
from extract.cli.report import make_page
from extract.cli.shared import extractor_of, walked
from extract.terminal import line
from extract.voice import Voice

if TYPE_CHECKING:
    from extract.batch.local import Task
    from extract.output.folder import ResultFolder
    from extract.output.made import Made
    from extract.text.read import Fields, Source

INTERRUPTED, TERMINATED = 128 + signal.SIGINT, 128 + signal.SIGTERM
"""Exit statuses of a run that was told to end."""


@click.command()
@options.inputs
@click.option(
    "-o",
    "--output",
    type=click.Path(file_okay=False, allow_dash=True, path_type=Path),
    default=Path("outputs"),
    show_default=True,
    help="Folder of the results, in place of those of the run before; - for JSON Lines on standard output.",
)
@options.to
@options.reading
@click.option("--include", multiple=True, metavar="GLOB", help="Read these files only; repeatable.")
@click.option("--exclude", multiple=True, metavar="GLOB", help="Leave these out; repeatable.")
@click.option("--workers", type=click.IntRange(min=1), help="Processes; default: as many as pay off.")
@click.option(
    "--timeout", type=click.FloatRange(min=0.001), metavar="SECONDS", help="What an article may take."
)
@click.option("--memory", type=click.IntRange(min=1), metavar="MIB", help="What an article may need besides.")
@click.option(
    "--engine",
    type=click.Choice(["local", "ray"]),
    default="local",
    show_default=True,
    help="Who does the work: this machine, or a cluster of Ray (RAY_ADDRESS), for --to parquet.",
)
@click.option("--fresh", is_flag=True, help="Take over nothing from earlier runs.")
@click.option("--quiet", is_flag=True, help="Tell errors only.")
@click.option("--log", type=click.File("a", encoding="utf-8"), help="File to tell it to, with times.")
@click.option("--report", "reported", is_flag=True, help="Make the page to check the facts on, too.")
def run(
    inputs: tuple[Path, ...],
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
    engine: str,
    fresh: bool,
    quiet: bool,
    log: TextIO | None,
    reported: bool,
) -> None:
    """Extract the articles of folders and what is below, of files, globs, or standard input (-).

    Articles are text (txt, md), web pages (html, mhtml), documents (docx, pdf, eml), crawls (warc), JSON
    (json, jsonl) and Parquet, packed (gz, zst) or not.
    """
    from extract.batch.local import Task
    from extract.batch.meter import Meter
    from extract.batch.run import force_for
    from extract.batch.run import run as batches
    from extract.batch.unit import units
    from extract.batch.walk import Choice, common, real
    from extract.batch.workers import Limits
    from extract.output import account
    from extract.output.folder import ResultFolder
    from extract.text.read import Pages, Selectors

    started = time.perf_counter()
    voice = Voice(quiet, log)
    if engine == "ray":
        _check_cluster(output, forms, timeout or memory)
    if any(place.is_dir() and real(place).is_relative_to(real(output)) for place in inputs):
        raise click.UsageError(line(f"{output}: holds the articles themselves; name another folder with -o"))
    extractor = extractor_of(folders, segmenter, repair)
    pages = Pages(Selectors(date=date_selector, body=body_selector), folders)
    choice = Choice(include, exclude, format, fields, leave=output, pages=pages)
    sources, _, left_out = walked(inputs, choice, voice)
    force = force_for(sources, workers, Limits(timeout, memory))
    origin = account.origin(extractor.rules.digest, segmenter)
    settings = account.settings(origin, repair=repair, published=published, pages=pages.own)
    task = Task(extractor, published, forms, settings=settings)
    meter = Meter(sources)
    todo = units(sources, meter.count)
    with _run_errors(), voice.following(meter):
        if str(output) == "-":
            found = batches(replace(task, forms=("jsonl",)), todo, force)
            sys.exit(1 if _print(meter.follow(found, voice.aside)) else 0)
        noted = origin | {"input": os.path.relpath(common(inputs), real(output))}
        with ResultFolder(output, forms, noted) as results:
            if fresh:
                results.begin_anew()
            if engine == "ray":
                _on_cluster(task, sources, results, workers)
            else:
                stage = results.stage if "json" in forms else None
                found = batches(replace(task, stage=stage), todo, force, results.known)
                with closing(meter.follow(found, voice.aside)) as following:
                    for made in following:
                        results.add(made)
            results.leave_out(left_out)
            counts = results.counts
            results.close(account.outcome(force.workers, counts, time.perf_counter() - started))
    _tell(voice, counts, output)
    if reported:
        make_page(extractor, output, output / "report")
    sys.exit(1 if counts["failed"] else 0)


def _tell(voice: Voice, counts: Mapping[str, int], output: Path) -> None:
    """What came out, and what a user should know of it."""
    from extract.output.account import to_know

    groups = ("metrics", "percentages", "dates", "officials")
    records = ", ".join(f"{counts[group]} {group}" for group in groups)
    voice.say(f"{counts['articles']} articles, {counts['failed']} failed: {records} -> {output}")
    if known := to_know(counts):
        voice.aside(f"{known}; more in {output / 'run.json'}")
    if counts["failed"]:
        voice.aside(f"what failed, and why: {output / 'errors.jsonl'}")


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


def _check_cluster(output: Path, forms: tuple[str, ...], limit: float | None) -> None:
    """What only this machine can do is refused; so is a cluster where Ray is missing."""
    from importlib.util import find_spec

    if find_spec("ray") is None:
        raise click.UsageError("--engine ray needs Ray: pip install 'zhextract[ray]'")
    if forms != ("parquet",) or str(output) == "-" or limit:
        raise click.UsageError(
            "--engine ray writes --to parquet into a folder, without --timeout and --memory"
        )


def _on_cluster(task: "Task", sources: "list[Source]", results: "ResultFolder", workers: int | None) -> None:
    from ray.exceptions import RayError

    from extract.batch import cluster

    try:
        cluster.run(task, sources, results, workers)
    except RayError as error:
        raise RunError(line(f"the cluster gave up: {error}")) from error


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
