"""From a batch of files to a part of every table: what is asked for, done and answered.

A batch is all a process or a machine of a cluster is ever asked for. It leaves its tables in the
cache and answers with ledger entries only, so that nobody ever holds two batches of documents.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from hashlib import file_digest
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa

from govlaw.document import Document
from govlaw.engine.ledger import Entry, faulty, open_document, rejected
from govlaw.engine.mapping import map_document
from govlaw.engine.parts import CONTRACTS, BrokenPartError, Kept, Part, write_part
from govlaw.engine.rebuilding import NEEDED, rebuild
from govlaw.engine.versions import agree
from govlaw.engine.workers import DiedError, Worker
from govlaw.errors import DefinitionError, GovlawError, InputError, OutputError
from govlaw.tables import ContractError
from govlaw.text.corpus import to_document
from govlaw.text.readers import Reading, read_file

#: What may be otherwise tomorrow, with the file as it is, and is therefore asked again.
FLEETING = {"timeout", "parser_died", "out_of_memory", "unreadable"}
_LARGEST = 50_000_000  # a larger file is turned away by its size and needs no hash
_START, _WRITING = 180.0, 300.0  # seconds to load all definitions, and to write a part
_ERRORS: dict[str, type[GovlawError]] = {
    error.__name__: error
    for error in (BrokenPartError, ContractError, DefinitionError, InputError, OutputError)
}
Tell = Callable[[Entry | None], object]


class File(NamedTuple):
    """A file to read: where it lies, its name and id in the study, its stamp of size and times."""

    path: str
    name: str
    doc_id: str
    stamp: tuple[int, int, int] | None = None


@dataclass(frozen=True, slots=True)
class Task:
    """Files to read into a new part, or a part some tables of which are to be made again."""

    cache: str
    versions: dict[str, str]
    files: tuple[File, ...] = ()
    part: str | None = None
    tables: tuple[str, ...] = tuple(CONTRACTS)

    def packed(self) -> dict[str, Any]:
        """As JSON can say it."""
        return asdict(self)

    @staticmethod
    def unpacked(words: dict[str, Any]) -> Task:
        """A task that was packed."""
        files = tuple(File(*file) for file in words.pop("files"))
        return Task(**words, files=files)


Attempt = Callable[[Task, Tell], list[Entry]]


def work(task: Task, tell: Tell, read: Callable[[Path], Reading] = read_file) -> list[Entry]:
    """Do a task in this process; the entries of its files. ``tell`` hears of each at once."""
    with _no_collector():
        return _make_again(task, tell) if task.part else _read(task, tell, read)


@contextmanager
def _no_collector() -> Iterator[None]:
    """Leave Python's search for rings of objects out: rows hold none, and it takes a tenth."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _read(task: Task, tell: Tell, read: Callable[[Path], Reading]) -> list[Entry]:
    entries, kept, gathered = [], [], _Gathered(task.tables)
    for file in task.files:
        entry, document = open_document(Path(file.path), file.name, file.doc_id, read)
        if document:
            entry = _mapped(document, entry, gathered)
        digest = entry.sha256 or digest_of(Path(file.path))
        if digest and entry.reason not in FLEETING:
            kept.append(Kept(file.name, file.doc_id, digest, file.stamp, entry.row()))
        entries.append(entry)
        tell(entry)
    if kept:
        write_part(Path(task.cache), kept, gathered.tables(), task.versions)
    return entries


def _mapped(document: Document, entry: Entry, gathered: _Gathered) -> Entry:
    try:
        gathered.take(document)
    except GovlawError:
        raise
    except Exception as error:  # a rule's own fault costs one file, too
        return replace(faulty(entry.path, error), sha256=entry.sha256)
    return entry


def _make_again(task: Task, tell: Tell) -> list[Entry]:
    part, gathered = Part(Path(task.part or "")), _Gathered(task.tables)
    stored = {name: part.table(name, task.versions[name]).to_pylist() for name in NEEDED}
    for document in rebuild(stored):
        gathered.take(document)
        tell(None)
    part.add(gathered.tables(), task.versions)
    return []


class _Gathered:
    """The tables of documents as columns, one document's after the other's.

    The id of a document stands in every row of every table: it is kept once, and how many rows.
    """

    def __init__(self, names: Iterable[str]) -> None:
        self._ids: list[str] = []
        self._sizes: dict[str, list[int]] = {name: [] for name in names}
        self._tables: dict[str, dict[str, list[Any]]] = {
            name: {c.name: [] for c in CONTRACTS[name].columns if c.name != "doc_id"}
            for name in names
        }

    def take(self, document: Document) -> None:
        made = map_document(document, self._tables)
        pairs = [
            (column, made[name][key])
            for name, columns in self._tables.items()
            for key, column in columns.items()
        ]  # all of a document before any of it, or columns would differ in length
        for column, values in pairs:
            column.extend(values)
        for name, sizes in self._sizes.items():
            sizes.append(len(made[name]["doc_id"]))
        self._ids.append(document.doc_id)

    def tables(self) -> dict[str, pa.Table]:
        ids = pa.array(self._ids, pa.string())
        tables = {}
        for name, columns in self._tables.items():
            places = np.repeat(np.arange(len(self._ids)), self._sizes[name])
            tables[name] = CONTRACTS[name].arrow({"doc_id": ids.take(places), **columns})
        return tables


def digest_of(path: Path) -> str | None:
    """The SHA-256 of a file; None for one that cannot be read or is too large to be a report."""
    try:
        if path.stat().st_size > _LARGEST:
            return None
        with path.open("rb") as opened:
            return file_digest(opened, "sha256").hexdigest()
    except OSError:
        return None


def ask(worker: Worker, task: Task, tell: Tell) -> list[Entry]:
    """Have a worker do a task; the entries of its files.

    Raises ``DiedError`` with the file in hand, and whatever error ends the work over there.
    """
    worker.say(task.packed())
    _heard(worker, _START, None)
    entries: list[Entry] = []
    n_files = len(task.files)
    while True:
        is_last = not task.part and len(entries) == n_files
        at = None if is_last or task.part else len(entries)
        answer = _heard(worker, _WRITING if is_last else worker.seconds, at)
        if "done" in answer:
            return entries
        entry = Entry(**answer["entry"]) if answer["entry"] else None
        entries += [entry] if entry else []
        tell(entry)


def _heard(worker: Worker, seconds: float, at: int | None) -> dict[str, Any]:
    answer = worker.hear(seconds, "worker", at)
    if "error" in answer:
        name, *words = answer["error"]
        raise _ERRORS.get(name, GovlawError)(*words)
    return answer


def perform(
    words: dict[str, Any], ready: Callable[[], None], say: Callable[[dict[str, Any]], None]
) -> None:
    """The far side of ``ask``: do a task and say so, entry by entry."""
    task = Task.unpacked(words)
    try:
        if agree(task.versions):
            _warm()
        ready()
        work(task, lambda entry: say({"entry": entry and entry.row()}))
        say({"done": True})
    except GovlawError as error:
        say({"error": [type(error).__name__, error.where, error.what, error.next_step]})


def _warm() -> None:
    """Load all definitions: that is no file's time."""
    reading = Reading("清溪县2019年受理行政复议案件3件。", "utf-8", "")
    map_document(to_document(reading, Path("a.txt")))


def settle(task: Task, attempt: Attempt, tell: Tell) -> Iterator[list[Entry]]:
    """Do a task whatever happens to those who try: a death costs the file in hand, and only it.

    The file is tried once more, alone; the rest of the batch is done without it. Where no file was
    in hand, the halves are tried. A part that cannot be made again is removed: its files are read.
    """
    if task.part:
        yield _again_or_anew(task, attempt, tell)
        return
    waiting: list[tuple[tuple[File, ...], bool]] = [(task.files, False)]
    while waiting:
        files, is_second = waiting.pop()
        try:
            yield attempt(replace(task, files=files), tell)
        except (DiedError, ContractError) as death:
            if len(files) == 1 and is_second:
                words = InputError(death.where, death.what, death.next_step)
                entry = rejected(files[0].name, words)
                tell(entry)
                yield [entry]
            else:
                waiting += _rest(files, death)


def _again_or_anew(task: Task, attempt: Attempt, tell: Tell) -> list[Entry]:
    try:
        return attempt(task, tell)
    except (DiedError, ContractError, BrokenPartError):
        Part(Path(task.part or "")).remove()
        return []


def _rest(files: Sequence[File], death: Exception) -> list[tuple[tuple[File, ...], bool]]:
    """What is still to be tried, the last one first."""
    at = getattr(death, "at", None)
    if len(files) == 1:
        return [(tuple(files), True)]
    if at is None or at >= len(files):
        half = len(files) // 2
        return [(tuple(files[half:]), False), (tuple(files[:half]), False)]
    others = tuple(file for number, file in enumerate(files) if number != at)
    return [((files[at],), True), (others, False)]
