"""Turns Chinese articles into facts: metrics, percentages, dates and officials."""

from extract.pipeline import Extractor
from extract.records import Date, Extraction, Metric, Number, Official, Percentage, Quantity, Span

__all__ = ["Date", "Extraction", "Extractor", "Metric", "Number", "Official", "Percentage", "Quantity", "Span"]
