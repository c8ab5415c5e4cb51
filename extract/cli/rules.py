"""The commands for authors of rules."""

import sys
from itertools import islice
from pathlib import Path

import click

from extract.cli import options
from extract.cli.shared import extractor_of, rules_of, sources_of, usage_errors
from extract.terminal import line, visible

NAMED = 5
"""Rules that a message names; more are hinted at."""


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
    told = [("entry", word, held) for held in found.entries] + [("part", word, held) for held in found.parts]
    told += [(f"entry of {piece}", piece, held) for piece, held in found.pieces]
    for what, held_word, held in told:
        why = found.why(held)
        click.echo(line(f"{what}: {held}: {held.around(held_word)}{why and f'  # {why}'}"))
    for id in found.patterns:
        click.echo(line(f"pattern: {id} matches it whole  # {found.reasons[id]}"))
    if found.told:
        ids = dict.fromkeys(held.owner for held in found.told)
        some = ", ".join([*islice(ids, NAMED), *(["…"] if len(ids) > NAMED else [])])
        click.echo(line(f"examples and reasons: {len(found.told)} lines, of {some}"))
    for stem in dict.fromkeys(held.path.stem for _, _, held in told):
        places = ", ".join(reader.place for reader in of_file(stem))
        click.echo(line(f"{stem} is read by: {places}"))
    if not told and not found.patterns:
        raise click.ClickException(line(f"no rule holds {word!r}; `zhextract explain` tells what fires"))


@rules.command()
@click.argument("folder", type=options.INPUT)
@options.rules
@click.option(
    "--words", "id", help="Take each word of this rule's lists out in turn: how many records change."
)
def stats(folder: Path, folders: tuple[Path, ...], id: str | None) -> None:
    """Tell which rules fire on texts and which never do, how their records fare on the gold corpus, and which
    words of their lists stand in no text."""
    from extract import confidence
    from extract.authors.stats import fates, idle, read
    from extract.batch.walk import Choice

    extractor = extractor_of(folders)
    sources = sources_of((folder,), Choice())
    with usage_errors():
        texts = read(extractor, sources)
        if id is not None:
            standing = list(idle(extractor, texts, id))
            for entry, changed in standing:
                click.echo(line(f"{entry.key}: {entry.word}: {changed} records change without it"))
            if not standing:
                click.echo(line(f"no word of {id} stands in these texts"))
            return
        told = list(fates(extractor.rules, texts, confidence.load(confidence.shipped())))
    for fate in told:
        click.echo(line(str(fate)))
    words, silent = sum(fate.words for fate in told), sum(len(fate.silent) for fate in told)
    never = sum(not fate.fired for fate in told)
    click.echo(
        f"{len(texts.raw)} texts; {len(told)} rules, {never} never fired; {words} words, {silent} in no text"
    )


@rules.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--results", type=options.FOLDER, default=Path("outputs"), show_default=True, help="Of a run.")
@click.option("--articles", type=options.INPUT, help="What the run read, where it has moved since.")
@click.option("--corpus", type=options.FOLDER, default=Path("corpus"), show_default=True, help="Gold corpus.")
@options.rules
def suggest(
    file: Path, results: Path, articles: Path | None, corpus: Path, folders: tuple[Path, ...]
) -> None:
    """For each verdict of a reviews.jsonl that something is wrong or missing: which word in which list would
    mend it, and what that gains and loses on the gold corpus and changes in the results."""
    from extract.authors.suggest import Ground, suggest, unmended
    from extract.gold import review as reviews
    from extract.gold.corpus import cases
    from extract.output.results import results as read

    with usage_errors():
        found = [extraction for extraction in read(results, articles) if extraction.text is not None]
        ground = Ground(extractor_of(folders), list(cases(corpus)), found)
        for standing, extraction in unmended(reviews.load(file), ground):
            click.echo(line(reviews.told(standing)))
            for edit, gained, lost, changed in suggest(standing.review, extraction, ground):
                click.echo(line(f"   {edit}: gold +{gained} −{lost}, {changed} records here"))


@rules.command("new")
@click.argument("stem")
@click.argument("id")
@click.option("-o", "--output", type=options.NEW, default=Path("my-rules"), show_default=True, help="Folder.")
def new_(stem: str, id: str, output: Path) -> None:
    """Begin a rule of the kind of a rule file (units, dates, …) in a folder of own rules."""
    from extract.authors.skeleton import skeleton, written

    with usage_errors():
        path = written(output, stem, skeleton(extractor_of(()).rules, stem, id))
    click.echo(line(f"rule -> {path}: fill it in, then `zhextract rules check --rules {output}`"))
