"""From records to gold: what an extraction, or an annotator's tool, says becomes a file of the corpus."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec
from msgspec import UNSET, UnsetType

from extract.gold.corpus import (
    Gold,
    GoldChange,
    GoldDate,
    GoldMetric,
    GoldOfficial,
    GoldPercentage,
    GoldPost,
    Key,
    key_of,
)
from extract.output.files import write
from extract.records import Change, Date, Extraction, Metric, Official, Percentage, Span


def gold(extraction: Extraction, text: str, article: str) -> Gold:
    """An extraction as the gold of its article, its links and mentions included. Of two records at one
    place the first stands."""
    keys = {metric.id: key(metric.span, text) for metric in extraction.metrics}
    return Gold(
        article=article,
        reference_date=extraction.article.published,
        metrics=tuple(apart(metric(m, text, keys) for m in extraction.metrics)),
        percentages=tuple(apart(percentage(p, text, keys) for p in extraction.percentages)),
        dates=tuple(apart(date(d, text) for d in extraction.dates)),
        officials=tuple(official(o, text) for o in extraction.officials),
    )


def metric(m: Metric, text: str, keys: Mapping[str, Key] | None = None) -> GoldMetric:
    """A metric; with the keys of all by their ids its links, without them none is stated."""
    words, nth = _place(m.span, text)
    return GoldMetric(
        text=words,
        nth=nth,
        name=m.name,
        value=m.value,
        value_max=m.value_max,
        unit=m.unit,
        bound=m.bound,
        change=_change(m.change) if m.change else None,
        scope=m.scope,
        period=m.period,
        part_of=_link(m.part_of, keys),
        same_as=_link(m.same_as, keys),
    )


def percentage(p: Percentage, text: str, keys: Mapping[str, Key] | None = None) -> GoldPercentage:
    words, nth = _place(p.span, text)
    return GoldPercentage(
        text=words,
        nth=nth,
        value=p.value,
        unit=p.unit,
        role=p.role,
        direction=p.direction,
        basis=p.basis,
        bound=p.bound,
        metric=_link(p.metric, keys),
    )


def date(d: Date, text: str) -> GoldDate:
    words, nth = _place(d.span, text)
    return GoldDate(
        text=words,
        nth=nth,
        kind=d.kind,
        start=d.start,
        end=d.end,
        granularity=d.granularity,
        relative=d.relative,
    )


def official(o: Official, text: str) -> GoldOfficial:
    mentions = tuple(dict.fromkeys(key(span, text) for span in o.mentions))
    return GoldOfficial(name=o.name, posts=tuple(_posts(o)), mentions=mentions)


def skeleton(article: str, published: str | None) -> Gold:
    """The gold of an article that nobody has annotated yet."""
    return Gold(article=article, reference_date=published)


def stem(article: str) -> str:
    """The name of an article's files in a corpus, which has no folders."""
    return article.replace("/", "-")


def save(corpus: Path, name: str, text: str, gold: Gold) -> Path:
    """Write an article and its gold into a corpus; where its gold is."""
    path = corpus / "gold" / f"{name}.json"
    for folder in (corpus / "articles", path.parent):
        folder.mkdir(parents=True, exist_ok=True)
    write(corpus / "articles" / gold.article, text.encode())
    write(path, msgspec.json.format(msgspec.json.encode(gold), indent=1) + b"\n")
    return path


def key(span: Span, text: str) -> Key:
    """The key of a span of the text."""
    return key_of(text, span.start, span.end)


def apart(records: Iterable[Any]) -> Iterator[Any]:
    """The records without those at a place that one before them has."""
    taken: set[Key] = set()
    for record in records:
        if record.key not in taken:
            taken.add(record.key)
            yield record


def _place(span: Span, text: str) -> tuple[str, int]:
    words, _, nth = key(span, text).rpartition("#")
    return words, int(nth)


def _posts(o: Official) -> Iterator[GoldPost]:
    """The posts of a person, each once: the records of some differ in what the gold does not say."""
    seen: set[tuple[str | None, str]] = set()
    for post in o.posts:
        if (post.organization, post.title) not in seen:
            seen.add((post.organization, post.title))
            yield GoldPost(organization=post.organization, title=post.title)


def _link(id: str | None, keys: Mapping[str, Key] | None) -> Key | UnsetType:
    return keys.get(id, UNSET) if keys and id else UNSET


def _change(change: Change) -> GoldChange:
    return GoldChange(
        direction=change.direction,
        amount=change.amount,
        unit=change.unit,
        basis=change.basis,
        base=change.base,
        from_=change.from_,
    )
