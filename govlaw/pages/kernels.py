"""From one warmed process to a fresh kernel for every notebook.

Most of a notebook's time is the start of its kernel and the import of pandas, matplotlib and
scikit-learn. Here one process, the nursery, imports them once and forks a copy of itself for each
notebook: papermill runs the notebooks as ever, each in a kernel that no other notebook has touched.
Where the system cannot fork (Windows), and where the nursery does not start, kernels start alone.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from typing import Any

from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager
from jupyter_client.provisioning.local_provisioner import LocalProvisioner

#: What a kernel dies of when the nursery itself is gone.
_ORPHANED = 1


class Child:
    """A forked kernel as jupyter sees a process it started."""

    stdin = stdout = stderr = None

    def __init__(self, nursery: Nursery, pid: int) -> None:
        self._nursery, self.pid = nursery, pid
        self._code: int | None = None

    def poll(self) -> int | None:
        """The exit code, or None while the kernel lives."""
        if self._code is None:
            self._code = self._nursery.ask({"poll": self.pid}).get("code", _ORPHANED)
        return self._code

    def wait(self) -> int | None:
        """The exit code of a kernel that has ended."""
        return self.poll()

    def send_signal(self, number: int) -> None:
        """Signal a kernel that lives; one that has ended is left in peace."""
        if self.poll() is None:
            os.kill(self.pid, number)

    def kill(self) -> None:
        """End the kernel at once."""
        self.send_signal(signal.SIGKILL)

    def terminate(self) -> None:
        """Ask the kernel to end."""
        self.send_signal(signal.SIGTERM)


class Nursery:
    """A process that has imported what notebooks import, and forks kernels on request."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._process = subprocess.Popen(
            [sys.executable, "-m", "govlaw.pages.nursery"], stdin=subprocess.PIPE,
            stdout=subprocess.PIPE, text=True, encoding="utf-8", start_new_session=True,
        )  # fmt: skip

    def ask(self, request: Mapping[str, Any]) -> dict[str, Any]:
        """The nursery's answer, empty if it is gone."""
        stdin, stdout = self._process.stdin, self._process.stdout
        if stdin is None or stdout is None:
            return {}
        with self._lock, contextlib.suppress(OSError, ValueError):
            stdin.write(json.dumps(request) + "\n")
            stdin.flush()
            answer: dict[str, Any] = json.loads(stdout.readline() or "{}")
            return answer
        return {}

    def fork(self, arguments: list[str]) -> Child | None:
        """A new kernel, or None if the nursery cannot make one."""
        pid = self.ask({"fork": arguments}).get("pid")
        return Child(self, pid) if pid else None

    def close(self) -> None:
        """End the nursery; it ends what it forked."""
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                with contextlib.suppress(OSError):
                    stream.close()
        try:
            self._process.wait(5)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


class ForkedKernel(LocalProvisioner):
    """A kernel forked from the nursery; started alone if that fails."""

    nursery: Nursery

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> Any:
        """Fork with the arguments that follow ``python -m ipykernel_launcher``."""
        child = self.nursery.fork(cmd[cmd.index("-m") + 2 :])
        if child is None:
            return await super().launch_kernel(cmd, **kwargs)
        # The kernel leads a group of its own, so that what it starts ends with it.
        self.process: Any = child
        self.pid = self.pgid = child.pid
        return self.connection_info


def forked_manager(nursery: Nursery) -> type[AsyncKernelManager]:
    """A kernel manager, as papermill takes it, that forks its kernels from a nursery."""

    class Manager(AsyncKernelManager):
        async def _async_pre_start_kernel(self, **more: Any) -> Any:
            if self.provisioner is None:
                spec = self.kernel_spec or KernelSpec()
                self.provisioner = ForkedKernel(
                    kernel_id=self.kernel_id or "", kernel_spec=spec, parent=self
                )
                self.provisioner.nursery = nursery
            return await super()._async_pre_start_kernel(**more)

    return Manager


@contextlib.contextmanager
def kernels() -> Iterator[dict[str, Any]]:
    """What papermill is told so that notebooks start fast; nothing where one cannot fork."""
    if not hasattr(os, "fork"):
        yield {}
        return
    nursery = Nursery()
    try:
        yield {"kernel_manager_class": forked_manager(nursery)}
    finally:
        nursery.close()
