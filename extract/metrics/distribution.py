"""分别: names, places or years before a list of numbers, dealt out in order."""

import re

from extract.metrics.lexicon import DATE, Lexicon
from extract.metrics.names import Name, left
from extract.metrics.readings import Reading
from extract.metrics.sentence import Sentence

JOINTS = ("、", "和", "与", "及", "以及")
PREPOSITIONS = ("对", "向", "从", "自")
Share = tuple[Name | None, str | None, str | None]
"""Name, scope and period of one number."""


def distribute(sentence: Sentence, run: list[Reading], lexicon: Lexicon) -> list[Share] | None:
    """What each number of a run measures, or ``None`` where the words before it do not come in the
    same count."""
    first = run[0]
    gap = sentence.gap(first.gap_start, first.name_end)
    end = gap.rfind("分别")
    stop = first.gap_start + end if end >= 0 else first.name_end
    start = first.gap_start + max(gap.rfind(c, 0, stop - first.gap_start) for c in "，；：。") + 1
    years = _years(sentence, start, stop)
    if len(years) == len(run):
        name = left(sentence, first.gap_start, years[0][0], lexicon) if years[0][0] > start else None
        return [(name, None, sentence.text(a, b)) for a, b in years]
    whole = left(sentence, max(start, first.gap_start), stop, lexicon)
    if whole is None:
        return None
    items = _items(sentence, whole, lexicon, len(run))
    if end >= 0 and first.kind == "level":
        predicate = left(sentence, stop + len("分别"), first.name_end, lexicon)  # 铁路、公路分别发送旅客…
        items = [item._replace(text=item.text + predicate.text) if predicate else item for item in items]
    if len(items) != len(run):
        return None
    places = [t for item in items for t in sentence.document.cut(item.start, item.end)]
    if places and all(t.tag == "ns" for t in places):
        return [(None, item.text, None) for item in items]
    return [(item, None, None) for item in items]


def _years(sentence: Sentence, start: int, stop: int) -> list[tuple[int, int]]:
    """The dates of a pure list of dates at the end of the stretch."""
    gap = sentence.gap(start, stop)
    match = re.search(rf"{DATE}+(?:(?:、|和|与|及|以及){DATE}+)+的?$", gap)
    if not match:
        return []
    return [
        (start + m.start(), start + m.end())
        for m in re.finditer(f"{DATE}+", gap[match.start() :])
        for start in [start + match.start()]
    ]


def _items(sentence: Sentence, whole: Name, lexicon: Lexicon, count: int) -> list[Name]:
    """The members of a coordination, with a shared head or a paired word written out."""
    for pair, parts in lexicon.pairs.items():
        if whole.text.endswith(pair) and len(parts) == count:
            stem = whole.text.removesuffix(pair)
            return [whole._replace(text=stem + part) for part in parts]
    tokens = sentence.document.cut(whole.start, whole.end)
    items: list[list[str]] = [[]]
    places: list[int] = [whole.start]
    for token in tokens:
        if token.text in JOINTS:
            items.append([])
            places.append(token.end)
        else:
            items[-1].append(token.text)
    if len(items) < 2 or not all(items):
        return []
    texts = ["".join(i) for i in items]
    tail = _shared_tail(items, lexicon)
    head = _shared_head(items[0], lexicon)
    named = [t if t.endswith(tail) else t + tail for t in texts]
    named = [named[0], *(n if n.startswith(head) else head + n for n in named[1:])]
    return [
        whole._replace(text=n, start=at, end=at + len(t))
        for n, t, at in zip(named, texts, places, strict=True)
    ]


def _shared_tail(items: list[list[str]], lexicon: Lexicon) -> str:
    """`养老保险、失业保险参保人数`: what the last member has beyond the length of the first belongs to
    all, where it is a measure."""
    last = items[-1]
    size = len(items[0]) - (items[0][0] in PREPOSITIONS)
    if not 0 < size < len(last) or not last[-1].endswith(lexicon.heads):
        return ""
    return "".join(last[size:])


def _shared_head(first: list[str], lexicon: Lexicon) -> str:
    """`对东盟、欧盟出口`: the first member's preposition belongs to all."""
    return first[0] if first and first[0] in PREPOSITIONS else ""
