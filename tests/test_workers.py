"""A worker reads in a process of its own: whatever happens to it costs one file."""

from __future__ import annotations

import os
import sys
import time

import pytest

from govlaw.engine import workers
from govlaw.engine.workers import Worker
from govlaw.errors import InputError
from tests.makers import docx_of, pdf_of

SENTENCE = "2019年,受理行政复议案件2件,其中决定维持部门行政行为1件。"


@pytest.fixture
def worker():
    with Worker(seconds=20) as started:
        yield started


def test_a_worker_gives_what_the_reader_gives(worker, tmp_path):
    for name, make in (("a.docx", docx_of), ("b.pdf", pdf_of)):
        file = tmp_path / name
        file.write_bytes(make([SENTENCE] * 3))
        reading = worker.read(file)
        assert reading.text.count("复议案件2件") == 3
        assert reading == workers.read_file(file)


def test_a_reader_s_answer_comes_home_as_its_error(worker, tmp_path):
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.4")
    with pytest.raises(InputError) as error:
        worker.read(tmp_path / "a.pdf")
    assert error.value.what.startswith("broken_pdf: ") and error.value.next_step


def test_a_dead_worker_is_replaced(worker, tmp_path, monkeypatch):
    file = tmp_path / "a.docx"
    file.write_bytes(docx_of([SENTENCE]))
    worker.read(file)
    worker._process.kill()
    worker._process.wait()
    assert worker.read(file).text == SENTENCE
    monkeypatch.setattr(worker, "say", lambda request: worker._process.kill())
    with pytest.raises(InputError, match="parser_died"):
        worker.read(file)
    monkeypatch.undo()
    assert worker.read(file).text == SENTENCE


@pytest.mark.skipif(os.name == "nt", reason="needs a pipe that nobody writes to")
def test_a_file_that_hangs_is_given_up(tmp_path):
    os.mkfifo(tmp_path / "a.pdf")
    with Worker(seconds=1.5) as impatient:
        start = time.monotonic()
        with pytest.raises(InputError, match="timeout"):
            impatient.read(tmp_path / "a.pdf")
        assert time.monotonic() - start < 10
        file = tmp_path / "b.docx"
        file.write_bytes(docx_of([SENTENCE]))
        impatient.seconds = 20
        assert impatient.read(file).text == SENTENCE


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="needs a limit of memory")
def test_a_file_that_eats_memory_is_given_up(tmp_path):
    file = tmp_path / "a.txt"
    file.write_bytes(("字" * 15_000_000).encode())
    with Worker(memory=130_000_000) as small:  # noqa: SIM117
        with pytest.raises(InputError, match=r"out_of_memory|died"):
            small.read(file)


def test_stopping_leaves_no_process(tmp_path):
    file = tmp_path / "a.docx"
    file.write_bytes(docx_of([SENTENCE]))
    with Worker() as started:
        started.read(file)
        process = started._process
    assert process.poll() is not None
