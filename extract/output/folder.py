"""The folder that a run writes: what is in it is of this run, whole, and nothing else."""

import errno
import json
from collections import Counter
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any, Self

import msgspec

from extract.output import tables
from extract.output.files import Place, Spool, write
from extract.output.piece import Failure, Piece
from extract.output.sink import SINKS
from extract.records import Extraction

RUN = "run.json"
ERRORS = "errors.jsonl"
UNUSABLE = (errno.ENAMETOOLONG, errno.ENOTDIR, errno.EISDIR, errno.EEXIST)
COUNTED = ("articles", "failed", "left_out", "characters", *tables.TABLES)


def document(extraction: Extraction) -> bytes:
    """An extraction as JSON: UTF-8, two-space indent, keys in schema order."""
    return indented(msgspec.json.encode(extraction))


def indented(data: bytes) -> bytes:
    """JSON for human eyes."""
    return msgspec.json.format(data, indent=2) + b"\n"


class ResultFolder:
    """Writes each article's JSON as it comes; all other files appear together when the run is complete."""

    def __init__(self, path: Path, forms: Collection[str]) -> None:
        (path / "articles" if "json" in forms else path).mkdir(parents=True, exist_ok=True)
        self._path = path
        self._documents = "json" in forms
        self._spools = {form: Spool(path) for form in forms if form in SINKS}
        self._failures = Spool(path)
        self._ids: set[str] = set()
        self._written: set[str] = set()
        self.counts: Counter[str] = Counter(dict.fromkeys(COUNTED, 0))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for spool in (self._failures, *self._spools.values()):
            spool.close()

    def add(self, piece: Piece) -> None:
        """Take in what became of one article."""
        failure = piece.failure or self._keep(piece)
        if failure:
            self.counts.update(articles=1, failed=1)
            self._failures.add(msgspec.json.encode(failure) + b"\n")
            return
        self.counts.update(piece.counts)
        for form, spool in self._spools.items():
            spool.add(piece.parts[form])

    def leave_out(self, name: str, reason: str) -> None:
        """Name a file that is of no kind that is read."""
        self.counts["left_out"] += 1
        failure = Failure(name, "walk", "LeftOut", f"{name}: left out: {reason}")
        self._failures.add(msgspec.json.encode(failure) + b"\n")

    def close(self, account: Mapping[str, Any]) -> None:
        """Drop what an earlier run left that this one did not write, and give the account of this one.

        Only what the `RUN` file there names, and documents beside it, go: all else may be someone's own.
        """
        place, run = Place(self._path), self._path / RUN
        for form, spool in self._spools.items():
            SINKS[form]().write(place, spool)
        write(self._path / ERRORS, b"".join(self._failures))
        files = sorted((ERRORS, *place.names))
        if run.is_file():
            self._drop(set(json.loads(run.read_bytes()).get("files", ())).difference(files))
        write(run, indented(msgspec.json.encode({**account, "files": files})))

    def _drop(self, stale: Collection[str]) -> None:
        folder = self._path / "articles"
        for path in (*folder.rglob("*.json"), *folder.rglob("*.txt")):
            if path.relative_to(folder).as_posix() not in self._written:
                path.unlink()
        for name in stale:
            (self._path / Path(name).name).unlink(missing_ok=True)

    def _keep(self, piece: Piece) -> Failure | None:
        """Write an article's own files; a name that cannot be used is a failure of this article alone."""
        if piece.id in self._ids:
            return _unwritten(piece, f"a second article with the id {piece.id!r}")
        self._ids.add(piece.id)
        if not self._documents:
            return None
        try:
            self._write(f"{piece.id}.json", indented(piece.parts["json"]))
            if piece.text is not None:
                self._write(f"{piece.id}.txt", piece.text)
        except OSError as error:
            if error.errno not in UNUSABLE:
                raise
            return _unwritten(piece, f"no file can have the name {piece.id!r}: {error.strerror}")
        return None

    def _write(self, name: str, data: bytes) -> None:
        path = self._path / "articles" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        write(path, data)
        self._written.add(name)


def _unwritten(piece: Piece, reason: str) -> Failure:
    return Failure(piece.source, "write", "UnusableName", f"{piece.source}: {reason}")
