"""Officials of a document: posts, the names beside them, and the forms that tie them."""

from extract.mentions import Dropped, OfficialMention, PostMention
from extract.officials.lexicon import Form, Lexicon
from extract.officials.names import Name, NameReader
from extract.officials.people import People
from extract.officials.posts import Chain, Item, PostReader
from extract.rules import Rules
from extract.text.document import Document

REACH = 40
"""How far before the posts a linking phrase may begin, in characters."""
LABEL = 10
"""How long a label in front of a paragraph may be (`简历：`), in characters."""
SENTENCE = 400
"""How much of a sentence without end is read around the posts, in characters."""


class OfficialFinder:
    """Finds persons with public posts; built once from the rules, safe to share."""

    def __init__(self, rules: Rules) -> None:
        self._lexicon = Lexicon(rules)
        self._names = NameReader(self._lexicon)
        self._posts = PostReader(self._lexicon, self._names)
        self._forms = {
            kind: [f for f in self._lexicon.forms if f.rule.kind == kind]
            for kind in ("before", "address", "link", "subject", "roster")
        }

    def find(self, document: Document) -> tuple[list[OfficialMention], list[Dropped]]:
        """The officials, in order of their first mention, and the titles that gave no post."""
        chains, dropped = self._posts.chains(document)
        if not chains:
            return [], dropped
        people = People(document.text)
        taken = [(c.start, c.end) for c in chains]
        abroad = frozenset(
            document.sentence_at(c.start)[0] for c in chains if any(map(self._abroad, c.items))
        )
        left = [c for c in chains if not self._before(document, c, people, taken, abroad)]
        left = [c for c in left if not self._linked(document, c, people)]
        left = [c for c in left if not self._roster(document, c, people, taken)]
        left = [c for c in left if not self._address(document, c, people)]
        for chain in left:
            self._subject(document, chain, people)
        return people.mentions(), dropped

    def _before(
        self,
        document: Document,
        chain: Chain,
        people: People,
        taken: list[tuple[int, int]],
        abroad: frozenset[int],
    ) -> bool:
        """Posts, then a name, or a list of names where several people hold the post."""
        text, foreign = document.text, self._foreign(chain) or document.sentence_at(chain.start)[0] in abroad
        grade = self._lexicon.grade.match(text, chain.end)
        at = grade.end() if grade else chain.end
        at += text.startswith(" ", at)
        for form in self._forms["before"]:
            if not text.startswith(form.rule.link, at):
                continue
            at += len(form.rule.link)
            if chain.plural and form.rule.many:
                names = self._names.names_after(document, at, taken, foreign)
            else:
                name = self._names.after(document, at, foreign)
                alone = name is None or not form.rule.link or self._names.ends_line(text, name.end)
                names = [name] if name and alone else []
            for name in names:
                people.add(name, chain.posts, form.rule.id)
            if names:
                return True
        return False

    def _linked(self, document: Document, chain: Chain, people: People) -> bool:
        """A name, words that link it, then the posts: appointments, brackets, careers."""
        text, start = document.text, chain.start
        sentence = max(document.sentence_at(start)[0], start - SENTENCE)
        floor = max(sentence, start - REACH)
        for form in self._forms["link"]:
            if (form.rule.plural and not chain.plural) or not form.tail.match(text, chain.end):
                continue
            link = form.link.search(text, floor, start)
            if link is None or not link[0]:
                continue
            names = self._holders(document, form, link.start(), people, self._foreign(chain))
            if names and form.lead.search(text, sentence, names[0].start + 1):
                for name in names:
                    people.add(name, chain.posts, form.rule.id)
                return True
        return False

    def _holders(self, document: Document, form: Form, end: int, people: People, foreign: bool) -> list[Name]:
        """The names in front of a linking phrase."""
        names = self._names.names_before(document, end, people.names, foreign)
        return names if form.rule.many else names[-1:]

    def _roster(self, document: Document, chain: Chain, people: People, taken: list[tuple[int, int]]) -> bool:
        """A title that heads a sentence, and the names that the sentence lists after it."""
        text = document.text
        end = min(document.sentence_at(chain.start)[1], chain.end + SENTENCE)
        found = False
        for form in self._forms["roster"]:
            heading = form.head.match(text, chain.end)
            if heading is None or not chain.plural:
                continue
            for lead in form.lead.finditer(text, heading.end(), end):
                for name in self._names.names_after(document, lead.end(), taken):
                    people.add(name, chain.posts, form.rule.id)
                    found = True
        return found

    def _address(self, document: Document, chain: Chain, people: People) -> bool:
        """A title behind a name (`李伟厅长`): the first of a coordination, without organisation."""
        item = chain.items[0]
        if not item.rule.address:
            return False
        name = self._names.before(document, item.title_start, people.names, self._foreign(chain))
        if name is None or (item.start < item.title_start and name.start != item.start):
            return False
        written = document.text[item.title_start : item.end]
        for form in self._forms["address"]:
            people.add(name, [PostMention(None, written, item.title_start, item.end)], form.rule.id)
        return True

    def _subject(self, document: Document, chain: Chain, people: People) -> None:
        """Posts of the person that the paragraph speaks of (`2001年6月，任水利部副部长`)."""
        text, start = document.text, chain.start
        line = text.rfind("\n", 0, start) + 1
        sentence = max(document.sentence_at(start)[0], start - SENTENCE)
        for form in self._forms["subject"]:
            link = form.link.search(text, max(sentence, start - REACH), start)
            if link is None:
                continue
            adverbs = self._lexicon.adverbs.search(text, sentence, link.start())
            begin = adverbs.start() if adverbs else link.start()
            if begin > sentence and not {text[begin - 1], text[begin]} & {"，", "；"}:
                continue
            name = people.nearest(line, link.start()) or self._named_at(document, line)
            if name is not None:
                people.add(name, chain.posts, form.rule.id)
                return

    def _named_at(self, document: Document, line: int) -> Name | None:
        """The name that opens a paragraph, also behind a label, and is set off by what follows."""
        label = document.text.find("：", line, line + LABEL) + 1
        name = self._names.after(document, label or line)
        if name and (
            document.text[name.end : name.end + 1] in "，（" or document.text.startswith("同志", name.end)
        ):
            return name
        return None

    def _foreign(self, chain: Chain) -> bool:
        """Whether a transliterated name may stand beside the posts."""
        return any(item.rule.foreign or self._abroad(item) for item in chain.items)

    def _abroad(self, item: Item) -> bool:
        heads = self._lexicon.foreign_heads
        return not item.organization.startswith("中国") and any(
            item.organization[:n] in heads for n in range(1, 8)
        )
