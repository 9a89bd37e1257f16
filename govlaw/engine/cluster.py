"""From tasks to a Dask cluster and back: the same work, on machines that share a disk.

Dask decides who does what and repeats what a lost worker had in hand. Each of its workers has the
work done by a process of its own with the limits of ``govlaw.engine.workers``, so that no file can
end a worker. Only ``--engine dask`` imports this module: it needs ``pip install govlaw[cluster]``.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from functools import partial
from importlib import import_module
from pathlib import Path
from threading import get_ident
from typing import Any

from govlaw.engine.batches import Task, Tell, ask, settle
from govlaw.engine.ledger import Entry
from govlaw.engine.workers import Worker
from govlaw.errors import GovlawError, InputError

try:
    distributed: Any = import_module("dask.distributed")
except ImportError:
    raise GovlawError(
        "--engine dask", "没有安装 dask[distributed]", "运行 pip install govlaw[cluster]"
    ) from None

CONNECT, PATIENCE = 10.0, 60.0  # seconds for an address to answer, and to be without any worker
# Nobody but this machine reaches what Dask says of itself, at ports that are free.
_AT_HOME = {
    "dashboard_address": "127.0.0.1:0",
    "worker_dashboard_address": "127.0.0.1:0",
}
_KEPT = "已完成的部分留在缓存中;检查集群后再运行,会接着做"
_workers: dict[tuple[str, int], Worker] = {}  # of this worker of the cluster, by run and thread


def dask(
    tasks: Iterable[Task], tell: Tell, jobs: int, seconds: float, address: str | None
) -> Iterator[list[Entry]]:
    """The tasks on the cluster with this address, or on one of so many workers made for them."""
    asked = list(tasks)
    with ExitStack() as stack:
        stack.enter_context(_quiet())
        client = _connect(address, min(jobs, len(asked)), stack)
        futures = client.map(partial(_do, seconds=seconds), asked, pure=False)
        try:
            for entries in _results(client, futures, address):
                for entry in entries:
                    tell(entry)
                yield entries
        finally:
            with suppress(Exception):  # a cluster that is gone has nothing left to end
                client.cancel(futures)
                client.run(_let_go, asked[0].cache)


def _do(task: Task, seconds: float) -> list[Entry]:
    """What a worker of the cluster does, by a process it keeps for the next task."""
    unseen = [place for place in (task.cache, *_folders(task)) if not Path(place).is_dir()]
    if unseen:
        what = f"集群的工作进程看不到 {unseen[0]}"
        raise InputError("--cluster", what, "把报告和输出放到所有机器同一路径的共享磁盘上")
    mine = task.cache, get_ident()
    if mine not in _workers:
        _workers[mine] = Worker(seconds)
    answers = settle(task, partial(ask, _workers[mine]), lambda entry: None)
    return [entry for entries in answers for entry in entries]


def _folders(task: Task) -> set[str]:
    return {str(Path(file.path).parent) for file in task.files}


def _let_go(cache: str) -> None:
    """End the processes that were kept for a run."""
    for mine in [mine for mine in _workers if mine[0] == cache]:
        _workers.pop(mine).stop()


def _connect(address: str | None, jobs: int, stack: ExitStack) -> Any:
    if address is None:
        # Threads do: each has its tasks done by a process of its own.
        local = distributed.LocalCluster(
            n_workers=jobs, threads_per_worker=1, processes=False, **_AT_HOME
        )
        return stack.enter_context(distributed.Client(stack.enter_context(local)))
    try:
        client = distributed.Client(address, timeout=CONNECT)
    except (OSError, ValueError, TypeError) as error:
        what = f"没有应答 ({type(error).__name__})"
        hint = "给出调度进程的地址,例如 tcp://10.0.0.1:8786,并确认它在运行"
        raise InputError(f"--cluster {address}", what, hint) from None
    stack.callback(client.close, timeout=CONNECT)
    return client


def _results(client: Any, futures: Sequence[Any], address: str | None) -> Iterator[list[Entry]]:
    """What the futures bring, as they do; a cluster that is gone is told from one that is slow."""
    arriving = distributed.as_completed(futures)
    where, seen = f"--cluster {address or '本机'}", time.monotonic()
    for _ in futures:
        while not arriving.has_ready():
            if client.status == "running" and client.scheduler_info()["workers"]:
                seen = time.monotonic()
            if time.monotonic() - seen > PATIENCE:
                raise GovlawError(where, "集群没有工作进程", _KEPT)
            time.sleep(0.02)
        future = next(arriving)
        if future.cancelled():
            raise GovlawError(where, "与集群的连接中断", _KEPT)
        error = future.exception()
        if isinstance(error, GovlawError):
            raise error
        if error is not None:
            what = f"任务失败: {type(error).__name__}: {str(error)[:200]}"
            raise GovlawError(where, what, _KEPT)
        yield future.result()
        future.release()


@contextmanager
def _quiet() -> Iterator[None]:
    """Dask tells of every lost connection at length; what matters here is said in one message."""
    names = ("distributed", "distributed.client", "distributed.scheduler", "distributed.worker")
    loggers = [logging.getLogger(name) for name in names]
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        for logger, level in zip(loggers, levels, strict=True):
            logger.setLevel(level)
