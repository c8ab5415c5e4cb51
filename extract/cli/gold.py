"""The commands that make gold files, and those that score the corpus of them."""

import sys
from pathlib import Path

import click

from extract.cli import options
from extract.cli.shared import extractor_of, usage_errors
from extract.terminal import line, visible


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
def score(
    corpus: Path, folders: tuple[Path, ...], update: bool, allow_regression: bool, calibrate: bool
) -> None:
    """Score the gold corpus; exit 1 where a field falls below its floor in the baseline."""
    from extract.confidence import FILE
    from extract.gold import calibrate as grades
    from extract.gold import gate, report

    extractor = extractor_of(folders)
    with usage_errors():
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
