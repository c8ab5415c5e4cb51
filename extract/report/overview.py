"""The whole of a run: which metrics and persons it speaks of, when, and where."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from extract.records import Extraction, Metric, Official
from extract.report.compact import thin
from extract.report.scripts import put
from extract.report.spill import Spill

BUCKETS = 16
"""Scripts of series: a chosen metric loads one of them."""
METRICS = 500
PERSONS = 2000
"""Most frequent names that are listed."""


class Overview:
    """Series of metrics and careers of persons over all articles; names in memory, values in files."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        for part in ("s", "p"):
            (folder / part).mkdir(parents=True, exist_ok=True)
        self._series = Spill(folder / "s", BUCKETS)
        self._careers = Spill(folder / "p", 1)
        self._metrics: Counter[str] = Counter()
        self._persons: Counter[str] = Counter()
        self._mentions: Counter[str] = Counter()
        self._articles: Counter[str] = Counter()
        self._units: dict[str, Counter[str]] = {}

    def add(self, number: int, extraction: Extraction) -> None:
        """Take in an article."""
        names = {metric.name for metric in extraction.metrics}
        self._articles.update(names)
        for metric in extraction.metrics:
            self._metrics[metric.name] += 1
            if metric.unit:
                self._units.setdefault(metric.name, Counter())[metric.unit] += 1
            self._series.add(metric.name, {"a": number, **_point(extraction, metric)})
        for person in extraction.officials:
            self._persons[person.name] += 1
            self._mentions[person.name] += len(person.mentions)
            self._careers.add(person.name, {"a": number, **_entry(person)})

    def close(self) -> None:
        """Write the scripts, and take away what waited in files."""
        top = sorted(self._metrics, key=lambda n: (-self._articles[n], -self._metrics[n], n))[:METRICS]
        people = sorted(self._persons, key=lambda n: (-self._persons[n], -self._mentions[n], n))[:PERSONS]
        for bucket in range(BUCKETS):
            names = [name for name in top if self._series.bucket(name) == bucket]
            if names:
                put(self._folder, f"s/{bucket}", list(self._series.grouped(bucket, names).items()))
        careers = self._careers.grouped(0, people)
        put(self._folder, "persons", list(careers.items()))
        put(
            self._folder,
            "overview",
            {
                "metrics": list(map(self._metric, top)),
                "names": len(self._metrics),
                "persons": [
                    [name, self._persons[name], self._mentions[name], _latest(careers[name])]
                    for name in people
                ],
                "people": len(self._persons),
            },
        )
        self._series.close()
        self._careers.close()
        (self._folder / "p").rmdir()

    def _metric(self, name: str) -> list[Any]:
        units = self._units.get(name, Counter()).most_common(1)
        unit = units[0][0] if units else ""
        return [name, self._metrics[name], self._articles[name], unit, self._series.bucket(name)]


def _point(extraction: Extraction, metric: Metric) -> dict[str, Any]:
    """A metric as a point of a series."""
    date, change = extraction.date_of(metric), metric.change
    return dict(
        _said(
            id=metric.id,
            start=date and date.start,
            end=date and date.end,
            value=metric.value,
            max=metric.value_max,
            unit=metric.unit,
            bound=None if metric.bound == "exact" else metric.bound,
            scope=metric.scope,
            direction=change and change.direction,
            amount=change and change.amount,
            of=change and change.unit,
            basis=change and change.basis,
        )
    )


def _entry(person: Official) -> dict[str, Any]:
    """A person in an article as an entry of a career."""
    posts = [thin(post) for post in person.posts]
    return {"id": person.id, "n": len(person.mentions), "posts": posts}


def _said(**fields: Any) -> Iterator[tuple[str, Any]]:
    return ((name, value) for name, value in fields.items() if value is not None)


def _latest(entries: list[dict[str, Any]]) -> str:
    """The first post of the last article that gives one."""
    posts = next((entry["posts"] for entry in reversed(entries) if entry["posts"]), None)
    return f"{posts[0].get('organization', '')}{posts[0]['title']}" if posts else ""
