"""The words of the officials' rules, compiled once: titles, organisations, names, forms."""

import re
from collections.abc import Iterable
from typing import Literal, get_args

from extract.openings import led
from extract.records import Event, Level
from extract.rules import Rule, Rules, alternation

HAN = r"\u4e00-\u9fff"
DOTS = re.escape("·•・-")


LEVELS: tuple[Level, ...] = get_args(Level)
"""From the state down."""
Kind = Literal["before", "inside", "address", "link", "subject", "roster"]


class TitleRule(Rule, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A group of titles that behave alike (`rules/titles.toml` says what the keys mean)."""

    words: tuple[str, ...] = ()
    patterns: tuple[str, ...] = ()
    endings: tuple[str, ...] = ()
    callings: tuple[str, ...] = ()
    bodies: tuple[str, ...] = ()
    needs: bool = False
    own: bool = False
    strict: bool = False
    swallow: bool = False
    alone: bool = False
    plural: bool = False
    plural_in: tuple[str, ...] = ()
    second: bool = False
    posted: bool = False
    field: bool = False
    address: bool = False
    foreign: bool = False
    silent: bool = False
    refused: bool = False


class OrganizationRule(Rule, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A kind of organisation by how its names begin or, longest first, end."""

    prefixes: tuple[str, ...] = ()
    suffixes: tuple[str, ...] = ()
    public: bool


class FormRule(Rule, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A form in which person and post stand together (`rules/officials.toml`)."""

    kind: Kind
    before: str = ""
    lead: str = ""
    link: str = ""
    tail: str = ""
    head: str = ""
    label: bool = False
    many: bool = False
    plural: bool = False
    event: Event | None = None


class Form:
    """A form with its patterns compiled; ``link`` ends at the posts, ``tail`` starts behind them."""

    def __init__(self, rule: FormRule) -> None:
        self.rule = rule
        self.before = re.compile(f"(?:{rule.before})$")
        self.lead = re.compile(rule.lead)
        self.link = re.compile(f"(?:{rule.link})$")
        self.opens = re.compile(rule.link)
        self.tail = re.compile(rule.tail)
        self.head = re.compile(rule.head)


class Lexicon:
    """All data of the finder; immutable after it is built."""

    def __init__(self, rules: Rules) -> None:
        titles = rules.table("titles", TitleRule)
        self.titles = {word: rule for rule in titles for word in rule.words}
        self._patterned = [(re.compile(pattern), rule) for rule in titles for pattern in rule.patterns]
        patterns = "|".join(pattern.pattern for pattern, _ in self._patterned)
        self.anchor = re.compile(f"{patterns}|{_by_first(self.titles)}|{_spaced(self.titles)}")
        self.endings = {ending: rule for rule in titles for ending in rule.endings}
        self.ending = re.compile(f"[{_set(self.endings)}]")
        self.callings = tuple(calling for rule in titles for calling in rule.callings)
        self.swallows = {
            word: max((b for b in rule.bodies if word.startswith(b)), key=len, default="")
            for word, rule in self.titles.items()
            if rule.swallow
        }
        ranks = rules.fragments("titles")
        self.rank = re.compile(f"(?:{ranks['rank']})+$")
        self.status = re.compile(f"(?:{ranks['status']})$")
        self.was = re.compile(f"(?:{ranks['former']})$")
        self.governs = re.compile(f"(?:{ranks['governs']})$")
        self.committee = re.compile(ranks["committee"])
        self.acting = re.compile(ranks["acting"])
        self.other = re.compile(ranks["other"])
        words = rules.fragments("officials")
        self._bounds(words)
        self._organizations(rules)
        self.post_separator = re.compile(f"(?:{words['post_separator']})+(?:{ranks['status']})?")
        self.person_separator = re.compile(f"(?:{words['honorific']})(?:{words['person_separator']})")
        self.died = re.compile(words["died"])
        self.until, self.once = re.compile(words["until"]), words["once"]
        self.addressed = re.compile(words["addressed"])
        self.adverbs = re.compile(f"(?:{words['adverbs']})$")
        self.event_words: dict[Event, re.Pattern[str]] = {
            "removed": re.compile(words["removed"]),
            "appointed": re.compile(words["appointed"]),
        }
        self.opening = re.compile(words["opening"])
        self.opened = re.compile(words["opened"])
        self.holding = re.compile(f"(?:{words['holding']})$")
        self.held_before = re.compile(words["held_before"])
        self.acts = re.compile(f"(?P<attending>{words['attending']})|(?P<speaking>{words['speaking']})")
        self._names(rules, words)
        self.forms: dict[str, list[Form]] = {kind: [] for kind in get_args(Kind)}
        for rule in rules.table("officials", FormRule):
            self.forms[rule.kind].append(Form(rule))

    def _bounds(self, words: dict[str, str]) -> None:
        """What ends names and organisations."""
        self.follow = re.compile(words["follow"])
        self.follow_one = frozenset(words["follow_one"])
        self.reign = re.compile(words["reign"])
        self.honorific = re.compile(words["honorific"])
        self.honorific_before = re.compile(f"{words['honorific']}$")
        self.grade = re.compile(words["grade"])
        self.name_separator = re.compile(words["name_separator"])
        self.label_separator = re.compile(words["label_separator"])
        self.name_separator_before = re.compile(f"{words['name_separator']}$")
        self.left = re.compile(f"(?:{words['left']})$")
        self.stop = frozenset(words["stop"].split("|"))
        self.days = frozenset(words["days"].split("|"))
        self.hard_stop = re.compile(words["hard_stop"])
        self.breaks = frozenset(words["breaks"])
        self.stop_tags = frozenset(words["stop_tags"].split("|"))
        self.stop_end = tuple(words["stop_end"])
        self.stop_guessed = tuple(words["stop_guessed"])
        self.stop_start = tuple(words["stop_start"])

    def _organizations(self, rules: Rules) -> None:
        kinds = rules.table("organizations", OrganizationRule)
        self._begins = tuple(prefix for kind in kinds if kind.public for prefix in kind.prefixes)
        self._public = {suffix: kind.public for kind in kinds for suffix in kind.suffixes}
        self._longest = max(map(len, self._public))
        words = rules.fragments("organizations")
        self.session = re.compile(f"{words['owner']}(?:{words['session']})$")
        self.posted = re.compile(words["posted"])
        self.not_bodies = frozenset(words["not_body"].split("|"))
        self.session_before = re.compile(f"(?:{words['session']})$")
        self.session_start = re.compile(f"(?:{words['session']})")
        self.introduction = re.compile(led(words["introduction"]))
        self.introduced = re.compile(f"(?:{words['introduced']})")
        self.shared_bodies = frozenset(words["shared"].split("|"))
        self.territories, self.that = tuple(words["territories"].split("|")), words["that"]
        self.never_bare = frozenset(words["never_bare"].split("|"))
        self.inner_bodies = (*self.never_bare, *words["inner"].split("|"))
        self.former = re.compile(words["former"])
        self.heads = frozenset(words["head"].split("|"))
        self.levels = [(level, re.compile(words[level])) for level in reversed(LEVELS)]
        self.regions = frozenset(rules.words("regions"))
        cut = [name for name in self.regions if len(name) > 2 and not self.stop.isdisjoint(name)]
        fields = f"(?:(?:{words['fields']})、?)+(?:与|和|及|暨)(?:{words['fields']})"
        self.joined = re.compile(f"{words['bracketed']}|{fields}|{words['joined']}|{_by_first(sorted(cut))}")
        self.foreign_heads = frozenset(rules.words("countries"))
        self.foreign = re.compile(alternation(name for name in self.foreign_heads if len(name) > 2))
        self._foreign_starts = frozenset(name[0] for name in self.foreign_heads)
        self.places = self.regions | self.foreign_heads
        self.codes: dict[str, list[str]] = {}
        self.provinces: list[tuple[str, str]] = []
        for line in rules.words("region_codes"):
            code, *names = line.split()
            for name in names:
                self.codes.setdefault(name, []).append(code)
            if len(code) == 2 and names[0].endswith(("省", "自治区")):
                self.provinces += ((name, code) for name in names)
        self.region_starts = frozenset(name[0] for name in self.codes)

    def _names(self, rules: Rules, words: dict[str, str]) -> None:
        self.not_given = frozenset(words["not_given"])
        self.kept = frozenset(words["kept"])
        self.seldom_last = frozenset(words["seldom_last"])
        self.not_last = frozenset(words["not_last"])
        self.not_after_word = frozenset(words["not_after_word"])
        self.weak = frozenset(words["weak"])
        surnames = rules.words("surnames")
        self.surnames = frozenset(s for s in surnames if len(s) == 1)
        self.compounds = frozenset(s for s in surnames if len(s) > 1)
        self.compound_starts = frozenset(s[0] for s in self.compounds)
        self.japan = re.compile(words["japan"])
        self.japanese = frozenset(rules.words("surnames_japan"))
        self.not_names = frozenset(rules.words("not_names")) - self.compounds
        self.given = frozenset(rules.words("given"))
        self.sounds = frozenset(rules.words("transliteration"))
        foreign = re.escape("".join(rules.words("transliteration")))
        part = f"{foreign}{words['transliteration_inner']}"
        last, inner = f"[{DOTS}][{part}]{{1,10}}(?![{DOTS}])", f"[{DOTS}][{HAN}]{{1,10}}(?=[{DOTS}])"
        first = f"(?:[{part}{words['minority']}]{{1,9}}|(?![{words['follow_one']}])[{HAN}]{{1,3}})"
        self.dotted = re.compile(f"{first}(?:{inner}|{last})+")
        self.transliterated = re.compile(f"[{foreign}]{{2,12}}")
        self.minority = re.compile(f"[{foreign}{words['minority']}]{{4,9}}")
        begin = f"(?:[{part}{words['minority']}]{{1,9}}(?=[{DOTS}])|[{foreign}]{{1,12}})"
        self.transliterated_before = re.compile(f"{begin}(?:[{DOTS}][{part}]{{1,10}})*$")
        self.ethnic = re.compile(words["ethnic"])

    def title(self, word: str) -> TitleRule | None:
        """The rule of a title, by list or by pattern."""
        listed = self.titles.get(word)
        return listed or next((rule for pattern, rule in self._patterned if pattern.fullmatch(word)), None)

    def abroad(self, organization: str) -> bool:
        """Whether the body's name starts with a foreign country, or with an international body."""
        if organization[:1] not in self._foreign_starts or organization.startswith("中国"):
            return False
        return any(organization[:n] in self.foreign_heads for n in range(1, 8))

    def named(self, organization: str) -> bool:
        """Whether the words are a place, or end like a body; they may not merely begin like one."""
        whole = organization in self.places or organization in self._begins
        if organization in self.not_bodies:
            return False
        return whole or any(organization[-n:] in self._public for n in range(1, self._longest + 1))

    def public(self, organization: str) -> bool | None:
        """Whether the body is a public one by its beginning, or its longest known ending; none where neither
        is known."""
        if organization.startswith(self._begins):
            return True
        if organization.endswith("）"):
            organization = organization.partition("（")[0]
        for length in range(min(self._longest, len(organization)), 0, -1):
            public = self._public.get(organization[-length:])
            if public is not None:
                return public
        return None


def _by_first(words: Iterable[str]) -> str:
    """An alternation of the words, grouped by their first characters, behind a look at two characters:
    both make it faster to search with."""
    rests: dict[str, list[str]] = {}
    for word in words:
        rests.setdefault(word[0], []).append(word[1:])
    seconds = {rest[0] for some in rests.values() for rest in some if rest}
    short = {first for first, some in rests.items() if "" in some}
    ahead = f"[{_set(rests)}][{_set(seconds)}]" + (f"|[{_set(short)}]" if short else "")
    some = "|".join(f"{re.escape(first)}(?:{alternation(rest)})" for first, rest in rests.items())
    return f"(?={ahead})(?:{some})" if seconds else some


def _spaced(words: Iterable[str]) -> str:
    """Titles of two or three characters that a label sets wide (`组　长：`)."""
    wide = (zip(*(word for word in words if len(word) == length), strict=True) for length in (3, 2))
    some = "|".join(" {1,6}".join(f"[{_set(set(place))}]" for place in places) for places in wide)
    return rf"(?:{some})(?=：|（[^（）\n]{{2,14}}）：)"


def _set(characters: Iterable[str]) -> str:
    """The inside of a character class."""
    return "".join(re.escape(c) for c in sorted(characters))
