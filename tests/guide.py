"""The parts of outputs/README.md that follow from the code: `python -m tests.guide` writes them anew."""

import re
from collections.abc import Callable, Iterator, Mapping

from extract.arrow import ARTICLE, NESTED, SCHEMA
from extract.batch.cluster import ACTOR, SHARD
from extract.output import tables
from extract.output.columns import Column
from extract.output.database import TYPES
from tests.conftest import ROOT

PATH = ROOT / "outputs" / "README.md"
BILLION, CORES = 1_000_000_000, 1_000
PART = re.compile(r"<!-- (\w+) -->\n.*?\n<!-- /\1 -->", re.DOTALL)


def fields(_text: str) -> Iterator[str]:
    """Every column of every table: its type in DuckDB and what it means."""
    yield "Every row but those of `articles` begins with the article that it is of:\n"
    yield from _table(tables.ARTICLE)
    for name, table in tables.TABLES.items():
        yield f"\n**`{name}`**: {table.meaning}\n"
        yield from _table(table.columns)


def schema(_text: str) -> Iterator[str]:
    """The schema of Parquet and Arrow, list by list."""
    names = ", ".join(f"`{column.name}`" for column in ARTICLE)
    yield f"- of the article: {names}"
    for name in NESTED:
        yield f"- `{name}`: a list of structs of {len(SCHEMA.field(name).type.value_type)} fields"


def billion(text: str) -> Iterator[str]:
    """What the figures of the page come to for a billion articles."""
    extracting = float(_found(r"to extract one takes ([\d.]+) ms", text))
    size, writing = map(
        float, _found(r"\| `parquet` \|.*\| ([\d,.]+ \| [\d.]+) \|", text).replace(",", "").split("|")
    )
    hours = BILLION * (extracting + writing) / 3_600_000
    yield "| what | formula | of a billion |\n| --- | --- | --: |"
    yield f"| hours of one core | N × ({extracting} ms + {writing} ms) ÷ 3,600,000 ms | {hours:,.0f} |"
    yield f"| hours of {CORES:,} cores | the same ÷ {CORES:,} ÷ {ACTOR} | {hours / CORES / ACTOR:.1f} |"
    yield f"| files | N ÷ {SHARD:,} | {BILLION // SHARD:,} |"
    yield f"| GB in them | N × {size:,.0f} bytes | {BILLION * size / 1e9:,.0f} |"
    yield f"| MB of a file | {SHARD:,} × {size:,.0f} bytes | {SHARD * size / 1e6:.1f} |"


PARTS: Mapping[str, Callable[[str], Iterator[str]]] = {"fields": fields, "schema": schema, "billion": billion}


def written(text: str) -> str:
    """The page with these parts as they are now."""

    def part(match: re.Match[str]) -> str:
        name = match[1]
        made = "\n".join(PARTS[name](text))
        return f"<!-- {name} -->\n\n{made}\n\n<!-- /{name} -->"

    return PART.sub(part, text)


def _found(pattern: str, text: str) -> str:
    match = re.search(pattern, text)
    if match is None:
        raise ValueError(f"nothing on the page is like {pattern}")
    return match[1]


def _table(columns: tuple[Column, ...]) -> Iterator[str]:
    yield "| column | type | what it says |\n| --- | --- | --- |"
    for column in columns:
        meaning = column.meaning.replace("|", "\\|")
        yield f"| `{column.name}` | {TYPES[column.kind]} | {meaning} |"


if __name__ == "__main__":
    PATH.write_text(written(PATH.read_text(encoding="utf-8")), encoding="utf-8")
