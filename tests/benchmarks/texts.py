"""The texts that speed is measured on: the articles of the corpus. No import that would cost a process."""

from pathlib import Path

ARTICLES = Path(__file__).parents[2] / "corpus" / "articles"
TEXTS = [path.read_bytes().decode("utf-8") for path in sorted(ARTICLES.glob("*.txt"))]
