"""The report page: a folder that opens by double click, without a server and without a network."""

from collections.abc import Iterable, Iterator, Sequence
from importlib.metadata import version
from pathlib import Path
from shutil import rmtree
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from extract.confidence import Grade, Table, load, shipped
from extract.output.files import write
from extract.records import GROUPS, Extraction
from extract.report.compact import compact
from extract.report.facts import Facts
from extract.report.overview import Overview
from extract.report.reasons import Reason, reasons
from extract.report.scripts import Shards, put
from extract.rules import Rules
from extract.text.script import ScriptConverter
from extract.unusable import Unusable

if TYPE_CHECKING:
    from extract.facts.store import Store
    from extract.pipeline import Extractor, Refused

PAGE = Path(__file__).parent / "page"
INDEX = "index.html"
HEAD = 60
"""Characters of its first line that an article without a title is listed by."""
DIGEST = 16
"""Characters of a text's digest that kept verdicts are found by."""
HAN = range(0x4E00, 0xA000)
"""Characters that a search may be typed in."""
COLUMNS = ("id", "digest", "title", "head", "published", "publisher", "folder", "script")


class ReportError(Unusable):
    """A place where no report can be written."""


class Shown(NamedTuple):
    """An article as the page shows it: its records beside their text, and what was dropped."""

    extraction: Extraction
    dropped: "Sequence[Refused]" = ()


class Site:
    """Writes the page article by article: a few of them are in memory at a time, and a line of each."""

    def __init__(self, folder: Path, rules: Rules, store: "Store | None" = None) -> None:
        """``store``: the facts across the articles, where they were gathered."""
        data = folder / "data"
        if data.exists() and not (data / "index.js").is_file():
            raise ReportError(f"{data}: holds something else than a report; name another folder with -o")
        if data.exists():
            rmtree(data)
        data.mkdir(parents=True)
        for path in sorted(PAGE.rglob("*.*")):
            target = folder / path.relative_to(PAGE)
            target.parent.mkdir(exist_ok=True)
            if path.name != "fragment.css":
                write(target, path.read_bytes())
        self._data = data
        self._rules = rules
        self._shards = Shards(data)
        self._overview = Overview(data)
        self.facts = Facts(data, store) if store else None
        self._columns: dict[str, list[Any]] = {
            name: [] for name in (*COLUMNS, "characters", "counts", "warn", "rules", "least")
        }
        self._words: list[str] = []
        self._used: dict[str, int] = {}
        self._codes: dict[str, int] = {}

    @property
    def count(self) -> int:
        """How many articles there are so far."""
        return len(self._words)

    def add(self, shown: Shown) -> None:
        """Take in an article."""
        extraction, dropped = shown
        text = extraction.text or ""
        self._overview.add(self.count, extraction)
        if self.facts:
            self.facts.add(self.count, extraction)
        self._shards.add(compact(extraction, dropped), text)
        self._line(extraction, text)
        names = {metric.name for metric in extraction.metrics}
        names.update(person.name for person in extraction.officials)
        self._words.append(" ".join(sorted(names)))

    def close(self) -> None:
        """Write what holds for all articles; the index comes last."""
        self._shards.flush()
        self._overview.close()
        if self.facts:
            self.facts.close()
        known, grades = reasons(self._rules), load(shipped())
        put(self._data, "rules", [_rule(rule, known.get(rule), grades) for rule in self._used])
        put(self._data, "words", self._words)
        put(self._data, "fold", _folding(self._rules))
        fixed: dict[str, Any] = {"tool": f"zhextract {version('zhextract')}", "shards": self._shards.starts}
        fixed["facts"] = self.facts is not None
        put(self._data, "index", {**fixed, "codes": list(self._codes), **self._columns})

    def _line(self, extraction: Extraction, text: str) -> None:
        """What the list of articles knows of an article."""
        info = extraction.article
        head = "" if info.title else text.strip().partition("\n")[0][:HEAD]
        line = {
            "id": info.id,
            "digest": info.sha256[:DIGEST],
            "title": info.title,
            "head": head,
            "published": info.published,
            "publisher": info.publisher,
            "folder": info.id.rpartition("/")[0],
            "script": (info.script or "")[:1],
            "characters": info.characters,
            "counts": [len(getattr(extraction, group)) for group in (*GROUPS, "warnings")],
            "warn": sorted({_number(self._codes, w.code) for w in extraction.warnings}),
            "rules": sorted({_number(self._used, record.rule) for record in extraction}),
            "least": _least(extraction),
        }
        for name, value in line.items():
            self._columns[name].append(value)


def _folding(rules: Rules) -> list[str]:
    """Traditional characters and their simplified ones, for the search."""
    characters = list(map(chr, HAN))
    simple = ScriptConverter(rules).simplify("\n".join(characters), "traditional").split("\n")
    pairs = [(c, s) for c, s in zip(characters, simple, strict=True) if c != s and len(s) == 1]
    return ["".join(c for c, _ in pairs), "".join(s for _, s in pairs)]


def _number(numbers: dict[str, int], name: str) -> int:
    return numbers.setdefault(name, len(numbers))


def _least(extraction: Extraction) -> int:
    """How sure the least sure record is, of a hundred."""
    shares = (record.confidence.share for record in extraction if record.confidence)
    return round(100 * min(shares, default=1))


def _rule(rule: str, reason: Reason | None, grades: Table) -> dict[str, Any]:
    """What the page knows of a rule; by record type, how many of its cases were right."""
    said: dict[str, Any] = {"id": rule}
    if reason:
        said |= {"reason": reason.reason, "yes": reason.example}
    ways = {type: rules[rule].values() for type, rules in grades.grades.items() if rule in rules}
    said["grades"] = {type: sum(each, Grade()) for type, each in ways.items()}
    return {name: msgspec.to_builtins(value) for name, value in said.items() if value}


def write_site(folder: Path, articles: Iterable[Shown], rules: Rules, store: "Store | None" = None) -> Site:
    """The page of these articles, with the facts across them where they were gathered."""
    site = Site(folder, rules, store)
    for shown in articles:
        site.add(shown)
    site.close()
    return site


def shown(extractions: Iterable[Extraction], explain: "Extractor | None", lost: list[str]) -> Iterator[Shown]:
    """The articles beside their texts; with an extractor, beside what it drops of them. The ids of those
    whose text is not to be had are ``lost``."""
    for extraction in extractions:
        info = extraction.article
        if extraction.text is None:
            lost.append(info.id)
            continue
        known = {"id": info.id, "title": info.title, "url": info.url, "published": info.published}
        yield Shown(extraction, explain.explain(extraction.text, **known).dropped if explain else ())
