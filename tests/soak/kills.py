"""Kills runs at random moments, and shows that the next run makes good for it. The suite has a short form.

    python tests/soak/kills.py news.jsonl.gz --kills 30 --articles 3000

Each time a run of two workers is killed (-9) somewhere, the main process or a worker of it; a second run into
the same folder then has to give the bytes of an undisturbed one, and no process and no file may be left.
"""

import argparse
import gzip
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

WORKERS = 2
TWICE = 300
"""Articles that may be done a second time."""
PATIENCE = 10
"""Seconds that a worker may outlive the main process, on a busy machine."""


class Killed(NamedTuple):
    """What a kill left: articles that were done in vain, and whether the run had ended before."""

    in_vain: int
    over: bool


def start(source: Path, out: Path) -> "subprocess.Popen[bytes]":
    """A run in a process of its own."""
    command = ["run", source, "-o", out, "--workers", WORKERS]
    script = "import extract.cli; extract.cli.main()"
    return subprocess.Popen(
        [sys.executable, "-c", script, *map(str, command)], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )


def complete(source: Path, out: Path) -> dict[str, bytes]:
    """The results of a run that nobody disturbs."""
    process = start(source, out)
    _, errors = process.communicate()
    assert process.returncode in (0, 1), errors.decode()
    assert not (out / ".run").exists()
    left = [path.name for path in out.rglob("*") if path.name.startswith((".", "journal.sqlite-"))]
    assert not left, left
    return {
        path.relative_to(out).as_posix(): path.read_bytes()
        for path in out.rglob("*")
        if path.is_file() and path.name not in ("run.json", "journal.sqlite")
    }


def descendants(process: int) -> Iterator[int]:
    """A process's children and theirs."""
    try:
        children = Path(f"/proc/{process}/task/{process}/children").read_text(encoding="utf-8").split()
    except OSError:
        return
    for child in map(int, children):
        yield child
        yield from descendants(child)


def kill(source: Path, out: Path, after: float, worker: bool) -> Killed:
    """Start a run and kill it, or a worker of it, after some seconds."""
    process = start(source, out)
    time.sleep(after)
    family = list(descendants(process.pid))
    victim = random.choice(family) if worker and family else process.pid
    over = process.poll() is not None
    if not over:
        os.kill(victim, signal.SIGKILL)
    _, errors = process.communicate()
    assert victim == process.pid or process.returncode in (0, 1), errors.decode()
    until = time.monotonic() + PATIENCE
    while left := [child for child in family if alive(child)]:
        assert time.monotonic() < until, f"processes that outlive the run: {left}"
        time.sleep(0.05)
    return Killed(len(list((out / ".run").glob("*.json"))), over)


def alive(process: int) -> bool:
    """Whether a process runs, or could."""
    try:
        return Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def soak(source: Path, kills: int, folder: Path) -> None:
    """Kill after kill, each with a second run behind it."""
    began = time.monotonic()
    undisturbed = complete(source, folder / "undisturbed")
    seconds = time.monotonic() - began
    for number in range(1, kills + 1):
        out = folder / f"killed-{number}"
        after, worker = random.uniform(0, seconds), number % 3 == 0
        killed = kill(source, out, after, worker)
        assert killed.in_vain <= TWICE, killed
        assert complete(source, out) == undisturbed
        what = "a worker" if worker else "the run"
        print(
            f"{number}: {what} killed after {after:.2f} s, {killed.in_vain} articles done in vain", flush=True
        )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Kill runs at random moments.")
    parser.add_argument("source", type=Path, help="JSON Lines, packed by gzip")
    parser.add_argument("--kills", type=int, default=30)
    parser.add_argument("--articles", type=int, default=3000)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    random.seed(options.seed)
    with TemporaryDirectory() as folder:
        source = Path(folder) / "some.jsonl"
        with gzip.open(options.source) as lines, source.open("wb") as some:
            some.writelines(islice(lines, options.articles))
        soak(source, options.kills, Path(folder))
