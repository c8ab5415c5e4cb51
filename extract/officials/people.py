"""Persons of one document: every post and every mention of a name, gathered into one record each."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise, product

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
        self._held = set[tuple[str, str]]()
        self._rules: dict[str, str] = {}
        self._parted: dict[str, list[tuple[int, int]]] = {}

    @property
    def names(self) -> frozenset[str]:
        """All names of officials."""
        return frozenset(self._posts)

    def add(self, name: Name, posts: Iterable[PostMention], rule: str, parted: bool = False) -> None:
        """Give a person posts; ``parted``: the title stands inside the name's place."""
        posts = list(posts)
        self._posts.setdefault(name.name, []).extend(posts)
        self._held.update((name.name, post.title) for post in posts)
        self._rules.setdefault(name.name, rule)
        if parted:
            self._parted.setdefault(name.name, []).append((name.start, name.end))

    def second(self, name: str, title: str) -> bool:
        """Whether the person holds the post that comes second to the title, by which he may be called."""
        return (name, "副" + title) in self._held

    def nearest(self, start: int, end: int) -> Name | None:
        """The official whose name is the last one in a part of the text."""
        lengths = sorted({len(name) for name in self._posts}, reverse=True)
        for at in range(end - 1, start - 1, -1):
            for length in lengths:
                if at + length <= end and (name := self._text[at : at + length]) in self._posts:
                    return Name(at, at + length, name)
        return None

    def mentions(self, bare: Iterable[Item], names: NameReader, regions: Regions) -> list[OfficialMention]:
        """One record a person, in order of the first mention; ``bare`` titles may be forms of address."""
        self._merge()
        posts = {name: [regions.placed(p) for p in _listed(found)] for name, found in self._posts.items()}
        places = self._places()
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

    def _places(self) -> dict[str, list[tuple[int, int]]]:
        """Every occurrence of each name, whole, by its part or spaced, that is not part of a longer one."""
        written: dict[str, str] = {}
        for name in self._posts:
            for form in _forms(name):
                written.setdefault(form, name)
        written |= {name: name for name in self._posts}
        found = sorted((at, -len(form), form) for form in written for at in _occurrences(self._text, form))
        places: dict[str, list[tuple[int, int]]] = {name: [] for name in self._posts}
        end = 0
        for at, length, form in found:  # of those that begin together the longest comes first
            if at - length > end:
                end = at - length
                places[written[form]].append((at, end))
        return {name: sorted({*whole, *self._parted.get(name, ())}) for name, whole in places.items()}

    def _references(
        self, posts: dict[str, list[PostMention]], bare: Iterable[Item], names: NameReader
    ) -> dict[str, list[tuple[int, int]]]:
        """A surname with a title (`李厅长`) is the one person of that surname who has the title."""
        found: dict[str, list[tuple[int, int]]] = {}
        parted = {start for places in self._parted.values() for start, _ in places}
        surnamed: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        for name, held in posts.items():
            for post, length in product(held, (1, 2)):
                for start in range(len(post.title)):
                    surnamed[name[:length]][post.title[start:]].add(name)
        for item in bare:
            surname = names.surname_before(item.title_start)
            if surname is None or surname in parted:
                continue
            holders = sorted(surnamed[self._text[surname : item.title_start]][item.title.lstrip("副")])
            if len(holders) == 1:
                found.setdefault(holders[0], []).append((surname, item.end))
        return found


def _occurrences(text: str, form: str) -> Iterator[int]:
    """Where a form begins, overlapping ones too."""
    at = text.find(form)
    while at >= 0:
        yield at
        at = text.find(form, at + 1)


def _forms(name: str) -> Iterator[str]:
    """How a name may be written beside its whole: by a part, or set to the width of three."""
    yield from (part for part in name.split("·") if 1 < len(part) < len(name))
    if len(name) == 2:
        yield from (name[0] + " " * n + name[1] for n in range(1, 4))


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
