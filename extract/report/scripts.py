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
    _write(folder, name, _json(value))


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
            _write(self._folder, f"{kind}/{number}", f"[{','.join(parts)}]")
            parts.clear()
        self._size = 0


class Packs:
    """Groups of values in scripts of bounded size, ``<kind>/<n>``."""

    def __init__(self, folder: Path, kind: str) -> None:
        self._folder = folder
        self._kind = kind
        self._held: list[str] = []
        self._size = 0
        self._script = 0
        self.places: dict[Any, tuple[int, int]] = {}
        """The script of each group, and its place there."""

    def add(self, key: Any, values: list[Any]) -> None:
        """Take in a group."""
        self.places[key] = (self._script, len(self._held))
        self._held.append(_json(values))
        self._size += len(self._held[-1])
        if self._size > SHARD:
            self.flush()

    def flush(self) -> None:
        """Write what has come in since the last script."""
        if self._held:
            _write(self._folder, f"{self._kind}/{self._script}", f"[{','.join(self._held)}]")
            self._held, self._size = [], 0
            self._script += 1


def _write(folder: Path, name: str, json_text: str) -> None:
    path = folder / f"{name}.js"
    path.parent.mkdir(parents=True, exist_ok=True)
    write(path, f"zhextract({json.dumps(name)},{json_text});\n".encode("utf-8", "backslashreplace"))


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
