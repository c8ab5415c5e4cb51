"""分别: names, places or years before a list of numbers, dealt out in order."""

import itertools
import re
from collections.abc import Iterator

from msgspec.structs import replace

from extract.mentions import DateMention, Phrase
from extract.metrics.lexicon import DATE, Lexicon
from extract.metrics.names import Name, left
from extract.metrics.readings import Reading
from extract.metrics.sentence import Sentence, last_clause
from extract.metrics.stretches import content
from extract.metrics.words import cut
from extract.text.segment import Token

APART = "分别"
ORDINAL = "第"
JOINED = re.compile("[、和与及]")
YEARS = re.compile(f"{DATE}+(?:(?:、|和|与|及|以及){DATE}+)+")
Share = tuple[Name | None, Phrase | None, DateMention | None]
"""Name, scope and period of one number."""


def distribute(sentence: Sentence, run: list[Reading], lexicon: Lexicon) -> list[Share] | None:
    """What each number of a run measures, or ``None`` where the words before it do not come in the
    same count."""
    first = run[0]
    gap = sentence.gap(first.gap_start, first.name_end)
    end = gap.rfind(APART)
    stop = first.gap_start + end if end >= 0 else first.name_end
    stop = first.gap_start + len(gap[: stop - first.gap_start].rstrip("，"))  # an aside stood there
    start = first.gap_start + last_clause(gap[: stop - first.gap_start])
    years = _years(sentence, first.gap_start, stop)
    listed = years and JOINED.search(sentence.text(years[-1][1], stop))  # 去年和今年，小麦、玉米产量分别…
    if len(years) == len(run) and not listed:
        name = _dated(sentence, first, years, stop, lexicon)
        return [(name, None, sentence.date_at(a)) for a, _ in years]
    start = max(start, first.gap_start)
    whole = left(sentence, start, stop, lexicon) or _partners(sentence, start, stop, lexicon)
    if whole is None:
        return None
    items = _items(sentence, whole, lexicon, len(run))
    if len(items) == len(run) and all(_is_place(sentence, item, lexicon) for item in items):
        return [(None, Phrase(item.text, item.start, item.end), None) for item in items]
    if end >= 0 and first.kind == "level":
        predicate = left(sentence, stop + len(APART), first.name_end, lexicon)  # 铁路、公路分别发送旅客…
        items = [replace(item, text=item.text + predicate.text) if predicate else item for item in items]
    if len(items) != len(run) or all(item.text in lexicon.basis for item in items):
        return None
    return [(item, None, None) for item in items]


def _partners(sentence: Sentence, start: int, stop: int, lexicon: Lexicon) -> Name | None:
    """`对甲国、乙国分别出口`: places that a preposition makes partners are a part of the name."""
    tokens = content(sentence, start, stop, lexicon)
    opens = next((t.start for t in reversed(tokens) if t.text in lexicon.prepositions), None)
    if opens is None or opens == tokens[-1].start:
        return None
    return Name(sentence.text(opens, tokens[-1].end), opens, tokens[-1].end)


def _is_place(sentence: Sentence, item: Name, lexicon: Lexicon) -> bool:
    if item.text in lexicon.regions or lexicon.place.fullmatch(item.text):
        return True
    return all(t.tag == "ns" for t in sentence.document.cut(item.start, item.end))


def _years(sentence: Sentence, start: int, stop: int) -> list[tuple[int, int]]:
    """The dates of the last list of dates in a stretch."""
    lists = list(YEARS.finditer(sentence.masked, start - sentence.start, stop - sentence.start))
    if not lists:
        return []
    offset = sentence.start + lists[-1].start()
    return [(offset + m.start(), offset + m.end()) for m in re.finditer(f"{DATE}+", lists[-1][0])]


def _dated(
    sentence: Sentence, first: Reading, years: list[tuple[int, int]], stop: int, lexicon: Lexicon
) -> Name | None:
    """What the numbers of several years measure: named before the years, or after them with the verb behind
    分别 (`2021年和2022年，全县分别招工…`)."""
    opens, end = years[0][0], years[-1][1]
    clause = first.gap_start + last_clause(sentence.gap(first.gap_start, opens))
    if opens > clause and not sentence.text(end, stop).strip("的，"):
        return left(sentence, first.gap_start, opens, lexicon)
    subject = left(sentence, end, stop, lexicon)
    verb = left(sentence, stop + len(APART), first.name_end, lexicon) if first.name_end > stop else None
    return replace(verb, text=subject.text + verb.text) if subject and verb else subject or verb


def _items(sentence: Sentence, whole: Name, lexicon: Lexicon, count: int) -> list[Name]:
    """The members of a coordination, with a shared head or a paired word written out."""
    for pair, parts in lexicon.pairs.items():
        if whole.text.endswith(pair) and len(parts) == count:
            stem = whole.text.removesuffix(pair)
            return [replace(whole, text=stem + part) for part in parts]
    for members in _members(cut(sentence.document, whole.start, whole.end, lexicon), lexicon):
        if len(members) == count and all(members):
            return _written_out(sentence, members, whole, lexicon)
    return []


def _members(tokens: list[Token], lexicon: Lexicon) -> Iterator[list[list[Token]]]:
    """Ways to part a coordination: at every joint, at 、 and the last joint, at 、 alone."""
    joints = [i for i, t in enumerate(tokens) if t.text in lexicon.joints]
    stops = [i for i in joints if tokens[i].text == "、"]
    for cuts in (joints, sorted({*stops, *joints[-1:]}), stops):
        edges = [-1, *cuts, len(tokens)]
        yield [tokens[a + 1 : b] for a, b in itertools.pairwise(edges)]


def _written_out(sentence: Sentence, members: list[list[Token]], whole: Name, lexicon: Lexicon) -> list[Name]:
    """Each member with the head and the tail that it shares."""
    tail, head = _shared_tail(members, lexicon), _shared_head(members[0], lexicon)
    names = []
    for i, member in enumerate(members):
        text = sentence.text(member[0].start, member[-1].end)
        text = text if text.endswith(tail) else text + tail
        text = head + text if i and not text.startswith(head) else text
        names.append(replace(whole, text=text, start=member[0].start, end=member[-1].end))
    return names


def _shared_tail(members: list[list[Token]], lexicon: Lexicon) -> str:
    """`养老保险、失业保险参保人数`: what the last member has beyond the length of the first belongs to
    all, where it is a measure."""
    last = members[-1]
    kind = members[0][-1].text[-1]
    alike = next((i for i, t in enumerate(last[:-1], 1) if t.text.endswith(kind)), 0)
    size = alike or len(members[0]) - (members[0][0].text in lexicon.prepositions)
    measures = (*lexicon.heads, *lexicon.shares)
    shared = last[-1].text.endswith(measures) or last[0].tag == members[0][-1].tag == "ns"
    return "".join(t.text for t in last[size:]) if 0 < size < len(last) and shared else ""


def _shared_head(first: list[Token], lexicon: Lexicon) -> str:
    """`对东盟、欧盟出口`: the first member's preposition belongs to all; so does the verb of
    `新改建公路、桥梁`."""
    if first[0].text.startswith(ORDINAL):  # 第一、二、三产业
        return ORDINAL
    verb = len(first) > 1 and first[0].tag == "v"
    return first[0].text if first[0].text in lexicon.prepositions or verb else ""
