"""Posts read from titles: organisation, rank and title, in every form of coordination."""

from collections.abc import Iterator

import msgspec

from extract.fault import isolated
from extract.mentions import Dropped, PostMention
from extract.officials.lexicon import Lexicon, TitleRule
from extract.officials.names import NameReader
from extract.officials.organizations import REGIONAL, OrganizationReader
from extract.records import Status
from extract.text.document import Document


class Item(msgspec.Struct, frozen=True):
    """One title with the organisation that stands directly before it (``organization`` may be empty)."""

    start: int
    title_start: int
    end: int
    organization: str
    title: str
    rule: TitleRule
    status: Status = "current"
    governs: bool = False
    """Whether the status holds for the posts after it that have an organisation of their own, too."""
    unknown: bool = False
    """Whether words that are no public body stand before a title that needs one."""
    delegate: bool = False
    """Whether the title acts for a person: the organisation is that person's title."""

    @property
    def deputy(self) -> bool:
        """Whether the title comes second in its body."""
        return self.rule.second or self.title.startswith(("副", "常务"))

    @property
    def plural(self) -> bool:
        rule, title = self.rule, self.title
        if rule.plural or title.startswith(("副", "常务")):
            return True
        return bool(rule.plural_in) and self.organization.endswith(rule.plural_in)


class Chain(msgspec.Struct, frozen=True):
    """A coordination of posts that belong to the same person or persons."""

    items: tuple[Item, ...]
    posts: tuple[PostMention, ...]
    organizations: tuple[str, ...]
    """The bodies that it names, in order, or takes from the coordination before."""

    @property
    def start(self) -> int:
        return self.items[0].start

    @property
    def end(self) -> int:
        return self.items[-1].end

    @property
    def plural(self) -> bool:
        return self.items[-1].plural


class PostReader:
    """Reads all coordinations of posts of one document, in order."""

    def __init__(self, lexicon: Lexicon, document: Document, names: NameReader) -> None:
        self._lexicon = lexicon
        self._text = document.text
        self._names = names
        self._organizations = OrganizationReader(lexicon, document)
        self.dropped: list[Dropped] = []
        """The titles that give no post."""
        self.bare: list[Item] = []
        """The titles without an organisation beside them: forms of address perhaps."""

    def chains(self) -> list[Chain]:
        """The coordinations."""
        chains, items = list[Chain](), list[Item]()
        for item in self._items():
            if not item.organization:
                self.bare.append(item)
            if items and not self._joins(items[-1], item):
                chains += self._chain(items)
                items = []
            items.append(item)
        return chains + self._chain(items)

    def inherit(self, chain: Chain, organizations: tuple[str, ...]) -> Chain:
        """The coordination whose first titles belong to a body named for the person before it."""
        inherited = self._chain(list(chain.items), organizations, quiet=True)
        return inherited[0] if inherited else chain

    def _items(self) -> Iterator[Item]:
        text, last = self._text, 0
        previous: Item | None = None
        for match in self._lexicon.anchor.finditer(text):
            rule = self._lexicon.titles[match[0]]
            if rule.refused or self._in_city(match.start()):
                continue
            rank = self._lexicon.rank.search(text, max(last, match.start() - 8), match.start())
            start = rank.start() if rank else match.start()
            found: Item | None = None
            with isolated(self.dropped, rule.id, start, match.end()):
                item = self._item(last, start, match.end(), match[0] if not rank else "", rule)
                if previous is not None and item.start == previous.end and not previous.delegate:
                    item = self._delegate(previous, item)
                coordinated = self._lexicon.post_separator.match(text, match.end())  # 外交部长兼副总理某某
                name = None if coordinated else self._names.after(match.end(), rule.foreign)
                last, found = name.end if name else match.end(), item
            if found is not None:
                yield found
                previous = found

    def _in_city(self, at: int) -> bool:
        """Whether a title's first character ends the name of a city (`苏州长桥街道`), whose head is 市长."""
        return self._text[at] == "州" and self._text[at - 1 : at + 1] in self._lexicon.regions

    def _delegate(self, principal: Item, item: Item) -> Item:
        """A title that acts for the person before it (`国家主席特使`, `某国总统新闻秘书`)."""
        start = principal.start
        if not principal.rule.alone and not (principal.organization and principal.rule.foreign):
            name = self._names.before(principal.title_start)
            if name is None:
                return item
            start = name.start
            if principal.rule.address and name.end == principal.title_start:  # 某某主席特别代表: no body's
                return msgspec.structs.replace(item, start=start, organization="", delegate=True)
        body = self._text[start : principal.end]
        return msgspec.structs.replace(item, start=start, organization=body, delegate=True)

    def _item(self, last: int, start: int, end: int, bare: str, rule: TitleRule) -> Item:
        """``bare`` is the title where no rank stands before it: only then it can have swallowed a body."""
        text, title = self._text, self._text[start:end]
        status = self._lexicon.status.search(text, max(last, start - 3), start)
        limit = status.start() if status else start
        begin = limit if rule.alone else self._organizations.start(last, limit)
        former, governs = self._former(status[0] if status else "", max(last, begin - 3), begin)
        held: Status = "former" if former else "acting" if self._lexicon.acting.match(title) else "current"
        organization = text[begin:limit]
        if organization and rule.swallow and bare and (body := self._swallowed(organization, bare, rule)):
            rest = title[len(body) :]
            organization, title = organization + body, rest if rest in self._lexicon.titles else title
            return Item(begin, start, end, organization, title, rule, held, governs)
        if organization and not self._organizations.is_body(organization):
            unknown = rule.strict and self._names.before(limit) is None
            return Item(start, start, end, "", title, rule, held, governs, unknown)
        return Item(begin if organization else start, start, end, organization, title, rule, held, governs)

    def _former(self, status: str, floor: int, begin: int) -> tuple[bool, bool]:
        """Whether the post is a past one by a word before the title or before its organisation, and
        whether that word holds for the whole coordination."""
        lexicon = self._lexicon
        former = lexicon.was.search(status) or lexicon.was.search(self._text, floor, begin)
        return former is not None, former is not None and lexicon.governs.search(former[0]) is not None

    def _swallowed(self, organization: str, word: str, rule: TitleRule) -> str:
        """The body's last characters, where title and body share them (`产发局长`)."""
        body = self._lexicon.swallows[word]
        listed = organization in self._lexicon.not_bodies
        if not body or (organization.endswith(rule.bodies) and not listed):
            return ""
        region = organization in self._lexicon.places
        if body in REGIONAL:
            unlisted = len(organization) > 1 and not self._organizations.is_body(organization)
            return body if region or unlisted else ""
        return "" if region or self._organizations.is_body(organization) or len(organization) < 2 else body

    def _joins(self, left: Item, right: Item) -> bool:
        """Whether two titles stand in one coordination."""
        between = self._text[left.end : right.start]
        if "\n" in between or ("和" in between and not right.organization):
            return False
        return self._lexicon.post_separator.fullmatch(between) is not None

    def _chain(self, items: list[Item], carried: tuple[str, ...] = (), quiet: bool = False) -> list[Chain]:
        """The coordination's posts: each title with its own organisation, or the one carried over."""
        posts, organizations, dropped = list[PostMention](), list(carried), list[Dropped]()
        status: Status = "current"
        governs = False
        for item in items:
            if item.unknown:
                dropped.append(_refused(item, "what stands before the title is no public body"))
                continue
            organization = item.organization or self._carried(item, organizations)
            if self._lexicon.public(organization) is False and not item.delegate:
                dropped.append(_refused(item, "the body is no public one"))
                continue
            if item.organization:
                organizations.append(item.organization)
            if item.rule.needs and not item.delegate and not self._suits(item, organization):
                dropped.append(_refused(item, "the title needs a body that it belongs to"))
                continue
            if item.status != "current" or (item.organization and not governs):
                status, governs = item.status, item.governs
            held = "former" if status == "former" else item.status
            posts.append(PostMention(organization or None, item.title, item.start, item.end, held))
        if not quiet:
            self.dropped += dropped
        return [Chain(tuple(items), tuple(posts), tuple(organizations))] if posts else []

    def _suits(self, item: Item, organization: str) -> bool:
        if item.rule.bodies:
            return organization.endswith(item.rule.bodies)
        return self._lexicon.public(organization) is True

    def _carried(self, item: Item, organizations: list[str]) -> str:
        """The nearest organisation before that the title fits."""
        if item.rule.alone:
            return ""
        bodies, regions = item.rule.bodies, self._lexicon.regions
        fitting = (o for o in reversed(organizations) if not bodies or o.endswith(bodies) or o in regions)
        organization = next(fitting, "")
        return organization if self._fits(item, organization) else ""

    def _fits(self, item: Item, organization: str) -> bool:
        """A title that names its body (`厅长`) fits that body only, where no other has such a head."""
        word = item.title.lstrip("副代")
        own = tuple(b for b in item.rule.bodies if word.startswith(b))
        if not item.rule.swallow or not own or own[0] in self._lexicon.shared_bodies:
            return True
        return organization.endswith(own) or (own[0] in REGIONAL and organization in self._lexicon.regions)


def _refused(item: Item, reason: str) -> Dropped:
    return Dropped(start=item.start, end=item.end, rule=item.rule.id, reason=reason)
