"""Values by name in more number than memory is given to: they wait in files, by buckets of names."""

import json
from collections import defaultdict
from collections.abc import Collection
from pathlib import Path
from typing import Any
from zlib import crc32

HELD = 20_000
"""Values that wait in memory before they go to the files."""


class Spill:
    """A table of many values, of which a few names are asked for in the end."""

    def __init__(self, folder: Path, buckets: int) -> None:
        self._paths = [folder / f".{bucket}.spill" for bucket in range(buckets)]
        self._held: defaultdict[int, list[str]] = defaultdict(list)
        self._count = 0

    def bucket(self, name: str) -> int:
        """Where the values of a name are."""
        return crc32(name.encode("utf-8", "surrogatepass")) % len(self._paths)

    def add(self, name: str, value: Any) -> None:
        """Keep a value under a name."""
        self._held[self.bucket(name)].append(json.dumps([name, value]) + "\n")
        self._count += 1
        if self._count % HELD == 0:
            self._flush()

    def grouped(self, bucket: int, names: Collection[str]) -> dict[str, list[Any]]:
        """The values of the wanted names of a bucket, in the order that they came in."""
        self._flush()
        wanted: dict[str, list[Any]] = {name: [] for name in names}
        if self._paths[bucket].is_file():
            with self._paths[bucket].open(encoding="ascii") as file:
                for name, value in map(json.loads, file):
                    if name in wanted:
                        wanted[name].append(value)
        return wanted

    def close(self) -> None:
        """Remove the files."""
        for path in self._paths:
            path.unlink(missing_ok=True)

    def _flush(self) -> None:
        for bucket, lines in self._held.items():
            with self._paths[bucket].open("a", encoding="ascii") as file:
                file.writelines(lines)
        self._held.clear()
