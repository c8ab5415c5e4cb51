"""The commands that build and ask the facts of a run's folder."""

import csv
import sys
from collections.abc import Sequence
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from extract.cli import options
from extract.cli.shared import usage_errors
from extract.terminal import line

if TYPE_CHECKING:
    from extract.facts.store import Store

FOLDER = click.argument(
    "folder", type=click.Path(exists=True, file_okay=False, path_type=Path), default=Path("outputs")
)
POINTS = """
    select start, "end", value, unit, change, change_unit, place, article, published, sentence
    from series
    where (series = ? or name = ?) and (? is null or place = ? or region = ?) and latest
    order by unit, place, cumulative, start, "end"
"""
CAREER = """
    select person, title, organization, status, appointed, removed, first_seen, last_seen, article, sentence
    from posts where name = ?
    order by person, coalesce(appointed, first_seen) nulls last, organization, title
"""
CONTRADICTIONS = """
    select series, place, start, "end", unit, value, article, sentence, other_value, other_article,
        other_sentence
    from contradictions
"""
FORMS = ("sdmx", "ftm", "sentences", "parquet")
NO_WRAP = 1_000
"""Width of output that no terminal shows."""
WIDTH = 40
"""Characters of the longest bar of a plot."""


@click.command()
@FOLDER
@options.rules
@click.option(
    "--input",
    "articles",
    type=click.Path(exists=True, path_type=Path),
    help="Where the articles are, if not where the run found them: their sentences are evidence.",
)
@click.option(
    "--to",
    "forms",
    type=click.Choice(FORMS),
    multiple=True,
    help="Write them, too: series as SDMX-CSV, careers for FollowTheMoney, JSON Lines of sentences, Parquet.",
)
def facts(folder: Path, folders: tuple[Path, ...], articles: Path | None, forms: tuple[str, ...]) -> None:
    """Bring the results of a run together: series, contradictions, persons. Builds FOLDER/facts.duckdb;
    a second time only what is new is read."""
    from extract.facts.export import export
    from extract.facts.store import FILE, VIEWS, Store
    from extract.output.results import results
    from extract.rules import Rules

    with usage_errors():
        found = results(folder, articles)
        first = list(islice(found, 1))  # a folder without results is refused before a file is made in it
        with Store(folder / FILE) as store:
            built = store.build(Rules(folders), chain(first, found))
            counts = {view: store.rows(f"select count(*) from {view}")[0][0] for view in VIEWS}
            written = [path for form in forms for path in export(store, form, folder)]
    said = ", ".join(f"{count} {view}" for view, count in counts.items())
    click.echo(f"{built.read} articles read, {built.kept} as before, {built.forgotten} gone: {said}")
    for path in written:
        click.echo(line(f"-> {path}"))


@click.command()
@click.argument("name")
@FOLDER
@click.option("--region", help="A region by name or code (GB/T 2260), 全国 or CN for the nation.")
@click.option("--csv", "as_csv", is_flag=True, help="As CSV on standard output.")
@click.option("--plot", is_flag=True, help="With a bar for each value.")
def series(name: str, folder: Path, region: str | None, as_csv: bool, plot: bool) -> None:
    """The values of an indicator (its id or name) or of any other metric by its name, oldest first."""
    from rich.bar import Bar
    from rich.table import Table

    with usage_errors(), _store(folder) as store:
        values = (name, name, region, region, region)
        points, columns = store.rows(POINTS, *values), store.columns(POINTS, *values)
    if as_csv:
        _write_csv(columns, points)
        return
    table = Table(*columns[:3], "", *columns[3:], box=None) if plot else Table(*columns, box=None)
    greatest = max((abs(point[2]) for point in points), default=0.0) or 1.0
    for point in points:
        bars = [Bar(greatest, 0, abs(point[2]), width=WIDTH)] if plot else []
        cells = [_cell(value) for value in point]
        table.add_row(*cells[:3], *bars, *cells[3:])
    _show(
        table, points, f"no values of {name!r}: `--region` is a place's name; `zhextract facts` builds them"
    )


@click.command()
@click.argument("name")
@FOLDER
def person(name: str, folder: Path) -> None:
    """The posts of everyone of a name, in order, each with its evidence."""
    from rich.table import Table

    with usage_errors(), _store(folder) as store:
        posts, columns = store.rows(CAREER, name), store.columns(CAREER, name)
    table = Table(*columns, box=None)
    for post in posts:
        table.add_row(*map(_cell, post))
    _show(table, posts, f"nobody of the name {name!r} with a post")


@click.command()
@FOLDER
def check(folder: Path) -> None:
    """Contradictions between articles, with both sentences; the exit status is 1 where there are any, 2 where
    there are no facts to check."""
    with usage_errors(), _store(folder) as store:
        found = store.rows(CONTRADICTIONS)
    for name, place, start, end, unit, *sides in found:
        click.echo(line(f"{name}, {place}, {start} to {end}, in {unit or 'no unit'}:"))
        for value, article, sentence in (sides[:3], sides[3:]):
            click.echo(line(f"    {value:,.10g}  {article}: {sentence}"))
    click.echo(f"{len(found)} contradictions")
    sys.exit(1 if found else 0)


def _store(folder: Path) -> "Store":
    from extract.facts.store import FILE, Store

    return Store(folder / FILE, read_only=True)


def _write_csv(columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)


def _cell(value: Any) -> str:
    if isinstance(value, float):
        return f"{value:,.10g}"
    return "" if value is None else line(str(value))


def _show(table: Any, rows: Sequence[Any], nothing: str) -> None:
    """Print a table, however wide; where it is empty, say so and end with status 1."""
    from rich.console import Console

    if not rows:
        raise click.ClickException(line(nothing))
    Console(width=None if sys.stdout.isatty() else NO_WRAP, highlight=False).print(table)
