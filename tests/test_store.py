"""The store: row groups of whole documents, streams in and out, what travels along."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest

from govlaw import paths
from govlaw.engine import store as module
from govlaw.engine.staging import recover, require_replaceable, staged
from govlaw.engine.store import Store, load_tables, save_tables
from govlaw.errors import InputError, OutputError
from govlaw.tables import TABLES, ContractError


@pytest.fixture
def counts() -> pd.DataFrame:
    """Seven documents with one to seven words each."""
    rows = [
        {"doc_id": f"d{n}", "role": "body", "term": f"词{m}", "n": m + 1}
        for n in range(7)
        for m in range(n + 1)
    ]
    return TABLES["term_counts"].frame(rows)


def test_a_scan_gives_whole_documents_in_order(counts, tmp_path, monkeypatch):
    monkeypatch.setattr(module, "TOGETHER", 3)
    store = Store(tmp_path)
    store.write("term_counts", [counts])
    batches = list(store.scan("term_counts", ["doc_id", "n"]))
    assert [list(batch["doc_id"].unique()) for batch in batches] == [
        ["d0", "d1", "d2"], ["d3", "d4", "d5"], ["d6"],
    ]  # fmt: skip
    assert list(batches[0].columns) == ["doc_id", "n"]
    assert store.frame("term_counts").equals(counts)
    assert store.n_rows("term_counts") == len(counts) == 28


def test_frames_written_apart_read_as_one(counts, tmp_path):
    store = Store(tmp_path)
    halves = [counts[counts["doc_id"] < "d4"], counts[counts["doc_id"] >= "d4"]]
    store.write("term_counts", iter(halves))
    assert store.frame("term_counts").equals(counts)


def test_no_rows_are_a_table_too(tmp_path):
    store = Store(tmp_path)
    store.write("term_counts", [])
    store.write("ledger", [TABLES["ledger"].frame([])])
    assert store.n_rows("term_counts") == 0 and list(store.scan("term_counts")) == []
    assert list(store.frame("ledger").columns) == TABLES["ledger"].schema.names


def test_the_user_dictionary_travels_with_the_words(counts, tmp_path):
    Store(tmp_path).write("term_counts", [counts])
    metadata = pq.read_schema(tmp_path / "term_counts.parquet").metadata
    terms = paths.data("terms.txt").read_bytes()
    assert metadata[b"terms.txt"] == terms
    assert metadata[b"terms.txt sha256"].decode() == hashlib.sha256(terms).hexdigest()


def test_a_broken_contract_is_no_table(counts, tmp_path):
    for broken in (counts.drop(columns="n"), counts.assign(role="胡说"), counts.assign(n=pd.NA)):
        with pytest.raises(ContractError, match="term_counts"):
            Store(tmp_path).write("term_counts", [broken])
    assert not (tmp_path / "term_counts.parquet").exists()


@pytest.mark.parametrize("damage", ["missing", "truncated", "foreign"])
def test_a_damaged_table_gets_one_message(counts, tmp_path, damage):
    store = Store(tmp_path)
    store.write("term_counts", [counts])
    file = store.path("term_counts")
    if damage == "missing":
        file.unlink()
    elif damage == "truncated":
        file.write_bytes(file.read_bytes()[:-50])
    else:
        pd.DataFrame({"a": [1]}).to_parquet(file)
    with pytest.raises(InputError) as error:
        store.frame("term_counts")
    assert str(file) in error.value.where and error.value.next_step


def test_a_frame_is_read_when_it_is_asked_for(tables_dir):
    tables = load_tables(tables_dir)
    assert "documents 5" in repr(tables) and tables.sizes()["documents"] == 5
    assert set(vars(tables)) == {"_store"}
    assert len(tables.documents) == 5 and tables.documents is tables.documents
    assert set(vars(tables)) == {"_store", "documents"}
    with pytest.raises(AttributeError, match="no table 'nonsense'"):
        tables.nonsense  # noqa: B018


def test_tables_without_a_folder_say_what_to_do(tmp_path):
    with pytest.raises(InputError) as error:
        load_tables(tmp_path)
    assert "govlaw tables" in error.value.next_step


def test_saved_tables_are_those_that_were_given(tables, tmp_path):
    saved = save_tables({name: getattr(tables, name) for name in TABLES}, tmp_path / "again")
    for name in TABLES:
        assert getattr(saved, name).equals(getattr(tables, name)), name


def test_nobody_s_files_are_written_over(tmp_path):
    own = tmp_path / "own"
    own.mkdir()
    (own / "thesis.docx").write_text("x", encoding="utf-8")
    with pytest.raises(OutputError) as error, staged(own) as stage:
        (stage / "ledger.parquet").write_text("y", encoding="utf-8")
    assert "thesis.docx" in error.value.what
    assert [path.name for path in tmp_path.rglob("*")] == ["own", "thesis.docx"]
    for place in (own / "thesis.docx", Path("/")):
        with pytest.raises(OutputError):
            require_replaceable(place, ())
    with pytest.raises(OutputError), staged(Path("/")):
        pass
    (own / "thesis.docx").rename(own / ".DS_Store")
    require_replaceable(own, ())


@pytest.mark.parametrize("name", ["t", "t[1]"])
def test_what_another_place_left_is_not_touched(tmp_path, name):
    names = [f".{name}.v2.77.old", f".{name}.v2.78.new", ".t1.5.new"]
    others, mine = [tmp_path / one for one in names], tmp_path / f".{name}.79.new"
    for folder in (*others, mine):
        folder.mkdir()
    recover(tmp_path / name)
    assert sorted(tmp_path.iterdir()) == sorted(others)


def test_what_a_killed_run_left_is_cleared_and_put_back(tmp_path):
    old, new = tmp_path / ".tables.123.old", tmp_path / ".tables.124.new"
    for folder in (old, new):
        folder.mkdir()
        (folder / "file").write_text(folder.suffix, encoding="utf-8")
    recover(tmp_path / "tables")
    assert (tmp_path / "tables" / "file").read_text(encoding="utf-8") == ".old"
    assert [path.name for path in tmp_path.iterdir()] == ["tables"]
