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
from extract.unusable import Unusable


class ResultsError(Unusable):
    """A folder that holds no results, or an unreadable document; the message names the file."""


def results(folder: Path, articles: Path | None = None) -> Iterator[Extraction]:
    """The extractions in the order of their names, each beside its text where that is found: kept beside the
    records, or in the folder or file that the run read, which it noted."""
    account = folder / RUN
    if not account.is_file():
        raise ResultsError(f"{folder}: no results of a run in it ({RUN} is missing)")
    noted = json.loads(account.read_bytes()).get("input")
    texts = Texts(articles or (folder / noted if noted else None))
    for place, data in _documents(folder):
        try:
            extraction = Extraction.from_json(data)
        except msgspec.DecodeError as error:
            raise ResultsError(f"{place}: {error}") from error
        text = texts.of(folder / "articles" / f"{extraction.article.id}.txt", extraction)
        yield extraction if text is None else extraction.with_text(text)


def _documents(folder: Path) -> Iterator[tuple[str, bytes]]:
    """The documents of a run and where each stands: a file each or, where none were written, lines of files.
    Raises `ResultsError` where the run wrote neither."""
    alone = sorted((folder / "articles").rglob("*.json"))
    for path in alone:
        yield str(path), path.read_bytes()
    if alone:
        return
    lined = sorted(folder.glob("articles*.jsonl"), key=lambda path: (len(path.name), path.name))
    if not lined and not (folder / "articles").is_dir():
        raise ResultsError(f"{folder}: its run wrote no documents; add json or jsonl to --to")
    for path in lined:
        with path.open("rb") as file:
            yield from ((f"{path}: line {number}", line) for number, line in enumerate(file, 1))


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
