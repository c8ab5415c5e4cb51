"""Reads the folder that a run wrote: the one place that knows where its records and texts stand."""

import json
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import msgspec

from extract.output.folder import RUN
from extract.records import Extraction
from extract.text.containers import articles as texts_of
from extract.text.containers import holds_many
from extract.text.decode import ReadError
from extract.text.read import Article, Source, read


class ResultsError(ValueError):
    """A folder that holds no results, or an unreadable document; the message names the file."""


def results(folder: Path, articles: Path | None = None) -> Iterator[Extraction]:
    """The extractions in the order of their names, each beside its text where that is found: kept beside the
    records, or in the folder or file that the run read, which it noted."""
    account = folder / RUN
    if not account.is_file():
        raise ResultsError(f"{folder}: no results of a run in it ({RUN} is missing)")
    told = json.loads(account.read_bytes())
    noted, counts = told.get("input"), told.get("counts", {})
    texts = Texts(articles or (folder / noted if noted else None))
    path = None
    for path, data in _documents(folder):
        try:
            extraction = Extraction.from_json(data)
        except msgspec.DecodeError as error:
            raise ResultsError(f"{path}: {error}") from error
        text = texts.of(path.with_suffix(".txt"), extraction)
        yield extraction if text is None else extraction.with_text(text)
    if path is None and counts.get("articles", 0) > counts.get("failed", 0):
        raise ResultsError(f"{folder}: no documents in it; `zhextract run` with `--to json` writes them")


def _documents(folder: Path) -> Iterator[tuple[Path, bytes]]:
    """The documents of a run, and where each stands: files of their own, else lines of JSON."""
    paths = sorted((folder / "articles").rglob("*.json"))
    yield from ((path, path.read_bytes()) for path in paths)
    shards = [] if paths else sorted(folder.glob("articles*.jsonl"), key=lambda path: (len(path.name), path))
    for path in shards:
        with path.open("rb") as file:
            yield from ((path, line) for line in file)


class Texts:
    """The texts that a run read. A file of many articles is read once, and kept until one of another file is
    asked for: memory is bounded by the largest of them."""

    def __init__(self, source: Path | None) -> None:
        self._source = source
        self._many: tuple[Path, dict[str, str]] | None = None

    def of(self, kept: Path, extraction: Extraction) -> str | None:
        """The text of an article, if it is still what it was; ``kept`` stands beside its records."""
        info = extraction.article
        source = self._source
        if source and source.is_dir():
            source = source / (info.source or "")
        for path in (kept, source):
            if path is not None and path.is_file() and (text := self._read(path, info.sha256)) is not None:
                return text
        return None

    def _read(self, path: Path, digest: str) -> str | None:
        if holds_many(Source(path, path.stem, path.name)):
            if self._many is None or self._many[0] != path:
                self._many = path, _by_digest(path)
            return self._many[1].get(digest)
        try:
            raw = read(path).raw
        except (OSError, ReadError):
            return None
        return raw if _digest(raw) == digest else None


def _by_digest(path: Path) -> dict[str, str]:
    found = texts_of(Source(path, path.stem, path.name))
    return {_digest(one.raw): one.raw for one in found if isinstance(one, Article)}


def _digest(text: str) -> str:
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
