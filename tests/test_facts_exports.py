"""The facts in forms of other tools: SDMX-CSV, FollowTheMoney, sentences, Parquet; read by those tools
themselves where they are installed."""

import csv
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from extract import Extractor
from extract.cli import main
from extract.facts.export import export
from extract.facts.sdmx import period
from extract.facts.store import FILE, VIEWS, Store
from tests.test_facts import ARTICLES, read

pytest.importorskip("duckdb", reason="facts are an extra")
pytest.importorskip("pyarrow", reason="facts are an extra")

Written = Callable[[str], list[Path]]


@pytest.fixture(scope="module")
def written(extractor: Extractor, tmp_path_factory: pytest.TempPathFactory) -> Written:
    """Writes the facts of four articles in a form."""
    folder = tmp_path_factory.mktemp("facts")

    def write(form: str) -> list[Path]:
        with Store(folder / FILE) as store:
            store.build(extractor.rules, read(extractor, ARTICLES))
            return export(store, form, folder)

    return write


@pytest.mark.parametrize(
    ("start", "end", "written"),
    [
        ("2024-01-01", "2025-01-01", "2024"),
        ("2024-07-01", "2025-01-01", "2024-S2"),
        ("2024-04-01", "2024-07-01", "2024-Q2"),
        ("2024-12-01", "2025-01-01", "2024-12"),
        ("2024-05-31", "2024-06-01", "2024-05-31"),
        ("2024-01-01", "2024-10-01", "2024-01-01/P9M"),
        ("2024-02-01", "2024-05-01", "2024-02-01/P3M"),
        ("2024-02-03", "2024-02-10", "2024-02-03/P7D"),
    ],
)
def test_periods_are_written_as_sdmx_has_them(start: str, end: str, written: str) -> None:
    assert period(date.fromisoformat(start), date.fromisoformat(end)) == written


def test_series_as_sdmx_have_one_observation_for_each_key(written: Written) -> None:
    (path,) = written("sdmx")
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    keys = [tuple(row.values())[3:8] for row in rows]
    assert keys == [
        ("population", "37", "人", "N", "2024-04-30"),
        ("steel", "37", "吨", "N", "2024-04"),
        ("steel", "37", "吨", "N", "2024-05"),
    ]
    assert [(row["OBS_VALUE"], row["REVISED"]) for row in rows] == [
        ("5120000", "N"),
        ("1205000", "N"),
        ("1180000", "N"),
    ]
    assert rows[1]["SENTENCE"] == "4月份，山东省粗钢产量达到120.5万吨，同比增长3%。"


def test_an_sdmx_reader_reads_the_series(written: Written) -> None:
    pysdmx = pytest.importorskip("pysdmx.io", reason="reads SDMX-CSV")
    (path,) = written("sdmx")
    (data,) = pysdmx.read_sdmx(path).data
    assert data.structure == "Dataflow=ZHEXTRACT:SERIES(1.0)"
    assert list(data.data["OBS_VALUE"]) == ["5120000", "1205000", "1180000"]


def entities(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_careers_are_entities_that_point_to_their_evidence(written: Written) -> None:
    found = entities(*written("ftm"))
    by_id = {entity["id"]: entity for entity in found}
    assert len(by_id) == len(found)
    told = [
        [by_id[entity["properties"][name][0]]["properties"] for name in ("holder", "post", "proof")]
        for entity in found
        if entity["schema"] == "Occupancy"
    ]
    assert sorted((holder["name"], post["name"], proof["fileName"]) for holder, post, proof in told) == [
        (["何望川"], ["山东省省长"], ["d"]),
        (["陆行舟"], ["山东省省长"], ["c"]),
    ]


def test_followthemoney_takes_every_property(written: Written) -> None:
    ftm = pytest.importorskip("followthemoney", reason="defines the entities")
    for entity in entities(*written("ftm")):
        proxy = ftm.model.get_proxy(entity, cleaned=False)
        ftm.model.get(entity["schema"]).validate(proxy.to_dict())
        assert {name: proxy.get(name) for name in entity["properties"]} == entity["properties"]


def test_sentences_have_their_metrics_and_posts(written: Written) -> None:
    (path,) = written("sentences")
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    assert [(row["article"], len(row["metrics"]), len(row["posts"])) for row in rows][:4] == [
        ("a", 1, 0),
        ("a", 1, 0),
        ("b", 1, 0),
        ("b", 0, 1),
    ]
    assert rows[3]["sentence"] == "新任省长陆行舟出席会议。"
    assert rows[3]["posts"][0]["name"] == "陆行舟"


def test_views_as_parquet(written: Written) -> None:
    from pyarrow import parquet

    paths = written("parquet")
    assert [path.name for path in paths] == [f"{view}.parquet" for view in VIEWS]
    assert parquet.read_table(paths[0])["value"].to_pylist()[0] == 5_120_000


def test_the_command_writes_what_it_is_asked_for(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(ARTICLES["a"][1], encoding="utf-8")
    call, out = CliRunner().invoke, str(tmp_path / "out")
    assert call(main, ["run", str(tmp_path / "a.txt"), "-o", out, "--published", "2024-05-10"]).exit_code == 0
    result = call(main, ["facts", out, "--to", "sdmx", "--to", "sentences"])
    assert result.exit_code == 0, result.output
    for name in ("series.csv", "sentences.jsonl"):
        assert name in result.output
        assert (tmp_path / "out" / name).stat().st_size
