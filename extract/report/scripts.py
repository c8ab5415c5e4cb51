"""Data as scripts that a page opened from a folder can load: each is one call with JSON in it.

Names and keys come from the program only; an article gives nothing but values.
"""

import json
from pathlib import Path
from typing import Any

from extract.output.files import write

SHARD = 256 * 1024
"""Characters of a script that holds articles: what a click has to wait for."""


def put(folder: Path, name: str, value: Any) -> None:
    """Write ``<name>.js``. A lone surrogate is an escape, as JSON has it."""
    path = folder / f"{name}.js"
    path.parent.mkdir(parents=True, exist_ok=True)
    script = f"zhextract({json.dumps(name)},{_json(value)});\n"
    write(path, script.encode("utf-8", "backslashreplace"))


class Shards:
    """Articles in scripts of bounded size: records in ``r/<n>``, texts in ``t/<n>``."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._records: list[str] = []
        self._texts: list[str] = []
        self._size = 0
        self._articles = 0
        self.starts: list[int] = []
        """The number of the first article of each script."""

    def add(self, record: dict[str, Any], text: str) -> None:
        """Take in an article."""
        if not self._records:
            self.starts.append(self._articles)
        self._records.append(_json(record))
        self._texts.append(_json(text))
        self._articles += 1
        self._size += len(self._records[-1]) + len(self._texts[-1])
        if self._size > SHARD:
            self.flush()

    def flush(self) -> None:
        """Write what has come in since the last script."""
        if not self._records:
            return
        number = len(self.starts) - 1
        for kind, parts in (("r", self._records), ("t", self._texts)):
            path = self._folder / kind / f"{number}.js"
            path.parent.mkdir(parents=True, exist_ok=True)
            script = f"zhextract({json.dumps(f'{kind}/{number}')},[{','.join(parts)}]);\n"
            write(path, script.encode("utf-8", "backslashreplace"))
            parts.clear()
        self._size = 0


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
