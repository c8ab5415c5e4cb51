"""What each quantity of a sentence does: states a level, an amount of change, or the level before it."""

import re
from dataclasses import dataclass

from msgspec.structs import replace

from extract.mentions import QuantityMention
from extract.metrics import comparison
from extract.metrics.comparison import Comparison
from extract.metrics.lexicon import DATE, Lexicon
from extract.metrics.sentence import Sentence
from extract.records import Direction

WORD = 6
"""Characters before a verb that can make one word with it."""
BREAK = "破"
"""First of the bound words of a level that was passed: 跌破, 涨破."""
RELATIVE = ("point", "multiple", "percent")
"""Families of units that a change is said in, whatever the level's unit."""
DOUBLING = "番"
"""Unit of 翻一番: its amount counts doublings."""

TURNED = ("为", "向")
"""How the words end that a change turns by (转为, 转向)."""
STATED = "metric.level"
"""What a level is read by that no word of change names; the rule of its name is that of its record."""


@dataclass(slots=True)
class Reading:
    """A quantity and its part in the sentence. ``name_end`` is where the name's text ends: before the
    words of comparison and change."""

    quantity: QuantityMention
    gap_start: int
    name_end: int
    kind: str = "level"  # level, amount, source
    direction: Direction | None = None
    """Of an amount; or of a level that the text says was risen or fallen to."""
    comparison: Comparison | None = None
    linked: bool = False
    """Only a joint parts it from the quantity before it."""
    joined: bool = False
    """Continues the list of the quantity before it, in the same unit."""
    distributed: bool = False
    """分别 stands before it."""
    source: "Reading | None" = None
    """The earlier level that it moved from."""
    average: bool = False
    """年均: an average rate, no change of a level."""
    standard: str = ""
    """What else the level is of than what is spoken of: 市场预期."""
    turned: tuple[int, int] | None = None
    """Place of the earlier time, and change, that it turned from."""
    passed: bool = False
    """Only what the next change turned from."""
    rule: str = STATED


def read(sentence: Sentence, lexicon: Lexicon) -> list[Reading]:
    """The readings of a sentence's quantities in order; a basis carries forward within the sentence."""
    readings: list[Reading] = []
    carried = comparison.opening(sentence, lexicon)
    start = sentence.start
    for number, quantity in enumerate(sentence.quantities):
        gap = sentence.gap(start, quantity.start).rstrip()
        reading = Reading(quantity, start, quantity.start)
        previous = readings[-1] if readings else None
        reading.linked = previous is not None and _is_linked(previous, quantity, gap, lexicon)
        amounts = previous is not None and previous.kind == "amount"
        dealt = amounts and previous is not None and (previous.distributed or gap == "或")  # 跌25点或0.1%
        if previous and reading.linked and (dealt or _same_measure(previous.quantity, quantity)):
            _continue(reading, previous)
        else:
            _classify(reading, gap, sentence, lexicon)
            if previous and previous.distributed and previous.kind == reading.kind == "amount":
                _deal(reading, sentence.gap(start, reading.name_end), previous)
            following = sentence.quantities[number + 1 : number + 2]
            if (
                reading.kind == "level"
                and following
                and _is_source(gap, quantity, following[0], sentence, lexicon)
            ):
                _take_source(reading, gap, sentence, lexicon)
        if previous and previous.kind == "source":
            reading.source = previous
            reading.comparison = reading.comparison or previous.comparison
        if reading.kind == "amount" and not reading.joined:
            _turn(reading, previous, sentence, lexicon)
        if reading.direction and not reading.comparison and reading.kind == "amount":
            reading.comparison = carried
        if reading.comparison and reading.kind != "source":
            carried = reading.comparison
        readings.append(reading)
        start = quantity.end
    return readings


def _is_linked(previous: Reading, quantity: QuantityMention, gap: str, lexicon: Lexicon) -> bool:
    """Whether only a joint parts a quantity from the one before it; a comma joins what is measured alike."""
    alike = gap != "，" or previous.distributed or previous.quantity.family == quantity.family
    return alike and lexicon.joint.match(gap) is not None


def _same_measure(a: QuantityMention, b: QuantityMention) -> bool:
    return a.family == b.family and (a.unit == b.unit or (a.group is not None and a.group == b.group))


def _continue(reading: Reading, previous: Reading) -> None:
    reading.joined = True
    reading.kind = previous.kind
    reading.direction = previous.direction
    reading.comparison = previous.comparison
    reading.distributed = previous.distributed
    reading.rule = previous.rule
    reading.name_end = reading.gap_start


def _deal(reading: Reading, between: str, previous: Reading) -> None:
    """`分别增长8%、下降9%`: the next of the dealt-out changes has a verb of its own; behind a comma it does
    not measure against something else (`，快于全省2%`)."""
    if between.strip("，、和及与") == "" and not (between.startswith("，") and reading.comparison):
        reading.linked = reading.joined = reading.distributed = True
        reading.comparison = reading.comparison or previous.comparison


def _classify(reading: Reading, gap: str, sentence: Sentence, lexicon: Lexicon) -> None:
    """Set kind, direction, comparison and name_end from the words before the quantity."""
    if reading.quantity.unit == DOUBLING:
        reading.kind, reading.direction, reading.rule = "amount", "increase", "change.double"
        reading.name_end = reading.quantity.start
        _compare(reading, gap, sentence, lexicon)
        return
    reading.distributed = "分别" in gap.rsplit("；", 1)[-1]
    if _by_verb(reading, gap, sentence, lexicon) or _by_object(reading, gap, sentence, lexicon):
        return
    if reading.quantity.family in RELATIVE:
        (
            _by_deed(reading, gap, sentence, lexicon)
            or _by_noun(reading, gap, sentence, lexicon)
            or _by_sign(reading, gap, sentence, lexicon)
            or _by_growth(reading, gap, sentence, lexicon)
        )


def _by_verb(reading: Reading, gap: str, sentence: Sentence, lexicon: Lexicon) -> bool:
    """`增长5%`, `提高到5%`: a verb of change right before the number."""
    match = lexicon.tail.search(gap, comparison.near(gap))
    reach = match and match["reach"]
    if not match or (reach and (reading.quantity.family not in RELATIVE or match["verb"] in lexicon.degrees)):
        return False
    adverbs = lexicon.adverbs.search(gap, comparison.near(gap), match.start())
    start = adverbs.start() if adverbs else match.start()
    if not match["level"] and _is_compound(reading, gap[:start], sentence, lexicon):
        return True
    if not adverbs and _inside_word(gap, match, sentence, reading.gap_start):
        return False
    word = match["level"] or match["verb"]
    if word in lexicon.degrees and not comparison.stands_before(gap, start, lexicon):
        return False
    broken = sentence.text(reading.quantity.start, reading.quantity.start + 1) == BREAK
    to = bool(match["level"] or match["to"]) and not _measured(reading, gap[:start], match, lexicon)
    reading.kind = "level" if to or broken else "amount"
    reading.direction, reading.rule = lexicon.direction[word], lexicon.rule_of[word]
    if reading.kind == "amount":
        _unsign(reading)
    reading.average = adverbs is not None and any(w in adverbs[0] for w in lexicon.averages)
    reading.name_end = reading.gap_start + start
    _compare(reading, gap[:start], sentence, lexicon)
    found = reading.comparison
    if found and found.base and adverbs and reading.average and found.base.end == reading.gap_start + start:
        reading.average = False  # 比多年平均少三成: the average is what is compared with
        found.base = sentence.phrase(found.base.start, found.base.end + len(adverbs[0]))
    if word in lexicon.basis:  # 年增, 月减 are comparison and verb in one
        reading.comparison = Comparison(lexicon.basis[word])
    return True


def _measured(reading: Reading, before: str, match: re.Match[str], lexicon: Lexicon) -> bool:
    """`同比增长为5%`: against a basis a change is what is told, not the level that it leads to."""
    word = match["level"] or match["verb"] + (match["to"] or "")
    told = len(word) > 2 and word.endswith("为") and reading.quantity.family in RELATIVE  # not 降为
    return told and lexicon.basis_word.search(before, comparison.near(before)) is not None


def _by_deed(reading: Reading, gap: str, sentence: Sentence, lexicon: Lexicon) -> bool:
    """`下调存款准备金率0.25个百分点`: what is changed stands between the verb and the amount. Shares and
    rates have levels in per cent themselves."""
    match = lexicon.acted.search(gap, comparison.near(gap))
    if not match or (reading.quantity.family == "percent" and lexicon.parts.search(match["object"])):
        return False
    at, end = reading.gap_start + match.start(), reading.gap_start + match.end("verb")
    words = sentence.document.cut(max(reading.gap_start, at - WORD), reading.quantity.start)
    if not any(word.start == at and word.end == end for word in words):
        return False
    reading.kind, reading.direction = "amount", lexicon.direction[match["verb"]]
    reading.rule = lexicon.rule_of[match["verb"]]
    _compare(reading, gap[: match.start()], sentence, lexicon)
    reading.gap_start, reading.name_end = reading.gap_start + match.start("object"), reading.quantity.start
    return True


def _turn(reading: Reading, previous: Reading | None, sentence: Sentence, lexicon: Lexicon) -> None:
    """`由上年下降2%转为增长3%`: what it turned from is neither a figure nor a part of the name."""
    start = previous.gap_start if previous else reading.gap_start
    gap = sentence.gap(start, reading.name_end)
    match = lexicon.turned.search(gap) if gap.endswith(TURNED) else None
    if match is None:
        return
    reading.turned = start + match.start("past"), start + match.end("past")
    if previous and start + match.start() < previous.quantity.start:
        previous.passed = True
        reading.gap_start = start
    reading.name_end = start + match.start()


def _compare(reading: Reading, before: str, sentence: Sentence, lexicon: Lexicon) -> None:
    """Set what the words before the change word compare with; the name ends before them."""
    found, reading.name_end = comparison.at_end(before, reading.gap_start, sentence, lexicon)
    reading.comparison = found or reading.comparison


def _by_object(reading: Reading, gap: str, sentence: Sentence, lexicon: Lexicon) -> bool:
    """`高于全省2.1个百分点`: what is compared with stands between the verb and the number."""
    match = lexicon.ahead.search(gap, comparison.near(gap))
    if not match or (reading.quantity.family not in RELATIVE and not lexicon.standard.search(match["base"])):
        return False
    if reading.quantity.family != "point" and match["base"].endswith("的"):
        _take_standard(reading, match, sentence)
        return True
    reading.kind, reading.direction = "amount", lexicon.direction[match["verb"]]
    reading.rule = lexicon.rule_of[match["verb"]]
    reading.comparison = comparison.compared(sentence, reading.gap_start, match, "base", lexicon)
    reading.name_end = reading.gap_start + match.start()
    return True


def _take_standard(reading: Reading, match: re.Match[str], sentence: Sentence) -> None:
    """`低于市场预期的12万`: the number is the level of what is compared with."""
    words = sentence.text(reading.gap_start + match.start("base"), reading.gap_start + match.end("base"))
    reading.standard = "" if DATE in match["base"] else words.removesuffix("的")
    reading.name_end = reading.gap_start + match.start()


def _by_noun(reading: Reading, gap: str, sentence: Sentence, lexicon: Lexicon) -> bool:
    """`…，降幅2.1个百分点` after a level; with a verb (`降幅为2%`) the rate is a level itself."""
    match = lexicon.noun.search(gap, comparison.near(gap)) if reading.gap_start > sentence.start else None
    if not match or match["link"] or gap[: match.start()].strip("，、；（ "):
        return False
    reading.kind, reading.direction = "amount", lexicon.direction[match["noun"]]
    reading.rule = lexicon.rule_of[match["noun"]]
    reading.name_end = reading.gap_start + match.start()
    _compare(reading, gap[: match.start()], sentence, lexicon)
    return True


def _by_growth(reading: Reading, gap: str, sentence: Sentence, lexicon: Lexicon) -> bool:
    """`保持20%以上的高增长`: the change stands after its amount, and a light verb before."""
    end = reading.quantity.end
    match, holds = lexicon.growth.match(sentence.gap(end, sentence.end)), lexicon.holds.search(gap)
    if not match or not holds:
        return False
    reading.kind, reading.direction = "amount", lexicon.direction[match["noun"]]
    reading.rule = lexicon.rule_of[match["noun"]]
    reading.name_end = reading.gap_start + holds.start()
    _compare(reading, gap[: holds.start()], sentence, lexicon)
    return True


def _by_sign(reading: Reading, gap: str, sentence: Sentence, lexicon: Lexicon) -> bool:
    """`少了3800人（-0.79%）`, `同比+3.9%`: a sign in brackets or after a comparison says which way."""
    words = gap.rstrip(lexicon.signs)
    sign, value = gap[len(words) :], reading.quantity.value
    if value is None or not (sign or value < 0):
        return False
    compares = comparison.stands_before(words, len(words), lexicon)
    if not (compares or words.endswith("（")):
        return False
    sign = "-" if value < 0 else sign[:1]
    reading.kind, reading.direction, reading.rule = "amount", lexicon.direction[sign], lexicon.rule_of[sign]
    _unsign(reading)
    reading.name_end = reading.gap_start + len(words) - (not compares)
    if compares:
        _compare(reading, words, sentence, lexicon)
    return True


def _unsign(reading: Reading) -> None:
    """`增长-2.1%` is a fall by 2.1: an amount has no sign, its direction says it."""
    low, high = reading.quantity.value, reading.quantity.value_max
    if low is None or low >= 0 or (high is not None and high > 0):
        return
    reading.direction = "decrease"
    amount, most = (-low, None) if high is None else (-high, -low)
    reading.quantity = replace(reading.quantity, value=amount, value_max=most)


def _inside_word(gap: str, match: re.Match[str], sentence: Sentence, base: int) -> bool:
    """A verb of change counts only as a word of its own: not in 排放量, 压缩量; 新增 names a level."""
    verb, start = match["verb"], match.start("verb")
    if not verb or gap[:start].endswith("新"):
        return bool(verb)
    at, end = base + start, base + match.end("verb")
    if gap[start - 1 : start] in ("", "，", "、", "；", "比", "时", DATE):
        return False
    tokens = sentence.document.cut(max(base, at - WORD), end)
    if len(verb) == 1:
        return not match["to"] and len(tokens[-1].text) > 1
    cut = next((t for t in tokens if t.start == at - 1 and t.end > at), None)  # 排|放量, not 价格|下降
    return cut is not None and (cut.end < end or cut.tag == "n")


def _is_compound(reading: Reading, before: str, sentence: Sentence, lexicon: Lexicon) -> bool:
    """`改造提升6万亩`: after another verb, a verb of change before an absolute amount names a deed."""
    if reading.quantity.family in RELATIVE or not before or lexicon.apart.search(before):
        return False
    at = reading.gap_start + len(before)
    tokens = sentence.document.cut(max(reading.gap_start, at - 4), at)
    return tokens[-1].tag == "v" and len(tokens[-1].text) > 1 and tokens[-1].text not in lexicon.heads


def _is_source(
    gap: str, quantity: QuantityMention, following: QuantityMention, sentence: Sentence, lexicon: Lexicon
) -> bool:
    """`由90户` or `较2009年的90户` before `降至8户`, or `较前年的90户` before `减少5%`."""
    source = lexicon.source.search(gap, comparison.near(gap))
    match = lexicon.tail.search(sentence.gap(quantity.end, following.start)) if source else None
    if not source or not match:
        return False
    if match["level"] or match["to"]:
        return quantity.family == following.family or not following.unit
    return source[0][0] in "由从" or (source[0][0] in "较比" and source["of"] is not None)


def _take_source(reading: Reading, gap: str, sentence: Sentence, lexicon: Lexicon) -> None:
    match = lexicon.source.search(gap, comparison.near(gap))
    if match:
        reading.kind = "source"
        reading.name_end = reading.gap_start + match.start()
        reading.comparison = (
            comparison.based(sentence, reading.gap_start, match, "base")
            if lexicon.stage.search(match["base"] + (match["of"] or ""))
            else None
        )
