"""What the code of a page states of the article, unseen by its reader: meta elements, JSON-LD, scripts."""

import json
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

LONGEST = 500
"""Characters of a statement; what is longer is none."""
SCRIPTS, LONG_SCRIPT = 60, 400_000
"""Scripts that are looked through, and characters of one."""
DEEP = 12
"""Levels of JSON-LD that are looked into."""
NEAR = 2_000
"""Characters of a script around the headline in which what it says is of this article."""
VALUE = r"""\\?["']?\s*[:=]\s*(?:[A-Za-z]{2,12}\()?\\?["']?(?P<value>[^"'\\<>;{}\n]{2,40})"""
"""What a script assigns, after its name."""


class Statement(NamedTuple):
    """A value and the name that the code gives it, in lower case."""

    name: str
    value: str


class Stated(NamedTuple):
    """Everything that the code states: ``meta`` as its head has it, ``linked`` of JSON-LD, dotted."""

    title: str
    meta: list[Statement]
    linked: list[Statement]
    scripts: list[str]
    url: str | None

    def values(self, *names: str) -> Iterator[str]:
        """What is stated under these names, in their order."""
        for name in names:
            yield from (s.value for s in (*self.linked, *self.meta) if s.name == name)

    def assigned(self, name: str, headline: str) -> Iterator[str]:
        """What scripts assign to a name that the pattern fits, by the headline where they have it."""
        pattern = re.compile(rf"(?<![A-Za-z]){name}{VALUE}", re.IGNORECASE)
        for script in self.scripts:
            at = script.find(headline) if headline else -1
            start, end = (max(0, at - NEAR), at + NEAR) if at >= 0 else (0, len(script))
            yield from (match["value"].strip() for match in pattern.finditer(script, start, end))


def stated(tree: Any) -> Stated:
    """What the code of a parsed page states."""
    title = next((_text(found) for found in tree.iter("title")), "")
    meta = [s for element in tree.iter("meta") if (s := _meta(element))]
    linked: list[Statement] = []
    scripts: list[str] = []
    for script in tree.iter("script"):
        code = script.text or ""
        if not code or len(code) > LONG_SCRIPT or len(scripts) == SCRIPTS:
            continue
        if "ld+json" in (script.get("type") or ""):
            linked.extend(_linked(code))
        else:
            scripts.append(code)
    links = (link.get("href") for link in tree.iter("link") if link.get("rel") == "canonical")
    addresses = (s.value for s in meta if s.name in ("og:url", "twitter:url"))
    url = next((found.strip() for found in (*links, *addresses) if found and "://" in found), None)
    return Stated(title, meta, linked, scripts, url)


def _text(element: Any) -> str:
    return "".join(element.itertext()).strip()


def _meta(element: Any) -> Statement | None:
    name = element.get("property") or element.get("name") or _item(element)
    value = (element.get("content") or "").strip()
    if not name or not value or len(value) > LONGEST:
        return None
    return Statement(name.strip().lower(), value)


def _item(element: Any) -> Any:
    """The name of a statement of microdata, after that of the item which it is part of."""
    name = element.get("itemprop")
    if name not in ("name", "author"):
        return name
    around = (a for a in element.iterancestors() if a.get("itemscope") is not None)
    above = next((a.get("itemprop") for a in around), None)
    return f"{above}.{name}" if above else name


def _linked(code: str) -> Iterator[Statement]:
    """The statements of JSON-LD, objects in objects by dotted names. Broken code states nothing."""
    try:
        data = json.loads(code.strip().rstrip(";"), strict=False)
    except (ValueError, RecursionError):
        return
    yield from _inside(data, "", DEEP)


def _inside(data: Any, name: str, deep: int) -> Iterator[Statement]:
    if deep and isinstance(data, list):
        for item in data:
            yield from _inside(item, name, deep - 1)
    elif deep and isinstance(data, dict):
        for key, value in data.items():
            below = name if key == "@graph" else f"{name}.{key.lower()}".lstrip(".")
            yield from _inside(value, below, deep - 1)
    elif isinstance(data, str) and 0 < len(data.strip()) <= LONGEST:
        yield Statement(name, data.strip())
