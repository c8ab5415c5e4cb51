"""The words that the metrics room reads sentences with, compiled from ``rules/``."""

import re
from typing import Literal

from extract.records import Basis, Direction
from extract.rules import Rule, Rules, RulesError, alternation
from extract.text.segment import Token

Form = Literal["verb", "level", "noun", "after", "ahead", "double", "degree"]


Role = Literal[
    "link", "break", "lead", "light", "scope", "agent", "body", "region", "speech", "head", "pair",
    "dependent", "share", "outcome", "average", "close", "means", "timed", "adverb",
    "joint", "preposition", "receiver", "passive",
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


DATE = "\ue000"
QUANTITY = "\ue001"
"""What dates and quantities look like in the masked text that the patterns read."""


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
            for f in ("verb", "level", "noun", "after", "ahead", "degree")
        }
        self.degrees = frozenset(forms["degree"])
        bases = rules.table("basis", BasisRule)
        self.basis: dict[str, Basis] = {w: r.basis for r in bases for w in r.words}
        self.compared: dict[str, Basis] = {w: r.basis for r in bases for w in r.compare}
        words: dict[str, set[str]] = {}
        for rule in rules.table("metrics", WordRule):
            words.setdefault(rule.role, set()).update(rule.words)
        self.links = frozenset(words["link"])
        self.breaks = frozenset(words["break"])
        self.leads = frozenset(words["lead"])
        self.light = frozenset(words["light"])
        self.scopes = frozenset(words["scope"])
        self.empty = self.leads | self.scopes | self.links | self.breaks | frozenset(forms["after"])
        self.agents = tuple(sorted(words["agent"]))
        self.heads = tuple(sorted(words["head"]))
        self.outcomes = dict(_pair(p) for p in sorted(words["outcome"]))
        self.averages = frozenset(words["average"])
        self.bodies = tuple(sorted(words["body"]))
        self.speech = re.compile(alternation(words["speech"]))
        places = alternation(words["region"])
        self.place = re.compile(
            rf"[\u4e00-\u9fff]{{2,4}}?(?<![城超都小社灾景园牧矿股楼夜地辖全])(?:{places})"
        )
        self.joints = frozenset(words["joint"])
        self.prepositions = frozenset(words["preposition"])
        self.receivers = frozenset(words["receiver"])
        self.passives = frozenset(words["passive"])
        self.closers = frozenset(words["close"])
        self.means = frozenset(words["means"])
        self.dependents = frozenset(words["dependent"])
        self.shares = tuple(sorted(words["share"]))
        self.timed = tuple(sorted(words["timed"]))
        self.pairs = dict(_pair(p) for p in sorted(words["pair"]))
        self.regions = frozenset(rules.words("regions"))
        self.region_heads = frozenset(r[:2] for r in self.regions)
        self.hint = re.compile(alternation({*words["scope"], *words["body"], *words["region"]}))
        fragments = rules.fragments("metrics")
        self.aside = re.compile(fragments["aside"])
        self.per = re.compile(fragments["per"])
        self._compile(forms, words)

    def acts(self, token: Token) -> bool:
        """Whether the word names a body, a place or a person that figures can be of."""
        if token.text in self.scopes or token.text in self.regions or token.tag == "nr":
            return True
        return len(token.text) > 1 and token.tag[:1] in "njlb" and token.text.endswith(self.bodies)

    def _compile(self, forms: dict[str, list[str]], words: dict[str, set[str]]) -> None:
        adverb = f"(?:{alternation(words['adverb'])})"
        verbs, levels = alternation([*forms["verb"], *forms["degree"]]), alternation(forms["level"])
        date = f"{DATE}*"
        # 增长5%, 增长了5%, 提高到5%, 降至2012年仅8户: the verb and whether it names a new level
        self.tail = re.compile(
            rf"(?:(?P<level>{levels})|(?P<verb>{verbs})(?:幅度)?(?:了)?(?P<to>至|到|为)?)了?"
            rf"(?:{date}的?)(?:的|{adverb}|只有|每[^，；：]{{1,3}})*$"
        )
        # 高出全国2.1个百分点: the base stands between the verb and the amount
        self.ahead = re.compile(
            rf"(?P<verb>{alternation(forms['ahead'])})(?:了)?(?P<base>[^，；：、]{{1,16}}?)$"
        )
        self.noun = re.compile(
            rf"(?:累计|同比|环比|总)?(?P<noun>{alternation(forms['noun'])})(?P<link>为|达到?|是|在)?(?:{adverb})*$"
        )
        self.adverbs = re.compile(rf"{adverb}+$")
        self.basis_word = re.compile(rf"(?P<word>{alternation(self.basis)})(?P<date>{DATE}+)?(?:的)?$")
        self.any_basis = re.compile(rf"(?P<word>{alternation(self.basis)})")
        self.comparison = re.compile(
            r"(?:(?<![同环占对相无可])比(?![重例如赛分])|较(?![大小多为强快好少低长]|高(?!峰))|相比于?|相较于?"
            r"|[与和同](?=[^，；]*?(?:相比|比|持平|相若|相同|相当)))"
            r"(?P<base>[^，；：、]{1,18}?)(?:相比|时|的)?$"
        )
        self.opening = re.compile(
            r"(?:^|[，；：。\n])(?:[与和同](?P<base>[^，；：]{1,16}?)相?比"
            r"|(?:相比于?|相较于?|较)(?P<other>[^，；：]{1,16}?))，"
        )
        self.after = re.compile(
            rf"^[，、]?(?:{alternation(words['dependent'])})?(?P<all>均|都|全部)?(?:(?:[与和同]|较|比)(?P<base>[^，；：。]{{1,16}}?))?(?:的?数[字据])?"
            rf"(?:基本|大致)?(?P<word>{alternation(forms['after'])})"
        )
        self.source = re.compile(
            r"(?:由|从|自|较|(?<![占同环对可])比(?![重例]))(?P<base>[^，；：由从自较比]{0,14}?)(?P<of>的|时的)?$"
        )
        self.reached = re.compile(rf"^，?(?:并)?(?:至|到|达到?|为|增至|升至|降至)(?:{adverb})* *$")
        self.joint = re.compile(r"^(?:、|和|及|与|以及|或|，)$")
        self.share = re.compile(
            r"(?:(?:占|占到|占了|约占)|(?P<ratio>恢复至|恢复到|完成(?=[^，；]+的$|了?$)|完成(?=[^，；]{0,8}任务的?$))|(?:超过|相当于|达到|为|是)(?=[^，；]+的$))(?P<whole>[^，；：。]{0,24}?)(?:的?(?:比重|比例|份额))?(?:的|为|达到?|超过|约)?$"
        )


def _pair(entry: str) -> tuple[str, tuple[str, ...]]:
    word, equals, parts = entry.partition("=")
    if not equals:
        raise RulesError(f"metrics.toml: {entry!r} is not written word=name or word=first、second")
    return word, tuple(parts.split("、"))
