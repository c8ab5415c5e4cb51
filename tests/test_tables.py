"""Tables of texts and pages: what their cells state, and what they leave open."""

import time

from extract import Extractor
from extract.pages.page import page

HEAD = "<html><body><h1>柳河县用水情况</h1><p>各乡镇用水平稳，水务部门继续做好巡查和检修工作。</p>"
TABLE = (
    "<table><caption>2022年用水情况　单位：万吨</caption>"
    "<tr><th rowspan=2>乡镇</th><th colspan=2>用水量</th><th rowspan=2>同比（%）</th></tr>"
    "<tr><th>工业</th><th>农业</th></tr>"
    "<tr><td>柳林镇</td><td>1,205.5</td><td>86.2<sup>①</sup></td><td>-3.1</td></tr>"
    "<tr><td>白沙乡</td><td>—</td><td></td><td>2.4</td></tr></table>"
)


def test_a_table_of_a_page_states_what_its_headings_say(extractor: Extractor) -> None:
    found = page(f"{HEAD}{TABLE}</body></html>")
    first, second = extractor.extract(found.text, published="2023-01-05").metrics
    assert (first.name, first.value, first.unit) == ("用水量工业", 12055000, "吨")
    assert (first.scope, first.period) == ("柳林镇", "2022年")
    assert found.text[first.span.start : first.span.end] == first.span.text == "1,205.5"
    assert second.value == 862000
    assert second.change is not None
    assert (second.change.direction, second.change.amount) == ("decrease", 3.1)


def test_a_number_without_a_unit_is_left_out_with_a_warning(extractor: Extractor) -> None:
    found = extractor.extract("2022年水利\n\n项目\t数值\n水库\t12座\n堤防\t36.5\n")
    assert [m.name for m in found.metrics] == ["水库"]
    assert [w.span.text for w in found.warnings if w.span] == ["36.5"]


def test_a_layout_table_stays_text() -> None:
    cell = "今年入汛以来，镇里加固塘坝九座，村民还自发清理了淤塞的沟渠，" * 4
    text = page(
        f"{HEAD}<table><tr><td>1</td><td>{cell}</td></tr><tr><td>2</td><td>{cell}</td></tr></table>"
    ).text
    assert "|" not in text


def test_lines_that_hold_only_a_number_are_joined_with_no_other(extractor: Extractor) -> None:
    text = "指标\n数值\n" + "用水量，农业\n1,205.5\n31\n" * 6
    assert not [m for m in extractor.metrics(text) if m.span.text.startswith("1,205.53")]


def test_time_grows_with_the_rows(extractor: Extractor) -> None:
    def seconds(rows: int) -> float:
        text = "2022年用水　单位：万吨\n县区\t工业\t农业\n" + "柳河县\t36.5\t12\n" * rows
        start = time.process_time()
        extractor.extract(text)
        return time.process_time() - start

    seconds(500)
    assert seconds(4000) < 8 * 3 * seconds(500)


def test_a_scope_has_its_place_be_it_of_row_column_or_caption(extractor: Extractor) -> None:
    of_rows = extractor.extract("单位：万吨\n县区\t工业用水\n柳河县\t36.5\n青石县\t31.5\n")
    of_columns = extractor.extract("单位：万吨\n指标\t柳河县\t青石县\n工业用水\t36.5\t31.5\n")
    of_caption = extractor.extract("青石县用水 单位：万吨\n指标\t2022年\n工业用水\t36.5\n农业用水\t31.5\n")
    for found in (of_rows, of_columns, of_caption):
        assert [m.scope_span and m.scope_span.text for m in found.metrics] == [m.scope for m in found.metrics]
    assert [m.scope_span and m.scope_span.start for m in of_rows.metrics] == [14, 23]
    assert [m.scope_span and m.scope_span.start for m in of_columns.metrics] == [9, 13]
    assert [m.scope_span and m.scope_span.start for m in of_caption.metrics] == [0, 0]
