"""Arguments that several commands share."""

from collections.abc import Callable
from datetime import datetime
from functools import reduce
from glob import glob
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from extract.text.read import Fields

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]

FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
NEW = click.Path(file_okay=False, path_type=Path)
INPUT = click.Path(exists=True, allow_dash=True, path_type=Path)


inputs = click.argument(
    "inputs",
    metavar="INPUT...",
    nargs=-1,
    required=True,
    callback=lambda context, argument, names: places(names, argument, context),
)
rules = click.option(
    "--rules",
    "folders",
    type=FOLDER,
    multiple=True,
    help="Folder of own rules, over the shipped ones; repeatable.",
)
segmenter = click.option(
    "--segmenter",
    type=click.Choice(["rjieba", "jieba"]),
    default="rjieba",
    show_default=True,
    help="What cuts words.",
)
repair = click.option(
    "--repair/--no-repair", default=True, show_default=True, help="Mend web noise; each repair is a warning."
)
TOOLS = ("labelstudio", "brat", "doccano", "conll", "spacy")
FORMATS = ("txt", "md", "html", "json", "jsonl", "parquet", "docx", "pdf", "eml", "mhtml", "warc")

format = click.option(
    "--format", type=click.Choice(FORMATS), help="What the input is; default: as its name says, or text."
)
field = click.option(
    "--field",
    "fields",
    metavar="NAME=FIELD",
    multiple=True,
    callback=lambda _context, _option, pairs: fields(pairs),
    help="Field of JSON or Parquet that holds id, text, title, url or published; repeatable.",
)
FORMS = ("json", "csv", "jsonl", "parquet", "xlsx", "duckdb")
"""The forms that a run can write its results in."""

to = click.option(
    "--to",
    "forms",
    default="json,csv",
    show_default=True,
    metavar="FORM,…",
    callback=lambda _context, _option, value: forms(value),
    help=f"What the results are written as, any of {', '.join(FORMS)}; a report needs json or jsonl.",
)
date_selector = click.option(
    "--date-selector",
    metavar="CSS",
    callback=lambda _context, _option, selector: chosen(selector),
    help="Where web pages have their date; for single sites see sites.toml.",
)
body_selector = click.option(
    "--body-selector",
    metavar="CSS",
    callback=lambda _context, _option, selector: chosen(selector),
    help="Where web pages have their text.",
)
published = click.option(
    "--published",
    type=click.DateTime(["%Y-%m-%d"]),
    callback=lambda _context, _option, moment: moment and datetime.date(moment),
    help="Publication date, over what the text says.",
)


def reading(command: Callable[..., Any]) -> Callable[..., Any]:
    """What articles are read and extracted by."""
    given = (rules, segmenter, repair, format, field, date_selector, body_selector, published)
    return reduce(lambda made, option: option(made), reversed(given), command)


def forms(value: str) -> tuple[str, ...]:
    """The forms that ``a,b`` names, each once; `click.BadParameter` where one cannot be written."""
    from extract.output.sink import missing

    named = dict.fromkeys(filter(None, map(str.strip, value.split(","))))
    if wrong := [kind for kind in named if kind not in FORMS]:
        raise click.BadParameter(f"{wrong[0]!r} is none of {', '.join(FORMS)}")
    if not named:
        raise click.BadParameter(f"one of {', '.join(FORMS)} is wanted")
    if absent := missing(named):
        raise click.BadParameter(f"{absent} needs packages: pip install 'zhextract[{absent}]'")
    return tuple(named)


def chosen(selector: str | None) -> str | None:
    """A selector as it is; `click.BadParameter` where it is none."""
    from extract.pages.sites import wrong

    if selector and (problem := wrong(selector)):
        raise click.BadParameter(problem)
    return selector


def places(names: tuple[str, ...], argument: click.Parameter, context: click.Context) -> tuple[Path, ...]:
    """The folders and files that are named, and those that a glob stands for, where nothing has its name."""
    found: list[Path] = []
    for name in names:
        globbed = [] if Path(name).exists() else sorted(glob(name, recursive=True))  # noqa: PTH207  # any root
        found += map(Path, globbed) if globbed else [INPUT.convert(name, argument, context)]
    if len(found) > 1 and any(str(place) == "-" for place in found):
        raise click.BadParameter("standard input (-) goes with no other input")
    return tuple(found)


def fields(pairs: tuple[str, ...]) -> "Fields":
    """The names of fields that ``NAME=FIELD`` gives; `click.BadParameter` where one is written otherwise."""
    from extract.text.read import Fields

    names = dict(pair.partition("=")[::2] for pair in pairs)
    if wrong := [name for name, field in names.items() if name not in Fields._fields or not field]:
        wanted = ", ".join(Fields._fields)
        raise click.BadParameter(f"{wrong[0]!r}: NAME=FIELD is wanted, NAME one of {wanted}")
    return Fields(**names)
