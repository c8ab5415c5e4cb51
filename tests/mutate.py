"""Twenty small faults, put into a copy of the program one by one: some test of the room must see each.

``make mutate`` runs them. A fault that no test sees is a survivor, and a test that is missing.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parent.parent
COPIED = ("extract", "rules", "corpus", "tests", "outputs", "pyproject.toml", "README.md")


class Probe(NamedTuple):
    """A fault: what stands in a file, what is put in its place, and the tests that must see it."""

    name: str
    file: str
    old: str
    new: str
    tests: str


PROBES = (
    Probe(
        "a later 万 multiplies nothing before it",
        "extract/numerals.py",
        "if total and total < section * factor:",
        "if total and total > section * factor:",
        "test_numerals.py",
    ),
    Probe(
        "the last day of a month stays the last",
        "extract/dates/interval.py",
        "if moment.day <= 28 else",
        "if moment.day <= 31 else",
        "test_dates.py",
    ),
    Probe(
        "a unit ends where another word begins",
        "extract/numbers/units.py",
        "if unit.unless and self._follows",
        "if unit.unless and not self._follows",
        "test_quantities.py",
    ),
    Probe(
        "shares are told from rates",
        "extract/percentages.py",
        '"share" if share else "rate"',
        '"rate" if share else "share"',
        "test_metrics.py",
    ),
    Probe(
        "former posts are told from current ones",
        "extract/officials/posts.py",
        '"former" if former else',
        '"current" if former else',
        "test_officials.py",
    ),
    Probe(
        "a repeated fact is not the same as itself",
        "extract/metrics/relations.py",
        "same_as=same if same != i else None",
        "same_as=same",
        "test_extractor.py test_metrics.py test_gold.py",
    ),
    Probe(
        "mixed script is told from simplified",
        "extract/text/script.py",
        '"mixed" if share > 0.01',
        '"mixed" if share > 0.09',
        "test_script.py test_noise.py",
    ),
    Probe(
        "a fault costs only what stands in it",
        "extract/fault.py",
        "f.start <= m.start < f.end",
        "f.start <= m.start",
        "test_fault.py",
    ),
    Probe(
        "a file name writes no line of its own",
        "extract/terminal.py",
        "return text.translate(ONE_LINE)",
        "return text.translate(SEEN)",
        "test_cli.py",
    ),
    Probe(
        "no cell is a formula",
        "extract/output/tables.py",
        r"""re.compile(r"'*[=+\-@""",
        r"""re.compile(r"[=+\-@""",
        "test_output.py",
    ),
    Probe(
        "a record that the rules extend twice stands once",
        "extract/rulefile.py",
        "*(entry for entry in value if entry not in old)",
        "*value",
        "test_rules.py -k extend",
    ),
    Probe(
        "a figure below its floor is a fall",
        "extract/gold/gate.py",
        "< floor - TOLERANCE",
        "< floor - 1",
        "test_gold.py",
    ),
    Probe(
        "a record too many counts against the found ones",
        "extract/gold/tally.py",
        "precision = hits / self.found if self.found",
        "precision = hits / max(hits, 1) if self.found",
        "test_gold.py",
    ),
    Probe(
        "a few cases lean on their rule",
        "extract/confidence.py",
        "(grade.right + LEAN * found) / (grade.cases + LEAN)",
        "grade.right / max(grade.cases, 1)",
        "test_confidence.py",
    ),
    Probe(
        "a record that moved in the list is no change",
        "extract/compare/records.py",
        'UNSAID = ("id", "rule", "confidence")',
        'UNSAID = ("rule", "confidence")',
        "test_compare.py",
    ),
    Probe(
        "what is lost is not gained",
        "extract/compare/records.py",
        'Difference("lost", after.article.id',
        'Difference("gained", after.article.id',
        "test_compare.py",
    ),
    Probe(
        "worse records are marked",
        "extract/gold/forms.py",
        'BAD = ("lost", "worse", "spurious")',
        'BAD = ("spurious",)',
        "test_gates_elsewhere.py",
    ),
    Probe(
        "an edit takes out what it names",
        "extract/authors/edits.py",
        "if edit.add or _word(entry) not in edit.words]",
        "if edit.add or _word(entry) in edit.words]",
        "test_authors.py -k edit",
    ),
    Probe(
        "a span is that of the raw text",
        "extract/build.py",
        "document.span(",
        "(lambda a, b: document.span(a, b + 1))(",
        "test_numbers.py",
    ),
    Probe(
        "an own rule replaces the shipped one",
        "extract/rules.py",
        "rules[id] = Written(source.path, raw, check)",
        "rules.setdefault(id, Written(source.path, raw, check))",
        "test_rules.py -k replaces",
    ),
)


def survivors() -> Iterator[Probe]:
    """The faults that no test of theirs sees."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder)
        for name in COPIED:
            source = ROOT / name
            (shutil.copytree if source.is_dir() else shutil.copy)(source, copy / name)
        for probe in PROBES:
            path = copy / probe.file
            sound = path.read_text(encoding="utf-8")
            path.write_text(sound.replace(probe.old, probe.new, 1), encoding="utf-8")
            seen = _fails(copy, probe.tests)
            path.write_text(sound, encoding="utf-8")
            print(f"{'seen' if seen else 'SURVIVES'}: {probe.name} ({probe.file})", flush=True)
            if not seen:
                yield probe


def _fails(copy: Path, tests: str) -> bool:
    """Whether some test fails; that none is chosen is no failure."""
    words = [f"tests/{word}" if word.endswith(".py") else word for word in tests.split()]
    run = subprocess.run(
        [sys.executable, "-m", "pytest", "-x", "-p", "no:cacheprovider", *words],
        cwd=copy,
        env=os.environ | {"PYTHONPATH": str(copy), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
    )
    return run.returncode == 1


if __name__ == "__main__":
    left = list(survivors())
    print(f"{len(PROBES)} faults, {len(left)} that no test sees")
    sys.exit(bool(left))
