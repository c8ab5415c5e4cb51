"""The commands for authors of rules."""

import sys
from pathlib import Path

import click

from extract.cli import options
from extract.cli.shared import extractor_of, rules_of, usage_errors
from extract.terminal import line, visible


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


@rules.command()
@click.argument("id")
@options.rules
def show(id: str, folders: tuple[Path, ...]) -> None:
    """Show the rule of an id, or a fragment or list by its name: text, place, readers, right on gold."""
    from extract import confidence
    from extract.authors.show import show

    in_force = rules_of(folders)
    with usage_errors():
        for told in show(in_force, confidence.load(confidence.shipped()), id):
            click.echo(line(told))


@rules.command()
@click.argument("word")
@options.rules
def find(word: str, folders: tuple[Path, ...]) -> None:
    """Find every rule, list and fragment that holds a word, and what reads it; exit 1 where none does."""
    from extract.authors.find import find
    from extract.authors.readers import of_file

    in_force = rules_of(folders)
    with usage_errors():
        found = find(in_force, word)
    for what, lines in (("entry", found.entries), ("part", found.parts)):
        for held in lines:
            click.echo(line(f"{what}: {held}: {held.text.strip()}"))
    for id in found.patterns:
        click.echo(line(f"pattern: {id} matches it whole"))
    if found.told:
        ids = dict.fromkeys(held.owner for held in found.told)
        click.echo(line(f"examples and reasons: {len(found.told)} lines, of {', '.join(ids)}"))
    for stem in dict.fromkeys(held.path.stem for held in (*found.entries, *found.parts)):
        for reader in of_file(stem):
            click.echo(line(f"{stem} is read by: {reader}"))
    if not any(found):
        raise click.ClickException(line(f"no rule holds {word!r}; `zhextract explain` tells what fires"))
