"""Whose a figure is: the place or body of its clause, else of sentence, paragraph, heading or title."""

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from extract.mentions import Phrase
from extract.metrics.facts import Fact
from extract.metrics.heads import Head, Heads
from extract.metrics.layout import Clause, Layout, Line
from extract.metrics.lexicon import Lexicon
from extract.metrics.name import Name
from extract.metrics.places import Places
from extract.text.segment import Token

NOBODY = Phrase("", 0, 0)
"""The scope of what is of a person or an event."""
LISTED = "等"
COLUMN = "【"
JOINTS = " 、和与及"
"""What is no part of the place that it stands beside."""
REACH = 1000
"""Characters that a scope is carried at most."""


class Scopes:
    """Made for one article; keeps nothing from figure to figure."""

    def __init__(self, layout: Layout, lexicon: Lexicon) -> None:
        self._layout = layout
        self._text = layout.text
        self._lexicon = lexicon
        self._places = Places(layout, lexicon)
        self._heads = Heads(layout, lexicon, self._places)

    def of(self, fact: Fact) -> Phrase | None:
        """The scope of a figure."""
        if fact.scope:
            return fact.scope
        at = fact.quantity.start
        index = self._layout.clause_at(at)
        clause = self._layout.clauses[index]
        head = self._heads.of(clause, at)
        if head.kind == "place" and self._sums_up(fact, head):
            head = Head("none")
        if near := self._by_near(clause, fact, head):
            return near
        if given := self._by_gift(index):
            return given
        if head.kind in ("place", "body"):
            return self._meant(index, head)
        if head.kind == "single":
            return None
        if head.kind == "event":
            return self._held(index)
        if self._lexicon.measured.search(fact.name.text):
            return None
        return self._carried(index, head)

    def _meant(self, index: int, head: Head) -> Phrase:
        """The place or body of a head; for 当地 the place that its sentence opens with (`在甲县，当地…`)."""
        if self._text[head.start : head.end] in self._lexicon.here:
            others = (self._heads.of(clause) for clause in self._earlier(index))
            head = next((h for h in others if h.kind in ("place", "body")), head)
        return self._words(head.start, head.end)

    def _carried(self, index: int, head: Head) -> Phrase | None:
        """The scope that the clauses before, the paragraph or what stands above it give."""
        alone = head.kind in ("none", "source")
        for earlier in self._earlier(index):
            other = self._heads.of(earlier)
            if other.kind in ("place", "body"):
                return self._meant(self._layout.clause_at(earlier.start), other)
            if other.kind == "source" and (place := self._reported(earlier)):
                return place
            if other.kind == "single" and alone:
                return None
            if other.kind == "event" and alone:
                return self._held(index)
        carried = self._by_paragraph(index, alone)
        if carried is None:
            return self._by_above(self._layout.clauses[index])
        return None if carried is NOBODY else carried

    def _sums_up(self, fact: Fact, head: Head) -> bool:
        """Whether a number counts the places of the list before it (`甲、乙等8个省份`)."""
        listed = self._text[head.end : fact.quantity.start] == LISTED
        return listed and self._text.startswith(self._lexicon.regional, fact.quantity.end)

    def _reported(self, clause: Clause) -> Phrase | None:
        """The place that a report is of (`气象局发布甲县气候公报`)."""
        tokens = self._layout.tokens(clause)
        for k in range(1, len(tokens)):
            if tokens[k - 1].text in self._lexicon.speeches or tokens[k - 1].start in self._layout.dated:
                end = self._places.end(tokens, k)
                if end > k and self._lexicon.report.match(self._text, tokens[end - 1].end):
                    return self._words(tokens[k].start, tokens[end - 1].end)
        return None

    def freed(self, name: Name, scope: Phrase | None) -> Name:
        """The name without the body at its head that acts (`县水利局` + `巡查河段`)."""
        if scope is None or name.share or not self._text.startswith(name.text, name.start):
            return name
        verb = name.start + len(scope.text)
        tokens = self._layout.tokens(self._layout.clauses[self._layout.clause_at(name.start)])
        k = next((k for k, t in enumerate(tokens) if t.start == verb < name.end), 0)
        acts = k and name.text.startswith(scope.text) and tokens[k].tag == "v" and len(tokens[k].text) > 1
        if not acts or not self._lexicon.ends_body(tokens[k - 1]):
            return name
        return replace(name, text=name.text.removeprefix(scope.text), start=verb)

    def _words(self, start: int, end: int) -> Phrase:
        """The words of a scope, with the quotation mark that its name may begin with."""
        words = self._text[start:end].rstrip(JOINTS)
        end, start = start + len(words), end - len(self._text[start:end].lstrip(JOINTS))
        words = self._text[start:end]
        if words.count("“") == words.count("”"):
            return Phrase(words, start, end)
        if self._text[start - 1 : start] == "“":
            return Phrase("“" + words, start - 1, end)
        return Phrase(words.replace("“", "").replace("”", ""), start, end)

    def _by_near(self, clause: Clause, fact: Fact, head: Head) -> Phrase | None:
        """A place right before the number, or right before the name: `打通全省900余条…`."""
        tokens, at, name = self._layout.tokens(clause), fact.quantity.start, fact.name.start
        k = 0
        while k < len(tokens) and tokens[k].start < at:
            stop = self._places.end(tokens, k)
            if stop == k:
                k += 1
                continue
            first, last = tokens[k].start, tokens[stop - 1].end
            lead = tokens[k - 1].text if k else ""
            counted = self._lexicon.counts.fullmatch(self._text, last, at) and last <= at
            named = clause.start <= name and last == name and head.kind not in ("place", "body")
            aim = counted and lead == self._lexicon.aim
            free = (counted or named) and lead not in self._lexicon.partners
            if k and (lead in self._lexicon.causes or free or aim):
                return self._words(first, last)
            k = stop
        return self._behind(tokens, fact)

    def _held(self, index: int) -> Phrase | None:
        """Where an event is held: `…论坛3日在甲县举行，设有分论坛…`."""
        here = self._layout.clauses[index]
        for sentence in ([here, *self._earlier(index)], *self._sentences(index)):
            for clause in sentence:
                if not self._lexicon.held.search(self._text, clause.start, clause.end):
                    continue
                tokens = self._layout.tokens(clause)
                for k, token in enumerate(tokens):
                    end = self._places.end(tokens, k + 1) if token.text in self._lexicon.locatives else 0
                    if end > k + 1 and self._lexicon.held.match(self._text, tokens[end - 1].end):
                        return self._words(tokens[k + 1].start, tokens[end - 1].end)
        return None

    def _behind(self, tokens: list[Token], fact: Fact) -> Phrase | None:
        """The place between a number and its name (`超2亿元的全省新增贷款`), or whose people are counted
        (`超2万名青州居民`)."""
        after = [t for t in tokens if fact.quantity.end <= t.start < fact.name.end and t.text != "的"]
        end = self._places.end(after, 0) if after else 0
        between = end and after[end - 1].end <= fact.name.start
        dwellers = 0 < end < len(after) and after[end].text in self._lexicon.residents
        return self._words(after[0].start, after[end - 1].end) if between or dwellers else None

    def _by_gift(self, index: int) -> Phrase | None:
        """Money that is given is of its receiver: `向甲县调拨…`, `下达1亿元，支持甲省…`."""
        clauses, given = self._layout.clauses, self._lexicon.given
        clause = clauses[index]
        if not given.search(self._text, clause.start, clause.end):
            return None
        tokens = self._layout.tokens(clause)
        for k, token in enumerate(tokens):
            end = self._places.end(tokens, k + 1) if token.text in self._lexicon.receivers else 0
            if end > k + 1 and given.match(self._text, tokens[end - 1].end):
                return self._words(tokens[k + 1].start, tokens[end - 1].end)
        following = self._layout.tokens(clauses[index + 1]) if index + 1 < len(clauses) else []
        if following and self._lexicon.aided.fullmatch(following[0].text):
            end = self._places.end(following, 1)
            if end > 1 and clauses[index + 1].sentence == clause.sentence:
                return self._words(following[1].start, following[end - 1].end)
        return None

    def _earlier(self, index: int) -> Iterator[Clause]:
        """The clauses before in the sentence, the nearest first."""
        clauses = self._layout.clauses
        for earlier in reversed(clauses[max(0, index - 40) : index]):
            if earlier.sentence != clauses[index].sentence:
                return
            yield earlier

    def _by_paragraph(self, index: int, alone: bool) -> Phrase | None:
        """What the nearest sentence before offers that has a place, or a body while the figure's clause has
        no subject of its own."""
        for sentence in self._sentences(index):
            for clause in sentence:
                head = self._heads.of(clause)
                if self._text[head.start : head.end] in self._lexicon.here:
                    continue
                if head.kind == "place" or (head.kind == "body" and alone):
                    return self._words(head.start, head.end)
                if head.kind == "body" and head.place > head.start:
                    return self._words(head.start, head.place)
                if head.kind == "source" and (place := self._reported(clause)):
                    return place
                if head.kind == "event":
                    return self._held(index) or NOBODY
                if head.kind == "single" and alone:
                    return NOBODY
        return None

    def _sentences(self, index: int) -> Iterator[Sequence[Clause]]:
        """The sentences before in the paragraph, the nearest first."""
        clauses, group = self._layout.clauses, list[Clause]()
        here = clauses[index]
        for clause in reversed(clauses[max(0, index - 60) : index]):
            apart = (clause.line, clause.item) != (here.line, here.item)
            if apart or here.start - clause.start > REACH:
                break
            if clause.sentence == here.sentence:
                continue
            if group and clause.sentence != group[0].sentence:
                yield group
                group = []
            group.insert(0, clause)
        if group:
            yield group

    def _by_above(self, clause: Clause) -> Phrase | None:
        """The place that the heading, else the title names."""
        layout, line = self._layout, self._layout.lines[clause.line]
        if line.kind in ("title", "heading") or clause.item >= 0:
            return None
        if line.heading is not None and (found := self._offered(layout.lines[line.heading])):
            return found
        title = layout.title()
        return self._offered(title) if title else None

    def _governed(self, clause: Clause) -> Phrase | None:
        """The place whose government a title names (`甲县政府工作报告`)."""
        place = self._lexicon.place.match(self._text, clause.start, clause.end)
        governed = place and self._text.startswith(self._lexicon.governments, place.end())
        return self._words(place.start(), place.end()) if place and governed else None

    def _offered(self, line: Line) -> Phrase | None:
        """The first place of a heading or title, unless that is about a body or a person."""
        for clause in self._layout.of_line(line):
            if self._text.startswith(COLUMN, clause.start):
                continue  # 【甲地财经】 is the name of a column
            head = self._heads.of(clause)
            named = self._words(head.start, head.place)
            first = "的" not in self._text[clause.start : head.start]  # 流动的中国 is about what flows
            if head.kind in ("place", "event") and head.place > head.start and first:
                return named
            if line.kind == "title" and (place := self._governed(clause)):
                return place
            if head.kind in ("body", "single") and line.kind == "title":
                return None
        return None
