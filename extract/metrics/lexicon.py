"""The words that the metrics room reads sentences with, compiled from ``rules/``."""

import re
from collections.abc import Iterator, Mapping
from typing import Literal

from extract.openings import led
from extract.records import Basis, Direction
from extract.rules import Endings, Rule, Rules, RulesError, alternation
from extract.text.segment import Token

Form = Literal["verb", "level", "noun", "after", "ahead", "double", "degree", "sign"]


Role = Literal[
    "way", "fate", "agree", "vote", "edition", "household",
    "link", "break", "lead", "light", "scope", "agent", "body", "region", "speech", "head", "pair",
    "dependent", "share", "outcome", "average", "close", "means", "timed", "adverb", "joint",
    "preposition", "receiver", "passive", "rate", "dimension", "abstract", "kind", "national",
    "measure", "deed", "place", "place_tail", "no_place", "ending", "no_body", "generic", "event",
    "quoter", "telling", "source", "area", "gate", "forecast", "partner", "cause", "officer", "apposition",
    "meeting", "demonstrative", "article", "owner", "no_place_before", "origin", "situated",
    "campaign", "issuing", "resident", "yield",
]  # fmt: skip


class ChangeRule(Rule, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Words of rise and fall: see the head of ``rules/changes.toml`` for the forms."""

    direction: Direction
    form: Form
    words: tuple[str, ...]


class BasisRule(Rule, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What changes are measured against: ``words`` before the verb, ``compare`` after 比, 较, 与."""

    basis: Basis
    words: tuple[str, ...]
    compare: tuple[str, ...]


class WordRule(Rule, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Words that bound a name: see the head of ``rules/metrics.toml`` for the roles."""

    role: Role
    words: tuple[str, ...]


class EndingRule(Rule, frozen=True, kw_only=True, forbid_unknown_fields=False):
    """How the names of bodies end, of the rules that officials are read by."""

    suffixes: tuple[str, ...] = ()


DATE = "\ue000"
QUANTITY = "\ue001"
"""What dates and quantities look like in the masked text that the patterns read."""


ARTICLE = "一"
"""A number that says no more than a (`一座`)."""


class Lexicon:
    """Compiled once from the rules; immutable."""

    def __init__(self, rules: Rules) -> None:
        changes = rules.table("changes", ChangeRule)
        self.direction: dict[str, Direction] = {w: r.direction for r in changes for w in r.words}
        self.rule_of: dict[str, str] = {w: r.id for r in changes for w in r.words}
        doublings = [w for r in changes if r.form == "double" for w in r.words]
        self.doubling = re.compile(alternation(doublings))
        forms = {
            f: [w for r in changes if r.form == f for w in r.words]
            for f in ("verb", "level", "noun", "after", "ahead", "degree", "sign")
        }
        self.degrees = frozenset(forms["degree"])
        self.signs = "".join(forms["sign"])
        bases = rules.table("basis", BasisRule)
        self.basis: dict[str, Basis] = {w: r.basis for r in bases for w in r.words}
        self.compared: dict[str, Basis] = {w: r.basis for r in bases for w in r.compare}
        words: dict[str, set[str]] = {}
        for rule in rules.table("metrics", WordRule):
            words.setdefault(rule.role, set()).update(rule.words)
        self.regions = frozenset(rules.words("regions"))
        self._roles(words)
        self.empty = self.leads | self.scopes | self.links | self.breaks | frozenset(forms["after"])
        fragments = _fragments(rules, forms, words)
        self._changes(fragments)
        self._names(fragments, words)
        self._places(rules, fragments, words)
        self._bodies(rules, fragments, words)
        self._sayings(fragments, words)
        self._times(fragments)

    def _roles(self, words: Mapping[str, set[str]]) -> None:
        """The words of the rules by what they do in a name or beside it."""
        self.links = frozenset(words["link"])
        self.breaks = frozenset(words["break"])
        self.totals = self.links & self.breaks
        self.leads = frozenset(words["lead"])
        self.light = frozenset(words["light"])
        self.scopes = frozenset(words["scope"])
        self.agents = Endings(words["agent"])
        self.actors = Endings(words["agent"] | words["region"])
        self.heads = frozenset(words["head"])
        self.outcomes = dict(_pair(p) for p in sorted(words["outcome"]))
        self.agreeing = dict(_pair(p) for p in sorted(words["agree"]))
        self.households = dict(_pair(p) for p in sorted(words["household"]))
        self.votes, self.editions = frozenset(words["vote"]), frozenset(words["edition"])
        self.fates = frozenset(words["fate"])
        self.averages = frozenset(words["average"])
        self.bodies = Endings(words["body"])
        self.speech = re.compile(alternation(words["speech"]))
        self.joints = frozenset(words["joint"])
        self.prepositions = frozenset(words["preposition"])
        self.receivers = frozenset(words["receiver"])
        self.yields = frozenset(words["yield"])
        self.origins, self.situated = tuple(sorted(words["origin"])), frozenset(words["situated"])
        self.passives = frozenset(words["passive"])
        self.closers = frozenset(words["close"])
        self.means = frozenset(words["means"])
        self.dependents = frozenset(words["dependent"])
        self.areas = frozenset(words["area"])
        self.shares = tuple(sorted(words["share"]))
        self.dimension = re.compile(f"(?P<side>{alternation(words['dimension'])})$")
        self.deeds = frozenset(words["deed"])
        self.abstract = frozenset(words["abstract"])
        self.summed = re.compile(f"的(?:{alternation(words['abstract'])})(?![一-鿿])")
        self.kinds = tuple(sorted(words["kind"]))
        self.places = frozenset(words["region"])
        self.nationals = frozenset(words["national"])
        self.measures = tuple(sorted(words["measure"]))
        self.sizes = Endings(words["measure"] | words["rate"])
        self.gauges = Endings(words["measure"] | words["rate"] | words["head"])
        self.rates = tuple(sorted(words["rate"]))
        self.timed = re.compile(alternation(words["timed"]))
        self.pairs = dict(_pair(p) for p in sorted(words["pair"]))

    def _changes(self, fragments: Mapping[str, str]) -> None:
        """The phrasings of changes and of what they are compared with."""
        self.tail, self.ahead, self.noun = (re.compile(led(fragments[n])) for n in ("tail", "ahead", "noun"))
        self.acted, self.parts = _compiled(fragments, "acted", "parts")
        self.adverbs, self.after = _compiled(fragments, "adverbs", "after")
        self.basis_word, self.any_basis = _compiled(fragments, "basis_word", "any_basis")
        self.comparison, self.opening = _compiled(fragments, "comparison", "opening")
        self.source, self.reached = _compiled(fragments, "source", "reached")
        self.referent, self.standard = _compiled(fragments, "referent", "standard")
        self.compared_with, self.last_year = _compiled(fragments, "compared_with", "last_year")
        self.growth, self.holds = _compiled(fragments, "growth", "holds")
        self.turned, self.level_last = _compiled(fragments, "turned", "level_last")
        self.same_time = fragments["same_time"]

    def _names(self, fragments: Mapping[str, str], words: Mapping[str, set[str]]) -> None:
        """What stands in names, and what parts them from their numbers."""
        self.aside = re.compile(led(fragments["aside"]))
        self.per, self.rank, self.sum = _compiled(fragments, "per", "rank", "sum")
        self.joint, self.share, self.among = _compiled(fragments, "joint", "share", "among")
        self.having, self.moved = _compiled(fragments, "having", "moved")
        self.listed_origin, self.number_of = _compiled(fragments, "listed_origin", "number_of")
        self.part, self.group, self.dealt = _compiled(fragments, "part", "group", "dealt")
        self.measure, self.apart = _compiled(fragments, "measure", "apart")
        self.told, self.quoted = _compiled(fragments, "told", "quoted")
        self.hard, self.glued_verbs = re.compile(fragments["hard"]), fragments["glued_verbs"]
        self.ongoing, self.hollow, self.deedlike = map(
            frozenset, _listed(fragments, "ongoing", "hollow", "deedlike")
        )
        self.task_units, self.vote_units, self.bare_units = map(
            frozenset, _listed(fragments, "task_units", "vote_units", "bare_units")
        )
        (self.again,) = _listed(fragments, "again")
        self.has, self.movers = fragments["has"], frozenset(fragments["movers"])
        self.each, self.its, self.aim, self.yearly = (fragments[n] for n in ("each", "its", "aim", "yearly"))
        self.qualities = fragments["qualities"]
        self.pointers = frozenset({*words["demonstrative"], *fragments["pointers"]})
        self.unmannered = frozenset({*self.passives, *fragments["negations"]})

    def _places(self, rules: Rules, fragments: Mapping[str, str], words: Mapping[str, set[str]]) -> None:
        """What is a place, and what stands beside one."""
        countries = {c for c in rules.words("countries") if len(c) > 1}
        self.place_words = (
            (self.regions | self.scopes | countries | words["place"]) - words["no_place"]
            | _pairs(fragments["provinces"], fragments["quarters"])
            | _pairs(fragments["several"], fragments["kinds"])
        )
        self.stems = frozenset(r[:-1] for r in self.regions if len(r) > 2 and r[-1] in words["region"])
        self.no_places = frozenset(words["no_place"])
        self.no_place_before = tuple(sorted(words["no_place_before"]))
        self.place_tails = frozenset(words["place_tail"] | _pairs(ARTICLE, fragments["kinds"]))
        self.place, self.deictic, self.members = _compiled(fragments, "place", "deictic", "members")
        self.given_endings, self.features = tuple(fragments["given_endings"]), tuple(fragments["features"])
        self.locatives, self.sides = frozenset(fragments["locatives"]), frozenset(fragments["quarters"])
        self.regional, self.whole_products, self.governments = _listed(
            fragments, "regional", "whole_products", "governments"
        )
        self.here = frozenset(fragments["here"].split("|"))
        self.counts, self.measured, self.ranked = _compiled(fragments, "counts", "measured", "ranked")
        self.given, self.aided = (re.compile(led(fragments[n])) for n in ("given", "aided"))
        self.residents = frozenset(words["resident"])
        self.partners, self.gates = frozenset(words["partner"]), tuple(sorted(words["gate"]))
        self.appositions = tuple(sorted(words["apposition"]))

    def _bodies(self, rules: Rules, fragments: Mapping[str, str], words: Mapping[str, set[str]]) -> None:
        """What is a body, an event or a person at the head of a clause."""
        endings = {s for r in rules.table("organizations", EndingRule) for s in r.suffixes if len(s) > 1}
        self.body_endings = Endings((endings | words["ending"]) - words["no_body"] - words["region"])
        self.no_bodies, self.generics = Endings(words["no_body"]), frozenset(words["generic"])
        self.deictic_body, self.session = _compiled(fragments, "deictic_body", "session")
        self.bodily, self.counters = tuple(fragments["bodily"]), frozenset(fragments["counters"])
        self.halt, self.levels = fragments["halt"], fragments["levels_of"]
        self.surnames, self.officers = frozenset(rules.words("surnames")), frozenset(words["officer"])
        self.meetings = tuple(sorted(words["meeting"]))
        self.campaigns = tuple(sorted(words["campaign"] | words["meeting"]))
        self.events = Endings({*words["event"], *self.campaigns})
        self.demonstratives = frozenset(words["demonstrative"])
        self.articles = frozenset(words["demonstrative"] | words["article"])
        self.owners, self.causes = tuple(sorted(words["owner"])), frozenset(words["cause"])

    def _sayings(self, fragments: Mapping[str, str], words: Mapping[str, set[str]]) -> None:
        """Who tells something, in what, and what only looks like telling."""
        self.speeches = frozenset(words["speech"] | words["telling"])
        self.sources, self.quoters = frozenset(words["source"]), frozenset(words["quoter"])
        self.forecasts, self.issuing = frozenset(words["forecast"]), frozenset(words["issuing"])
        self.report, self.review, self.shown = _compiled(fragments, "report", "review", "shown")
        self.story = re.compile(led(fragments["story"]))
        self.no_headline, self.newscast = _compiled(fragments, "no_headline", "newscast")
        self.dateline, self.stage = _compiled(fragments, "dateline", "stage")

    def _times(self, fragments: Mapping[str, str]) -> None:
        """What says how a date dates a figure."""
        self.spanned, self.spell, self.screened = _compiled(fragments, "spanned", "spell", "screened")
        self.reaching, self.run, self.until = _compiled(fragments, "reaching", "run", "until")
        self.record, self.planned, self.held = _compiled(fragments, "record", "planned", "held")
        self.seasonal, self.pointed = _compiled(fragments, "seasonal", "pointed")
        self.season, self.untimed = _compiled(fragments, "season", "untimed")
        self.whole_year = frozenset(fragments["whole_year"].split("|"))
        self.outcome, self.ballot = re.compile(fragments["outcome"]), fragments["ballot"]

    def is_place(self, token: Token) -> bool:
        """Whether a word is a place by itself."""
        text = token.text
        if text in self.no_places or len(text) < 2:
            return False
        if text in self.place_words or self.deictic.fullmatch(text):
            return True
        if text in self.stems and token.tag in ("ns", "nr", "nrt", "nz"):
            return True
        return self.is_tagged_place(token) and (len(text) < 4 or text[-1] in self.places)

    def is_tagged_place(self, token: Token) -> bool:
        """Whether only the tag of a word says that it is a place; no list does."""
        text = token.text
        listed = text in self.place_words or text in self.stems
        return token.tag == "ns" and not listed and not text.endswith(self.features)

    def ends_body(self, token: Token) -> bool:
        """Whether a word is a body, or what the name of one ends with."""
        text = token.text
        nominal = token.tag[:1] in "njlsbir" or token.tag == "vn"
        ends = (nominal and self.body_endings.end(text)) or (len(text) > 2 and text[-1] in self.bodily)
        return (ends or self.deictic_body.fullmatch(text) is not None) and not self.no_bodies.end(text)

    def is_person(self, tokens: list[Token]) -> bool:
        """Whether a noun phrase is a person: a name at its end."""
        last = tokens[-1]
        named = last.tag.startswith("nr") and 2 <= len(last.text) <= 4 and last.text[0] in self.surnames
        return named and not self.ends_body(last)

    def acts(self, token: Token) -> bool:
        """Whether the word names a body, a place or a person that figures can be of."""
        if token.text in self.scopes or token.text in self.regions or token.tag == "nr":
            return True
        return len(token.text) > 1 and token.tag[:1] in "njlb" and self.bodies.end(token.text)


def _fragments(
    rules: Rules, forms: Mapping[str, list[str]], words: Mapping[str, set[str]]
) -> Mapping[str, str]:
    """The phrasings of ``[fragments]``, with the words of the rules in them."""
    return rules.fragments(
        "metrics",
        date=DATE,
        verbs=alternation([*forms["verb"], *forms["degree"]]),
        levels=alternation(forms["level"]),
        growths=alternation([*(w for w in forms["verb"] if len(w) > 1), *forms["noun"]]),
        ahead_verbs=alternation(forms["ahead"]),
        change_nouns=alternation(forms["noun"]),
        deeds=alternation(words["deed"]),
        after_words=alternation(forms["after"]),
        speech=alternation(words["speech"]),
        tells=alternation(words["speech"] | words["telling"]),
        bases=alternation({w for rule in rules.table("basis", BasisRule) for w in rule.words}),
        adverb=alternation(words["adverb"]),
        dependents=alternation(words["dependent"]),
        places=alternation(words["region"]),
        origins=alternation(words["origin"]),
    )


def _compiled(fragments: Mapping[str, str], *names: str) -> Iterator[re.Pattern[str]]:
    return (re.compile(fragments[name]) for name in names)


def _listed(fragments: Mapping[str, str], *names: str) -> Iterator[tuple[str, ...]]:
    """Fragments that are words, for those who look them up."""
    return (tuple(fragments[name].split("|")) for name in names)


def _pair(entry: str) -> tuple[str, tuple[str, ...]]:
    word, equals, parts = entry.partition("=")
    if not equals:
        raise RulesError(f"metrics.toml: {entry!r} is not written word=name or word=first、second")
    return word, tuple(parts.split("、"))


def _pairs(firsts: str, lasts: str) -> frozenset[str]:
    """All words of one character of each."""
    return frozenset(first + last for first in firsts for last in lasts)
