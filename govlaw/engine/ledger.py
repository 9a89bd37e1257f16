"""From a folder to one ledger row a file: nothing lost, nothing silent."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from govlaw import paths
from govlaw.document import Document
from govlaw.engine.duplicates import Repeat
from govlaw.engine.workers import Worker
from govlaw.errors import GovlawError, InputError
from govlaw.knowledge import read_csv
from govlaw.printing import printable
from govlaw.text.corpus import document_id, to_document
from govlaw.text.readers import Reading, read_file

_NOT_REPORTS = {
    ".md", ".csv", ".json", ".jsonl", ".yml", ".yaml", ".xlsx", ".xls", ".py", ".ipynb",
    ".css", ".js", ".parquet", ".lnk", ".url",
}  # fmt: skip
_LITTER = {"Thumbs.db", "desktop.ini"}
_FIT = re.compile(r"[^-].{0,150}")


@dataclass(frozen=True, slots=True)
class Entry:
    """What became of one file."""

    path: str
    status: str
    sha256: str | None = None
    reason: str | None = None
    message: str | None = None
    hint: str | None = None
    doc_id: str | None = None
    n_chars_raw: int | None = None
    n_chars_kept: int | None = None

    def row(self) -> dict[str, Any]:
        """The entry as a row of the ledger table."""
        return asdict(self)


def list_files(folder: Path) -> list[Path]:
    """Every path below the folder that is no folder, hidden ones aside, in the order of names.

    A link to a folder is a path of its own: it is not followed, but it has its row. Raises
    ``InputError`` for a folder that does not exist or holds nothing.
    """
    try:
        is_there = folder.exists()
    except PermissionError:
        raise InputError(folder, "没有权限进入", "检查文件夹的权限") from None
    if not is_there:
        raise InputError(folder, "没有这个文件夹", "检查路径,例如 --corpus seeds")
    if not folder.is_dir():
        raise InputError(folder, "不是文件夹", "给出存放报告的文件夹,而不是单个文件")
    files = sorted(_walk(folder), key=lambda path: path.as_posix())
    if not files:
        raise InputError(folder, "文件夹是空的", "放入报告 (txt, html, docx, pdf) 后再运行")
    return files


def _walk(folder: Path) -> Iterator[Path]:
    unread: list[Path] = []

    def note(error: OSError) -> None:
        unread.append(Path(error.filename))

    for root, folders, names in os.walk(folder, onerror=note):
        linked = [name for name in folders if Path(root, name).is_symlink()]
        folders[:] = [name for name in folders if not name.startswith(".") and name not in linked]
        yield from (Path(root, name) for name in [*names, *linked] if not name.startswith("."))
    yield from unread


def name_documents(files: Sequence[Path], folder: Path) -> dict[Path, str]:
    """The id of each file's document; files of one name in two formats keep their suffix apart."""
    known = {row["file"]: row["doc_id"] for row in read_csv(paths.data("registers", "reports.csv"))}
    named: dict[Path, str] = {}
    taken: set[str] = set()
    for path in files:
        wanted = known.get(path.name) or document_id(Path(shown_name(path, folder)))
        tries = [wanted, f"{wanted}-{path.suffix.lstrip('.').lower()}"]
        tries = [found for found in tries if found not in taken and _FIT.fullmatch(found)]
        number = 2
        while not tries:
            tries = [found for found in [f"{wanted}-{number}"] if found not in taken]
            number += 1
        named[path] = tries[0]
        taken.add(named[path])
    return named


def read_one(
    path: Path, folder: Path, doc_id: str, worker: Worker | None = None
) -> tuple[Entry, Document | None]:
    """Read one file: its entry, and the document where it is one.

    What others' parsers read, they read in the ``worker``; plain text needs none.
    """
    name = shown_name(path, folder)
    entry = turn_away(path, folder, name)
    if entry:
        return entry, None
    return open_document(path, name, doc_id, worker.read_apart if worker else read_file)


def turn_away(path: Path, folder: Path, name: str) -> Entry | None:
    """The entry of a file that is not opened at all: no report by its name or by its place."""
    if path.suffix.lower() in _NOT_REPORTS or path.name.startswith("~$") or path.name in _LITTER:
        return Entry(name, "skipped", reason="not_a_report", message="不是报告文件")
    try:
        _check_place(path, folder)
    except InputError as error:
        return rejected(name, error)
    return None


def open_document(
    path: Path, name: str, doc_id: str, read: Callable[[Path], Reading] = read_file
) -> tuple[Entry, Document | None]:
    """Read a file that lies where it should. A definition that cannot be followed is raised."""
    try:
        document = to_document(read(path), Path(name), doc_id)
    except InputError as error:
        return rejected(name, error), None
    except GovlawError:
        raise
    except Exception as error:  # a reader's own fault costs one file, never the run
        return faulty(name, error), None
    return _accepted(name, document), document


def faulty(name: str, error: Exception) -> Entry:
    """The entry of a file that the program itself stumbled over."""
    if isinstance(error, MemoryError):
        what = "out_of_memory: 所需内存超过上限"
        return rejected(name, InputError(name, what, "拆成单篇报告"))
    message = f"{type(error).__name__}: {error}"[:300]
    return Entry(name, "rejected", None, "reader_error", message, "请把文件发给维护者")


def shown_name(path: Path, folder: Path) -> str:
    """The path below the folder as it can be printed.

    Bytes that are no UTF-8 are read as GB18030, as Windows wrote them, and say so, because another
    file may bear the same name in UTF-8; characters that would hide or turn text are spelled out.
    """
    raw = os.fsencode(path.relative_to(folder).as_posix())
    try:
        name = raw.decode("utf-8")
    except UnicodeDecodeError:
        name = f"{raw.decode('gb18030', 'replace')} [gb18030 {sha256(raw).hexdigest()[:6]}]"
    return printable(name)


def _check_place(path: Path, folder: Path) -> None:
    try:
        mode = path.lstat().st_mode
        if stat.S_ISREG(mode):  # no folder on the way is a link: nothing more to ask
            return
        is_inside = path.resolve(strict=True).is_relative_to(folder.resolve())
        mode = path.stat().st_mode
    except (OSError, RuntimeError):  # a link to nothing, a ring of links
        if not Path(path).is_symlink():
            what = "unreadable: 文件已不在原处,或没有权限读取"
            raise InputError(path, what, "检查文件和文件夹的权限") from None
        raise InputError(path, "broken_link: 链接没有指向文件", "把文件本身放进文件夹") from None
    if not is_inside:
        raise InputError(path, "outside_root: 链接指向文件夹之外", "把文件本身放进文件夹")
    if stat.S_ISDIR(mode):
        raise InputError(path, "unread_folder: 链接或无权限的文件夹", "把其中的文件直接放进来")
    if not stat.S_ISREG(mode):
        raise InputError(path, "not_regular_file: 不是普通文件", "从文件夹中移走")


def rejected(name: str, error: InputError) -> Entry:
    """The entry of a file that could not be read; its reason opens the message of the error."""
    reason, _, message = error.what.partition(": ")
    message = printable(message)
    return Entry(name, "rejected", reason=reason, message=message, hint=error.next_step)


def _accepted(name: str, document: Document) -> Entry:
    marked = sum(mark.span.end - mark.span.start for mark in document.marks)
    return Entry(
        name, "accepted", document.sha256, doc_id=document.doc_id,
        n_chars_raw=len(document.text), n_chars_kept=len(document.text) - marked,
    )  # fmt: skip


_SAID = {
    "same_bytes": "与 {0} 是同一个文件",
    "same_text": "与 {0} 文字相同",
    "near_duplicate": "与 {0} 文字相近 (相似度 {1:.3f})",
    "other_version": "与 {0} 文字相近 (相似度 {1:.3f}),但数字不同: {2}",
}


def mark_repeats(
    entries: Iterable[Entry], repeats: Iterable[Repeat]
) -> tuple[list[Entry], set[str]]:
    """Entries with the repeated ones marked, and the ids of documents that are left out.

    The earliest published of the repeats is kept. A version with other numbers is kept, too, and
    its entry says which numbers.
    """
    found = {repeat.other: repeat for repeat in repeats}
    marked = [
        _repeated(entry, found[entry.doc_id]) if entry.doc_id in found else entry
        for entry in entries
    ]
    return marked, {repeat.other for repeat in found.values() if repeat.is_duplicate}


def _repeated(entry: Entry, repeat: Repeat) -> Entry:
    numbers = " ".join(repeat.changed[:20])
    message = _SAID[repeat.reason].format(repeat.kept, repeat.similarity, numbers)
    if not repeat.is_duplicate:
        return replace(entry, reason=repeat.reason, message=message)
    return replace(
        entry, status="duplicate", reason=repeat.reason, message=message, doc_id=repeat.kept
    )


def require_none_rejected(entries: Iterable[Entry], folder: Path) -> None:
    """For ``--strict``: one rejected file is a failure of the run."""
    rejected = [entry for entry in entries if entry.status == "rejected"]
    if rejected:
        names = ", ".join(f"{entry.path} ({entry.reason})" for entry in rejected[:5])
        what = f"{len(rejected)} 个文件被拒收: {names}"
        raise InputError(folder, what, "按台账中的建议处理,或去掉 --strict")


def check_seeds(files: Iterable[Path]) -> None:
    """The seeds are the study's fixed input: a changed one would change every figure silently."""
    known = {row["file"]: row["sha256"] for row in read_csv(paths.data("registers", "reports.csv"))}
    for path in files:
        expected = known.get(path.name)
        if expected and sha256(path.read_bytes()).hexdigest() != expected:
            raise InputError(
                path,
                f"内容与登记不符 (reports.csv 登记的 sha256 为 {expected[:12]}…)",
                "用 git checkout -- seeds 恢复;自己的文件请放到另一个文件夹并用 --corpus 指定",
            )
