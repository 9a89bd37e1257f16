"""From the tables of a part back to its Documents, so that no file is read for a changed word list.

>>> from govlaw import paths
>>> from govlaw.engine.mapping import map_document, rows_of
>>> from govlaw.text.corpus import read_document
>>> read = read_document(paths.seeds() / "004_442be8164d49497e.txt")
>>> tables = map_document(read)
>>> rebuild({name: rows_of(tables[name]) for name in NEEDED})[0] == read
True
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import fields
from typing import Any

from govlaw.document import Document, Mark, Register, Section, Sentence, Source, Span

#: The tables that hold all a Document says.
NEEDED = ("documents", "fields", "texts", "marks", "sections", "sentences")
_Row = Mapping[str, Any]
_PLAIN = tuple(field.name for field in fields(Register) if field.name not in ("notes", "sources"))


def rebuild(tables: Mapping[str, Sequence[_Row]]) -> list[Document]:
    """The documents of these rows, in the order of the documents table."""
    rows = {name: _by_document(tables[name]) for name in NEEDED}
    return [
        _document(row, {name: found[row["doc_id"]] for name, found in rows.items()})
        for row in tables["documents"]
    ]


def _by_document(rows: Sequence[_Row]) -> dict[str, list[_Row]]:
    found: dict[str, list[_Row]] = defaultdict(list)
    for row in rows:
        found[row["doc_id"]].append(row)
    return found


def _document(row: _Row, rows: Mapping[str, Sequence[_Row]]) -> Document:
    return Document(
        row["doc_id"], row["path"], row["sha256"], row["encoding"], rows["texts"][0]["text"],
        _register(row, rows["fields"]),
        tuple(Mark(mark["kind"], _span(mark)) for mark in rows["marks"]),
        tuple(_section(section) for section in rows["sections"]),
        tuple(_sentence(sentence) for sentence in rows["sentences"]),
    )  # fmt: skip


def _register(row: _Row, found: Sequence[_Row]) -> Register:
    notes = tuple(row["notes"].split("; ")) if row["notes"] else ()
    sources = tuple(
        Source(
            source["field"], source["value"], source["source"], source["confidence"],
            None if source["start"] is None else _span(source), source["quote"],
        )
        for source in found
    )  # fmt: skip
    return Register(**{name: row[name] for name in _PLAIN}, notes=notes, sources=sources)


def _section(row: _Row) -> Section:
    return Section(
        row["section"], row["level"], row["marker"], row["heading"], row["role"], _span(row)
    )


def _sentence(row: _Row) -> Sentence:
    number = int(row["sentence_id"].rpartition(":s")[2])
    return Sentence(
        row["doc_id"], number, row["section"], row["paragraph"], row["role"], _span(row),
        row["text"],
    )  # fmt: skip


def _span(row: _Row) -> Span:
    return Span(row["start"], row["end"])
