"""Extraction on a cluster: Ray Data from reading to writing, with its retries and its checkpoints.

Tasks read the sources, actors extract with one extractor each, tasks write Parquet. What a run that was
broken off has written is kept, and the next one of the same settings goes on from there.
"""

import logging
import shutil
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec

from extract.batch.local import Task
from extract.output import tables
from extract.output.files import write
from extract.output.folder import ResultFolder
from extract.output.made import made
from extract.output.piece import Failure, Result, piece, told
from extract.text.read import Source

BLOCK = 2 * 2**20
"""Bytes that are handed on at once: some hundred articles, so that no actor waits while another has many."""
BATCH = 64
"""Articles that an actor takes at once."""
SHARD = 10_000
"""Articles of a file of results: what a run that is broken off has to do again for each file under way."""
ACTOR, TASK = 0.9, 0.05
"""Processors that an actor, and a task that reads or writes, count for: one has room for both."""


class Stage(NamedTuple):
    """What a run that is not complete keeps, where the whole cluster sees it."""

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
    import ray
    from ray.data.checkpoint import CheckpointConfig

    stage = Stage(results.cluster)
    stage.open(task.settings)
    logging.getLogger("ray.data").setLevel(logging.ERROR)  # it advises a user, who has no say here
    if not ray.is_initialized():
        ray.init(log_to_driver=False, include_dashboard=False)
    context = ray.data.DataContext.get_current()
    context.enable_progress_bars = sys.stderr.isatty()
    context.execution_options.preserve_order = True
    context.target_max_block_size = BLOCK
    context.checkpoint_config = CheckpointConfig(
        "source", str(stage.checkpoint), delete_checkpoint_on_success=False
    )
    try:
        _extract(task, sources, stage, actors or int(ray.cluster_resources().get("CPU", 1)))
    finally:
        context.checkpoint_config = None
    parts = sorted(stage.parts.glob("*.parquet")) or [_empty(stage)]
    results.give("parquet", parts, sum(map(_counts, parts), Counter()))
    for file in sorted(stage.failures.glob("*.jsonl")):
        found = (msgspec.json.decode(line, type=Failure) for line in file.read_bytes().splitlines())
        results.add(made(piece(Result(each), ()), b"", None) for each in found)


def _extract(task: Task, sources: Sequence[Source], stage: Stage, actors: int) -> None:
    import ray

    from extract.batch.actor import Actor, Articles

    articles = Articles(sources)
    given = ray.data.read_datasource(articles, num_cpus=TASK, override_num_blocks=articles.tasks)
    extracted = given.map_batches(
        Actor,
        batch_size=BATCH,
        batch_format="pyarrow",
        fn_constructor_args=(task, stage.failures),
        num_cpus=ACTOR,
        compute=ray.data.ActorPoolStrategy(min_size=1, max_size=max(1, actors)),
    )
    extracted.write_parquet(
        str(stage.parts), min_rows_per_file=SHARD, compression="zstd", ray_remote_args={"num_cpus": TASK}
    )


def _empty(stage: Stage) -> Path:
    """The file of a run without an article: it has the schema."""
    from pyarrow.parquet import write_table

    from extract.arrow import SCHEMA

    path = stage.parts / "empty.parquet"
    write_table(SCHEMA.empty_table(), path)
    return path


def _counts(part: Path) -> Counter[str]:
    """What a file of results holds, nearly all of it from its footer. What was dropped no result tells."""
    from pyarrow.parquet import ParquetFile

    with ParquetFile(part) as file:
        counts = Counter(articles=file.metadata.num_rows)
        for article in file.read(["published", "characters", "warnings"]).to_pylist():
            codes = [warning["code"] for warning in article["warnings"]]
            counts += told(article["characters"], article["published"], codes)
        known = {
            f"{table}.list.element.{tables.TABLES[table].columns[0].name}": table for table in tables.TABLES
        }
        for group in map(file.metadata.row_group, range(file.num_row_groups)):
            for column in map(group.column, range(group.num_columns)):
                if table := known.get(column.path_in_schema):
                    counts[table] += column.statistics.num_values
    return counts
