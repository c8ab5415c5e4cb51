"""Extraction on a cluster: Ray Data from reading to writing, with its retries and its checkpoints.

Tasks read the sources, actors extract with one extractor each, tasks write Parquet. What a run that was
broken off has written is kept, and the next one of the same settings goes on from there.
"""

import pickle
import shutil
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import msgspec
import pyarrow as pa
import ray
from pyarrow import parquet
from ray.data import ActorPoolStrategy
from ray.data.block import BlockMetadata
from ray.data.checkpoint import CheckpointConfig
from ray.data.datasource import Datasource, ReadTask

from extract.arrow import NESTED, nested, rows
from extract.batch.local import Task, extract, failure
from extract.batch.unit import Unit, units
from extract.output import tables
from extract.output.files import write
from extract.output.folder import ResultFolder
from extract.output.made import made
from extract.output.piece import Failure, Outcome, Result, piece
from extract.text.containers import holds_many
from extract.text.read import Source

T = TypeVar("T")

STAGE = ".cluster"
"""Folder, in that of the results, of what is not complete; the whole cluster sees it."""
FILES = 1_000
"""Files of one article that a task reads."""
BLOCK = 256
"""Articles that are handed on together."""
BATCH = 64
"""Articles that an actor takes at once."""
SHARD = 10_000
"""Articles of a file of results: what a run that is broken off has to do again for each file under way."""
ACTOR, TASK = 0.9, 0.05
"""Processors that an actor, and a task that reads or writes, count for: one has room for both."""
UNITS = pa.schema([("source", pa.string()), ("unit", pa.binary())])
"""What tasks hand to actors. Ray knows an article by its source: it is in the results, too."""


class Stage(NamedTuple):
    """What a run that is not complete keeps."""

    path: Path

    @property
    def note(self) -> Path:
        """The settings that it is of."""
        return self.path / "settings"

    @property
    def parts(self) -> Path:
        """Files of results."""
        return self.path / "parts"

    @property
    def failures(self) -> Path:
        """Failures, a file a batch that has any."""
        return self.path / "failures"

    @property
    def checkpoint(self) -> Path:
        """What Ray knows to be written."""
        return self.path / "checkpoint"

    def open(self, settings: bytes) -> None:
        """Keep what a run of the same settings has left, and nothing else."""
        if not self.note.is_file() or self.note.read_bytes() != settings:
            shutil.rmtree(self.path, ignore_errors=True)
        shutil.rmtree(self.failures, ignore_errors=True)  # an article that failed is tried again
        for folder in (self.parts, self.failures, self.checkpoint):
            folder.mkdir(parents=True, exist_ok=True)
        write(self.note, settings)


def run(task: Task, sources: Sequence[Source], results: ResultFolder, actors: int | None = None) -> None:
    """Extract all articles and give the files to the folder. ``actors`` is how many at most; where nothing
    is said, as many as there are processors.

    Joins the cluster of ``RAY_ADDRESS``, or starts one on this machine. Raises `ray.exceptions.RayError`
    where Ray gives up, as it does where actors die again and again.
    """
    stage = Stage(results.stage.with_name(STAGE))
    stage.open(task.settings)
    if not ray.is_initialized():
        ray.init(log_to_driver=False, include_dashboard=False)
    context = ray.data.DataContext.get_current()
    context.enable_progress_bars = sys.stderr.isatty()
    context.execution_options.preserve_order = True
    context.checkpoint_config = CheckpointConfig(
        "source", str(stage.checkpoint), delete_checkpoint_on_success=False
    )
    try:
        _extract(task, sources, stage, actors or int(ray.cluster_resources().get("CPU", 1)))
    finally:
        context.checkpoint_config = None
    parts = sorted(stage.parts.glob("*.parquet"))
    results.give("parquet", parts, sum(map(_counts, parts), Counter()), stage.path)
    for file in sorted(stage.failures.glob("*.jsonl")):
        found = (msgspec.json.decode(line, type=Failure) for line in file.read_bytes().splitlines())
        results.add(made(piece(Result(each), ()), b"", None) for each in found)


def _extract(task: Task, sources: Sequence[Source], stage: Stage, actors: int) -> None:
    articles = Articles(sources)
    given = ray.data.read_datasource(articles, num_cpus=TASK, override_num_blocks=articles.tasks)
    extracted = given.map_batches(
        Actor,
        batch_size=BATCH,
        batch_format="pyarrow",
        fn_constructor_args=(task, stage.failures),
        num_cpus=ACTOR,
        compute=ActorPoolStrategy(min_size=1, max_size=max(1, actors)),
    )
    extracted.write_parquet(
        str(stage.parts), min_rows_per_file=SHARD, compression="zstd", ray_remote_args={"num_cpus": TASK}
    )


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
    for batch in _batches(units(sources), BLOCK):
        yield pa.table([[unit.name for unit in batch], [pickle.dumps(unit) for unit in batch]], schema=UNITS)


def _batches(items: Iterable[T], size: int) -> Iterator[list[T]]:
    left = iter(items)
    while batch := list(islice(left, size)):
        yield batch


def _counts(part: Path) -> Counter[str]:
    """What a file of results holds, nearly all of it from its footer."""
    with parquet.ParquetFile(part) as file:
        counts = Counter(articles=file.metadata.num_rows)
        counts["characters"] = sum(file.read(["characters"])["characters"].to_pylist())
        known = {f"{table}.list.element.{tables.TABLES[table].columns[0].name}": table for table in NESTED}
        for group in range(file.num_row_groups):
            columns = file.metadata.row_group(group)
            for column in map(columns.column, range(columns.num_columns)):
                if table := known.get(column.path_in_schema):
                    counts[table] += column.statistics.num_values
    return counts
