"""Officials: stress sentences as data, offsets, and properties that hold on any text."""

import time
import tomllib
from pathlib import Path
from typing import Any

import pytest

from extract import Extractor
from extract.records import Official

CASES: list[dict[str, Any]] = [
    c
    for path in sorted((Path(__file__).parent / "cases" / "officials").glob("*.toml"))
    for c in tomllib.loads(path.read_text(encoding="utf-8"))["case"]
]


@pytest.fixture(scope="module")
def find() -> Extractor:
    return Extractor()


def posts(official: Official) -> list[str]:
    """The posts as the cases write them: organisation and title, or the title alone."""
    return [f"{p.organization} {p.title}" if p.organization else p.title for p in official.posts]


def case(c: dict[str, Any]) -> Any:
    marks = [pytest.mark.xfail(reason=c["known"], strict=True)] if "known" in c else []
    return pytest.param(c["text"], c["people"], marks=marks, id=f"{c['genre']}: {c['text'][:24]}")


@pytest.mark.parametrize(("text", "people"), [case(c) for c in CASES])
def test_case(find: Extractor, text: str, people: dict[str, list[str]]) -> None:
    assert {o.name: posts(o) for o in find.officials(text)} == people


@pytest.mark.parametrize(
    "c", [c for c in CASES if "marks" in c and "known" not in c], ids=lambda c: c["text"][:24]
)
def test_marks_beside_the_posts(find: Extractor, c: dict[str, Any]) -> None:
    found = {o.name: o.posts for o in find.officials(c["text"])}
    for name, marks in c["marks"].items():
        for post, wanted in zip(found[name], marks, strict=False):
            assert {key: getattr(post, key) or "none" for key in wanted} == wanted


@pytest.mark.parametrize("c", [c for c in CASES if "references" in c], ids=lambda c: c["text"][:24])
def test_forms_of_address(find: Extractor, c: dict[str, Any]) -> None:
    found = {o.name: [span.text for span in o.references] for o in find.officials(c["text"])}
    assert {name: found[name] for name in c["references"]} == c["references"]


def test_one_name_with_posts_that_do_not_go_together_warns(find: Extractor) -> None:
    for c in CASES:
        warned = [w.code for w in find.extract(c["text"]).warnings if w.code == "namesakes"]
        assert warned == ([c["warns"]] if "warns" in c else []), c["text"]


def test_at_least_150_cases_of_which_few_fail() -> None:
    known = sum("known" in c for c in CASES)
    assert len(CASES) >= 150
    assert known <= 0.035 * len(CASES)


@pytest.mark.parametrize("text", [c["text"] for c in CASES])
def test_spans_are_raw_slices(find: Extractor, text: str) -> None:
    for official in find.officials(text):
        for span in (*official.mentions, *official.references, *(p.span for p in official.posts)):
            assert text[span.start : span.end] == span.text


def test_every_mention_counts_and_a_person_is_one_record(find: Extractor) -> None:
    text = "省水利厅厅长钱有为到会。\n钱有为：大家好！钱有为厅长说，钱有为民的故事另说。"
    (official,) = find.officials(text)
    assert official.name == "钱有为"
    assert len(official.mentions) == 4


def test_longer_name_is_another_person(find: Extractor) -> None:
    text = "县长韩冰与副县长韩冰洁出席，韩冰洁先发言，韩冰作总结。"
    people = {o.name: len(o.mentions) for o in find.officials(text)}
    assert people == {"韩冰": 2, "韩冰洁": 2}


def test_fuller_post_replaces_a_bare_one(find: Extractor) -> None:
    text = "省公安厅厅长路远山到会。路远山厅长讲话。"
    (official,) = find.officials(text)
    assert posts(official) == ["省公安厅 厅长"]


def test_same_records_every_time(find: Extractor) -> None:
    text = "".join(c["text"] + "\n" for c in CASES)
    assert find.officials(text) == find.officials(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "主任",
        "、、、局长",
        "局长（",
        "·总统·",
        "副" * 500 + "局长",
        "省长" * 500,
        "任命" * 300 + "为局长",
    ],
)
def test_odd_texts(find: Extractor, text: str) -> None:
    find.officials(text)


PIECES = (
    "党首",
    "局长",
    "全国政协副主席李国强会见来宾，",
    "副主席李国强、",
    "副主席张",
    "李国强（市长）、",
    "任命李国强为省长，",
    "李国强，市长\n",
    "李国强等领导",
    "担任市长，",
    "议员名单包括",
    "总统特使",
)


def seconds(find: Extractor, text: str) -> float:
    start = time.process_time()
    find.officials(text)
    return time.process_time() - start


@pytest.mark.parametrize("piece", PIECES)
def test_time_grows_with_length_alone(find: Extractor, piece: str) -> None:
    short, long = piece * (2_000 // len(piece)), piece * (16_000 // len(piece))
    assert seconds(find, long) < 24 * seconds(find, short)


def test_time_grows_with_the_number_of_persons_alone(find: Extractor) -> None:
    given = "国家安平光明海涛文武志远春华"
    names = [f"{s}{a}{b}" for s in "王李张刘陈杨赵黄周吴徐孙胡朱高林" for a in given for b in given]
    text = "".join(f"副县长{name}到会。" for name in names)
    assert seconds(find, text) < 24 * seconds(find, text[: len(text) // 8])


def test_a_sentence_that_is_said_again_changes_no_name(extractor: Extractor) -> None:
    """What always stands behind a name is a part of it only where different words follow."""
    text = "青石海关统计处处长方宁出席发布会并回答提问。"
    once, twice = (extractor.officials(said) for said in (text, f"{text}\n{text}"))
    assert [official.name for official in once] == [official.name for official in twice] == ["方宁"]
