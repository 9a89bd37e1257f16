"""From tasks to what became of their files: one signature, three ways to get the work done.

``serial`` works here, ``processes`` in processes of this machine, ``govlaw.engine.cluster`` on
others. All leave the same parts in the cache; what they yield are the entries of each batch.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from functools import partial
from queue import SimpleQueue

from govlaw.engine.batches import Task, Tell, ask, settle, work
from govlaw.engine.ledger import Entry
from govlaw.engine.workers import Worker


def serial(tasks: Iterable[Task], tell: Tell, jobs: int, seconds: float) -> Iterator[list[Entry]]:
    """One task after the other in this process; only others' parsers run apart."""
    with Worker(seconds) as worker:

        def attempt(task: Task, tell: Tell) -> list[Entry]:
            return work(task, tell, worker.read_apart)

        for task in tasks:
            yield from settle(task, attempt, tell)


def processes(
    tasks: Iterable[Task], tell: Tell, jobs: int, seconds: float
) -> Iterator[list[Entry]]:
    """So many processes, each guarded by a thread that waits for its answers."""
    asked = list(tasks)
    n_workers = min(jobs, len(asked))
    workers = [Worker(seconds) for _ in range(n_workers)]
    idle: SimpleQueue[Worker] = SimpleQueue()
    for worker in workers:
        idle.put(worker)

    def do(task: Task) -> list[list[Entry]]:
        worker = idle.get()
        try:
            return list(settle(task, partial(ask, worker), tell))
        finally:
            idle.put(worker)

    pool = ThreadPoolExecutor(max(1, n_workers))
    try:
        for done in as_completed([pool.submit(do, task) for task in asked]):
            yield from done.result()
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
        for worker in workers:
            worker.close()
        pool.shutdown()


def cores() -> int:
    """The cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
