"""分别: names, places or years before a list of numbers, dealt out in order."""

import re

from msgspec.structs import replace

from extract.mentions import DateMention, Phrase
from extract.metrics import phrases
from extract.metrics.coordination import Coordination, Member, coordination
from extract.metrics.lexicon import DATE, Lexicon
from extract.metrics.name import Name
from extract.metrics.names import left
from extract.metrics.readings import Reading
from extract.metrics.sentence import Sentence, last_clause
from extract.metrics.stretches import content, stretches

APART = "分别"
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
    years = _years(sentence, first.gap_start, stop)
    listed = years and JOINED.search(sentence.text(years[-1][1], stop))  # 去年和今年，小麦、玉米产量分别…
    if len(years) == len(run) and not listed:
        name = _dated(sentence, first, years, stop, lexicon)
        return [(name, None, sentence.date_at(a)) for a, _ in years]
    whole = _before(sentence, first, stop, len(run), lexicon)
    if whole is None or all(member.text in lexicon.basis for member in whole.members):
        return None
    said = None
    if end >= 0 and first.kind == "level":
        said = left(sentence, stop + len(APART), first.name_end, lexicon)  # 铁路、公路分别发送旅客…
    return [_share(whole, member, said, lexicon) for member in whole.members]


def of_subject(sentence: Sentence, run: list[Reading], side: Name, lexicon: Lexicon) -> list[Name]:
    """`安全感和满意度逐年提升，得分达…`: a ``side`` of the things that the clause before speaks of."""
    start = run[0].gap_start
    stop = start + last_clause(sentence.gap(start, side.start)) - 1
    clause = start + last_clause(sentence.gap(start, max(start, stop)))
    tokens = content(sentence, clause, stop, lexicon) if stop > clause else []
    last = max((i for i, t in enumerate(tokens) if t.text in lexicon.joints), default=len(tokens))
    opens = last + 1 + (tokens[last + 1 : last + 2] != [] and tokens[last + 1].text in lexicon.prepositions)
    length = phrases.noun_phrase(tokens[opens:], lexicon)
    whole = coordination(sentence, tokens[: opens + length], len(run), lexicon) if length else None
    return (
        [replace(side, text=whole.whole(m) + side.text, rule="name.dealt") for m in whole.members]
        if whole
        else []
    )


def _before(
    sentence: Sentence, first: Reading, stop: int, count: int, lexicon: Lexicon
) -> Coordination | None:
    """The coordination that ends at ``stop``, in the clause of the first number."""
    start = first.gap_start + last_clause(sentence.gap(first.gap_start, stop))
    stretch = next(stretches(sentence, start, stop), None)
    tokens = content(sentence, *stretch, lexicon) if stretch else []
    compared = next((i for i, t in enumerate(tokens) if i and t.text in lexicon.basis), len(tokens))
    tokens = tokens[:compared]  # 产量、产值同比上升 + 分别为
    while tokens and phrases.is_link(tokens[-1], lexicon):
        tokens.pop()
    return coordination(sentence, tokens, count, lexicon)


def _share(whole: Coordination, member: Member, said: Name | None, lexicon: Lexicon) -> Share:
    """What one number measures: the member, written out; of a place only what is shared, the place is its
    scope, unless it is a partner (`对越南出口`) or says who they are (`越南旅客`)."""
    shared = whole.tail + (said.text if said else "")
    scope = member.place and not whole.head and not whole.tail.endswith(tuple(lexicon.nationals))
    text = shared if scope else whole.whole(member) + (said.text if said else "")
    name = Name(text, member.start, member.end, rule="name.dealt") if text else None
    return name, Phrase(member.text, member.start, member.end) if scope else None, None


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
