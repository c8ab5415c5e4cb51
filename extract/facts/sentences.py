"""The sentences that state something, each with its metrics and posts, as JSON Lines."""

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

FIELDS = ("article", "title", "publisher", "published", "url", "sentence", "metrics", "posts")
QUERY = """
    with said as (
        select article, sentence, "offset", null as post, {
            id: metric, indicator: indicator, name: name, value: value, unit: unit, place: place,
            region: region, start: start, "end": "end", change: change, change_unit: change_unit, basis: basis
        } as metric
        from statements
        union all by name
        select article, sentence, "offset", {
            id: official, name: name, organization: organization, title: title, status: status, event: event,
            date: date, region: region
        } as post
        from appearances
    )
    select
        article, any_value(a.title), any_value(a.publisher), any_value(a.published), any_value(a.url),
        sentence,
        list(metric order by "offset", metric) filter (metric is not null),
        list(post order by "offset", post) filter (post is not null)
    from said join articles a using (article)
    group by article, sentence
    order by article, min("offset"), sentence
"""


def lines(rows: Iterable[tuple[Any, ...]]) -> Iterator[bytes]:
    """The file of the rows of `QUERY`: a sentence a line, in the order of the articles."""
    for *about, metrics, posts in rows:
        yield (
            msgspec.json.encode(dict(zip(FIELDS, (*about, metrics or [], posts or []), strict=True))) + b"\n"
        )
