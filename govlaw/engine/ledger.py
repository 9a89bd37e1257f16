"""From a folder to one ledger row a file: nothing lost, nothing silent."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from govlaw import paths
from govlaw.document import Document
from govlaw.errors import InputError
from govlaw.knowledge import read_csv
from govlaw.text.corpus import document_id, read_document

_NOT_REPORTS = {".md", ".csv", ".json", ".jsonl", ".yml", ".yaml", ".xlsx", ".xls", ".py", ".ipynb"}


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
    """Every file below the folder, hidden ones aside, in the order of their names.

    Raises ``InputError`` for a folder that does not exist or holds nothing.
    """
    if not folder.exists():
        raise InputError(folder, "没有这个文件夹", "检查路径,例如 --corpus seeds")
    if not folder.is_dir():
        raise InputError(folder, "不是文件夹", "给出存放报告的文件夹,而不是单个文件")
    files = sorted(_walk(folder), key=lambda path: path.as_posix())
    if not files:
        raise InputError(folder, "文件夹是空的", "放入 txt 格式的报告后再运行")
    return files


def _walk(folder: Path) -> Iterator[Path]:
    for root, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        yield from (Path(root, name) for name in names if not name.startswith("."))


def name_documents(files: Sequence[Path], folder: Path) -> dict[Path, str]:
    """The id of each file's document; files of one name in two formats keep their suffix apart."""
    known = {row["file"]: row["doc_id"] for row in read_csv(paths.data("registers", "reports.csv"))}
    named: dict[Path, str] = {}
    taken: set[str] = set()
    for path in files:
        name = path.relative_to(folder)
        wanted = known.get(path.name) or document_id(name)
        tries = [wanted, f"{wanted}-{path.suffix.lstrip('.').lower()}"]
        tries += [f"{wanted}-{number}" for number in range(2, len(files) + 2)]
        named[path] = next(found for found in tries if found not in taken)
        taken.add(named[path])
    return named


def read_one(path: Path, folder: Path, doc_id: str) -> tuple[Entry, Document | None]:
    """Read one file: its entry, and the document where it is one."""
    name = _shown_name(path, folder)
    if path.suffix.lower() in _NOT_REPORTS:
        return Entry(name, "skipped", reason="not_a_report", message="不是报告文件"), None
    try:
        _check_place(path, folder)
        document = read_document(path, root=folder, doc_id=doc_id)
    except InputError as error:
        return _rejected(name, error), None
    except Exception as error:  # a reader's own fault costs one file, never the run
        message = f"{type(error).__name__}: {error}"
        hint = "请把文件发给维护者"
        return Entry(name, "rejected", None, "reader_error", message, hint), None
    return _accepted(name, document), document


def _shown_name(path: Path, folder: Path) -> str:
    """The path below the folder; bytes that are no UTF-8 are read as GB18030, as Windows wrote them."""
    raw = os.fsencode(path.relative_to(folder).as_posix())
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("gb18030", "replace")


def _check_place(path: Path, folder: Path) -> None:
    if not path.resolve().is_relative_to(folder.resolve()):
        raise InputError(path, "outside_root: 链接指向文件夹之外", "把文件本身放进文件夹")
    if not stat.S_ISREG(path.stat().st_mode):
        raise InputError(path, "not_regular_file: 不是普通文件", "从文件夹中移走")


def _rejected(name: str, error: InputError) -> Entry:
    reason, _, message = error.what.partition(": ")
    return Entry(name, "rejected", reason=reason, message=message, hint=error.next_step)


def _accepted(name: str, document: Document) -> Entry:
    marked = sum(mark.span.end - mark.span.start for mark in document.marks)
    return Entry(
        name, "accepted", document.sha256, doc_id=document.doc_id,
        n_chars_raw=len(document.text), n_chars_kept=len(document.text) - marked,
    )  # fmt: skip


def find_duplicates(
    entries: Iterable[Entry], texts: Mapping[str, str]
) -> tuple[list[Entry], set[str]]:
    """Entries with the repeated ones marked, and the ids of documents that are repeats.

    Two files are the same report when their bytes are, or their text without blanks.
    """
    first: dict[str, str] = {}
    marked: list[Entry] = []
    repeats: set[str] = set()
    for entry in entries:
        if entry.doc_id is None or entry.status != "accepted":
            marked.append(entry)
            continue
        key = re.sub(r"\s+", "", texts[entry.doc_id])
        kept = first.setdefault(key, entry.doc_id)
        if kept != entry.doc_id:
            repeats.add(entry.doc_id)
            message = f"与 {kept} 文字相同"
            entry = replace(
                entry, status="duplicate", reason="same_text", message=message, doc_id=kept
            )
        marked.append(entry)
    return marked, repeats


def check_seeds(files: Iterable[Path]) -> None:
    """The seeds are the study's fixed input: a changed one would change every figure silently."""
    from hashlib import sha256

    known = {row["file"]: row["sha256"] for row in read_csv(paths.data("registers", "reports.csv"))}
    for path in files:
        expected = known.get(path.name)
        if expected and sha256(path.read_bytes()).hexdigest() != expected:
            raise InputError(
                path,
                f"内容与登记不符 (reports.csv 登记的 sha256 为 {expected[:12]}…)",
                "用 git checkout -- seeds 恢复;自己的文件请放到另一个文件夹并用 --corpus 指定",
            )
