"""A run on a cluster of Ray: the rows of a local run, whatever dies on the way."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from pyarrow import parquet

from extract.arrow import SCHEMA
from extract.batch.cluster import Stage
from extract.output.folder import ResultFolder
from tests.conftest import CORPUS, cli


@pytest.fixture(scope="module")
def cluster() -> Iterator[None]:
    """Two processors of this machine, whose workers yield to nobody: Ray makes them wait for all else."""
    ray = pytest.importorskip("ray", reason="the cluster needs Ray: pip install '.[ray]'")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("RAY_worker_niceness", "0")
        ray.init(num_cpus=2, include_dashboard=False, log_to_driver=False)
        yield
        ray.shutdown()


@pytest.fixture(scope="module")
def articles(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Some articles of the corpus, each a file or a row, and two that no article can be made of."""
    folder = tmp_path_factory.mktemp("articles")
    first, *others = sorted((CORPUS / "articles").glob("*.txt"))[:12]
    (folder / first.name).write_bytes(first.read_bytes())
    (folder / "broken.txt").write_bytes(b"\x89PNG\r\n\x1a\n\x00")
    rows = [{"id": path.stem, "text": path.read_text(encoding="utf-8")} for path in others]
    lines = [json.dumps(row, ensure_ascii=False) for row in (*rows, {"id": "none"})]
    (folder / "many.jsonl").write_text("\n".join(lines), encoding="utf-8")
    return folder


@pytest.mark.usefixtures("cluster")
@pytest.mark.filterwarnings("ignore")  # Ray's own
def test_same_rows_as_a_local_run(articles: Path, tmp_path: Path) -> None:
    """Failures and counts, too; nothing else is left."""
    held = []
    for engine in ("local", "ray"):
        out = tmp_path / engine
        done = cli("run", articles, "-o", out, "--to", "parquet", "--workers", 2, "--engine", engine)
        assert done.exit_code == 1, done.output
        table = parquet.read_table(out / "articles.parquet")
        failures = sorted((out / "errors.jsonl").read_text(encoding="utf-8").splitlines())
        account = json.loads((out / "run.json").read_bytes())
        counts = account["counts"]
        assert table.schema == SCHEMA
        assert (table.num_rows, len(failures), counts["articles"]) == (12, 2, 14)
        assert not list(out.glob(".*"))
        held.append((table.sort_by("source").to_pylist(), failures, counts, account["warnings"]))
    assert held[0] == held[1]


def test_what_a_broken_run_has_kept(tmp_path: Path) -> None:
    """A run of the same settings goes on from it; one of others does not."""
    stage = Stage(tmp_path / "stage")
    stage.open(b"one")
    (stage.parts / "a.parquet").touch()
    (stage.failures / "a.jsonl").touch()
    stage.open(b"one")
    assert ([*stage.parts.iterdir()], [*stage.failures.iterdir()]) == ([stage.parts / "a.parquet"], [])
    stage.open(b"two")
    assert not [*stage.parts.iterdir()]


@pytest.mark.parametrize("options", [["--to", "csv"], ["-o", "-"], ["--to", "parquet", "--timeout", "1"]])
def test_what_only_one_machine_can_do(tmp_path: Path, options: list[str]) -> None:
    pytest.importorskip("ray", reason="without it the engine itself is refused")
    result = cli("run", CORPUS / "articles", "-o", tmp_path / "out", "--engine", "ray", *options)
    assert result.exit_code == 2
    assert "--to parquet" in result.output
    assert not (tmp_path / "out").exists()


def test_a_complete_run_leaves_nothing_to_go_on_from(tmp_path: Path) -> None:
    """Files that a cluster has made take the place of the sink's; its stage goes with the run."""
    with ResultFolder(tmp_path, ("parquet",), {}) as results:
        Stage(results.cluster).open(b"one")
        (results.cluster / "a").write_bytes(b"rows")
        results.give("parquet", [results.cluster / "a"], {"articles": 1})
        results.close({})
        assert results.counts["articles"] == 1
    assert (tmp_path / "articles.parquet").read_bytes() == b"rows"
    assert not list(tmp_path.glob(".*"))


def test_without_ray_its_extra_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    result = cli("run", CORPUS / "articles", "-o", tmp_path / "out", "--to", "csv", "--engine", "ray")
    assert result.exit_code == 2
    assert "pip install 'zhextract[ray]'" in result.output
