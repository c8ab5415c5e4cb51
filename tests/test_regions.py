"""The table of regions: its date, what is in force, what is kept, and how it is made."""

from pathlib import Path

import pytest

from extract import Extractor
from tests import regions
from tests.conftest import ROOT


@pytest.mark.parametrize("name", ["region_codes.txt", "regions.txt"])
def test_tables_say_their_date(name: str) -> None:
    assert "divisions of 2025-12-31" in "".join((ROOT / "rules" / name).read_text(encoding="utf-8")[:500])


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("杭州市临平区教育局", "330113"),
        ("杭州市钱塘区教育局", "330114"),
        ("林芝市米林市教育局", "540481"),
        ("山南市错那市教育局", "540581"),
        ("那曲市教育局", "5406"),
        ("杭州市江干区教育局", "330104"),
        ("山南市错那县教育局", "540530"),
    ],
)
def test_regions_of_today_and_retired_ones(body: str, code: str) -> None:
    (official,) = Extractor().officials(f"{body}局长丁春晖到会。")
    assert [(p.organization, p.region) for p in official.posts] == [(body, code)]


def test_a_new_code_takes_the_place_of_a_retired_one_of_that_name(tmp_path: Path) -> None:
    source = tmp_path / "adcodes.csv"
    rows = ["adcode,name", "320000000000,江苏省", "320613000000,崇川区", "710100000000,台北市"]
    rows.append("130502000000,襄都区")
    source.write_text("\n".join(rows), encoding="utf-8")
    old = {"32": ["江苏省", "江苏"], "320602": ["崇川区"], "320611": ["港闸区"], "130502": ["桥东区"]}
    assert regions.merged(old, regions.in_force(source)) == {
        "130502": ["襄都区", "桥东区"],
        "32": ["江苏省", "江苏"],
        "320611": ["港闸区"],
        "320613": ["崇川区"],
    }
