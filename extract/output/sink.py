"""The forms by the name that ``--to`` knows them by."""

from collections.abc import Collection, Mapping
from importlib.util import find_spec

from extract.output.database import Database
from extract.output.form import Sink
from extract.output.lines import Csv, JsonLines
from extract.output.parquet import Parquet
from extract.output.spreadsheet import Spreadsheet

SINKS: Mapping[str, type[Sink]] = {
    "csv": Csv,
    "jsonl": JsonLines,
    "parquet": Parquet,
    "xlsx": Spreadsheet,
    "duckdb": Database,
}
"""JSON documents (``json``) are none of them: they are written one by one."""
DEFAULT = ("json", "csv")
"""What a run writes where nothing is said."""
EXTRAS: Mapping[str, tuple[str, ...]] = {
    "parquet": ("pyarrow",),
    "xlsx": ("xlsxwriter",),
    "duckdb": ("duckdb", "pyarrow"),
}
"""The packages that a form is written by. The extra of the same name installs them."""


def missing(forms: Collection[str]) -> str | None:
    """The form that nothing here can write for want of a package."""
    return next((form for form in forms if not all(map(find_spec, EXTRAS.get(form, ())))), None)
