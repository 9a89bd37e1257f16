"""From a folder that is being written to the place people look at: all at once, or nothing."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

from govlaw.errors import OutputError

_SHOWN = 3  # strange files named in a message
_LITTER = {".DS_Store", "Thumbs.db", "desktop.ini"}  # what file managers leave


@contextmanager
def staged(folder: Path, *, is_ours: bool = False) -> Iterator[Path]:
    """A folder to write into that takes the place of ``folder`` only when all went well.

    Whatever stands in ``folder`` stays untouched until then, and stays for good on an error. What
    nothing new replaces is somebody's own: then this is an ``OutputError``, unless the folder
    ``is_ours``, one that only the program writes to.
    """
    folder = folder.resolve()  # a link leads to the place that is meant
    _require_name(folder)
    stage = folder.with_name(f".{folder.name}.{os.getpid()}.new")
    old = folder.with_name(f".{folder.name}.{os.getpid()}.old")
    try:
        shutil.rmtree(stage, ignore_errors=True)
        stage.mkdir(parents=True)
    except OSError as error:
        what = f"无法写入 ({error.strerror})"
        raise OutputError(folder, what, "换一个可写的文件夹,或检查权限和磁盘空间") from None
    try:
        yield stage
        if not is_ours:
            require_replaceable(folder, {path.name for path in stage.iterdir()})
        if folder.exists():
            folder.rename(old)
        stage.rename(folder)
    except OSError as error:
        if old.exists() and not folder.exists():
            old.rename(folder)
        what = f"写入中断 ({error.strerror or error})"
        raise OutputError(folder, what, "检查磁盘空间;原有内容未受影响") from None
    finally:
        shutil.rmtree(stage, ignore_errors=True)
        shutil.rmtree(old, ignore_errors=True)


def require_replaceable(folder: Path, names: Collection[str]) -> None:
    """Raise ``OutputError`` where a place holds anything but these names: it would be lost."""
    _require_name(folder)
    if folder.exists() and not folder.is_dir():
        raise OutputError(folder, "这里已有一个文件", "给出另一个文件夹")
    strange = sorted({path.name for path in folder.glob("*")} - {*names} - _LITTER)
    if strange:
        more = " 等" if len(strange) > _SHOWN else ""
        what = f"文件夹里有别的内容 ({', '.join(strange[:_SHOWN])}{more}),写入会使它们丢失"
        raise OutputError(folder, what, "给出一个新的或空的文件夹,或先移走这些文件")


def _require_name(folder: Path) -> None:
    if not folder.name:
        raise OutputError(folder, "不能写到这里", "给出一个文件夹,例如 build/tables")


def recover(folder: Path) -> None:
    """Clear away what runs that were killed left beside the folder; nobody else may write to it.

    Killed between the two renames, a run leaves the earlier content under its other name only.
    """
    left = re.compile(rf"\.{re.escape(folder.name)}\.\d+\.(?P<what>old|new)")
    found = [(path, left.fullmatch(path.name)) for path in folder.parent.glob(".*")]
    ours = [(path, match["what"]) for path, match in found if match]
    for path, what in ours:
        if what == "old" and not folder.exists():
            path.rename(folder)
    for path, _ in ours:
        shutil.rmtree(path, ignore_errors=True)
