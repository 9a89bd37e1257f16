"""From a file to its Reading in a process of its own, so that a file that kills it costs one file.

A worker is asked one path a line and answers one line of JSON. It has a limit of memory (where the
system knows one) and each file a limit of time; a worker that dies or is stopped is replaced.
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

SECONDS = 30.0
MEMORY = 1_100_000_000
_AGAIN = "在原来的软件中打开,复制正文存为 txt"


class Worker:
    """Reads files in a separate process, started when first needed.

    ``with Worker() as worker: worker.read(path)``
    """

    def __init__(self, seconds: float = SECONDS, memory: int = MEMORY) -> None:
        self.seconds, self.memory = seconds, memory
        self._process: subprocess.Popen[str] | None = None

    def __enter__(self) -> Worker:
        return self

    def __exit__(self, *error: object) -> None:
        self.stop()

    def read(self, path: Path) -> Reading:
        """The Reading of a file.

        Raises ``InputError``: what the reader says, or ``timeout``, ``out_of_memory`` and
        ``parser_died`` where it cannot say anything any more.
        """
        process = self._started()
        overdue = Timer(self.seconds, process.kill)
        overdue.start()
        try:
            answer = self._ask(process, path)
        finally:
            late = overdue.finished.is_set()
            overdue.cancel()
        if answer:
            return _unpacked(json.loads(answer))
        self.stop()
        if late:
            what = f"timeout: {self.seconds:g} 秒内没有读完"
            raise InputError(path, what, _AGAIN)
        code = process.returncode
        raise InputError(path, f"parser_died: 读取程序异常退出 ({code})", _AGAIN)

    def stop(self) -> None:
        """End the process; the next file starts another."""
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        with process:  # closes its pipes and waits
            pass

    def _started(self) -> subprocess.Popen[str]:
        if self._process is None or self._process.poll() is not None:
            self.stop()
            home = Path(govlaw.__file__).parents[1]
            around = [str(home), os.environ.get("PYTHONPATH", "")]
            path = os.pathsep.join(part for part in around if part)
            self._process = subprocess.Popen(  # noqa: S603
                [sys.executable, "-m", "govlaw.engine.workers", str(self.memory)],
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                encoding="ascii", env={**os.environ, "PYTHONPATH": path},
            )  # fmt: skip
        return self._process

    @staticmethod
    def _ask(process: subprocess.Popen[str], path: Path) -> str:
        if process.stdin is None or process.stdout is None:
            return ""
        with suppress(OSError, UnicodeError):
            process.stdin.write(json.dumps(str(path)) + "\n")
            process.stdin.flush()
            line = process.stdout.readline()
            return line if line.endswith("\n") else ""
        return ""


def _unpacked(answer: dict[str, Any]) -> Reading:
    if "error" in answer:
        raise InputError(*answer["error"])
    furniture = tuple(Span(*span) for span in answer.pop("furniture"))
    notes = tuple(answer.pop("notes"))
    return Reading(**answer, furniture=furniture, notes=notes)


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
    with suppress(ImportError, ValueError, OSError):  # Windows knows no such limit
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))


def main() -> None:
    """Answer paths from standard input until it ends."""
    _limit_memory(int(sys.argv[1]))
    answers = os.fdopen(os.dup(1), "w", encoding="ascii")
    os.dup2(2, 1)  # a parser that prints must not speak in an answer
    for line in sys.stdin:
        answers.write(json.dumps(_answer(Path(json.loads(line)))) + "\n")
        answers.flush()


if __name__ == "__main__":
    main()
