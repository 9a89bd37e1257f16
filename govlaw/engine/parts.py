"""From tables of a batch to a part in the cache, and back: what was read once is kept.

The cache lies beside the tables: ``build/tables.cache``. A part is a folder with an index of its
files and one Parquet file for each table and version, so that a table can be made again while the
others stay. A part appears whole, by its rename, or not at all. The names of folder and files hold
a digest of what is in them, so that no damage goes unseen.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq

from govlaw.engine.duplicates import SIGNATURES
from govlaw.engine.store import written_as
from govlaw.engine.versions import DEFINITIONS
from govlaw.errors import GovlawError, OutputError
from govlaw.tables import TABLES, Table

#: The tables a part holds.
CONTRACTS: dict[str, Table] = {
    name: SIGNATURES if name == SIGNATURES.name else TABLES[name] for name in DEFINITIONS
}


class Kept(NamedTuple):
    """A file as the cache knows it: its stamp when it was read, its hash and its ledger entry."""

    name: str
    doc_id: str
    sha256: str
    stamp: tuple[int, int, int] | None
    entry: dict[str, Any]


class BrokenPartError(GovlawError):
    """A part whose files are damaged: what it held is read again."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the cache, by its folder."""

    folder: Path

    def files(self) -> Iterator[Kept]:
        """The files it was made from."""
        for name, doc_id, digest, stamp, entry in self._index()["files"]:
            yield Kept(name, doc_id, digest, tuple(stamp) if stamp else None, entry)

    def table(self, name: str, version: str) -> pa.Table:
        """One of its tables; raises ``BrokenPartError`` for a damaged one."""
        file = self._files().get((name, version))
        try:
            content = file.read_bytes() if file else b""
        except OSError as error:
            raise self._broken(f"{name}: {error.strerror}") from None
        if not file or _digest(content) != file.name.split(".")[2]:
            raise self._broken(name)
        return pq.read_table(pa.BufferReader(content))

    def lacking(self, versions: Mapping[str, str]) -> tuple[str, ...]:
        """The tables it does not hold in these versions; raises ``BrokenPartError`` for damage."""
        missing, files = [], self._files()
        for name in CONTRACTS:
            file = files.get((name, versions[name]))
            if not file:
                missing.append(name)
            elif not _is_whole(file):
                raise self._broken(f"{name}: truncated")
        return tuple(missing)

    def add(self, tables: Mapping[str, pa.Table], versions: Mapping[str, str]) -> None:
        """Put tables beside those it has, in place of their other versions.

        Raises ``OutputError`` where they cannot be written.
        """
        with _writing(self.folder.parent):
            for name, table in tables.items():
                # A part is read whole or not at all: nobody asks for the least and greatest value.
                written, how = pa.BufferOutputStream(), written_as(CONTRACTS[name])
                pq.write_table(table, written, write_statistics=False, **how)
                content = written.getvalue().to_pybytes()
                file = self.folder / f"{name}.{versions[name]}.{_digest(content)}.parquet"
                new = file.with_suffix(f".{os.getpid()}")
                new.write_bytes(content)
                new.replace(file)
                for other in self.folder.glob(f"{name}.*.parquet"):
                    if other != file:
                        other.unlink(missing_ok=True)

    def remove(self) -> None:
        """Delete it; its index goes first, without which a part is none."""
        with _writing(self.folder.parent):
            (self.folder / "index.json").unlink(missing_ok=True)
        shutil.rmtree(self.folder, ignore_errors=True)

    def is_of(self, versions: Mapping[str, str]) -> bool:
        """Whether it was read in this version; raises ``BrokenPartError`` for a damaged index."""
        return bool(self._index()["reading"] == versions["reading"])

    def _index(self) -> dict[str, Any]:
        try:
            content = (self.folder / "index.json").read_bytes()
        except OSError as error:
            raise self._broken(f"index: {error.strerror}") from None
        if self.folder.name != _name_of(content):
            raise self._broken("index")
        index: dict[str, Any] = json.loads(content)
        return index

    def _files(self) -> dict[tuple[str, str], Path]:
        """Its Parquet files by table and version; the third part of a name is a digest."""
        named = ((file.name.split("."), file) for file in self.folder.glob("*.*.*.parquet"))
        return {(name, version): file for (name, version, *_), file in named}

    def _broken(self, what: str) -> BrokenPartError:
        return BrokenPartError(self.folder, f"缓存已损坏 ({what})", "将重新读取其中的文件")


def parts_of(cache: Path) -> list[Part]:
    """All parts of a cache, in the order of their names."""
    return [Part(folder) for folder in sorted(cache.glob("part-*")) if folder.is_dir()]


def _digest(content: bytes) -> str:
    return sha256(content).hexdigest()[:20]


def _name_of(index: bytes) -> str:
    return f"part-{_digest(index)}"


def write_part(
    cache: Path, files: Iterable[Kept], tables: Mapping[str, pa.Table], versions: Mapping[str, str]
) -> None:
    """Write a part whole or not at all; raises ``OutputError`` where it cannot be written."""
    kept = list(files)
    index = json.dumps({"reading": versions["reading"], "files": kept}).encode("ascii")
    part = Part(cache / _name_of(index))
    stage = Part(cache / f".{part.folder.name}.{os.getpid()}")
    try:
        with _writing(cache):
            stage.folder.mkdir(parents=True)
            stage.add(tables, versions)
            (stage.folder / "index.json").write_bytes(index)
            if not (part.folder / "index.json").exists():
                shutil.rmtree(part.folder, ignore_errors=True)
                stage.folder.rename(part.folder)
    finally:
        shutil.rmtree(stage.folder, ignore_errors=True)


@contextmanager
def _writing(cache: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        what = f"无法写入缓存 ({error.strerror or error})"
        hint = "检查磁盘空间和权限后再运行;已完成的部分会保留"
        raise OutputError(cache, what, hint) from None


def clear_leftovers(cache: Path) -> None:
    """Remove what runs that were killed left half written."""
    for folder in cache.glob(".part-*"):
        shutil.rmtree(folder, ignore_errors=True)


def _is_whole(path: Path) -> bool:
    """Whether a Parquet file ends as one: a truncated one lacks its last bytes."""
    with path.open("rb") as file:
        file.seek(-min(4, path.stat().st_size), os.SEEK_END)
        return file.read() == b"PAR1"
