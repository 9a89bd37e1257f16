"""From frames to Parquet and back, written whole or not at all."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, fields
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from govlaw import paths
from govlaw.errors import InputError, OutputError
from govlaw.tables import TABLES


@dataclass(frozen=True, slots=True)
class Tables:
    """The tables of one study, each a pandas frame that keeps its contract in ``govlaw.tables``."""

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

    def __repr__(self) -> str:
        sizes = (f"{field.name} {len(getattr(self, field.name))}" for field in fields(self))
        return f"Tables({', '.join(sizes)})"


def load_tables(folder: Path | str | None = None) -> Tables:
    """The tables of a study as pandas frames; ``build/tables`` unless told otherwise.

    Raises ``InputError`` where no tables were built yet.
    """
    place = Path(folder) if folder else paths.tables()
    missing = [f.name for f in fields(Tables) if not (place / f"{f.name}.parquet").exists()]
    if missing:
        what = f"缺少表 {', '.join(missing)}"
        raise InputError(place, what, "先运行 python -m govlaw tables")
    frames = {name: pd.read_parquet(place / f"{name}.parquet") for name in TABLES}
    return Tables(**{name: TABLES[name].conform(frame) for name, frame in frames.items()})


def save_tables(frames: Mapping[str, pd.DataFrame], folder: Path) -> Tables:
    """Write every frame as ``<table>.parquet``, after each has kept its contract."""
    conformed = {name: TABLES[name].conform(frames[name]) for name in TABLES}
    with staged(folder) as stage:
        for name, frame in conformed.items():
            table = pa.Table.from_pandas(frame, schema=TABLES[name].schema, preserve_index=False)
            pq.write_table(table, stage / f"{name}.parquet", compression="zstd")
    return Tables(**conformed)


@contextmanager
def staged(folder: Path) -> Iterator[Path]:
    """A folder to write into that takes the place of ``folder`` only when all went well.

    Whatever stands in ``folder`` stays untouched until then, and stays for good on an error.
    """
    stage = folder.with_name(f".{folder.name}.{os.getpid()}.new")
    old = folder.with_name(f".{folder.name}.{os.getpid()}.old")
    try:
        shutil.rmtree(stage, ignore_errors=True)
        stage.mkdir(parents=True)
    except OSError as error:
        what = f"无法写入 ({error.strerror})"
        raise OutputError(folder, what, "换一个可写的文件夹,或检查权限和磁盘空间") from None
    try:
        yield stage
        if folder.exists():
            folder.rename(old)
        stage.rename(folder)
    except OSError as error:
        if old.exists() and not folder.exists():
            old.rename(folder)
        what = f"写入中断 ({error.strerror})"
        raise OutputError(folder, what, "检查磁盘空间;原有内容未受影响") from None
    finally:
        shutil.rmtree(stage, ignore_errors=True)
        shutil.rmtree(old, ignore_errors=True)
