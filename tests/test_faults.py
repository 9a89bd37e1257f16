"""Faults that really happen: nothing lost, nothing twice, and the run ends by rule."""

from __future__ import annotations

import _thread
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from govlaw import paths
from govlaw.engine.locks import BusyError
from govlaw.engine.progress import Progress
from govlaw.engine.runner import build_tables
from govlaw.engine.workers import Worker
from govlaw.errors import GovlawError, OutputError
from govlaw.text.readers import READERS

pytestmark = pytest.mark.skipif(os.name == "nt", reason="kill -9 and limits of POSIX")
# Readers that misbehave, for every Python that finds this as its ``sitecustomize``.
PLUGIN = """
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
    mark = Path(os.environ["GOVLAW_TEST_MARK"])
    if not mark.exists():
        mark.write_text("died", encoding="utf-8")
        crash(content)
    return content.decode(), "utf-8"


@reads(".slow")
def slow(content):
    time.sleep(0.15)
    return content.decode(), "utf-8"
"""
TEXT = (
    "清溪县{year}年度法治政府建设情况报告\n一、主要工作\n{year}年,我县受理行政复议案件{n}件,审结{m}件。\n"
    "办理行政应诉案件{m}件,行政机关负责人出庭应诉率达{n}%。\n二、存在的问题\n基层执法力量不足。\n"
)
N = 32


def write(folder: Path, suffix: str = ".txt") -> Path:
    folder.mkdir()
    for n in range(N):
        text = TEXT.format(year=2010 + n % 12, n=n + 20, m=n + 7) + f"编号{n * n}项工作完成。\n" * n
        (folder / f"{n:03}{suffix}").write_text(text, encoding="utf-8")
    return folder


def content(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in sorted(folder.iterdir())}


@pytest.fixture(scope="module")
def slow(tmp_path_factory):
    """Files that take a moment each, so that there is time to kill somebody."""
    return write(tmp_path_factory.mktemp("slow") / "corpus", ".slow")


@pytest.fixture(scope="module")
def clean(slow, plugin, tmp_path_factory):
    """What an undisturbed run makes of them."""
    out = tmp_path_factory.mktemp("clean") / "tables"
    with pytest.MonkeyPatch.context() as patch:
        plug(patch, plugin)
        tables = build_tables(slow, out, jobs=2)
    assert tables.sizes()["documents"] == N
    return content(out)


@pytest.fixture(scope="module")
def plugin(tmp_path_factory):
    folder = tmp_path_factory.mktemp("plugin")
    (folder / "sitecustomize.py").write_text(PLUGIN, encoding="utf-8")
    return folder


def plug(patch, plugin: Path) -> None:
    """Have these readers in all that is started, and the harmless one in this process."""
    patch.setenv("PYTHONPATH", os.pathsep.join([str(paths.home()), str(plugin)]))
    patch.setitem(READERS, ".slow", lambda text: (text.decode(), "utf-8"))


@pytest.fixture(autouse=True)
def plugged(monkeypatch, plugin):
    plug(monkeypatch, plugin)


def at_file(monkeypatch, number: int, deed) -> None:
    """Do something once that many files are done."""
    tell, count = Progress.tell, []

    def told(self, entry):
        tell(self, entry)
        count.append(1)
        if len(count) == number:
            deed()

    monkeypatch.setattr(Progress, "tell", told)


@pytest.fixture
def workers(monkeypatch):
    """All workers that are made."""
    made, start = [], Worker.__init__

    def started(self, *arguments):
        start(self, *arguments)
        made.append(self)

    monkeypatch.setattr(Worker, "__init__", started)
    return made


def kill(worker: Worker) -> None:
    os.kill(worker._process.pid, signal.SIGKILL)


def test_a_worker_killed_among_processes_costs_nothing(slow, clean, tmp_path, monkeypatch, workers):
    at_file(monkeypatch, 5, lambda: kill(workers[0]))
    build_tables(slow, tmp_path / "tables", engine="processes", jobs=2)
    assert content(tmp_path / "tables") == clean


@pytest.mark.parametrize("engine", ["processes", "dask"])
def test_files_that_kill_or_hang_cost_themselves(tmp_path, monkeypatch, capsys, engine):
    monkeypatch.setenv("GOVLAW_TEST_MARK", str(tmp_path / "mark"))
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    for n, name in enumerate(["a.txt", "b.crash", "c.txt", "d.hang", "e.once", "f.txt"]):
        text = TEXT.format(year=2015 + n, n=n + 3, m=n) + f"完成{n}项。\n" * 3 * n
        (corpus / name).write_text(text, encoding="utf-8")
    tables = build_tables(corpus, tmp_path / "out", engine=engine, jobs=1, seconds=2)
    ledger = tables.ledger.set_index("path")
    reasons = {"b.crash": "parser_died", "d.hang": "timeout"}
    assert dict(ledger["reason"].dropna()) == reasons
    assert ledger["hint"].notna().sum() == 2
    assert (ledger["status"] == "accepted").sum() == len(tables.documents) == 4
    assert "b.crash" in capsys.readouterr().err


def test_a_damaged_part_is_made_again(slow, clean, tmp_path, capsys):
    out = tmp_path / "tables"
    build_tables(slow, out)
    for damaged in ((lambda whole: whole[:-100]), (lambda whole: whole[:60] + b"?" + whole[61:])):
        part = next(tmp_path.glob("tables.cache/part-*/sentences.*.parquet"))
        whole = part.read_bytes()
        part.write_bytes(damaged(whole))
        (out / "sentences.parquet").unlink()
        build_tables(slow, out)
        assert content(out) == clean
        assert "缓存已损坏" in capsys.readouterr().err
        assert part.read_bytes() == whole


def test_no_damage_of_a_part_goes_unseen(tmp_path, capsys):
    corpus, out = write(tmp_path / "corpus"), tmp_path / "tables"
    build_tables(corpus, out)
    clean = content(out)
    parts = sorted((tmp_path / "tables.cache").glob("part-*"))
    texts, index = next(parts[0].glob("texts.*.parquet")), parts[0] / "index.json"
    damages = [(texts, at, 0x10) for at in range(40, texts.stat().st_size, 997)]
    damages += [(index, at, 0x04) for at in range(20, index.stat().st_size, 1999)]
    for file, at, bit in damages:
        whole = file.read_bytes()
        file.write_bytes(whole[:at] + bytes([whole[at] ^ bit]) + whole[at + 1 :])
        (out / "sentences.parquet").unlink()
        build_tables(corpus, out)
        assert content(out) == clean, (file.name, at)
        assert "缓存已损坏" in capsys.readouterr().err, (file.name, at)


def test_many_damaged_parts_are_mended_in_one_run(slow, clean, tmp_path, capsys):
    out = tmp_path / "tables"
    build_tables(slow, out, engine="serial", jobs=2)
    texts = list((tmp_path / "tables.cache").glob("part-*/texts.*.parquet"))
    assert len(texts) > 2
    for file in texts:
        file.write_bytes(file.read_bytes().replace(b"PAR1", b"????", 1))
    (out / "trend.parquet").unlink()
    build_tables(slow, out, engine="serial", jobs=2)
    assert content(out) == clean
    assert capsys.readouterr().err.count("缓存已损坏") == len(texts)


def command(*words: object) -> list[str]:
    return [sys.executable, "-m", "govlaw", "tables", *map(str, words)]


def limited(size: int) -> None:
    import resource

    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


@pytest.mark.parametrize("engine", ["serial", "processes"])
def test_a_limit_of_file_size_gets_one_message(tmp_path, engine):
    corpus = write(tmp_path / "corpus")
    done = subprocess.run(
        command("--corpus", corpus, "--out", tmp_path / "out", "--engine", engine, "--jobs", 1),
        preexec_fn=lambda: limited(3_000),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 1 and "下一步" in done.stderr and "Traceback" not in done.stderr
    assert not (tmp_path / "out").exists()
    assert not list((tmp_path / "out.cache").glob("part-*"))


@pytest.fixture
def small_disk(tmp_path):
    place = tmp_path / "disk"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=160k", "tmpfs", str(place)]
    if os.getuid() or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("needs the right to mount a small disk")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=False)


def test_a_full_disk_leaves_what_was_there(tmp_path, small_disk):
    corpus = write(tmp_path / "corpus")
    with pytest.raises(OutputError) as error:
        build_tables(corpus, small_disk / "out", engine="serial")
    assert error.value.next_step
    assert not (small_disk / "out").exists()
    build_tables(corpus, tmp_path / "out")


MOMENTS = {
    # What is called when the run kills itself, how many calls before that are let pass, and the
    # engine; the old name is left without a folder between the two renames of "swap".
    "a file": ("govlaw.engine.progress.Progress.tell", 24, "processes"),
    "a part": ("govlaw.engine.batches.write_part", 1, "serial"),
    "a table": ("govlaw.engine.store.Store.write_arrow", 6, "serial"),
    "the reduce": ("govlaw.engine.store.Store.write_arrow", 16, "serial"),
    "swap": ("pathlib.Path.rename", 5, "serial"),
}
KILLED = """
import os, pkgutil, signal, sys
from govlaw.engine.runner import build_tables
place, name = sys.argv[1].rsplit(".", 1)
owner, left = pkgutil.resolve_name(place), int(sys.argv[2])
function = getattr(owner, name)
def deadly(*arguments, **options):
    global left
    if not left:
        os.kill(os.getpid(), signal.SIGKILL)
    left -= 1
    return function(*arguments, **options)
setattr(owner, name, deadly)
build_tables(sys.argv[4], sys.argv[5], engine=sys.argv[3], jobs=2)
"""


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_run_that_was_killed_goes_on_to_the_same_bytes(
    slow, clean, tmp_path, monkeypatch, moment
):
    out = tmp_path / "tables"
    if moment == "swap":
        out.mkdir()
        (out / "ledger.parquet").write_text("result", encoding="utf-8")
    words = [*map(str, MOMENTS[moment]), str(slow), str(out)]
    done = subprocess.run([sys.executable, "-c", KILLED, *words], check=False)
    assert done.returncode == -signal.SIGKILL
    assert not out.exists()
    seen = []
    monkeypatch.setattr(Progress, "tell", lambda self, entry: seen.append(entry))
    build_tables(slow, out, jobs=2)
    assert content(out) == clean
    assert len(seen) < N if moment in ("a file", "a part") else not seen
    assert not list(tmp_path.glob(".tables*"))


def test_the_second_of_two_runs_is_refused(slow, clean, tmp_path):
    out = tmp_path / "tables"
    arguments = command("--corpus", slow, "--out", out, "--engine", "processes", "--jobs", 1)
    first = subprocess.Popen(arguments, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        while not (tmp_path / "tables.cache" / "lock").exists():
            time.sleep(0.01)
        time.sleep(0.1)
        with pytest.raises(BusyError, match=str(first.pid)):
            build_tables(slow, out)
        second = subprocess.run(arguments, capture_output=True, encoding="utf-8", check=False)
        assert second.returncode == 3 and "下一步" in second.stderr
    finally:
        first.wait()
    assert first.returncode == 0 and content(out) == clean


def test_a_cluster_that_does_not_answer_gets_one_message(slow, tmp_path, monkeypatch):
    cluster = pytest.importorskip("govlaw.engine.cluster")
    monkeypatch.setattr(cluster, "CONNECT", 0.5)
    for address in ("tcp://127.0.0.1:9", "nonsense://x"):
        with pytest.raises(GovlawError) as error:
            build_tables(slow, tmp_path / "tables", engine="dask", cluster=address)
        assert address in error.value.where and error.value.next_step


class Cluster:
    """A scheduler and workers of their own, so that they can be killed."""

    def __init__(self, folder: Path, n_workers: int = 2) -> None:
        note = folder / "scheduler.json"
        start = [sys.executable, "-m", "distributed.cli.dask_scheduler", "--no-dashboard"]
        self.scheduler = self._start(*start, "--port", "0", "--scheduler-file", str(note))
        work = [sys.executable, "-m", "distributed.cli.dask_worker", "--scheduler-file", str(note)]
        work += ["--nthreads", "1", "--no-dashboard", "--no-nanny"]
        while not note.exists():
            time.sleep(0.05)
        self.workers = [self._start(*work) for _ in range(n_workers)]
        self.address = json.loads(note.read_text(encoding="utf-8"))["address"]

    @staticmethod
    def _start(*words: str) -> subprocess.Popen[bytes]:
        return subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def stop(self) -> None:
        for process in (*self.workers, self.scheduler):
            process.kill()
            process.wait()


@pytest.fixture
def cluster(tmp_path):
    pytest.importorskip("dask.distributed")
    started = Cluster(tmp_path)
    yield started
    started.stop()


def test_a_worker_of_a_cluster_killed_costs_nothing(slow, clean, tmp_path, monkeypatch, cluster):
    at_file(monkeypatch, 8, cluster.workers[0].kill)
    build_tables(slow, tmp_path / "tables", engine="dask", cluster=cluster.address)
    assert content(tmp_path / "tables") == clean


def test_a_cluster_that_goes_leaves_what_is_done(slow, clean, tmp_path, monkeypatch, cluster):
    at_file(monkeypatch, 8, cluster.scheduler.kill)
    out = tmp_path / "tables"
    with pytest.raises(GovlawError, match="中断") as error:
        build_tables(slow, out, engine="dask", cluster=cluster.address, jobs=2)
    assert cluster.address in error.value.where and not out.exists()
    assert list((tmp_path / "tables.cache").glob("part-*"))
    build_tables(slow, out, jobs=2)
    assert content(out) == clean


def test_a_cluster_without_workers_is_not_waited_for(slow, tmp_path, monkeypatch, cluster):
    module = pytest.importorskip("govlaw.engine.cluster")
    monkeypatch.setattr(module, "PATIENCE", 1.0)
    for process in cluster.workers:
        process.kill()
        process.wait()
    with pytest.raises(GovlawError, match="没有工作进程"):
        build_tables(slow, tmp_path / "tables", engine="dask", cluster=cluster.address)


def test_an_interrupt_leaves_no_process(slow, tmp_path, monkeypatch, workers):
    at_file(monkeypatch, 3, _thread.interrupt_main)
    earlier = signal.signal(signal.SIGINT, signal.default_int_handler)  # others may have set theirs
    try:
        with pytest.raises(KeyboardInterrupt):
            build_tables(slow, tmp_path / "tables", engine="processes", jobs=2)
    finally:
        signal.signal(signal.SIGINT, earlier)
    assert len(workers) == 2 and all(worker._process is None for worker in workers)
    assert not (tmp_path / "tables").exists()
