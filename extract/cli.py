"""The command line. Heavy imports stand inside the commands, so that ``--help`` answers at once."""

import io
import os
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import date
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from extract import options
from extract.facts import commands
from extract.terminal import line, visible

if TYPE_CHECKING:
    from extract.batch.local import Task
    from extract.batch.walk import Choice
    from extract.output.folder import ResultFolder
    from extract.output.made import Made
    from extract.pipeline import Extractor
    from extract.rules import Rules
    from extract.text.read import Fields, Source

F = TypeVar("F", bound=Callable[..., Any])

INTERRUPTED, TERMINATED = 128 + signal.SIGINT, 128 + signal.SIGTERM
"""Exit statuses of a run that was told to end."""
NO_WRAP = 100_000
"""Width of output that no terminal shows: nothing in it is wrapped."""


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="zhextract")
def main() -> None:
    """Turns Chinese articles into facts: metrics, percentages, dates and officials."""


main.add_command(commands.facts)
main.add_command(commands.series)
main.add_command(commands.person)
main.add_command(commands.check, "check")


@main.command()
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
    timeout: float | None,
    memory: int | None,
    engine: str,
    fresh: bool,
    reported: bool,
) -> None:
    """Extract the articles of a folder and below, of a file, or of standard input (-).

    Articles are text (txt, md), web pages (html), JSON (json, jsonl) and Parquet, packed (gz, zst) or not.
    """
    from extract.batch import run as batch
    from extract.batch.local import Task
    from extract.batch.walk import Choice, real
    from extract.batch.workers import Limits
    from extract.output import account
    from extract.output.folder import ResultFolder

    started = time.perf_counter()
    if engine == "ray":
        _check_cluster(output, forms, timeout or memory)
    if input.is_dir() and real(input).is_relative_to(real(output)):
        raise click.UsageError(line(f"{output}: holds the articles themselves; name another folder with -o"))
    extractor = _extractor(folders, segmenter, repair)
    sources = _sources(input, Choice(include, exclude, format, fields, leave=output))
    limits = Limits(timeout, memory)
    force = batch.Force(workers or max(any(limits), batch.workers_for(sources)), limits)
    origin = account.origin(extractor.rules.digest, segmenter)
    task = Task(
        extractor, published, forms, settings=account.settings(origin, repair=repair, published=published)
    )
    with _run_errors():
        if str(output) == "-":
            found = batch.run(replace(task, forms=("jsonl",)), sources, force)
            sys.exit(1 if _print(_progress(found, batch.total(sources))) else 0)
        noted = origin | {"input": os.path.relpath(real(input), real(output))}
        with ResultFolder(output, forms, noted) as results:
            if fresh:
                results.begin_anew()
            if engine == "ray":
                _on_cluster(task, sources, results, workers)
            else:
                stage = results.stage if "json" in forms else None
                found = batch.run(replace(task, stage=stage), sources, force, results.known)
                with closing(_progress(found, batch.total(sources))) as batches:
                    for made in batches:
                        results.add(made)
            counts = results.counts
            results.close(account.outcome(force.workers, counts, time.perf_counter() - started))
    records = ", ".join(
        f"{counts[group]} {group}" for group in ("metrics", "percentages", "dates", "officials")
    )
    click.echo(line(f"{counts['articles']} articles, {counts['failed']} failed: {records} -> {output}"))
    if counts["failed"]:
        click.echo(line(f"what failed, and why: {output / 'errors.jsonl'}"), err=True)
    if reported:
        _report(extractor, output, output / "report")
    sys.exit(1 if counts["failed"] else 0)


@main.command()
@click.argument("results", type=options.FOLDER)
@click.option(
    "-o",
    "--output",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("report"),
    show_default=True,
    help="Folder of the page.",
)
@click.option("--articles", type=options.INPUT, help="What the run read, where it has moved since.")
@options.rules
@click.option(
    "--dropped/--no-dropped", default=True, show_default=True, help="Show what was refused, too: takes a run."
)
def report(
    results: Path, output: Path, articles: Path | None, folders: tuple[Path, ...], dropped: bool
) -> None:
    """Make a page to check the facts of a run on, which opens by double click."""
    _report(_extractor(folders) if dropped else _rules(folders), results, output, articles)


@main.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--results", type=options.FOLDER, default=Path("outputs"), show_default=True, help="Of a run.")
@click.option("--articles", type=options.INPUT, help="What the run read, where it has moved since.")
@click.option("--to-gold", "corpus", type=options.NEW, help="Gold corpus that complete articles go into.")
def review(file: Path, results: Path, articles: Path | None, corpus: Path | None) -> None:
    """List the verdicts of a downloaded reviews.jsonl against present results; make gold of them."""
    from extract.gold import review as reviews
    from extract.gold.corpus import load
    from extract.gold.write import save, stem
    from extract.output.results import results as read

    with _usage_errors():
        verdicts = reviews.load(file)
        wanted = {verdict.article for verdict in verdicts}
        found = {e.article.id: e for e in read(results, articles) if e.article.id in wanted}
        standings = list(reviews.standings(verdicts, found))
        for standing in standings:
            click.echo(line(reviews.told(standing)))
        click.echo(", ".join(f"{n} {what}" for what, n in Counter(s.what for s in standings).most_common()))
        for name, of in reviews.complete(verdicts).items() if corpus else ():
            extraction = found.get(name)
            if corpus is None or extraction is None or extraction.text is None:
                click.echo(line(f"no gold for {name}: its text is gone or changed"), err=True)
                continue
            path = corpus / "gold" / f"{stem(name)}.json"
            before = load(path) if path.is_file() else None
            gold = reviews.to_gold(extraction, of, before, f"{stem(name)}.txt")
            click.echo(line(f"gold -> {save(corpus, stem(name), extraction.text, gold)}"))


@main.group("gold")
def gold_() -> None:
    """Make gold files by hand, or of what an annotation tool has written."""


@gold_.command("new")
@click.argument("article", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--corpus", type=options.NEW, default=Path("corpus"), show_default=True, help="Gold corpus.")
@click.option(
    "--prefill", is_flag=True, help="Begin with what is found; the rest of the work is to doubt it."
)
def new_(article: Path, corpus: Path, prefill: bool) -> None:
    """Write a gold file to annotate an article in, and put the article beside it."""
    from extract.gold import write
    from extract.text.read import read

    with _usage_errors():
        read_ = read(article)
        extraction = _extractor(()).extract(read_.raw, **read_.known)
        name = f"{write.stem(read_.id)}.txt"
        if (corpus / "gold" / name).with_suffix(".json").exists():
            raise click.UsageError(line(f"{article}: has a gold file already"))
        published = extraction.article.published
        gold = write.gold(extraction, read_.raw, name) if prefill else write.skeleton(name, published)
        click.echo(line(f"gold -> {write.save(corpus, write.stem(read_.id), read_.raw, gold)}"))


@gold_.command("import")
@click.argument("file", type=click.Path(exists=True, path_type=Path))
@click.option("--from", "tool", type=click.Choice(options.TOOLS), required=True, help="What wrote it.")
@click.option("--corpus", type=options.NEW, default=Path("corpus"), show_default=True, help="Gold corpus.")
def import_(file: Path, tool: str, corpus: Path) -> None:
    """Put what an annotation tool has exported into a gold corpus."""
    from extract.exchange import tool as tools
    from extract.exchange.document import gold
    from extract.gold.write import save, stem

    with _usage_errors():
        made = [(document, gold(document)) for document in tools(tool).load(file)]
        for document, annotated in made:
            click.echo(line(f"gold -> {save(corpus, stem(document.id), document.text, annotated)}"))


@main.command()
@click.argument("results", type=options.FOLDER)
@click.option("--to", "tool", type=click.Choice(options.TOOLS), required=True, help="What is to read it.")
@click.option("-o", "--output", type=options.NEW, default=Path("export"), show_default=True, help="Folder.")
@click.option("--articles", type=options.INPUT, help="What the run read, where it has moved since.")
def export(results: Path, tool: str, output: Path, articles: Path | None) -> None:
    """Write the results of a run as pre-annotations for a tool: spans, attributes, relations."""
    from extract.exchange import tool as tools
    from extract.exchange.document import document
    from extract.gold.write import gold
    from extract.output.results import results as read

    with _usage_errors():
        found = [extraction for extraction in read(results, articles) if extraction.text is not None]
        documents = (document(e.article.id, e.text or "", gold(e, e.text or "", e.article.id)) for e in found)
        place = tools(tool).save(output, documents)
    click.echo(line(f"{len(found)} articles -> {place}"))


@main.command()
@click.argument("input", type=options.INPUT)
@options.rules
@options.segmenter
@options.repair
@options.format
@options.field
@options.published
@click.option("--id", "ids", multiple=True, help="Show the articles of these ids only; repeatable.")
@click.option("--html", is_flag=True, help="As a page of HTML that needs nothing else.")
def explain(
    input: Path,
    folders: tuple[Path, ...],
    segmenter: str,
    repair: bool,
    format: str | None,
    fields: "Fields",
    published: date | None,
    ids: tuple[str, ...],
    html: bool,
) -> None:
    """Show the records of texts in place, the rules that found them, and what was refused and why."""
    from rich.console import Console

    from extract.batch.walk import Choice
    from extract.explain import explanations, render
    from extract.report import fragment
    from extract.text.containers import holds_many
    from extract.text.decode import ReadError

    _any_encoding()
    extractor = _extractor(folders, segmenter, repair)
    sources = _sources(input, Choice(format=format, fields=fields))
    many = len(sources) > 1 or holds_many(sources[0])
    console = Console(width=None if sys.stdout.isatty() else NO_WRAP, highlight=False)
    parts: list[str] = []
    failed = shown = 0
    with _usage_errors():
        for result in explanations(extractor, sources, published, ids):
            if isinstance(result, ReadError):
                click.echo(line(f"Error: {result}"), err=True)
                failed += 1
                continue
            shown += 1
            if html:
                parts.append(fragment.article(result.extraction, result.dropped))
                continue
            if many:
                console.print(line(result.extraction.article.id), style="bold", markup=False)
            console.print(render(result))
    if parts:
        click.echo(fragment.page(input.name, parts))
    if ids and not shown:
        raise click.UsageError(line(f"no article with the id {', '.join(ids)}"))
    if failed:
        sys.exit(1 if shown else 2)


@main.command()
def schema() -> None:
    """Print the JSON Schema of an extraction."""
    import msgspec

    from extract.records import Extraction

    click.echo(msgspec.json.format(msgspec.json.encode(msgspec.json.schema(Extraction)), indent=2).decode())


@main.group()
def rules() -> None:
    """Look at the rules, and run their examples."""


@rules.command("list")
@options.rules
def list_(folders: tuple[Path, ...]) -> None:
    """List every rule in force: id, number of examples, reason."""
    from extract.examples import examples

    with _usage_errors():
        for rule in examples(_extractor(folders).rules):
            click.echo(
                visible(
                    f"{rule.rule}\t{rule.path.name}\t{len(rule.yes)} yes, {len(rule.no)} no\t{rule.reason}"
                )
            )


@rules.command("check")
@options.rules
def check_(folders: tuple[Path, ...]) -> None:
    """Run the examples of every rule; exit 1 where one does not hold."""
    from extract.examples import check, examples

    extractor = _extractor(folders)
    with _usage_errors():
        in_force = list(examples(extractor.rules))
    broken = [problem for rule in in_force for problem in check(extractor, rule)]
    for problem in broken:
        click.echo(visible(str(problem)))
    count = sum(len(rule.yes) + len(rule.no) for rule in in_force)
    click.echo(f"{len(in_force)} rules, {count} examples, {len(broken)} broken")
    sys.exit(1 if broken else 0)


@main.command()
@click.option("--corpus", type=options.FOLDER, default=Path("corpus"), show_default=True, help="Gold corpus.")
@options.rules
@click.option("--update", is_flag=True, help="Make this the baseline.")
@click.option("--allow-regression", is_flag=True, help="Let --update lower a floor.")
@click.option(
    "--calibrate", is_flag=True, help="Write how sure records of each kind are, and the trial of it."
)
def score(
    corpus: Path, folders: tuple[Path, ...], update: bool, allow_regression: bool, calibrate: bool
) -> None:
    """Score the gold corpus; exit 1 where a field falls below its floor in the baseline."""
    from extract.confidence import FILE
    from extract.gold import calibrate as grades
    from extract.gold import gate, report

    extractor = _extractor(folders)
    with _usage_errors():
        scores, errors = report.scores(extractor, corpus)
        if calibrate:
            table = grades.calibrate(scores)
            grades.save(corpus / FILE, table)
            click.echo("\n".join((*grades.markdown(table), line(f"confidence written: {corpus / FILE}"))))
            return
        before = gate.load(corpus, new=update)
    now = gate.standing(scores)
    falls = gate.falls(before, now)
    click.echo(visible("\n".join((*report.table(scores), *errors, *report.changes(before, scores)))))
    if update and (allow_regression or not falls):
        gate.save(corpus, now)
        click.echo(line(f"baseline written: {corpus / gate.BASELINE}"))
    elif falls or errors:
        sys.exit(1)


def _rules(folders: Iterable[Path]) -> "Rules":
    from extract.rules import Rules

    with _usage_errors():
        return Rules(folders)


def _report(known: "Extractor | Rules", folder: Path, output: Path, articles: Path | None = None) -> None:
    """The page of a folder of results; an extractor tells what it drops besides."""
    from extract.output.results import results
    from extract.report.site import INDEX, shown, write_site
    from extract.rules import Rules

    extractor, rules = (None, known) if isinstance(known, Rules) else (known, known.rules)
    lost: list[str] = []
    with _usage_errors():
        count = write_site(output, shown(results(folder, articles), extractor, lost), rules)
    click.echo(line(f"{count} articles -> {output / INDEX}"))
    if lost:
        message = f"{len(lost)} articles left out, their texts are gone or changed (--articles): {lost[0]}"
        click.echo(line(message + (", …" if len(lost) > 1 else "")), err=True)


def _any_encoding() -> None:
    """What an output of another encoding than UTF-8 cannot write is written as an escape."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _extractor(folders: Iterable[Path], segmenter: str = "rjieba", repair: bool = True) -> "Extractor":
    from extract.pipeline import Extractor

    with _usage_errors():
        return Extractor(folders, segmenter=segmenter, repair=repair)  # type: ignore[arg-type]  # by click


@contextmanager
def _usage_errors() -> Iterator[None]:
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


def _sources(input: Path, choice: "Choice") -> "list[Source]":
    from extract.batch.walk import walk

    with _usage_errors():
        sources, oddities = walk(input, choice)
    for oddity in oddities:
        click.echo(line(oddity), err=True)
    if not sources:
        raise click.UsageError(line(f"{input}: no articles in this folder"))
    return sources


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
