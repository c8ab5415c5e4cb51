"""The commands for authors of rules."""

import sys
from pathlib import Path

import click

from extract.cli import options
from extract.cli.shared import extractor_of, usage_errors
from extract.terminal import visible


@click.group()
def rules() -> None:
    """Look at the rules, and run their examples."""


@rules.command("list")
@options.rules
def list_(folders: tuple[Path, ...]) -> None:
    """List every rule in force: id, number of examples, reason."""
    from extract.examples import examples

    with usage_errors():
        for rule in examples(extractor_of(folders).rules):
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

    extractor = extractor_of(folders)
    with usage_errors():
        in_force = list(examples(extractor.rules))
    broken = [problem for rule in in_force for problem in check(extractor, rule)]
    for problem in broken:
        click.echo(visible(str(problem)))
    count = sum(len(rule.yes) + len(rule.no) for rule in in_force)
    click.echo(f"{len(in_force)} rules, {count} examples, {len(broken)} broken")
    sys.exit(1 if broken else 0)
