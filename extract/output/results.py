"""Reads the folder that a run wrote: the one place that knows where its records and texts stand."""

import json
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import msgspec

from extract.output.folder import RUN
from extract.records import Extraction
from extract.text.decode import ReadError
from extract.text.read import read


class ResultsError(ValueError):
    """A folder that holds no results, or an unreadable document; the message names the file."""


def results(folder: Path, articles: Path | None = None) -> Iterator[Extraction]:
    """The extractions in the order of their names, each beside its text where that is found: kept beside the
    records, or in the folder or file that the run read, which it noted."""
    account = folder / RUN
    if not account.is_file():
        raise ResultsError(f"{folder}: no results of a run in it ({RUN} is missing)")
    noted = json.loads(account.read_bytes()).get("input")
    source = articles or (folder / noted if noted else None)
    for path in sorted((folder / "articles").rglob("*.json")):
        try:
            extraction = Extraction.from_json(path.read_bytes())
        except msgspec.DecodeError as error:
            raise ResultsError(f"{path}: {error}") from error
        text = _text(path.with_suffix(".txt"), source, extraction)
        yield extraction if text is None else extraction.with_text(text)


def _text(kept: Path, source: Path | None, extraction: Extraction) -> str | None:
    """The text of an article, if it is still what it was."""
    info = extraction.article
    if source and source.is_dir():
        source = source / (info.source or "")
    for path in (kept, source):
        if path is None or not path.is_file():
            continue
        try:
            raw = read(path).raw
        except (OSError, ReadError):
            continue
        if sha256(raw.encode("utf-8", "surrogatepass")).hexdigest() == info.sha256:
            return raw
    return None
