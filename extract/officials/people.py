"""Persons of one document: every post and every mention of a name, gathered into one record each."""

import re
from collections.abc import Iterable

from extract.mentions import OfficialMention, PostMention
from extract.officials.names import Name

RANKS = ("副", "代", "常务", "第一")


class People:
    """The officials found so far; names that are parts of a fuller one are the same person."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._posts: dict[str, list[PostMention]] = {}
        self._rules: dict[str, str] = {}
        self._starts: dict[str, int] = {}

    @property
    def names(self) -> frozenset[str]:
        """All names of officials."""
        return frozenset(self._posts)

    def add(self, name: Name, posts: Iterable[PostMention], rule: str) -> None:
        """Give a person posts."""
        self._posts.setdefault(name.name, []).extend(posts)
        self._rules.setdefault(name.name, rule)
        self._starts.setdefault(name.name, name.start)

    def nearest(self, start: int, end: int) -> Name | None:
        """The official whose name is the last one in a part of the text."""
        best: Name | None = None
        for name in self._posts:
            at = self._text.rfind(name, start, end)
            if at >= 0 and (best is None or at > best.start):
                best = Name(at, at + len(name), name)
        return best

    def mentions(self) -> list[OfficialMention]:
        """One record a person, in order of the first mention."""
        self._merge()
        places = {name: self._places(name) for name in self._posts}
        return sorted(
            (
                OfficialMention(
                    name=name, posts=_listed(self._posts[name]), places=places[name], rule=self._rules[name]
                )
                for name in self._posts
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
        spaced = " {0,3}".join(map(re.escape, name)) if len(name) == 2 else re.escape(name)
        parts = [spaced, *(p for p in name.split("·") if len(p) > 1 and p != name)]
        longer = [n for n in self._posts if n != name and name in n]
        covered = [m.span() for n in longer for m in re.finditer(re.escape(n), self._text)]
        found = (m.span() for m in re.finditer("|".join(parts), self._text))
        return [(s, e) for s, e in found if not any(a <= s and e <= b for a, b in covered)]


def _listed(posts: list[PostMention]) -> list[PostMention]:
    """Each post once, in order; a bare title gives way to a fuller post of that title."""
    kept: list[PostMention] = []
    for post in sorted(posts, key=lambda p: p.start):
        if not any(_covers(other, post) for other in kept):
            kept = [other for other in kept if not _covers(post, other)]
            kept.append(post)
    return sorted(kept, key=lambda p: (p.start, p.end))


def _covers(full: PostMention, post: PostMention) -> bool:
    """Whether ``full`` says all that ``post`` says (`国家主席` covers `主席`)."""
    if full.title == post.title:
        return (full.organization or "").endswith(post.organization or "")
    if post.organization or not full.title.endswith(post.title):
        return False
    return not full.title.removesuffix(post.title).endswith(RANKS)
