"""Facts across articles: series, contradictions, witnesses, careers, and what a second build does."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from extract import Extraction, Extractor
from extract.cli import main
from extract.facts.store import FILE, Built, FactsError, Store
from extract.output.results import results
from extract.rules import Rules

pytest.importorskip("duckdb", reason="facts are an extra")
pytest.importorskip("pyarrow", reason="facts are an extra")

ARTICLES = {
    "a": ("2024-05-10", "4月份，山东省粗钢产量达到120.5万吨，同比增长3%。4月末，山东省常住人口达到512万人。"),
    "b": ("2024-06-11", "5月份，山东省粗钢产量达到118万吨，同比下降2%。新任省长陆行舟出席会议。"),
    "c": ("2024-06-20", "据统计，5月份山东省粗钢产量约117.8万吨。山东省省长陆行舟说，形势向好。"),
    "d": ("2024-06-25", "5月份，山东省粗钢产量达到93万吨。山东省原省长何望川到会。"),
}


def read(extractor: Extractor, articles: dict[str, tuple[str, str]]) -> list[Extraction]:
    return [
        extractor.extract(text, published=published, id=id).with_text(text)
        for id, (published, text) in articles.items()
    ]


@pytest.fixture(scope="module")
def extractions(extractor: Extractor) -> list[Extraction]:
    return read(extractor, ARTICLES)


def rows(extractor: Extractor, found: Iterable[Extraction], path: Path, query: str) -> list[tuple[Any, ...]]:
    with Store(path / FILE) as store:
        store.build(extractor.rules, found)
        return store.rows(query)


def test_a_series_has_one_value_of_each_month(
    extractor: Extractor, extractions: list[Extraction], tmp_path: Path
) -> None:
    """What is stated first, where what follows is only vaguer."""
    query = (
        "select month(start), value, unit, article, sentence from series where series = 'steel' and latest"
    )
    points = rows(extractor, extractions[:3], tmp_path, query)
    assert points == [
        (4, 1_205_000, "吨", "a", "4月份，山东省粗钢产量达到120.5万吨，同比增长3%。"),
        (5, 1_180_000, "吨", "b", "5月份，山东省粗钢产量达到118万吨，同比下降2%。"),
    ]


def test_what_is_stated_later_counts_where_it_revises(extractor: Extractor, tmp_path: Path) -> None:
    """A value near the first one does, and one that is said to correct it; another contradicts it."""
    texts = {
        "first": ("2024-05-10", "4月份，山东省粗钢产量为120.5万吨。3月份，山东省原煤产量为80万吨。"),
        "near": ("2024-06-11", "4月份，山东省粗钢产量为119.9万吨。"),
        "vaguer": ("2024-06-12", "4月份山东省粗钢产量约120万吨。"),
        "hedged": ("2024-06-12", "4月份，山东省粗钢产量超过119万吨。"),
        "slip": ("2024-07-15", "4月份山东省粗钢产量为102.5万吨。"),
        "corrected": ("2024-07-16", "经核实，3月份山东省原煤产量为91万吨。"),
    }
    query = "select value, article, revised from series where latest order by value"
    assert rows(extractor, read(extractor, texts), tmp_path, query) == [
        (910_000, "corrected", True),
        (1_199_000, "near", True),
    ]


def test_a_name_that_says_of_nothing_what_it_counts_makes_no_series(
    extractor: Extractor, tmp_path: Path
) -> None:
    texts = {
        "a": ("2024-05-10", "4月，山东省有21个县。"),
        "b": ("2024-05-10", "今年一季度，我国进出口总额9万亿元，其中出口5万亿元，进口4万亿元。"),
        "c": ("2024-05-10", "今年一季度，我国与中亚国家合计进出口总额0.2万亿元。"),
    }
    query = "select series, value from series order by value"
    assert rows(extractor, read(extractor, texts), tmp_path, query) == [
        ("与中亚国家合计进出口总额", 2e11),
        ("imports", 4e12),
        ("exports", 5e12),
        ("trade", 9e12),
    ]


def test_other_rules_make_all_anew(
    extractor: Extractor, extractions: list[Extraction], tmp_path: Path
) -> None:
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "countries.txt").write_text("北川国\n", encoding="utf-8")
    with Store(tmp_path / FILE) as store:
        assert store.build(extractor.rules, extractions) == Built(4, 0, 0)
        assert store.build(Rules([tmp_path / "own"]), extractions) == Built(4, 0, 0)


def test_a_stock_is_that_of_the_last_day(
    extractor: Extractor, extractions: list[Extraction], tmp_path: Path
) -> None:
    query = "select cast(start as varchar), value from series where series = 'population'"
    assert rows(extractor, extractions, tmp_path, query) == [("2024-04-30", 5_120_000)]


def test_statements_contradict_each_other_beyond_their_wording(
    extractor: Extractor, extractions: list[Extraction], tmp_path: Path
) -> None:
    """118 and `约117.8` are one value; 93 is another."""
    query = "select article, other_article from contradictions order by all"
    assert rows(extractor, extractions, tmp_path, query) == [("b", "d"), ("c", "d")]


def test_a_level_is_witnessed_by_its_base_and_change(extractor: Extractor, tmp_path: Path) -> None:
    texts = {
        "right": ("2024-05-10", "山东省登记企业由去年的200家增加到220家，增长10%。"),
        "wrong": ("2024-05-10", "山东省登记企业由去年的200家增加到260家，增长10%。"),
    }
    query = "select article, agrees from witnesses where kind = 'change'"
    assert rows(extractor, read(extractor, texts), tmp_path, query) == [("right", True), ("wrong", False)]


def test_a_name_alone_makes_nobody_one_person(extractor: Extractor, tmp_path: Path) -> None:
    texts = {
        "a": ("2024-05-10", "山东省省长陆行舟出席会议。"),
        "b": ("2024-06-10", "山东省省长陆行舟讲话。"),
        "c": ("2024-06-10", "东山县教育局局长陆行舟出席会议。"),
    }
    query = "select distinct person, article from identities order by article"
    found = rows(extractor, read(extractor, texts), tmp_path, query)
    assert [person for person, _ in found] == ["陆行舟", "陆行舟", "陆行舟#2"]


def test_a_body_may_be_written_shorter_or_left_out(extractor: Extractor, tmp_path: Path) -> None:
    """While nearly only one person of the name has the title in such a body."""
    texts = {
        "a": ("2024-05-10", "北川国国防部部长安德烈·索林出席会议。国家主席程望岳出席。"),
        "b": ("2024-06-10", "国防部部长安德烈·索林讲话。"),
        "c": ("2024-06-11", "国家主席程望岳会见来宾。"),
        "d": ("2024-06-12", "东山县水利局局长周远山到会。"),
        "e": ("2024-06-13", "东山县教育局局长周远山到会。"),
    }
    query = "select name, count(distinct person) from identities join appearances using (article, official) "
    found = rows(extractor, read(extractor, texts), tmp_path, query + "group by name order by name")
    assert found == [("周远山", 2), ("安德烈·索林", 1), ("程望岳", 1)]


def test_the_body_of_a_post_is_given_in_full(extractor: Extractor, tmp_path: Path) -> None:
    """However its articles write it: without its term, the form of its state, or at all."""
    texts = {
        "a": ("2024-05-10", "巴西共和国总统佩德罗·萨林抵达北京。全国政协副主席陆行舟出席会议。"),
        "b": ("2024-06-10", "巴西总统佩德罗·萨林发表讲话。十四届全国政协副主席陆行舟讲话。"),
        "c": ("2024-06-11", "佩德罗·萨林总统会见来宾。民建中央主席陆行舟到会。"),
        "d": ("2024-06-12", "中央军委委员周远山到会。"),
        "e": ("2024-06-13", "免去周远山的中央军事委员会委员职务。"),
    }
    query = "select person, organization, title, articles, status from posts order by all"
    assert rows(extractor, read(extractor, texts), tmp_path, query) == [
        ("佩德罗·萨林", "巴西", "总统", 3, "current"),
        ("周远山", "中央军事委员会", "委员", 2, "former"),
        ("陆行舟", "全国政协", "副主席", 2, "current"),
        ("陆行舟", "民建中央", "主席", 1, "current"),
    ]


def test_bodies_of_two_regions_stay_two(extractor: Extractor, tmp_path: Path) -> None:
    texts = {
        "a": ("2024-05-10", "山东省委书记陆行舟讲话。"),
        "b": ("2024-06-10", "河南省委书记陆行舟讲话。"),
        "c": ("2024-06-11", "省委书记陆行舟讲话。"),
    }
    query = "select person, organization from posts order by all"
    assert rows(extractor, read(extractor, texts), tmp_path, query) == [
        ("陆行舟", "山东省委"),
        ("陆行舟#2", "河南省委"),
        ("陆行舟#3", "省委"),
    ]


def test_what_a_figure_is_of_is_known_or_left_out(extractor: Extractor, tmp_path: Path) -> None:
    """A flow up to a day is that of the year so far; a plan, a run and a narrowed name are no points."""
    texts = {
        "flow": ("2024-05-06", "截至5月4日，今年我国快递业务量达到400亿件。"),
        "plan": ("2024-05-06", "今年我国快递业务量有望超过1500亿件。"),
        "run": ("2024-05-06", "4月，我国快递业务量连续两个月超过100亿件。"),
        "narrowed": ("2024-05-06", "4月，我国农村快递业务量达到20亿件。"),
        "month": ("2024-05-06", "4月，我国快递业务量完成130亿件。"),
    }
    query = (
        "select article, cast(start as varchar), value from series where series = 'express' order by article"
    )
    found = rows(extractor, read(extractor, texts), tmp_path, query)
    assert found == [("flow", "2024-01-01", 40_000_000_000), ("month", "2024-04-01", 13_000_000_000)]


def test_texts_are_found_in_a_file_of_many_articles(tmp_path: Path) -> None:
    lines = [
        json.dumps({"id": id, "published": published, "text": text})
        for id, (published, text) in ARTICLES.items()
    ]
    (tmp_path / "all.jsonl").write_text("\n".join(lines), encoding="utf-8")
    out = tmp_path / "out"
    assert CliRunner().invoke(main, ["run", str(tmp_path / "all.jsonl"), "-o", str(out)]).exit_code == 0
    texts = {found.article.id: found.text for found in results(out)}
    assert texts == {f"all/{id}": text for id, (_, text) in ARTICLES.items()}


def test_a_removed_holder_is_followed_by_the_one_appointed(extractor: Extractor, tmp_path: Path) -> None:
    texts = {
        "a": ("2023-03-02", "3月1日，柳河县人大常委会决定任命沈怀远为柳河县水利局局长。"),
        "b": ("2024-09-06", "9月5日，决定免去沈怀远的柳河县水利局局长职务，任命林青山为柳河县水利局局长。"),
        "c": ("2024-09-07", "柳河县水利局原局长何望川到会。"),
    }
    query = "select predecessor, name, cast(since as varchar) from changes"
    assert rows(extractor, read(extractor, texts), tmp_path, query) == [("沈怀远", "林青山", "2024-09-05")]


def test_a_second_build_reads_only_what_is_new(
    extractor: Extractor, extractions: list[Extraction], tmp_path: Path
) -> None:
    with Store(tmp_path / FILE) as store:
        assert store.build(extractor.rules, extractions[:3]) == Built(3, 0, 0)
        assert store.build(extractor.rules, extractions) == Built(1, 3, 0)
        assert store.build(extractor.rules, extractions[1:]) == Built(0, 3, 1)
        assert store.rows("select count(*) from statements where article = 'a'") == [(0,)]


def test_the_order_of_articles_does_not_matter(
    extractor: Extractor, extractions: list[Extraction], tmp_path: Path
) -> None:
    views = ("series", "contradictions", "witnesses", "posts", "changes")
    found = []
    for order in (extractions, extractions[::-1]):
        folder = tmp_path / str(len(found))
        folder.mkdir()
        with Store(folder / FILE) as store:
            store.build(extractor.rules, order)
            found.append([store.rows(f"select * from {view}") for view in views])
    assert found[0] == found[1]


def test_the_commands(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for id, (_, text) in ARTICLES.items():
        (tmp_path / "in" / f"{id}.txt").write_text(text, encoding="utf-8")
    index = "".join(f"{id}.txt\t{published}\n" for id, (published, _) in ARTICLES.items())
    (tmp_path / "in" / "index.tsv").write_text("file\tpublished\n" + index, encoding="utf-8")
    out = str(tmp_path / "out")
    call = CliRunner().invoke
    assert call(main, ["check", str(tmp_path)]).exit_code == 2  # no facts yet, which is no contradiction
    assert call(main, ["run", str(tmp_path / "in"), "-o", out]).exit_code == 0
    built = call(main, ["facts", out, "--input", str(tmp_path / "in")])
    assert built.output.startswith("4 articles read, 0 as before, 0 gone:")
    values = call(main, ["series", "粗钢产量", out, "--region", "山东省", "--csv"]).output.splitlines()
    assert len(values) == 3
    assert values[1].startswith("2024-04-01,2024-05-01,1205000.0,吨,3.0,%,山东省,a,2024-05-10,4月份")
    assert "120" in call(main, ["series", "steel", out, "--plot"]).output
    assert "山东省" in call(main, ["person", "陆行舟", out]).output
    assert call(main, ["person", "无此人", out]).exit_code == 1
    checked = call(main, ["check", out])
    assert checked.exit_code == 1
    assert "1 contradictions" in checked.output or "2 contradictions" in checked.output


def test_articles_without_a_date_and_documents_in_lines(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(ARTICLES["b"][1], encoding="utf-8")
    out = tmp_path / "out"
    call = CliRunner().invoke
    assert call(main, ["run", str(tmp_path / "a.txt"), "-o", str(out), "--to", "jsonl"]).exit_code == 0
    built = call(main, ["facts", str(out)])
    assert built.output.startswith("1 articles read"), built.output
    assert "省长" in call(main, ["person", "陆行舟", str(out)]).output
    assert call(main, ["run", str(tmp_path / "a.txt"), "-o", str(out), "--to", "csv"]).exit_code == 0
    assert "add json or jsonl to --to" in call(main, ["facts", str(out)]).output


def test_no_facts_without_results(tmp_path: Path) -> None:
    call = CliRunner().invoke(main, ["facts", str(tmp_path)])
    assert call.exit_code == 2
    assert "no results of a run" in call.output
    with pytest.raises(FactsError, match="zhextract facts"):
        Store(tmp_path / FILE, read_only=True)


def test_the_register_is_large_and_of_one_meaning(extractor: Extractor) -> None:
    """The register names at least 250 statistics; a metric has the id of the one that it states."""
    from extract.indicators import Indicators

    register = Indicators(extractor.rules)
    assert len(register.by_id) >= 250
    found = json.loads(extractor.extract("全国进出口总额达3万亿元。").to_json())
    assert [m["indicator"] for m in found["metrics"]] == ["trade"]
    assert register.of("进出口总额", "吨") is None  # cargo of ports
    assert register.of("进出口总额", "美元") == "trade"
