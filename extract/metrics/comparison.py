"""What changes are measured against: 同比, 比上年, 与2019年相比."""

import re
from dataclasses import dataclass

from extract.mentions import Phrase
from extract.metrics.lexicon import Lexicon
from extract.metrics.sentence import Sentence, last_clause
from extract.records import Basis

WINDOW = 40
"""Characters before a number in which its comparison and its verb of change stand."""


@dataclass(slots=True)
class Comparison:
    """What a change is measured against."""

    basis: Basis
    base: Phrase | None = None


def near(gap: str) -> int:
    """Where the words begin that can bear on the number at the end of a gap."""
    return max(0, len(gap) - WINDOW)


def stands_before(gap: str, end: int, lexicon: Lexicon) -> bool:
    """Whether a comparison stands right before a place: 比上年, 同比."""
    return bool(
        lexicon.comparison.search(gap, near(gap), end) or lexicon.basis_word.search(gap, near(gap), end)
    )


def at_end(before: str, offset: int, sentence: Sentence, lexicon: Lexicon) -> tuple[Comparison | None, int]:
    """The comparison at the end of the masked text from ``offset`` on, which a word of change follows, and
    where the name before it ends."""
    stripped = lexicon.adverbs.sub("", before)
    match = lexicon.basis_word.search(stripped)
    if match:
        found = Comparison(lexicon.basis[match["word"]])
        if match["date"]:
            found = based(sentence, offset, match, "date", found.basis)
        return found, offset + match.start()
    clause = last_clause(stripped)
    starts = (m.start() for m in re.finditer("[比较与和同相]", stripped[clause:]))
    matches = [m for at in starts if (m := lexicon.comparison.match(stripped, clause + at))]
    if matches:
        return compared(sentence, offset, matches[-1], "base", lexicon), offset + matches[-1].start()
    match = lexicon.any_basis.search(stripped, clause)
    return Comparison(lexicon.basis[match["word"]]) if match else None, offset + len(stripped)


def opening(sentence: Sentence, lexicon: Lexicon) -> Comparison | None:
    """`与2019年相比，` at the head of a sentence holds for the changes after it."""
    match = lexicon.opening.search(sentence.masked)
    if not match:
        return None
    return compared(sentence, sentence.start, match, "base" if match["base"] else "other", lexicon)


def compared(
    sentence: Sentence, offset: int, match: re.Match[str], group: str, lexicon: Lexicon
) -> Comparison:
    """The comparison with what a group of a match names, by the basis that this is."""
    found = based(sentence, offset, match, group)
    base = found.base.text if found.base else ""
    found.basis = lexicon.compared.get(base, "year_on_year" if lexicon.last_year.search(base) else "versus")
    return found


def based(
    sentence: Sentence, offset: int, match: re.Match[str], group: str, basis: Basis = "versus"
) -> Comparison:
    """The comparison whose base is a group of a match in the masked text from ``offset`` on."""
    return Comparison(basis, sentence.phrase(offset + match.start(group), offset + match.end(group)))
