"""The facts across articles as the page shows them: series, careers, contradictions."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from extract.facts.store import digest
from extract.records import Extraction
from extract.report.scripts import Packs, put

if TYPE_CHECKING:
    from extract.facts.store import Store

SERIES = 500
PERSONS = 2000
CONTRADICTIONS = 500
"""Most that are listed."""
LISTED = ("unit", "place", "cumulative", "name", "english", "points", "statements", "script", "at")
"""What the list says of a series."""
KEY = "series, unit, place, cumulative"
TOP_SERIES = f"""
    select
        {KEY}, any_value(name), any_value(english),
        count(*) filter (latest) as points, count(*) as statements
    from series left join (select id, english from indicators) on id = indicator
    group by all
    having points > 1
    order by points desc, statements desc, {KEY}
"""
POINTS = f"""
    select {KEY}, article, metric, start, "end", value, bound, latest
    from series order by {KEY}, start, "end", published, article, "offset"
"""
TOP_PERSONS = """
    select
        person, count(*) as posts, max(articles) as articles,
        arg_max(coalesce(organization, '') || title, (coalesce(last_seen, date '0001-01-01'), title))
    from posts group by person having articles > 1 or posts > 1
    order by articles desc, person
"""
APPEARANCES = """
    select person, article, official, body, title, event, status, date
    from careers order by person, published, article, "offset"
"""
PAIRS = f"""
    select
        s.name, s.place, s.unit, c.start, c."end", c.article, c.metric, c.value, c.sentence,
        c.other_article, c.other_metric, c.other_value, c.other_sentence
    from contradictions c join series s on s.article = c.article and s.metric = c.metric
    order by all limit {CONTRADICTIONS}
"""


Telling = Callable[[tuple[Any, ...]], dict[str, Any]]
"""What a row tells."""


class Facts:
    """Writes what a facts file holds of the articles of a page; one group of rows is in memory at a time."""

    def __init__(self, folder: Path, store: "Store") -> None:
        self._folder = folder
        self._store = store
        self._known = dict(store.rows("select article, sha256 from articles"))
        self._numbers: dict[str, int] = {}
        self.stale = 0
        """How many articles have changed since their facts were gathered, or have none: they are left out."""

    def add(self, number: int, extraction: Extraction) -> None:
        """Take in an article of the page."""
        if self._known.get(extraction.article.id) == digest(extraction):
            self._numbers[extraction.article.id] = number
        else:
            self.stale += 1

    def close(self) -> None:
        """Write the scripts: ``facts`` lists what there is and in which script each stands."""
        pairs = [pair for pair in map(self._pair, self._store.rows(PAIRS)) if pair]
        put(self._folder, "contradictions", pairs)
        series, persons = self._store.rows(TOP_SERIES), self._store.rows(TOP_PERSONS)
        points = self._packed(Packs(self._folder, "fs"), POINTS, _point, [row[:4] for row in series[:SERIES]])
        careers = self._packed(
            Packs(self._folder, "fp"), APPEARANCES, _entry, [row[:1] for row in persons[:PERSONS]]
        )
        put(
            self._folder,
            "facts",
            {
                "series": [
                    dict(zip(LISTED, (*row[1:], *points[row[:4]]), strict=True))
                    for row in series
                    if row[:4] in points
                ],
                "allSeries": len(series),
                "persons": [[*row, *careers[row[:1]]] for row in persons if row[:1] in careers],
                "allPersons": len(persons),
                "contradictions": len(pairs),
            },
        )

    def _packed(
        self, packs: Packs, query: str, tell: Telling, wanted: Sequence[tuple[Any, ...]]
    ) -> dict[tuple[Any, ...], tuple[int, int]]:
        """Write the groups of rows that are wanted; the script of each, and its place there. A row begins
        with its group."""
        keys = frozenset(wanted)
        width = len(wanted[0]) if wanted else 0
        for key, rows in groupby(self._store.each(query), key=lambda row: row[:width]):
            if key in keys and (told := list(self._told(map(tell, rows)))):
                packs.add(key, told)
        packs.flush()
        return packs.places

    def _told(self, every: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
        for told in every:
            number = self._numbers.get(told.pop("article"))
            if number is not None:
                yield {"a": number, **{name: value for name, value in told.items() if value is not None}}

    def _pair(self, row: tuple[Any, ...]) -> dict[str, Any] | None:
        name, place, unit, start, end, *sides = row
        both = [self._side(*sides[:4]), self._side(*sides[4:])]
        if None in both:
            return None
        return {
            "name": name,
            "place": place,
            "unit": unit,
            "start": str(start),
            "end": str(end),
            "sides": both,
        }

    def _side(self, article: str, metric: str, value: float, sentence: str) -> dict[str, Any] | None:
        number = self._numbers.get(article)
        return None if number is None else {"a": number, "id": metric, "value": value, "sentence": sentence}


def _point(row: tuple[Any, ...]) -> dict[str, Any]:
    """A statement as a point of a series, like those of a metric by its name."""
    _, unit, _, _, article, metric, start, end, value, bound, latest = row
    return {
        "article": article,
        "id": metric,
        "start": str(start),
        "end": str(end),
        "value": value,
        "unit": unit,
        "bound": None if bound == "exact" else bound,
        "earlier": None if latest else True,
    }


def _entry(row: tuple[Any, ...]) -> dict[str, Any]:
    """An appearance as an entry of a career, like those of a person by name."""
    _, article, official, organization, title, event, status, on = row
    moved = event in ("appointed", "removed")
    post = {"organization": organization, "title": title, "event": event, "on": on and moved and str(on)}
    post["status"] = None if status == "current" else status
    return {
        "article": article,
        "id": official,
        "posts": [{name: value for name, value in post.items() if value}],
    }
