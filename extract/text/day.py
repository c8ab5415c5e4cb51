"""A publication date as indexes, fields and pages write it."""

import re
from datetime import date, datetime
from typing import Any

DAY = re.compile(r"\s*(\d{4})[-/.年]?(\d{1,2})[-/.月]?(\d{1,2})(?!\d)")


def day_of(value: Any) -> date | None:
    """The date that a field gives: a date of Parquet, or text that begins with year, month and day."""
    if isinstance(value, date):
        return value.date() if isinstance(value, datetime) else value
    match = DAY.match(str(value))
    try:
        return date(int(match[1]), int(match[2]), int(match[3])) if match else None
    except ValueError:
        return None
