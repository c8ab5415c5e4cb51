"""What stands at the head of a clause: the place it is set in, or the body, person or thing it is said of."""

from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from extract.metrics.layout import Clause, Layout
from extract.metrics.lexicon import Lexicon
from extract.metrics.phrases import is_nominal
from extract.metrics.places import Places
from extract.text.segment import Token

Kind = Literal["place", "body", "single", "event", "source", "thing", "none"]
"""``single``: a person, or one thing that the text points at; ``none``: the clause has no subject of its own;
``source``: who tells the news, who is no subject."""

LONGEST = 32
"""Characters that the noun phrase at a head has at most."""
RELATIVE = 9
"""Words of a clause with 的 before its noun, at most."""
BODILY = 3
"""Characters of a word that with the verb before it names a body (执法 + 部门); longer, it is its object."""
SAID = 3
"""How many sources one clause can name."""
OPENING, QUOTES = "“《「『", "“《「『”》」』"
TITLED = "《"
OPENERS = OPENING + "【·—-*#※ "
POINTING = ("r", "q")
"""Tags of what points at a thing named before (这个, 这台)."""
PREDICATING = ("ul", "uz", "ug", "p", "d", "c")
"""Tags of what a clause has and a noun phrase has not: 了, 着, 过, prepositions, adverbs."""
ORDINAL = "第"
ORDERING = ("m", "r")
"""Tags of what a session's number begins with."""
PROPER = ("ns", "nt", "nz", "nr", "nrt", "eng")


class Head(Struct, frozen=True, gc=False):
    """``start`` to ``end`` is the place or the body; ``place`` is where the place at its begin ends."""

    kind: Kind
    start: int = 0
    end: int = 0
    place: int = 0


class Heads:
    """Reads the heads of the clauses of one document."""

    def __init__(self, layout: Layout, lexicon: Lexicon, places: Places) -> None:
        self._layout = layout
        self._text = layout.text
        self._lexicon = lexicon
        self._known: dict[tuple[int, int], Head] = {}
        self._places = places

    def of(self, clause: Clause, stop: int | None = None) -> Head:
        """The head of a clause, as far as ``stop``."""
        key = clause.start, clause.end if stop is None else stop
        if key not in self._known:
            tokens = [t for t in self._layout.tokens(clause) if t.start < key[1]]
            self._known[key] = self._grouped(self._read(tokens), key[1] if stop else 0)
        return self._known[key]

    def _grouped(self, head: Head, stop: int) -> Head:
        """The head with how many of its parts are spoken of before ``stop`` (`全县86个行政村`)."""
        group = self._lexicon.members.match(self._text, head.end, stop) if head.kind == "place" else None
        return replace(head, end=group.end()) if group else head

    def _read(self, tokens: list[Token]) -> Head:
        at = 0
        for _ in range(SAID):
            head, at = self._at(tokens, at)
            if head.kind != "source" or at >= len(tokens):
                return head
        return head

    def _at(self, tokens: list[Token], i: int) -> tuple[Head, int]:
        """The head from a token on, and where what follows it begins."""
        words = self._lexicon
        while i < len(tokens):
            i = self._places.called(tokens, i)
            token = tokens[i]
            if token.start in self._layout.dated:
                i += 1
            elif token.tag in ORDERING and (session := words.session.match(self._text, token.start)):
                i = next((k for k in range(i, len(tokens)) if tokens[k].start >= session.end()), len(tokens))
            elif self._places.end(tokens, i) > i:
                break
            elif token.text in words.partners and self._places.end(tokens, i + 1) > i + 1:
                return self._through(tokens, i), len(tokens)
            elif token.text == TITLED:
                return Head("thing"), len(tokens)
            elif token.text in words.quoters:
                return self._quoted(tokens, i)
            elif token.text in words.speeches:
                return Head("source"), i + 1
            elif token.text in words.locatives:
                i = self._places.called(tokens, i + 1) - 1
                end = self._places.end(tokens, i + 1)
                if end == i + 1 or words.ranked.match(self._text, tokens[end - 1].end, tokens[-1].end):
                    return Head("none"), len(tokens)
                return self._set_in(tokens, i + 1, end), end
            elif (
                token.text in words.leads
                or token.tag in ("d", "c", "y", "e", "ul", "u")
                or token.text in OPENERS
            ):
                i += 1
            elif token.tag == "p" or token.text in words.means:
                return Head("none"), len(tokens)
            else:
                break
        if i == len(tokens):
            return Head("none"), i
        head, end = self._phrase(tokens, i)
        if head.kind == "thing" and i and tokens[i - 1].text == words.its:
            return Head("none"), end
        if head.kind in ("thing", "none") and (owned := self._after_clause(tokens, i)):
            return owned, len(tokens)
        return head, end

    def _through(self, tokens: list[Token], i: int) -> Head:
        """`经云岭口岸`: the gate that people and goods pass; another partner is no subject."""
        end = self._phrase_end(tokens, i + 1, self._places.end(tokens, i + 1))
        gate = next((t for t in tokens[i + 1 : end] if t.text.endswith(self._lexicon.gates)), None)
        return Head("body", tokens[i + 1].start, gate.end) if gate else Head("none")

    def _after_clause(self, tokens: list[Token], i: int) -> Head | None:
        """`受灾严重的甲县`: the place that a clause with 的 stands before."""
        for k in range(i + 1, min(len(tokens) - 1, i + RELATIVE)):
            if tokens[k].text == "的" and self._places.end(tokens, k + 1) > k + 1:
                return self._phrase(tokens, k + 1)[0]
        return None

    def _quoted(self, tokens: list[Token], i: int) -> tuple[Head, int]:
        """`据海关统计，`, `记者从…获悉，`: past who says it."""
        for k in range(i + 1, len(tokens)):
            if tokens[k].text in self._lexicon.speeches or tokens[k].text in self._lexicon.sources:
                return Head("source"), k + 1
        return Head("source"), len(tokens)

    def _set_in(self, tokens: list[Token], i: int, end: int) -> Head:
        """`在天津，`, `在甲县合作社的田里`: the place, or the body in it."""
        place, start = tokens[end - 1].end, tokens[i].start
        if body := self._site(tokens, end):
            return Head("body", start, tokens[body - 1].end, place)
        return Head("place", start, place, place)

    def _site(self, tokens: list[Token], place: int) -> int:
        """Where the body ends that stands in a place, with what says more of it: before 的 or at the end of
        the clause (`在甲县一家生产轴承的工厂`); 0 where none does."""
        for k in range(len(tokens) - 1, place - 1, -1):
            token = tokens[k]
            if token.start in self._layout.counted or token.end - tokens[place].start > LONGEST:
                continue
            if k + 1 < len(tokens) and tokens[k + 1].text != "的":
                continue
            within = tokens[place:k]
            if any(t.tag in PREDICATING or t.text in self._lexicon.causes for t in within):
                continue
            one = any(t.text in self._lexicon.articles for t in within)
            named = self._ends_body(tokens, place, k) and not self._is_kind(tokens[place : k + 1])
            if named or (one and token.text.endswith(self._lexicon.owners)):
                return k + 1
        return 0

    def _is_kind(self, tokens: list[Token]) -> bool:
        """Whether words name a kind of bodies, none of them: 小学、初中."""
        empty = (*self._lexicon.joints, "的", "等")
        return all(t.text in self._lexicon.generics or t.text in empty for t in tokens)

    def _phrase(self, tokens: list[Token], i: int) -> tuple[Head, int]:
        """The noun phrase at the head, and what it makes of the clause."""
        start, place = tokens[i].start, self._places.end(tokens, i)
        j = self._phrase_end(tokens, i, place)
        if j == i:
            return Head("thing" if start in self._layout.counted else "none"), len(tokens)
        if place > i and j == place and (body := self._owned(tokens, place)):
            return Head("body", start, tokens[body - 1].end, tokens[place - 1].end), body
        said = self._says(tokens, i, j)
        acts = said is not None and j == place and self._lexicon.held.match(self._text, tokens[said].start)
        if said is not None and not acts:  # 甲国举行阅兵
            return Head("source", start), said + 1
        return self._kind(tokens, i, j, place), j

    def _owned(self, tokens: list[Token], place: int) -> int:
        """Where the body ends that is a place's (`各地的税务部门检查…`); 0 where none is."""
        if place + 1 >= len(tokens) or tokens[place].text != "的":
            return 0
        end = self._phrase_end(tokens, place + 1, place + 1)
        acts = end < len(tokens) and tokens[end].tag[:1] in "vdpt"
        whole = acts and end > place + 1 and self._ends_body(tokens, place + 1, end - 1)
        return end if whole and not self._is_kind(tokens[place + 1 : end]) else 0

    def _phrase_end(self, tokens: list[Token], i: int, place: int) -> int:
        """Where the noun phrase ends that begins with a token."""
        j, quoted = i, False
        while j < len(tokens) and tokens[j].end - tokens[i].start <= LONGEST:
            token = tokens[j]
            dated = token.start in self._layout.dated
            if token.start in self._layout.counted or (dated and not quoted):
                break
            if token.text in QUOTES:
                quoted = token.text in OPENING
            if not (j < place or quoted or token.text in QUOTES or self._continues(tokens, i, j)):
                break
            j += 1
        while j > i and tokens[j - 1].text in self._lexicon.joints:
            j -= 1
        return j

    def _continues(self, tokens: list[Token], i: int, j: int) -> bool:
        """Whether a word goes on with the noun phrase that began at ``i``."""
        token = tokens[j]
        if token.text in self._lexicon.forecasts:
            return False
        if token.tag == "ad" and token.text not in self._lexicon.place_tails:
            return False  # 积极, 大力
        following = tokens[j + 1] if j + 1 < len(tokens) else None
        if token.text == self._lexicon.halt and self._places.end(tokens, i) == j > i:
            return True
        if j > i and following and self._numbers(token, tokens[j - 1]) and following.tag[:1] in "nm":
            return True
        if is_nominal(token) or self._lexicon.ends_body(token) or self._lexicon.events.end(token.text):
            return True
        if j == i or (token.text == self._lexicon.levels and following and is_nominal(following)):
            return token.tag == "r"
        before_body = following and len(following.text) <= BODILY and self._lexicon.ends_body(following)
        verb = token.tag == "v" and token.text not in self._lexicon.links
        return token.text in self._lexicon.joints or bool(verb and before_body)  # 执法 + 部门

    def _numbers(self, token: Token, before: Token) -> bool:
        """Whether a word numbers a body or says on which side it lies (第一人民医院, 西作业区)."""
        ordinal = token.text[:1] == ORDINAL or before.text == ORDINAL
        return (ordinal and token.tag == "m") or (token.tag == "f" and token.text in self._lexicon.sides)

    def _says(self, tokens: list[Token], i: int, j: int) -> int | None:
        """Place of the verb with which the subject tells something."""
        speeches, sources = self._lexicon.speeches, self._lexicon.sources
        k = j
        while k < len(tokens) and tokens[k].text not in speeches:
            aside = tokens[k].tag in ("d", "t", "f", "m", "x") or tokens[k].text in ("的", "在", "对", "向")
            if not (aside or tokens[k].start in self._layout.dated):
                break
            k += 1
        if k < len(tokens) and tokens[k].text in speeches:
            return None if self._expected(tokens, i, k) or self._issues(tokens, k) else k
        if not sources.isdisjoint([t.text for t in tokens[i:j]]):
            return next((m for m in range(i + 1, len(tokens)) if tokens[m].text in speeches), None)
        return next(
            (m for m in range(i + 1, j) if tokens[m].text in speeches and tokens[m].tag[:1] == "v"), None
        )

    def _issues(self, tokens: list[Token], k: int) -> bool:
        """`交通部发布6项标准`: what is issued is counted, it is no news."""
        verb = tokens[k]
        if verb.text not in self._lexicon.issuing or any(t.text in self._lexicon.sources for t in tokens[k:]):
            return False
        clause = self._layout.clauses[self._layout.clause_at(verb.start)]
        counted = self._layout.first_quantity(verb.end, clause.end)
        return counted is not None and counted.family == "count"

    def _expected(self, tokens: list[Token], i: int, k: int) -> bool:
        """`全国铁路预计发送旅客…`: what is foreseen of a place, which foresees nothing itself."""
        foreseen = tokens[k].text in self._lexicon.forecasts and k + 1 < len(tokens)
        return foreseen and k > i and not self._lexicon.ends_body(tokens[k - 1])

    def _kind(self, tokens: list[Token], i: int, j: int, place: int) -> Head:
        """What the noun phrase from ``i`` to ``j`` is, whose place ends at ``place``."""
        lexicon, start = self._lexicon, tokens[i].start
        place_end = tokens[place - 1].end if place > i else start
        officer = not lexicon.officers.isdisjoint([t.text for t in tokens[max(i, place) : j]])
        if officer or (place < j - (place > i) and lexicon.is_person(tokens[i:j])):  # not 甲省乙县
            return Head("single", start, tokens[j - 1].end)
        if tokens[i].text not in lexicon.scopes and (event := self._event(tokens[i:j], place - i)):
            return Head("event", start, event, place_end)
        if (
            tokens[i].tag in POINTING
            and not self._body(tokens, i, j, place)
            and lexicon.shown.match(self._text, start)
        ):
            return Head("single", start, tokens[j - 1].end)
        who = place < j and tokens[place].text in lexicon.nationals  # 日本旅客
        if place > i and who and tokens[i].text not in lexicon.scopes:
            return Head("thing", start, tokens[j - 1].end, start)
        body = self._body(tokens, i, j, place)
        if body:
            return Head("body", start, tokens[body - 1].end, place_end)
        if place > i:
            return Head("place", start, place_end, place_end)
        return Head("thing", start, tokens[j - 1].end, start)

    def _event(self, tokens: list[Token], place: int) -> int:
        """Where the event ends that a noun phrase names, behind its place; 0 where it names none."""
        named = tokens[min(place, len(tokens) - 1) if place else -1]  # 云州大桥, not 甲县重点项目
        if self._lexicon.events.end(named.text):
            return named.end
        return tokens[-1].end if tokens[-1].text.endswith(self._lexicon.meetings) else 0

    def _body(self, tokens: list[Token], i: int, j: int, place: int) -> int:
        """Where the body ends that the noun phrase names; 0 where it names none."""
        ends = [k + 1 for k in range(max(i, place), j) if self._ends_body(tokens, i, k)]
        if not ends:
            return 0
        body = ends[-1]
        following = tokens[body] if body < len(tokens) else None
        counted = self._layout.counted.get(tokens[body - 1].end)
        if counted and counted.unit in self._lexicon.counters:
            return 0  # 新建卫生院96所
        lexicon = self._lexicon
        if self._is_kind(tokens[i:body]):
            return 0
        owned = body - i > 1 or tokens[i].tag in PROPER or tokens[i].tag == "r" or len(tokens[i].text) > 2
        if lexicon.deictic_body.fullmatch(tokens[i].text):
            return body
        whole = tokens[i].text in lexicon.scopes  # 全县医院门诊量 is the county's
        named = not whole and (any(t.tag in PROPER for t in tokens[i:body]) or tokens[i].tag == "r")
        acts = (
            following is None or following.tag[:1] in "vdpt" or following.tag == "ad" or counted is not None
        )
        return body if (acts and owned) or named else 0

    def _ends_body(self, tokens: list[Token], i: int, k: int) -> bool:
        """Whether a word of the phrase from ``i`` ends a body, be it one character after a noun (屋宇+署)."""
        token = tokens[k]
        if self._lexicon.ends_body(token):
            return True
        if (
            k > i
            and tokens[i].text in self._lexicon.demonstratives
            and token.text.endswith(self._lexicon.owners)
        ):
            return True
        return k > i and token.text in self._lexicon.bodily and is_nominal(tokens[k - 1])
