"""Turns Chinese articles into facts: metrics, percentages, dates and officials.

    from extract import Extractor
    Extractor().extract(text).metrics

Importing this package costs next to nothing: what it offers is loaded at first use.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from importlib.metadata import version

    from extract.pipeline import Explanation, Extractor, Refused
    from extract.records import (
        ArticleInfo,
        Change,
        Date,
        Extraction,
        Metric,
        Notice,
        Number,
        Official,
        Percentage,
        Post,
        Quantity,
        Span,
    )
    from extract.rules import RulesError

    __version__ = version("zhextract")

__all__ = [
    "ArticleInfo",
    "Change",
    "Date",
    "Explanation",
    "Extraction",
    "Extractor",
    "Metric",
    "Notice",
    "Number",
    "Official",
    "Percentage",
    "Post",
    "Quantity",
    "Refused",
    "RulesError",
    "Span",
    "__version__",
]

ELSEWHERE = {
    "Explanation": "extract.pipeline",
    "Extractor": "extract.pipeline",
    "Refused": "extract.pipeline",
    "RulesError": "extract.rules",
}
"""Where that stands which is no record."""


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module 'extract' has no attribute {name!r}")
    if name == "__version__":
        return import_module("importlib.metadata").version("zhextract")
    return getattr(import_module(ELSEWHERE.get(name, "extract.records")), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
