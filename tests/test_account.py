"""Many articles at once, and what a run says of all of them together."""

import json
from pathlib import Path

import pytest

from extract import Extractor
from tests.conftest import SIMPLIFIED, TRADITIONAL, cli
from tests.test_cli import articles


@pytest.mark.parametrize("workers", [0, 2])
def test_extract_many(extractor: Extractor, workers: int) -> None:
    """In order, each beside its text, whoever does it; no more is taken from the caller than is under way."""
    taken = 0

    def given() -> object:
        nonlocal taken
        for number in range(400):
            taken += 1
            text = f"去年，全县接报火灾{number}起。"
            yield {"text": text, "published": "2024-01-16", "id": str(number)} if number % 2 else text

    found = extractor.extract_many(given(), workers=workers)  # type: ignore[arg-type]
    first = [next(found) for _ in range(40)]
    assert taken < 300
    assert [extraction.metrics[0].value for extraction in first] == list(range(40))
    assert [extraction.text for extraction in first[:2]] == [
        "去年，全县接报火灾0起。",
        "去年，全县接报火灾1起。",
    ]
    assert (first[1].article.id, first[1].dates[0].start, first[2].article.id) == ("1", "2023-01-01", "text")
    found.close()  # type: ignore[attr-defined]
    with pytest.raises(TypeError, match="no_such"):
        list(extractor.extract_many([{"text": "", "no_such": 1}], workers=workers))


@pytest.mark.usefixtures("built_once")
def test_account(tmp_path: Path, extractor: Extractor) -> None:
    """The same whether articles are extracted or taken over."""
    mojibake = SIMPLIFIED.encode().decode("latin-1")
    source = articles(
        tmp_path / "in", a=f"2024-01-16\n{SIMPLIFIED}", b=TRADITIONAL, c=b"\x89PNG\0", d=mojibake
    )
    dropped = sum(sum(extractor.extract(text).dropped.values()) for text in (SIMPLIFIED, TRADITIONAL))
    told = []
    for _ in range(2):
        result = cli("run", source, "-o", tmp_path / "out", "--published", "2024-01-16")
        account = json.loads((tmp_path / "out/run.json").read_bytes())
        told.append((account["counts"], account["warnings"], account["dropped"], result.stderr))
    assert told[0] == told[1]
    counts, warnings, refused, stderr = told[0]
    assert (counts["failed"], counts["undated"], counts["repaired"]) == (1, 0, 1)
    assert warnings["mojibake"] == 1
    assert sum(refused.values()) >= dropped
    assert "1 refused, 1 repaired; more in " in stderr
    stderr = cli("run", source / "b.txt", "-o", tmp_path / "one").stderr
    assert stderr.startswith("1 without a publication date, so that relative dates stay open; more in ")
