"""The plugin for pytest: a gold corpus as tests, ``pytest --zhextract-corpus FOLDER``.

A test for each article, which fails where a record is worse than in the corpus' baseline, and one for each
field, which fails below its floor.
"""

from collections.abc import Callable
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from extract.gold.forms import Outcome
    from extract.gold.gate import Baseline


class Worse(Exception):
    """What is worse than in the baseline, in lines."""


class Held(pytest.Item):
    """Something of a corpus that is held to the baseline."""

    def __init__(self, *, problems: Callable[[], list[str]], **of_pytest: Any) -> None:
        super().__init__(**of_pytest)
        self._problems = problems

    def runtest(self) -> None:
        """Fails with what is worse."""
        if problems := self._problems():
            raise Worse("\n".join(problems))

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """What is worse, without the way that the program took."""
        return (
            str(excinfo.value) if isinstance(excinfo.value, Worse) else super().repr_failure(excinfo, style)
        )

    def reportinfo(self) -> tuple[Path, None, str]:
        """Where pytest says that the test stands."""
        return self.path, None, self.name


def pytest_addoption(parser: pytest.Parser) -> None:
    """The options."""
    group = parser.getgroup("zhextract")
    group.addoption(
        "--zhextract-corpus", type=Path, metavar="FOLDER", help="Gold corpus to hold to its baseline."
    )
    group.addoption(
        "--zhextract-rules",
        type=Path,
        action="append",
        default=[],
        metavar="FOLDER",
        help="Own rules; repeatable.",
    )


def pytest_collection_modifyitems(
    session: pytest.Session, config: pytest.Config, items: list[pytest.Item]
) -> None:
    """Add the tests of the corpus; it is scored when the first of them runs."""
    corpus = config.getoption("zhextract_corpus")
    if corpus is None:
        return
    from extract.gold import gate
    from extract.gold.corpus import GoldError

    try:
        before = gate.load(corpus)
    except GoldError as error:
        raise pytest.UsageError(str(error)) from error
    outcome = cache(partial(_score, corpus, config.getoption("zhextract_rules"), before))
    for name in before.articles:
        items.append(_held(session, f"article {name}", partial(_worse, outcome, name)))
    for group, fields in before.floors.items():
        for field in fields:
            items.append(_held(session, f"floor {group}.{field}", partial(_fallen, outcome, (group, field))))


def _held(session: pytest.Session, name: str, problems: Callable[[], list[str]]) -> Held:
    corpus = session.config.getoption("zhextract_corpus")
    held: Held = Held.from_parent(
        session, name=name, problems=problems, nodeid=f"{corpus.as_posix()}::{name}"
    )
    return held


def _worse(outcome: "Callable[[], Outcome]", article: str) -> list[str]:
    return outcome().problems().get(article, [f"{article}: no gold file of this article any more"])


def _fallen(outcome: "Callable[[], Outcome]", of: tuple[str, str]) -> list[str]:
    from extract.gold.forms import fallen

    return [fallen(fall) for fall in outcome().falls if (fall.group, fall.field) == of]


def _score(corpus: Path, folders: list[Path], before: "Baseline") -> "Outcome":
    from extract.gold.forms import Outcome
    from extract.gold.report import scores
    from extract.pipeline import Extractor

    tallies, errors = scores(Extractor(folders), corpus)
    return Outcome(tallies, before, errors)
