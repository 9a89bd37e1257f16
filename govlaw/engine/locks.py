"""From two runs at once to one: who writes to a place holds its lock, and the other is told.

The system itself takes the lock from a process that ends, however it ends, so none is ever stale.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from govlaw.errors import GovlawError, OutputError

_FAR = 1 << 30  # the byte that Windows locks; what stands before it can still be read


class BusyError(GovlawError):
    """A place that another run is writing to."""


@contextmanager
def locked(file: Path, place: Path) -> Iterator[None]:
    """Hold the lock ``file`` of a ``place``; raises ``BusyError`` where another run holds it."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        number = os.open(file, os.O_RDWR | os.O_CREAT, 0o666)
    except OSError as error:
        what = f"无法写入 ({error.strerror})"
        raise OutputError(place, what, "换一个可写的文件夹,或检查权限和磁盘空间") from None
    with os.fdopen(number, "r+", encoding="ascii", errors="replace") as opened:
        try:
            _take(number)
        except OSError:
            holder = opened.read(20).strip() or "?"
            what = f"另一次运行 (进程 {holder}) 正在写入"
            raise BusyError(place, what, "等它结束后再运行,或用另一个输出文件夹") from None
        with suppress(OSError):  # a full disk: then the lock names nobody
            opened.truncate()
            opened.write(f"{os.getpid()}\n")
            opened.flush()
        yield


def _take(number: int) -> None:
    if sys.platform == "win32":
        import msvcrt

        os.lseek(number, _FAR, os.SEEK_SET)
        msvcrt.locking(number, msvcrt.LK_NBLCK, 1)
        os.lseek(number, 0, os.SEEK_SET)
    else:
        import fcntl

        fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
