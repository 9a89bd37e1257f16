"""From the tables to files for other programs: CSV, XLSX, Parquet, Stata, SQLite, Frictionless."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Collection
from functools import partial
from pathlib import Path
from typing import Any

import pandas as pd

from govlaw.engine.staging import staged
from govlaw.engine.store import Tables
from govlaw.errors import ParameterError
from govlaw.knowledge import did_you_mean
from govlaw.pages.downloads import write_csv, write_xlsx
from govlaw.tables import TABLES, Column, Table

_FIELD_TYPES = {
    "string": "string", "int64": "integer", "double": "number", "bool": "boolean",
    "date32[day]": "date",
}  # fmt: skip
# Stata keeps no string over 2,045 characters in a plain column and calls longer ones strL.
_STATA_PLAIN = 2_045
# Words that Stata keeps for itself.
_STATA_NAMES = {"end": "end_", "class": "class_"}


def export_tables(tables: Tables, out: Path, formats: Collection[str] = ()) -> list[Path]:
    """Write the tables in the formats asked for (all of them by default); the files written.

    The folder appears whole or not at all. Formats: csv, xlsx, parquet, stata, sqlite, frictionless
    (CSV files with a ``datapackage.json`` made from the table contracts).

    Raises ``ParameterError`` for a format nobody knows and ``OutputError`` where ``out`` cannot be
    written.
    """
    wanted = list(formats) or list(_WRITERS)
    for name in wanted:
        if name not in _WRITERS:
            raise ParameterError("--format", f"不认识 {name!r}", did_you_mean(name, _WRITERS))
    with staged(out) as stage:
        for name in wanted:
            _WRITERS[name](tables, stage)
        written = sorted(path.relative_to(stage) for path in stage.rglob("*") if path.is_file())
    return [out / path for path in written]


def _each(
    write: Callable[[pd.DataFrame, Path, Table], None], suffix: str
) -> Callable[[Tables, Path], None]:
    def write_all(tables: Tables, folder: Path) -> None:
        for name, table in TABLES.items():
            write(getattr(tables, name), folder / f"{name}.{suffix}", table)

    return write_all


def _write_parquet(frame: pd.DataFrame, path: Path, table: Table) -> None:
    frame.to_parquet(path, schema=table.schema, index=False)


def _write_stata(frame: pd.DataFrame, path: Path, table: Table) -> None:
    """Stata 118, the oldest version that holds Chinese; column meanings become variable labels."""
    dates = [c.name for c in table.columns if str(c.type).startswith("date")]
    names = {c.name: _STATA_NAMES.get(c.name, c.name) for c in table.columns}
    plain = pd.DataFrame({names[c.name]: _stata_column(frame[c.name], c) for c in table.columns})
    texts = [names[c.name] for c in table.columns if str(c.type) == "string"]
    long = [name for name in texts if plain[name].str.len().max() > _STATA_PLAIN]
    plain.to_stata(
        path, version=118, write_index=False, convert_strl=long,
        variable_labels={names[c.name]: c.zh[:80] for c in table.columns},
        convert_dates=dict.fromkeys(dates, "td"),
        time_stamp=pd.Timestamp("2000-01-01").to_pydatetime(), data_label=table.name,
    )  # fmt: skip


def _stata_column(values: pd.Series[Any], column: Column) -> pd.Series[Any]:
    if str(column.type) == "string":
        return values.astype(object).where(values.notna(), "")
    if str(column.type).startswith("date"):
        return pd.to_datetime(values)
    return values.astype("float64")


def _write_sqlite(tables: Tables, folder: Path) -> None:
    """One database of plain tables: LIKE finds two-character words, full-text search does not."""
    connection = sqlite3.connect(folder / "govlaw.sqlite")
    try:
        for name in TABLES:
            getattr(tables, name).to_sql(name, connection, index=False)
    finally:
        connection.close()


def _write_package(tables: Tables, folder: Path) -> None:
    """A Frictionless data package: ``datapackage.json`` beside ``data/<table>.csv``.

    Its files are plain UTF-8: the standard names encodings as IANA does, and none has a mark.
    """
    (folder / "data").mkdir(exist_ok=True)
    _each(partial(write_csv, mark=False), "csv")(tables, folder / "data")
    package = {
        "name": "govlaw", "profile": "tabular-data-package", "title": "法治政府建设报告数据表",
        "resources": [_resource(table) for table in TABLES.values()],
    }  # fmt: skip
    text = json.dumps(package, ensure_ascii=False, indent=1)
    (folder / "datapackage.json").write_text(text + "\n", encoding="utf-8")


def _resource(table: Table) -> dict[str, Any]:
    return {
        "name": table.name.replace("_", "-"), "title": table.zh, "path": f"data/{table.name}.csv",
        "profile": "tabular-data-resource", "format": "csv", "mediatype": "text/csv",
        "encoding": "utf-8", "dialect": {"lineTerminator": "\r\n"},
        "schema": {
            "fields": [_field(column, table) for column in table.columns],
            "primaryKey": list(table.key), "missingValues": [""],
        },
    }  # fmt: skip


def _field(column: Column, table: Table) -> dict[str, Any]:
    # A CSV cannot tell an empty word (no unit, no marker) from a missing one.
    free_text = str(column.type) == "string" and not column.values and column.name not in table.key
    constraints: dict[str, Any] = {} if column.nullable or free_text else {"required": True}
    if column.values:
        constraints["enum"] = list(column.values)
    field = {
        "name": column.name, "type": _FIELD_TYPES[str(column.type)], "title": column.zh,
        "description": column.en, "constraints": constraints,
    }  # fmt: skip
    if field["type"] == "boolean":
        field |= {"trueValues": ["True"], "falseValues": ["False"]}
    return field


_WRITERS: dict[str, Callable[[Tables, Path], None]] = {
    "csv": _each(write_csv, "csv"),
    "xlsx": _each(write_xlsx, "xlsx"),
    "parquet": _each(_write_parquet, "parquet"),
    "stata": _each(_write_stata, "dta"),
    "sqlite": _write_sqlite,
    "frictionless": _write_package,
}
