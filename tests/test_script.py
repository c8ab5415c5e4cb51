"""Script and width: one code point to one, equal to the converter that the tables come from."""

from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st
from opencc import OpenCC

from extract.rules import Rules
from extract.text.script import PARTICLE, ScriptConverter, fold


@pytest.fixture(scope="module")
def converter() -> ScriptConverter:
    return ScriptConverter(Rules())


CORRECTIONS = dict(line.split() for line in Rules().words("script"))


def keys(name: str) -> list[str]:
    text = files("opencc").joinpath("dictionary", name).read_text(encoding="utf-8")
    return [line.split("\t")[0] for line in text.splitlines() if line.strip()]


@given(st.text())
def test_conversion_and_folding_keep_every_position(converter: ScriptConverter, text: str) -> None:
    assert len(fold(converter.simplify(text, converter.detect(text)))) == len(text)


@pytest.mark.parametrize("name", ["TSCharacters.txt", "TSPhrases.txt"])
def test_whole_tables_are_read_as_the_reference_converter_reads_them(
    converter: ScriptConverter, name: str
) -> None:
    """Every key, but those that hold a corrected character or word."""
    reference = OpenCC("t2s").convert
    table = [key for key in keys(name) if not any(part in key for part in CORRECTIONS)]
    assert len(table) > 180
    different = {key for key in table if converter.simplify(key, "traditional") != reference(key)}
    assert different == set()


@pytest.mark.parametrize(("traditional", "simplified"), sorted(CORRECTIONS.items()))
def test_corrections_are_what_is_read(converter: ScriptConverter, traditional: str, simplified: str) -> None:
    assert len(traditional) == len(simplified)
    assert converter.simplify(traditional, "traditional") == simplified


def test_each_correction_is_a_difference_from_the_package(converter: ScriptConverter) -> None:
    """A line that the package agrees with would be dead, unless it keeps 著 or a corrected character."""
    reference = OpenCC("t2s").convert
    corrected = {key for key in CORRECTIONS if len(key) == 1} | {PARTICLE[0]}
    inside = {key for key in CORRECTIONS if len(key) > 1 and corrected.intersection(key)}
    longer = {key for key in CORRECTIONS if any(k != key and k in key for k in CORRECTIONS)}
    dead = {k for k, v in CORRECTIONS.items() if reference(k) == v} - inside - longer
    assert dead == set()


@pytest.mark.parametrize(
    ("text", "simplified"),
    [
        ("他沿著河走，著名作家的著作顯著減少", "他沿着河走，著名作家的著作显著减少"),
        ("他沿着河走，編著三卷，著於竹簡", "他沿着河走，编著三卷，著于竹简"),
        ("乾隆年間，餅乾乾淨，乾安縣乾旱", "乾隆年间，饼干干净，乾安县干旱"),
        ("瞭解情況，登上瞭望塔", "了解情况，登上瞭望塔"),
        ("佔兩週的三成，週邊，占卜", "占两周的三成，周边，占卜"),
        ("村裡的公里數，心裏", "村里的公里数，心里"),
        ("爲民與為民，臺灣與台灣，衞生署", "为民与为民，台湾与台湾，卫生署"),
        ("陳昇與張鈞甯談昇華，甦醒", "陈昇与张钧甯谈升华，苏醒"),
        ("擡頭看溪水與谿谷，搜索", "抬头看溪水与溪谷，搜索"),
        ("徵稅與宮商角徵羽，後來的皇后", "征税与宫商角徵羽，后来的皇后"),
        ("發展理髮業，頭髮", "发展理发业，头发"),
    ],
)
def test_one_to_many_choices(converter: ScriptConverter, text: str, simplified: str) -> None:
    assert converter.simplify(text, "traditional") == simplified


def test_compatibility_ideographs_and_radicals_of_pdf_pages(converter: ScriptConverter) -> None:
    assert converter.simplify("⼈⼝与⾼速", "simplified") == "人口与高速"
    assert converter.simplify("\uf92d年", "traditional") == "来年"
    assert converter.detect("⼈⼝与⾼速公路") == "simplified"


@pytest.mark.parametrize(
    "text",
    [
        "國務委員在廣東調研",
        "瞭解後來的情況",
        "裏應外合，髮型與發展",
        "佔總數的三成，週末恢復",
        "颱風過後，臺灣復電",
    ],
)
def test_traditional_text_reads_as_the_reference_converter_reads_it(
    converter: ScriptConverter, text: str
) -> None:
    assert converter.simplify(text, converter.detect(text)) == OpenCC("t2s").convert(text)


def test_simplified_text_stays_as_it_is(converter: ScriptConverter) -> None:
    text = "乾隆年间著名的古迹，於姓村民三百人，瞭望塔一座。"
    assert converter.simplify(text, converter.detect(text)) == text
    assert converter.detect(text) == "simplified"


def test_script_is_told_from_characters_of_one_script_only(converter: ScriptConverter) -> None:
    assert converter.detect("國務委員在廣東調研") == "traditional"
    assert converter.detect("no Han at all") is None


def test_signs_have_one_form() -> None:
    assert fold("１２３，４５６人,近9,000万") == "123,456人，近9,000万"
    assert fold("上午10：30开始(周一):共5％") == "上午10:30开始（周一）：共5%"
    assert fold("见http://example.org, 1,2,3") == "见http://example.org， 1，2，3"
    assert fold("\ud800人") == "\ufffd人"


@pytest.mark.parametrize(("of_a_hundred", "script"), [(0, "simplified"), (5, "mixed"), (20, "traditional")])
def test_script_is_told_by_the_share_of_traditional_characters(of_a_hundred: int, script: str) -> None:
    text = "國" * of_a_hundred + "国" * (100 - of_a_hundred)
    assert ScriptConverter(Rules()).detect(text) == script
