"""The commands that show records in their text, and their shape."""

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from extract.cli import options
from extract.cli.shared import extractor_of, sources_of, usage_errors
from extract.terminal import line

if TYPE_CHECKING:
    from extract.text.read import Fields

NO_WRAP = 100_000
"""Width of output that no terminal shows: nothing in it is wrapped."""


@click.command()
@click.argument("input", type=options.INPUT)
@options.reading
@click.option("--id", "ids", multiple=True, help="Show the articles of these ids only; repeatable.")
@click.option("--html", is_flag=True, help="As a page of HTML that needs nothing else.")
def explain(
    input: Path,
    folders: tuple[Path, ...],
    segmenter: str,
    repair: bool,
    format: str | None,
    fields: "Fields",
    date_selector: str | None,
    body_selector: str | None,
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
    from extract.text.read import Pages, Selectors

    extractor = extractor_of(folders, segmenter, repair)
    pages = Pages(Selectors(date=date_selector, body=body_selector), folders)
    sources = sources_of((input,), Choice(format=format, fields=fields, pages=pages))
    many = len(sources) > 1 or holds_many(sources[0])
    console = Console(width=None if sys.stdout.isatty() else NO_WRAP, highlight=False)
    parts: list[str] = []
    failed = shown = 0
    with usage_errors():
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


@click.command()
def schema() -> None:
    """Print the JSON Schema of an extraction."""
    import msgspec

    from extract.records import Extraction

    click.echo(msgspec.json.format(msgspec.json.encode(msgspec.json.schema(Extraction)), indent=2).decode())
