"""What is exported opens elsewhere, says the same and acts nowhere."""

from __future__ import annotations

import csv
import json
import re
import sqlite3
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow.parquet as pq
import pytest

import govlaw
from govlaw.errors import ParameterError
from govlaw.pages.exports import export_tables
from govlaw.tables import TABLES
from tests.site_fixtures import hostile_site

__all__ = ["hostile_site"]
FORMULA = tuple("=+-@\t\r＝＋－＠")


@pytest.fixture(scope="module")
def exported(tables: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("export") / "all"
    export_tables(tables, out)
    return out


@pytest.fixture(scope="module")
def hostile(hostile_site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same of documents whose names, titles and bodies hold formulas and scripts."""
    out = tmp_path_factory.mktemp("hostile") / "all"
    export_tables(govlaw.load_tables(hostile_site.parent / "tables"), out)
    return out


@pytest.mark.parametrize("name", TABLES)
def test_every_format_holds_every_row(exported: Path, tables: Any, name: str) -> None:
    rows = len(getattr(tables, name))
    assert len(pd.read_csv(exported / f"{name}.csv", dtype=str)) == rows
    assert len(pd.read_parquet(exported / f"{name}.parquet")) == rows
    assert len(pd.read_stata(exported / f"{name}.dta", convert_dates=False)) == rows
    assert _sheet(exported / f"{name}.xlsx").count("<row ") == rows + 1
    connection = sqlite3.connect(exported / "govlaw.sqlite")
    assert connection.execute(f"SELECT count(*) FROM {name}").fetchone() == (rows,)  # noqa: S608
    connection.close()


def _sheet(path: Path) -> str:
    with zipfile.ZipFile(path) as book:
        return book.read("xl/worksheets/sheet1.xml").decode()


def test_values_and_chinese_survive(exported: Path, tables: Any) -> None:
    stata = pd.read_stata(exported / "observations.dta").set_index("obs_id")
    whole = tables.observations.set_index("obs_id")
    assert list(stata.loc[whole.index, "quote"]) == list(whole["quote"])
    with pd.io.stata.StataReader(exported / "observations.dta") as reader:
        assert reader.variable_labels()["obs_value"] == "数值"
    assert (
        (exported / "observations.dta")
        .read_bytes()
        .startswith(b"<stata_dta><header><release>118</release>")
    )
    assert pq.read_schema(exported / "observations.parquet").names == [
        column.name for column in TABLES["observations"].columns
    ]
    connection = sqlite3.connect(exported / "govlaw.sqlite")
    found = connection.execute("SELECT count(*) FROM sentences WHERE text LIKE '%复议%'").fetchone()
    connection.close()
    assert found[0] == tables.sentences["text"].str.contains("复议").sum() > 5


@pytest.mark.parametrize("name", TABLES)
def test_nothing_a_document_says_is_a_formula_or_a_link(hostile: Path, name: str) -> None:
    words = [c.name for c in TABLES[name].columns if str(c.type) == "string"]
    raw = (hostile / f"{name}.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    for row in csv.DictReader(raw.decode("utf-8-sig").splitlines(keepends=True)):
        assert not any(row[column].startswith(FORMULA) for column in words), row
    with zipfile.ZipFile(hostile / f"{name}.xlsx") as book:
        parts = {part: book.read(part).decode() for part in book.namelist()}
    assert not any("<f>" in text or "<hyperlink" in text for text in parts.values())
    assert not any("external" in part.lower() for part in parts)


def test_the_package_names_itself_and_its_resources_as_the_standard_asks(exported: Path) -> None:
    package = json.loads((exported / "datapackage.json").read_text(encoding="utf-8"))
    assert package["profile"] == "tabular-data-package"
    resources = package["resources"]
    names = [package["name"], *(resource["name"] for resource in resources)]
    assert all(re.fullmatch(r"[a-z0-9._-]+", name) for name in names)
    assert len(set(names)) == len(names)
    assert [resource["title"] for resource in resources] == [t.zh for t in TABLES.values()]
    for resource in resources:
        assert resource["profile"] == "tabular-data-resource"
        path = Path(resource["path"])
        assert not path.is_absolute()
        assert ".." not in path.parts
        assert (exported / path).is_file()
        assert (resource["encoding"], resource["format"]) == ("utf-8", "csv")
        assert resource["mediatype"] == "text/csv"
        assert not (exported / path).read_bytes().startswith(b"\xef\xbb\xbf")


_READ: dict[str, Any] = {
    "string": str, "integer": int, "number": float, "date": date.fromisoformat,
    "boolean": {"True": True, "False": False}.__getitem__,
}  # fmt: skip


@pytest.mark.parametrize("name", TABLES)
def test_every_cell_of_the_package_keeps_its_schema(exported: Path, name: str) -> None:
    package = json.loads((exported / "datapackage.json").read_text(encoding="utf-8"))
    (resource,) = (r for r in package["resources"] if r["path"] == f"data/{name}.csv")
    schema = resource["schema"]
    with (exported / resource["path"]).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, lineterminator=resource["dialect"]["lineTerminator"]))
    missing = set(schema["missingValues"])
    for field in schema["fields"]:
        assert field["title"]
        assert field["description"]
        values = [row[field["name"]] for row in rows]
        known = [value for value in values if value not in missing]
        for value in known:
            _READ[field["type"]](value)
        if field["constraints"].get("required"):
            assert len(known) == len(values), field["name"]
        if "enum" in field["constraints"]:
            assert set(known) <= set(field["constraints"]["enum"]), field["name"]
    assert schema["primaryKey"] == list(TABLES[name].key)
    keys = [tuple(row[column] for column in schema["primaryKey"]) for row in rows]
    assert not schema["primaryKey"] or len(set(keys)) == len(keys)


def test_an_unknown_format_gets_a_hint(tables: Any, tmp_path: Path) -> None:
    with pytest.raises(ParameterError, match="did you mean 'stata'"):
        export_tables(tables, tmp_path / "x", ["stat"])
    assert not (tmp_path / "x").exists()
