"""Prints what `make bench` measures besides: every call's speed against `jieba.cut` in one process, what a
numeral costs in operations, growth with length, hostile texts, start and memory.

Seconds are the processor's, of the best of some rounds; starts and memory are of processes of their own, so
that none is warmed by another.
"""

import logging
import subprocess
import sys
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from importlib.util import find_spec
from time import process_time

from extract import Extractor
from tests.benchmarks.operations import count
from tests.benchmarks.texts import HOSTILE, TEXTS

ROUNDS = 5
SIZES = (1_000, 10_000, 100_000, 1_000_000)
NARROW = ("numbers", "quantities", "dates", "officials", "metrics", "percentages")
LOAD = {
    "bare Python": "pass",
    "import extract": "import extract",
    "Extractor()": "from extract import Extractor; Extractor()",
    "jieba.initialize()": "import jieba; jieba.setLogLevel(40); jieba.Tokenizer().initialize()",
    "zhextract --help": "import sys; sys.argv[1:] = ['--help']; from extract.cli import main; main()",
}
CHILD = "import resource; print(sum(resource.getrusage(resource.RUSAGE_SELF)[:2]))"
Work = Callable[[str], object]


def seconds(work: Work, texts: Sequence[str], rounds: int = ROUNDS) -> float:
    """The least time of the processor for all the texts, warm."""
    times = []
    for _ in range(rounds):
        started = process_time()
        for text in texts:
            work(text)
        times.append(process_time() - started)
    return min(times)


def contenders(extractor: Extractor) -> Iterator[tuple[str, Work]]:
    """What is timed, by name: `jieba.cut` first, the rest against it; peers where they are installed
    (`pip install '.[peers]'`)."""
    import jieba
    import jieba.posseg

    jieba.setLogLevel(logging.WARNING)
    tokenizer = jieba.Tokenizer()
    tokenizer.initialize()
    tagger = jieba.posseg.POSTokenizer(tokenizer)
    yield "jieba.cut", lambda text: deque(tokenizer.cut(text), maxlen=0)
    yield "jieba.posseg", lambda text: deque(tagger.cut(text), maxlen=0)
    yield "extract", extractor.extract
    for call in NARROW:
        yield f"extract.{call}", getattr(extractor, call)
    if find_spec("jionlp"):
        import jionlp

        yield "jionlp: times", jionlp.ner.extract_time
        yield "jionlp: money", jionlp.ner.extract_money
    if find_spec("recognizers_number"):
        import recognizers_number
        from recognizers_text import Culture

        yield "recognizers: numbers", lambda text: recognizers_number.recognize_number(text, Culture.Chinese)
    if find_spec("cn2an"):
        import cn2an

        yield "cn2an.transform", cn2an.transform


def ratios(extractor: Extractor) -> None:
    """A row for every contender: characters a second, and how many times as fast as `jieba.cut`."""
    characters, measure = sum(map(len, TEXTS)), 0.0
    print(f"\n{'':24}{'characters/s':>14}{'of jieba.cut':>14}")
    for name, work in contenders(extractor):
        try:
            spent = seconds(work, TEXTS)
        except Exception as error:  # a peer's own fault is told, and the table goes on
            print(f"{name:24}{type(error).__name__:>14}")
            continue
        measure = measure or spent
        print(f"{name:24}{characters / spent:14,.0f}{measure / spent:14.2f}")


def costs(extractor: Extractor) -> None:
    """Operations for each numeral of the corpus."""
    numerals = sum(len(extractor.numbers(text)) for text in TEXTS)
    spent = [count(extractor.extract, text) for text in TEXTS]
    print(f"\npattern operations / numeral {sum(c.patterns for c in spent) / numerals:8.1f}")
    print(f"calls of Python / numeral    {sum(c.calls for c in spent) / numerals:8.1f}")


def growth(extractor: Extractor) -> None:
    """Microseconds a character over length: flat where time is linear."""
    whole = "\n".join(TEXTS)
    print(f"\n{'characters':24}{'µs/character':>14}")
    normal = 0.0
    for size in SIZES:
        text = (whole * (size // len(whole) + 1))[:size]
        normal = seconds(extractor.extract, [text], 1 if size > 100_000 else 3) / size
        print(f"{size:<24,}{normal * 1e6:14.2f}")
    print(f"\n{'hostile':24}{'times normal':>14}")
    for piece in HOSTILE:
        text = (piece * (100_000 // len(piece) + 1))[:100_000]
        spent = seconds(extractor.extract, [text], 1) / len(text)
        print(f"{piece.strip()[:16] or 'blank lines':24}{spent / normal:14.2f}")


def start() -> None:
    """Seconds of the processor that a new process takes, and the most memory that the corpus needs."""
    print(f"{'start':24}{'seconds':>14}")
    for name, code in LOAD.items():
        timed = f"import atexit; atexit.register(lambda: exec({CHILD!r})); {code}"
        times = sorted(float(_child(timed)) for _ in range(ROUNDS))
        print(f"{name:24}{times[ROUNDS // 2]:14.3f}")
    code = (
        "import resource; from extract import Extractor; from tests.benchmarks.texts import TEXTS;"
        "x = Extractor(); [x.extract(t) for t in TEXTS];"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)"
    )
    print(f"{'peak memory':24}{float(_child(code)):11.0f} MB")


def _child(code: str) -> str:
    """The last line that a new process prints."""
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    return done.stdout.strip().splitlines()[-1]


if __name__ == "__main__":
    start()  # first: a process begins with the memory of the one that starts it
    shared = Extractor()
    ratios(shared)
    costs(shared)
    growth(shared)
