"""What Ray is given: the articles of sources as rows, and the actor that extracts them."""

import pickle
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

import msgspec
import pyarrow as pa
from ray.data.block import BlockMetadata
from ray.data.datasource import Datasource, ReadTask

from extract.arrow import nested, rows
from extract.batch.local import Task, extract, failure
from extract.batch.unit import Unit, units
from extract.output.files import write
from extract.output.piece import Failure, Outcome
from extract.text.containers import holds_many
from extract.text.read import Source

T = TypeVar("T")

FILES = 1_000
"""Files of one article that a task reads."""
ROWS = 256
"""Articles that a task reads before it hands them on."""
UNITS = pa.schema([("source", pa.string()), ("unit", pa.binary())])
"""What tasks hand to actors. Ray knows an article by its source: it is in the results, too."""


class Articles(Datasource):
    """The articles of sources, as rows of `UNITS`."""

    def __init__(self, sources: Sequence[Source]) -> None:
        many = ([source] for source in sources if holds_many(source))
        single = _batches((source for source in sources if not holds_many(source)), FILES)
        self._tasks = [*single, *many]

    @property
    def tasks(self) -> int:
        """How many tasks read."""
        return len(self._tasks)

    def estimate_inmemory_data_size(self) -> int | None:
        """Nobody knows before reading."""
        return None

    def get_read_tasks(self, parallelism: int, *_: Any, **__: Any) -> list[ReadTask]:
        """A task for each file of many articles, and for some files of one."""
        unknown = BlockMetadata(num_rows=None, size_bytes=None, input_files=None, exec_stats=None)
        return [ReadTask(partial(_read, sources), unknown, schema=UNITS) for sources in self._tasks]


class Actor:
    """Extracts batch after batch with one extractor."""

    def __init__(self, task: Task, failures: Path) -> None:
        self._task, self._failures = task, failures

    def __call__(self, batch: pa.Table) -> pa.Table:
        """The articles as rows of `extract.arrow.SCHEMA`; failures go into a file of their own."""
        given = batch.column("unit").to_pylist()
        outcomes = [self._outcome(pickle.loads(unit)) for unit in given]
        if failed := [msgspec.json.encode(outcome) for outcome in outcomes if isinstance(outcome, Failure)]:
            name = sha256(b"".join(given)).hexdigest()  # a retry writes the same file
            write(self._failures / f"{name}.jsonl", b"\n".join(failed))
        good = [rows(outcome) for outcome in outcomes if not isinstance(outcome, Failure)]
        return pa.Table.from_batches([nested(good)])

    def _outcome(self, unit: Unit) -> Outcome:
        try:
            article = unit.read().article
        except Exception as error:
            return failure(unit.name, "read", error)
        return extract(self._task.extractor, article, self._task.published)


def _read(sources: Sequence[Source]) -> Iterator[pa.Table]:
    for batch in _batches(units(sources), ROWS):
        yield pa.table([[unit.name for unit in batch], [pickle.dumps(unit) for unit in batch]], schema=UNITS)


def _batches(items: Iterable[T], size: int) -> Iterator[list[T]]:
    left = iter(items)
    while batch := list(islice(left, size)):
        yield batch
