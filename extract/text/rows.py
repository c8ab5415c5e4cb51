"""Files of many articles, one a row: JSON, JSON Lines and Parquet."""

import hashlib
import json as standard
import re
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence
from io import BytesIO
from itertools import islice
from typing import Any, BinaryIO, NamedTuple

import msgspec

from extract.records import Notice
from extract.text.day import day_of
from extract.text.decode import ReadError, Text, decode
from extract.text.read import LIMIT, OR, Article, Fields, Source, article, clean
from extract.text.stream import RATIO, lines, whole

BATCH = 4
"""Rows of Parquet that are in memory at once."""
GAP = re.compile(r"[\s,]*")
UNSAFE = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|%]|^\.')
NAMED = 12
"""Fields of a row that a message names."""
LONGEST_ID = 120
"""Bytes of an id, which becomes a file name."""


class Held(ABC):
    """What holds an article that is no object of fields."""

    @abstractmethod
    def article(self, source: Source) -> Article:
        """The article, by the name that the source has here. Raises `ReadError`."""


class Row(NamedTuple):
    """A row as it stands in its file, so that any process can make an article of it."""

    place: str
    """Where it stands: ``line 5``; empty for what is all of a file."""
    value: Any
    """A line of JSON, an object, what holds an article otherwise, or the error that stands in its place."""
    content: Text = Text("", "utf-8")
    """The encoding of the file, and what was lost on the way."""


def json(file: BinaryIO, source: Source) -> Iterator[Row]:
    """An object is an article; a list of objects, or objects one after the other, are several."""
    content = decode(whole(file))
    for number, value in _values(content.text):
        yield Row(f"item {number}" if number else "", value, content._replace(text=""))


def jsonl(file: BinaryIO, source: Source) -> Iterator[Row]:
    """Each line is an article; one is in memory at a time."""
    for number, line in lines(file):
        yield Row(f"line {number}", line)


def parquet(file: BinaryIO, source: Source) -> Iterator[Row]:
    """Each row is an article; a few are in memory at a time."""
    try:
        from pyarrow.parquet import ParquetFile
    except ImportError:
        raise ReadError("Parquet is read by pyarrow: pip install 'zhextract[parquet]'") from None
    number = 0
    try:
        table = ParquetFile(file if file.seekable() else BytesIO(whole(file)))
        there = table.schema_arrow.names
        columns = [name for names in source.fields for name in names.split(OR) if name in there]
        if not set(source.fields.text.split(OR)) & {*columns}:
            raise ReadError(_no_text(source.fields, there))
        _check_size(table.metadata, columns)
        for batch in table.iter_batches(BATCH, columns=columns):
            for cells in zip(*batch.columns, strict=True):
                number += 1
                yield Row(f"row {number}", _cells(columns, cells))
    except ReadError:
        raise
    except Exception as error:  # the library has many for what is damaged
        raise ReadError(f"after row {number}: {type(error).__name__}: {str(error)[:200]}") from None


def _check_size(metadata: Any, columns: Sequence[str]) -> None:
    """Raises `ReadError` where a column grows as no text does: it would be unpacked before it is seen."""
    for group in map(metadata.row_group, range(metadata.num_row_groups)):
        for chunk in map(group.column, range(group.num_columns)):
            grown = chunk.total_uncompressed_size > LIMIT + RATIO * chunk.total_compressed_size
            if grown and chunk.path_in_schema in columns:
                raise ReadError(
                    f"{chunk.path_in_schema}: unpacks to over {RATIO} times its size: a bomb, no text"
                )


def read(row: Row, source: Source) -> Article:
    """The article of a row. Raises `ReadError` where it is none."""
    try:
        value, content = _line(row.value) if isinstance(row.value, bytes) else (row.value, row.content)
        if isinstance(value, Exception):
            raise value
        if isinstance(value, Held):
            name = f"{source.name}: {row.place}"
            return value.article(source._replace(id=f"{source.id}/{row.place.split()[1]}", name=name))
        return _article(value, source, row.place, content)
    except ReadError as error:
        raise ReadError(": ".join(filter(None, (source.name, row.place, str(error)))), row.place) from None


def _values(text: str) -> Iterator[tuple[int, Any]]:
    """The numbered values of a document, in a list or not; number 0 for one that is all there is.

    Read one by one: what follows a broken one is lost, what stands before it is not.
    """
    scanner, number = standard.JSONDecoder(), 0
    at = _after_gap(text, 0)
    listed = text.startswith("[", at)
    at = _after_gap(text, at + listed)
    while at < len(text) and not (listed and text[at] == "]"):
        try:
            value, at = scanner.raw_decode(text, at)
        except (ValueError, RecursionError) as error:
            raise ReadError(f"after item {number}: {_reason(error)}") from None
        number, at = number + 1, _after_gap(text, at)
        yield 0 if number == 1 and not listed and at == len(text) else number, value
    if listed and at == len(text):
        raise ReadError(f"after item {number}: the list has no end")


def _after_gap(text: str, at: int) -> int:
    match = GAP.match(text, at)
    return match.end() if match else at


def _line(line: bytes) -> tuple[Any, Text]:
    """The value of a line. What is no strict JSON in UTF-8 (lone surrogates, NaN, GBK) is read leniently."""
    try:
        return msgspec.json.decode(line), Text("", "utf-8")
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        pass
    try:
        content = decode(line)
        return standard.loads(content.text), content
    except ReadError as error:
        return error, Text("", "utf-8")
    except (ValueError, RecursionError) as error:
        return ReadError(_reason(error)), Text("", "utf-8")


def _reason(error: Exception) -> str:
    if isinstance(error, standard.JSONDecodeError):
        return f"character {error.pos}: no JSON: {error.msg}"
    return "nested too deep" if isinstance(error, RecursionError) else f"no JSON: {error}"


def _cells(columns: Iterable[str], cells: Iterable[Any]) -> dict[str, Any] | ReadError:
    """The values of a row of Parquet, or what is wrong with the first that has none."""
    values: dict[str, Any] = {}
    for name, cell in zip(columns, cells, strict=True):
        try:
            values[name] = _cell(cell)
        except Exception as error:  # a moment that no calendar has, and what else the library may find
            return ReadError(f"field {name!r}: {type(error).__name__}: {str(error)[:200]}")
    return values


def _cell(cell: Any) -> Any:
    """A value of Parquet; bytes where a string is no UTF-8."""
    try:
        return cell.as_py()
    except UnicodeDecodeError:
        return cell.as_buffer().to_pybytes()


def _article(row: Any, source: Source, place: str, content: Text) -> Article:
    if not isinstance(row, Mapping):
        raise ReadError(f"an object with fields is wanted, this is a {type(row).__name__}")
    names = Fields(*[_present(row, name) for name in source.fields])
    if row.get(names.text) is None:
        raise ReadError(_no_text(source.fields, row))
    text = _text(row[names.text], names.text, content)
    title, url = (value if isinstance(value := row.get(name), str) else None for name in names[2:4])
    known: dict[str, Any] = {"title": title, "url": url}
    if place:
        known["id"] = f"{source.id}/{_id(row.get(names.id)) or place.split()[1]}"
        known["source"] = f"{source.name}: {place}"
    written = row.get(names.published)
    if day := day_of(written):
        known |= {"published": day, "published_from": "field"}
    elif written is not None:
        message = f"field {names.published!r} is no date: {clean(str(written)[:40])!r}"
        text = text._replace(warnings=(*text.warnings, Notice(code="published", message=message)))
    return article(text, source, **known)


def _present(row: Mapping[str, Any], names: str) -> str:
    """The first of several fields that a row has a value in; the first of all where it has none."""
    first, *others = names.split(OR)
    return next((name for name in (first, *others) if row.get(name) is not None), first)


def _no_text(fields: Fields, there: Iterable[str]) -> str:
    """What a row lacks, and what it has."""
    wanted = " or ".join(map(repr, fields.text.split(OR)))
    some = [clean(str(name)[:40]) for name in islice(there, NAMED + 1)]
    had = ", ".join(map(repr, some[:NAMED])) + (", …" if len(some) > NAMED else "")
    return f"no field {wanted}; there {'is ' + had if had else 'are none'} (--field text=NAME)"


def _text(value: Any, name: str, content: Text) -> Text:
    """The text of a field, with the warnings of its container where these can concern it."""
    if isinstance(value, bytes | str) and len(value) > LIMIT:
        raise ReadError(f"field {name!r} is longer than {LIMIT}, which is the most that an article may have")
    if isinstance(value, bytes):
        return decode(value)
    if not isinstance(value, str):
        raise ReadError(f"field {name!r} is a {type(value).__name__}, no text")
    warnings = content.warnings if "\ufffd" in value else ()
    return Text(value, content.encoding, tuple(msgspec.structs.replace(w, span=None) for w in warnings))


def _id(value: Any) -> str | None:
    """An id that can name a file: what cannot stand in a file name is percent-encoded, a long one cut."""
    if isinstance(value, bool) or not isinstance(value, int | str) or value == "":
        return None
    id = UNSAFE.sub(lambda m: "".join(f"%{byte:02X}" for byte in m[0].encode()), clean(str(value)))
    data = id.encode()
    if len(data) <= LONGEST_ID:
        return id
    return data[: LONGEST_ID - 20].decode("utf-8", "ignore") + "-" + hashlib.sha256(data).hexdigest()[:16]
