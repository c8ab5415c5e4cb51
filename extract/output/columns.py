"""The columns of a table, made from the fields of its record: one that is added has a column, too."""

import tomllib
from collections.abc import Callable, Iterator
from functools import cache
from importlib.resources import files
from operator import attrgetter
from types import UnionType
from typing import Any, Literal, NamedTuple, Union, get_args, get_origin

import msgspec

from extract.records import ArticleInfo, Date, Post, Span

Kind = Literal["text", "integer", "number", "truth", "date", "time", "spans"]
"""What a column holds. A date is ISO text (``2023-01-09``), a time is that of a clock (``10:30``); both stay
text until a file has types for them. Spans are pairs of start and end."""

DATES = {(ArticleInfo, "published")}
"""Fields with an ISO date."""
MOMENTS = {(Date, "start"), (Date, "end")}
"""Fields with an ISO date and perhaps a clock time, in two columns, so that programs read the dates."""
SHORTER = "_span"
"""What a column of a place leaves out of its name: ``name_span`` gives ``name_start``."""


class Column(NamedTuple):
    """A column: what it holds, what it means, and how a record gives its value."""

    name: str
    kind: Kind
    key: str
    """Where its meaning stands: record and field."""
    value: Callable[[Any], Any]

    @property
    def meaning(self) -> str:
        """What the column says, in English."""
        return "; ".join(_meanings()[record][field] for record, field in _parts(self.key))


def columns(record: type[msgspec.Struct]) -> Iterator[Column]:
    """The columns of a record; a record in it has one for each of its fields."""
    for field in msgspec.structs.fields(record):
        own = Column(
            field.encode_name, _kind(field.type), f"{record.__name__}.{field.name}", attrgetter(field.name)
        )
        if nested := _nested(field.type):
            yield from (_inside(own, column) for column in columns(nested))
        elif (record, field.name) in MOMENTS:
            yield own._replace(kind="date", value=_part(own.value, 0))
            yield own._replace(name=f"{own.name}_time", kind="time", value=_part(own.value, 1))
        elif (record, field.name) in DATES:
            yield own._replace(kind="date")
        elif get_args(field.type)[:1] == (Post,):
            yield own._replace(value=lambda official: ";".join(map(described, official.posts)))
        elif own.kind == "spans":
            yield own._replace(value=_places(own.value))
        else:
            yield own


def described(post: Post) -> str:
    """A post in a list of them: `市水利局|局长 (former, removed 3月1日)`."""
    held = "" if post.status == "current" else post.status
    said = ", ".join(filter(None, (held, " ".join(filter(None, (post.event, post.date))))))
    return f"{post.organization or ''}|{post.title}" + (f" ({said})" if said else "")


def moment(value: str | None, part: int) -> str | None:
    """The date (0) or the clock time (1) of an ISO moment."""
    return value.partition("T")[2 * part] or None if value else None


def _inside(outer: Column, inner: Column) -> Column:
    """The column of a record that stands in a record."""

    def value(record: Any) -> Any:
        held = outer.value(record)
        return None if held is None else inner.value(held)

    name = f"{outer.name.removesuffix(SHORTER)}_{inner.name}"
    return Column(name, inner.kind, f"{outer.key} {inner.key}", value)


def _part(whole: Callable[[Any], str | None], part: int) -> Callable[[Any], str | None]:
    return lambda record: moment(whole(record), part)


def _places(spans: Callable[[Any], tuple[Span, ...]]) -> Callable[[Any], list[tuple[int, int]]]:
    return lambda record: [(span.start, span.end) for span in spans(record)]


def _kind(kind: Any) -> Kind:
    """What a field's type says; a choice of texts is text."""
    inner = set(get_args(kind)) - {type(None)} if get_origin(kind) in (Union, UnionType) else {kind}
    if get_args(kind)[:1] == (Span,) and get_origin(kind) is tuple:
        return "spans"
    simple: dict[frozenset[Any], Kind] = {
        frozenset({bool}): "truth",
        frozenset({int}): "integer",
        frozenset({float}): "number",
        frozenset({int, float}): "number",
    }
    return simple.get(frozenset(inner), "text")


def _nested(kind: Any) -> type[msgspec.Struct] | None:
    """The record that a field holds; a list of records is one cell."""
    kinds = () if get_origin(kind) is tuple else (kind, *get_args(kind))
    return next((k for k in kinds if isinstance(k, type) and issubclass(k, msgspec.Struct)), None)


def _parts(key: str) -> Iterator[tuple[str, str]]:
    for part in key.split(" "):
        record, _, field = part.partition(".")
        yield record, field


@cache
def _meanings() -> dict[str, dict[str, str]]:
    return tomllib.loads(files("extract.output").joinpath("fields.toml").read_text(encoding="utf-8"))
