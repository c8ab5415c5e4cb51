"""What ``run.json`` says: which versions and rules made the results, how many there are, how long it took."""

import platform
from collections.abc import Mapping
from importlib.metadata import version
from typing import Any

from extract.records import SCHEMA_VERSION

LIBRARIES = ("ftfy", "jieba", "msgspec", "opencc-python-reimplemented", "regex", "rjieba", "trafilatura")
"""Those whose version can change a record."""


def account(
    digest: str, segmenter: str, workers: int, counts: Mapping[str, int], seconds: float
) -> dict[str, Any]:
    """The account of a run. All but workers and seconds follows from input, rules and versions."""
    return {
        "versions": {
            "zhextract": version("zhextract"),
            "schema": SCHEMA_VERSION,
            "python": platform.python_version(),
            **{name: version(name) for name in LIBRARIES},
        },
        "rules": {"digest": digest},
        "segmenter": segmenter,
        "workers": workers,
        "counts": dict(counts),
        "seconds": round(seconds, 3),
    }
