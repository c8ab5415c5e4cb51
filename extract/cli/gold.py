"""The commands that make gold files, and those that score the corpus of them."""

import os
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from extract.cli import options
from extract.cli.shared import extractor_of, usage_errors
from extract.terminal import line, visible

if TYPE_CHECKING:
    from extract.gold.forms import Outcome
    from extract.gold.tally import Tallies


@click.group("gold")
def gold() -> None:
    """Make gold files by hand, or of what an annotation tool has written."""


@gold.command("new")
@click.argument("article", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--corpus", type=options.NEW, default=Path("corpus"), show_default=True, help="Gold corpus.")
@click.option(
    "--prefill", is_flag=True, help="Begin with what is found; the rest of the work is to doubt it."
)
def new_(article: Path, corpus: Path, prefill: bool) -> None:
    """Write a gold file to annotate an article in, and put the article beside it."""
    from extract.gold import write
    from extract.text.read import read

    with usage_errors():
        read_ = read(article)
        extraction = extractor_of(()).extract(read_.raw, **read_.known)
        name = f"{write.stem(read_.id)}.txt"
        if (corpus / "gold" / name).with_suffix(".json").exists():
            raise click.UsageError(line(f"{article}: has a gold file already"))
        published = extraction.article.published
        gold = write.gold(extraction, read_.raw, name) if prefill else write.skeleton(name, published)
        click.echo(line(f"gold -> {write.save(corpus, write.stem(read_.id), read_.raw, gold)}"))


@gold.command("import")
@click.argument("file", type=click.Path(exists=True, path_type=Path))
@click.option("--from", "tool", type=click.Choice(options.TOOLS), required=True, help="What wrote it.")
@click.option("--corpus", type=options.NEW, default=Path("corpus"), show_default=True, help="Gold corpus.")
def import_(file: Path, tool: str, corpus: Path) -> None:
    """Put what an annotation tool has exported into a gold corpus."""
    from extract.exchange import tool as tools
    from extract.exchange.document import gold
    from extract.gold.write import save, stem

    with usage_errors():
        made = [(document, gold(document)) for document in tools(tool).load(file)]
        for document, annotated in made:
            click.echo(line(f"gold -> {save(corpus, stem(document.id), document.text, annotated)}"))


@click.command()
@click.option("--corpus", type=options.FOLDER, default=Path("corpus"), show_default=True, help="Gold corpus.")
@options.rules
@click.option("--update", is_flag=True, help="Make this the baseline.")
@click.option("--allow-regression", is_flag=True, help="Let --update lower a floor.")
@click.option(
    "--calibrate", is_flag=True, help="Write how sure records of each kind are, and the trial of it."
)
@click.option("--json", "form", flag_value="json", help="The outcome as one object of JSON.")
@click.option(
    "--junit", "form", flag_value="junit", help="As XML that CI systems read: a case for each floor."
)
@click.option("--markdown", "form", flag_value="markdown", help="As tables, for a pull request.")
def score(
    corpus: Path,
    folders: tuple[Path, ...],
    update: bool,
    allow_regression: bool,
    calibrate: bool,
    form: str | None,
) -> None:
    """Score the gold corpus; exit 1 where a field falls below its floor in the baseline.

    In a workflow of GitHub what got worse is marked at its gold file, and the figures are the step's summary.
    """
    from extract.gold import gate, report
    from extract.gold.forms import FORMS, Outcome

    extractor = extractor_of(folders)
    with usage_errors():
        scores, errors = report.scores(extractor, corpus)
        if calibrate:
            _calibrate(scores, corpus)
            return
        outcome = Outcome(scores, gate.load(corpus, new=update), errors)
    told = FORMS[form](outcome) if form else _told(outcome)
    click.echo(visible("\n".join(told)))
    _tell_github(outcome, corpus)
    if update and (allow_regression or not outcome.falls):
        gate.save(corpus, gate.standing(scores))
        click.echo(line(f"baseline written: {corpus / gate.BASELINE}"), err=form is not None)
    elif outcome.falls or errors:
        sys.exit(1)


def _told(outcome: "Outcome") -> Iterator[str]:
    from extract.gold import report

    yield from report.table(outcome.scores)
    yield from outcome.errors
    yield from report.changes(outcome.before, outcome.scores)


def _calibrate(scores: "Mapping[str, Tallies]", corpus: Path) -> None:
    from extract.confidence import FILE
    from extract.gold import calibrate

    table = calibrate.calibrate(scores)
    calibrate.save(corpus / FILE, table)
    click.echo("\n".join((*calibrate.markdown(table), line(f"confidence written: {corpus / FILE}"))))


def _tell_github(outcome: "Outcome", corpus: Path) -> None:
    """In a workflow of GitHub: annotations on standard error, which it reads too, and the step's summary."""
    from extract.gold.forms import annotations, as_markdown

    if os.environ.get("GITHUB_ACTIONS") != "true":
        return
    for annotation in annotations(outcome, corpus.as_posix()):
        click.echo(visible(annotation), err=True)
    if summary := os.environ.get("GITHUB_STEP_SUMMARY"):
        with Path(summary).open("a", encoding="utf-8") as file:
            file.write("\n".join(as_markdown(outcome)) + "\n")
