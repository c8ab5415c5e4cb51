"""What goes to annotation tools comes back the same; what an annotator changes comes back changed."""

import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import msgspec
import pytest

from extract import Extractor
from extract.exchange import TOOLS, tool
from extract.exchange.document import Document, document
from extract.exchange.document import gold as to_gold
from extract.gold.corpus import Gold, GoldError, cases
from extract.gold.write import gold, stem
from tests.conftest import CORPUS, cli

TEXT = """\
Date: 2024-01-16

2023年，全县接报火灾2.8万起，同比下降9.3%，其中山林火灾120起。\t县長周啟明 说，😀救援出动31至35次。\r
局长李安、县长周啟明表示，\\n 不是换行。
"""
TEXTS = [TEXT, *((CORPUS / "articles" / f"{name}.txt").read_text("utf-8") for name in ("08-spun-page",))]


@pytest.fixture(scope="module")
def golds(extractor: Extractor) -> list[tuple[str, str, Gold]]:
    """Texts with their gold: names with a folder, tabs, line ends, characters beyond the first plane."""
    found = [(f"甲/{n}", text, extractor.extract(text, id=f"甲/{n}")) for n, text in enumerate(TEXTS)]
    return [(id, text, gold(extraction, text, f"{stem(id)}.txt")) for id, text, extraction in found]


@pytest.mark.parametrize("name", TOOLS)
def test_nothing_is_lost_on_the_way(name: str, golds: list[tuple[str, str, Gold]], tmp_path: Path) -> None:
    documents = [document(*entry) for entry in golds]
    back = list(tool(name).load(tool(name).save(tmp_path, documents)))
    assert [(d.id, d.text, d.published) for d in back] == [(d.id, d.text, d.published) for d in documents]
    assert [to_gold(d) for d in back] == [entry[2] for entry in golds]
    first = golds[0][2]
    assert first.metrics[1].part_of == "2.8万起#1"
    assert len(first.officials) == 2
    assert sum(len(o.mentions or ()) for o in first.officials) == 3


@pytest.mark.parametrize("name", TOOLS)
def test_commands(name: str, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, "utf-8", newline="")
    cli("run", tmp_path / "a.txt", "-o", tmp_path / "out")
    result = cli("export", tmp_path / "out", "--to", name, "-o", tmp_path / "export")
    assert result.output.startswith("1 articles -> ")
    place = result.output.strip().partition(" -> ")[2]
    result = cli("gold", "import", place, "--from", name, "--corpus", tmp_path / "corpus")
    assert result.exit_code == 0, result.output
    (case,) = cases(tmp_path / "corpus")
    assert case.article.raw == TEXT
    assert [m.text for m in case.gold.metrics] == ["2.8万起", "120起", "31至35次"]


@pytest.fixture
def one(golds: list[tuple[str, str, Gold]]) -> Document:
    return document(*golds[0])


def annotated(result: list[dict[str, Any]], folder: Path, one: Document) -> Gold:
    """An export of Label Studio in which an annotator has left this."""
    path = folder / "export.json"
    data = {"id": one.id, "text": one.text, "published": one.published}
    old = {"result": [], "was_cancelled": True}
    path.write_text(json.dumps([{"id": 7, "data": data, "annotations": [old, {"result": result}]}]))
    (back,) = tool("labelstudio").load(path)
    return to_gold(back)


def test_label_studio_takes_what_is_written(one: Document, tmp_path: Path) -> None:
    path = tool("labelstudio").save(tmp_path, [one])
    ((prediction,),) = [task["predictions"] for task in json.loads(path.read_bytes())]
    controls = {
        control.get("name"): control.tag.lower()
        for control in ElementTree.parse(tmp_path / "config.xml").getroot()
        if control.get("toName")
    }
    for region in prediction["result"]:
        if region["type"] != "relation":
            assert controls[region["from_name"]] == region["type"]
            value = region["value"]
            if region["type"] == "labels":
                assert one.text[value["start"] : value["end"]] == value["text"]
    assert {r["labels"][0] for r in prediction["result"] if r["type"] == "relation"} == {
        "part_of",
        "metric",
        "same_person",
    }


def test_an_annotator_changes_adds_and_removes(one: Document, tmp_path: Path) -> None:
    path = tool("labelstudio").save(tmp_path, [one])
    result = json.loads(path.read_bytes())[0]["predictions"][0]["result"]
    result = [region for region in result if region.get("id") != "m3"]
    (name,) = (r for r in result if r.get("id") == "m1" and r["from_name"] == "name")
    name["value"]["text"] = ["火灾"]
    at = one.text.index("120起")
    place = {"start": at, "end": at + 4, "text": "120起"}
    result.append({"id": "x9", "from_name": "label", "to_name": "text", "type": "labels"})
    result[-1]["value"] = {**place, "labels": ["DATE"]}
    result.append({"id": "x9", "from_name": "kind", "to_name": "text", "type": "choices"})
    result[-1]["value"] = {**place, "choices": ["duration"]}
    changed = annotated(result, tmp_path, one)
    assert [(m.text, m.name) for m in changed.metrics] == [("2.8万起", "火灾"), ("120起", "火灾")]
    assert [(d.text, d.kind) for d in changed.dates if d.text == "120起"] == [("120起", "duration")]


def test_what_no_record_can_be_is_named(one: Document, tmp_path: Path) -> None:
    place = {"start": 0, "end": 4, "text": "Date", "labels": ["PERCENT"]}
    region = {"id": "x", "from_name": "label", "to_name": "text", "type": "labels", "value": place}
    with pytest.raises(GoldError, match=r"甲/0: PERCENT 'Date' at 0: .*value"):
        annotated([region], tmp_path, one)
    place["text"] = "date"
    with pytest.raises(GoldError, match="at 0-4: the text there is not 'date'"):
        annotated([region], tmp_path, one)


def test_brat_spans_hold_no_line_end(tmp_path: Path) -> None:
    text = "火灾2\n8起。"
    metric = {"text": "2\n8起", "name": "火灾", "value": 28, "unit": "起"}
    made = document("a", text, msgspec.convert({"article": "a.txt", "metrics": [metric]}, Gold))
    tool("brat").save(tmp_path, [made])
    assert (tmp_path / "a.ann").read_text("utf-8").startswith("T1\tMETRIC 2 3;4 6\t2 8起\n")
    (back,) = tool("brat").load(tmp_path)
    assert to_gold(back).metrics[0].text == "2\n8起"
    relations = (tmp_path / "annotation.conf").read_text("utf-8")
    assert "metric\tArg1:PERCENT, Arg2:METRIC\n" in relations


def test_doccano_gives_its_own_ids(one: Document, tmp_path: Path) -> None:
    path = tool("doccano").save(tmp_path, [one])
    entry = json.loads(path.read_bytes())
    for entity in entry["entities"]:
        entity["id"] += 100
    for relation in entry["relations"]:
        relation["from_id"] += 100
        relation["to_id"] += 100
    keep = ("id", "text", "entities", "relations")
    line = {k: entry[k] for k in keep} | {
        "Comments": [],
        "meta": {k: v for k, v in entry.items() if k not in keep},
    }
    path.write_text(json.dumps(line), "utf-8")
    (back,) = tool("doccano").load(path)
    assert to_gold(back) == to_gold(one)
