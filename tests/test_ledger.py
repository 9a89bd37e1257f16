"""Every file that goes in comes out once: accepted, duplicate, rejected or skipped."""

import os
import shutil
import subprocess
import sys

import pytest

from govlaw import paths
from govlaw.engine.ledger import list_files, name_documents
from govlaw.engine.runner import build_tables, read_corpus
from govlaw.engine.staging import staged
from govlaw.engine.store import load_tables, save_tables
from govlaw.errors import InputError, OutputError

REPORT = "清溪县2019年度法治政府建设情况报告\n2019年,我县受理行政复议案件{}件。\n"


@pytest.fixture
def corpus(tmp_path):
    folder = tmp_path / "corpus"
    (folder / "2020").mkdir(parents=True)
    (folder / "a.txt").write_text(REPORT.format(3), encoding="utf-8")
    (folder / "b.txt").write_text(REPORT.format(4), encoding="gb18030")
    (folder / "2020" / "a.txt").write_text(REPORT.format(5), encoding="utf-8")
    (folder / "copy.txt").write_text(REPORT.format(3).replace("\n", "\r\n"), encoding="utf-8")
    (folder / "scan.pdf").write_bytes(b"%PDF-1.4")
    (folder / "empty.txt").write_bytes(b"")
    (folder / "noise.txt").write_bytes(os.urandom(4000))
    (folder / "register.csv").write_text("a,b\n", encoding="utf-8")
    (folder / ".hidden").write_text("x", encoding="utf-8")
    return folder


def test_the_ledger_adds_up(corpus, tmp_path):
    ledger = build_tables(corpus, tmp_path / "tables").ledger.set_index("path")
    assert dict(ledger["status"]) == {
        "2020/a.txt": "accepted", "a.txt": "accepted", "b.txt": "accepted",
        "copy.txt": "duplicate", "scan.pdf": "rejected", "empty.txt": "rejected",
        "noise.txt": "rejected", "register.csv": "skipped",
    }  # fmt: skip
    assert len(ledger) == len(list_files(corpus))
    rejected = ledger[ledger["status"] == "rejected"]
    assert dict(rejected["reason"]) == {
        "scan.pdf": "broken_pdf", "empty.txt": "empty", "noise.txt": "undecodable",
    }  # fmt: skip
    assert rejected["hint"].notna().all()
    assert ledger.loc["copy.txt", "doc_id"] == "a"


def test_a_repeat_gives_no_document(corpus):
    assert sorted(d.doc_id for d in read_corpus(corpus)) == ["2020-a", "a", "b"]


def test_one_name_in_two_formats_gives_two_ids(tmp_path):
    files = [tmp_path / name for name in ("x.htm", "x.txt", "x (1).txt", "x-1.txt")]
    named = name_documents(files, tmp_path)
    assert len(set(named.values())) == len(files)


@pytest.mark.skipif(os.name == "nt", reason="needs links and pipes")
def test_links_out_of_the_folder_and_pipes_are_rejected(corpus, tmp_path):
    (tmp_path / "outside.txt").write_text(REPORT.format(9), encoding="utf-8")
    (corpus / "link.txt").symlink_to(tmp_path / "outside.txt")
    os.mkfifo(corpus / "pipe.txt")
    ledger = build_tables(corpus, tmp_path / "tables").ledger.set_index("path")
    assert ledger.loc["link.txt", "reason"] == "outside_root"
    assert ledger.loc["pipe.txt", "reason"] == "not_regular_file"


@pytest.mark.parametrize("made", ["missing", "empty", "unreadable", "file"])
def test_a_folder_without_reports_gets_one_message(tmp_path, made):
    folder = tmp_path / "corpus"
    if made == "file":
        folder.write_text("x", encoding="utf-8")
    elif made != "missing":
        folder.mkdir()
    if made == "unreadable":
        (folder / "a.pdf").write_bytes(b"%PDF")
    with pytest.raises(InputError) as error:
        build_tables(folder, tmp_path / "tables")
    assert str(folder) in error.value.where and error.value.next_step
    assert not (tmp_path / "tables").exists()


def test_a_changed_seed_stops_the_study(tmp_path, monkeypatch):
    shutil.copytree(paths.seeds(), tmp_path / "seeds")
    shutil.copytree(paths.data(), tmp_path / "data")
    monkeypatch.setenv("GOVLAW_HOME", str(tmp_path))
    changed = tmp_path / "seeds" / "001_b542ebc651edcfe6.txt"
    changed.write_text(
        changed.read_text(encoding="utf-8").replace("11件", "12件"), encoding="utf-8"
    )
    with pytest.raises(InputError, match=r"reports\.csv") as error:
        build_tables(out=tmp_path / "tables")
    assert "001_b542" in error.value.where


def test_an_earlier_result_survives_a_failure(corpus, tmp_path):
    out = tmp_path / "tables"
    build_tables(corpus, out)
    before = {file.name: file.read_bytes() for file in out.iterdir()}
    with pytest.raises(RuntimeError), staged(out) as stage:
        (stage / "ledger.parquet").write_bytes(b"half")
        raise RuntimeError
    assert {file.name: file.read_bytes() for file in out.iterdir()} == before
    assert not list(tmp_path.glob(".tables*"))


def test_an_unwritable_output_gets_one_message(corpus, tmp_path):
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(OutputError) as error:
        build_tables(corpus, tmp_path / "file" / "tables")
    assert error.value.next_step


def test_tables_come_back_as_they_were_written(tables, tmp_path):
    from dataclasses import fields

    names = [field.name for field in fields(tables)]
    save_tables({name: getattr(tables, name) for name in names}, tmp_path / "again")
    again = load_tables(tmp_path / "again")
    for name in names:
        assert getattr(again, name).equals(getattr(tables, name)), name


def test_two_runs_give_the_same_bytes(tmp_path):
    for name in ("one", "two"):
        build_tables(paths.seeds(), tmp_path / name)
    for file in (tmp_path / "one").iterdir():
        assert file.read_bytes() == (tmp_path / "two" / file.name).read_bytes(), file.name


def test_the_command_line_says_where_what_and_what_next(tmp_path):
    command = [sys.executable, "-m", "govlaw", "tables", "--corpus", str(tmp_path / "none")]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 1
    assert str(tmp_path / "none") in done.stderr and "下一步" in done.stderr
    assert "Traceback" not in done.stderr
