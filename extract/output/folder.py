"""The folder that a run writes: what is in it is of this run, whole, and nothing else of a run."""

import errno
import os
import shutil
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path
from typing import Any, Self

import msgspec

from extract.output import tables
from extract.output.account import at_work
from extract.output.files import link
from extract.output.form import shard
from extract.output.journal import Entry, Journal, Taken, folded
from extract.output.made import CLUSTER, STAGE, Made, digest_of
from extract.output.piece import Failure
from extract.output.sink import SINKS
from extract.records import Extraction
from extract.text.decode import ReadError

RUN = "run.json"
ERRORS = "errors.jsonl"
UNUSABLE = (errno.ENAMETOOLONG, errno.ENOTDIR, errno.EISDIR, errno.EEXIST, errno.ENOTEMPTY)
"""Errors at a name, which concern one article, and not the disk."""
COUNTED = ("articles", "failed", "left_out", "characters", "undated", "repaired", *tables.TABLES)
LONGEST = 250
"""Bytes of a part of a path, without the suffix."""


class FolderError(ValueError):
    """A folder with files of someone's own where results would stand."""


class BusyError(RuntimeError):
    """A folder that another run is at work in."""


def document(extraction: Extraction) -> bytes:
    """An extraction as JSON: UTF-8, two-space indent, keys in schema order."""
    return indented(msgspec.json.encode(extraction))


def indented(data: bytes) -> bytes:
    """JSON for human eyes."""
    return msgspec.json.format(data, indent=2) + b"\n"


class ResultFolder:
    """Puts each article's documents in place as it comes; all other files appear when the run is complete.

    A file is noted in the journal before it is there, and forgotten after it is gone, so that whatever
    moment a run ends at, the next one knows what it has before it. Raises `BusyError`, and `FolderError`
    when it is entered.
    """

    def __init__(self, path: Path, forms: Collection[str], origin: Mapping[str, Any]) -> None:
        (path / "articles" if "json" in forms else path).mkdir(parents=True, exist_ok=True)
        self._path, self._forms, self._origin = path, forms, origin
        try:
            self._journal = Journal(path)
        except Taken:
            raise BusyError(f"{path}: {holder(path)} writes there; wait, or name another folder") from None
        self.stage, self.cluster = path.absolute() / STAGE, path.absolute() / CLUSTER
        self._place = 0
        self._names: list[str] = []
        self._given: set[str] = set()
        self._made: set[Path] = set()
        self.counts: Counter[str] = Counter(dict.fromkeys(COUNTED, 0))

    def __enter__(self) -> Self:
        try:
            self._check()
            shutil.rmtree(self.stage, ignore_errors=True)
            self.stage.mkdir()
            self._tell({"complete": False, **self._origin, **at_work()})
        except BaseException:
            self._journal.close()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        shutil.rmtree(self.stage, ignore_errors=True)
        self._journal.close()

    def begin_anew(self) -> None:
        """Take over nothing from earlier runs."""
        self._journal.begin_anew()
        shutil.rmtree(self.cluster, ignore_errors=True)

    def known(self, source: str, digest: Callable[[], bytes]) -> Made | None:
        """What an earlier run made of an article, if it has the same digest now, and all of it is there."""
        entry = self._journal.find(source)
        try:
            if entry and set(self._forms) <= {*entry.forms} and entry.digest == digest():
                files = entry.files if "json" in self._forms else {}
                entry = msgspec.structs.replace(entry, forms=tuple(self._forms), files=files)
                if self._intact(entry):
                    return Made(entry, place=f"{self._path}/articles/{entry.stem}")
        except (OSError, ReadError):
            pass
        return None

    def add(self, batch: Iterable[Made]) -> None:
        """Take in what became of some articles, the next in order."""
        moves: list[tuple[Path, Path]] = []
        with self._journal.at_once():
            for made in batch:
                self._place += 1
                moves += self._note(made)
        for source, target in moves:
            if source != target:
                source.replace(target)

    def leave_out(self, files: Iterable[tuple[str, str]]) -> None:
        """Name files that are of no kind that is read, with the reasons."""
        with self._journal.at_once():
            for name, reason in files:
                self._place += 1
                self.counts["left_out"] += 1
                failure = Failure(name, "walk", "LeftOut", f"{name}: left out: {reason}")
                self._journal.fail(name, self._place, msgspec.json.encode(failure) + b"\n")

    def close(self, account: Mapping[str, Any]) -> None:
        """Make the tables, drop what an earlier run left that this one did not make, and give the account."""
        for form in self._forms:
            if form in SINKS and form not in self._given:
                SINKS[form]().write(self, self._journal.parts(form))
        with self.new(ERRORS) as path, path.open("wb") as file:
            file.writelines(self._journal.failures())
        for name in list(self._journal.stale()):
            self._remove(name)
        self._journal.forget()
        os.sync()  # not before all of it is on the disk is the run complete
        self._tell({"complete": True, **self._origin, **account, "files": sorted({*self._names})})
        with suppress(FileNotFoundError):
            self.cluster.rename(self.stage / CLUSTER)  # at once; it goes with the stage

    def give(self, form: str, files: Iterable[Path], counts: Mapping[str, int]) -> None:
        """Take files that a cluster has made in the place of the sink of a form, and what these hold."""
        self._given.add(form)
        self.counts.update(counts)
        for number, file in enumerate(files, 1):
            with self.new(shard(f"articles.{form}", number)) as path:
                link(file, path)

    @contextmanager
    def new(self, name: str) -> Iterator[Path]:
        """A path to write at, which becomes the file of that name in the end."""
        path = self.stage / name
        yield path
        self._names.append(name)
        self._journal.own([name])
        path.replace(self._path / name)

    def _check(self) -> None:
        """Nobody's own files are written over."""
        names = (
            RUN,
            ERRORS,
            *(f"{stem}.{form}" for stem in (*tables.TABLES, "results") for form in self._forms),
        )
        if own := [name for name in names if self._foreign(name)]:
            raise FolderError(
                f"{self._path / own[0]}: no run has written it; name another folder, or remove it"
            )

    def _foreign(self, name: str) -> bool:
        return self._journal.foreign(name) and (self._path / name).exists()

    def _tell(self, account: Mapping[str, Any]) -> None:
        with self.new(RUN) as path, path.open("wb") as file:
            file.write(indented(msgspec.json.encode(account)))
            file.flush()
            os.fsync(file.fileno())

    def _intact(self, entry: Entry) -> bool:
        """Whether the documents of an article are what they were."""
        place = f"{self._path}/articles/{entry.stem}"
        return all(
            digest_of(Path(place + suffix).read_bytes()) == digest for suffix, digest in entry.files.items()
        )

    def _note(self, made: Made) -> Iterator[tuple[Path, Path]]:
        """Put an article into the journal; the moves that bring its documents into place."""
        entry, failure = made.entry, made.failure
        if not failure:
            stem, failure = self._named(entry)
            entry = msgspec.structs.replace(entry, stem=stem)
        if failure:
            self.counts.update(articles=1, failed=1)
            self._journal.fail(entry.source, self._place, msgspec.json.encode(failure) + b"\n")
            return
        self.counts.update(entry.counts)
        self._journal.put(entry, self._place, made.parts)
        for suffix in entry.files:
            yield Path(made.place + suffix), Path(f"{self._path}/articles/{entry.stem}{suffix}")

    def _named(self, entry: Entry) -> tuple[str, Failure | None]:
        """The stem of an article's documents, or why it can have none."""
        claimed = self._journal.claimed(folded(entry.id))
        if entry.id in claimed:
            return "", _unwritten(entry, f"a second article with the id {entry.id!r}")
        stem = stem_of(entry.id, bool(claimed))
        try:
            for suffix in entry.files:
                self._room(f"articles/{stem}{suffix}")
        except OSError as error:
            if error.errno not in UNUSABLE:
                raise
            return "", _unwritten(entry, f"no file can have the name {stem!r}: {error.strerror}")
        return stem, None

    def _room(self, name: str) -> None:
        """Make the folder that a file is to stand in. Raises `OSError` where it has no place."""
        path = self._path / name
        if path.parent not in self._made:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._made.add(path.parent)
        if self._foreign(name):
            raise FileExistsError(errno.EEXIST, "no run has written what is there")
        if path.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))

    def _remove(self, name: str) -> None:
        """Remove a file of an earlier run, and the folders that are empty without it."""
        path = self._path / name
        path.unlink(missing_ok=True)
        with suppress(OSError):
            while (path := path.parent) != self._path:
                path.rmdir()


def stem_of(id: str, alike: bool) -> str:
    """The path of an article's documents, without suffix: its id, cut where it is too long for a file
    system, and with a digest where it is cut, or like another one but for case or Unicode form."""
    *folders, name = id.split("/")
    mark = "-" + sha256(id.encode()).hexdigest()[:16]
    if alike:
        name += mark
    return "/".join(part if len(part.encode()) <= LONGEST else _cut(part) + mark for part in (*folders, name))


def holder(path: Path) -> str:
    """Who is at work in a folder, as far as its account tells."""
    with suppress(OSError, KeyError, msgspec.DecodeError):
        account = msgspec.json.decode((path / RUN).read_bytes(), type=dict[str, Any])
        if not account.get("complete"):
            return "the run of process {process} on {host}, begun at {started},".format_map(
                account["at_work"]
            )
    return "another run"


def _cut(part: str) -> str:
    return part.encode()[: LONGEST - 17].decode(errors="ignore")


def _unwritten(entry: Entry, reason: str) -> Failure:
    return Failure(entry.source, "write", "UnusableName", f"{entry.source}: {reason}")
