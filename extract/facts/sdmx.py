"""Series as SDMX-CSV 2.0, which statistical offices and their tools read."""

import csv
import io
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

FLOW = "ZHEXTRACT:SERIES(1.0)"
"""Agency, name and version of the flow of data that the observations are of."""
HEADING = (
    "STRUCTURE",
    "STRUCTURE_ID",
    "ACTION",
    "INDICATOR",
    "REF_AREA",
    "UNIT_MEASURE",
    "CUMULATIVE",
    "TIME_PERIOD",
    "OBS_VALUE",
    "REVISED",
    "TITLE",
    "AREA_NAME",
    "CHANGE",
    "CHANGE_UNIT",
    "ARTICLE",
    "PUBLISHED",
    "SENTENCE",
)
QUERY = """
    select
        series, coalesce(region, place), coalesce(unit, ''), cumulative, start, "end",
        value, revised, name, place, change, change_unit, article, published, sentence
    from series
    where latest
    order by series, coalesce(region, place), unit, cumulative, start, "end", article, "offset"
"""
YES = {True: "Y", False: "N"}
PARTS = {1: "-{:02}", 3: "-Q{}", 6: "-S{}", 12: ""}
"""How the part of a year is written that has so many months: `2024-05`, `2024-Q2`, `2024`."""


def lines(rows: Iterable[tuple[Any, ...]]) -> Iterator[bytes]:
    """The file of the rows of `QUERY`: an observation a line."""
    yield _line(HEADING)
    for series, area, unit, cumulative, start, end, value, revised, *about in rows:
        key = (series, area, unit, YES[cumulative], period(start, end))
        told = (YES[revised], *("" if field is None else str(field) for field in about))
        yield _line(("dataflow", FLOW, "I", *key, repr(value).removesuffix(".0"), *told))


def period(start: date, end: date) -> str:
    """A half-open interval as SDMX writes it: a year, half year, quarter, month or day, else its first day
    and its length."""
    months = 12 * (end.year - start.year) + end.month - start.month
    if start.day == end.day == 1:
        if months in PARTS and (start.month - 1) % months == 0:
            return f"{start.year}{PARTS[months].format((start.month - 1) // months + 1)}"
        return f"{start}/P{months}M"
    days = (end - start).days
    return str(start) if days == 1 else f"{start}/P{days}D"


def _line(cells: tuple[str, ...]) -> bytes:
    line = io.StringIO()
    csv.writer(line, lineterminator="\n").writerow(cells)
    return line.getvalue().encode()
