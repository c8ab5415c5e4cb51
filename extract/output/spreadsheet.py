"""Results as a workbook of Excel: a sheet a table, with filters, and links from records to their articles."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

from extract.output import tables
from extract.output.columns import Column, Kind
from extract.output.form import Files
from extract.output.typed import Rows, Typed, groups

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

FILE = "results.xlsx"
ROWS = 1_048_575
"""Rows of a sheet below its heading."""
LINKS = 65_000
"""Links of a sheet: Excel has no more than 65,530."""
LONGEST = 32_767
"""Characters of a cell."""
LONGEST_LINK = 2_000
FIRST_DAY = date(1900, 3, 1)
"""Days before are text: Excel has none before 1900, and a false one in February of that year."""
CREATED = datetime(2000, 1, 1)
"""When every workbook says it was made: the same results are the same bytes."""
FORBIDDEN = {0xFFFE: 0xFFFD, 0xFFFF: 0xFFFD}
"""Characters that XML does not have."""
WIDTHS: Mapping[Kind, int] = {
    "text": 16,
    "integer": 9,
    "number": 14,
    "truth": 9,
    "date": 12,
    "time": 8,
    "spans": 16,
}
"""Widths of columns in characters."""
OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


class Spreadsheet(Typed):
    """One workbook; a table that is longer than a sheet goes on in ``metrics 2``."""

    def write(self, files: Files, parts: Iterable[bytes]) -> None:
        """Row by row; few are in memory at a time."""
        from xlsxwriter import Workbook

        with files.new(FILE) as path, path.open("wb") as file, Workbook(file, OPTIONS) as book:
            book.set_properties({"created": CREATED})
            sheets = {table: _Sheets(book, table) for table in tables.TABLES}
            for group in groups(parts):
                for article in group:
                    _add(sheets, article)
            for table in sheets.values():
                table.close()


def _add(sheets: Mapping[str, "_Sheets"], article: Rows) -> None:
    """The rows of an article: its own leads to the page, all others lead to its own."""
    (own,) = article["articles"]
    known = dict(zip((column.name for column in tables.TABLES["articles"].columns), own, strict=True))
    url = known["url"] or ""
    sheets["articles"].add(own, url if url.startswith(("http://", "https://")) else None)
    before = [known[field] for field in tables.TOLD.values()]
    place = sheets["articles"].place
    for table, rows in article.items():
        for row in rows if table != "articles" else ():
            sheets[table].add([*before, *row], place)


class _Sheets:
    """The sheets of a table."""

    def __init__(self, book: "Workbook", table: str) -> None:
        self._book, self._table = book, table
        self._columns = tables.heading(table)
        self._bold = book.add_format({"bold": True, "bottom": 1})
        self._link = book.get_default_url_format()
        self._formats = {
            "date": book.add_format({"num_format": "yyyy-mm-dd"}),
            "time": book.add_format({"num_format": "hh:mm"}),
        }
        self._count = 0
        self._next()

    @property
    def place(self) -> str:
        """A link to the row that was written last."""
        return f"internal:'{self._sheet.get_name()}'!A{self._row + 1}"

    def add(self, row: Sequence[Any], link: str | None) -> None:
        """Write a row; its first cell leads somewhere."""
        if self._row == ROWS:
            self.close()
            self._next()
        self._row += 1
        for at, (column, value) in enumerate(zip(self._columns, row, strict=True)):
            self._cell(at, column, value)
        if link and len(link) <= LONGEST_LINK and self._row <= LINKS:
            self._sheet.write_url(self._row, 0, link, self._link, str(row[0])[:LONGEST])

    def close(self) -> None:
        """Put filters on the sheet."""
        self._sheet.autofilter(0, 0, self._row, len(self._columns) - 1)

    def _next(self) -> None:
        """A new sheet, with its heading in sight."""
        self._count, self._row = self._count + 1, 0
        name = self._table if self._count == 1 else f"{self._table} {self._count}"
        self._sheet: Worksheet = self._book.add_worksheet(name)
        self._sheet.freeze_panes(1, 1)
        for at, column in enumerate(self._columns):
            self._sheet.set_column(at, at, WIDTHS[column.kind])
            self._sheet.write_string(0, at, column.name, self._bold)

    def _cell(self, at: int, column: Column, value: Any) -> None:
        value = tables.joined(value)
        if value is None:
            return
        if column.kind == "date" and (day := date.fromisoformat(value)) >= FIRST_DAY:
            self._sheet.write_datetime(self._row, at, day, self._formats["date"])
        elif column.kind == "time":
            self._sheet.write_datetime(self._row, at, time.fromisoformat(value), self._formats["time"])
        elif isinstance(value, bool):
            self._sheet.write_boolean(self._row, at, value)
        elif isinstance(value, int | float):
            self._sheet.write_number(self._row, at, value)
        else:
            self._sheet.write_string(self._row, at, value.translate(FORBIDDEN)[:LONGEST])
