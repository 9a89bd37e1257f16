"""From the tables to files that open elsewhere: CSV for Excel and R, XLSX, Parquet.

A cell that begins like a formula is text in all of them (OWASP ASVS 1.2.10).
"""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path
from typing import Any

import pandas as pd
import xlsxwriter

from govlaw.pages.markup import frame_of, link
from govlaw.tables import TABLES, Table

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
_CELL_CAP = 32_767
_CUT = "…[见 CSV]"
#: Rows of a sheet: more take minutes to write and to open, and CSV and Parquet hold them all.
SHEET_CAP = 50_000
_FIXED = dt.datetime(2000, 1, 1)


def write_downloads(tables: Any, tables_dir: Path, out: Path) -> None:
    """Every table as ``tables/<name>.csv``, ``.xlsx`` and ``.parquet``."""
    out.mkdir(parents=True, exist_ok=True)
    for name, table in TABLES.items():
        frame = getattr(tables, name)
        write_csv(frame, out / f"{name}.csv", table)
        write_xlsx(frame, out / f"{name}.xlsx", table)
        _copy(tables_dir / f"{name}.parquet", out / f"{name}.parquet")


def _copy(source: Path, target: Path) -> None:
    if source.is_dir():
        shutil.copytree(source, target)
    else:
        shutil.copyfile(source, target)


def disarmed(value: Any) -> Any:
    """Text that a spreadsheet will not take for a formula.

    >>> disarmed("=HYPERLINK(1)"), disarmed("行政复议"), disarmed(-3)
    ("'=HYPERLINK(1)", '行政复议', -3)
    """
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value


def write_csv(frame: pd.DataFrame, path: Path, table: Table, *, mark: bool = True) -> None:
    """CSV with the byte order mark that Excel needs to see Chinese."""
    safe = frame.copy()
    for column in table.columns:
        if str(column.type) == "string":
            safe[column.name] = safe[column.name].map(disarmed, na_action="ignore")
    encoding = "utf-8-sig" if mark else "utf-8"
    safe.to_csv(path, index=False, encoding=encoding, lineterminator="\r\n")


def write_xlsx(frame: pd.DataFrame, path: Path, table: Table) -> None:
    """A sheet with frozen headings; nothing in it is a formula or a link."""
    options = {
        "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
        "constant_memory": True, "nan_inf_to_errors": True,
    }  # fmt: skip
    with xlsxwriter.Workbook(str(path), options) as book:
        book.set_properties({"created": _FIXED})
        sheet = book.add_worksheet(table.name[:31])
        bold = book.add_format({"bold": True})
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        sheet.freeze_panes(1, 0)
        for number, column in enumerate(table.columns):
            sheet.set_column(number, number, 14)
            sheet.write_string(0, number, column.name, bold)
        # Plain Python values: cells of Arrow columns are slow to fetch one by one.
        shown = frame.head(SHEET_CAP).astype(object)
        rows = shown.where(shown.notna(), None).to_numpy().tolist()
        for at, row in enumerate(rows, start=1):
            for number, value in enumerate(row):
                _write(sheet, at, number, value, day)
        if len(frame) > SHEET_CAP:
            sheet.write_string(SHEET_CAP + 1, 0, f"…[共 {len(frame):,} 行, 见 CSV]")


def _write(sheet: Any, row: int, column: int, value: Any, day: Any) -> None:
    if value is None:
        return
    if isinstance(value, str):
        clean = "".join(c for c in value if c >= " " or c in "\t\n")
        if len(clean) > _CELL_CAP:
            clean = clean[: _CELL_CAP - len(_CUT)] + _CUT
        sheet.write_string(row, column, clean)
    elif isinstance(value, bool):
        sheet.write_boolean(row, column, value)
    elif isinstance(value, dt.date):
        sheet.write_datetime(row, column, value, day)
    else:
        sheet.write_number(row, column, float(value))


def download_rows(tables: Any) -> pd.DataFrame:
    """What can be downloaded, for the front page."""
    rows = [
        {
            "table": f"{name} {table.zh}",
            "n": len(getattr(tables, name)),
            "CSV": link(f"tables/{name}.csv", "CSV"),
            "XLSX": link(f"tables/{name}.xlsx", "XLSX"),
            "Parquet": link(f"tables/{name}.parquet", "Parquet"),
        }
        for name, table in TABLES.items()
    ]
    return frame_of(rows)
