"""From a file or a batch to its result in a process of its own: whatever kills it costs one file.

A worker is asked in one line of JSON and answers in lines of JSON. It has a limit of memory (where
the system knows one) and each file a limit of time; a worker that dies or is stopped is replaced.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from threading import Timer
from typing import Any

import govlaw
from govlaw.document import Span
from govlaw.errors import InputError
from govlaw.text.readers import Reading, read_file
from govlaw.text.readers.sniffing import is_plain

SECONDS = 30.0
MEMORY = 1_100_000_000
_AGAIN = "在原来的软件中打开,复制正文存为 txt"


class DiedError(InputError):
    """A worker that says nothing any more; ``at`` is the number of the file it had in hand."""

    def __init__(self, where: str | Path, what: str, at: int | None = None) -> None:
        super().__init__(where, what, _AGAIN)
        self.at = at


class Worker:
    """Reads files in a separate process, started when first needed.

    ``with Worker() as worker: worker.read(path)``
    """

    def __init__(self, seconds: float = SECONDS, memory: int = MEMORY) -> None:
        self.seconds, self.memory = seconds, memory
        self._process: subprocess.Popen[str] | None = None
        self._is_closed = False

    def __enter__(self) -> Worker:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def read(self, path: Path) -> Reading:
        """The Reading of a file.

        Raises ``InputError``: what the reader says, or ``timeout``, ``out_of_memory`` and
        ``parser_died`` where it cannot say anything any more.
        """
        self.say({"read": str(path)})
        answer = self.hear(self.seconds, path)
        if "error" in answer:
            raise InputError(*answer["error"])
        furniture = tuple(Span(*span) for span in answer.pop("furniture"))
        notes = tuple(answer.pop("notes"))
        return Reading(**answer, furniture=furniture, notes=notes)

    def read_apart(self, path: Path) -> Reading:
        """The Reading of a file, here if it is plain text, which no parser reads."""
        return read_file(path) if is_plain(path) else self.read(path)

    def stop(self) -> None:
        """End the process; the next file starts another."""
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        with process:  # closes its pipes and waits
            pass

    def close(self) -> None:
        """End the process for good: whoever still asks, from another thread, asks in vain."""
        self._is_closed = True
        self.stop()

    def say(self, request: dict[str, Any]) -> None:
        """Ask; a process that is gone since the last answer is replaced first."""
        process = self._started()
        with suppress(OSError):  # one that goes now is found out when it is heard
            if process.stdin:
                process.stdin.write(json.dumps(request) + "\n")
                process.stdin.flush()

    def hear(self, seconds: float, where: str | Path, at: int | None = None) -> dict[str, Any]:
        """Its next answer; raises ``DiedError`` where none comes in time."""
        process = self._process
        if process is None or process.stdout is None:
            raise DiedError(where, "parser_died: 读取程序已停止", at)
        overdue = Timer(seconds, process.kill)
        overdue.start()
        line = ""
        try:
            with suppress(OSError, ValueError):
                line = process.stdout.readline()
        finally:
            late = overdue.finished.is_set()
            overdue.cancel()
        if line.endswith("\n"):
            answer: dict[str, Any] = json.loads(line)
            return answer
        self.stop()
        if late:
            raise DiedError(where, f"timeout: {seconds:g} 秒内没有读完", at)
        raise DiedError(where, f"parser_died: 读取程序异常退出 ({process.returncode})", at)

    def _started(self) -> subprocess.Popen[str]:
        process = self._process
        if process is None or process.poll() is not None:
            self.stop()
            home = Path(govlaw.__file__).parents[1]
            around = [str(home), os.environ.get("PYTHONPATH", "")]
            path = os.pathsep.join(part for part in around if part)
            process = self._process = subprocess.Popen(  # noqa: S603
                [sys.executable, "-m", "govlaw.engine.workers", str(self.memory)],
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                encoding="ascii", env={**os.environ, "PYTHONPATH": path},
            )  # fmt: skip
        if self._is_closed:  # perhaps only just now, by another thread
            self.stop()
            raise RuntimeError("the worker is closed")
        return process


def _answer(path: Path) -> dict[str, Any]:
    try:
        return asdict(read_file(path))
    except InputError as error:
        return {"error": [error.where, error.what, error.next_step]}
    except MemoryError:
        return {"error": [str(path), "out_of_memory: 读取所需内存超过上限", _AGAIN]}
    except Exception as error:  # a parser's own fault costs one file, never the run
        what = f"parser_error: {type(error).__name__}: {str(error)[:200]}"
        return {"error": [str(path), what, _AGAIN]}


def _limit_memory(limit: int) -> None:
    """So much memory more than is in use now: what is loaded belongs to us, not to a file."""
    with suppress(ImportError, ValueError, OSError):  # Windows knows no such limit
        import resource

        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
        most = pages * resource.getpagesize() + limit
        resource.setrlimit(resource.RLIMIT_AS, (most, resource.RLIM_INFINITY))


def main() -> None:
    """Answer requests from standard input until it ends."""
    limit = int(sys.argv[1])
    _limit_memory(limit)
    answers = os.fdopen(os.dup(1), "w", encoding="ascii")
    os.dup2(2, 1)  # a parser that prints must not speak in an answer

    def say(answer: dict[str, Any]) -> None:
        answers.write(json.dumps(answer) + "\n")
        answers.flush()

    def ready() -> None:
        _limit_memory(limit)
        say({})

    for line in sys.stdin:
        request = json.loads(line)
        if "read" in request:
            say(_answer(Path(request["read"])))
        else:
            # Not imported to read a file: a process that only reads starts in half the time.
            from govlaw.engine.batches import perform

            perform(request, ready, say)


if __name__ == "__main__":
    main()
