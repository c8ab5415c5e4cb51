"""Named quantities: names, changes, scope and period."""

from extract.metrics.find import MetricFinder

__all__ = ["MetricFinder"]
