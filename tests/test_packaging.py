"""The built wheel, installed into an environment of its own, holds its rules and runs."""

import json
import os
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

from tests.conftest import ROOT, SIMPLIFIED


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (path,) = folder.glob("*.whl")
    return path


@pytest.fixture(scope="module")
def environment(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new environment with the wheel in it. The libraries come from the one that runs this test, by a
    path line, which does not bring in what is installed there for editing."""
    folder = tmp_path_factory.mktemp("environment")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(folder)], check=True)
    python = scripts(folder) / "python"
    install = [sys.executable, "-m", "pip", "--python", str(python), "install", "--no-deps", "--no-index"]
    subprocess.run([*install, "--no-cache-dir", str(wheel)], check=True, capture_output=True)
    (site,) = {path.parent for path in folder.rglob("zhextract-*.dist-info")}
    (site / "libraries.pth").write_text(sysconfig.get_path("purelib"))
    return folder


def scripts(environment: Path) -> Path:
    """Where an environment keeps its commands."""
    return environment / ("Scripts" if os.name == "nt" else "bin")


def test_wheel_holds_the_rules_and_nothing_of_the_corpus(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    rules = {name.removeprefix("extract/_rules/") for name in names if name.startswith("extract/_rules/")}
    assert rules == {p.relative_to(ROOT / "rules").as_posix() for p in (ROOT / "rules").rglob("*.*")}
    data = {"NOTICE", "py.typed", "report/page/index.html", "report/page/words/zh.js"}
    assert {f"extract/{name}" for name in data} <= set(names)
    assert {name.split("/")[0].split("-")[0] for name in names} == {"extract", "zhextract"}


def run(environment: Path, command: str, *arguments: str, cwd: Path) -> str:
    clean = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}
    result = subprocess.run(
        [scripts(environment) / command, *arguments],
        cwd=cwd,
        env=clean,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert result.returncode == 0, result.stderr
    return result.stdout


def test_installed_package_runs(environment: Path, tmp_path: Path) -> None:
    place = run(environment, "python", "-c", "import extract; print(extract.__file__)", cwd=tmp_path)
    assert place.startswith(str(environment))
    (tmp_path / "a.txt").write_text(SIMPLIFIED, encoding="utf-8")
    assert run(environment, "zhextract", "run", "a.txt", cwd=tmp_path).startswith("1 articles, 0 failed")
    document = json.loads((tmp_path / "outputs/articles/a.json").read_bytes())
    assert document["metrics"]
    assert document["officials"][0]["name"] == "周启明"


def test_installed_plugin_is_found_by_pytest(environment: Path, tmp_path: Path) -> None:
    assert "--zhextract-corpus" in run(environment, "python", "-m", "pytest", "--help", cwd=tmp_path)


def test_wheel_says_whose_data_it_holds(wheel: Path) -> None:
    notice = zipfile.ZipFile(wheel).read("extract/NOTICE").decode()
    for path in (ROOT / "rules").glob("*.txt"):
        head = "".join(line for line in path.read_text("utf-8").splitlines() if line.startswith("#"))
        for work in ("jieba", "cpca", "OpenCC"):
            assert (work not in head.replace("opencc", "")) or path.name in notice, f"{path.name}: {work}"
    assert "Apache License 2.0" in notice


def test_installed_component_is_found_by_spacy(environment: Path, tmp_path: Path) -> None:
    code = f"""if True:
        import spacy
        nlp = spacy.blank("zh")
        nlp.add_pipe("zhextract")
        doc = nlp({SIMPLIFIED!r})
        print(doc.spans["dates"])
    """
    assert "2023年" in run(environment, "python", "-c", code, cwd=tmp_path)


@pytest.mark.parametrize("name", ["pyproject.toml", "constraints.txt", "Makefile", ".ci/run"])
def test_installation_names_no_host_and_no_machine(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert not [word for word in ("://", "file:", "index-url", "/home/", "/root/", "/opt/") if word in text]
