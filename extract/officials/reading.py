"""One document read for officials: each coordination of posts tried in the forms that tie it to names."""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence

from extract.fault import isolated
from extract.mentions import DateMention, OfficialMention, PostMention
from extract.officials.events import Events, Stand
from extract.officials.lexicon import Form, Lexicon
from extract.officials.names import Name, NameReader
from extract.officials.people import People
from extract.officials.posts import Chain, Item, PostReader
from extract.officials.regions import Regions
from extract.text.document import Document

REACH = 40
"""How far before the posts a linking phrase may begin, in characters."""
SENTENCE = 400
"""How much of a sentence without end is read around the posts, in characters."""
HEADING = 30
"""How long the heading of a list may be (`一、任命`), in characters."""
PARAGRAPH = 1000
"""How far before a post the person may stand that the paragraph speaks of, in characters."""
LINES = 40
"""How many lines of a list, or of a life, are looked back over."""
COLUMN = re.compile(" {1,9}")
QUOTES = ("「」", "“”", "『』")
"""Marks around a title that the text does not own (`「部长」某某`)."""
BESIDE = 20
"""How far behind a person the next may stand and belong to the same body, in characters."""


class OfficialReader:
    """The state of reading one document."""

    def __init__(self, lexicon: Lexicon, document: Document, dates: Sequence[DateMention]) -> None:
        self._lexicon = lexicon
        self._document = document
        self._text = document.text
        self._names = NameReader(lexicon, document)
        self.posts = PostReader(lexicon, document, self._names)
        self._events = Events(lexicon, document, dates)
        self._people = People(document.text)
        self._taken = list[tuple[int, int]]()
        self._stands: list[tuple[Stand, list[Name], Sequence[PostMention], str]] = []

    def officials(self) -> list[OfficialMention]:
        """Every person with a post."""
        chains = self.posts.chains()
        if not chains:
            return []
        taken = self._taken = [(c.start, c.end) for c in chains]
        abroad = {self._document.sentence_at(c.start)[0] for c in chains if any(map(self._abroad, c.items))}
        left, bare, before = list[Chain](), list[Chain](), None
        for chain in chains:
            with self._isolated(chain):
                chain = self._inherited(chain, before)
                if not chain.posts:
                    bare.append(chain)
                    continue
                if end := self._before(chain, taken, abroad, before[0] if before else 0):
                    before = (end, chain)
                else:
                    left.append(chain)
        self._add_stands()
        left = self._left(left, self._linked)
        left = self._left(left, lambda c: self._roster(c, taken))
        left = self._left(left, lambda c: self._inside(c) or self._address(c))
        self._left(bare, self._address)
        for chain in left:
            with self._isolated(chain):
                self._subject(chain)
        regions = Regions(self._lexicon, self._text)
        return self._people.mentions(self.posts.bare, self._names, regions)

    def _left(self, chains: Iterable[Chain], takes: Callable[[Chain], bool]) -> list[Chain]:
        """The coordinations that a form does not take; one that an error ends is gone."""
        left: list[Chain] = []
        for chain in chains:
            with self._isolated(chain):
                if not takes(chain):
                    left.append(chain)
        return left

    def _isolated(self, chain: Chain) -> isolated:
        return isolated(self.posts.dropped, chain.items[0].rule.id, chain.start, chain.end)

    def _inherited(self, chain: Chain, before: tuple[int, Chain] | None) -> Chain:
        """Posts without a body belong to that of the person before, if they come second there
        (`省政协主席甲，副主席乙`), or are of one country (`某国总统甲、总理乙`)."""
        first = chain.items[0]
        if before is None or first.organization or first.rule.alone or chain.start < before[0]:
            return chain
        end, earlier = before
        if not earlier.organizations or chain.start - end > BESIDE:
            return chain
        separator = self._lexicon.person_separator.match(self._text, end)
        adjacent = separator is not None and separator.end() == chain.start
        if first.rule.foreign and self._abroad(earlier.items[-1]):
            return self.posts.inherit(chain, earlier.organizations) if adjacent else chain
        needy = adjacent and not chain.posts
        if not first.deputy and not (first.plural and adjacent) and not needy:
            return chain
        head = first.title.removeprefix("副")
        known = any(p.title == head and p.organization for p in earlier.posts)
        same = self._document.sentence_at(end)[0] == self._document.sentence_at(chain.start)[0]
        return self.posts.inherit(chain, earlier.organizations) if adjacent or (known and same) else chain

    def _opens_line(self, chain: Chain, before: int) -> bool:
        """Whether nothing but space parts the posts from the beginning of their line, or from the person
        before them: the name that belongs to them stands in the column behind them."""
        line = self._document.paragraph_start(chain.start)
        return not self._text[max(line, before) : chain.start].strip()

    def _before(self, chain: Chain, taken: list[tuple[int, int]], abroad: set[int], before: int) -> int:
        """Posts, then a name, or a list of names where several people hold the post; where they end."""
        text = self._text
        foreign = self._foreign(chain) or self._document.sentence_at(chain.start)[0] in abroad
        grade = self._lexicon.grade.match(text, chain.end)
        at = grade.end() if grade else chain.end
        at += text[chain.start - 1 : chain.start] + text[at : at + 1] in QUOTES
        if column := COLUMN.match(text, at):
            at = column.end() if self._opens_line(chain, before) else at + 1
        for form in self._lexicon.forms["before"]:
            link = form.opens.match(text, at)
            if link is None or not form.before.search(text, max(0, chain.start - 4), chain.start):
                continue
            names = self._following(chain, form, link.end(), taken, foreign)
            if names and form.tail.match(text, names[-1].end) and not self._addressed(chain, names[0]):
                posts = self._events.linked(chain.posts, form, "", at)
                self._stands.append((Stand(chain.start, names[-1].end), names, posts, form.rule.id))
                return names[-1].end
        return 0

    def _addressed(self, chain: Chain, name: Name) -> bool:
        """Whether the title is that of a person before it, and what seems a name behind it is a word, or
        stands behind a bracket."""
        bracket = self._text[name.start - 1] == "）"
        if chain.items[0].organization or not (bracket or self._names.worded(name)):
            return False
        return self._names.before(chain.start, self._people.names, foreign=True) is not None

    def _following(
        self, chain: Chain, form: Form, at: int, taken: list[tuple[int, int]], foreign: bool
    ) -> list[Name]:
        """The names behind the posts and the form's link, and behind other posts of who fills them."""
        if form.rule.label:
            return self._names.labelled_after(at, taken, chain.plural)
        if not form.rule.many:
            i = bisect_right(taken, at, key=lambda place: place[0]) - 1
            at = max(at, taken[i][1]) if form.rule.event else at
            name = self._names.after(at, foreign)
            return [name] if name else []
        read = self._names.names_after if chain.plural else self._names.listed_after
        return read(at, taken, foreign)

    def _add_stands(self) -> None:
        """The persons behind their posts, with what their sentences say that they do."""
        acts = self._events.acts([stand for stand, *_ in self._stands])
        for (_, names, posts, rule), act in zip(self._stands, acts, strict=True):
            if act:
                posts = [p._replace(event=act[0], date=act[1]) for p in posts]
            for name in names:
                self._people.add(name, posts, rule)

    def _linked(self, chain: Chain) -> bool:
        """A name, words that link it, then the posts: appointments, brackets, careers."""
        text, start = self._text, chain.start
        if numbered := self._lexicon.session_before.search(text, max(0, start - REACH), start):
            start = numbered.start()
        sentence = max(self._document.sentence_at(start)[0], start - SENTENCE)
        floor = max(sentence, start - REACH)
        for form in self._lexicon.forms["link"]:
            if (form.rule.plural and not chain.plural) or not form.tail.match(text, chain.end):
                continue
            link = form.link.search(text, floor, start)
            if link is None:
                continue
            many, known = form.rule.many, self._people.names
            any_name = bool(form.rule.lead) or self._foreign(chain)  # 选举阿东为…
            names = self._names.names_before(link.start(), known, any_name, many)
            if names and self._led(form, sentence, names[0].start):
                posts = self._events.linked(chain.posts, form, link[0], link.end())
                for name in names:
                    self._people.add(name, posts, form.rule.id)
                return True
        return False

    def _led(self, form: Form, sentence: int, name: int) -> bool:
        """Whether the form's leading word stands before the names: in the sentence, or in the heading of
        the list that it is a line of (`一、任命`)."""
        if form.lead.search(self._text, sentence, name + 1):
            return True
        start = self._document.paragraph_start(sentence)
        for _ in range(LINES):
            if start < 2:
                return False
            end, start = start - 1, self._document.paragraph_start(start - 1)
            if not self._text[max(start, end - HEADING) : end].rstrip().endswith("；"):
                return end - start < HEADING and form.lead.search(self._text, start, end) is not None
        return False

    def _roster(self, chain: Chain, taken: list[tuple[int, int]]) -> bool:
        """A title that heads a sentence, and the names that the sentence lists after it."""
        found = False
        for form in self._lexicon.forms["roster"] if chain.plural else ():
            heading = form.head.match(self._text, chain.end)
            if heading is None:
                continue
            end = min(self._document.sentence_at(chain.start)[1], chain.end + SENTENCE)
            for lead in form.lead.finditer(self._text, heading.end(), end):
                for name in self._names.names_after(lead.end(), taken):
                    self._people.add(name, chain.posts, form.rule.id)
                    found = True
        return found

    def _inside(self, chain: Chain) -> bool:
        """A title between surname and given name (`林部长佳龙`)."""
        item = chain.items[0]
        if item.organization or not item.rule.address or len(chain.items) > 1:
            return False
        name = self._names.around(item.title_start, item.end)
        if name is None:
            return False
        for form in self._lexicon.forms["inside"]:
            self._people.add(name, chain.posts, form.rule.id, parted=True)
        return True

    def _address(self, chain: Chain) -> bool:
        """A title behind a name (`乔远局长`): the first of a coordination, without organisation."""
        item = chain.items[0]
        if not item.rule.address:
            return False
        name = self._names.before(item.title_start, self._people.names, self._foreign(chain))
        if name is None or (item.start < item.title_start and name.start < item.start):
            return False
        if self._abroad(item) or self._text[name.start : item.title_start + 1] in self._lexicon.regions:
            return False
        i = bisect_right(self._taken, name.start, key=lambda place: place[0]) - 1
        if i >= 0 and name.start < self._taken[i][1] <= chain.start:  # the end of another title
            return False
        behind = i if self._taken[i][1] <= name.start else i - 1
        floor = self._taken[behind][1] if behind >= 0 <= i else 0
        body = self.posts.body_before(name.start, floor)
        if item.organization and not (body or name.start == item.start):
            return False
        written = self._text[item.title_start : item.end]
        if not body and self._people.second(name.name, written):
            return True
        post = PostMention(body or None, written, item.title_start, item.end, item.status)
        act = self._events.acts([Stand(name.start, item.end)])[0]
        if act:
            post = post._replace(event=act[0], date=act[1])
        for form in self._lexicon.forms["address"]:
            self._people.add(name, [post], form.rule.id)
        return True

    def _subject(self, chain: Chain) -> None:
        """Posts of the person that the paragraph speaks of (`2001年6月，任水利部副部长`)."""
        text, start = self._text, chain.start
        line = self._document.paragraph_start(start)
        sentence = max(self._document.sentence_at(start)[0], start - SENTENCE)
        for form in self._lexicon.forms["subject"]:
            link = form.link.search(text, max(sentence, start - REACH), start)
            if link is None or not form.tail.match(text, chain.end):
                continue
            if self._lexicon.addressed.search(text, sentence, link.start()):
                return
            adverbs = self._lexicon.adverbs.search(text, max(sentence, link.start() - REACH), link.start())
            begin = adverbs.start() if adverbs else link.start()
            if begin > sentence and not {text[begin - 1], text[begin]} & {"，", "；"}:
                continue
            name = self._spoken_of(max(line, start - PARAGRAPH), link.start()) or self._topic(line)
            if name is not None:
                posts = self._events.linked(chain.posts, form, link[0], link.end())
                self._people.add(name, posts, form.rule.id)
                return

    def _spoken_of(self, start: int, end: int) -> Name | None:
        """The last person of a part of the text: an official, or another one whose name opens a sentence."""
        official = self._people.nearest(start, end)
        floor = official.end if official else start
        while end > floor:
            opening = self._document.sentence_at(end - 1)[0]
            if opening >= floor and self._names.stands(opening):
                return self._names.after(opening)
            end = opening
        return official

    def _topic(self, line: int) -> Name | None:
        """The person that the paragraph opens with, or the one before, which goes on about a life."""
        name = self._named_at(line)
        for _ in range(LINES):
            if name or not line:
                return name
            line = self._document.paragraph_start(line - 1)
            name = self._named_at(line)
        return None

    def _named_at(self, line: int) -> Name | None:
        """The name that opens a paragraph, also behind a label, and is set off by what follows."""
        label = self._lexicon.opening.match(self._text, line)
        name = self._names.after(label.end() if label else line)
        return name if name and self._lexicon.opened.match(self._text, name.end) else None

    def _foreign(self, chain: Chain) -> bool:
        """Whether a transliterated name may stand beside the posts."""
        return any(item.rule.foreign or self._abroad(item) for item in chain.items)

    def _abroad(self, item: Item) -> bool:
        return self._lexicon.abroad(item.organization)
