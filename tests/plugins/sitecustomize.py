"""Readers that misbehave, for every Python that starts with this folder on its PYTHONPATH."""

import os
import signal
import time
from pathlib import Path

from govlaw.text.readers import reads


@reads(".crash")
def crash(content):
    os.kill(os.getpid(), signal.SIGKILL)


@reads(".hang")
def hang(content):
    time.sleep(600)


@reads(".once")
def once(content):
    """Dies the first time it is read: the file says where it notes that."""
    mark = Path(os.environ["GOVLAW_TEST_MARK"])
    if not mark.exists():
        mark.write_text("died", encoding="utf-8")
        crash(content)
    return content.decode(), "utf-8"


@reads(".slow")
def slow(content):
    time.sleep(0.15)
    return content.decode(), "utf-8"
