"""Persons of one document: every post and every mention of a name, gathered into one record each."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from extract.mentions import Caution, OfficialMention, PostMention
from extract.officials.lexicon import LEVELS
from extract.officials.names import Name, NameReader
from extract.officials.posts import Item
from extract.officials.regions import Regions

RANKS = ("副", "代", "常务", "第一")


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

    def add(self, name: Name, posts: Iterable[PostMention], rule: str, parted: bool = False) -> None:
        """Give a person posts; ``parted``: the title stands inside the name's place."""
        self._posts.setdefault(name.name, []).extend(posts)
        self._rules.setdefault(name.name, rule)
        if parted:
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
        written = [name, *(p for p in name.split("·") if len(p) > 1 and p != name)]
        if len(name) == 2 and " " in self._text:
            written += (name[0] + " " * n + name[1] for n in range(1, 4))
        found = [place for word in written for place in self._all(word)]
        longer = [n for n in self._posts if n != name and name in n]
        covered = [
            place for word in (*longer, *(w for w in written if "·" in w)) for place in self._all(word)
        ]
        kept = [(s, e) for s, e in found if not any(a <= s and e <= b and e - s < b - a for a, b in covered)]
        return sorted({*kept, *self._parted.get(name, ())})

    def _all(self, word: str) -> Iterator[tuple[int, int]]:
        at = self._text.find(word)
        while at >= 0:
            yield at, at + len(word)
            at = self._text.find(word, at + len(word))

    def _references(
        self, posts: dict[str, list[PostMention]], bare: Iterable[Item], names: NameReader
    ) -> dict[str, list[tuple[int, int]]]:
        """A surname with a title (`李厅长`) is the one person of that surname who has the title."""
        found: dict[str, list[tuple[int, int]]] = {}
        for item in bare:
            start = names.surname_before(item.title_start)
            if start is None or any(s <= start < e for parted in self._parted.values() for s, e in parted):
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
    different regions, or of levels far apart, stated in different places."""
    cautions = []
    for official in officials:
        for first, second in pairwise(p for p in official.posts if _heads(p)):
            if second.start - first.end > 2 and _apart(first, second):
                bodies = f"{first.organization}{first.title} and {second.organization}{second.title}"
                message = f"{official.name}: more than one person, or posts that do not go together: {bodies}"
                cautions.append(Caution("namesakes", message, second.start, second.end))
    return cautions


def _heads(post: PostMention) -> bool:
    """Whether the post is that of the present head of a body."""
    moved = post.event in ("appointed", "removed")
    head = post.title.endswith("长") and not post.title.startswith(RANKS)
    return post.status == "current" and not moved and head


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
    return post if former == post.status else post._replace(status=former)


def _covers(full: PostMention, post: PostMention) -> bool:
    """Whether ``full`` says all that ``post`` says (`国家主席` covers `主席`)."""
    if full.title == post.title:
        return (full.organization or "").endswith(post.organization or "")
    if post.organization or not full.title.endswith(post.title):
        return False
    return not full.title.removesuffix(post.title).endswith(RANKS)
