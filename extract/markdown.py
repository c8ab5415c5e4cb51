"""Texts in Markdown: of what an article says nothing is markup."""

import html
import re

MARKUP = re.compile(r"([\\`*_{}\[\]|#~])")


def plain(text: str) -> str:
    """A text of which nothing is markup, on one line."""
    escaped = MARKUP.sub(r"\\\1", html.escape(" ".join(text.split()), quote=False))
    return escaped.replace("@", "&#64;")
