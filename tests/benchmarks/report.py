"""Prints what `make bench` measures besides: speed against `jieba.cut`, load time, peak memory.

Each figure is of a process of its own, so that none is warmed by another.
"""

import logging
import subprocess
import sys
import time

LOAD = {
    "bare Python": "pass",
    "import extract": "import extract",
    "Extractor()": "from extract import Extractor; Extractor()",
    "jieba.initialize()": "import jieba; jieba.setLogLevel(40); jieba.Tokenizer().initialize()",
    "zhextract --help": "import sys; sys.argv[1:] = ['--help']; from extract.cli import main; main()",
}


def seconds(code: str, rounds: int = 5) -> float:
    """Median time of a new process that runs the code."""
    times = []
    for _ in range(rounds):
        started = time.perf_counter()
        subprocess.run([sys.executable, "-c", code], check=True, capture_output=True)
        times.append(time.perf_counter() - started)
    return sorted(times)[rounds // 2]


def compare() -> None:
    """The pipeline and `jieba.cut` over the corpus, by turns in this process; and its peak memory."""
    import jieba

    from extract import Extractor
    from tests.benchmarks.texts import TEXTS

    jieba.setLogLevel(logging.WARNING)
    tokenizer, extractor = jieba.Tokenizer(), Extractor()
    tokenizer.initialize()
    characters = sum(map(len, TEXTS))
    best: dict[str, float] = {}
    for _ in range(7):
        for name, work in (("jieba.cut", lambda t: list(tokenizer.cut(t))), ("extract", extractor.extract)):
            started = time.perf_counter()
            for text in TEXTS:
                work(text)
            best[name] = min(best.get(name, 1e9), time.perf_counter() - started)
    for name, spent in best.items():
        print(f"{name:20} {characters / spent / 1000:8.0f} thousand characters/s")
    print(f"{'extract / jieba.cut':20} {best['extract'] / best['jieba.cut']:8.2f} of its time")


def peak_memory() -> float:
    """Megabytes that a new process needs at most to extract the corpus."""
    code = (
        "import resource; from extract import Extractor; from tests.benchmarks.texts import TEXTS;"
        "x = Extractor(); [x.extract(t) for t in TEXTS];"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    return int(done.stdout) / 1024


if __name__ == "__main__":
    compare()
    print(f"{'peak memory':20} {peak_memory():8.0f} MB")
    for name, code in LOAD.items():
        print(f"{name:20} {seconds(code):8.3f} s")
