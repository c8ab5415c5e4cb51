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


def test_a_record_names_the_cells_that_head_it(extractor: Extractor) -> None:
    text = "2022年用水 单位：万吨\n县区\t工业\t农业\n柳河县\t36.5\t12\n"
    first, second = extractor.extract(text).metrics
    assert [[span.text for span in m.headings] for m in (first, second)] == [
        ["柳河县", "工业"],
        ["柳河县", "农业"],
    ]


def test_names_and_values_by_turns(extractor: Extractor) -> None:
    """Numbers of several units in one column have no heading above them."""
    text = (
        "项目名称\t柳河水厂\t建设地点\t白沙乡\n总投资\t3.6亿元\t占地\t58亩\n日供水\t5万吨\t服务人口\t22万人\n"
    )
    found = {m.name: (m.value, m.unit) for m in extractor.metrics(text)}
    assert found == {
        "总投资": (360000000, "元"),
        "日供水": (50000, "吨"),
        "占地": (58, "亩"),
        "服务人口": (220000, "人"),
    }


def test_tables_side_by_side(extractor: Extractor) -> None:
    text = "县区\t用水（万吨）\t县区\t用水（万吨）\n柳河县\t36.5\t青石县\t31.5\n"
    assert [(m.scope, m.value) for m in extractor.metrics(text)] == [("柳河县", 365000), ("青石县", 315000)]


def test_a_note_below_gives_the_unit_of_its_own_table(extractor: Extractor) -> None:
    table = "县区\t用水\n柳河县\t36.5\n青石县\t31.5\n"
    (noted, _) = extractor.metrics(f"{table}注：本表单位为万吨。\n")
    assert (noted.value, noted.unit) == (365000, "吨")
    found = extractor.metrics(f"{table}\n表2 单位：亿元\n县区\t产值\n柳河县\t2.5\n青石县\t3.5\n")
    assert [m.name for m in found] == ["产值", "产值"]


def test_a_share_by_the_thousand_keeps_its_sign(extractor: Extractor) -> None:
    found = extractor.extract("单位：‰\n县区\t出生率\n柳河县\t6.72\n青石县\t5.5\n")
    assert [(m.value, m.unit) for m in found.metrics] == [(6.72, "‰"), (5.5, "‰")]
    assert [p.value for p in found.percentages] == [0.672, 0.55]
