"""What was read once is kept, and only what has changed is done again."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from govlaw import paths
from govlaw.engine import runner, tidying
from govlaw.engine.batches import digest_of
from govlaw.engine.mapping import map_document, rows_of
from govlaw.engine.parts import CONTRACTS, parts_of
from govlaw.engine.progress import Progress
from govlaw.engine.rebuilding import NEEDED, rebuild
from govlaw.engine.runner import build_tables
from govlaw.engine.versions import DEFINITIONS, READING, learn_definitions
from govlaw.errors import OutputError, ParameterError
from govlaw.text.corpus import read_document

TEXT = (
    "清溪县{year}年度法治政府建设情况报告\n一、主要工作\n{year}年,我县受理行政复议案件{n}件。\n"
    "深化“放管服”改革,办理行政应诉案件{m}件。\n"
)
CORPORA = [paths.seeds(), paths.home() / "tests/data/invented", paths.home() / "tests/data/panel"]


def write(folder: Path, n_files: int = 12) -> Path:
    folder.mkdir()
    for n in range(n_files):
        text = TEXT.format(year=2011 + n % 11, n=n + 3, m=n + 40) + f"完成第{n}项任务。\n" * n
        (folder / f"{n:02}.txt").write_text(text, encoding="utf-8")
    return folder


def content(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in sorted(folder.iterdir())}


@pytest.fixture
def corpus(tmp_path):
    return write(tmp_path / "corpus")


@pytest.fixture
def told(monkeypatch):
    """The names of all files that are read, None for tables made again."""
    names: list[str | None] = []
    tell = Progress.tell

    def also(self, entry):
        names.append(entry.path if entry else None)
        tell(self, entry)

    monkeypatch.setattr(Progress, "tell", also)
    return names


@pytest.fixture
def data(tmp_path, monkeypatch):
    """A copy of ``data/`` that may be changed."""
    shutil.copytree(paths.data(), tmp_path / "home" / "data")
    monkeypatch.setenv("GOVLAW_HOME", str(tmp_path / "home"))
    return tmp_path / "home" / "data"


def test_what_has_not_changed_is_not_read_again(corpus, tmp_path, told):
    out = tmp_path / "tables"
    build_tables(corpus, out)
    before = content(out), {file: file.stat().st_mtime_ns for file in out.iterdir()}
    assert len(told) == 12
    told.clear()
    build_tables(corpus, out)
    assert told == []
    assert (content(out), {file: file.stat().st_mtime_ns for file in out.iterdir()}) == before


@pytest.mark.parametrize("change", ["changed", "added", "removed", "renamed", "touched"])
def test_only_a_changed_file_is_read_and_the_bytes_are_those_of_a_clean_run(
    corpus, tmp_path, told, change
):
    out, file = tmp_path / "tables", corpus / "05.txt"
    build_tables(corpus, out)
    told.clear()
    if change == "changed":
        file.write_text(TEXT.format(year=2015, n=99, m=1), encoding="utf-8")
    elif change == "added":
        (corpus / "05b.txt").write_text(TEXT.format(year=2015, n=99, m=1), encoding="utf-8")
    elif change == "removed":
        file.unlink()
    elif change == "renamed":
        file.rename(corpus / "zz.txt")
    else:
        os.utime(file)
    build_tables(corpus, out)
    expected = {"changed": ["05.txt"], "added": ["05b.txt"], "renamed": ["zz.txt"]}
    assert told == expected.get(change, [])
    build_tables(corpus, tmp_path / "clean")
    assert content(out) == content(tmp_path / "clean")


def test_a_file_changed_behind_its_size_and_time_is_seen(corpus, tmp_path, told):
    """The time of its last change of any kind cannot be set back."""
    file, out = corpus / "05.txt", tmp_path / "tables"
    os.utime(file, (1_500_000_000, 1_500_000_000))
    build_tables(corpus, out)
    told.clear()
    changed = file.read_text(encoding="utf-8").replace("受理行政复议案件8件", "受理行政复议案件9件")
    file.write_text(changed, encoding="utf-8")
    os.utime(file, (1_500_000_000, 1_500_000_000))
    assert 9 in build_tables(corpus, out).quantities["value"].to_list()
    assert told == ["05.txt"]


def test_a_repeat_that_goes_brings_back_the_other(corpus, tmp_path, told):
    out = tmp_path / "tables"
    shutil.copy(corpus / "05.txt", corpus / "copy.txt")
    assert build_tables(corpus, out).sizes()["documents"] == 12
    (corpus / "05.txt").unlink()
    told.clear()
    assert "copy" in set(build_tables(corpus, out).documents["doc_id"]) and told == []


@pytest.mark.parametrize(
    ("file", "old", "new", "made"),
    [
        ("lexicons/themes.yml", "放管服", "受理", {"mentions"}),
        ("stopwords.txt", None, "案件", {"term_counts"}),
        ("words/statements.yml", None, "# 注", {"statements", "agenda"}),
        ("checks.yml", None, "# 注", set()),
        ("words/units.csv", None, "# 注", {"quantities", "observations", "statements", "agenda"}),
        ("words/noise.csv", None, "# 注", set(CONTRACTS)),
    ],
)
def test_a_changed_definition_remakes_the_tables_that_rest_on_it(
    corpus, tmp_path, told, data, file, old, new, made
):
    out = tmp_path / "tables"
    build_tables(corpus, out)
    cache = tmp_path / "tables.cache"
    before = {path.name for path in cache.glob("part-*/*.parquet")}
    told.clear()
    text = (data / file).read_text(encoding="utf-8")
    changed = text.replace(old, new) if old else f"{text.rstrip()}\n{new}\n"
    assert changed != text
    (data / file).write_text(changed, encoding="utf-8")
    build_tables(corpus, out)
    after = {path.name for path in cache.glob("part-*/*.parquet")}
    assert {name.split(".")[0] for name in after - before} == made
    is_read_again = file == "words/noise.csv"
    assert told == (
        [f"{n:02}.txt" for n in range(12)] if is_read_again else [None] * 12 * bool(made)
    )
    build_tables(corpus, tmp_path / "clean")
    assert content(out) == content(tmp_path / "clean")


WATCH = """
import json, sys
opened = set()
def watch(event, args):
    if event == "open" and isinstance(args[0], str):
        opened.add(args[0].replace(chr(92), "/"))
from govlaw import paths
from govlaw.engine.mapping import map_document
from govlaw.engine.versions import forget_definitions
from govlaw.text.corpus import read_document
seen = {}
sys.addaudithook(watch)
def note(name):
    home = str(paths.data()).replace(chr(92), "/") + "/"
    seen.setdefault(name, set()).update(p[len(home):] for p in opened if p.startswith(home))
    opened.clear()
    forget_definitions()
for path in sorted(paths.seeds().glob("*.txt"))[:2]:
    document = read_document(path)
    note("reading")
    for table in sys.argv[1:]:
        map_document(document, [table])
        note(table)
print(json.dumps({name: sorted(files) for name, files in seen.items()}))
"""


def test_a_table_rests_on_no_definition_that_is_not_declared():
    done = subprocess.run(
        [sys.executable, "-c", WATCH, *DEFINITIONS],
        capture_output=True, encoding="utf-8", check=True,
    )  # fmt: skip
    seen = {name: set(files) for name, files in json.loads(done.stdout).items()}
    reading = declared(READING)
    assert seen["reading"] and seen["reading"] <= reading
    for table, patterns in DEFINITIONS.items():
        assert seen[table] <= declared(patterns) | reading, table
        assert bool(seen[table] - reading) == bool(patterns), table


def declared(patterns) -> set[str]:
    data = paths.data()
    return {path.relative_to(data).as_posix() for p in patterns for path in data.glob(p)}


@pytest.mark.parametrize("folder", CORPORA, ids=lambda folder: folder.name)
def test_a_document_comes_back_from_its_tables(folder):
    for path in sorted(folder.glob("*.txt")):
        document = read_document(path)
        tables = map_document(document)
        assert rebuild({name: rows_of(tables[name]) for name in NEEDED}) == [document]


def test_many_small_parts_become_one(tmp_path, told, monkeypatch):
    monkeypatch.setattr(tidying, "_MANY", 3)
    corpus, out = write(tmp_path / "corpus", 6), tmp_path / "tables"
    for n in range(5):
        (corpus / f"{n:02}.txt").write_text(TEXT.format(year=2015, n=n, m=n * 7), encoding="utf-8")
        build_tables(corpus, out)
    assert len(parts_of(tmp_path / "tables.cache")) <= 4
    told.clear()
    (corpus / "05.txt").unlink()
    build_tables(corpus, out)
    assert told == []
    build_tables(corpus, tmp_path / "clean")
    assert content(out) == content(tmp_path / "clean")


def test_rejections_are_kept_and_said_again_in_the_ledger(corpus, tmp_path, told):
    (corpus / "scan.pdf").write_bytes(b"%PDF-1.4")
    first = build_tables(corpus, tmp_path / "tables").ledger
    told.clear()
    (corpus / "00.txt").unlink()
    again = build_tables(corpus, tmp_path / "tables").ledger
    assert told == []
    assert first.iloc[-1].equals(again.iloc[-1]) and again.iloc[-1]["reason"] == "broken_pdf"


def test_a_file_that_is_too_large_to_be_hashed_is_rejected_once(corpus, tmp_path, told):
    with (corpus / "huge.txt").open("wb") as file:
        file.truncate(50_000_001)
    ledger = build_tables(corpus, tmp_path / "tables").ledger.set_index("path")
    assert ledger.loc["huge.txt", "reason"] == "too_large"
    assert told.count("huge.txt") == 1


@pytest.mark.parametrize("where", ["corpus", "corpus/out", "."])
def test_tables_are_not_written_among_reports(corpus, tmp_path, where):
    """The corpus would be taken away, or the tables and the lock read as reports."""
    before = sorted(corpus.rglob("*"))
    with pytest.raises(OutputError):
        build_tables(corpus, tmp_path / where)
    assert sorted(corpus.rglob("*")) == before


def test_an_address_without_dask_is_not_ignored(corpus, tmp_path):
    with pytest.raises(ParameterError, match="--engine dask"):
        build_tables(corpus, tmp_path / "out", cluster="tcp://127.0.0.1:1")


def test_work_that_leaves_nothing_in_the_cache_ends(corpus, tmp_path, monkeypatch):
    """As where the machines of a cluster see another disk under the same path."""
    monkeypatch.setattr(runner, "serial", lambda tasks, *_, **__: ([] for _ in tasks))
    with pytest.raises(OutputError, match="没有出现在缓存中"):
        build_tables(corpus, tmp_path / "out", engine="serial")


def test_an_unknown_engine_gets_a_hint():
    with pytest.raises(ParameterError, match="did you mean 'processes'"):
        build_tables(engine="proceses")


def test_a_file_that_cannot_be_read_has_no_hash(tmp_path):
    assert digest_of(tmp_path / "none") is None
    assert learn_definitions() == learn_definitions()
