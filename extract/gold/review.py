"""Verdicts of readers, as the report page gives them: held against what is found now, and made into gold."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Literal, NamedTuple

import msgspec
from msgspec.structs import replace

from extract.brief import brief
from extract.gold import write
from extract.gold.corpus import Gold, GoldError, key_of
from extract.records import AnyRecord, Date, Extraction, Metric, Official, Percentage, Post, Span

KINDS: Mapping[str, type[AnyRecord]] = {
    "metrics": Metric,
    "percentages": Percentage,
    "dates": Date,
    "officials": Official,
}
OF_CHANGE = {"direction": "direction", "amount": "amount", "change_unit": "unit", "basis": "basis"} | {
    "base": "base",
    "from": "from",
}
"""Fields of a correction that stand in the change of a metric."""


class Review(msgspec.Struct, frozen=True, kw_only=True):
    """One line of ``reviews.jsonl``."""

    article: str
    sha256: str
    verdict: Literal["right", "wrong", "edit", "missing", "complete"]
    schema_version: str = "1"
    type: str = ""
    id: str = ""
    rule: str = ""
    record: dict[str, Any] | None = None
    corrected: dict[str, Any] = {}
    span: Span | None = None
    note: str = ""
    at: str = ""

    @property
    def place(self) -> tuple[int, int] | str:
        """Where the verdict's record stands; of a person, who it is."""
        if self.type == "officials" and self.record:
            return str(self.record["name"])
        span = self.span or msgspec.convert((self.record or {}).get("span"), Span)
        return span.start, span.end


class Standing(NamedTuple):
    """What became of a verdict: ``still right``, ``still wrong``, ``mended``, ``lost``, ``changed``,
    ``text changed`` or ``no such article``."""

    what: str
    review: Review
    now: AnyRecord | None = None


def load(path: Path) -> list[Review]:
    """The verdicts of a file. Raises `GoldError` with the line of one that is none."""
    reviews = []
    for number, line in enumerate(path.read_bytes().splitlines(), 1):
        if not line.strip():
            continue
        try:
            review = msgspec.json.decode(line, type=Review)
            if review.verdict not in ("complete", "missing") and review.type in KINDS:
                _record(review)
        except (msgspec.DecodeError, msgspec.ValidationError) as error:
            raise GoldError(f"{path}: line {number}: {error}") from error
        reviews.append(review)
    return reviews


def standings(reviews: Iterable[Review], found: Mapping[str, Extraction]) -> Iterator[Standing]:
    """Each verdict held against the present results."""
    for review in reviews:
        if review.verdict == "complete" or review.type not in KINDS:
            continue
        extraction = found.get(review.article)
        if extraction is None:
            yield Standing("no such article", review)
        elif extraction.article.sha256 != review.sha256:
            yield Standing("text changed", review)
        else:
            now = _at(review, extraction)
            yield Standing(_became(review, now), review, now)


def _became(review: Review, now: AnyRecord | None) -> str:
    if review.verdict in ("edit", "missing"):
        return "mended" if now and _fits(now, review.corrected) else "still wrong"
    same = now is not None and _plain(now) == _plain(_record(review))
    if review.verdict == "right":
        return "still right" if same else "changed" if now else "lost"
    return "still wrong" if same else "changed" if now else "mended"


def _at(review: Review, extraction: Extraction) -> AnyRecord | None:
    """The record of now at the place of a verdict."""
    for record in getattr(extraction, review.type):
        if isinstance(record, Official):
            if record.name == review.place or (review.span and review.span in record.mentions):
                return record
        elif (record.span.start, record.span.end) == review.place:
            return record  # type: ignore[no-any-return]  # of a group
    return None


def _plain(record: Any) -> dict[str, Any]:
    """A record by what it says: ids differ from run to run, and rules are no facts."""
    plain: dict[str, Any] = msgspec.to_builtins(record)
    unsaid = ("id", "rule", "confidence", "date", "metric", "part_of", "same_as")
    return {name: value for name, value in plain.items() if name not in unsaid}


def _fits(record: AnyRecord, corrected: Mapping[str, Any]) -> bool:
    """Whether a record says all that a correction says."""
    plain = msgspec.to_builtins(record)
    for field, value in corrected.items():
        if field == "posts":
            said = [(post["organization"], post["title"]) for post in plain["posts"]]
            if said != [(post.get("organization"), post["title"]) for post in value]:
                return False
            continue
        holder = plain.get("change") or {} if _in_change(record, field) else plain
        if holder.get(OF_CHANGE[field] if _in_change(record, field) else field) != value:
            return False
    return True


def _in_change(record: Any, field: str) -> bool:
    return field in OF_CHANGE and isinstance(record, Metric)


def told(standing: Standing) -> str:
    """A verdict in one line: what became of it, of what it is, what the reader wanted, and what is found."""
    what, review, now = standing
    record = review.record or {}
    span = review.span or record.get("span") or (record.get("mentions") or [{}])[0]
    text = span.text if isinstance(span, Span) else span.get("text", "")
    wanted = ", ".join(f"{field} {value}" for field, value in review.corrected.items())
    parts = (f"wanted {wanted}" if wanted else "", f"found {brief(now)}" if now else "", review.note)
    line = f"{what}: {review.article}: {review.type}: {text} ({review.verdict})"
    return "; ".join((line, *filter(None, parts)))


def complete(reviews: Iterable[Review]) -> Mapping[str, list[Review]]:
    """The verdicts of each article that a reader marked complete."""
    by_article: defaultdict[str, list[Review]] = defaultdict(list)
    for review in reviews:
        by_article[review.article].append(review)
    return {name: of for name, of in by_article.items() if any(r.verdict == "complete" for r in of)}


def to_gold(extraction: Extraction, reviews: Sequence[Review], before: Gold | None, article: str) -> Gold:
    """The gold of an article: what is there already, else what is found, with the verdicts over it."""
    text = extraction.text or ""
    gold = before or write.gold(extraction, text, article)
    for review in reviews:
        if review.type in KINDS and review.verdict != "complete":
            gold = _applied(gold, review, text)
    return gold


def _applied(gold: Gold, review: Review, text: str) -> Gold:
    """The gold with one verdict: the record at its place goes, and what the reader says of it comes."""
    records = getattr(gold, review.type)
    name = review.place if isinstance(review.place, str) else review.corrected.get("name")
    key = None if isinstance(review.place, str) else key_of(text, *review.place)
    at = next((r for r in records if (r.name == name if review.type == "officials" else r.key == key)), None)
    if review.verdict == "right" and at:
        return gold
    said = None if review.verdict == "wrong" else _said(review, at, text)
    kept = [record if record is not at else said for record in records]
    if at is None:
        kept.append(said)
    return replace(gold, **{review.type: tuple(record for record in kept if record is not None)})


def _said(review: Review, at: Any, text: str) -> Any:
    """The record as the reader wants it."""
    base = at or _written(review, text)
    corrected = dict(review.corrected)
    if review.type == "metrics":
        change = msgspec.to_builtins(base.change) if base.change else {}
        change |= {OF_CHANGE[k]: corrected.pop(k) for k in OF_CHANGE if k in corrected}
        corrected["change"] = change if change.get("direction") else None
    if "posts" in corrected:
        corrected["posts"] = [_post(post) for post in corrected["posts"]]
    try:
        return msgspec.convert({**msgspec.to_builtins(base), **corrected}, type(base))
    except msgspec.ValidationError as error:
        raise GoldError(f"{review.article}: {review.type} {review.id}: {error}") from error


def _written(review: Review, text: str) -> Any:
    """The gold of the record that a verdict is about, or the least of one that was missing."""
    if review.record:
        return WRITERS[review.type](_record(review), text)
    span = review.span or Span(0, 0, "")
    given = {**LEAST[review.type], "id": "", "rule": "", "name": span.text, "span": span, "mentions": (span,)}
    kind = KINDS[review.type]
    return WRITERS[review.type](kind(**{k: v for k, v in given.items() if k in kind.__struct_fields__}), text)


def _record(review: Review) -> Any:
    """The record that a verdict is about; what the page leaves out of it is null."""
    kind = KINDS[review.type]
    record = _whole(review.record or {}, kind)
    if "posts" in record:
        record["posts"] = [_whole(post, Post) for post in record["posts"]]
    return msgspec.convert(record, kind)


def _whole(record: Mapping[str, Any], kind: type[msgspec.Struct]) -> dict[str, Any]:
    return {field.name: None for field in msgspec.structs.fields(kind) if field.required} | dict(record)


def _post(post: Mapping[str, Any]) -> dict[str, Any]:
    return {"organization": post.get("organization") or None, "title": post["title"]}


WRITERS: Mapping[str, Any] = {
    "metrics": write.metric,
    "percentages": write.percentage,
    "dates": write.date,
    "officials": write.official,
}
LEAST: Mapping[str, Mapping[str, Any]] = {
    "metrics": {"value": None, "unit": None},
    "percentages": {"value": 0, "unit": "percent", "role": "rate"},
    "dates": {"kind": "date"},
    "officials": {"posts": ()},
}
"""What a record needs that a reader may have left open."""
