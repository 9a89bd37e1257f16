"""Kernels forked from one warmed process: none knows of another, and one that dies is named."""

from __future__ import annotations

import os
from pathlib import Path

import nbformat
import pytest

from govlaw.pages import kernels as forked
from govlaw.pages.kernels import Nursery, kernels
from govlaw.pages.notebooks import Run, run_notebooks

_LEAVE = (
    "import builtins, os\nbuiltins.left_behind = 1\nos.environ['LEFT'] = '1'\nprint(os.getpid())"
)
_LOOK = (
    "import builtins, os\n"
    "assert not hasattr(builtins, 'left_behind') and 'LEFT' not in os.environ\nprint(os.getpid())"
)
needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork")


def run(folder: Path, *sources: str) -> list[Run]:
    planned = []
    for number, source in enumerate(sources):
        path = folder / f"{number:02}_x.ipynb"
        cells = [nbformat.v4.new_code_cell("x: int = 1"), nbformat.v4.new_code_cell(source)]
        cells[0].metadata["tags"] = ["parameters"]
        nbformat.write(nbformat.v4.new_notebook(cells=cells), path)
        planned.append((path, {"x": 2}))
    scratch = folder / "scratch"
    scratch.mkdir()
    return run_notebooks(planned, scratch, at_once=1)


def printed(one: Run) -> str:
    return "".join(o.text for c in one.notebook.cells for o in c.get("outputs", []) if "text" in o)


def test_no_kernel_sees_what_another_left_behind(tmp_path: Path) -> None:
    runs = run(tmp_path, _LEAVE, _LOOK, "print(x)")
    assert [one.failure for one in runs] == [None, None, None]
    assert printed(runs[0]) != printed(runs[1])
    assert printed(runs[2]) == "2\n"


@needs_fork
def test_a_kernel_that_dies_is_named_and_the_others_go_on(tmp_path: Path) -> None:
    runs = run(tmp_path, "import os, signal; os.kill(os.getpid(), signal.SIGKILL)", "print(x)")
    assert runs[0].failure is not None
    assert "DeadKernelError" in runs[0].failure.message
    assert runs[0].failure.notebook == "00_x"
    assert runs[1].failure is None


@needs_fork
def test_the_nursery_reports_how_a_child_ended() -> None:
    nursery = Nursery()
    child = nursery.fork(["-f", "/no/such/folder/connection.json"])
    assert child is not None
    assert child.poll() is None
    child.kill()
    while child.poll() is None:
        pass
    assert child.poll() == -9
    nursery.close()
    assert nursery.fork([]) is None


def test_without_a_nursery_kernels_start_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(forked.Nursery, "fork", lambda self, arguments: None)
    assert run(tmp_path, "print(x)")[0].failure is None


def test_where_one_cannot_fork_papermill_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(os, "fork", raising=False)
    with kernels() as start:
        assert start == {}
