"""The spaCy component: spans on tokens, the extraction whole, and documents that serialise."""

from datetime import date, datetime
from pathlib import Path

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc, DocBin

from extract import Extractor
from tests.conftest import CORPUS, SIMPLIFIED, write_rule

GROUPS = ("metrics", "percentages", "dates", "officials")


@pytest.fixture(scope="module")
def nlp() -> Language:
    pipeline = spacy.blank("zh")
    pipeline.add_pipe("zhextract")
    return pipeline


def test_fills_spans_and_extraction(nlp: Language, extractor: Extractor) -> None:
    doc = nlp(SIMPLIFIED)
    extraction = extractor.extract(SIMPLIFIED)
    assert doc._.extraction == extraction
    assert set(doc.spans) == set(GROUPS)
    for group in ("metrics", "percentages", "dates"):
        records = getattr(extraction, group)
        assert [(s.text, s.id_) for s in doc.spans[group]] == [(r.span.text, r.id) for r in records]
    assert {s.text for s in doc.spans["officials"]} == {"周启明"}
    assert doc.spans["metrics"][0].label_ == "METRIC"


def test_span_inside_a_token_covers_the_token(extractor: Extractor) -> None:
    english = spacy.blank("en")  # takes a whole Chinese sentence for one token
    english.add_pipe("zhextract")
    doc = english(SIMPLIFIED)
    assert doc._.extraction == extractor.extract(SIMPLIFIED)
    for group in GROUPS:
        places = doc._.extraction.officials[0].mentions if group == "officials" else ()
        count = len(places) or len(getattr(doc._.extraction, group))
        assert len(doc.spans[group]) == count > 0
    metric, span = doc._.extraction.metrics[0], doc.spans["metrics"][0]
    assert span.start_char <= metric.span.start < metric.span.end <= span.end_char


def test_whole_corpus(nlp: Language) -> None:
    for path in (CORPUS / "articles").glob("*.txt"):
        with path.open(encoding="utf-8", newline="") as file:
            text = file.read()
        doc = nlp(text)
        assert doc.text == text
        assert len(doc.spans["metrics"]) == len(doc._.extraction.metrics)


def test_published_of_the_document(nlp: Language) -> None:
    doc = nlp.make_doc("去年新建学校12所。")
    doc.user_data["published"] = "2023-01-09"
    assert nlp(doc)._.extraction.dates[0].start == "2022-01-01"


@pytest.mark.parametrize("moment", ["2023-01-09", date(2023, 1, 9), datetime(2023, 1, 9, 8)])
def test_published_is_a_date_of_any_kind(nlp: Language, moment: date | str) -> None:
    doc = nlp.make_doc("去年新建学校12所。")
    doc.user_data["published"] = moment
    assert nlp(doc)._.extraction.dates[0].start == "2022-01-01"
    assert Doc(nlp.vocab).from_bytes(doc.to_bytes())._.extraction == doc._.extraction
    for context in (moment, {"published": moment}):
        ((piped, given),) = nlp.pipe([("去年新建学校12所。", context)], as_tuples=True)
        assert given is context
        assert piped._.extraction.dates[0].start == "2022-01-01"


def test_a_span_knows_its_record(nlp: Language) -> None:
    doc = nlp(SIMPLIFIED)
    for group in GROUPS:
        for span in doc.spans[group]:
            assert span._.record == doc._.extraction[span.id_]
    assert doc[:2]._.record is None


def test_without_options_nothing_is_lost(nlp: Language) -> None:
    first, second = nlp(SIMPLIFIED), nlp("全县救援队出动31次。")
    (packed,) = DocBin(docs=[first]).get_docs(nlp.vocab)
    assert packed._.extraction == first._.extraction
    joined = Doc.from_docs([first, second])
    metrics = joined._.extraction.metrics
    assert len(metrics) == len(first._.extraction.metrics) + 1
    assert all(joined.text[m.span.start : m.span.end] == m.span.text for m in metrics)
    assert joined.spans["metrics"][-1]._.record == metrics[-1]


def test_groups_that_become_spans() -> None:
    pipeline = spacy.blank("zh")
    pipeline.add_pipe("zhextract", config={"groups": ["dates"]})
    doc = pipeline(SIMPLIFIED)
    assert list(doc.spans) == ["dates"]
    assert doc._.extraction.metrics


def test_documents_serialise(nlp: Language) -> None:
    doc = nlp(SIMPLIFIED)
    again = Doc(nlp.vocab).from_bytes(doc.to_bytes())
    (packed,) = DocBin().from_bytes(DocBin(docs=[doc], store_user_data=True).to_bytes()).get_docs(nlp.vocab)
    for copy in (again, packed):
        assert copy._.extraction == doc._.extraction
        assert [s.id_ for s in copy.spans["dates"]] == [s.id_ for s in doc.spans["dates"]]


def test_pipeline_saves_with_its_settings(tmp_path: Path) -> None:
    rules = write_rule(tmp_path / "rules", "furniture.toml", 'check = "dates"\n')
    pipeline = spacy.blank("zh")
    pipeline.add_pipe("zhextract", config={"rules": [str(rules)], "segmenter": "jieba"})
    pipeline.to_disk(tmp_path / "saved")
    loaded = spacy.load(tmp_path / "saved")
    assert loaded.config["components"]["zhextract"]["rules"] == [str(rules)]
    assert loaded(SIMPLIFIED)._.extraction == pipeline(SIMPLIFIED)._.extraction
