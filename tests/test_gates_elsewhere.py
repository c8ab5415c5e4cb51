"""The gate in other programs: JSON, JUnit, Markdown, workflows of GitHub, and pytest."""

import json
import os
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

from extract.gold import gate
from tests.conftest import CORPUS, ROOT, cli

WORSE = {"metrics": {"record": 1.1}}


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A corpus of one article that is as good as its baseline."""
    name = min(path.stem for path in (CORPUS / "gold").iterdir())
    for folder, suffix in (("articles", ".txt"), ("gold", ".json")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / f"{name}{suffix}").write_bytes(
            (CORPUS / folder / f"{name}{suffix}").read_bytes()
        )
    assert cli("score", "--corpus", tmp_path, "--update").exit_code == 0
    return tmp_path


def worsen(corpus: Path) -> str:
    """Make the baseline better than the corpus can be; the name of its article."""
    before = gate.load(corpus)
    (name,) = before.articles
    known = {
        group: gate.Standing(records=dict.fromkeys(s.records, ""))
        for group, s in before.articles[name].items()
    }
    gate.save(corpus, gate.Baseline(floors=WORSE, articles={name: known}))
    gold = corpus / "gold" / f"{name}.json"
    text = json.loads(gold.read_bytes())
    text["metrics"][0]["name"] = "另一个名字"
    gold.write_text(json.dumps(text), encoding="utf-8")
    return str(name)


def test_json(small: Path) -> None:
    said = json.loads(cli("score", "--corpus", small, "--json").stdout)
    assert said["articles"] == 1
    assert not said["falls"]
    assert not said["differences"]
    assert 0 < said["figures"]["metrics"]["record"]["precision"] <= 1
    name = worsen(small)
    result = cli("score", "--corpus", small, "--json")
    assert result.exit_code == 1
    said = json.loads(result.stdout)
    assert said["falls"][0]["field"] == "record"
    assert {d["what"] for d in said["differences"] if d["article"] == name} & {"lost", "worse"}


def test_junit(small: Path) -> None:
    assert not ElementTree.fromstring(cli("score", "--corpus", small, "--junit").stdout).findall(".//failure")
    name = worsen(small)
    root = ElementTree.fromstring(cli("score", "--corpus", small, "--junit").stdout)
    failed = {case.get("name") for case in root.iter("testcase") if case.find("failure") is not None}
    assert failed == {"record", name}
    floors, articles = root
    assert (floors.get("failures"), articles.get("tests")) == ("1", "1")


def test_markdown(small: Path) -> None:
    assert "| metrics | record | " in cli("score", "--corpus", small, "--markdown").stdout
    worsen(small)
    assert " ❌ | 1.1000 |" in cli("score", "--corpus", small, "--markdown").stdout


def test_workflow_of_github(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    summary = small / "summary.md"
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(summary))
    assert "::" not in cli("score", "--corpus", small).stderr
    name = worsen(small)
    told = cli("score", "--corpus", small).stderr.splitlines()
    assert told[0].startswith("::error title=below the floor::metrics: record")
    assert any(line.startswith(f"::warning file={small.as_posix()}/gold/{name}.json,") for line in told)
    assert all(line.startswith("::") for line in told)
    assert summary.read_text(encoding="utf-8").count("F1 of whole records") == 2


def run_pytest(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Pytest elsewhere, with the plugin by its module: it need not be installed."""
    plugin = ("-p", "no:zhextract", "-p", "extract.gold.plugin", "-p", "no:cacheprovider")
    return subprocess.run(
        [sys.executable, "-m", "pytest", *plugin, *arguments],
        cwd=cwd,
        env=os.environ | {"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        encoding="utf-8",
    )


def test_plugin_of_pytest(small: Path) -> None:
    (small / "own").mkdir()
    (small / "own/units.toml").write_text("")
    good = run_pytest("--zhextract-corpus", ".", "--zhextract-rules", "own", cwd=small)
    assert good.returncode == 0, good.stdout + good.stderr
    assert " passed" in good.stdout
    name = worsen(small)
    bad = run_pytest("--zhextract-corpus", ".", cwd=small)
    assert bad.returncode == 1
    assert "2 failed" in bad.stdout
    assert f"article {name}" in bad.stdout
    assert "below the floor" in bad.stdout
    assert "Traceback" not in bad.stdout
    (small / gate.BASELINE).unlink()
    assert "no baseline" in run_pytest("--zhextract-corpus", ".", cwd=small).stderr
