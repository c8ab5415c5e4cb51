"""The words of the officials' rules, compiled once: titles, organisations, names, forms."""

import re
from typing import Literal

from extract.rules import Rule, Rules, alternation


class TitleRule(Rule, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A group of titles that behave alike (`rules/titles.toml` says what the keys mean)."""

    words: tuple[str, ...]
    bodies: tuple[str, ...] = ()
    needs: bool = False
    strict: bool = False
    swallow: bool = False
    alone: bool = False
    plural: bool = False
    address: bool = False
    foreign: bool = False
    refused: bool = False


class OrganizationRule(Rule, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A kind of organisation by how its names end."""

    suffixes: tuple[str, ...]
    public: bool


class FormRule(Rule, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A form in which person and post stand together (`rules/officials.toml`)."""

    kind: Literal["before", "address", "link", "subject", "roster"]
    lead: str = ""
    link: str = ""
    tail: str = ""
    head: str = ""
    many: bool = False
    plural: bool = False


class Form:
    """A form with its patterns compiled; ``link`` ends at the posts, ``tail`` starts behind them."""

    def __init__(self, rule: FormRule) -> None:
        self.rule = rule
        self.lead = re.compile(rule.lead)
        self.link = re.compile(f"(?:{rule.link})$")
        self.tail = re.compile(rule.tail)
        self.head = re.compile(rule.head)


class Lexicon:
    """All data of the finder; immutable after it is built."""

    def __init__(self, rules: Rules) -> None:
        titles = rules.table("titles", TitleRule)
        self.titles = {word: rule for rule in titles for word in rule.words}
        self.anchor = re.compile(alternation(self.titles))
        ranks = rules.fragments("titles")
        self.rank = re.compile(f"(?:{ranks['rank']})+$")
        self.status = re.compile(f"(?:{ranks['status']})$")
        self._organizations(rules)
        words = rules.fragments("officials")
        self.follow = re.compile(f"(?:{words['follow']})|(?:{words['follow_one']})(?=[\u4e00-\u9fff0-9“《])")
        self.reign = re.compile(words["reign"])
        self.follow_verb = re.compile(words["follow"])
        self.not_given = frozenset(words["not_given"])
        self.not_last = frozenset(words["not_last"])
        self.not_after_word = frozenset(words["not_after_word"])
        self.honorific = re.compile(words["honorific"])
        self.honorific_before = re.compile(f"{words['honorific']}$")
        self.grade = re.compile(words["grade"])
        self.name_separator = re.compile(words["name_separator"])
        self.name_separator_before = re.compile(f"{words['name_separator']}$")
        self.post_separator = re.compile(f"(?:{words['post_separator']})+(?:{ranks['status']})?")
        self.weak = frozenset(words["weak"])
        self.left = re.compile(f"(?:{words['left']})$")
        self.stop = frozenset(words["stop"].split("|"))
        self.hard_stop = re.compile(words["hard_stop"])
        self.stop_tags = frozenset(words["stop_tags"].split("|"))
        self.stop_end = tuple(words["stop_end"])
        self.stop_start = tuple(words["stop_start"])
        self.adverbs = re.compile(f"(?:{words['adverbs']})$")
        self._names(rules)
        self.forms = [Form(rule) for rule in rules.table("officials", FormRule)]

    def _organizations(self, rules: Rules) -> None:
        kinds = rules.table("organizations", OrganizationRule)
        self.suffixes = tuple(s for kind in kinds for s in kind.suffixes if kind.public)
        self.private = tuple(s for kind in kinds for s in kind.suffixes if not kind.public)
        words = rules.fragments("organizations")
        self.joined = re.compile(words["joined"])
        self.session = re.compile(f"{words['owner']}(?:{words['session']})$")
        self.not_bodies = frozenset(words["not_body"].split("|"))
        self.session_start = re.compile(f"(?:{words['session']})")
        self.shared_bodies = frozenset(words["shared"].split("|"))
        self.former = re.compile(words["former"])
        self.heads = frozenset(words["head"].split("|"))
        self.regions = frozenset(rules.words("regions"))
        self.foreign_heads = frozenset(rules.words("countries"))
        self.places = self.regions | self.foreign_heads

    def _names(self, rules: Rules) -> None:
        surnames = rules.words("surnames")
        self.surnames = frozenset(s for s in surnames if len(s) == 1)
        self.compounds = frozenset(s for s in surnames if len(s) > 1)
        self.transliterated = "".join(rules.words("transliteration"))
        self.not_names = frozenset(rules.words("not_names")) - self.compounds
