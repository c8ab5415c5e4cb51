"""Workers that die, take too long or need too much; and a run that is told to end, or killed."""

import json
import os
import random
import signal
import subprocess
import time
from collections.abc import Iterator
from multiprocessing import resource_tracker
from pathlib import Path

import pytest

from extract.batch.workers import NO_MEMORY, UNBOUND, Died, Limits, Workers, WorkersError
from tests.conftest import SIMPLIFIED, cli
from tests.soak.kills import WORKERS, alive, complete, descendants, kill, start
from tests.test_cli import articles, errors


class Deed:
    """What a worker does with a word; pickled by name."""

    def __call__(self, word: str) -> str:
        match word:
            case "die":
                os.kill(os.getpid(), signal.SIGKILL)
            case "sleep":
                time.sleep(60)
            case "spin":
                while True:
                    pass
            case "grow":
                bytearray(2**30)
            case "starve":
                raise MemoryError
            case "fail":
                raise OSError("no room")
            case _ if Path(word).is_file():
                Path(word).unlink()
                os.kill(os.getpid(), signal.SIGKILL)
        return word.upper()


class Stillborn:
    """A deed that no process can load."""

    def __reduce__(self) -> tuple[object, ...]:
        return os._exit, (5,)


def done(*batches: list[str], limits: Limits = UNBOUND) -> list[list[str | Died]]:
    return list(Workers[str, str](Deed(), 2, limits).map(batches))


def test_results_come_in_order() -> None:
    batches = [[f"{n}a", f"{n}b"][: n % 3] for n in range(40)]
    assert done(*batches) == [[word.upper() for word in batch] for batch in batches]
    assert done() == []
    assert done([], []) == [[], []]


def test_what_kills_costs_itself_alone() -> None:
    died = Died("WorkerDied", "ends the process that works on it (exit status -9)")
    assert done(["a", "die", "b"], ["c"], ["die"], ["d"]) == [["A", died, "B"], ["C"], [died], ["D"]]


def test_a_death_without_fault_costs_nothing(tmp_path: Path) -> None:
    once = tmp_path / "once"
    once.touch()
    assert done(["a", str(once)], ["b"]) == [["A", str(once).upper()], ["B"]]


def test_limits() -> None:
    limits = Limits(seconds=0.5, memory=200)
    late, large = (
        Died("TimeLimit", "takes more than 0.5 seconds"),
        Died("MemoryLimit", "needs more than 200 MiB"),
    )
    assert done(["a", "spin", "b"], ["grow"], ["c"], limits=limits) == [["A", late, "B"], [large], ["C"]]
    assert done(["starve", "a"]) == [[Died("MemoryLimit", NO_MEMORY), "A"]]


def test_what_is_no_fault_of_an_item_ends_it_all() -> None:
    with pytest.raises(OSError, match="no room"):
        done(["a"], ["fail"])
    with pytest.raises(WorkersError, match="exit status 5"):
        list(Workers(Stillborn(), 1).map([["a"]]))  # type: ignore[arg-type]


def test_no_process_is_left() -> None:
    resource_tracker.ensure_running()
    before = set(descendants(os.getpid()))
    work = Workers[str, str](Deed(), 2).map([["a"], ["b"], ["sleep"]])
    assert next(work) == ["A"]
    family = set(descendants(os.getpid())) - before
    work.close()  # type: ignore[attr-defined]
    assert family
    assert not [child for child in family if alive(child)]


def many(folder: Path, count: int = 300) -> Path:
    """A file of many articles."""
    rows = ({"id": str(n), "text": f"2023年，全县接报火灾{n}起，同比下降9.3%。" * 3} for n in range(count))
    path = folder / "many.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)))
    return path


def test_killed_runs_are_made_good(tmp_path: Path) -> None:
    """The short form of `tests/soak/kills.py`."""
    source = many(tmp_path)
    undisturbed = complete(source, tmp_path / "undisturbed")
    for worker in (False, True):
        kill(source, tmp_path / "out", random.uniform(0.5, 3), worker)
    assert complete(source, tmp_path / "out") == undisturbed


@pytest.mark.parametrize(("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_run_that_is_told_to_end_does(tmp_path: Path, number: signal.Signals, status: int) -> None:
    process = start(many(tmp_path, 3000), tmp_path / "out")
    while not list(descendants(process.pid)):
        assert process.poll() is None
        time.sleep(0.05)
    process.send_signal(number)
    _, told = process.communicate(timeout=60)
    assert process.returncode == status
    assert b"Traceback" not in told
    assert not json.loads((tmp_path / "out/run.json").read_bytes())["complete"]


def test_an_article_that_takes_too_long_is_named(tmp_path: Path) -> None:
    source = articles(tmp_path / "in", a=SIMPLIFIED, long=SIMPLIFIED * 8000)
    result = cli("run", source, "-o", tmp_path / "out", "--timeout", 1, "--to", "csv")
    assert result.exit_code == 1
    (error,) = errors(tmp_path / "out")
    assert error == {
        "article": "long.txt",
        "stage": "extract",
        "error": "TimeLimit",
        "message": "long.txt: takes more than 1 seconds",
    }


def test_a_full_disk_ends_the_run_and_room_completes_it(tmp_path: Path, small_disk: Path) -> None:
    source = many(tmp_path)
    (small_disk / "ballast").write_bytes(bytes(15 * 2**20))
    assert cli("run", source, "-o", small_disk / "out", "--workers", WORKERS).exit_code == 3
    assert not json.loads((small_disk / "out/run.json").read_bytes())["complete"]
    (small_disk / "ballast").unlink()
    assert complete(source, small_disk / "out") == complete(source, tmp_path / "out")


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 16 MiB, where this user may mount one."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=16m", "none", place]
    if subprocess.run(mount, capture_output=True).returncode:
        pytest.skip("no right to mount a disk")
    yield place
    subprocess.run(["umount", "-l", place], check=True)
