"""Hostile files: each is turned away with its reason, the run goes on, the ledger adds up."""

from __future__ import annotations

import os
import sys
from collections import Counter

import pytest

from govlaw.engine.duplicates import find_repeats
from govlaw.engine.ledger import list_files, mark_repeats, name_documents, read_one
from govlaw.engine.workers import Worker
from tests.hostile import TEXT, hostile_files, write_places

pytestmark = pytest.mark.skipif(os.name == "nt", reason="needs names, links and pipes of POSIX")


def test_every_hostile_file_gets_the_reason_it_deserves(tmp_path):
    folder = tmp_path / "corpus"
    folder.mkdir()
    expected, families = {}, Counter()
    for hostile in hostile_files():
        (folder / hostile.name).write_bytes(hostile.content)
        expected[hostile.name] = hostile.reasons
        families[hostile.family] += 1
    expected |= {
        name: (reason,) for name, reason in write_places(folder, tmp_path / "outside.txt").items()
    }
    families["place"] += 7
    assert sum(families.values()) >= 120 and len(families) >= 35

    files = list_files(folder)
    named = name_documents(files, folder)
    entries, documents, wrong = [], [], []
    with Worker(seconds=20) as worker:
        for path in files:
            entry, document = read_one(path, folder, named[path], worker)
            entries.append(entry)
            documents += [document] if document else []
            if entry.reason not in expected[path.name]:
                wrong.append((path.name, entry.reason, entry.message))
            if entry.status == "rejected":
                assert entry.message and entry.hint, path.name
    assert not wrong
    assert len(entries) == len(files) == len(expected)
    assert len({entry.path for entry in entries}) == len(entries)
    marked, repeats = mark_repeats(entries, find_repeats(documents))
    counts = Counter(entry.status for entry in marked)
    assert counts["duplicate"] == len(repeats)
    assert counts["accepted"] == len(documents) - len(repeats)
    if sys.platform.startswith("linux"):
        import resource

        used = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024
        assert used < 1_200_000_000


def test_names_in_other_bytes_have_a_row_of_their_own(tmp_path):
    raw = os.fsencode(tmp_path) + b"/\xc4\xe3\xba\xc3.txt"
    try:
        with open(raw, "wb") as file:  # noqa: PTH123  a name in bytes
            file.write(TEXT.encode())
    except OSError:
        pytest.skip("this file system takes UTF-8 names only")
    (tmp_path / "你好.txt").write_text(TEXT + "\n另一篇。", encoding="utf-8")
    files = list_files(tmp_path)
    named = name_documents(files, tmp_path)
    entries = [read_one(path, tmp_path, named[path])[0] for path in files]
    assert [entry.status for entry in entries] == ["accepted"] * 2
    assert len({entry.path for entry in entries}) == 2
    assert all("你好" in entry.path for entry in entries)
    "".join(entry.path + str(entry.doc_id) for entry in entries).encode("utf-8")
