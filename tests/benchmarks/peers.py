"""Prints how many dates and values of the gold corpus other tools find, beside this one (`make peers`).

A date counts where what is found lies over it and has its interval; a value where a number of that value
lies inside its metric. Of several readings any may be the right one. Each gets the raw article and the day on
which it was published. The rules were tuned on this corpus, the peers were not.
"""

import contextlib
import datetime
import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from importlib.util import find_spec
from typing import Any, NamedTuple

from extract import Extractor
from extract.gold.corpus import Case, cases
from tests.conftest import CORPUS

GROUPS = {"dates": "dates", "values": "metrics"}
"""What is compared, and the gold records that hold it."""
DAY = "%Y-%m-%d %H:%M:%S"
"""How JioNLP writes an instant."""


class Found(NamedTuple):
    """A place of the text with its readings: intervals in ISO, or values."""

    start: int
    end: int
    readings: frozenset[Any]


Finder = Callable[[str, datetime.date], Iterator[Found]]


def ours(extractor: Extractor) -> Mapping[str, Finder]:
    """The narrow calls of this tool."""

    def dates(text: str, day: datetime.date) -> Iterator[Found]:
        for date in extractor.dates(text, published=day):
            yield Found(date.span.start, date.span.end, frozenset({_interval(date.start, date.end)}))

    def values(text: str, day: datetime.date) -> Iterator[Found]:
        for number in (*extractor.numbers(text), *extractor.quantities(text)):
            yield Found(number.span.start, number.span.end, frozenset({_number(number.value)}))

    return {"dates": dates, "values": values}


def jionlp() -> Mapping[str, Finder]:
    """JioNLP finds times; its numbers are those of money alone."""
    with contextlib.redirect_stdout(io.StringIO()):  # it greets
        from jionlp import ner

    def dates(text: str, day: datetime.date) -> Iterator[Found]:
        base = {"year": day.year, "month": day.month, "day": day.day}
        for found in _times(ner, text, base):
            bounds = found["detail"].get("time")
            if isinstance(bounds, list) and all(isinstance(bound, str) for bound in bounds):
                # lengths of time and recurring ones have none
                readings = frozenset({_interval(bounds[0], _next_second(bounds[1]))})
                yield Found(*found["offset"], readings)

    return {"dates": dates}


def _times(ner: Any, text: str, base: Mapping[str, int]) -> Iterator[Any]:
    """Line by line: a text in which it raises loses the line alone."""
    for line in re.finditer(r".+", text):
        with contextlib.suppress(Exception):
            for found in ner.extract_time(line[0], time_base=base):
                yield found | {"offset": [line.start() + at for at in found["offset"]]}


def recognizers() -> Mapping[str, Finder]:
    """Microsoft's recognizers; the ends of their places are the last characters."""
    from recognizers_date_time import recognize_datetime
    from recognizers_number import recognize_number, recognize_percentage
    from recognizers_text import Culture

    def dates(text: str, day: datetime.date) -> Iterator[Found]:
        reference = datetime.datetime.combine(day, datetime.time())
        for found in recognize_datetime(text, Culture.Chinese, reference=reference):
            values = (found.resolution or {}).get("values") or ()
            yield Found(found.start, found.end + 1, frozenset(map(_resolved, values)))

    def values(text: str, day: datetime.date) -> Iterator[Found]:
        for find in (recognize_number, recognize_percentage):
            yield from numerals(find(text, Culture.Chinese))

    def numerals(results: Iterable[Any]) -> Iterator[Found]:
        for found in results:
            value = (found.resolution or {}).get("value", "").rstrip("%")
            yield Found(found.start, found.end + 1, frozenset({_number(value)}))

    return {"dates": dates, "values": values}


def _resolved(value: Mapping[str, str]) -> tuple[str, str]:
    if "start" in value and "end" in value:
        return _interval(value["start"], value["end"])
    if value.get("type") == "date":
        try:
            day = datetime.date.fromisoformat(value["value"])
        except ValueError:
            return ("", "")
        return _interval(day.isoformat(), (day + datetime.timedelta(1)).isoformat())
    return ("", "")


def _interval(start: str | None, end: str | None) -> tuple[str, str]:
    """Two instants as minutes; midnight where only a day is said."""
    return _minute(start), _minute(end)


def _minute(instant: str | None) -> str:
    return f"{instant}T00:00"[:16].replace(" ", "T") if instant else ""


def _next_second(instant: str) -> str:
    try:
        return str(datetime.datetime.strptime(instant, DAY) + datetime.timedelta(seconds=1))
    except ValueError:
        return ""


def _number(value: Any) -> float | None:
    try:
        return float(value)
    except (TypeError, ValueError):
        return None


def wanted(case: Case, what: str) -> Iterator[Found]:
    """The gold of an article: dates with both bounds, single values of metrics."""
    records: Iterator[tuple[Any, tuple[int, int]]]
    records = zip(getattr(case.gold, GROUPS[what]), case.places[GROUPS[what]], strict=True)
    for record, place in records:
        if what == "dates":
            interval = _interval(record.start, record.end)
            right = None if "" in interval else interval
        else:
            right = None if record.value_max is not None else _number(record.value)
        if right is not None and not record.optional:
            yield Found(*place, frozenset({right}))


def share(finder: Finder, what: str, corpus: Sequence[Case]) -> tuple[int, int]:
    """How many gold records of the corpus a finder has right, and how many there are."""
    right = count = 0
    for case in corpus:
        day = datetime.date.fromisoformat(case.gold.reference_date or case.article.published or "2024-01-01")
        found = list(finder(case.article.raw, day))
        for gold in wanted(case, what):
            count += 1
            right += any(
                one.start < gold.end and gold.start < one.end and gold.readings & one.readings
                for one in found
            )
    return right, count


def main() -> None:
    """A row for each tool that is installed."""
    corpus = list(cases(CORPUS))
    tools: dict[str, Callable[[], Mapping[str, Finder]]] = {"zhextract": lambda: ours(Extractor())}
    tools |= {"JioNLP": jionlp} if find_spec("jionlp") else {}
    tools |= {"Recognizers-Text": recognizers} if find_spec("recognizers_text") else {}
    print("| | " + " | ".join(GROUPS) + " |\n| --- | --- | --- |")
    for name, make in tools.items():
        finders = make()
        cells = []
        for what in GROUPS:
            right, count = share(finders[what], what, corpus) if what in finders else (0, 0)
            cells.append(f"{right} of {count} ({right / count:.0%})" if count else "none of its own")
        print(f"| {name} | {' | '.join(cells)} |")


if __name__ == "__main__":
    main()
