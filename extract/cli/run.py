"""The command that extracts a folder."""

import os
import sys
import time
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from extract.cli import options
from extract.cli.report import make_page
from extract.cli.shared import extractor_of, sources_of
from extract.terminal import line

if TYPE_CHECKING:
    from extract.output.piece import Piece
    from extract.text.read import Fields


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
@click.option("--include", multiple=True, metavar="GLOB", help="Read these files only; repeatable.")
@click.option("--exclude", multiple=True, metavar="GLOB", help="Leave these out; repeatable.")
@options.published
@click.option("--workers", type=click.IntRange(min=1), help="Processes; default: as many as pay off.")
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
    include: tuple[str, ...],
    exclude: tuple[str, ...],
    published: date | None,
    workers: int | None,
    reported: bool,
) -> None:
    """Extract the articles of a folder and below, of a file, or of standard input (-).

    Articles are text (txt, md), web pages (html), JSON (json, jsonl) and Parquet, packed (gz, zst) or not.
    """
    from concurrent.futures import BrokenExecutor

    from extract.batch import local
    from extract.batch.walk import Choice, real
    from extract.output.account import account
    from extract.output.folder import ResultFolder

    started = time.perf_counter()
    if input.is_dir() and real(input).is_relative_to(real(output)):
        raise click.UsageError(line(f"{output}: holds the articles themselves; name another folder with -o"))
    extractor = extractor_of(folders, segmenter, repair)
    sources = sources_of(input, Choice(include, exclude, format, fields, leave=output))
    workers = workers or local.workers_for(sources)
    to_stdout = str(output) == "-"
    task = local.Task(extractor, published, ("jsonl",) if to_stdout else forms)
    found = _progress(local.run(task, sources, workers=workers), local.total(sources))
    if to_stdout:
        sys.exit(1 if _print(found) else 0)
    try:
        with ResultFolder(output, forms) as results:
            for piece in found:
                results.add(piece)
            counts, seconds = results.counts, time.perf_counter() - started
            noted = {"input": os.path.relpath(real(input), real(output))}
            results.close(account(extractor.rules.digest, segmenter, workers, counts, seconds) | noted)
    except BrokenExecutor as error:
        raise click.ClickException("a worker process died; --workers 1 tells at which article") from error
    except OSError as error:
        raise click.ClickException(line(f"cannot write the results: {error}")) from error
    records = ", ".join(
        f"{counts[group]} {group}" for group in ("metrics", "percentages", "dates", "officials")
    )
    click.echo(line(f"{counts['articles']} articles, {counts['failed']} failed: {records} -> {output}"))
    if counts["failed"]:
        click.echo(line(f"what failed, and why: {output / 'errors.jsonl'}"), err=True)
    if reported:
        make_page(extractor, output, output / "report")
    sys.exit(1 if counts["failed"] else 0)


def _print(found: "Iterable[Piece]") -> int:
    """The documents on standard output, the failures on the other one; how many of these there were."""
    failed = 0
    for piece in found:
        failed += bool(piece.failure)
        if piece.failure:
            click.echo(line(piece.failure.message), err=True)
        else:
            click.echo(piece.parts["jsonl"], nl=False)
    return failed


def _progress(results: "Iterable[Piece]", total: int | None) -> "Iterable[Piece]":
    """The results, with a progress bar on standard error where that is a terminal."""
    if not sys.stderr.isatty():
        return results
    from rich.console import Console
    from rich.progress import track

    return track(results, "extracting", total=total, console=Console(stderr=True), transient=True)
