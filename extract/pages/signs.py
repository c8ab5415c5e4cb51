"""The words and forms that tell the parts of a page, compiled from the rules."""

import re
from collections import defaultdict
from typing import Literal

from extract.rules import PatternRule, Rules
from extract.text.script import ScriptConverter, fold

Of = Literal[
    "day",
    "day_after_label",
    "published",
    "updated",
    "other_day",
    "no_day",
    "name_of_date",
    "name_of_update",
    "coded_date",
    "yearless",
    "site",
    "untold",
    "aside",
    "furniture_mark",
    "others_mark",
    "comment_mark",
    "furniture_line",
    "source_mark",
    "author_mark",
    "coded_source",
    "edition",
]
"""What a pattern stands for: forms of a day (anywhere in a head, or after a label only), labels before a day,
the names that pages give to a date in their code, names of sites and sections, titles that tell nothing, the
headings of what stands beside an article, and what tells of sources and authors."""


class PageRule(PatternRule, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """``pattern`` tells what ``of`` says, in simplified script of one width."""

    of: Of


class Signs:
    """The patterns of ``pages.toml``; compiled once."""

    def __init__(self, rules: Rules) -> None:
        self._patterns: dict[Of, list[re.Pattern[str]]] = defaultdict(list)
        for rule, pattern in rules.patterns("pages", PageRule, re.IGNORECASE):
            self._patterns[rule.of].append(pattern)
        fragments = rules.fragments("pages")
        self.beside, self.goes_on = (re.compile(fragments[n]) for n in ("beside", "goes_on"))
        self._nobody = re.compile(rules.fragments("bylines")["nobody"], re.IGNORECASE)
        self._script = rules.shared(ScriptConverter)

    def of(self, of: Of) -> list[re.Pattern[str]]:
        """The patterns of one kind."""
        return self._patterns[of]

    def fits(self, of: Of, text: str) -> bool:
        """Whether a pattern of that kind fits the whole text."""
        return any(pattern.fullmatch(text) for pattern in self._patterns[of])

    def in_mark(self, of: Of, mark: str) -> bool:
        """Whether what the code calls an element tells that it is of that kind."""
        return any(pattern.search(mark) for pattern in self._patterns[of])

    def names(self, plain: str) -> bool:
        """Whether a name is that of someone, no form (`本站`, `原创`)."""
        return not self._nobody.fullmatch(plain)

    def plain(self, text: str) -> str:
        """The text in simplified script and one width; every position stays."""
        return fold(self._script.simplify(text, self._script.detect(text)))
