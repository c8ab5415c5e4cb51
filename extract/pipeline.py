"""The stages in order: text, dates, numbers, quantities, metrics and percentages, officials, records."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any, NamedTuple

from extract import build
from extract.confidence import Sureness, load, shipped
from extract.dates import DateFinder
from extract.fault import attempt, clear
from extract.indicators import Indicators
from extract.mentions import Caution, DateMention, Dropped, PercentageMention, QuantityMention
from extract.metrics import MetricFinder
from extract.metrics.find import Found
from extract.numbers import NumberFinder
from extract.officials import OfficialFinder
from extract.pages.head import HeadReader
from extract.pages.page import Page, page
from extract.percentages import percentages
from extract.quantities import QuantityFinder
from extract.records import (
    ArticleInfo,
    Date,
    Extraction,
    Metric,
    Number,
    Official,
    Percentage,
    Quantity,
    Span,
)
from extract.rules import Rules
from extract.tables.find import TableFinder
from extract.text.document import Document
from extract.text.normalise import Normalised, Normaliser
from extract.text.published import PublicationDate, disagreement
from extract.text.segment import Engine

Moment = date | str | None
"""What tells when a text is from: a date, a datetime (of pandas, too), or ISO text. Calls for one kind of
record take it as ``published`` or, since not every text is an article, as ``reference``."""
NOTHING = Found([], [], set(), [], [])


class Refused(NamedTuple):
    """A candidate that became no record: where it stands, the rule that refused it, and why."""

    span: Span
    rule: str
    reason: str


class Explanation(NamedTuple):
    """An extraction, and what was considered and dropped on the way."""

    extraction: Extraction
    dropped: tuple[Refused, ...]


class Extractor:
    """Turns Chinese text into records. Built once from the rules, safe to share between threads,
    pickles to workers, and gives the same records for the same text.

    ``rules``: a folder of own rules, or several, read over the shipped ones; or rules that are read.
    ``segmenter``: ``rjieba``
    or ``jieba``.
    ``repair``: whether web noise is repaired; each repair is a warning of the extraction.
    Raises `RulesError` where a rule file cannot be used.
    """

    def __init__(
        self,
        rules: str | Path | Iterable[str | Path] | Rules = (),
        *,
        segmenter: Engine = "rjieba",
        repair: bool = True,
    ) -> None:
        given = (rules,) if isinstance(rules, str | Path) else rules
        self.rules = given if isinstance(given, Rules) else Rules(given)
        self._folders = tuple(folder.absolute() for folder in self.rules.folders[1:])
        self._engine: Engine = segmenter
        self._repair = repair
        self._normaliser = Normaliser(self.rules, segmenter, repair=repair)
        self._published = PublicationDate(self.rules)
        self._dates = DateFinder(self.rules)
        self._numbers = NumberFinder(self.rules)
        self._quantities = QuantityFinder(self.rules)
        self._indicators = Indicators(self.rules)
        self._metrics = MetricFinder(self.rules, self._indicators)
        self._officials = OfficialFinder(self.rules)
        self._tables = TableFinder(self.rules)
        self._heads = HeadReader(self.rules)
        self._sureness = Sureness(load(shipped()))
        self._built = frozenset(vars(self))

    def __reduce__(self) -> tuple[Any, ...]:
        """A copy is built anew from the rules; what a subclass has besides goes along."""
        own = {name: value for name, value in vars(self).items() if name not in (*self._built, "_built")}
        rules = self._folders if type(self.rules) is Rules else self.rules
        return _rebuild, (type(self), rules, self._engine, self._repair), own

    def extract(
        self,
        text: str,
        *,
        published: Moment = None,
        title: str | None = None,
        url: str | None = None,
        id: str = "text",
        source: str | None = None,
        encoding: str | None = None,
        published_from: str | None = None,
        publisher: str | None = None,
        author: str | None = None,
        editor: str | None = None,
    ) -> Extraction:
        """Everything that the article says. What is known of it beforehand is passed in; the rest
        (title, publication date, publisher, author, editor) is read from the text. A ``published`` from
        ``metadata``, or from the ``record`` of a crawl, yields to what the page itself says, any other is
        taken as it is; of a moment or of ISO text the date counts."""
        _, extraction, _ = self._read(
            text,
            published=published,
            title=title,
            url=url,
            id=id,
            source=source,
            encoding=encoding,
            published_from=published_from,
            publisher=publisher,
            author=author,
            editor=editor,
        )
        return extraction

    def page(self, html: str) -> Page:
        """The article of a web page, and what the page says of it, which `extract` takes (``Page.known``).
        Raises `ReadError` where the page has none."""
        return page(html, self._heads)

    def extract_many(
        self, articles: Iterable[str | Mapping[str, Any]], *, workers: int = 0
    ) -> Iterator[Extraction]:
        """The extractions of many articles, in order, a few of them in memory at a time. An article is a
        text, or a mapping of ``text`` and what else `extract` takes. ``workers``: processes that share the
        work; 0 for this one alone. Raises what `extract` raises, and `RuntimeError` for an article that no
        process survives."""
        from extract.batch.many import many

        return many(self, articles, workers)

    def explain(self, text: str, **known: Any) -> Explanation:
        """The extraction of `extract`, with every dropped candidate and the reason."""
        document, extraction, dropped = self._read(text, **known)
        refused = (_refused(document, d) for d in sorted(dropped, key=lambda d: d.start))
        return Explanation(extraction, tuple(refused))

    def _read(self, text: str, **known: Any) -> tuple[Document, Extraction, list[Dropped]]:
        """All stages in order."""
        _check(text)
        published = _moment(known.get("published"))
        known["published"] = published.date() if isinstance(published, datetime) else published
        dropped: list[Dropped] = []
        reading = self._normaliser.read(text)
        info, cautions = self._describe(reading, dropped, **known)
        reference = date.fromisoformat(info.published) if info.published else None
        document = self._normaliser.document(reading, reference)
        dates, no_dates = attempt(dropped, "dates", self._dates.find, document) or ([], [])
        numbers, no_numbers = attempt(dropped, "numbers", self._numbers.find, document) or ([], [])
        numbers = clear(numbers, no_dates)
        measured = attempt(dropped, "quantities", self._quantities.find, document, numbers, dates)
        quantities, no_quantities = measured or ([], [])
        figures = attempt(dropped, "metrics", self._figures, document, quantities, dates)
        found, rates = figures or (NOTHING, [])
        held = attempt(dropped, "officials", self._officials.find, document, dates)
        officials, no_officials, namesakes = held or ([], [], [])
        dropped += [*no_dates, *no_numbers, *no_quantities, *found.dropped, *no_officials]
        date_ids = {d.start: f"d{i}" for i, d in enumerate(dates, 1)}
        extraction = Extraction(
            article=info,
            metrics=tuple(
                self._sureness.tell(
                    "metrics", build.metrics(document, found.metrics, date_ids, self._indicators)
                )
            ),
            percentages=tuple(
                self._sureness.tell("percentages", build.percentages(document, rates, found.metrics))
            ),
            dates=tuple(self._sureness.tell("dates", build.dates(document, dates))),
            officials=tuple(self._sureness.tell("officials", build.officials(document, officials))),
            warnings=(
                *build.notices(document, [*cautions, *found.cautions, *namesakes]),
                *build.faults(document, dropped),
                *build.repairs(document),
            ),
        )
        refused = Counter(candidate.rule for candidate in dropped)
        return document, extraction.beside(text=document.raw, dropped=refused), dropped

    def _figures(
        self, document: Document, quantities: Sequence[QuantityMention], dates: Sequence[DateMention]
    ) -> tuple[Found, list[PercentageMention]]:
        """The metrics, and the percentages, whose roles hang on them."""
        tables = self._tables.find(document)
        prose = tables.outside(quantities)
        found = self._metrics.find(document, prose, dates)
        rates = [*percentages(prose, found), *tables.percentages]
        found = found._replace(
            metrics=[*found.metrics, *tables.metrics], cautions=[*found.cautions, *tables.cautions]
        )
        return found, sorted(rates, key=lambda rate: rate.start)

    def numbers(self, text: str, published: Moment = None, *, reference: Moment = None) -> list[Number]:
        """Every numeral of the text with its value."""
        document = self._document(text, published or reference)
        return build.numbers(document, self._numbers.find(document)[0])

    def quantities(self, text: str, published: Moment = None, *, reference: Moment = None) -> list[Quantity]:
        """Every number with a unit; money has its ISO 4217 code."""
        document = self._document(text, published or reference)
        dates, _ = self._dates.find(document)
        numbers, _ = self._numbers.find(document)
        return build.quantities(document, self._quantities.find(document, numbers, dates)[0])

    def percentages(
        self, text: str, published: Moment = None, *, reference: Moment = None
    ) -> list[Percentage]:
        """Every percentage with its role; ``metric`` ids are those of `metrics` on the same text."""
        return list(self.extract(text, published=published or reference).percentages)

    def metrics(self, text: str, published: Moment = None, *, reference: Moment = None) -> list[Metric]:
        """Every named quantity with its change, scope and period."""
        return list(self.extract(text, published=published or reference).metrics)

    def dates(self, text: str, published: Moment = None, *, reference: Moment = None) -> list[Date]:
        """Every time expression, resolved against the publication date, or moment, where it is relative."""
        document = self._document(text, published or reference)
        return build.dates(document, self._dates.find(document)[0])

    def officials(self, text: str, published: Moment = None, *, reference: Moment = None) -> list[Official]:
        """Every person with a public post."""
        document = self._document(text, published or reference)
        dates, _ = self._dates.find(document)
        return build.officials(document, self._officials.find(document, dates)[0])

    def _document(self, text: str, moment: Moment) -> Document:
        _check(text)
        return self._normaliser.document(self._normaliser.read(text), _moment(moment))

    def _describe(
        self,
        reading: Normalised,
        dropped: list[Dropped],
        *,
        published: date | None = None,
        title: str | None = None,
        url: str | None = None,
        id: str = "text",
        source: str | None = None,
        encoding: str | None = None,
        published_from: str | None = None,
        publisher: str | None = None,
        author: str | None = None,
        editor: str | None = None,
    ) -> tuple[ArticleInfo, list[Caution]]:
        """What is known of the article, and where its signs of a publication date disagree."""
        raw = reading.raw
        head = self._normaliser.layout.header(reading.text, reading.clean)
        head = head._replace(title=title or head.title, url=url or head.url)
        cautions = []
        if published is not None and published_from not in ("metadata", "record"):
            published_from = published_from or "caller"
        elif signs := attempt(
            dropped,
            "the publication date",
            self._published.signs,
            reading.text,
            head,
            id,
            published if published_from == "metadata" else None,
        ):
            published, published_from = signs[0]
            if warning := disagreement(signs):
                cautions.append(Caution("published", warning))
        elif published_from == "record":
            message = "no sign of the publication date: the day of the crawl is taken"
            cautions.append(Caution("published", message))
        info = ArticleInfo(
            id=id,
            source=source,
            title=head.title,
            url=head.url,
            publisher=publisher or head.publisher,
            author=author or head.author,
            editor=editor or head.editor,
            published=published.isoformat() if published else None,
            published_from=published_from,
            script=reading.script,
            encoding=encoding,
            characters=len(raw),
            sha256=hashlib.sha256(raw.encode("utf-8", "surrogatepass")).hexdigest(),
        )
        return info, cautions


def _check(text: Any) -> None:
    """What would go wrong deep inside is refused at the door, with the way out."""
    if not isinstance(text, str):
        way = (
            "decode it first, or let `zhextract run` find its encoding" if isinstance(text, bytes) else "str"
        )
        raise TypeError(f"the text is of type {type(text).__name__}: {way}")


def _moment(given: Any) -> date | None:
    """What a caller gives as a date: one, a moment (of pandas too, without its zone), or ISO text."""
    try:
        if isinstance(given, str):
            given = datetime.fromisoformat(given.strip())
        if isinstance(given, datetime):
            return datetime(given.year, given.month, given.day, given.hour, given.minute, given.second)
    except (TypeError, ValueError):  # NaT is a moment without a year
        raise ValueError(
            f"no date: {given!r}; a date, a datetime or ISO text (YYYY-MM-DD) is wanted"
        ) from None
    if not isinstance(given, date | None):
        wanted = "a date, a datetime or ISO text (YYYY-MM-DD) is wanted"
        raise TypeError(f"{wanted}, this is of type {type(given).__name__}: {given!r}")
    return given


def _rebuild(
    kind: type[Extractor], rules: tuple[Path, ...] | Rules, engine: Engine, repair: bool
) -> Extractor:
    extractor = kind.__new__(kind)
    Extractor.__init__(extractor, rules, segmenter=engine, repair=repair)
    return extractor


def _refused(document: Document, dropped: Dropped) -> Refused:
    return Refused(document.span(dropped.start, dropped.end), dropped.rule, dropped.reason)
