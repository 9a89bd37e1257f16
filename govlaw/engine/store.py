"""From tables to Parquet and back, in streams, written whole or not at all.

Every table of documents is cut into row groups of whole documents, the same ones in every table, so
that twenty thousand reports can be read a few hundred at a time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from govlaw import paths
from govlaw.engine.staging import staged
from govlaw.errors import InputError
from govlaw.tables import TABLES, Table

#: Documents in a row group: 4 MB of text, and a scan of a million reports has 4,000 steps.
TOGETHER = 256
_AGAIN = "先运行 python -m govlaw tables"
_OF_WORDS = ("term_counts", "tf_idf")
_UNIQUE = ("text", "quote", "heading", "sentence_id", "quantity_id", "obs_id", "sketch", "numbers")
_OFFSETS = ("start", "end", "other_start", "other_end")


class Store:
    """A folder of tables, each one Parquet file that keeps its contract in ``govlaw.tables``.

    ``frame`` gives a table whole, ``scan`` in batches of whole documents, ``write`` takes batches.

    >>> import tempfile
    >>> store = Store(Path(tempfile.mkdtemp()))
    >>> store.write("texts", [pd.DataFrame({"doc_id": ["004"], "text": ["受理5件。"]})])
    >>> [list(batch["text"]) for batch in store.scan("texts", ["text"])], store.n_rows("texts")
    ([['受理5件。']], 1)
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, name: str) -> Path:
        """The file of a table."""
        return self.folder / f"{name}.parquet"

    def n_rows(self, name: str) -> int:
        """How many rows a table has; its rows are not read."""
        return int(self._open(name).metadata.num_rows)

    def frame(self, name: str, columns: Sequence[str] | None = None) -> pd.DataFrame:
        """A table, or some of its columns, as one frame."""
        with self._open(name) as file:
            return TABLES[name].pandas(self._read(name, file.read, columns))

    def scan(self, name: str, columns: Sequence[str] | None = None) -> Iterator[pd.DataFrame]:
        """A table in batches of whole documents, in the order of the documents."""
        with self._open(name) as file:
            for number in range(file.num_row_groups):
                batch = self._read(name, file.read_row_group, columns, number)
                yield TABLES[name].pandas(batch)

    def write(self, name: str, frames: Iterable[pd.DataFrame]) -> None:
        """Write a table from frames; a document's rows must not be spread over two of them."""
        self.write_arrow(name, (TABLES[name].arrow(frame) for frame in frames))

    def write_arrow(self, name: str, batches: Iterable[pa.Table]) -> None:
        """Write a table from Arrow tables that keep its contract."""
        schema = TABLES[name].schema.with_metadata(_travelling(name))
        new = self.path(name).with_suffix(".new")
        with pq.ParquetWriter(new, schema, **written_as(TABLES[name])) as writer:
            for batch in batches:
                for group in _groups(batch):
                    writer.write_table(group.cast(schema), row_group_size=max(1, len(group)))
        new.replace(self.path(name))

    def _open(self, name: str) -> pq.ParquetFile:
        path = self.path(name)
        try:
            file = pq.ParquetFile(path, page_checksum_verification=True)
        except FileNotFoundError:
            raise InputError(path, f"缺少表 {name}", _AGAIN) from None
        except (pa.ArrowInvalid, OSError) as error:
            raise InputError(path, f"表 {name} 已损坏 ({_short(error)})", _AGAIN) from None
        if file.schema_arrow.names != TABLES[name].schema.names:
            raise InputError(path, f"表 {name} 由另一版本写出", _AGAIN)
        return file

    def _read(self, name: str, read: object, columns: object, *place: int) -> pa.Table:
        try:
            return read(*place, columns=columns)  # type: ignore[operator]
        except (pa.ArrowInvalid, OSError) as error:
            what = f"表 {name} 已损坏 ({_short(error)})"
            raise InputError(self.path(name), what, _AGAIN) from None


def _short(error: Exception) -> str:
    return str(error).splitlines()[0][:80]


def written_as(table: Table) -> dict[str, Any]:
    """How a table is written: a dictionary of values helps where values come again."""
    repeated = [c.name for c in table.columns if c.name not in {*_UNIQUE, *_OFFSETS}]
    return {"compression": "zstd", "write_page_checksum": True, "use_dictionary": repeated}


def _travelling(name: str) -> dict[str, str]:
    """What a table takes along: the user dictionary, without which its words cannot be repeated."""
    if name not in _OF_WORDS:
        return {}
    terms = paths.data("terms.txt").read_bytes()
    return {"terms.txt": terms.decode("utf-8"), "terms.txt sha256": sha256(terms).hexdigest()}


def _groups(table: pa.Table) -> Iterator[pa.Table]:
    """The table in slices of so many whole documents."""
    if "doc_id" not in table.column_names or not len(table):
        yield from [table] if len(table) else []
        return
    named = pc.fill_null(table["doc_id"].combine_chunks(), "")  # a rejected file gave no document
    ids = pc.dictionary_encode(named).indices.to_numpy()
    starts = np.flatnonzero(np.diff(ids, prepend=-1))[::TOGETHER]
    for start, end in zip(starts, [*starts[1:], len(table)], strict=True):
        yield table.slice(start, end - start)


@dataclass(init=False, repr=False, eq=False)
class Tables:
    """The tables of one study, each a pandas frame that is read when it is first asked for."""

    documents: pd.DataFrame
    fields: pd.DataFrame
    texts: pd.DataFrame
    marks: pd.DataFrame
    sections: pd.DataFrame
    sentences: pd.DataFrame
    quantities: pd.DataFrame
    observations: pd.DataFrame
    codes: pd.DataFrame
    statements: pd.DataFrame
    agenda: pd.DataFrame
    term_counts: pd.DataFrame
    tf_idf: pd.DataFrame
    mentions: pd.DataFrame
    trend: pd.DataFrame
    overlaps: pd.DataFrame
    verdicts: pd.DataFrame
    coverage: pd.DataFrame
    ledger: pd.DataFrame

    def __init__(self, folder: Path) -> None:
        self._store = Store(folder)

    def __getattr__(self, name: str) -> pd.DataFrame:
        if name not in TABLES:
            raise AttributeError(f"no table {name!r}")
        frame = self._store.frame(name)
        setattr(self, name, frame)
        return frame

    def sizes(self) -> dict[str, int]:
        """The number of rows of each table; no rows are read."""
        return {field.name: self._store.n_rows(field.name) for field in fields(self)}

    def __repr__(self) -> str:
        return f"Tables({', '.join(f'{name} {n}' for name, n in self.sizes().items())})"


def load_tables(folder: Path | str | None = None) -> Tables:
    """The tables of a study as pandas frames; ``build/tables`` unless told otherwise.

    A frame is read when it is first used. Raises ``InputError`` where no tables were built yet.
    """
    place = Path(folder) if folder else paths.tables()
    missing = [name for name in TABLES if not Store(place).path(name).exists()]
    if missing:
        raise InputError(place, f"缺少表 {', '.join(missing)}", _AGAIN)
    return Tables(place)


def save_tables(frames: Mapping[str, pd.DataFrame], folder: Path) -> Tables:
    """Write every frame as ``<table>.parquet``, after each has kept its contract."""
    conformed = {name: TABLES[name].conform(frames[name]) for name in TABLES}
    with staged(folder) as stage:
        for name, frame in conformed.items():
            Store(stage).write(name, [frame])
    return Tables(folder)
