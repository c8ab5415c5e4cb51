"""Careers as entities of FollowTheMoney: persons, positions, bodies, who held what and when, the articles."""

import hashlib
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

QUERY = """
    select p.person, p.name, p.organization, p.title, p.region, p.appointed, p.removed, p.status, p.sentence,
        a.article, a.title, a.url, a.publisher, a.published
    from posts p join articles a on a.article = p.article
    order by p.person, p.organization, p.title, p.appointed, a.article
"""
COUNTRY = "cn"
Entity = dict[str, Any]


def lines(rows: Iterable[tuple[Any, ...]]) -> Iterator[bytes]:
    """The file of the rows of `QUERY`: an entity a line, each once."""
    given: set[str] = set()
    for person, name, organization, title, region, *career in rows:
        holder = _entity("Person", [person], name=name)
        body = _entity("Organization", [organization], name=organization, country=COUNTRY)
        post = _entity(
            "Position",
            [organization or holder["id"], title],
            name=f"{organization or ''}{title}",
            organization=body["id"] if organization else None,
            subnationalArea=region,
            country=COUNTRY,
        )
        article, held = _evidence(holder, post, career)
        for entity in (holder, body, post, article, held) if organization else (holder, post, article, held):
            if entity["id"] not in given:
                given.add(entity["id"])
                yield msgspec.json.encode(entity) + b"\n"


def _evidence(holder: Entity, post: Entity, career: list[Any]) -> tuple[Entity, Entity]:
    """The article that says it, and who held the post."""
    appointed, removed, status, sentence, id, title, url, publisher, published = career
    article = _entity(
        "Article", [id], fileName=id, title=title, sourceUrl=url, publisher=publisher, publishedAt=published
    )
    held = _entity(
        "Occupancy",
        [holder["id"], post["id"], appointed],
        holder=holder["id"],
        post=post["id"],
        startDate=appointed,
        endDate=removed,
        status=status,
        description=sentence,
        proof=article["id"],
    )
    return article, held


def _entity(schema: str, key: list[Any], **properties: Any) -> Entity:
    """An entity whose id is the same wherever the key is, with those of its properties that are known."""
    digest = hashlib.sha256(msgspec.json.encode([schema, *key])).hexdigest()
    known = {name: [str(value)] for name, value in properties.items() if value is not None}
    return {"id": f"zhextract-{digest[:32]}", "schema": schema, "properties": known}
