"""Script and width: one code point to one, equal to the converter that the tables come from."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from opencc import OpenCC

from extract.rules import Rules
from extract.text.script import ScriptConverter, fold


@pytest.fixture(scope="module")
def converter() -> ScriptConverter:
    return ScriptConverter(Rules())


@given(st.text())
def test_conversion_and_folding_keep_every_position(text: str) -> None:
    converter = ScriptConverter(Rules())
    assert len(fold(converter.simplify(text, converter.detect(text)))) == len(text)


@pytest.mark.parametrize(
    "text",
    ["國務委員在廣東調研", "瞭解後來的情況", "裏應外合，髮型與發展", "佔總數的三成，週末恢復", "颱風過後，臺灣復電"],
)
def test_traditional_text_reads_as_the_reference_converter_reads_it(converter: ScriptConverter, text: str) -> None:
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
    assert fold("\ud800人") == "\ufffd人"
