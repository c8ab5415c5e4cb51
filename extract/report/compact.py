"""An article as the page wants it: no nulls, no defaults, no texts of spans (they are slices of the text)."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import msgspec

from extract.records import GROUPS, Confidence, Extraction, Span

if TYPE_CHECKING:
    from extract.pipeline import Refused


def compact(extraction: Extraction, dropped: "Iterable[Refused]") -> dict[str, Any]:
    """The article's facts, its records by group, its warnings and what was dropped."""
    return {
        **thin(extraction.article),
        **{group: [thin(record) for record in getattr(extraction, group)] for group in GROUPS},
        "warnings": [thin(notice) for notice in extraction.warnings],
        "dropped": [{"span": thin(d.span), "rule": d.rule, "reason": d.reason} for d in dropped],
    }


def thin(value: Any) -> Any:
    """A value without what goes without saying."""
    if isinstance(value, Span):
        return [value.start, value.end]
    if isinstance(value, Confidence):
        return [value.share, value.cases]
    if isinstance(value, tuple):
        return [thin(item) for item in value]
    if not isinstance(value, msgspec.Struct):
        return value
    fields = ((field, getattr(value, field.name)) for field in msgspec.structs.fields(value))
    return {field.encode_name: thin(item) for field, item in fields if not _unsaid(field, item)}


def _unsaid(field: msgspec.structs.FieldInfo, value: Any) -> bool:
    return value is None or value is False or value == () or (field.name == "bound" and value == "exact")
