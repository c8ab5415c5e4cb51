"""What several tests share."""

from functools import cache
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import settings

from extract import Extractor
from extract.cli import main

settings.register_profile("steady", deadline=None, derandomize=True)
settings.load_profile("steady")  # a busy machine fails no test, and a failure comes back

ROOT = Path(__file__).parent.parent
CORPUS = ROOT / "corpus"

SIMPLIFIED = "2023年，全县共接报火灾28起，同比下降9.3%。县长周启明说，今年火灾起数再降百分之五。\n"
TRADITIONAL = "2023年，全縣共接報火災28起，同比下降9.3%。縣長周啟明說，今年火災起數再降百分之五。\n"


@pytest.fixture(scope="session")
def extractor() -> Extractor:
    """One extractor for all: it is immutable."""
    return Extractor()


@pytest.fixture
def built_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Extractors take longer to build than a few articles to read."""
    monkeypatch.setattr("extract.pipeline.Extractor", _built)


@cache
def _built(folders: tuple[Path, ...], **options: Any) -> Extractor:
    return Extractor(folders, **options)


def cli(*arguments: object, input: str | bytes | None = None) -> Result:
    """Run a command in this process; an error that it does not answer for fails the test."""
    result = CliRunner().invoke(main, [str(a) for a in arguments], input=input)
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def write_rule(folder: Path, name: str, text: str) -> Path:
    """A folder of own rules with one file."""
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")
    return folder
