"""How an extraction leaves the library: dictionaries, JSON, rows, frames, HTML; and how a caller gets in."""

import os
import pickle
import pydoc
import re
import subprocess
import sys
from datetime import date, datetime
from html.parser import HTMLParser
from pathlib import Path

import pandas
import pytest

import extract
from extract import Extraction, Extractor
from extract.output import tables
from extract.report import fragment
from tests.conftest import SIMPLIFIED, cli, write_rule

HOSTILE = "<img src=x onerror=alert(1)><script>alert(1)</script>\"'&"
NARROW = ("numbers", "quantities", "percentages", "metrics", "dates", "officials")


@pytest.fixture(scope="module")
def found(extractor: Extractor) -> Extraction:
    return extractor.extract(SIMPLIFIED, published="2024-01-16")


def test_json_and_back(found: Extraction) -> None:
    again = Extraction.from_json(found.to_json(indent=2))
    assert again == found == Extraction.from_json(found.to_json().encode())
    assert found.to_dict()["metrics"][0]["change"]["from"] is None
    assert (again.text, found.text) == (None, SIMPLIFIED)
    assert again.with_text(SIMPLIFIED).text == SIMPLIFIED
    assert pickle.loads(pickle.dumps(found)) == found


def test_records_by_id(found: Extraction) -> None:
    assert [found[record.id] for record in found] == list(found)
    assert found.date_of(found.metrics[0]) is found["d1"]
    assert found.metric_of(found.percentages[0]) is found["m1"]
    with pytest.raises(KeyError, match="no record 'm9' in <Extraction 'text': 2 metrics"):
        found["m9"]


def test_rows_and_frames(found: Extraction) -> None:
    frames = found.to_frames()
    assert set(frames) == set(tables.TABLES)
    for table, frame in frames.items():
        assert list(frame.columns) == tables.header(table)
        assert len(frame) == len(found.rows(table))
    assert all(len(frame) for table, frame in frames.items() if table != "warnings")
    first = found.rows("metrics")[0]
    assert (first["value"], first["change_amount"], first["period_start"]) == (28, 9.3, "2023-01-01")
    assert found.rows("dates")[1]["relative"] is True
    assert frames["metrics"]["value"].dropna().tolist() == [28]
    assert isinstance(frames["officials"], pandas.DataFrame)


def test_repr_is_short(found: Extraction) -> None:
    counts = "2 metrics, 2 percentages, 2 dates, 1 officials, 0 warnings"
    assert repr(found) == f"<Extraction 'text': {counts}>"
    assert repr(found.metrics[0].span) == "Span(13, 16, '28起')"
    assert "None" not in repr(found.metrics[0])


class Elements(HTMLParser):
    """The elements and attributes of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.attributes: set[str] = set()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.add(tag)
        self.attributes.update(name for name, _ in attrs)


HARMLESS = {"style", "section", "h2", "p", "div", "span", "a", "table", "caption", "thead", "tbody", "tr"}


def test_notebook_shows_the_text_and_obeys_nothing_of_it(extractor: Extractor) -> None:
    found = extractor.extract(
        f"{HOSTILE}\n全县接报火灾28起{HOSTILE}。县长周启明{HOSTILE}说。", title=HOSTILE, id=HOSTILE
    )
    html = found._repr_html_()
    elements = Elements(html)
    assert elements.names <= HARMLESS | {"th", "td"}
    assert elements.attributes <= {"class", "title", "id", "href"}
    assert 'class="zhx-metrics"' in html
    assert ">28起<" in html
    assert 'zhx-text">' not in Extraction.from_json(found.to_json())._repr_html_()


def test_every_character_of_the_text_is_in_the_fragment(extractor: Extractor) -> None:
    found = extractor.extract(SIMPLIFIED)
    (body,) = re.findall(r'<div class="zhx-text">(.*?)</div>', fragment.article(found, ()), re.DOTALL)
    assert re.sub(r"<[^>]*>", "", body) == SIMPLIFIED


def test_explain_as_a_page(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.txt").write_text(SIMPLIFIED, encoding="utf-8")
    page = cli("explain", tmp_path, "--html", "--published", "2024-01-16").output
    assert page.count('<section class="zhx">') == 2
    assert "default-src 'none'" in page
    one = cli("explain", tmp_path, "--id", "b")
    assert one.output.startswith("b\n")
    assert cli("explain", tmp_path, "--id", "c").exit_code == 2


@pytest.mark.parametrize(
    ("encoding", "command"),
    [
        ("ascii", ("explain", "a.txt")),
        ("gbk", ("explain", "a.txt")),
        ("cp1252", ("rules", "find", "\U0001f525火灾")),
    ],
)
def test_an_output_of_any_encoding_takes_every_character(
    tmp_path: Path, encoding: str, command: tuple[str, ...]
) -> None:
    (tmp_path / "a.txt").write_text(f"{SIMPLIFIED}\U0001f525", encoding="utf-8")
    done = subprocess.run(
        [Path(sys.executable).parent / "zhextract", *command],
        cwd=tmp_path,
        env=os.environ | {"PYTHONIOENCODING": encoding},
        capture_output=True,
    )
    said = done.stdout + done.stderr
    assert b"Traceback" not in said
    assert ("火灾" in said.decode("gbk")) if encoding == "gbk" else ("\U0001f525" in said.decode())


@pytest.mark.parametrize("call", NARROW)
def test_one_signature_for_narrow_calls(extractor: Extractor, call: str) -> None:
    text = "去年，全县接报火灾28起，下降9.3%。县长周启明说。"
    moment = datetime(2024, 1, 16, 8)
    results = [
        getattr(extractor, call)(text, moment),
        getattr(extractor, call)(text, published=moment),
        getattr(extractor, call)(text, reference=moment),
        getattr(extractor, call)(text, published=pandas.Timestamp(moment)),
        getattr(extractor, call)(text, published="2024-01-16"),
        getattr(extractor, call)(text, published=date(2024, 1, 16)),
    ]
    assert results[0]
    assert all(result == results[0] for result in results)


def test_what_callers_need_is_offered() -> None:
    for name in extract.__all__:
        assert getattr(extract, name)
        assert name in dir(extract)
    told = pydoc.plain(pydoc.render_doc(extract))
    assert all(f"class {name}(" in told for name in ("Extractor", "Metric", "RulesError"))
    assert re.match(r"\d+\.\d+", extract.__version__)


class Own(Extractor):
    """A caller's own kind of extractor."""

    def __init__(self, mark: str, *, rules: str) -> None:
        super().__init__(rules)
        self.mark = mark


def test_pickle_keeps_kind_and_rules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write_rule(tmp_path / "rules", "furniture.toml", 'check = "dates"\n')
    data = pickle.dumps(Own("a", rules="rules"))
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    copy = pickle.loads(data)
    assert isinstance(copy, Own)
    assert copy.mark == "a"
    assert copy.rules.folders[1:] == (tmp_path / "rules",)
