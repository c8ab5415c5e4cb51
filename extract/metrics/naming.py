"""Which of the names around a number is its own: before it, after it, or carried from what was said."""

import re
from collections.abc import Sequence

from msgspec.structs import replace

from extract.metrics import names
from extract.metrics.behind import COUNTED, EXTENT, LONGEST_DEED, Behind, Governor
from extract.metrics.beside import Beside, part
from extract.metrics.facts import RECENT, Fact, Spoken
from extract.metrics.lexicon import DATE, Lexicon
from extract.metrics.name import Name
from extract.metrics.readings import Reading
from extract.metrics.sentence import Sentence, last_clause

AMONG = "其中"
"""Between a verb and a number: of the same things as before."""
HAS = "有"
"""Right before a number: what stands before has so many, and what follows says what they do."""
ABSOLUTE = ("count", "money", "mass", "volume", "length", "area", "energy")
"""Families of units that an average rise is measured in, other than what it is an average of."""
PARTS = ("percent", "fraction")
"""Families of units whose number is a part of what stands behind it."""
GOVERNED = (*COUNTED, *EXTENT)
"""Families of units whose number stands between a verb and its object."""
OF = re.compile(f"[^{DATE}的]的$")
"""The whole whose part a percentage is stands before it."""


class Namer:
    """Names the numbers of one sentence. ``facts`` are those of the sentence so far, ``spoken`` is what the
    paragraph spoke of before it."""

    def __init__(self, sentence: Sentence, lexicon: Lexicon, facts: Sequence[Fact], spoken: Spoken) -> None:
        self._sentence = sentence
        self._lexicon = lexicon
        self._facts = facts
        self._spoken = spoken
        self._before = spoken.facts[-1] if spoken.facts else None
        self._topic = self._before.name if self._before else spoken.heading
        self._behind = Behind(sentence, lexicon)
        self._beside = Beside(sentence, lexicon)

    def carried(self) -> Name | None:
        """What is being spoken of."""
        said = self.last()
        return said.name if said else self._topic

    def _resumed(self, reading: Reading) -> Name | None:
        """`发生火灾30起，死亡12人。上年的这一数字是36起`: what was last counted in the same unit."""
        said = [*self._spoken.facts, *self._facts][-RECENT:]
        unit = reading.quantity.unit
        name = next((f.name for f in reversed(said) if f.level and f.quantity.unit == unit), None)
        return replace(name, rule="name.carried") if name else None

    def _is_owner(self, name: Name) -> bool:
        """Whether a name is that of a body, whose thing is measured."""
        return self._lexicon.ends_body(self._sentence.document.cut(name.start, name.end)[-1])

    def last(self) -> Fact | None:
        """The last fact of the sentence that is no aside in brackets."""
        return next(
            (f for f in reversed(self._facts) if not self._sentence.bracketed(f.quantity.start)), None
        )

    def own(self, reading: Reading) -> Name | None:
        """The name in the very clause of an amount, or ``None`` where the clause has none."""
        where = reading.source or reading
        start, end = where.gap_start, where.name_end
        gap = self._sentence.gap(start, end)
        clause = last_clause(gap)
        share = self._lexicon.share.search(gap, clause)
        if share and share["whole"] not in ("", "比"):
            return self._share(start, share)
        own = names.left(self._sentence, start + clause, end, self._lexicon)
        if own is None and "；" in gap:  # a new statement has its own subject: `…由负转正，增长2%`
            return names.subject(self._sentence, start + gap.rindex("；") + 1, end, self._lexicon)
        return own

    def amount(self, reading: Reading, own: Name | None) -> Name | None:
        """The name of a change that belongs to no level of the sentence."""
        if name := self._qualified(own):
            return name
        if reading.average and reading.quantity.family in ABSOLUTE:  # 亩均增产80公斤 is of nothing before
            start, end = reading.name_end, reading.quantity.start
            return Name(self._sentence.text(start, end).strip(), start, end)
        if self.last():
            return self._facts[-1].name
        where = reading.source or reading
        subject = names.subject(self._sentence, where.gap_start, where.name_end, self._lexicon)
        if subject and (size := self._lexicon.noun.search(subject.text)) and size.start():
            return replace(subject, text=subject.text[: size.start()])  # 产值跌幅明显，下跌了5%
        return subject or self._topic

    def level(self, reading: Reading) -> Name | None:
        """The name of a stated level."""
        where = reading.source or reading
        if reading.standard:
            return self._expected(reading)
        start, end, quantity = where.gap_start, where.name_end, reading.quantity
        if told := self._beside.told(reading):
            return told
        part, counted = quantity.family in PARTS, quantity.family in COUNTED
        share = self._lexicon.share.search(self._sentence.gap(start, end)) if part else None
        if share:
            return self._share(start, share)
        if side := self._behind.dimension(start, quantity) or self._beside.side((start, end), self.last()):
            return side
        before = self._completed(self._qualified(names.left(self._sentence, start, end, self._lexicon)))
        if before and before.text in self._lexicon.yields:
            before = replace(before, opens=True, verb=before.text)
        of = self._sentence.gap(quantity.end, quantity.end + 1) == "的"  # 山区四分之一的学校
        if before and part and not of and OF.search(self._sentence.gap(start, end)):  # 销售收入的15%
            return replace(before, share=True)
        if before and (thing := self._behind.of_thing(quantity, before)):
            return thing
        if before and before.text in self._lexicon.abstract:  # 这个数字是41起
            return self._resumed(reading) or self._around(reading, None, self._after(reading, start, end))
        if before and quantity.family in EXTENT and self._is_owner(before):  # 大岭油田800吨原油
            return self._after(reading, start, end) or before
        if before and not (counted or part or before.opens):
            return before
        return self._around(reading, before, self._after(reading, start, end))

    def _expected(self, reading: Reading) -> Name | None:
        """`低于市场预期的12万`: what is spoken of, as it was expected."""
        clause = names.left(self._sentence, reading.gap_start, reading.name_end, self._lexicon)
        spoken = clause or self.carried()
        return replace(spoken, text=reading.standard + spoken.text) if spoken else None

    def _after(self, reading: Reading, start: int, end: int) -> Name | None:
        """The name after a number, with the verb that governs it: `修通5条山路`, `贡献了60%以上的税收`."""
        quantity = reading.quantity
        behind = self._sentence.gap(quantity.end, self._sentence.end)
        if behind.startswith("的") and self._lexicon.summed.match(behind):
            return None  # 3万吨的历史新高
        part = quantity.family in PARTS
        of = part and behind.startswith("的")
        verb = self._behind.governor(start, end) if of or quantity.family in GOVERNED else None
        verb = verb or self._governing(reading)
        gap = self._sentence.gap(start, end)
        aimed = self._aimed(reading, gap)
        by: Governor = "verb" if verb else "preposition" if aimed else ""
        after = self._behind.name(quantity, by)
        abstract = after is not None and after.text.removesuffix(after.predicate) in self._lexicon.abstract
        if after is None or (
            abstract and (quantity.unit not in self._lexicon.task_units or gap.endswith("的"))
        ):
            return None  # 植树3万棵的任务
        prefix = verb.text if verb and not reading.source else ""
        among = self._lexicon.group.search(self._sentence.gap(start, quantity.start)) is not None
        share = part and after.text not in self._lexicon.direction and self._is_whole(after, of or among)
        rule = "name.governor" if prefix else "name.after"
        text = prefix + after.text
        return replace(after, text=text, share=share, of=of, rule=rule, verb=prefix, aimed=aimed)

    def _aimed(self, reading: Reading, gap: str) -> bool:
        """Whether what is counted is the object of a preposition, or of a word of origin, before its number
        (`来自15个省份的选手`) or before the number of the list that it goes on."""
        if gap.endswith(("的", *self._lexicon.origins)) or self._lexicon.listed_origin.search(gap):
            return True
        if not self._lexicon.movers.isdisjoint(gap) and self._lexicon.moved.search(gap):
            return True
        said = self.last()
        between = self._sentence.gap(said.name.end, reading.quantity.start) if said else ""
        return said is not None and said.name.aimed and between in self._lexicon.joints

    def _governing(self, reading: Reading) -> Name | None:
        """The verb before the number of the list that a number goes on (`派出210人、35辆车`)."""
        said = self.last()
        if said is None or said.quantity.family not in COUNTED:
            return None
        between = self._sentence.gap(max(said.quantity.end, said.name.end), reading.quantity.start)
        verb = said.name.verb
        listed = between in self._lexicon.joints and verb and said.name.text.startswith(verb)
        return replace(said.name, text=verb) if listed else None

    def _around(self, reading: Reading, before: Name | None, after: Name | None) -> Name | None:
        """Which of the names on both sides of a number is its own, else what is carried to it."""
        where, counted = reading.source or reading, reading.quantity.family in COUNTED
        start, end = where.gap_start, where.name_end
        stated = not self._sentence.gap(start, end).endswith(("、", "的"))
        if before and counted and stated and before.text.endswith(self._lexicon.measures):
            return before  # 落成量为12万个单位
        said = after is not None and after.said and not after.of
        if (said or (after is None and before is None)) and (whole := self._whole(reading)):
            deed = after.text if after and len(after.text) <= LONGEST_DEED else ""
            return replace(after or whole, text=whole.text + deed, counted=whole.text, rule="name.same")
        whose = self._sentence.gap(reading.quantity.end, reading.quantity.end + 1) == "的"  # 会员超3万的协会
        has = self._sentence.gap(start, end).endswith(HAS)  # 这类桥梁有9座正在检修
        if before and counted and stated and not before.opens and (whose or (said and (has or before.verb))):
            return before
        if after and (counted or after.of or before is None or before.opens):
            return after
        name = self._beside.household(reading, self.last()) or self._repeated(reading, before) or before
        if name is None and not reading.joined:
            name = names.subject(self._sentence, start, end, self._lexicon)
        if name is None or name.text in self._lexicon.abstract:
            name = self.carried()
            name = replace(name, rule="name.carried") if name else None
        return replace(name, share=True) if name and after and after.share else name

    def _whole(self, reading: Reading) -> Name | None:
        """Those of whom some do what is said: `六成学员来自农村、三成来自县城`; `学员30名，其中5名来自…`."""
        last = self.last()
        if last is None:
            return None
        between = self._sentence.gap(last.name.end, reading.quantity.start)
        if last.name.counted and (between in self._lexicon.joints or between == "，"):
            return replace(last.name, text=last.name.counted)
        same = last.quantity.unit == reading.quantity.unit and last.quantity.family in COUNTED
        gap = self._sentence.gap(reading.gap_start, reading.quantity.start)
        if not same or not self._lexicon.part.search(gap):
            return None
        thing = last.name.counted or last.name.text.removeprefix(last.name.verb)
        thing = self._lexicon.number_of.sub("", thing)
        return None if thing.endswith(self._lexicon.measures) else replace(last.name, text=thing)

    def _repeated(self, reading: Reading, before: Name | None) -> Name | None:
        """What a verb alone is said of: the thing of the figure before, in the same unit."""
        said = self.last()
        if said is None and reading.quantity.unit not in self._lexicon.bare_units:
            said = self._before if reading.quantity.family == "count" else None
        if before is None or said is None or said.quantity.unit != reading.quantity.unit:
            return None
        until = self._sentence.gap(reading.gap_start, before.start)
        behind = self._sentence.gap(before.end, reading.quantity.start)
        if AMONG in until:  # 其中酒驾30起: a part, which has a name of its own
            return None
        return names.of_same(said.name, before, behind == AMONG or until.endswith(self._lexicon.again))

    def _is_whole(self, name: Name, of: bool) -> bool:
        """Whether a percentage before the name, and perhaps ``of`` it, is a part of it, not its level."""
        thing = name.counted or name.text
        return not thing.endswith(self._lexicon.rates) and (of or names.is_noun(self._sentence, name))

    def _completed(self, name: Name | None) -> Name | None:
        """`回族干部5名、壮族3名`: a kind alone is one of the thing before."""
        said = self.last()
        if name is None or said is None or not name.text.endswith(self._lexicon.kinds):
            return name
        head = said.name.text.partition(name.text[-1])[2]
        return replace(name, text=name.text + head, rule="name.kind")

    def _qualified(self, name: Name | None) -> Name | None:
        """`增幅`, `占比`, `日均` alone are those of the metric before."""
        if name and self._pointed(name):
            return name
        average = name is not None and name.text in self._lexicon.averages
        if name is None or (not average and name.text not in self._lexicon.dependents):
            return name
        carried = (None if average else self._among(name)) or self._measured(name)
        if carried is None or carried.text.endswith(name.text):
            return carried or name
        text = name.text + carried.text if average else carried.text + name.text
        return replace(name, text=text, rule="name.average" if average else "name.dependent")

    def _pointed(self, name: Name) -> bool:
        """Whether what a side is of stands before it and is pointed at (`该房源总价`)."""
        gap = self._sentence.gap(self._sentence.start, name.start)
        return gap[last_clause(gap) :].startswith(tuple(self._lexicon.demonstratives))

    def _measured(self, name: Name) -> Name | None:
        """What a side is of: a rate of growth is of the level, not of its share (`…，占三成，增速达5%`)."""
        carried = self.carried()
        if carried is None or not carried.share or name.text in self._lexicon.shares:
            return carried
        return next((f.name for f in reversed(self._facts) if not f.name.share), carried)

    def _among(self, name: Name) -> Name | None:
        """`其中夜间警情下降更明显，降幅达三成`: what the clause before singles out; or what it is about,
        where nothing has been said yet."""
        start = max(self._sentence.start, self._facts[-1].quantity.end if self._facts else 0)
        gap = self._sentence.gap(start, name.start)
        if self._facts and not self._lexicon.among.search(gap):
            return None
        return names.subject(self._sentence, start, name.start, self._lexicon)

    def _share(self, start: int, share: re.Match[str]) -> Name:
        """`占总产值的三成`: the subject, from the clause or from the figure before, and the whole."""
        at, end = start + share.start(), start + share.end("whole")
        clause = last_clause(self._sentence.gap(start, at))
        subject = names.left(self._sentence, start + clause, at, self._lexicon)
        subject = subject or names.place(self._sentence, start + clause, at, self._lexicon)
        subject = subject or names.subject(self._sentence, start, at, self._lexicon) or self.carried()
        text = (subject.text if subject else "") + part(self._sentence, start, share)
        return Name(text, at, end, share=True, rule="name.share")
