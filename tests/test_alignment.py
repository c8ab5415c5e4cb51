"""Positions through edits: a span of the edited text covers the raw text that it came from."""

from hypothesis import given
from hypothesis import strategies as st

from extract.text.alignment import Alignment, Edit, apply


@st.composite
def edited(draw: st.DrawFn) -> tuple[str, list[Edit]]:
    text = draw(st.text(alphabet="大民年夜平易近a1，", max_size=60))
    cuts = sorted(draw(st.lists(st.integers(0, len(text)), max_size=12)))
    edits = []
    for start, end in zip(cuts[::2], cuts[1::2], strict=False):
        if start < end and (not edits or edits[-1].end < start):
            edits.append(Edit(start, end, draw(st.text(alphabet="大民", max_size=3))))
    return text, edits


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
        assert raw_start < raw_end or all(not e.replacement for e in edits)
        kept = raw[raw_start:raw_end]
        inner = [Edit(e.start - raw_start, e.end - raw_start, e.replacement) for e in edits if raw_start <= e.start and e.end <= raw_end]
        assert text[start:end] in apply(kept, inner)


@given(edited())
def test_both_ways_are_monotone(case: tuple[str, list[Edit]]) -> None:
    raw, edits = case
    text = apply(raw, edits)
    alignment = Alignment(edits)
    starts = [alignment.raw_start(i) for i in range(len(text) + 1)]
    ends = [alignment.raw_end(i) for i in range(len(text) + 1)]
    back = [alignment.edited(i) for i in range(len(raw) + 1)]
    assert starts == sorted(starts)
    assert ends == sorted(ends)
    assert back == sorted(back)


@given(st.text(max_size=40))
def test_without_edits_positions_stay(raw: str) -> None:
    alignment = Alignment()
    assert [alignment.raw_start(i) for i in range(len(raw))] == list(range(len(raw)))
    assert [alignment.edited(alignment.raw_end(i)) for i in range(len(raw))] == list(range(len(raw)))
