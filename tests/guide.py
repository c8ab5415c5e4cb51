"""The parts of outputs/README.md that follow from the code: `python -m tests.guide` writes them anew."""

import re
from collections.abc import Callable, Iterator, Mapping

from extract.arrow import ARTICLE, NESTED, SCHEMA
from extract.output import tables
from extract.output.columns import Column
from extract.output.database import TYPES
from tests.conftest import ROOT

PATH = ROOT / "outputs" / "README.md"
PART = re.compile(r"<!-- (\w+) -->\n.*?\n<!-- /\1 -->", re.DOTALL)


def fields() -> Iterator[str]:
    """Every column of every table: its type in DuckDB and what it means."""
    yield "Every row but those of `articles` begins with the article that it is of:\n"
    yield from _table(tables.ARTICLE)
    for name, table in tables.TABLES.items():
        yield f"\n**`{name}`**: {table.meaning}\n"
        yield from _table(table.columns)


def schema() -> Iterator[str]:
    """The schema of Parquet and Arrow, list by list."""
    names = ", ".join(f"`{column.name}`" for column in ARTICLE)
    yield f"- of the article: {names}"
    for name in NESTED:
        yield f"- `{name}`: a list of structs of {len(SCHEMA.field(name).type.value_type)} fields"


PARTS: Mapping[str, Callable[[], Iterator[str]]] = {"fields": fields, "schema": schema}


def written(text: str) -> str:
    """The page with these parts as they are now."""

    def part(match: re.Match[str]) -> str:
        name = match[1]
        made = "\n".join(PARTS[name]())
        return f"<!-- {name} -->\n\n{made}\n\n<!-- /{name} -->"

    return PART.sub(part, text)


def _table(columns: tuple[Column, ...]) -> Iterator[str]:
    yield "| column | type | what it says |\n| --- | --- | --- |"
    for column in columns:
        meaning = column.meaning.replace("|", "\\|")
        yield f"| `{column.name}` | {TYPES[column.kind]} | {meaning} |"


if __name__ == "__main__":
    PATH.write_text(written(PATH.read_text(encoding="utf-8")), encoding="utf-8")
