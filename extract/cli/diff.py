"""The command that compares two runs, or two sets of rules."""

from pathlib import Path

import click

from extract.cli import options
from extract.cli.shared import extractor_of, sources_of, usage_errors
from extract.terminal import line


def _rules(side: str, help: str) -> options.Decorator:
    return click.option(f"--rules-{side}", f"rules_{side}", type=options.FOLDER, multiple=True, help=help)


@click.command()
@click.argument("a", type=options.INPUT)
@click.argument("b", type=options.FOLDER, required=False)
@_rules("a", "Own rules of the one run, over the shipped ones; repeatable.")
@_rules("b", "Own rules of the other; repeatable.")
@click.option("--markdown", "as_markdown", is_flag=True, help="For a pull request.")
def diff(
    a: Path, b: Path | None, rules_a: tuple[Path, ...], rules_b: tuple[Path, ...], as_markdown: bool
) -> None:
    """Tell the records that two runs have differently: of two folders of results, A and B, or of the
    articles of one folder, A, by the rules of --rules-a and of --rules-b."""
    from extract.batch.walk import Choice
    from extract.compare import runs, tell
    from extract.compare.records import Difference, changes

    if (b is None) != bool(rules_a or rules_b):
        raise click.UsageError(
            "two folders of results are wanted, or one of articles and --rules-a or --rules-b"
        )
    if b is None:
        sources = sources_of((a,), Choice())
        pairs = runs.of_rules(sources, extractor_of(rules_a), extractor_of(rules_b))
    else:
        pairs = runs.of_results(a, b)
    count = 0
    found: list[Difference] = []
    with usage_errors():
        for pair in pairs:
            count += 1
            if pair.before and pair.after:
                found += changes(pair.before, pair.after)
            else:
                side = (
                    "only in the first"
                    if pair.before
                    else "only in the second"
                    if pair.after
                    else "in neither"
                )
                click.echo(line(f"{pair.article}: {side}"), err=True)
    for told in (tell.markdown if as_markdown else tell.told)(found, count):
        click.echo(line(told))
