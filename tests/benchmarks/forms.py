"""Prints the table of outputs/README.md: what each form of results takes, in bytes and in processor time.

    python -m tests.benchmarks.forms [FILE]

The articles are those of the corpus, or of a file of packed JSON Lines, again and again under other names,
until there are 20,000. The corpus is small: repeated so often, Parquet makes less of it than of others.
"""

import gzip
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from itertools import count, islice
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time

import msgspec

from extract import Extraction, Extractor
from extract.output.files import swapping, write
from extract.output.folder import document
from extract.output.sink import SINKS
from tests.benchmarks.texts import TEXTS

ARTICLES = 20_000
Write = Callable[[Path, Iterator[Extraction]], None]


def articles(found: list[Extraction]) -> Iterator[Extraction]:
    """These extractions for ever, each time under other names."""
    for turn in count():
        for extraction in found:
            info = extraction.article
            named = msgspec.structs.replace(
                info, id=f"{turn:05}/{info.id}", source=f"{turn:05}/{info.id}.txt"
            )
            yield msgspec.structs.replace(extraction, article=named).with_text(extraction.text or "")


def documents(folder: Path, extractions: Iterator[Extraction]) -> None:
    """A file an article."""
    for extraction in extractions:
        path = folder / "articles" / f"{extraction.article.id}.json"
        path.parent.mkdir(parents=True, exist_ok=True)
        write(path, document(extraction))


class Place:
    """Where a sink puts its files."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def new(self, name: str) -> AbstractContextManager[Path]:
        """A path to write at, which becomes the file of that name."""
        return swapping(self._folder / name)


def sunk(form: str) -> Write:
    """What a sink does from the extraction to the file."""
    sink = SINKS[form]()
    return lambda folder, extractions: sink.write(Place(folder), map(sink.encode, extractions))


FORMS: Mapping[str, Write] = {"json": documents, **{form: sunk(form) for form in SINKS}}


def row(form: str, found: list[Extraction], number: int) -> str:
    """A line of the table."""
    with TemporaryDirectory() as name:
        started = process_time()
        FORMS[form](Path(name), islice(articles(found), number))
        spent = process_time() - started
        sizes = [path.stat().st_size for path in Path(name).rglob("*") if path.is_file()]
    each = f"{1_000 * spent / number:.2f}"
    return f"| `{form}` | {len(sizes):,} | {sum(sizes) / 1e6:,.0f} | {sum(sizes) / number:,.0f} | {each} |"


def packed_lines(file: str) -> list[bytes]:
    """The lines of a packed file."""
    return gzip.decompress(Path(file).read_bytes()).splitlines()


def main(file: str | None = None, number: int = ARTICLES) -> None:
    """The table, under what the articles are."""
    extractor = Extractor()
    texts = [msgspec.json.decode(line)["text"] for line in packed_lines(file)] if file else TEXTS
    started = process_time()
    found = [extractor.extract(text, id=f"{at:05}") for at, text in enumerate(texts)]
    spent = (process_time() - started) / len(found)
    characters = sum(extraction.article.characters for extraction in found) / len(found)
    records = sum(len(list(extraction)) for extraction in found) / len(found)
    print(
        f"{number:,} articles, {len(found):,} different ones, of {characters:,.0f} characters and "
        f"{records:.0f} records on average; to extract one takes {1_000 * spent:.1f} ms.\n"
    )
    print("| form | files | MB | bytes an article | ms an article |\n| --- | --: | --: | --: | --: |")
    for form in FORMS:
        print(row(form, found, number), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
