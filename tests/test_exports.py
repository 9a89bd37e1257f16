"""What is exported opens elsewhere and says the same."""

import json
import sqlite3

import pandas as pd
import pytest

from govlaw.errors import ParameterError
from govlaw.pages.exports import export_tables
from govlaw.tables import TABLES


@pytest.fixture(scope="module")
def exported(tables, tmp_path_factory):
    out = tmp_path_factory.mktemp("export") / "all"
    export_tables(tables, out)
    return out


@pytest.mark.parametrize("name", TABLES)
def test_every_format_holds_every_row(exported, tables, name):
    rows = len(getattr(tables, name))
    assert len(pd.read_csv(exported / f"{name}.csv", dtype=str)) == rows
    assert len(pd.read_parquet(exported / f"{name}.parquet")) == rows
    assert len(pd.read_stata(exported / f"{name}.dta", convert_dates=False)) == rows
    connection = sqlite3.connect(exported / "govlaw.sqlite")
    assert connection.execute(f"SELECT count(*) FROM {name}").fetchone() == (rows,)  # noqa: S608
    connection.close()


def test_values_and_chinese_survive(exported, tables):
    stata = pd.read_stata(exported / "observations.dta").set_index("obs_id")
    whole = tables.observations.set_index("obs_id")
    assert list(stata.loc[whole.index, "quote"]) == list(whole["quote"])
    with pd.io.stata.StataReader(exported / "observations.dta") as reader:
        assert reader.variable_labels()["obs_value"] == "数值"
    assert (exported / "documents.csv").read_bytes().startswith(b"\xef\xbb\xbf")


def test_the_data_package_describes_what_is_there(exported, tables):
    package = json.loads((exported / "datapackage.json").read_text(encoding="utf-8"))
    assert [resource["title"] for resource in package["resources"]] == [
        t.zh for t in TABLES.values()
    ]
    for resource, (name, table) in zip(package["resources"], TABLES.items(), strict=True):
        frame = pd.read_csv(exported / resource["path"], encoding="utf-8-sig", dtype=str)
        fields = resource["schema"]["fields"]
        assert list(frame.columns) == [field["name"] for field in fields]
        assert resource["schema"]["primaryKey"] == list(table.key)
        for field in fields:
            if field["constraints"].get("required"):
                assert frame[field["name"]].notna().all(), (name, field["name"])


def test_an_unknown_format_gets_a_hint(tables, tmp_path):
    with pytest.raises(ParameterError, match="did you mean 'stata'"):
        export_tables(tables, tmp_path / "x", ["stat"])
    assert not (tmp_path / "x").exists()
