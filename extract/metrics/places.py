"""Where the names of places end in a clause, with all of their list."""

from extract.metrics.layout import Layout
from extract.metrics.lexicon import Lexicon
from extract.metrics.phrases import is_nominal
from extract.text.segment import Token

CALLED = 3
"""Words that a place is called by, at most."""


class Places:
    """Reads the places of the clauses of one document."""

    def __init__(self, layout: Layout, lexicon: Lexicon) -> None:
        self._layout = layout
        self._text = layout.text
        self._lexicon = lexicon
        self._known: dict[tuple[int, int], int] = {}

    def end(self, tokens: list[Token], i: int) -> int:
        """Where the place that begins with a token ends, with all of its list; ``i`` where none does."""
        if i >= len(tokens):
            return i
        key = tokens[i].start, len(tokens)
        if key not in self._known:
            self._known[key] = self._read(tokens, i)
        return self._known[key]

    def _read(self, tokens: list[Token], i: int) -> int:
        j = last = i
        while j < len(tokens):
            token = tokens[j]
            if token.start in self._layout.dated or token.start in self._layout.counted:
                break
            named = self._named(tokens, j)
            whole = j > i and tokens[j - 1].text in self._lexicon.scopes
            wide = whole and self._text.startswith(self._lexicon.whole_products, token.start)
            if named > j or (j == last > i and not wide and token.text in self._lexicon.place_tails):
                j = last = max(named, j + 1)
            elif j == last > i and (token.text in self._lexicon.joints or token.text == "等"):
                j += 1
            else:
                break
        return last

    def _named(self, tokens: list[Token], i: int) -> int:
        """Where a place of one name ends."""
        token, lexicon = tokens[i], self._lexicon
        known, proper = lexicon.is_place(token), token.tag[:1] in "njsb" and token.tag != "vn"
        if not known and not proper and token.tag != "r":
            return i
        led = token.text[:1] in lexicon.partners and token.text[1:] in lexicon.place_words  # 经两国
        if (
            led
            or token.text in lexicon.partners
            or token.text in lexicon.no_places
            or self._text.startswith(lexicon.no_place_before, token.end)
        ):
            return i
        if known and self._is_known(tokens, i):
            return i + 1
        if (
            token.tag == "r"
            and i + 1 < len(tokens)
            and lexicon.deictic.fullmatch(self._text, token.start, tokens[i + 1].end)
        ):
            return i + 2
        if not proper:
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

    def _is_known(self, tokens: list[Token], i: int) -> bool:
        """Whether a place is listed, or of the dictionary and, when short, in a place for places: the tags of
        other words are guesses (`津北` + `高速`), or wrong (`团徽`)."""
        token, lexicon = tokens[i], self._lexicon
        if not lexicon.is_tagged_place(token):
            return True
        if not self._layout.document.knows(token.text):
            return False
        before, behind = tokens[max(0, i - 2) : i], tokens[i + 1 : i + 2]
        listed = len(before) > 1 and before[-1].text in lexicon.joints and lexicon.is_place(before[0])
        led = before and (before[-1].text in lexicon.locatives or lexicon.is_place(before[-1]))
        tailed = behind and behind[0].text in lexicon.place_tails
        return len(token.text) > 2 or token.text[-1] in lexicon.places or bool(listed or led or tailed)

    def called(self, tokens: list[Token], i: int) -> int:
        """Where the name of a place begins that the words from ``i`` on say more of (`经济大省` + `广东`)."""
        for k in range(i, min(i + CALLED, len(tokens) - 1)):
            if not is_nominal(tokens[k]):
                return i
            if tokens[k].text.endswith(self._lexicon.appositions) and self.end(tokens, k + 1) > k + 1:
                return k + 1
        return i
