"""Results as Parquet: a row is an article, its records are lists in it."""

from collections.abc import Iterable
from itertools import chain, count, islice

from extract.output.form import Files, shard
from extract.output.typed import Typed, groups

GROUPS = 50
"""Row groups of a file: up to a hundred thousand articles."""


class Parquet(Typed):
    """``articles.parquet``, of the schema that `extract.arrow` gives, in files of bounded size."""

    def write(self, files: Files, parts: Iterable[bytes]) -> None:
        """Group by group, file by file; without articles one file without rows."""
        from pyarrow.parquet import ParquetWriter

        from extract.arrow import SCHEMA, nested

        batches = map(nested, groups(parts))
        first = next(batches, nested([]))
        for number in count(1):
            with (
                files.new(shard("articles.parquet", number)) as path,
                ParquetWriter(path, SCHEMA, compression="zstd") as writer,
            ):
                for batch in chain([first], islice(batches, GROUPS - 1)):
                    writer.write_batch(batch)
            if (first := next(batches, None)) is None:
                return
