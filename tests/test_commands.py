"""The command line: what it prints, and the codes it ends with."""

import pandas as pd
import pytest
from typer.testing import CliRunner

from govlaw.commands import app
from govlaw.tables import TABLES

runner = CliRunner()


def test_tables_writes_every_table_of_the_house(tmp_path):
    done = runner.invoke(app, ["tables", "--corpus", "seeds", "--out", str(tmp_path / "tables")])
    assert done.exit_code == 0, done.output
    for name, table in TABLES.items():
        frame = pd.read_parquet(tmp_path / "tables" / f"{name}.parquet")
        assert list(frame.columns) == [column.name for column in table.columns]
    assert "accepted 5" in done.output


def test_trace_prints_the_sentence(tables_dir, tables):
    obs_id = tables.observations["obs_id"].iloc[0]
    done = runner.invoke(app, ["trace", obs_id, "--tables", str(tables_dir)])
    assert done.exit_code == 0 and "【" in done.output


def test_check_tells_of_a_broken_definition(tmp_path, monkeypatch):
    import shutil

    from govlaw import paths

    shutil.copytree(paths.data(), tmp_path / "data")
    monkeypatch.setenv("GOVLAW_HOME", str(tmp_path))
    file = tmp_path / "data" / "indicators" / "g6_disputes.yml"
    file.write_text(
        file.read_text(encoding="utf-8").replace("  traps:", "  trasp:", 1), encoding="utf-8"
    )
    done = runner.invoke(app, ["check"])
    assert done.exit_code == 1
    assert "g6_disputes.yml:" in done.output and "did you mean 'traps'?" in done.output


def test_broken_yaml_names_its_line(tmp_path, monkeypatch):
    import shutil

    from govlaw import paths

    shutil.copytree(paths.data(), tmp_path / "data")
    monkeypatch.setenv("GOVLAW_HOME", str(tmp_path))
    (tmp_path / "data" / "indicators" / "zz.yml").write_text("a:\n  b: [1\n", encoding="utf-8")
    done = runner.invoke(app, ["check"])
    assert done.exit_code == 1
    assert "zz.yml:" in done.output and "Traceback" not in done.output


@pytest.mark.parametrize("edition", ["../x", "a/b", ""])
def test_an_edition_is_a_folder_name(edition):
    done = runner.invoke(app, ["report", "--edition", edition])
    assert done.exit_code == 2 and "版本名" in done.output


def test_what_is_printed_survives_a_gbk_console(tmp_path):
    import os
    import subprocess
    import sys

    done = subprocess.run(
        [sys.executable, "-m", "govlaw", "tables", "--out", str(tmp_path / "t")],
        env={**os.environ, "PYTHONIOENCODING": "gbk", "PYTHONUTF8": "0"}, capture_output=True,
        check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr.decode("gbk", "replace")
    assert "documents" in done.stdout.decode("gbk")
    assert "?" not in done.stdout.decode("gbk")


def test_strict_makes_a_rejection_a_failure(tmp_path):
    (tmp_path / "in").mkdir()
    report = "清溪县2019年度法治政府建设情况报告\n2019年,我县受理行政复议案件3件。\n"
    (tmp_path / "in" / "a.txt").write_text(report, encoding="utf-8")
    (tmp_path / "in" / "b.doc").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    command = ["tables", "--corpus", str(tmp_path / "in"), "--out", str(tmp_path / "out")]
    assert runner.invoke(app, command).exit_code == 0
    strict = runner.invoke(app, [*command, "--strict"])
    assert strict.exit_code == 1 and "b.doc" in strict.output


def test_an_unknown_engine_gets_a_hint(tmp_path):
    done = runner.invoke(app, ["tables", "--engine", "dusk", "--out", str(tmp_path / "t")])
    assert done.exit_code == 2 and "did you mean 'dask'" in done.output


def test_a_run_that_finds_another_one_ends_with_3(tmp_path):
    from govlaw.engine.locks import locked

    with locked(tmp_path / "t.cache" / "lock", tmp_path / "t"):
        done = runner.invoke(app, ["tables", "--out", str(tmp_path / "t")])
    assert done.exit_code == 3 and "正在写入" in done.output
    assert runner.invoke(app, ["tables", "--out", str(tmp_path / "t")]).exit_code == 0
