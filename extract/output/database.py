"""Results as a DuckDB file: tables with types and comments, and views of what is asked most."""

from collections.abc import Iterable, Mapping
from importlib.resources import files as resources
from typing import Any

from extract.output import tables
from extract.output.columns import Column, Kind
from extract.output.form import Files
from extract.output.typed import Typed, groups

FILE = "results.duckdb"
TYPES: Mapping[Kind, str] = {
    "text": "varchar",
    "integer": "integer",
    "number": "double",
    "truth": "boolean",
    "date": "date",
    "time": "time",
    "spans": 'struct("start" integer, "end" integer)[]',
}


class Database(Typed):
    """One file with all tables."""

    def write(self, files: Files, parts: Iterable[bytes]) -> None:
        """Some thousand articles at a time; the views come last."""
        import duckdb

        from extract.arrow import flat, nested

        with files.new(FILE) as path, duckdb.connect(str(path)) as db:
            for table in tables.TABLES:
                _create(db, table)
            for group in groups(parts):
                batch = nested(group)
                for table in tables.TABLES:
                    db.register("incoming", flat(batch, table))
                    db.execute(f"insert into {table} select * from incoming")
                    db.unregister("incoming")
            db.execute(resources("extract.output").joinpath("views.sql").read_text(encoding="utf-8"))


def _create(db: Any, table: str) -> None:
    """An empty table; what it and each column mean is told in it."""
    columns = tables.heading(table)
    db.execute(f"create table {table} ({', '.join(map(_declared, columns))})")
    db.execute(f"comment on table {table} is {_quoted(tables.TABLES[table].meaning)}")
    for column in columns:
        db.execute(f'comment on column {table}."{column.name}" is {_quoted(column.meaning)}')


def _declared(column: Column) -> str:
    return f'"{column.name}" {TYPES[column.kind]}'


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
