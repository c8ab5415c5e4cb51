"""Turns Chinese articles into facts: metrics, percentages, dates and officials.

    from extract import Extractor
    Extractor().extract(text).metrics

Importing this package costs next to nothing: what it offers is loaded at first use.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from extract.pipeline import Extractor
    from extract.records import Date, Extraction, Metric, Number, Official, Percentage, Quantity, Span

__all__ = [
    "Date",
    "Extraction",
    "Extractor",
    "Metric",
    "Number",
    "Official",
    "Percentage",
    "Quantity",
    "Span",
]


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module 'extract' has no attribute {name!r}")
    return getattr(import_module("extract.pipeline" if name == "Extractor" else "extract.records"), name)
