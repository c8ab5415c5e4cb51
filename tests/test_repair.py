"""Spun pages are repaired with true spans; sound texts are left alone."""

from extract import Extractor

SPUN = "某市有生齒300萬，平易近警2000名，差人包養網日夜巡邏，年夜案降落12%。"


def test_a_spun_page_is_repaired_and_its_spans_stay_true(extractor: Extractor) -> None:
    extraction = extractor.extract(SPUN)
    assert "民警" in [m.name for m in extraction.metrics]
    (change,) = [m.change for m in extraction.metrics if m.change]
    assert (change.direction, change.amount) == ("decrease", 12)
    for record in (*extraction.metrics, *extraction.percentages):
        assert SPUN[record.span.start : record.span.end] == record.span.text
    assert [w.code for w in extraction.warnings] == ["repaired"]


def test_a_sound_text_keeps_words_that_farms_use(extractor: Extractor) -> None:
    text = "老王平易近人，年夜饭一桌，法院认定包养协议无效，案件降落5%。"
    assert extractor.extract(text).warnings == ()
