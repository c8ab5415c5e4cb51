"""A spaCy pipeline component: ``spacy.blank("zh").add_pipe("zhextract")``.

spaCy finds it by the package's entry point; nothing else in the package imports spaCy.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

import msgspec
from spacy.language import Language
from spacy.tokens import Doc, Span, SpanGroup

from extract.pipeline import Extractor
from extract.records import Extraction, Official
from extract.text.segment import Engine

KEY = "zhextract"
"""Where in ``doc.user_data`` the extraction is kept, as plain data, so that a document serialises."""
GROUPS = {"metrics": "METRIC", "percentages": "PERCENT", "dates": "DATE", "officials": "OFFICIAL"}


class Component:
    """Fills ``doc.spans`` and ``doc._.extraction``. Tokens are left as they are: a span that begins or
    ends inside one covers it whole, and the extraction holds the true places.

    ``doc.user_data["published"]`` (an ISO date) dates the text where the caller knows it.
    """

    def __init__(self, rules: Sequence[str], segmenter: Engine) -> None:
        self._extractor = Extractor(rules, segmenter=segmenter)

    def __call__(self, doc: Doc) -> Doc:
        published = doc.user_data.get("published")
        extraction = self._extractor.extract(
            doc.text, published=date.fromisoformat(published) if published else None
        )
        doc.user_data[KEY] = msgspec.to_builtins(extraction)
        for group, label in GROUPS.items():
            spans = [_span(doc, *place, label) for place in _places(getattr(extraction, group))]
            doc.spans[group] = SpanGroup(doc, name=group, spans=[span for span in spans if span])
        return doc


def _places(records: Sequence[Any]) -> list[tuple[int, int, str]]:
    """Start, end and record id of every place; an official stands at each mention."""
    return [
        (span.start, span.end, record.id)
        for record in records
        for span in (record.mentions if isinstance(record, Official) else (record.span,))
    ]


def _span(doc: Doc, start: int, end: int, record: str, label: str) -> Span | None:
    return doc.char_span(start, end, label=label, span_id=record, alignment_mode="expand")


def _extraction(doc: Doc) -> Extraction | None:
    data = doc.user_data.get(KEY)
    return None if data is None else msgspec.convert(data, Extraction)


Doc.set_extension("extraction", getter=_extraction, force=True)


@Language.factory(
    KEY, default_config={"rules": [], "segmenter": "rjieba"}, assigns=["doc._.extraction", "doc.spans"]
)
def component(nlp: Language, name: str, rules: list[str], segmenter: Engine) -> Component:
    """The component with a user's own folders of rules over the shipped ones."""
    return Component(rules, segmenter)
