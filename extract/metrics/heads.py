"""What stands at the head of a clause: the place it is set in, or the body, person or thing it is said of."""

from typing import Literal

from msgspec import Struct

from extract.metrics.layout import Clause, Layout
from extract.metrics.lexicon import Lexicon
from extract.metrics.phrases import is_nominal
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
CALLED = 3
"""Words that a place is called by, at most."""
SAID = 3
"""How many sources one clause can name."""
OPENING, QUOTES = "“《「『", "“《「『”》」』"
TITLED = "《"
OPENERS = OPENING + "【·—-*#※ "
POINTING = ("r", "q")
"""Tags of what points at a thing named before (这个, 这台)."""
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

    def __init__(self, layout: Layout, lexicon: Lexicon) -> None:
        self._layout = layout
        self._text = layout.text
        self._lexicon = lexicon
        self._known: dict[tuple[int, int], Head] = {}
        self._places: dict[tuple[int, int], int] = {}

    def of(self, clause: Clause, stop: int | None = None) -> Head:
        """The head of a clause, as far as ``stop``."""
        key = clause.start, clause.end if stop is None else stop
        if key not in self._known:
            tokens = [t for t in self._layout.tokens(clause) if t.start < key[1]]
            self._known[key] = self._read(tokens)
        return self._known[key]

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
            i = self._named(tokens, i)
            token = tokens[i]
            if token.start in self._layout.dated:
                i += 1
            elif token.tag in ORDERING and (session := words.session.match(self._text, token.start)):
                i = next((k for k in range(i, len(tokens)) if tokens[k].start >= session.end()), len(tokens))
            elif self.place_end(tokens, i) > i:
                break
            elif token.text in words.partners and self.place_end(tokens, i + 1) > i + 1:
                return self._through(tokens, i), len(tokens)
            elif token.text == TITLED:
                return Head("thing"), len(tokens)
            elif token.text in words.quoters:
                return self._quoted(tokens, i)
            elif token.text in words.speeches:
                return Head("source"), i + 1
            elif token.text in words.locatives:
                i = self._named(tokens, i + 1) - 1
                end = self.place_end(tokens, i + 1)
                if end == i + 1:
                    return Head("none"), len(tokens)
                found = self._set_in(tokens, i + 1, end) if end < len(tokens) else None
                return found or Head(
                    "place", tokens[i + 1].start, tokens[end - 1].end, tokens[end - 1].end
                ), end
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

    def _named(self, tokens: list[Token], i: int) -> int:
        """Where the name of a place begins that the words from ``i`` on say more of (`经济大省` + `广东`)."""
        for k in range(i, min(i + CALLED, len(tokens) - 1)):
            if not is_nominal(tokens[k]):
                return i
            if tokens[k].text.endswith(self._lexicon.appositions) and self.place_end(tokens, k + 1) > k + 1:
                return k + 1
        return i

    def _through(self, tokens: list[Token], i: int) -> Head:
        """`经云岭口岸`: the gate that people and goods pass; another partner is no subject."""
        end = self._phrase_end(tokens, i + 1, self.place_end(tokens, i + 1))
        gate = next((t for t in tokens[i + 1 : end] if t.text.endswith(self._lexicon.gates)), None)
        return Head("body", tokens[i + 1].start, gate.end) if gate else Head("none")

    def _after_clause(self, tokens: list[Token], i: int) -> Head | None:
        """`受灾严重的甲县`: the place that a clause with 的 stands before."""
        for k in range(i + 1, min(len(tokens) - 1, i + RELATIVE)):
            if tokens[k].text == "的" and self.place_end(tokens, k + 1) > k + 1:
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
        place = tokens[end - 1].end
        shown = end + 1 if tokens[end].text == "的" and end + 1 < len(tokens) else end
        j = self._phrase_end(tokens, shown, shown)
        body = self._body(tokens, shown if shown > end else i, j, end) if j > shown else 0
        if body and (body == len(tokens) or tokens[body].text == "的"):
            return Head("body", tokens[shown if shown > end else i].start, tokens[body - 1].end, place)
        return Head("place", tokens[i].start, place, place)

    def place_end(self, tokens: list[Token], i: int) -> int:
        """Where the place that begins with a token ends, with all of its list; ``i`` where none does."""
        if i >= len(tokens):
            return i
        key = tokens[i].start, len(tokens)
        if key not in self._places:
            self._places[key] = self._place(tokens, i)
        return self._places[key]

    def _place(self, tokens: list[Token], i: int) -> int:
        j = last = i
        while j < len(tokens):
            token = tokens[j]
            if token.start in self._layout.dated or token.start in self._layout.counted:
                break
            named = self._named_place(tokens, j)
            wide = j > i and tokens[j - 1].text in self._lexicon.scopes  # 全市 + 地区生产总值
            if named > j or (j == last > i and not wide and token.text in self._lexicon.place_tails):
                j = last = max(named, j + 1)
            elif j == last > i and (token.text in self._lexicon.joints or token.text == "等"):
                j += 1
            else:
                break
        return last

    def _named_place(self, tokens: list[Token], i: int) -> int:
        """Where a place of one name ends."""
        token, lexicon = tokens[i], self._lexicon
        known = lexicon.is_place(token)
        if not known and token.tag != "r" and (token.tag[:1] not in "njsb" or token.tag == "vn"):
            return i
        led = token.text[:1] in lexicon.partners and token.text[1:] in lexicon.place_words  # 经两国
        if (
            led
            or token.text in lexicon.partners
            or token.text in lexicon.no_places
            or self._text.startswith(lexicon.no_place_before, token.end)
        ):
            return i
        if known:
            return i + 1
        if (
            token.tag == "r"
            and i + 1 < len(tokens)
            and lexicon.deictic.fullmatch(self._text, token.start, tokens[i + 1].end)
        ):
            return i + 2
        if token.tag == "r":
            return i
        if token.text.endswith(lexicon.given_endings) and lexicon.is_person(tokens[i : i + 1]):
            return i
        match = lexicon.place.match(self._text, token.start)
        if not match:
            return i
        j = i
        while j < len(tokens) and tokens[j].end <= match.end():
            if tokens[j].tag[:1] not in "njsbzq":
                return i
            j += 1
        cut = tokens[j] if j < len(tokens) else None
        if cut is None or cut.start >= match.end():
            return j
        return i  # the ending is a piece of a longer word

    def _phrase(self, tokens: list[Token], i: int) -> tuple[Head, int]:
        """The noun phrase at the head, and what it makes of the clause."""
        start, place = tokens[i].start, self.place_end(tokens, i)
        j = self._phrase_end(tokens, i, place)
        if j == i:
            return Head("thing" if start in self._layout.counted else "none"), len(tokens)
        said = self._says(tokens, i, j)
        acts = said is not None and j == place and self._lexicon.held.match(self._text, tokens[said].start)
        if said is not None and not acts:  # 甲国举行阅兵
            return Head("source", start), said + 1
        return self._kind(tokens, i, j, place), j

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
        if is_nominal(token) or self._lexicon.ends_body(token) or self._lexicon.events.end(token.text):
            return True
        if j == i:
            return token.tag == "r"
        following = tokens[j + 1] if j + 1 < len(tokens) else None
        before_body = following and len(following.text) <= BODILY and self._lexicon.ends_body(following)
        verb = token.tag == "v" and token.text not in self._lexicon.links
        return token.text in self._lexicon.joints or bool(verb and before_body)  # 执法 + 部门

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
            return None if self._expected(tokens, i, k) else k
        if not sources.isdisjoint([t.text for t in tokens[i:j]]):
            return next((m for m in range(i + 1, len(tokens)) if tokens[m].text in speeches), None)
        return next(
            (m for m in range(i + 1, j) if tokens[m].text in speeches and tokens[m].tag[:1] == "v"), None
        )

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
        if all(t.text in lexicon.generics or t.text in lexicon.joints for t in tokens[i:body]):
            return 0  # 小学、初中
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
