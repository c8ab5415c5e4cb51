"""Gold records: what an annotator says is in an article, each placed by its text and which occurrence."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec
from msgspec import UNSET, UnsetType

from extract.records import Basis, Bound, DateKind, Direction, Event, Status, Value
from extract.text.index import load as load_index
from extract.text.read import Article, read
from extract.unusable import Unusable

Place = tuple[int, int]
PLACED = ("metrics", "percentages", "dates")
"""The groups whose records stand at one place of the text."""


Key = str
"""What names a record inside its article: its text, ``#`` and which occurrence (``28起#1``)."""


class GoldError(Unusable):
    """A gold file that cannot be used; the message names file and record."""


class Placed(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """A gold record with a place: the ``nth`` occurrence of ``text`` in the article.

    ``optional`` ones are neither rewarded nor punished.
    """

    text: str
    nth: int = 1
    optional: bool = False

    @property
    def key(self) -> Key:
        """What names the record in the baseline, and in the links of others."""
        return f"{self.text}#{self.nth}"


class GoldChange(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """The change of a gold metric."""

    direction: Direction
    amount: Value | None = None
    unit: str | None = None
    basis: Basis | None = None
    base: str | None = None
    from_: Value | None = msgspec.field(default=None, name="from")


class GoldMetric(Placed, frozen=True, kw_only=True):
    """A metric, with other names that are as good; links left out are not judged, null says that none is."""

    name: str
    name_alt: tuple[str, ...] = ()
    value: Value | None = None
    value_max: Value | None = None
    unit: str | None = None
    bound: Bound = "exact"
    change: GoldChange | None = None
    scope: str | None = None
    period: str | None = None
    part_of: Key | UnsetType | None = UNSET
    same_as: Key | UnsetType | None = UNSET


class GoldPercentage(Placed, frozen=True, kw_only=True):
    """A percentage."""

    value: Value
    unit: str
    role: str
    direction: Direction | None = None
    basis: Basis | None = None
    bound: Bound = "exact"
    metric: Key | UnsetType | None = UNSET


class GoldDate(Placed, frozen=True, kw_only=True):
    """A date; a null start or end is not judged."""

    kind: DateKind
    start: str | None = None
    end: str | None = None
    granularity: str | None = None
    relative: bool = False


class GoldPost(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """A post of an official; a status or an event left out is not judged."""

    organization: str | None = None
    title: str
    status: Status | UnsetType = UNSET
    event: Event | UnsetType | None = UNSET

    def __str__(self) -> str:
        return f"{self.organization or ''}{self.title}"


class GoldOfficial(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """An official with all posts."""

    name: str
    posts: tuple[GoldPost, ...]
    mentions: tuple[Key, ...] | UnsetType = UNSET
    optional: bool = False


class Gold(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """All gold records of one article."""

    article: str
    reference_date: str | None = None
    metrics: tuple[GoldMetric, ...] = ()
    percentages: tuple[GoldPercentage, ...] = ()
    dates: tuple[GoldDate, ...] = ()
    officials: tuple[GoldOfficial, ...] = ()


class Case(msgspec.Struct, frozen=True):
    """An article with its gold records, and the place of each that has one."""

    name: str
    article: Article
    gold: Gold
    places: Mapping[str, tuple[Place, ...]]


def cases(corpus: Path) -> Iterator[Case]:
    """The annotated articles of a corpus (``articles/`` and ``gold/``), in order."""
    paths = sorted((corpus / "gold").glob("*.json"))
    if not paths:
        raise GoldError(f"{corpus}: no gold/*.json in it")
    index = load_index(corpus / "articles")
    for path in paths:
        gold = load(path)
        article = read(corpus / "articles" / gold.article, entry=index.get(gold.article))
        places = {group: tuple(_places(gold, group, article.raw, path)) for group in PLACED}
        _check_keys(gold, article.raw, path)
        yield Case(path.stem, article, gold, places)


def load(path: Path) -> Gold:
    """A gold file, checked for shape."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=Gold)
    except msgspec.DecodeError as error:
        raise GoldError(f"{path}: {error}") from error


def _places(gold: Gold, group: str, text: str, path: Path) -> Iterator[Place]:
    taken: set[Place] = set()
    for record in getattr(gold, group):
        where = f"{path}: {group} {record.key!r}"
        start = find(text, record.text, record.nth)
        if start < 0:
            raise GoldError(f"{where}: no such occurrence in {gold.article}")
        place = (start, start + len(record.text))
        if place in taken:
            raise GoldError(f"{where}: a second record at the same place")
        taken.add(place)
        yield place


def _check_keys(gold: Gold, text: str, path: Path) -> None:
    """That links name metrics of the article, and mentions places of it."""
    known = {metric.key for metric in gold.metrics}
    links = [(m.key, link) for m in gold.metrics for link in (m.part_of, m.same_as)]
    links += [(percentage.key, percentage.metric) for percentage in gold.percentages]
    for key, link in links:
        if link and (link not in known):
            raise GoldError(f"{path}: {key!r}: {link!r} is no metric of it")
    for official in gold.officials:
        for mention in official.mentions or ():
            name, _, nth = mention.rpartition("#")
            if not nth.isdecimal() or find(text, name, int(nth)) < 0:
                raise GoldError(f"{path}: {official.name!r}: no such mention {mention!r} in {gold.article}")


def find(text: str, needle: str, nth: int) -> int:
    """Where the nth occurrence begins (occurrences may overlap), or -1."""
    at = -1
    for _ in range(nth):
        at = text.find(needle, at + 1)
        if at < 0:
            return -1
    return at


def key_of(text: str, start: int, end: int) -> Key:
    """The key of a place: which occurrence of its text it is."""
    needle, nth, at = text[start:end], 0, -1
    while at < start:
        at = text.index(needle, at + 1)
        nth += 1
    return f"{needle}#{nth}"
