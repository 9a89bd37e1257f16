"""From a request on standard input to a forked kernel: the far side of ``govlaw.pages.kernels``.

Nothing here starts a thread: only a process of one thread can be forked safely.
"""

from __future__ import annotations

import importlib
import json
import os
import signal
import sys
from pkgutil import iter_modules
from typing import Any

_ROOMS = ("govlaw.stats", "govlaw.facts", "govlaw.pages")
_PARTS = ("ipykernel.kernelapp", "IPython.core.completer", "matplotlib.backends.backend_svg")
#: Imported by none of the notebooks: they drive them, or come after them.
_DRIVERS = {
    "site", "editions", "exporter", "kernels", "notebooks", "nursery", "downloads", "front",
    "findings", "dossiers", "places", "search", "sheets", "sources", "codebook",
}  # fmt: skip


def warm() -> None:
    """Import what notebooks import; a module that fails will say so in the notebook."""
    # The kernel would choose it on its start, which comes after matplotlib's import.
    os.environ.setdefault("MPLBACKEND", "module://matplotlib_inline.backend_inline")
    names = [*_PARTS, "govlaw.engine.evidence", "govlaw.engine.store"]
    for room in _ROOMS:
        package = importlib.import_module(room)
        names += [
            f"{room}.{one.name}" for one in iter_modules(package.__path__)
            if one.name not in _DRIVERS
        ]  # fmt: skip
    for name in names:
        try:
            importlib.import_module(name)
        except Exception as error:
            print(f"govlaw: {name}: {error}", file=sys.stderr)


def become_kernel(arguments: list[str]) -> None:
    """Run a kernel in this process, which has just been forked, and end with it."""
    from ipykernel.kernelapp import IPKernelApp

    null = os.open(os.devnull, os.O_RDWR)
    os.dup2(null, 0)
    os.dup2(null, 1)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    os.environ["JPY_PARENT_PID"] = str(os.getppid())
    app: Any = IPKernelApp.instance(parent_handle=os.getppid())
    app.initialize(arguments)
    app.start()


def answer(request: dict[str, Any], living: set[int]) -> dict[str, Any]:
    """What the nursery says to one request; a forked child never returns from here."""
    if "fork" in request:
        pid = os.fork()
        if pid == 0:
            code = 1
            try:
                os.setsid()
                become_kernel(request["fork"])
                code = 0
            finally:
                os._exit(code)
        living.add(pid)
        return {"pid": pid}
    pid = int(request["poll"])
    if pid not in living:
        return {"code": 1}
    ended, status = os.waitpid(pid, os.WNOHANG)
    if not ended:
        return {"code": None}
    living.discard(pid)
    return {"code": os.waitstatus_to_exitcode(status)}


def main() -> None:
    """Answer until the other side hangs up, then end what still lives."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    warm()
    living: set[int] = set()
    for line in sys.stdin:
        print(json.dumps(answer(json.loads(line), living)), flush=True)
    for pid in living:
        os.kill(pid, signal.SIGKILL)


if __name__ == "__main__":
    main()
