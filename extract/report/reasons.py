"""Why each rule finds what it finds: the reasons of the rule files, and those of the rules that are code."""

from collections.abc import Mapping
from typing import NamedTuple

from extract.examples import examples
from extract.rules import Rules


class Reason(NamedTuple):
    """What a rule is for, with one of its examples."""

    reason: str
    example: str = ""


def reasons(rules: Rules) -> Mapping[str, Reason]:
    """The reason of every rule in force, by id."""
    code = (line.partition(": ")[::2] for line in rules.words("reasons"))
    known = {rule: Reason(reason) for rule, reason in code}
    for rule in examples(rules):
        first = rule.yes[0]
        known.setdefault(rule.rule, Reason(rule.reason, first["text"]))
    return known
