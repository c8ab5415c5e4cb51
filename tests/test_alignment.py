"""Positions through edits: a span of the edited text covers the raw text that it came from."""

import itertools
from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st

from extract.text.alignment import Alignment, Edit, apply, compose

ALPHABET = "大民年夜平易近a1，"


@st.composite
def edits_of(draw: st.DrawFn, text: str) -> list[Edit]:
    """Conversions, deletions and insertions (the empty pieces) at random places, some of them touching."""
    cuts = sorted(draw(st.lists(st.integers(0, len(text)), max_size=12)))
    edits: list[Edit] = []
    for start, end in zip(cuts[::2], cuts[1::2], strict=False):
        if edits and (edits[-1].end > start or edits[-1].start == start):
            continue
        replacement = draw(st.text(alphabet="大民", max_size=3))
        if start < end or replacement:
            edits.append(Edit(start, end, replacement))
    return edits


@st.composite
def edited(draw: st.DrawFn) -> tuple[str, list[Edit]]:
    text = draw(st.text(alphabet=ALPHABET, max_size=60))
    return text, draw(edits_of(text))


@given(edited(), st.data())
def test_spans_cover_the_raw_text_they_came_from(case: tuple[str, list[Edit]], data: st.DataObject) -> None:
    raw, edits = case
    text = apply(raw, edits)
    alignment = Alignment(edits)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    raw_start, raw_end = alignment.raw_start(start), alignment.raw_end(end)
    assert 0 <= raw_start <= len(raw)
    if start < end:
        assert raw_start <= raw_end
        inner = [
            Edit(e.start - raw_start, e.end - raw_start, e.replacement)
            for e in edits
            if raw_start <= e.start and e.end <= raw_end
        ]
        assert text[start:end] in apply(raw[raw_start:raw_end], inner)


def monotone(alignment: Alignment, raw: str, text: str) -> bool:
    maps: list[tuple[Callable[[int], int], str]] = [
        (alignment.raw_start, text),
        (alignment.raw_end, text),
        (alignment.edited, raw),
    ]
    values = [[position(i) for i in range(len(over) + 1)] for position, over in maps]
    return all(v == sorted(v) for v in values)


@given(edited())
def test_both_ways_are_monotone(case: tuple[str, list[Edit]]) -> None:
    raw, edits = case
    assert monotone(Alignment(edits), raw, apply(raw, edits))


@given(edited(), st.data())
def test_characters_that_no_edit_touches_map_to_themselves(
    case: tuple[str, list[Edit]], data: st.DataObject
) -> None:
    raw, first = case
    middle = apply(raw, first)
    second = data.draw(edits_of(middle))
    text = apply(middle, second)
    alignment = Alignment(compose(first, second))
    touched = {i for e in compose(first, second) for i in range(e.start, e.end)}
    for position in sorted(set(range(len(raw))) - touched):
        assert text[alignment.edited(position)] == raw[position]
        assert alignment.raw_start(alignment.edited(position)) == position
        assert alignment.raw_end(alignment.edited(position) + 1) == position + 1


@given(edited(), st.data())
def test_two_steps_are_one_alignment(case: tuple[str, list[Edit]], data: st.DataObject) -> None:
    raw, first = case
    middle = apply(raw, first)
    second = data.draw(edits_of(middle))
    text = apply(middle, second)
    both = compose(first, second)
    assert len(apply(raw, both)) == len(text)
    assert all(a.end <= b.start for a, b in itertools.pairwise(both))
    alignment = Alignment(both)
    assert monotone(alignment, raw, text)
    one, two = Alignment(first), Alignment(second)
    for position in range(len(text)):
        through = one.raw_start(two.raw_start(position)), one.raw_end(two.raw_end(position + 1))
        direct = alignment.raw_start(position), alignment.raw_end(position + 1)
        assert direct[0] <= through[0]
        assert through[1] <= direct[1]


@given(st.text(max_size=40))
def test_without_edits_positions_stay(raw: str) -> None:
    alignment = Alignment()
    assert [alignment.raw_start(i) for i in range(len(raw))] == list(range(len(raw)))
    assert [alignment.edited(alignment.raw_end(i)) for i in range(len(raw))] == list(range(len(raw)))
