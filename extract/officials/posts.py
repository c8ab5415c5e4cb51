"""Posts read from titles: organisation, rank and title, in every form of coordination."""

from collections.abc import Iterator, Sequence

import msgspec

from extract.fault import isolated
from extract.mentions import Dropped, PostMention
from extract.officials.introductions import Introductions
from extract.officials.lexicon import Lexicon, TitleRule
from extract.officials.names import NameReader
from extract.officials.organizations import REGIONAL, OrganizationReader
from extract.officials.titles import TitleReader
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
    others: tuple[str, ...] = ()
    """The bodies before the organisation that share the title."""
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
    """Empty where the titles need a body, and none is named with them."""
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
        self._document = document
        self._text = document.text
        self._names = names
        self._organizations = OrganizationReader(lexicon, document)
        self._titles = TitleReader(lexicon, document, names, self._organizations)
        self._introductions = Introductions(lexicon, document, self._organizations)
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
            if items and (not self._joins(items[-1], item) or self._told(items, item)):
                chains += self._chain(items)
                items = []
            items.append(item)
        return chains + self._chain(items)

    def inherit(self, chain: Chain, organizations: tuple[str, ...]) -> Chain:
        """The coordination whose first titles belong to a body named for the person before it."""
        inherited = self._chain(list(chain.items), organizations, quiet=True)
        if not inherited or not inherited[0].posts:
            return chain
        self.dropped = [d for d in self.dropped if not chain.start <= d.start < chain.end]
        return inherited[0]

    def _items(self) -> Iterator[Item]:
        text, last = self._text, 0
        previous: Item | None = None
        for head in self._titles.titles():
            rule, end = head.rule, head.end
            if rule.refused or self._in_other(head.start, end):
                continue
            rank = self._lexicon.rank.search(text, max(last, head.start - 8), head.start)
            start = rank.start() if rank else head.start
            found: Item | None = None
            with isolated(self.dropped, rule.id, start, end):
                item = self._item(last, start, end, head.word if not rank else "", rule)
                if previous is not None and item.start == previous.end and not previous.delegate:
                    item = self._delegate(previous, item)
                coordinated = self._lexicon.post_separator.match(text, end)  # 外交部长兼副总理某某
                name = None if coordinated else self._names.after(end, rule.foreign)
                last, found = self._behind(name.end) if name else end, item
            if found is not None:
                yield found
                previous = found

    def _in_other(self, start: int, end: int) -> bool:
        """Whether the characters are part of another thing: the end of a body before its head, the end
        of a city whose head is 市长 (`苏州长桥街道`), a body that is called by the title (`校长办公室`), or
        the beginning of a place (`万里长江`)."""
        text = self._text
        if text[start] == "州" and text[start - 1 : start + 1] in self._lexicon.regions:
            return True
        doubled = text[end - 1 : end + 1] == 2 * text[end - 1] and text.startswith("长", end + 1)
        if doubled or self._lexicon.other.match(text, end):  # 预警司司长
            return True
        word = self._document.word_at(end) if end < len(text) else None
        if word is None or not word.start < end < word.end or not word.tag.startswith(("ns", "nt", "nz")):
            return False
        return not self._names.stands(end)

    def _behind(self, end: int) -> int:
        """Where the next person's posts may begin, behind a name."""
        separator = self._lexicon.person_separator.match(self._text, end)
        return separator.end() if separator else end

    def body_before(self, at: int, floor: int) -> str:
        """The public body that ends at the place and begins behind the floor, empty where none does."""
        begin = self._organizations.start(max(floor, self._document.sentence_at(at)[0]), at)
        body = self._text[begin:at]
        return body if self._lexicon.public(body) and self._organizations.is_body(body) else ""

    def _delegate(self, principal: Item, item: Item) -> Item:
        """A title that acts for the person before it (`国家主席特使`, `某国总统新闻秘书`)."""
        start = principal.start
        if item.organization and not item.rule.field:
            return item
        foreign = principal.rule.foreign or self._lexicon.abroad(principal.organization)
        if not principal.rule.alone and not (principal.organization and foreign):
            name = self._names.before(principal.title_start)
            if name is None:
                return item
            start = name.start
            if principal.rule.address and name.end == principal.title_start:  # 某某主席特别代表: no body's
                title = self._text[start : item.end]
                return msgspec.structs.replace(item, start=start, organization="", title=title, delegate=True)
        body, title = self._text[start : principal.end], self._text[item.start : item.end]
        return msgspec.structs.replace(item, start=start, organization=body, title=title, delegate=True)

    def _item(self, last: int, start: int, end: int, bare: str, rule: TitleRule) -> Item:
        """``bare`` is the title where no rank stands before it: only then it can have swallowed a body."""
        text, title = self._text, self._text[start:end].replace(" ", "")
        status = self._lexicon.status.search(text, max(last, start - 3), start)
        limit = status.start() if status else start
        begin = (
            self._organizations.country(last, limit) if rule.alone else self._organizations.start(last, limit)
        )
        former, governs = self._former(status[0] if status else "", max(last, begin - 3), begin)
        party, was, office = title.partition(self._lexicon.once)
        if was:  # 党组原副书记
            title, former = party + office, True
        held: Status = "former" if former else "acting" if self._lexicon.acting.match(title) else "current"
        organization = text[begin:limit]
        posted = self._lexicon.posted.search(organization) if rule.posted else None
        if posted:
            limit, start = limit - len(posted[0]), start - len(posted[0])
            organization, title = text[begin:limit], posted[0] + title
        named = self._lexicon.named(organization) or self._lexicon.public(organization)
        if rule.field and organization and not named:
            start = limit = self._before_field(begin, limit)
            organization, title = text[begin:limit], text[start:end]
        if (
            organization
            and rule.swallow
            and bare
            and not status
            and self._names.surname(begin) < 2  # 司马长风处长
            and (body := self._swallowed(organization, bare, rule))
        ):
            rest = title[len(body) :]
            organization, title = organization + body, rest if rest in self._lexicon.titles else title
            return Item(begin, start, end, organization, title, rule, held, governs)
        if organization and not self._organizations.is_body(organization):
            unknown = rule.strict and self._names.before(limit) is None
            return Item(start, start, end, "", title, rule, held, governs, unknown)
        committee = self._lexicon.committee.match(title)
        if committee and organization.endswith(self._lexicon.territories):
            organization, title = organization + committee[0], title[committee.end() :]
        if not organization:
            return Item(start, start, end, "", title, rule, held, governs)
        first, others = self._sharing(last, begin, organization)
        return Item(first, start, end, organization, title, rule, held, governs, others=others)

    def _before_field(self, begin: int, limit: int) -> int:
        """Where the body ends whose officer's field is part of the title (`联合国人权事务高级专员`)."""
        named = (end for end in range(limit - 1, begin, -1) if self._lexicon.named(self._text[begin:end]))
        return next(named, begin)

    def _sharing(self, last: int, begin: int, organization: str) -> tuple[int, tuple[str, ...]]:
        """Bodies of the same kind that 、 joins to the organisation (`外事办公室、港澳事务办公室主任`), and
        where the first of them starts."""
        others = list[str]()
        while self._text[begin - 1 : begin] == "、" and begin - 1 > last:
            start = self._organizations.start(last, begin - 1)
            body = self._text[start : begin - 1]
            alike = body[-2:] == organization[-2:] and len(body) > 2
            if not alike or not self._lexicon.public(body):
                break
            others.insert(0, body)
            begin = start
        return begin, tuple(others)

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

    def _told(self, items: list[Item], item: Item) -> bool:
        """Whether a verb gives the posts so far to the person before, and the next one's stand behind a comma
        (`某某兼任主任，副市长某某`)."""
        text, first = self._text, items[0].start
        if not text.startswith("，", items[-1].end) or not self._names.stands(item.end):
            return False
        return self._lexicon.holding.search(text, max(0, first - 4), first) is not None

    def _chain(self, items: list[Item], carried: tuple[str, ...] = (), quiet: bool = False) -> list[Chain]:
        """The coordination's posts: each title with its own organisation, or the one carried over."""
        posts, organizations, dropped = list[PostMention](), list(carried), list[Dropped]()
        introduced = self._introductions.body(items[0].start) if items and not items[0].organization else ""
        if introduced:
            organizations.insert(0, introduced)
        status: Status = "current"
        governs = False
        for item in items:
            if item.rule.silent:
                organizations += [item.organization] if item.organization else []
                continue
            if item.unknown:
                dropped.append(_refused(item, "what stands before the title is no public body"))
                continue
            if item.rule.own and not item.organization:
                dropped.append(_refused(item, "a rank beside another post"))
                continue
            organization = item.organization or self._carried(item, organizations)
            if not organization and item.rule.needs:
                organization = introduced
            if not item.delegate and (company := self._company(organization, organizations)):
                organizations.append(company)
                dropped.append(_refused(item, "the body is no public one"))
                continue
            if item.organization and not item.delegate:
                organizations.append(item.organization)
            suits = item.delegate or organization == introduced or self._suits(item, organization)
            if item.rule.needs and not (organization and suits):
                dropped.append(_refused(item, "the title needs a body that it belongs to"))
                continue
            if item.status != "current" or (item.organization and not governs):
                status, governs = item.status, item.governs
            held = "former" if status == "former" else item.status
            bodies = (*item.others, organization or None)
            posts += (PostMention(body, item.title, item.start, item.end, held) for body in bodies)
        if not quiet:
            self.dropped += dropped
        needy = not posts and all(item.rule.needs and not item.organization for item in items)
        return [Chain(tuple(items), tuple(posts), tuple(organizations))] if posts or (needy and items) else []

    def _company(self, organization: str, before: Sequence[str]) -> str:
        """The company or association that the body is, or is a part of, named before it; else empty."""
        if before and organization.endswith(self._lexicon.inner_bodies):
            organization = before[-1]
        return organization if self._lexicon.public(organization) is False else ""

    def _suits(self, item: Item, organization: str) -> bool:
        if item.rule.bodies:
            return organization.endswith(item.rule.bodies)
        return self._lexicon.public(organization) is True

    def _carried(self, item: Item, organizations: list[str]) -> str:
        """The nearest organisation before that the title fits."""
        if item.rule.alone:
            return ""
        bodies, places = item.rule.bodies, self._lexicon.places
        fitting = (o for o in reversed(organizations) if not bodies or o.endswith(bodies) or o in places)
        organization = next(fitting, "")
        return organization if self._fits(item, organization) else ""

    def _fits(self, item: Item, organization: str) -> bool:
        """A title that names its body (`厅长`) fits that body only, where no other has such a head."""
        word = item.title.lstrip("副代")
        own = tuple(b for b in item.rule.bodies if word.startswith(b))
        if not item.rule.swallow or not own or own[0] in self._lexicon.shared_bodies:
            return True
        if own[0] in REGIONAL and organization.endswith("政府"):
            organization = organization.removesuffix("政府").removesuffix("人民")
        return organization.endswith(own) or (own[0] in REGIONAL and organization in self._lexicon.regions)


def _refused(item: Item, reason: str) -> Dropped:
    return Dropped(start=item.start, end=item.end, rule=item.rule.id, reason=reason)
