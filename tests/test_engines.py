"""Serial, processes and Dask: the same bytes, from files of every format and with every fate."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from govlaw.engine import engines
from govlaw.engine.runner import build_tables
from govlaw.errors import InputError
from tests.makers import docx_of, pdf_of
from tests.test_runner import TEXT, content, write


@pytest.fixture(scope="module")
def corpus(tmp_path_factory) -> Path:
    """Plain text, Word and PDF; a repeat, a broken file, one in another encoding, one skipped."""
    folder = write(tmp_path_factory.mktemp("engines") / "corpus", 24)
    lines = TEXT.format(year=2019, n=61, m=62).splitlines()
    (folder / "07a.docx").write_bytes(docx_of(lines))
    (folder / "07b.pdf").write_bytes(pdf_of([line + "完成其他任务。" for line in lines]))
    (folder / "broken.pdf").write_bytes(b"%PDF-1.4")
    (folder / "again.txt").write_bytes((folder / "03.txt").read_bytes())
    (folder / "table.csv").write_text("a,b", encoding="utf-8")
    text = TEXT.format(year=2020, n=71, m=72)
    (folder / "gb.txt").write_text(text, encoding="gb18030")
    return folder


@pytest.fixture(scope="module")
def serial(corpus, tmp_path_factory) -> dict[str, bytes]:
    """What one process makes of them."""
    out = tmp_path_factory.mktemp("serial") / "tables"
    counts = build_tables(corpus, out, engine="serial").ledger["status"].value_counts()
    assert dict(counts) == {"accepted": 27, "duplicate": 1, "rejected": 1, "skipped": 1}
    return content(out)


@pytest.mark.parametrize(("engine", "jobs"), [("processes", 1), ("processes", 3), ("dask", 2)])
def test_every_engine_gives_the_same_bytes(corpus, serial, tmp_path, engine, jobs):
    if engine == "dask":
        pytest.importorskip("dask.distributed")
    build_tables(corpus, tmp_path / "tables", engine=engine, jobs=jobs)
    assert content(tmp_path / "tables") == serial


def test_a_worker_without_the_shared_disk_says_so(corpus, tmp_path):
    cluster = pytest.importorskip("govlaw.engine.cluster")
    from govlaw.engine.batches import File, Task

    for cache, path in ((tmp_path / "none", corpus), (tmp_path, tmp_path / "elsewhere")):
        task = Task(str(cache), {}, (File(str(path / "a.txt"), "a.txt", "a"),))
        with pytest.raises(InputError, match="看不到") as error:
            cluster._do(task, 30)
        assert "共享磁盘" in error.value.next_step


def test_without_dask_the_extra_is_named(monkeypatch):
    import importlib
    import sys

    from govlaw.errors import GovlawError

    monkeypatch.setitem(sys.modules, "dask.distributed", None)
    monkeypatch.delitem(sys.modules, "govlaw.engine.cluster", raising=False)
    with pytest.raises(GovlawError, match=r"govlaw\[cluster\]"):
        importlib.import_module("govlaw.engine.cluster")


def test_cores_are_those_this_process_may_use():
    assert 1 <= engines.cores() <= (os.cpu_count() or 1)
