"""The texts that speed is measured on: the articles of the corpus, and hostile ones.

No import that would cost a process.
"""

from pathlib import Path

ARTICLES = Path(__file__).parents[2] / "corpus" / "articles"
TEXTS = [path.read_bytes().decode("utf-8") for path in sorted(ARTICLES.glob("*.txt"))]
HOSTILE = (
    "3万",
    "1月1日至",
    "同比增长5%、",
    "省长王平、",
    "其中，5人、",
    "（5人",
    "党首",
    "县政府办公室",
    "\n",
)
"""Pieces that cost most when nothing else is repeated."""
