"""Posts read from titles: organisation, rank and title, in every form of coordination."""

from collections.abc import Iterator

import msgspec

from extract.mentions import Dropped, PostMention
from extract.officials.lexicon import Lexicon, TitleRule
from extract.officials.names import NameReader
from extract.text.document import Document

WINDOW = 48
"""Longest organisation with its title, in characters."""
REGIONAL = frozenset("省市县区州镇乡旗盟村里")
"""Bodies that are regions: their heads govern them, and they have short names without the body."""


class Item(msgspec.Struct, frozen=True):
    """One title with the organisation that stands directly before it (``organization`` may be empty)."""

    start: int
    title_start: int
    end: int
    organization: str
    title: str
    rule: TitleRule
    unknown: bool = False
    """Whether words that are no public body stand before a title that needs one."""

    @property
    def plural(self) -> bool:
        return self.rule.plural or self.title.startswith(("副", "常务", "党组成员", "党委委员"))


class Chain(msgspec.Struct, frozen=True):
    """A coordination of posts that belong to the same person or persons."""

    items: tuple[Item, ...]
    posts: tuple[PostMention, ...]

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
    """Reads all coordinations of posts of a document, in order."""

    def __init__(self, lexicon: Lexicon, names: NameReader) -> None:
        self._lexicon = lexicon
        self._names = names

    def chains(self, document: Document) -> tuple[list[Chain], list[Dropped]]:
        """The coordinations, and the titles that give no post."""
        chains, dropped, items = list[Chain](), list[Dropped](), list[Item]()
        for item in self._items(document):
            if items and not self._joins(document, items[-1], item):
                chains += self._chain(items, dropped)
                items = []
            items.append(item)
        chains += self._chain(items, dropped)
        return chains, dropped

    def _items(self, document: Document) -> Iterator[Item]:
        text, last = document.text, 0
        previous: Item | None = None
        for match in self._lexicon.anchor.finditer(text):
            rule = self._lexicon.titles[match[0]]
            if rule.refused:
                continue
            rank = self._lexicon.rank.search(text, max(last, match.start() - 8), match.start())
            start = rank.start() if rank else match.start()
            item = self._item(document, last, start, match.end(), match[0] if not rank else "", rule)
            if previous is not None and item.start == previous.end:
                item = self._delegate(document, previous, item)
            yield item
            previous = item
            name = self._names.after(document, match.end(), rule.foreign)
            last = name.end if name else match.end()

    def _delegate(self, document: Document, principal: Item, item: Item) -> Item:
        """A title that acts for the person before it (`某主席特别代表`, `国家主席特使`)."""
        start = principal.start if principal.rule.alone else principal.title_start
        if not principal.rule.alone:
            name = self._names.before(document, principal.title_start, frozenset())
            if name is None:
                return item
            start = name.start
        organization = document.text[start : principal.end]
        return msgspec.structs.replace(item, start=start, organization=organization)

    def _item(self, document: Document, last: int, start: int, end: int, bare: str, rule: TitleRule) -> Item:
        """``bare`` is the title where no rank stands before it: only then it can have swallowed a body."""
        text = document.text
        title = text[start:end]
        if rule.alone:
            return Item(start, start, end, "", title, rule)
        status = self._lexicon.status.search(text, max(last, start - 3), start)
        limit = status.start() if status else start
        begin = self._organization(document, last, limit)
        organization = text[begin:limit]
        if organization and rule.swallow and bare and (body := self._swallowed(organization, bare, rule)):
            rest = title[len(body) :]
            organization, title = organization + body, rest if rest in self._lexicon.titles else title
            return Item(begin, start, end, organization, title, rule)
        if organization and not self._is_body(organization):
            unknown = rule.strict and self._names.before(document, limit, frozenset()) is None
            return Item(start, start, end, "", title, rule, unknown)
        return Item(begin if organization else start, start, end, organization, title, rule)

    def _swallowed(self, organization: str, word: str, rule: TitleRule) -> str:
        """The body's last characters, where title and body share them (`产发局长`)."""
        body = max((b for b in rule.bodies if word.startswith(b)), key=len, default="")
        listed = organization in self._lexicon.not_bodies
        if not body or (organization.endswith(rule.bodies) and not listed):
            return ""
        region = organization in self._lexicon.places
        if body in REGIONAL:
            return body if region or not self._is_body(organization) else ""
        return "" if region or self._is_body(organization) or len(organization) < 2 else body

    def _is_body(self, organization: str) -> bool:
        lexicon = self._lexicon
        return (
            (organization.endswith(lexicon.suffixes) and organization not in lexicon.not_bodies)
            or organization.endswith(lexicon.private)
            or organization in lexicon.places
            or self._abroad(organization)
        )

    def _abroad(self, organization: str) -> bool:
        """`驻德国`, `中国驻联合国`: an embassy's or mission's country."""
        _, posted, country = organization.rpartition("驻")
        return bool(posted) and bool(country)

    def _organization(self, document: Document, last: int, end: int) -> int:
        """Where the organisation that ends at ``end`` begins, with its session and without `原`."""
        text, lexicon = document.text, self._lexicon
        floor = max(last, end - WINDOW)
        for broken in lexicon.hard_stop.finditer(text, floor, end):
            floor = broken.end()
        begin = self._scan(document, floor, end) if floor < end else end
        if numbered := lexicon.session_start.match(text, begin, end):
            begin = numbered.end()
        if former := lexicon.former.match(text, begin, end):
            begin = former.end()
        session = lexicon.session.search(text, max(last, begin - 30), begin)
        return session.start() if session else begin

    def _scan(self, document: Document, floor: int, end: int) -> int:
        """Reads words to the left, up to one that no organisation holds, or past its region."""
        text, lexicon = document.text, self._lexicon
        joined = [m.span() for m in lexicon.joined.finditer(text, floor, end)]
        joined += [(end - n, end) for n in (2, 3) if text[end - n : end] in lexicon.places]
        begin, headed = end, False
        for token in reversed(document.cut(floor, end)):
            start = max(token.start, floor)
            word = text[start : min(token.end, end)]
            inside = any(s <= start < e for s, e in joined)
            if not inside and self._stops(word, token.tag):
                break
            if not inside and len(word) > 1 and word.startswith(lexicon.stop_start):
                return start + 1
            is_head = self._heads(word) and (begin < end or word in lexicon.places)
            if word + text[begin : begin + 1] in lexicon.regions:
                is_head = headed = True
            if headed and not is_head and not inside and not word.endswith(lexicon.suffixes):
                break
            headed = is_head or (headed and inside)
            begin = start
        return begin

    def _stops(self, word: str, tag: str) -> bool:
        """Whether an organisation cannot hold the word."""
        lexicon = self._lexicon
        if word in lexicon.stop or not word.isalpha() or word.endswith(lexicon.stop_end):
            return True
        return tag in lexicon.stop_tags and not self._heads(word)

    def _heads(self, word: str) -> bool:
        lexicon = self._lexicon
        return (
            word in lexicon.heads
            or word in lexicon.places
            or (len(word) > 2 and word.endswith(("省", "市", "县", "自治区", "自治州")))
        )

    def _joins(self, document: Document, left: Item, right: Item) -> bool:
        """Whether two titles stand in one coordination."""
        between = document.text[left.end : right.start]
        if "\n" in between or ("和" in between and not right.organization):
            return False
        return self._lexicon.post_separator.fullmatch(between) is not None

    def _chain(self, items: list[Item], dropped: list[Dropped]) -> list[Chain]:
        """The coordination's posts: each title with its own organisation, or the one carried over."""
        posts, organizations = list[PostMention](), list[str]()
        for item in items:
            if item.unknown:
                dropped.append(_refused(item, "what stands before the title is no public body"))
                continue
            organization = item.organization or self._carried(item, organizations)
            if organization.endswith(self._lexicon.private) and "人民银行" not in organization:
                dropped.append(_refused(item, "the body is no public one"))
                continue
            if item.organization:
                organizations.append(item.organization)
            if item.rule.needs and not organization.endswith(item.rule.bodies or self._lexicon.suffixes):
                dropped.append(_refused(item, "the title needs a body that it belongs to"))
                continue
            posts.append(PostMention(organization or None, item.title, item.start, item.end))
        return [Chain(tuple(items), tuple(posts))] if posts else []

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
