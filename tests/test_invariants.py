"""What holds of the records of any text: composed of sentences of the corpus and of the rules' examples."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import msgspec
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from opencc import OpenCC

from extract import Extractor
from extract.examples import examples
from extract.records import Extraction
from extract.rules import Rules
from extract.text.normalise import Normaliser
from extract.text.read import read
from tests.conftest import CORPUS

PUBLISHED = date(2023, 5, 6)
BIT = 7
"""Characters of a bit of a sentence, whose borders fall anywhere."""
PROSE = re.compile(r"[\u4e00-\u9fff\d，、；：“”‘’（）《》〈〉.%‰—·－-]+[。！？]")
"""A sentence of an article's body: what a page has round it, an article is told by as a whole."""
NO_PROSE = ("bylines", "furniture", "noise", "published")
"""Rule files whose examples are what a page has round its article, or of spun pages."""
FILLER = "山上的路很远，山下的水很清，来的人都说这里好。\n" * 400
"""Ten thousand characters that say nothing."""
REPUBLIC = re.compile(r"(?<!\d)1\d\d年")
"""Years of the Republic of China, which are told from lengths by the article as a whole."""


READER = Normaliser(Rules())


def sentences(text: str) -> list[str]:
    """The sentences of a text, lines without a stop among them."""
    return re.findall(r"[^。\n]+。?", text)


ARTICLES = [read(path).raw for path in sorted((CORPUS / "articles").glob("*.txt"))]
SAID = [(rule.path.stem, example["text"]) for rule in examples(Rules()) for example in rule.yes]
SENTENCES = sorted({*(s for text in ARTICLES for s in sentences(text)), *(text for _, text in SAID)})
BITS = sorted({text[at : at + BIT] for text in SENTENCES for at in range(0, len(text), BIT)})


def prose() -> Iterator[str]:
    """Whole sentences of sound articles in simplified script: what is spun, and in which script and era an
    article counts, is told by it as a whole."""
    for text in (*ARTICLES, *(text for stem, text in SAID if stem not in NO_PROSE)):
        if not READER.document(READER.read(text)).edits:
            yield from filter(PROSE.fullmatch, sentences(text))


SOUND = sorted({s for s in prose() if not REPUBLIC.search(s) and READER.read(s).script == "simplified"})


def composed(*pieces: list[str]) -> st.SearchStrategy[str]:
    """Texts of one to three paragraphs."""
    piece = st.one_of(*map(st.sampled_from, pieces))
    paragraph = st.lists(piece, min_size=1, max_size=5).map("".join)
    return st.lists(paragraph, min_size=1, max_size=3).map("\n".join)


every_text = settings(max_examples=100, deadline=None, derandomize=True)


def records(extractor: Extractor, text: str) -> dict[str, list[dict[str, Any]]]:
    """The records of a text as JSON has them."""
    found = extractor.extract(text, published=PUBLISHED)
    groups: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(found))
    return {group: groups[group] for group in ("metrics", "percentages", "dates", "officials")}


def spans(value: Any) -> Iterator[dict[str, Any]]:
    """Every span anywhere in records."""
    if isinstance(value, dict) and set(value) == {"start", "end", "text"}:
        yield value
    elif isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from spans(part)


def moment(iso: str) -> str:
    """A date as the moment that it begins with."""
    return iso if "T" in iso else f"{iso}T00:00"


@every_text
@given(text=composed(SENTENCES, BITS))
def test_records_are_sound(extractor: Extractor, text: str) -> None:
    found: Extraction = extractor.extract(text, published=PUBLISHED)
    assert [w.message for w in found.warnings if w.code == "fault"] == []
    ids = {r.id for r in (*found.metrics, *found.percentages, *found.dates, *found.officials)}
    for d in found.dates:
        assert not d.start or not d.end or moment(d.start) < moment(d.end)
    for m in found.metrics:
        assert m.name.strip()
        assert m.value_max is None or (m.value is not None and m.value <= m.value_max)
        assert {m.date, m.part_of, m.same_as} - {None} <= ids
        assert m.id not in (m.part_of, m.same_as)
    for p in found.percentages:
        assert p.value_max is None or p.value <= p.value_max
        assert p.metric is None or p.metric in ids
    for o in found.officials:
        assert o.name.strip()
        assert o.posts
        assert o.mentions
    for span in spans(msgspec.json.decode(msgspec.json.encode(found))):
        assert span["start"] < span["end"]
        assert text[span["start"] : span["end"]] == span["text"]


TRADITIONAL = OpenCC("s2t")


def bare(value: Any) -> Any:
    """Records with the places of their spans alone, whose text is in the script of the article."""
    if isinstance(value, dict):
        if set(value) == {"start", "end", "text"}:
            return value["start"], value["end"]
        return {key: bare(part) for key, part in value.items()}
    return [bare(part) for part in value] if isinstance(value, list) else value


@every_text
@given(text=composed(SOUND))
def test_scripts_give_the_same_records(extractor: Extractor, text: str) -> None:
    traditional = TRADITIONAL.convert(text)
    assume(READER.read(traditional).text == READER.read(text).text)  # 沈默 comes back as 沉默
    assert bare(records(extractor, traditional)) == bare(records(extractor, text))


def before(found: dict[str, list[dict[str, Any]]], end: int) -> dict[str, Any]:
    """The records that stand before a place. Of officials those posts and mentions that do: the region
    of a body is read from the article as a whole, and what befell its holder, or how
    long the name is, may be told later."""
    kept: dict[str, Any] = {
        group: [r for r in found[group] if r["span"]["start"] < end]
        for group in ("metrics", "percentages", "dates")
    }
    kept["officials"] = {
        o["mentions"][0]["start"]: (
            [(p["organization"], p["title"], p["span"]) for p in o["posts"] if p["span"]["start"] < end],
            [m["start"] for m in o["mentions"] if m["start"] < end],
        )
        for o in found["officials"]
    }
    return kept


def unchanged(extractor: Extractor, text: str, more: str) -> None:
    """What stands behind a text changes no record of it, though it may say that one more is an official."""
    alone = before(records(extractor, text), len(text))
    followed = before(records(extractor, f"{text}\n{more}"), len(text))
    followed["officials"] = {k: v for k, v in followed["officials"].items() if k in alone["officials"]}
    assert followed == alone


@every_text
@given(text=composed(SOUND), more=composed(SOUND))
@example(text="县水利局局长方宁出席会议。", more="局长方宁出席会议。")
def test_a_paragraph_changes_no_record_before_it(extractor: Extractor, text: str, more: str) -> None:
    unchanged(extractor, text, more)


@settings(every_text, max_examples=25)
@given(text=composed(SOUND))
def test_records_are_independent_of_length(extractor: Extractor, text: str) -> None:
    unchanged(extractor, text, FILLER)
