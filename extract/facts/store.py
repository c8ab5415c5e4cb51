"""The DuckDB file that holds the facts of many articles."""

from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import Any, NamedTuple, Self

import msgspec
from msgspec.structs import astuple

from extract.facts.bodies import Bodies, Form
from extract.facts.persons import Held, Persons
from extract.facts.statements import Appearance, Reader, Statement
from extract.indicators import Indicators
from extract.output.account import program
from extract.records import Extraction
from extract.rules import Rules
from extract.unusable import Unusable

FILE = "facts.duckdb"
"""Name of the file in the folder of a run."""
BATCH = 20_000
"""Rows that wait in memory before they go to the file, or come from it."""
VIEWS = ("series", "contradictions", "witnesses", "posts", "changes")
"""What can be asked."""
MISSING = "facts need DuckDB and PyArrow: pip install 'zhextract[facts]'"


class FactsError(Unusable):
    """Facts that cannot be built or asked for; the message says what would help."""


class Built(NamedTuple):
    """What a build did: articles read anew, taken over, and forgotten since their results are gone."""

    read: int
    kept: int
    forgotten: int


class Store:
    """A facts file, open. Use as a context manager."""

    def __init__(self, path: Path, *, read_only: bool = False) -> None:
        """Raises `FactsError` where a package is missing, or where there is no file to read."""
        try:
            import duckdb
            import pyarrow  # noqa: F401  # rows go in as its tables
        except ImportError as error:
            raise FactsError(MISSING) from error
        if read_only and not path.is_file():
            raise FactsError(f"{path}: no facts there; `zhextract facts {path.parent}` builds them")
        self._db = duckdb.connect(str(path), read_only=read_only)
        if not read_only:
            self._db.execute(_sql("schema"))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._db.close()

    def rows(self, query: str, *values: Any) -> list[tuple[Any, ...]]:
        """What a query gives."""
        return self._db.execute(query, values).fetchall()

    def each(self, query: str) -> Iterator[tuple[Any, ...]]:
        """What a query gives, a few rows in memory at a time."""
        found = self._db.cursor().execute(query)
        while rows := found.fetchmany(BATCH):
            yield from rows

    def save(self, view: str, path: Path) -> None:
        """Write a view as a file of Parquet."""
        self._db.sql(f"from {view}").write_parquet(str(path), compression="zstd")

    def columns(self, query: str, *values: Any) -> list[str]:
        """The names of a query's columns."""
        return [column[0] for column in self._db.execute(query, values).description]

    def build(self, rules: Rules, extractions: Iterable[Extraction]) -> Built:
        """Take in the results of articles; what has not changed since the last build is taken over."""
        self._db.begin()
        self._renew(f"{program()} {rules.digest}")
        known = dict(self.rows("select article, sha256 from articles"))
        seen: set[str] = set()
        fresh: list[str] = []
        for batch in _batches(self._fresh(extractions, known, seen, fresh), Reader(rules)):
            self._insert("statements", batch.statements)
            self._insert("appearances", batch.appearances)
            self._insert("articles", batch.articles)
        gone = [article for article in known if article not in seen]
        self._forget(gone)
        self._register(Indicators(rules))
        self._identify(Persons(rules))
        self._name_bodies(Bodies(rules))
        self._db.execute(_sql("views"))
        self._db.commit()
        return Built(len(fresh), len(seen) - len(fresh), len(gone))

    def _renew(self, version: str) -> None:
        """Forget all that another version of the program or of the rules has made."""
        if self.rows("select version from made") == [(version,)]:
            return
        for (table,) in self.rows("select table_name from duckdb_tables()"):
            self._db.execute(f'drop table "{table}"')
        self._db.execute(_sql("schema"))
        self._db.execute("insert into made values (?)", [version])

    def _fresh(
        self, extractions: Iterable[Extraction], known: dict[str, str], seen: set[str], fresh: list[str]
    ) -> Iterator["Dated"]:
        """The extractions that the file does not have as they are; older rows of them are forgotten."""
        for extraction in extractions:
            article = extraction.article.id
            own = digest(extraction)
            seen.add(article)
            if known.get(article) == own:
                continue
            if article in known:
                self._forget([article])
            fresh.append(article)
            yield Dated(extraction, own)

    def _forget(self, articles: Sequence[str]) -> None:
        for table in ("statements", "appearances", "articles"):
            self._db.execute(f"delete from {table} where article in (select unnest(?))", [list(articles)])

    def _insert(self, table: str, rows: Sequence[Any]) -> None:
        if not rows:
            return
        import pyarrow as pa

        columns = zip(*(row if isinstance(row, tuple) else astuple(row) for row in rows), strict=True)
        arrays = [_array(pa, column) for column in columns]
        incoming = pa.table(arrays, names=[str(i) for i in range(len(arrays))])
        self._db.register("incoming", incoming)
        self._db.execute(f"insert into {table} select * from incoming")
        self._db.unregister("incoming")

    def _register(self, indicators: Indicators) -> None:
        self._db.execute("delete from indicators")
        rows = [
            (i.id, i.name, i.english, i.units[0] if i.units else None, i.kind)
            for i in indicators.by_id.values()
        ]
        self._insert("indicators", rows)

    def _identify(self, persons: Persons) -> None:
        """Decide anew who is one person: a new article may join what stood apart."""
        held = self.rows(
            "select name, article, official, organization, title, level from appearances "
            'order by name, article, official, "offset", organization, title'
        )
        self._db.execute("delete from identities")
        self._insert("identities", list(persons.identities(Held(*row) for row in held)))

    def _name_bodies(self, bodies: Bodies) -> None:
        """Decide anew what the bodies of a person's posts are called in full."""
        written = self.rows(
            "select person, title, organization, max(region), count(distinct article) "
            "from appearances join identities using (article, official) "
            "group by all order by person, title, organization"
        )
        self._db.execute("delete from bodies")
        self._insert("bodies", list(bodies.named(Form(*row) for row in written)))


def digest(extraction: Extraction) -> str:
    """Digest of an article's records, by which a build knows what is new."""
    return sha256(msgspec.json.encode(extraction)).hexdigest()


class Dated(NamedTuple):
    """An extraction and the digest of its records."""

    extraction: Extraction
    digest: str


class Batch(NamedTuple):
    """Rows that go to the file together."""

    articles: list[tuple[str | None, ...]]
    statements: list[Statement]
    appearances: list[Appearance]


def _batches(fresh: Iterable[Dated], reader: Reader) -> Iterator[Batch]:
    batch = Batch([], [], [])
    for extraction, digest in fresh:
        info, text = extraction.article, extraction.text or ""
        batch.articles.append((info.id, info.title, info.url, info.publisher, info.published, digest))
        batch.statements.extend(reader.statements(extraction, text))
        batch.appearances.extend(reader.appearances(extraction, text))
        if len(batch.statements) + len(batch.appearances) > BATCH:
            yield batch
            batch = Batch([], [], [])
    yield batch


def _array(pa: Any, column: Sequence[Any]) -> Any:
    """A column with a type even where nothing is in it."""
    empty = all(value is None for value in column)
    return pa.array(column, pa.string() if empty else None)


def _sql(name: str) -> str:
    return files("extract.facts").joinpath(f"{name}.sql").read_text(encoding="utf-8")
