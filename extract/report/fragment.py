"""An article with its spans and tables as a piece of HTML that needs nothing else: for notebooks, and for
`zhextract explain --html`. What the article says is never markup."""

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from extract.brief import brief, places
from extract.records import GROUPS, AnyRecord, Extraction, Span
from extract.terminal import visible

if TYPE_CHECKING:
    from extract.pipeline import Refused

STYLE = Path(__file__).parent / "page" / "fragment.css"
POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


class Mark(NamedTuple):
    """A stretch of the text that something was found in."""

    span: Span
    kind: str
    anchor: str
    title: str


def page(title: str, fragments: Iterable[str]) -> str:
    """A page of its own with the style once, and a policy that lets nothing in."""
    head = (
        "<!doctype html>",
        '<html lang="zh">',
        "<head>",
        '<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{_text(title)}</title>",
    )
    return "\n".join((*head, f"{_style()}</head>", "<body>", *fragments, "</body>", "</html>"))


def fragment(extraction: Extraction) -> str:
    """The records of an article, in its text where that is at hand, with their style."""
    return _style() + article(extraction, ())


def article(extraction: Extraction, dropped: "Sequence[Refused]") -> str:
    """The text with its spans, then the records, the warnings and what was dropped as tables."""
    parts = [f'<section class="zhx"><h2>{_text(extraction.article.title or extraction.article.id)}</h2>']
    parts += [f"<p>{_text(_facts(extraction))}</p>"]
    if extraction.text is not None:
        parts += [f'<div class="zhx-text">{_marked(extraction, dropped)}</div>']
    for group in GROUPS:
        rows = ((r.id, _quote(r), brief(r), r.rule) for r in getattr(extraction, group))
        parts += _table(group, ("id", "text", "record", "rule"), rows, _prefix(extraction))
    notices = ((w.code, w.span.text if w.span else "", w.message) for w in extraction.warnings)
    parts += _table("warnings", ("kind", "text", "message"), notices)
    refused = ((d.span.text, d.reason, d.rule) for d in dropped)
    parts += _table("dropped", ("text", "reason", "rule"), refused)
    return "\n".join((*parts, "</section>"))


def _facts(extraction: Extraction) -> str:
    info = extraction.article
    return " · ".join(filter(None, (info.published, info.publisher, info.author, info.source, info.script)))


def _quote(record: AnyRecord) -> str:
    return next((span.text for span in places(record)), "")


def _marked(extraction: Extraction, dropped: "Sequence[Refused]") -> str:
    """The text, cut at every border of a span: spans that cross need no nesting of elements."""
    marks = [*_marks(extraction), *(Mark(d.span, "dropped", "", d.reason) for d in dropped)]
    begins: dict[int, list[Mark]] = {}
    for mark in marks:
        begins.setdefault(mark.span.start, []).append(mark)
    text = extraction.text or ""
    cuts = sorted({0, len(text)} | {at for m in marks for at in (m.span.start, m.span.end)})
    live: list[Mark] = []
    pieces = []
    for start, end in pairwise(cuts):
        fresh = begins.get(start, [])
        live = [mark for mark in live if mark.span.end > start] + fresh
        pieces.append(_piece(text[start:end], live, fresh))
    return "".join(pieces)


def _marks(extraction: Extraction) -> Iterator[Mark]:
    for group in GROUPS:
        for record in getattr(extraction, group):
            title = f"{record.id} {brief(record)} ({record.rule})"
            for nth, span in enumerate(places(record)):
                yield Mark(span, group, "" if nth else f"{_prefix(extraction)}{record.id}", title)


def _piece(text: str, live: Sequence[Mark], fresh: Sequence[Mark]) -> str:
    """A stretch of text under the same marks; the innermost, which began last, gives the title."""
    if not live:
        return _text(text)
    kinds = " ".join(sorted({f"zhx-{mark.kind}" for mark in live}))
    anchors = "".join(f'<a id="{mark.anchor}"></a>' for mark in fresh if mark.anchor)
    title = "\n".join(mark.title for mark in live)
    return f'{anchors}<span class="{kinds}" title="{_text(title)}">{_text(text)}</span>'


def _table(
    name: str, heads: Sequence[str], rows: Iterable[Sequence[str]], prefix: str | None = None
) -> Iterator[str]:
    """A table, if it has rows; with a prefix its first cells lead into the text."""
    if body := list(rows):
        head = "".join(f"<th>{head}</th>" for head in heads)
        lines = "".join(f"<tr>{''.join(_cells(row, prefix))}</tr>\n" for row in body)
        yield f'<table><caption class="zhx-{name}">{name} {len(body)}</caption>'
        yield f"<thead><tr>{head}</tr></thead><tbody>\n{lines}</tbody></table>"


def _cells(row: Sequence[str], prefix: str | None) -> Iterator[str]:
    for nth, cell in enumerate(map(_text, row)):
        inner = cell if nth or prefix is None else f'<a href="#{prefix}{cell}">{cell}</a>'
        yield f"<td>{inner}</td>"


def _prefix(extraction: Extraction) -> str:
    """What sets the anchors of an article apart from those of another on one page."""
    return f"zhx-{extraction.article.sha256[:12]}-"


def _style() -> str:
    return f"<style>\n{STYLE.read_text(encoding='utf-8')}</style>\n"


def _text(text: str) -> str:
    return escape(visible(text))
