"""The rules of `rules/numbers.toml`, and the words that bound a number."""

import re
from collections.abc import Iterable

from extract.records import Bound
from extract.rules import Rule, alternation

SHARE_REACH = 16
"""How many characters before its figure the bound word of a share may stand."""
ALONE = "alone"
"""In place of the family of a unit: nothing follows the number in its line."""
ROUND = frozenset("百千万亿兆半")


class NumberRule(Rule, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Words that bound a number, or what is refused as one; the file's head says what the keys mean."""

    bound: Bound | None = None
    before: tuple[str, ...] = ()
    inside: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    ahead: str = ""
    not_after: str = ""
    not_before: str = ""
    words: tuple[str, ...] = ()
    at: tuple[str, ...] = ()
    figures: tuple[str, ...] = ()
    bare: tuple[str, ...] = ()
    anywhere: tuple[str, ...] = ()
    follow: tuple[str, ...] = ()
    counting: tuple[str, ...] = ()
    vague: tuple[str, ...] = ()
    first: tuple[str, ...] = ()
    signs: tuple[str, ...] = ()
    dashes: str = ""
    positive: tuple[str, ...] = ()
    dash_after: str = ""
    measured_after: str = ""
    measures: tuple[str, ...] = ()


class Signs:
    """Looks up what makes a number negative: a word (零下, 负), or a dash where it is none between words."""

    def __init__(self, rules: Iterable[NumberRule]) -> None:
        self._rule = next(rule for rule in rules if rule.signs)
        self._words = (*self._rule.signs, *self._rule.positive)
        self._not_after = frozenset(self._rule.not_after)
        self._measures = frozenset(self._rule.measures)
        self._upper = re.compile(
            rf"(?P<minus>{alternation(self._rule.signs)}|[{self._rule.dashes}])|{alternation(self._rule.positive)}|\+"
        )
        self.lasts = frozenset((*(word[-1] for word in self._words), *self._rule.dashes))

    def dashed(self, text: str, position: int) -> bool:
        """Whether a dash stands before the position: the sign of one end of a range; 零下 is that of both."""
        return position > 0 and text[position - 1] in self._rule.dashes

    def before(self, text: str, position: int, floor: int, family: str | None) -> tuple[int, int] | None:
        """Where the sign of a number begins, and what it multiplies with. ``family`` is that of the number's
        unit, ``floor`` the end of the number before it."""
        at = position - 1 if text[position - 1 : position] == " " else position
        for word in self._words:
            begin = at - len(word)
            if (
                begin >= floor
                and text.startswith(word, begin)
                and text[begin - 1 : begin] not in self._not_after
            ):
                return begin, -1 if word in self._rule.signs else 1
        begin = (at if family == ALONE else position) - 1  # - 1,200 in a line of its own, - 32家 in a list
        if begin < floor or text[begin] not in self._rule.dashes or not self._free(text, begin, family):
            return None
        return begin, -1

    def _free(self, text: str, begin: int, family: str | None) -> bool:
        """Whether a dash stands where it is no hyphen, range or bullet."""
        previous = text[begin - 1 : begin]
        if not previous or previous == "\n":
            return family != "count"  # -32家 in a list
        if previous in self._rule.dash_after:
            return True
        if family == "percent" or family == "temperature":
            return "\u4e00" <= previous <= "\u9fff"
        return family in self._measures and previous in self._rule.measured_after

    def upper(self, text: str, position: int) -> tuple[int, int]:
        """Where the upper end of a range begins after its sign, and -1 or 1; 0 where it has no sign."""
        match = self._upper.match(text, position)
        if match is None:
            return position, 0
        return match.end(), -1 if match["minus"] else 1


class Bounds:
    """Looks up the bound words that touch a number."""

    def __init__(self, rules: Iterable[NumberRule]) -> None:
        self._before: dict[str, NumberRule] = {}
        self._after: dict[str, NumberRule] = {}
        self.inside: dict[str, Bound] = {}
        for rule in rules:
            if rule.bound is None:
                continue
            self._before |= dict.fromkeys(rule.before, rule)
            self._after |= dict.fromkeys(rule.after, rule)
            self.inside |= dict.fromkeys(rule.inside, rule.bound)
        words = alternation(self._before)
        longer = alternation(word for word in self._before if len(word) > 1)
        self._share = re.compile(rf"(?:(?:{words})(?=占)|{longer})(?=[^，、。；！？\d\n]*的\Z)")
        self._before_lengths = _lengths(self._before)
        self._after_lengths = _lengths(self._after)
        # with what characters a bound word begins behind a number, and ends before it: most numbers have none
        self.firsts = frozenset(word[0] for word in (*self._after, *self.inside))
        self.lasts = frozenset(word[-1] for word in self._before)

    def of_share(self, text: str, position: int) -> Bound | None:
        """The bound word of a share that its whole stands after (`超过全年计划的八成`, `约占产量的四成`)."""
        if text[position - 1 : position] != "的":
            return None
        match = self._share.search(text, max(0, position - SHARE_REACH), position)
        return self._before[match[0]].bound if match else None

    def before(self, text: str, position: int) -> tuple[int, Bound] | None:
        """Where the bound word that ends at the position begins, and what it says."""
        if position and text[position - 1] == " ":
            position -= 1
        if not position or text[position - 1] not in self.lasts:
            return None
        for length in self._before_lengths:
            if length > position:
                continue
            rule = self._before.get(text[position - length : position])
            if rule is None or rule.bound is None:
                continue
            start = position - length
            if start and text[start - 1] in rule.not_after:
                return None
            if rule.ahead and not re.compile(rule.ahead).match(text, position):
                return None
            return start, rule.bound
        return None

    def after(self, text: str, position: int, unit: bool = False) -> tuple[int, Bound] | None:
        """Where the bound word that begins at the position ends, and what it says; after a unit, not those
        that only stand between number and unit (`十来个`)."""
        if text[position : position + 1] not in self.firsts:
            return None
        for length in self._after_lengths:
            word = text[position : position + length]
            end = position + length
            if not unit and word in self.inside:
                return position + len(word), self.inside[word]
            rule = self._after.get(word)
            if rule is None or rule.bound is None or len(word) < length:
                continue
            if length > 1 or text[end : end + 1] not in rule.not_before:
                return end, rule.bound
        return None


def _lengths(words: Iterable[str]) -> list[int]:
    return sorted({len(word) for word in words}, reverse=True)
