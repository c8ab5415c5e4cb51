"""The name of a metric: its words and where they stand."""

from itertools import pairwise

from msgspec import Struct

from extract.metrics.sentence import Sentence
from extract.metrics.stretches import undated
from extract.text.segment import Token

EDGES = ("的", "了", "和", "与", "及", "并")
ASPECTS = ("ul", "uz")


class Name(Struct, frozen=True, gc=False):
    """A name, where it stands, and the body before its verb that acts."""

    text: str
    start: int
    end: int
    agent: str | None = None
    share: bool = False
    """Names a part of another quantity (`出口占总值`)."""
    of: bool = False
    """Stands behind a percentage and 的 (`60%以上的税收`)."""
    counted: str = ""
    """The counted noun of a name with what is said of it (`学员` of `学员来自农村`)."""
    said: bool = False
    """Begins with a verb, of what stands before the number (`队员3人驰援灾区`)."""
    predicate: str = ""
    """The verb phrase that a counted subject ends with (`辅警因公牺牲`)."""
    aimed: bool = False
    """What is counted is the object of a preposition (`从3个方向`)."""
    opens: bool = False
    """Ends in a verb whose object follows the number (`拨款3亿元用于…`)."""
    verb: str = ""
    """The verb that it begins with, or ends with after its topic (`公租房开工`)."""
    rule: str = "name.before"
    """Id of the rule of how it was found."""


def named(
    sentence: Sentence, tokens: list[Token], agent: str | None = None, opens: bool = False
) -> Name | None:
    """The name that words make, without function words, dates and aspects; ``None`` where nothing is left.
    ``opens``: the object of its verb follows the number."""
    while len(tokens) > 1 and tokens[0].text in EDGES:
        tokens = tokens[1:]
    while len(tokens) > 1 and tokens[-1].text in EDGES:
        tokens = tokens[:-1]
    text = undated(sentence, tokens[0].start, tokens[-1].end)
    stripped = _unaspected(text, tokens).strip(" 、（）")
    if not stripped:
        return None
    start = tokens[0].start + len(text) - len(text.lstrip(" 、（）"))
    end = tokens[-1].end - len(text) + len(text.rstrip(" 、（）"))
    if stripped.count("“") != stripped.count("”"):
        stripped = stripped.replace("“", "").replace("”", "")
    return Name(stripped.replace(" ", ""), start, end, agent, opens=opens)


def _unaspected(text: str, tokens: list[Token]) -> str:
    """The text of a name without the 了 or 着 behind its verb (`改建了粮仓`)."""
    for verb, aspect in pairwise(tokens):
        if aspect.tag in ASPECTS and verb.tag in ("v", "vn"):
            text = text.replace(verb.text + aspect.text, verb.text, 1)
    return text
