"""The outcome of a scored corpus for other programs: JSON, JUnit's XML, Markdown, annotations of GitHub."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple
from xml.etree import ElementTree

import msgspec

from extract.gold import gate
from extract.gold.report import changes, told
from extract.gold.tally import BALANCED, GROUPS, TYPES, Tallies, Tally, total
from extract.markdown import plain

BAD = ("lost", "worse", "spurious")
"""Differences that are none for the better."""
MOST = 100
"""Differences that Markdown tells."""


class Outcome(NamedTuple):
    """A scored corpus, and the baseline that it is held against."""

    scores: Mapping[str, Tallies]
    before: gate.Baseline
    errors: list[str]
    """The articles that failed, a line each."""

    @property
    def falls(self) -> list[gate.Fall]:
        """The fields below their floors."""
        return gate.falls(self.before, gate.standing(self.scores))

    @property
    def differences(self) -> list[gate.Difference]:
        """The records that are other than in the baseline."""
        return list(gate.differences(self.before, self.scores))

    def problems(self) -> dict[str, list[str]]:
        """What is worse in each article than in the baseline, in lines; none where all is as good."""
        found: dict[str, list[str]] = {name: [] for name in self.scores}
        for difference in self.differences:
            if difference.what in BAD:
                found[difference.article] += told(difference)
        for name, lines in found.items():
            lines += [error for error in self.errors if error.startswith(f"failed: {name}:")]
        return found


def as_json(outcome: Outcome) -> Iterator[str]:
    """One object: ``figures`` by record type and field, ``falls``, ``differences``, ``errors``."""
    sums = total(outcome.scores.values())
    data = {
        "articles": len(outcome.scores),
        "figures": {g: {f: _figure(sums[g], f) for f in sums[g].stated} for g in GROUPS},
        "falls": [fall._asdict() for fall in outcome.falls],
        "differences": [_plain(difference) for difference in outcome.differences],
        "errors": outcome.errors,
    }
    yield msgspec.json.format(msgspec.json.encode(data), indent=1).decode()


def as_junit(outcome: Outcome) -> Iterator[str]:
    """A case for each floor and each article: a field below its floor fails, and a record that got worse."""
    root = ElementTree.Element("testsuites", name="zhextract score")
    floors = ElementTree.SubElement(root, "testsuite", name="floors")
    falls = {(fall.group, fall.field): fall for fall in outcome.falls}
    for group, fields in outcome.before.floors.items():
        for field in fields:
            fall = falls.get((group, field))
            _case(floors, f"floors.{group}", field, [fallen(fall)] if fall else [])
    articles = ElementTree.SubElement(root, "testsuite", name="articles")
    for name, lines in outcome.problems().items():
        _case(articles, "articles", name, lines)
    for suite in root:
        suite.set("tests", str(len(suite)))
        suite.set("failures", str(len(suite.findall("testcase/failure"))))
    ElementTree.indent(root)
    yield ElementTree.tostring(root, encoding="unicode", xml_declaration=True)


def as_markdown(outcome: Outcome) -> Iterator[str]:
    """The figures beside their floors, then what changed."""
    sums = total(outcome.scores.values())
    said = ", ".join(f"{group} {sums[group].figures().f1:.3f}" for group in TYPES)
    yield f"**F1 of whole records** on {len(outcome.scores)} articles: {said}"
    yield ""
    yield "| | field | figure | floor |"
    yield "| --- | --- | --- | --- |"
    for group in GROUPS:
        for field in sums[group].stated:
            floor = outcome.before.floors.get(group, {}).get(field)
            mark = " ❌" if any((f.group, f.field) == (group, field) for f in outcome.falls) else ""
            floored = "" if floor is None else f"{floor:.4f}"
            yield f"| {group} | {field} | {sums[group].figure(field):.4f}{mark} | {floored} |"
    yield ""
    lines = [*outcome.errors, *changes(outcome.before, outcome.scores)]
    yield from (f"{'  >' if line.startswith('   ') else '-'} {plain(line)}" for line in lines[:MOST])
    if len(lines) > MOST:
        yield f"- and {len(lines) - MOST} lines more"


def annotations(outcome: Outcome, corpus: str) -> Iterator[str]:
    """Commands of a GitHub workflow that mark what got worse at the gold files of a corpus."""
    for fall in outcome.falls:
        yield f"::error title=below the floor::{_data(fallen(fall))}"
    for error in outcome.errors:
        yield f"::error title=failed::{_data(error)}"
    for difference in outcome.differences:
        if difference.what in BAD:
            text = _data("\n".join(told(difference)))
            title = f"{difference.what}, {difference.group}"
            yield f"::warning file={corpus}/gold/{difference.article}.json,title={title}::{text}"


FORMS: Mapping[str, Callable[[Outcome], Iterable[str]]] = {
    "json": as_json,
    "junit": as_junit,
    "markdown": as_markdown,
}


def _figure(tally: Tally, field: str) -> dict[str, float]:
    figure = {"figure": round(tally.figure(field), 4), "of": tally.stated[field]}
    if field in BALANCED:
        precision, recall, _ = tally.figures(field)
        figure |= {"precision": round(precision, 4), "recall": round(recall, 4)}
    return figure


def _plain(difference: gate.Difference) -> dict[str, Any]:
    plain = difference._asdict()
    judged = plain.pop("judged")
    return plain | {"sentence": judged.sentence if judged else ""}


def _case(suite: ElementTree.Element, of: str, name: str, lines: list[str]) -> None:
    case = ElementTree.SubElement(suite, "testcase", classname=of, name=name)
    if lines:
        ElementTree.SubElement(case, "failure", message=_sound(lines[0])).text = _sound("\n".join(lines))


def _sound(text: str) -> str:
    """Without the control characters that XML cannot hold."""
    return "".join(c for c in text if c in "\t\n" or (c >= " " and c not in "\ufffe\uffff"))


def fallen(fall: gate.Fall) -> str:
    """A fall in words."""
    return f"{fall.group}: {fall.field} {fall.figure:.4f} is below the floor {fall.floor:.4f}"


def _data(text: str) -> str:
    """A text as the workflow commands of GitHub want it."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
