"""From a folder of reports to every table: a map over files, then a reduce over frames.

The map is a pure function of one file and ``data/``; the reduce never sees a file.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
from tqdm.auto import tqdm

from govlaw import paths
from govlaw.document import Document
from govlaw.engine.ledger import (
    Entry,
    check_seeds,
    find_duplicates,
    list_files,
    name_documents,
    read_one,
    require_none_rejected,
)
from govlaw.engine.mapping import Rows, map_document
from govlaw.engine.store import Tables, save_tables
from govlaw.engine.workers import Worker
from govlaw.errors import InputError
from govlaw.facts.leftovers import Leftover, leftovers
from govlaw.facts.overlap import overlap
from govlaw.facts.reading import read_quantities
from govlaw.indicator import load_indicators
from govlaw.lexicon import load_lexicon
from govlaw.stats.checks import check
from govlaw.stats.indicators import coverage
from govlaw.stats.terms import tf_idf
from govlaw.stats.trends import keyword_trend
from govlaw.tables import TABLES
from govlaw.text.corpus import Corpus

_MANY, _LINE_EVERY = 20, 100  # files before a bar is worth it; files between plain lines


def read_corpus(folder: Path | str) -> Corpus:
    """Read a folder of reports into a Corpus, repeats left out.

    Raises ``InputError`` where the folder holds no file that can be read.

    >>> read_corpus(paths.seeds())
    Corpus(000, 001, 002, 003, 004)
    """
    return Corpus(_read(Path(folder))[1])


def build_tables(
    corpus: Path | str | None = None, out: Path | str | None = None, *, strict: bool = False
) -> Tables:
    """Read a folder of reports (the seeds by default) and write all tables to ``out``.

    Returns the tables; ``out`` is ``build/tables`` unless told otherwise. Every file of the folder
    has one row in the ledger. Raises ``InputError`` where nothing could be read and ``OutputError``
    where nothing could be written; an earlier result is then left as it was. With ``strict`` a
    single rejected file is an ``InputError`` too.
    """
    folder = Path(corpus) if corpus else paths.seeds()
    entries, documents = _read(folder)
    if strict:
        require_none_rejected(entries, folder)
    rows: Rows = {name: [] for name in TABLES}
    for document in documents:
        for name, found in map_document(document).items():
            rows[name].extend(found)
    rows["ledger"] = [entry.row() for entry in entries]
    mapped = {name: TABLES[name].frame(found) for name, found in rows.items()}
    return save_tables({**mapped, **reduce_tables(mapped)}, Path(out) if out else paths.tables())


def find_leftovers(folder: Path | str) -> list[Leftover]:
    """The quantities of a corpus that no indicator claims, each with its suspects."""
    indicators = load_indicators()
    return [
        leftover
        for document in read_corpus(folder)
        for leftover in leftovers(
            document,
            {s.sentence_id: read_quantities(s, document) for s in document.sentences},
            indicators,
        )
    ]


def _read(folder: Path) -> tuple[list[Entry], list[Document]]:
    files = list_files(folder)
    if folder.resolve() == paths.seeds().resolve():
        check_seeds(files)
    named = name_documents(files, folder)
    entries, documents = [], []
    with Worker() as worker:
        for path in _watched(files):
            entry, document = read_one(path, folder, named[path], worker)
            entries.append(entry)
            documents.extend([document] if document else [])
            if entry.status == "rejected":
                tqdm.write(f"拒收 {entry.path}: {entry.message} ({entry.hint})", file=sys.stderr)
    entries, repeats = find_duplicates(entries, documents)
    if not documents:
        first = next((e.message for e in entries if e.status == "rejected"), "没有报告文件")
        what = f"{len(files)} 个文件中没有一个能读 ({first})"
        raise InputError(folder, what, "把报告另存为 txt, html, docx 或 pdf")
    return entries, [document for document in documents if document.doc_id not in repeats]


def _watched(files: list[Path]) -> Iterator[Path]:
    """The files, with a bar that names them, or a plain line now and then without a terminal."""
    shows_bar = sys.stderr.isatty() or "ipykernel" in sys.modules
    bar = tqdm(files, desc="读取", unit="篇", disable=len(files) < _MANY or not shows_bar)
    for number, path in enumerate(bar):
        bar.set_postfix_str(path.name[:30])
        if number and number % _LINE_EVERY == 0 and not shows_bar:
            print(f"读取 {number} / {len(files)} {path.name}", file=sys.stderr)
        yield path


def reduce_tables(mapped: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """The tables that need all documents at once."""
    documents = mapped["documents"]
    return {
        "tf_idf": tf_idf(mapped["term_counts"], documents),
        "trend": keyword_trend(mapped["mentions"], documents, groups=load_lexicon().groups),
        "overlaps": overlap(mapped["sentences"], documents=documents),
        "verdicts": check(
            mapped["observations"], mapped["quantities"], documents, mapped["sentences"]
        ),
        "coverage": coverage(mapped["observations"], documents, load_indicators()),
    }
