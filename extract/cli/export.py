"""The command that writes results for annotation tools."""

from pathlib import Path

import click

from extract.cli import options
from extract.cli.shared import usage_errors
from extract.terminal import line


@click.command()
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

    with usage_errors():
        found = [extraction for extraction in read(results, articles) if extraction.text is not None]
        documents = (document(e.article.id, e.text or "", gold(e, e.text or "", e.article.id)) for e in found)
        place = tools(tool).save(output, documents)
    click.echo(line(f"{len(found)} articles -> {place}"))
