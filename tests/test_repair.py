"""Noisy pages are repaired with true spans and a warning each; sound texts are left alone."""

import pickle
from datetime import date

import pytest

from extract import Extractor
from extract.records import Extraction

SPUN = "某市有生齒300萬，平易近警2000名，差人包養網日夜巡邏，年夜案降落12%。"
SPUN_REPAIRS = ["生齒", "平易近", "差人", "包養網", "年夜", "降落"]


def repairs(extraction: Extraction) -> list[str]:
    return [w.span.text if w.span else "" for w in extraction.warnings if w.code == "repaired"]


def true_spans(raw: str, extraction: Extraction) -> bool:
    spans = [r.span for r in (*extraction.metrics, *extraction.percentages, *extraction.dates)]
    spans += [w.span for w in extraction.warnings if w.span]
    spans += [place for official in extraction.officials for place in official.mentions]
    return all(raw[s.start : s.end] == s.text for s in spans)


def test_a_spun_page_is_repaired_and_its_spans_stay_true(extractor: Extractor) -> None:
    extraction = extractor.extract(SPUN)
    assert "民警" in [m.name for m in extraction.metrics]
    (change,) = [m.change for m in extraction.metrics if m.change]
    assert (change.direction, change.amount) == ("decrease", 12)
    assert true_spans(SPUN, extraction)
    assert repairs(extraction) == SPUN_REPAIRS


@pytest.mark.parametrize(
    "text",
    [
        "老王平易近人，年夜饭一桌，法院认定包养协议无效，案件降落5%。",
        "2023年夜间巡逻300次，当局者迷，今朝风流人物。",
        "委员 张平 李安 出席。\n\n名单如下\n张平\n李安\n王和",
        "5月6日，发布会结束。重（zhòng）要的字读一次。工程历时210日。",
        "若a<b且b>c，则a与c的和为300；AT&T公司员工300人。",
    ],
)
def test_a_sound_text_gets_no_repair(extractor: Extractor, text: str) -> None:
    assert repairs(extractor.extract(text, published=date(2023, 2, 10))) == []


@pytest.mark.parametrize(
    ("raw", "value", "name", "taken"),
    [
        ("全市破\u200b案3\u200b00起。", 300, "破案", ["\u200b", "\u200b"]),
        ("全市破案&#51;00起，&ldquo;平安&rdquo;。", 300, "破案", ["&#51;", "&ldquo;", "&rdquo;"]),
        ("<p>全市<b>破案</b>300起</p><p>完</p>", 300, "破案", ["<p>", "<b>", "</b>", "</p>", "<p>", "</p>"]),
        ("全市破(pò)案(àn)了(le)300起。", 300, "破案", ["(pò)", "(àn)", "(le)"]),
    ],
)
def test_marks_of_the_page_are_taken_out(
    extractor: Extractor, raw: str, value: int, name: str, taken: list[str]
) -> None:
    extraction = extractor.extract(raw)
    assert value in [m.value for m in extraction.metrics]
    assert any(name in m.name for m in extraction.metrics)
    assert repairs(extraction) == taken
    assert true_spans(raw, extraction)


def test_lines_wrapped_by_hand_are_one_sentence(extractor: Extractor) -> None:
    raw = "要闻\n\n今年以来，全县共植树造\n林3.2万亩，比上年增长1\n2%，义务植树\n48万株，成活率达9\n1.5%。"
    extraction = extractor.extract(raw)
    assert {12, 91.5} <= {p.value for p in extraction.percentages}
    assert true_spans(raw, extraction)
    assert repairs(extraction) == ["\n"] * 4


def test_a_page_read_letter_by_letter(extractor: Extractor) -> None:
    raw = " ".join("今年以来，全县共植树造林3.2万亩，同比增长12%。") + "   " + " ".join("县长周启明到会。")
    extraction = extractor.extract(raw)
    assert [p.value for p in extraction.percentages] == [12]
    assert [o.name for o in extraction.officials] == ["周启明"]
    assert true_spans(raw, extraction)


def test_a_spam_term_is_learned_from_where_it_stands(extractor: Extractor) -> None:
    """It splits words, again and again in other surroundings; a set phrase does not."""
    sound = (
        "今年以来，全县植树造林进展顺利。县林业局介绍，全县林业生产总值增长，农民收入提高。"
        "植树造林离不开农民，林业生产离不开技术。县里组织技术人员下乡，帮助农民提高收入。"
    )
    assert repairs(extractor.extract(sound)) == []
    term = "夜色聊吧"
    raw = sound
    for word in ("植树", "林业局", "农民", "收入", "技术", "组织", "提高"):
        at = raw.index(word) + 1
        raw = raw[:at] + term + raw[at:]
    assert repairs(extractor.extract(raw)) == [term] * 7


@pytest.mark.parametrize(
    ("raw", "published", "start"),
    [
        ("210日，全县林业会议召开。", date(2023, 2, 10), "2023-02-10"),
        ("会议于1225日召开。", date(2022, 12, 26), "2022-12-25"),
    ],
)
def test_a_day_without_its_month_is_read_by_the_publication_date(
    extractor: Extractor, raw: str, published: date, start: str
) -> None:
    extraction = extractor.extract(raw, published=published)
    assert [d.start for d in extraction.dates] == [start]
    assert repairs(extraction) == [d.span.text for d in extraction.dates]
    assert repairs(extractor.extract(raw, published=date(2023, 7, 1))) == []
    assert repairs(extractor.extract(raw)) == []


def test_repair_can_be_left_out() -> None:
    extractor = pickle.loads(pickle.dumps(Extractor(repair=False)))
    extraction = extractor.extract(SPUN)
    assert repairs(extraction) == []
    assert "民警" not in [m.name for m in extraction.metrics]


def test_beyond_a_hundred_repairs_are_counted(extractor: Extractor) -> None:
    extraction = extractor.extract("树\u200b木" * 130)
    assert len(repairs(extraction)) == 101
    assert extraction.warnings[-1].message == "invisible: 30 more repairs like these"
