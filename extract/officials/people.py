"""Persons of one document: every post and every mention of a name, gathered into one record each."""

import re
from collections.abc import Iterable, Sequence

from extract.mentions import Caution, OfficialMention, PostMention
from extract.officials.names import Name, NameReader
from extract.officials.posts import Item
from extract.officials.regions import Regions

RANKS = ("副", "代", "常务", "第一")
LEVELS = ("national", "province", "prefecture", "county", "township", "village")


class People:
    """The officials found so far; names that are parts of a fuller one are the same person."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._posts: dict[str, list[PostMention]] = {}
        self._rules: dict[str, str] = {}
        self._parted: dict[str, list[tuple[int, int]]] = {}

    @property
    def names(self) -> frozenset[str]:
        """All names of officials."""
        return frozenset(self._posts)

    def add(self, name: Name, posts: Iterable[PostMention], rule: str) -> None:
        """Give a person posts."""
        self._posts.setdefault(name.name, []).extend(posts)
        self._rules.setdefault(name.name, rule)
        if self._text[name.start] + self._text[name.end - len(name.name) + 1 : name.end] == name.name:
            if name.end - name.start > len(name.name) and " " not in self._text[name.start : name.end]:
                self._parted.setdefault(name.name, []).append((name.start, name.end))

    def nearest(self, start: int, end: int) -> Name | None:
        """The official whose name is the last one in a part of the text."""
        best: Name | None = None
        for name in self._posts:
            at = self._text.rfind(name, start, end)
            if at >= 0 and (best is None or at > best.start):
                best = Name(at, at + len(name), name)
        return best

    def mentions(self, bare: Iterable[Item], names: NameReader, regions: Regions) -> list[OfficialMention]:
        """One record a person, in order of the first mention; ``bare`` titles may be forms of address."""
        self._merge()
        posts = {name: [regions.placed(p) for p in _listed(found)] for name, found in self._posts.items()}
        places = {name: self._places(name) for name in posts}
        references = self._references(posts, bare, names)
        return sorted(
            (
                OfficialMention(
                    name=name,
                    posts=posts[name],
                    places=places[name],
                    rule=self._rules[name],
                    references=references.get(name, ()),
                )
                for name in posts
                if places[name]
            ),
            key=lambda m: m.places[0],
        )

    def _merge(self) -> None:
        """A foreign name's part (`拜登`) joins its full form (`约瑟夫·拜登`)."""
        for full in [n for n in self._posts if "·" in n]:
            for part in full.split("·"):
                if part in self._posts:
                    self._posts[full] += self._posts.pop(part)

    def _places(self, name: str) -> list[tuple[int, int]]:
        """Every occurrence of the name that is not part of a longer one."""
        parts = [name, *(p for p in name.split("·") if len(p) > 1 and p != name)]
        pattern = "|".join(map(re.escape, parts))
        if len(name) == 2:
            pattern = f"{name[0]} {{0,3}}{name[1]}"
        longer = [n for n in self._posts if n != name and name in n]
        covered = [m.span() for n in longer for m in re.finditer(re.escape(n), self._text)]
        found = [m.span() for m in re.finditer(pattern, self._text)]
        kept = [(s, e) for s, e in found if not any(a <= s and e <= b for a, b in covered)]
        return sorted({*kept, *self._parted.get(name, ())})

    def _references(
        self, posts: dict[str, list[PostMention]], bare: Iterable[Item], names: NameReader
    ) -> dict[str, list[tuple[int, int]]]:
        """A surname with a title (`李厅长`) is the one person of that surname who has the title."""
        found: dict[str, list[tuple[int, int]]] = {}
        for item in bare:
            start = names.surname_before(item.title_start)
            if start is None:
                continue
            surname = self._text[start : item.title_start]
            title = item.title.lstrip("副")
            holders = [
                name
                for name, held in posts.items()
                if name.startswith(surname) and any(p.title.endswith(title) for p in held)
            ]
            if len(holders) == 1:
                found.setdefault(holders[0], []).append((start, item.end))
        return found


def namesakes(officials: Sequence[OfficialMention]) -> list[Caution]:
    """Warnings of names with posts that one person does not hold at once: present heads of bodies of
    different regions, or of different levels, stated apart."""
    cautions = []
    for official in officials:
        heads = [p for p in official.posts if p.status == "current" and p.event not in ("appointed", "removed")]
        heads = [p for p in heads if p.title.endswith("长") and not p.title.startswith(RANKS)]
        for first, second in zip(heads, heads[1:], strict=False):
            if second.start - first.end > 2 and _apart(first, second):
                bodies = f"{first.organization}{first.title} and {second.organization}{second.title}"
                message = f"{official.name}: two people of one name, or one with posts that do not go together: {bodies}"
                cautions.append(Caution("namesakes", message, second.start, second.end))
    return cautions


def _apart(first: PostMention, second: PostMention) -> bool:
    if first.region and second.region:
        short, long = sorted((first.region, second.region), key=len)
        if not long.startswith(short):
            return True
    if first.level is None or second.level is None:
        return False
    return abs(LEVELS.index(first.level) - LEVELS.index(second.level)) > 1


def _listed(posts: list[PostMention]) -> list[PostMention]:
    """Each post once, in order; a bare title gives way to a fuller post of that title."""
    kept: list[PostMention] = []
    for post in sorted(posts, key=lambda p: p.start):
        fuller = next((i for i, other in enumerate(kept) if _covers(other, post)), None)
        if fuller is None:
            post = next((_told(post, other) for other in kept if _covers(post, other)), post)
            kept = [other for other in kept if not _covers(post, other)]
            kept.append(post)
        else:
            kept[fuller] = _told(kept[fuller], post)
    return sorted(kept, key=lambda p: (p.start, p.end))


def _told(post: PostMention, again: PostMention) -> PostMention:
    """A post with what another mention of it says: an appointment or removal, or the first act."""
    weight = {"appointed": 2, "removed": 2, "attending": 1, "speaking": 1, None: 0}
    if weight[again.event] > weight[post.event]:
        post = post._replace(event=again.event, date=again.date)
    former = post.status if post.status != "current" else again.status
    return post._replace(status=former)


def _covers(full: PostMention, post: PostMention) -> bool:
    """Whether ``full`` says all that ``post`` says (`国家主席` covers `主席`)."""
    if full.title == post.title:
        return (full.organization or "").endswith(post.organization or "")
    if post.organization or not full.title.endswith(post.title):
        return False
    return not full.title.removesuffix(post.title).endswith(RANKS)
