"""What ``run.json`` says: which versions and rules made the results, how many there are, how long it took."""

import os
import platform
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from hashlib import blake2b
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import msgspec

from extract.confidence import shipped
from extract.output.piece import DROPPED, WARNINGS
from extract.records import SCHEMA_VERSION

LIBRARIES = ("ftfy", "jieba", "msgspec", "opencc-python-reimplemented", "regex", "rjieba", "trafilatura")
"""Those whose version can change a record."""
EXTRAS = ("mammoth", "pypdfium2", "warcio")
"""Those among them that need not be there."""


def origin(digest: str, segmenter: str) -> dict[str, Any]:
    """What results follow from, besides the input and the other options."""
    return {
        "versions": {
            "zhextract": version("zhextract"),
            "schema": SCHEMA_VERSION,
            "python": platform.python_version(),
            **{name: version(name) for name in LIBRARIES},
            **{name: version(name) for name in EXTRAS if find_spec(name)},
        },
        "rules": {"digest": digest},
        "segmenter": segmenter,
    }


def at_work() -> dict[str, Any]:
    """Who runs, as long as it does."""
    started = datetime.now(UTC).isoformat(timespec="seconds")
    return {"at_work": {"process": os.getpid(), "host": platform.node(), "started": started}}


def outcome(workers: int, counts: Mapping[str, int], seconds: float) -> dict[str, Any]:
    """What came out. All but workers and seconds follows from input and origin."""
    return {
        "workers": workers,
        "counts": {key: number for key, number in counts.items() if " " not in key},
        "warnings": _beginning(counts, WARNINGS),
        "dropped": _beginning(counts, DROPPED),
        "seconds": round(seconds, 3),
    }


def to_know(counts: Mapping[str, int]) -> str:
    """What a user should know of a run, in one line; nothing where there is nothing."""
    told = {
        "without a publication date, so that relative dates stay open": counts["undated"],
        "refused": counts["failed"],
        "repaired": counts["repaired"],
    }
    return ", ".join(f"{number} {what}" for what, number in told.items() if number)


def _beginning(counts: Mapping[str, int], mark: str) -> dict[str, int]:
    """The counts of one kind, the largest first."""
    kind = {key.removeprefix(mark): number for key, number in counts.items() if key.startswith(mark)}
    return dict(sorted(kind.items(), key=lambda item: (-item[1], item[0])))


def settings(origin: Mapping[str, Any], **options: Any) -> bytes:
    """A digest of all that a result follows from but the article; of this program, too."""
    return blake2b(msgspec.json.encode([origin, options, program()]), digest_size=16).digest()


@cache
def program() -> str:
    """A digest of the program and of what it ships besides the rules."""
    digest = blake2b(shipped().read_bytes(), digest_size=16)
    for path in sorted(Path(__file__).parents[1].rglob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()
