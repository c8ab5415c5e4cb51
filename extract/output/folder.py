"""The folder that a run writes: what is in it is of this run, whole, and nothing else."""

import errno
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

import msgspec

from extract.output import tables
from extract.output.files import replacing, write
from extract.records import ArticleInfo, Extraction

RUN = "run.json"
UNUSABLE = (errno.ENAMETOOLONG, errno.ENOTDIR, errno.EISDIR, errno.EEXIST)
COUNTED = ("articles", "failed", "left_out", "characters", *tables.TABLES)


class Failure(msgspec.Struct, frozen=True):
    """An article that could not be read or extracted."""

    article: str
    stage: str
    error: str
    message: str


Outcome = Extraction | Failure


class Result(NamedTuple):
    """What became of an article, and its text where that is to be kept beside the records."""

    outcome: Outcome
    text: str | None = None


def document(extraction: Extraction) -> bytes:
    """An extraction as JSON: UTF-8, two-space indent, keys in schema order."""
    return msgspec.json.format(msgspec.json.encode(extraction), indent=2) + b"\n"


class ResultFolder:
    """Writes each article's JSON as it comes; the tables appear together when the run is complete."""

    def __init__(self, path: Path, files: Mapping[str, BinaryIO]) -> None:
        self._path = path
        self._files = files
        self._written: set[str] = set()
        self.counts: Counter[str] = Counter(dict.fromkeys(COUNTED, 0))

    def add(self, outcome: Outcome, text: str | None = None) -> None:
        """Take in what became of one article."""
        if isinstance(outcome, Extraction):
            outcome = self._document(outcome, text)
        self.counts["articles"] += 1
        if isinstance(outcome, Failure):
            self.counts["failed"] += 1
            self._files["errors"].write(msgspec.json.encode(outcome) + b"\n")
            return
        self.counts["characters"] += outcome.article.characters
        for table in tables.TABLES:
            self.counts[table] += tables.count(outcome, table)
            self._files[table].write(tables.encode(tables.rows(outcome, table)))

    def leave_out(self, name: str, reason: str) -> None:
        """Name a file that is of no kind that is read."""
        self.counts["left_out"] += 1
        failure = Failure(name, "walk", "LeftOut", f"{name}: left out: {reason}")
        self._files["errors"].write(msgspec.json.encode(failure) + b"\n")

    def close(self, account: Mapping[str, Any]) -> None:
        """Drop the documents of an earlier run that this one did not write, and give the account of it.

        Only a folder with a `RUN` file is cleaned: in any other the documents may be someone's own.
        """
        if (self._path / RUN).is_file():
            folder = self._path / "articles"
            for path in (*folder.rglob("*.json"), *folder.rglob("*.txt")):
                if path.relative_to(folder).as_posix() not in self._written:
                    path.unlink()
        write(self._path / RUN, msgspec.json.format(msgspec.json.encode(account), indent=2) + b"\n")

    def _document(self, extraction: Extraction, text: str | None) -> Outcome:
        """Write an article's files; a name that cannot be used is a failure of this article alone."""
        article = extraction.article
        if f"{article.id}.json" in self._written:
            return _unwritten(article, f"a second article with the id {article.id!r}")
        try:
            self._write(f"{article.id}.json", document(extraction))
            if text is not None:
                self._write(f"{article.id}.txt", text.encode())
        except OSError as error:
            if error.errno not in UNUSABLE:
                raise
            return _unwritten(article, f"no file can have the name {article.id!r}: {error.strerror}")
        return extraction

    def _write(self, name: str, data: bytes) -> None:
        path = self._path / "articles" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        write(path, data)
        self._written.add(name)


def _unwritten(article: ArticleInfo, reason: str) -> Failure:
    name = article.source or article.id
    return Failure(name, "write", "UnusableName", f"{name}: {reason}")


@contextmanager
def result_folder(path: Path) -> Iterator[ResultFolder]:
    """A folder to write results to; where the block fails, the tables of the run before stay."""
    (path / "articles").mkdir(parents=True, exist_ok=True)
    names = {table: f"{table}.csv" for table in tables.TABLES} | {"errors": "errors.jsonl"}
    with ExitStack() as stack:
        files = {key: stack.enter_context(replacing(path / name)) for key, name in names.items()}
        for table in tables.TABLES:
            files[table].write(tables.encode([tables.header(table)]))
        yield ResultFolder(path, files)
