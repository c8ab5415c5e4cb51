"""What headings of tables mean, and the units that they give."""

import re
from decimal import Decimal
from typing import Literal, NamedTuple

from extract.mentions import Phrase
from extract.numbers.units import Units
from extract.numerals import parse
from extract.rules import Rule, Rules
from extract.tables.grid import Cell

Role = Literal[
    "serial", "unit", "value", "year_on_year", "period_on_period", "change", "rate",
    "period", "times", "place", "places", "total", "order",
]  # fmt: skip
PER_MILLE = "‰"
SCALES = "十百千万亿兆"
BRACKET = re.compile(r"[（(](?P<words>[^（）()]*)[）)]")
STATED = re.compile(r"单位(?:[:：]|均?[为是])\s*(?P<words>[^\s）)|。；]+)")
NUMBERED = re.compile(r"[# ]*附?表\s*[\d一二三四五六七八九十]*(?:[-—.－]\d+)*[:：.、 ]*")
"""What a caption begins with before it says anything."""


class TableRule(Rule, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """``pattern`` is of a heading that has the ``role``."""

    role: Role
    pattern: str


class Measure(NamedTuple):
    """A unit and what its numbers are multiplied by."""

    unit: str
    scale: Decimal
    family: str
    currency: str | None = None
    sign: str = ""
    """The sign of a unit that numbers are written in, but not counted in (`‰`)."""


class Words:
    """Reads headings; compiled once."""

    def __init__(self, rules: Rules) -> None:
        self._patterns = {r.role: re.compile(r.pattern) for r in rules.table("tables", TableRule)}
        self._units = rules.shared(Units)

    def fits(self, role: Role, heading: str) -> bool:
        return self._patterns[role].fullmatch(heading) is not None

    def is_time(self, cell: str) -> bool:
        """Whether a cell with a digit is a time, and no number (`2021年`)."""
        return not cell.isdecimal() and self.fits("period", cell)

    def search(self, role: Role, text: str) -> str | None:
        found = self._patterns[role].search(text)
        return found[0] if found else None

    def place(self, line: Cell) -> Phrase | None:
        """The place that a caption begins with, perhaps after its time."""
        found = NUMBERED.match(line.text)
        at = found.end() if found else len(line.text) - len(line.text.lstrip("# "))
        if dated := self._patterns["period"].match(line.text, at):
            at = dated.end()
        match = self._patterns["place"].match(line.text, at)
        return Phrase(match[0], line.start + match.start(), line.start + match.end()) if match else None

    def bare(self, heading: str) -> str:
        """A heading without its order and its unit."""
        while found := self._patterns["order"].match(heading):
            heading = heading[found.end() :].strip()
        return BRACKET.sub(lambda m: "" if self.measure(m["words"]) else m[0], heading).strip(" *①②③④⑤:：")

    def measure(self, words: str) -> Measure | None:
        """`万元` and the like, whole."""
        words = words.strip().removeprefix("单位:").removeprefix("单位：")
        for cut in range(len(words)):
            place = self._units.at(words, cut)
            if place and place.end == len(words):
                scale = (parse(f"1{words[:cut]}") if cut else None) or Decimal(1)
                unit = place.unit
                sign = words if words == PER_MILLE else ""
                return Measure(place.name, scale * (unit.scale or 1), unit.family, unit.currency, sign)
            if words[cut] not in SCALES:
                return None
        return None

    def of_heading(self, heading: str) -> Measure | None:
        """The unit in the brackets of a heading, or the % at its end."""
        found = (self.measure(m["words"]) for m in BRACKET.finditer(heading))
        return next(filter(None, found), self.measure("%") if heading.endswith("%") else None)

    def stated(self, lines: list[Cell]) -> list[Measure]:
        """The units that the lines above a table, or below it, give; none where one leaves it open."""
        for line in lines:
            if match := STATED.search(line.text):
                measures = [self.measure(w) for w in re.split("[、,，;；]", match["words"])]
                if "/" in match["words"] and all(map(self.measure, match["words"].split("/"))):
                    return []
                return [m for m in measures if m]
        return []
