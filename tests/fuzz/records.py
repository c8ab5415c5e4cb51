"""Coverage-guided fuzzing of the extractor with texts of the words that rules look for; run by hand.

    pip install atheris
    python tests/fuzz/records.py -max_total_time=1200 -max_len=600 [corpus folder]

Each byte is a word. Any exception is a finding, and so is a span that is not in the text.
"""

import random
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import atheris

with atheris.instrument_imports(include=["extract"]):
    from extract import Extractor
    from extract.records import Span

COMMON = list("0123456789.,%，。；：、（）“” \n一二三十百千万亿年月日时分个人元的和比占由从至到达为了等各")
PARTS = ["分别", "同比", "环比", "百分点", "增长", "下降", "其中", "全省", "公安厅", "局长", "王志远", "任命"]


def vocabulary() -> list[str]:
    """256 words: the commonest signs, and examples of the rules cut into pieces."""
    texts = []
    for path in sorted(Path("rules").glob("*.toml")):
        for rule in tomllib.loads(path.read_text("utf-8")).get("rule", ()):
            texts += [example["text"] for example in rule["yes"]]
    pieces = {text[at : at + 4] for text in texts for at in range(0, len(text), 4)}
    chosen = random.Random(1).sample(sorted(pieces), 256 - len(COMMON) - len(PARTS))
    return COMMON + PARTS + chosen


def spans(value: Any) -> Iterator[Span]:
    """All spans inside a record."""
    if isinstance(value, Span):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from spans(item)
    elif hasattr(value, "__struct_fields__"):
        for field in value.__struct_fields__:
            yield from spans(getattr(value, field))


WORDS = vocabulary()
EXTRACTOR = Extractor()


def fuzz(data: bytes) -> None:
    """One text."""
    text = "".join(WORDS[byte] for byte in data)
    for span in spans(EXTRACTOR.extract(text)):
        assert text[span.start : span.end] == span.text, span


if __name__ == "__main__":
    atheris.Setup(sys.argv, fuzz)
    atheris.Fuzz()
