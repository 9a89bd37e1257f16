"""From parts in the order of work to tables in the order of documents, a few hundred at a time.

What stands in a table does not depend on which batch, process or run read a document.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from govlaw.engine.parts import CONTRACTS, Part
from govlaw.engine.store import TOGETHER, Store
from govlaw.tables import TABLES

_OPEN = 8  # parts of a table in memory at once


class Placed(NamedTuple):
    """A document and the part that holds its rows."""

    doc_id: str
    part: Part


def assemble(documents: Sequence[Placed], versions: Mapping[str, str], store: Store) -> None:
    """Write every table of the map to the store, its rows in the order of these documents.

    Two at a time: Arrow works outside the lock of the interpreter.
    """

    def write(name: str) -> None:
        store.write_arrow(name, ordered(name, documents, versions))

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(write, [name for name in CONTRACTS if name in TABLES]))


def ordered(
    name: str, documents: Sequence[Placed], versions: Mapping[str, str]
) -> Iterator[pa.Table]:
    """A table in batches of so many documents; raises ``BrokenPartError`` for a damaged part."""
    shelf = _Shelf(name, versions[name])
    for at in range(0, len(documents), TOGETHER):
        slices = [shelf.rows_of(placed) for placed in documents[at : at + TOGETHER]]
        yield pa.concat_tables(list(_joined(slices)))


class _Rows(NamedTuple):
    table: pa.Table
    start: int
    end: int


def _joined(slices: Sequence[_Rows]) -> Iterator[pa.Table]:
    """The slices, those that follow each other in their table as one."""
    table, start, end = slices[0]
    for rows in slices[1:]:
        if rows.table is table and rows.start == end:
            end = rows.end
            continue
        yield table.slice(start, end - start)
        table, start, end = rows
    yield table.slice(start, end - start)


class _Shelf:
    """The parts of one table, those used last kept open."""

    def __init__(self, name: str, version: str) -> None:
        self.name, self.version = name, version
        self._open: OrderedDict[Part, tuple[pa.Table, dict[str, tuple[int, int]]]] = OrderedDict()

    def rows_of(self, placed: Placed) -> _Rows:
        table, places = self._opened(placed.part)
        return _Rows(table, *places.get(placed.doc_id, (0, 0)))

    def _opened(self, part: Part) -> tuple[pa.Table, dict[str, tuple[int, int]]]:
        if part in self._open:
            self._open.move_to_end(part)
            return self._open[part]
        table = part.table(self.name, self.version)
        self._open[part] = table, _places(table)
        if len(self._open) > _OPEN:
            self._open.popitem(last=False)
        return self._open[part]


def _places(table: pa.Table) -> dict[str, tuple[int, int]]:
    """Where the rows of each document stand."""
    if not len(table):
        return {}
    ids = pc.dictionary_encode(table["doc_id"].combine_chunks())
    starts = np.flatnonzero(np.diff(ids.indices.to_numpy(), prepend=-1))
    ends = [*starts[1:], len(table)]
    return {
        doc_id: (int(start), int(end))
        for doc_id, start, end in zip(ids.dictionary.to_pylist(), starts, ends, strict=True)
    }
