"""From a folder of reports to every table: a map over files, then a reduce over frames.

The map is a pure function of one file and ``data/``; its results are kept in a cache beside the
tables, so that only what has changed is done again. The reduce never sees a file.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from hashlib import sha256
from importlib import import_module
from pathlib import Path

import pyarrow as pa

from govlaw import paths
from govlaw.engine.assembling import Placed, assemble, ordered
from govlaw.engine.batches import Task, Tell
from govlaw.engine.duplicates import SIGNATURES, find_repeats
from govlaw.engine.engines import cores, processes, serial
from govlaw.engine.ledger import (
    Entry,
    check_seeds,
    list_files,
    mark_repeats,
    name_documents,
    read_one,
    require_none_rejected,
)
from govlaw.engine.locks import locked
from govlaw.engine.parts import BrokenPartError, Part, clear_leftovers
from govlaw.engine.progress import Progress
from govlaw.engine.staging import recover, require_replaceable, staged
from govlaw.engine.store import Store, Tables, load_tables
from govlaw.engine.survey import Found, drop, survey
from govlaw.engine.tidying import tidy
from govlaw.engine.versions import learn_definitions
from govlaw.engine.workers import SECONDS, Worker
from govlaw.errors import GovlawError, InputError, OutputError, ParameterError
from govlaw.facts.leftovers import Leftover, leftovers
from govlaw.facts.periods import find_quantities
from govlaw.indicator import load_indicators
from govlaw.knowledge import did_you_mean
from govlaw.tables import TABLES
from govlaw.text.corpus import Corpus

#: Files to read before starting processes pays: each loads all definitions for itself.
_WORTH = 200
_ENGINES = ("serial", "processes", "dask")
_ROUNDS = 3  # in which nothing new appears in the cache, though the work was done


def read_corpus(folder: Path | str) -> Corpus:
    """Read a folder of reports into a Corpus, repeats left out.

    Raises ``InputError`` where the folder holds no file that can be read.

    >>> read_corpus(paths.seeds())
    Corpus(000, 001, 002, 003, 004)
    """
    place = Path(folder)
    files = _files(place)
    entries, documents = [], []
    with Worker() as worker, Progress(len(files)) as progress:
        for path, doc_id in name_documents(files, place).items():
            entry, document = read_one(path, place, doc_id, worker)
            entries.append(entry)
            documents.extend([document] if document else [])
            progress.tell(entry)
    _require_documents(entries, place)
    repeats = {repeat.other for repeat in find_repeats(documents) if repeat.is_duplicate}
    return Corpus(document for document in documents if document.doc_id not in repeats)


def find_leftovers(folder: Path | str) -> list[Leftover]:
    """The quantities of a corpus that no indicator claims, each with its suspects."""
    indicators = load_indicators()
    return [
        leftover
        for document in read_corpus(folder)
        for leftover in leftovers(document, find_quantities(document), indicators)
    ]


def build_tables(
    corpus: Path | str | None = None, out: Path | str | None = None, *, strict: bool = False,
    engine: str | None = None, jobs: int | None = None, cluster: str | None = None,
    seconds: float = SECONDS,
) -> Tables:  # fmt: skip
    """Read a folder of reports (the seeds by default) and write all tables to ``out``.

    Returns the tables; ``out`` is ``build/tables`` unless told otherwise. Every file of the folder
    has one row in the ledger. What was read before and has not changed is taken from the cache
    beside ``out``. Raises ``InputError`` where nothing could be read, ``OutputError`` where nothing
    could be written and ``BusyError`` where another run writes to ``out``; an earlier result is
    then left as it was. With ``strict`` a single rejected file is an ``InputError`` too.

    ``engine`` is serial, processes (in so many ``jobs``) or dask (on the ``cluster`` with that
    address, or one of its own); without it, many files are read in processes. A file may take so
    many ``seconds``. The tables are the same, whoever makes them.
    """
    if engine not in (None, *_ENGINES):
        raise ParameterError("--engine", f"不认识 {engine!r}", did_you_mean(engine, _ENGINES))
    if cluster and engine != "dask":
        raise ParameterError("--cluster", "只用于 --engine dask", "加上 --engine dask")
    folder, place = Path(corpus or paths.seeds()), Path(out or paths.tables()).resolve()
    require_replaceable(place, {f"{name}.parquet" for name in TABLES})
    if place.is_relative_to(folder.resolve()):
        what = "输出文件夹在报告文件夹之内"
        raise OutputError(place, what, f"把输出放到 {folder.resolve()} 之外")
    files = _files(folder)
    cache = place.with_name(f"{place.name}.cache")
    run = _Run(folder, place, cache, files, strict, engine, jobs or cores(), cluster, seconds)
    with locked(cache / "lock", place):
        clear_leftovers(cache)
        recover(place)
        return run.build()


@dataclass
class _Run:
    """One run over a folder, from its files to its tables."""

    folder: Path
    place: Path
    cache: Path
    files: list[Path]
    strict: bool
    engine: str | None
    jobs: int
    cluster: str | None
    seconds: float
    versions: dict[str, str] = field(default_factory=learn_definitions)

    def build(self) -> Tables:
        dropped: set[str] = set()
        while True:
            found = self._map()
            entries = [one.entry for one in found]
            if self.strict:
                require_none_rejected(entries, self.folder)
            _require_documents(entries, self.folder)
            key = self._key(found)
            if self._is_done(key):
                break
            try:
                self._reduce(found)
            except BrokenPartError as error:
                if error.where in dropped:  # just read anew, and damaged again
                    raise OutputError(self.cache, error.what, "检查磁盘后再运行") from None
                dropped.add(error.where)
                drop(Part(Path(error.where)), error)
                continue
            with suppress(GovlawError, OSError):  # the tables are there; the next run tries again
                self._note(key)
                tidy(self.cache, found, self.versions)
            break
        return load_tables(self.place)

    def _map(self) -> list[Found]:
        """All files with their entries; what the cache does not know is read into it first."""
        given_up: dict[str, Entry] = {}
        least, idle = len(self.files) + 1, 0
        while True:
            seen = survey(self.files, self.folder, self.cache, self.versions, given_up)
            tasks = seen.tasks(self.cache, self.versions, self.jobs)
            if not tasks:
                return seen.found
            idle = 0 if seen.n_to_do < least else idle + 1
            if idle == _ROUNDS:
                what = f"{seen.n_to_do} 个文件读过,结果却没有出现在缓存中"
                raise OutputError(self.cache, what, "确认所有机器以同一路径看到同一个磁盘")
            least = min(least, seen.n_to_do)
            with Progress(seen.n_to_do) as progress:
                for entries in self._work(seen.n_to_do)(tasks, progress.tell):
                    given_up |= {one.path: one for one in entries if one.status == "rejected"}

    def _work(self, n_files: int) -> Callable[[list[Task], Tell], Iterator[list[Entry]]]:
        """The engine that was asked for, or the one that suits so many files."""
        name = self.engine or ("processes" if n_files >= _WORTH and self.jobs > 1 else "serial")
        if name == "dask":  # an extra: not there unless asked for
            dask = import_module("govlaw.engine.cluster").dask
            return partial(dask, jobs=self.jobs, seconds=self.seconds, address=self.cluster)
        work = serial if name == "serial" else processes
        return partial(work, jobs=self.jobs, seconds=self.seconds)

    def _reduce(self, found: Sequence[Found]) -> None:
        # Not before it is needed: it loads the numeric libraries, which takes a second or two.
        from govlaw.engine.reducing import reduce_tables

        placed = [
            Placed(one.entry.doc_id, one.part) for one in found if one.entry.doc_id and one.part
        ]
        signatures = pa.concat_tables(ordered("signatures", placed, self.versions))
        repeats = find_repeats(SIGNATURES.pandas(signatures))
        entries, left_out = mark_repeats([one.entry for one in found], repeats)
        kept = [document for document in placed if document.doc_id not in left_out]
        with staged(self.place) as stage:
            store = Store(stage)
            store.write("ledger", [TABLES["ledger"].frame(entry.row() for entry in entries)])
            assemble(kept, self.versions, store)
            reduce_tables(store)

    def _key(self, found: Sequence[Found]) -> str:
        """What the tables are made of: versions and files, and what became of them."""
        lines = [json.dumps(self.versions, sort_keys=True)]
        lines += [f"{one.sha256} {one.entry}" for one in found]
        return sha256("\n".join(lines).encode()).hexdigest()

    def _is_done(self, key: str) -> bool:
        """Whether the tables in place were made of the same, and nobody has touched them."""
        try:
            noted = json.loads((self.cache / "last.json").read_text(encoding="ascii"))
            return bool(noted == {"key": key, "files": self._stamps()})
        except (OSError, ValueError):
            return False

    def _note(self, key: str) -> None:
        words = json.dumps({"key": key, "files": self._stamps()})
        (self.cache / "last.json").write_text(words, encoding="ascii")

    def _stamps(self) -> dict[str, list[int]]:
        statuses = {name: Store(self.place).path(name).stat() for name in TABLES}
        return {name: [one.st_size, one.st_mtime_ns] for name, one in statuses.items()}


def _files(folder: Path) -> list[Path]:
    files = list_files(folder)
    if folder.resolve() == paths.seeds().resolve():
        check_seeds(files)
    return files


def _require_documents(entries: Sequence[Entry], folder: Path) -> None:
    if not any(entry.status == "accepted" for entry in entries):
        first = next((e.message for e in entries if e.status == "rejected"), "没有报告文件")
        what = f"{len(entries)} 个文件中没有一个能读 ({first})"
        raise InputError(folder, what, "把报告另存为 txt, html, docx 或 pdf")
