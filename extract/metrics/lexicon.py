"""The words that the metrics room reads sentences with, compiled from ``rules/``."""

import re
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
        self.links = frozenset(words["link"])
        self.breaks = frozenset(words["break"])
        self.totals = self.links & self.breaks
        self.leads = frozenset(words["lead"])
        self.light = frozenset(words["light"])
        self.scopes = frozenset(words["scope"])
        self.empty = self.leads | self.scopes | self.links | self.breaks | frozenset(forms["after"])
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
        self.regions = frozenset(rules.words("regions"))
        self.region_heads = frozenset(r[:2] for r in self.regions)
        self.hint = re.compile(alternation({*words["scope"], *words["body"], *words["region"]}))
        self._heads(rules, words)
        self._compile(rules, forms, words)

    def _heads(self, rules: Rules, words: dict[str, set[str]]) -> None:
        """What a word at the head of a clause can be."""
        countries = {c for c in rules.words("countries") if len(c) > 1}
        self.place_words = (self.regions | self.scopes | countries | words["place"]) - words["no_place"]
        self.stems = frozenset(r[:-1] for r in self.regions if len(r) > 2 and r[-1] in words["region"])
        self.no_places = frozenset(words["no_place"])
        self.place_tails = frozenset(words["place_tail"])
        endings = {s for r in rules.table("organizations", EndingRule) for s in r.suffixes if len(s) > 1}
        self.body_endings = Endings((endings | words["ending"]) - words["no_body"] - words["region"])
        self.generics = frozenset(words["generic"])
        self.no_bodies = Endings(words["no_body"])
        self.surnames = frozenset(rules.words("surnames"))
        self.meetings = tuple(sorted(words["meeting"]))
        self.campaigns = tuple(sorted(words["campaign"] | words["meeting"]))
        self.events = Endings({*words["event"], *self.campaigns})
        self.issuing, self.residents = frozenset(words["issuing"]), frozenset(words["resident"])
        self.demonstratives = frozenset(words["demonstrative"])
        self.owners = tuple(sorted(words["owner"]))
        self.quoters = frozenset(words["quoter"])
        self.speeches = frozenset(words["speech"] | words["telling"])
        self.sources = frozenset(words["source"])

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

    def _compile(self, rules: Rules, forms: dict[str, list[str]], words: dict[str, set[str]]) -> None:
        """The phrasings of ``[fragments]``, with the words of the rules in them."""
        fragments = rules.fragments(
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
            bases=alternation(self.basis),
            adverb=alternation(words["adverb"]),
            dependents=alternation(words["dependent"]),
            places=alternation(words["region"]),
            origins=alternation(words["origin"]),
        )
        self.per, self.place = (re.compile(fragments[n]) for n in ("per", "place"))
        self.aside, self.story = (re.compile(led(fragments[n])) for n in ("aside", "story"))
        self.rank = re.compile(fragments["rank"])
        self.tail, self.ahead, self.noun = (re.compile(led(fragments[n])) for n in ("tail", "ahead", "noun"))
        self.acted, self.parts = (re.compile(fragments[n]) for n in ("acted", "parts"))
        self.adverbs, self.after = (re.compile(fragments[n]) for n in ("adverbs", "after"))
        self.basis_word, self.any_basis = (re.compile(fragments[n]) for n in ("basis_word", "any_basis"))
        self.comparison, self.opening = (re.compile(fragments[n]) for n in ("comparison", "opening"))
        self.source, self.reached = (re.compile(fragments[n]) for n in ("source", "reached"))
        self.joint, self.share = (re.compile(fragments[n]) for n in ("joint", "share"))
        self.among, self.referent = (re.compile(fragments[n]) for n in ("among", "referent"))
        self.compared_with, self.last_year = (
            re.compile(fragments[n]) for n in ("compared_with", "last_year")
        )
        self.spanned = re.compile(fragments["spanned"])
        self.growth, self.holds = (re.compile(fragments[n]) for n in ("growth", "holds"))
        self.having = re.compile(fragments["having"])
        self.listed_origin = re.compile(fragments["listed_origin"])
        self.number_of = re.compile(fragments["number_of"])
        self.part = re.compile(fragments["part"])
        self.group = re.compile(fragments["group"])
        self.dealt, self.standard = (re.compile(fragments[n]) for n in ("dealt", "standard"))
        self.measure, self.apart = (re.compile(fragments[n]) for n in ("measure", "apart"))
        self.reaching, self.run, self.until = (re.compile(fragments[n]) for n in ("reaching", "run", "until"))
        self.record, self.planned = (re.compile(fragments[n]) for n in ("record", "planned"))
        self.same_time = fragments["same_time"]
        self.halt, self.whole_year = fragments["halt"], frozenset(fragments["whole_year"].split("|"))
        self.measured, self.report = (re.compile(fragments[n]) for n in ("measured", "report"))
        self.review, self.ranked = re.compile(fragments["review"]), re.compile(fragments["ranked"])
        self.members, self.here = re.compile(fragments["members"]), frozenset(fragments["here"].split("|"))
        self.outcome, self.ballot = re.compile(fragments["outcome"]), fragments["ballot"]
        self.levels = fragments["levels_of"]
        self.hard, self.glued_verbs = re.compile(fragments["hard"]), fragments["glued_verbs"]
        self.ongoing, self.hollow = (frozenset(fragments[n].split("|")) for n in ("ongoing", "hollow"))
        self.qualities = fragments["qualities"]
        self.deedlike = frozenset(fragments["deedlike"].split("|"))
        self.regional, self.whole_products = (
            tuple(fragments[n].split("|")) for n in ("regional", "whole_products")
        )
        self.governments = tuple(fragments["governments"].split("|"))
        self.sides = frozenset(fragments["quarters"])
        self.articles = frozenset({*words["demonstrative"], *words["article"]})
        self.place_words |= _pairs(fragments["provinces"], fragments["quarters"])
        self.place_words |= _pairs(fragments["several"], fragments["kinds"])
        self.place_tails |= _pairs(ARTICLE, fragments["kinds"])
        self.deictic, self.deictic_body = (re.compile(fragments[n]) for n in ("deictic", "deictic_body"))
        self.bodily = tuple(fragments["bodily"])
        self.features, self.locatives = tuple(fragments["features"]), frozenset(fragments["locatives"])
        self.counts = re.compile(fragments["counts"])
        self.given, self.aided = (re.compile(led(fragments[n])) for n in ("given", "aided"))
        self.told, self.quoted = (re.compile(fragments[n]) for n in ("told", "quoted"))
        self.moved = re.compile(fragments["moved"])
        self.turned, self.level_last = (re.compile(fragments[n]) for n in ("turned", "level_last"))
        self.stage = re.compile(fragments["stage"])
        self.session = re.compile(fragments["session"])
        self.given_endings = tuple(fragments["given_endings"])
        self.forecasts = frozenset(words["forecast"])
        self.no_place_before = tuple(sorted(words["no_place_before"]))
        self.shown = re.compile(fragments["shown"])
        self.seasonal, self.pointed = (re.compile(fragments[n]) for n in ("seasonal", "pointed"))
        self.screened = re.compile(fragments["screened"])
        self.spell = re.compile(fragments["spell"])
        self.season, self.untimed = (re.compile(fragments[n]) for n in ("season", "untimed"))
        self.held = re.compile(fragments["held"])
        self.causes = frozenset(words["cause"])
        self.officers = frozenset(words["officer"])
        self.dateline = re.compile(fragments["dateline"])
        self.appositions = tuple(sorted(words["apposition"]))
        self.partners = frozenset(words["partner"])
        self.counters = frozenset(fragments["counters"])
        self.gates = tuple(sorted(words["gate"]))
        self.no_headline, self.newscast = (re.compile(fragments[n]) for n in ("no_headline", "newscast"))
        self.sum, self.has = re.compile(fragments["sum"]), fragments["has"]
        self.again, self.movers = tuple(fragments["again"].split("|")), frozenset(fragments["movers"])
        self.task_units = frozenset(fragments["task_units"].split("|"))
        self.vote_units = frozenset(fragments["vote_units"].split("|"))
        self.bare_units = frozenset(fragments["bare_units"].split("|"))
        self.each, self.its, self.aim, self.yearly = (fragments[n] for n in ("each", "its", "aim", "yearly"))
        self.pointers = frozenset({*words["demonstrative"], *fragments["pointers"]})
        self.unmannered = frozenset({*self.passives, *fragments["negations"]})


def _pair(entry: str) -> tuple[str, tuple[str, ...]]:
    word, equals, parts = entry.partition("=")
    if not equals:
        raise RulesError(f"metrics.toml: {entry!r} is not written word=name or word=first、second")
    return word, tuple(parts.split("、"))


def _pairs(firsts: str, lasts: str) -> frozenset[str]:
    """All words of one character of each."""
    return frozenset(first + last for first in firsts for last in lasts)
