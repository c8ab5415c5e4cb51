"""The facts in forms that other tools read."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from extract.facts import ftm, sdmx, sentences
from extract.facts.store import VIEWS, Store
from extract.output.files import replacing, swapping


class Form(NamedTuple):
    """A file that is written line by line from the rows of a query."""

    name: str
    query: str
    lines: Callable[[Iterable[tuple[Any, ...]]], Iterator[bytes]]


LINES = {
    "sdmx": Form("series.csv", sdmx.QUERY, sdmx.lines),
    "ftm": Form("entities.ftm.json", ftm.QUERY, ftm.lines),
    "sentences": Form("sentences.jsonl", sentences.QUERY, sentences.lines),
}


def export(store: Store, form: str, folder: Path) -> list[Path]:
    """Write the facts in a form into a folder, each view as a file where it is Parquet; their paths."""
    if form == "parquet":
        return [_parquet(store, view, folder / f"{view}.parquet") for view in VIEWS]
    name, query, lines = LINES[form]
    with replacing(folder / name) as file:
        file.writelines(lines(store.each(query)))
    return [folder / name]


def _parquet(store: Store, view: str, path: Path) -> Path:
    with swapping(path) as temporary:
        store.save(view, temporary)
    return path
