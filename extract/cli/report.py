"""The commands of the page to check facts on, and of the verdicts that it gives."""

from collections import Counter
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

import click

from extract.cli import options
from extract.cli.shared import extractor_of, rules_of, usage_errors
from extract.terminal import line

if TYPE_CHECKING:
    from extract.facts.store import Store
    from extract.pipeline import Extractor
    from extract.rules import Rules


@click.command()
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
    """Make a page to check the facts of a run on, which opens by double click. What `zhextract facts` has
    gathered in the folder before is shown, too."""
    make_page(extractor_of(folders) if dropped else rules_of(folders), results, output, articles)


@click.command()
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

    with usage_errors():
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


def make_page(known: "Extractor | Rules", folder: Path, output: Path, articles: Path | None = None) -> None:
    """The page of a folder of results; an extractor tells what it drops besides."""
    from extract.output.results import results
    from extract.report.site import INDEX, shown, write_site
    from extract.rules import Rules

    extractor, rules = (None, known) if isinstance(known, Rules) else (known, known.rules)
    lost: list[str] = []
    with usage_errors(), _facts(folder) as store:
        site = write_site(output, shown(results(folder, articles), extractor, lost), rules, store)
    click.echo(line(f"{site.count} articles -> {output / INDEX}"))
    if site.facts and site.facts.stale:
        click.echo(line(f"{site.facts.stale} articles have no facts yet: zhextract facts {folder}"), err=True)
    if lost:
        message = f"{len(lost)} articles left out, their texts are gone or changed (--articles): {lost[0]}"
        click.echo(line(message + (", …" if len(lost) > 1 else "")), err=True)


def _facts(folder: Path) -> "AbstractContextManager[Store | None]":
    """The facts of the folder, where `zhextract facts` gathered them."""
    from extract.facts.store import FILE, Store

    return Store(folder / FILE, read_only=True) if (folder / FILE).is_file() else nullcontext()
