"""The laboratory: the start page runs on the tables, and JupyterLab opens it, here only."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

import nbformat
import papermill
import pytest
from playwright.sync_api import Browser

from govlaw import paths
from govlaw.tables import TABLES
from tests.chromium import Tab, browser

__all__ = ["browser"]
START = "00_start.ipynb"


@pytest.fixture(scope="module")
def outputs(tables_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    """What the cells of the start page show, in every form."""
    made = tmp_path_factory.mktemp("lab") / START
    papermill.execute_notebook(
        str(paths.notebooks() / START), str(made), parameters={"tables_dir": str(tables_dir)},
        progress_bar=False, log_output=False, kernel_name="python3",
    )  # fmt: skip
    notebook = nbformat.read(made, as_version=4)
    return [dict(o.data) for c in notebook.cells for o in c.get("outputs", []) if "data" in o]


def test_the_start_page_shows_every_table_and_what_its_columns_mean(
    outputs: list[dict[str, Any]],
) -> None:
    words = "".join(data["text/plain"] for data in outputs)
    assert all(name in words for name in TABLES)
    meanings = "".join(data.get("text/html", "") for data in outputs)
    for column in TABLES["observations"].columns:
        assert column.name in meanings
        assert column.zh in meanings


def test_evidence_shows_itself_rich_and_in_plain_text(outputs: list[dict[str, Any]]) -> None:
    rich = [data for data in outputs if "text/html" in data]
    (trace,) = (data for data in rich if "<blockquote" in data["text/html"])
    assert re.search(r"【[^】]+】", trace["text/plain"])
    assert "<mark>" in trace["text/html"]
    (kwic,) = (data for data in rich if 'class="kwic"' in data["text/html"])
    assert "[行政复议]" in kwic["text/plain"]


@pytest.fixture
def laboratory(tmp_path: Path) -> Iterator[str]:
    """The address a browser is sent to when JupyterLab is started as ``make lab`` starts it."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings = tmp_path / ".jupyter"
    settings.mkdir()
    (settings / "jupyter_server_config.json").write_text(  # a test may run as root, a person not
        '{"ServerApp": {"allow_root": true}}', encoding="utf-8"
    )
    opener = tmp_path / "browser"
    opener.write_text(f'#!/bin/sh\ncp "${{1#file://}}" {tmp_path}/opened.html\n', encoding="utf-8")
    opener.chmod(0o700)
    environment = {**os.environ, "BROWSER": str(opener), "HOME": str(tmp_path)}
    command = [sys.executable, "-m", "govlaw", "lab", "--port", str(port)]
    log = tmp_path / "lab.log"
    with log.open("wb") as out:
        process = subprocess.Popen(
            command, stdout=out, stderr=out, env=environment, cwd=paths.home(),
            start_new_session=True,
        )  # fmt: skip
    try:
        yield _address(tmp_path / "opened.html", process, log)
    finally:
        _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    """End JupyterLab and whatever it started; busy starting a kernel it may not listen."""
    for blow in (signal.SIGTERM, signal.SIGTERM, signal.SIGKILL):
        try:
            os.killpg(process.pid, blow)
        except ProcessLookupError:
            break
        time.sleep(2)
    process.wait(20)


def _address(opened: Path, process: subprocess.Popen[bytes], log: Path) -> str:
    for _ in range(300):
        if opened.exists() and (
            found := re.search(r'href="(http[^"]+)"', opened.read_text("utf-8"))
        ):
            return unescape(found[1])
        assert process.poll() is None, log.read_text(encoding="utf-8")
        time.sleep(0.2)
    pytest.fail(log.read_text(encoding="utf-8"))


@pytest.mark.browser
def test_jupyterlab_opens_the_start_page_on_this_machine_only(
    laboratory: str, browser: Browser
) -> None:
    assert laboratory.startswith("http://127.0.0.1:")
    tab = Tab(browser)
    tab.page.goto(laboratory)
    tab.page.get_by_role("heading", name="Start here").wait_for(timeout=60_000)
    here = ("http://127.0.0.1:", "data:", "blob:")
    assert [address for address in tab.requests if not address.startswith(here)] == []
    tab.close()
