"""The command line. Heavy imports stand inside the commands, so that ``--help`` answers at once."""

import click

from extract.cli import diff, explain, export, facts, gold, report, rules, run
from extract.terminal import take_every_character


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="zhextract")
def main() -> None:
    """Turns Chinese articles into facts: metrics, percentages, dates and officials."""
    take_every_character()


for _command in (
    run.run,
    report.report,
    report.review,
    gold.gold,
    gold.score,
    export.export,
    explain.explain,
    explain.schema,
    diff.diff,
    facts.facts,
    facts.series,
    facts.person,
    facts.check,
    rules.rules,
):
    main.add_command(_command)
