"""What holds of the extractor as a whole: true spans, links that lead somewhere, and that it is immutable."""

import pickle
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import jieba
import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rjieba import Jieba

import extract
from extract import Extraction, Extractor
from extract.examples import examples
from extract.records import Span
from extract.rules import Rules
from extract.text.normalise import Normaliser
from extract.text.read import Article, read
from tests.conftest import CORPUS, SIMPLIFIED, TRADITIONAL

ARTICLES = [read(path) for path in sorted((CORPUS / "articles").glob("*.txt"))]


def spans(value: Any) -> list[dict[str, Any]]:
    """Every span anywhere in an extraction."""
    if isinstance(value, dict):
        if set(value) == {"start", "end", "text"}:
            return [value]
        return [span for part in value.values() for span in spans(part)]
    return [span for part in value for span in spans(part)] if isinstance(value, list | tuple) else []


@pytest.mark.parametrize("article", ARTICLES, ids=lambda article: article.id)
def test_spans_are_true_and_links_lead_somewhere(extractor: Extractor, article: Article) -> None:
    extraction = extractor.extract(article.raw)
    found = spans(msgspec.to_builtins(extraction))
    assert found
    for span in found:
        assert article.raw[span["start"] : span["end"]] == span["text"]
    assert {p.metric for p in extraction.percentages} <= {None, *(m.id for m in extraction.metrics)}
    assert {m.date for m in extraction.metrics} <= {None, *(d.id for d in extraction.dates)}


PIECES = sorted(
    {
        example["text"][at : at + 5]
        for rule in examples(Rules())
        for example in rule.yes
        for at in range(0, len(example["text"]), 5)
    }
)


@settings(max_examples=40, deadline=None)
@given(text=st.lists(st.sampled_from(PIECES), max_size=12).map("".join), times=st.sampled_from((1, 2, 500)))
def test_spans_are_true_in_any_text(extractor: Extractor, text: str, times: int) -> None:
    raw = (text * times)[:20_000]
    for span in spans(msgspec.to_builtins(extractor.extract(raw))):
        assert raw[span["start"] : span["end"]] == span["text"]


@pytest.mark.parametrize("unit", ["3万", "分别5%", "9人打破", "王平、", "半", "由3降到", "其中，", "比上年"])
def test_a_row_without_end_is_read(extractor: Extractor, unit: str) -> None:
    assert extractor.extract(unit * 3000).article.characters == len(unit) * 3000


def test_scripts_agree(extractor: Extractor) -> None:
    simplified, traditional = map(extractor.extract, (SIMPLIFIED, TRADITIONAL))
    assert [(m.name, m.value, m.unit) for m in simplified.metrics] == [
        (m.name, m.value, m.unit) for m in traditional.metrics
    ]
    assert [o.name for o in simplified.officials] == [o.name for o in traditional.officials]


def everything(extractor: Extractor) -> list[Extraction]:
    return [extractor.extract(article.raw, **article.known) for article in ARTICLES]


def test_pickles(extractor: Extractor) -> None:
    assert everything(pickle.loads(pickle.dumps(extractor))) == everything(extractor)


def test_shared_by_threads(extractor: Extractor) -> None:
    alone = everything(extractor)
    with ThreadPoolExecutor(4) as pool:
        rounds = list(pool.map(lambda _: everything(extractor), range(4)))
    assert all(found == alone for found in rounds)


def test_default_engine_cuts_as_jieba_does() -> None:
    rust, reference = Jieba(), jieba.Tokenizer()
    for article in ARTICLES:
        for line in article.raw.splitlines():
            for han in filter(None, "".join(c if "一" <= c <= "龥" else " " for c in line).split()):
                assert rust.cut(han) == list(reference.cut(han))


def test_engines_read_documents_alike() -> None:
    """Same cuts, and the same part of speech for every word of the dictionary; for other words the
    reference has none (``x``). Sentences with ASCII are left out: the default keeps URLs whole."""
    engines = [Normaliser(Rules(), engine) for engine in ("rjieba", "jieba")]
    compared = 0
    for article in ARTICLES:
        ours, theirs = (engine.document(engine.read(article.raw)) for engine in engines)
        for start, end in ours.sentences():
            if any(c.isascii() for c in ours.text[start:end].strip()):
                continue
            pairs = list(zip(ours.cut(start, end), theirs.cut(start, end), strict=True))
            assert all((a.start, a.end, a.text) == (b.start, b.end, b.text) for a, b in pairs)
            assert all(b.tag in (a.tag, "x") for a, b in pairs)
            compared += len(pairs)
    assert compared > 1000


def test_reference_engine_extracts(extractor: Extractor) -> None:
    dates = [e.dates for e in everything(Extractor(segmenter="jieba"))]
    assert dates == [e.dates for e in everything(extractor)]


@pytest.mark.parametrize(
    ("known", "named"), [({"text": b"3"}, "bytes"), ({"text": "3", "published": 20240116}, "20240116")]
)
def test_wrong_types_are_named(extractor: Extractor, known: dict[str, Any], named: str) -> None:
    with pytest.raises(TypeError, match=named):
        extractor.extract(**known)


@pytest.mark.parametrize(
    "published",
    [
        date(2024, 1, 16),
        datetime(2024, 1, 16, 23, 59, tzinfo=UTC),
        "2024-01-16",
        " 20240116",
        "2024-01-16T23:59:00+08:00",
    ],
    ids=str,
)
def test_a_moment_or_iso_text_is_a_date(extractor: Extractor, published: date | str) -> None:
    found = extractor.extract("昨天有3人参加。", published=published)
    assert (found.article.published, found.dates[0].start) == ("2024-01-16", "2024-01-15")
    assert extractor.dates("昨天有3人参加。", published)[0].start == "2024-01-15"


class NoTime(datetime):
    """A moment that is none, as pandas writes a missing one."""

    @property
    def year(self) -> int:  # type: ignore[override]
        raise ValueError


@pytest.mark.parametrize("published", ["", "16.1.2024", "去年", NoTime(2024, 1, 16)], ids=repr)
def test_what_is_no_date_is_named(extractor: Extractor, published: date | str) -> None:
    with pytest.raises(ValueError, match=r"no date: .* is wanted"):
        extractor.extract("昨天有3人参加。", published=published)


def test_unknown_segmenter_is_named() -> None:
    with pytest.raises(ValueError, match="'hanlp': rjieba or jieba"):
        Extractor(segmenter="hanlp")  # type: ignore[arg-type]


def test_public_names() -> None:
    assert len(extract.__all__) <= 20
    assert all(hasattr(extract, name) for name in extract.__all__)


def test_a_scope_and_what_is_compared_with_have_their_places(extractor: Extractor) -> None:
    text = "云州市去年招生300人。\n全縣貧困戶由2015年的320戶降至2019年的4戶。考生比2018年多12人。\n"
    first, second, third = extractor.extract(text).metrics
    assert (first.scope, second.scope) == ("云州市", "全县")
    assert first.scope_span == Span(0, 3, "云州市")
    assert second.scope_span == Span(13, 15, "全縣")
    assert second.change
    assert third.change
    assert second.change.from_span == Span(25, 29, "320戶")
    assert second.change.base_span == Span(19, 24, "2015年")
    assert third.change.base_span == Span(43, 48, "2018年")
    assert third.change.from_span is None


def test_import_is_light() -> None:
    """No spaCy, no segmenter, no table is loaded before an extractor is built."""
    heavy = "{'spacy', 'jieba', 'rjieba', 'click', 'rich', 'numpy'}"
    code = f"import sys, extract; loaded = {heavy} & set(sys.modules); sys.exit(str(loaded) if loaded else 0)"
    subprocess.run([sys.executable, "-c", code], check=True, cwd=Path(__file__).parent)


@pytest.mark.parametrize("link", ["的", "地", "有", "约", "为", "达", "和", "在"])
def test_an_average_of_nothing_is_no_error(extractor: Extractor, link: str) -> None:
    assert len(extractor.extract(f"平均每{link}5万").metrics) <= 1


def test_a_time_of_publication_counts_as_its_day(extractor: Extractor) -> None:
    text = "去年，全县接报火灾28起。"
    when = datetime(2024, 1, 16, 23, 59)
    assert extractor.extract(text, published=when) == extractor.extract(text, published=when.date())
