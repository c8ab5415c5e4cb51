"""Annotation tools: results go out as pre-annotations, and what was made of them comes back as gold."""

from collections.abc import Iterable, Iterator, Mapping
from importlib import import_module
from pathlib import Path
from typing import Protocol, cast

from extract.exchange.document import Document

TOOLS: Mapping[str, str] = {
    "labelstudio": "extract.exchange.labelstudio",
    "brat": "extract.exchange.brat",
    "doccano": "extract.exchange.doccano",
    "conll": "extract.exchange.conll",
    "spacy": "extract.exchange.docbin",
}


class Tool(Protocol):
    """What a module for a tool offers."""

    def save(self, folder: Path, documents: Iterable[Document]) -> Path:
        """Write documents in the tool's format; the file or folder that the tool is given."""

    def load(self, path: Path) -> Iterator[Document]:
        """The documents that the tool has written."""


def tool(name: str) -> Tool:
    """The module of a tool."""
    return cast(Tool, import_module(TOOLS[name]))
