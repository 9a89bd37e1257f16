"""What is missing is said, with the way to get it; what can be done without does not count."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from govlaw import doctor, environment
from govlaw.commands import app


def test_here_nothing_is_missing() -> None:
    found = {finding.subject: finding for finding in doctor.examine()}
    assert {"Python", "软件包", "中文字体", "指标定义", "笔记本内核", "种子文件", "磁盘"} <= set(
        found
    )
    assert found["笔记本内核"].is_well
    assert CliRunner().invoke(app, ["doctor"]).exit_code == int(
        not all(finding.is_well for finding in found.values())
    )


def test_a_missing_package_is_named_with_its_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(environment, "missing_packages", lambda: ["pypdfium2"])
    result = CliRunner().invoke(app, ["doctor"])
    assert result.exit_code == 1
    assert "[缺失] 软件包: pypdfium2 -> python -m govlaw env" in result.output


def test_a_browser_can_be_done_without(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: None)
    (finding,) = (f for f in doctor.examine() if f.subject == "浏览器")
    assert finding.is_well
    assert str(finding).startswith("[可选] 浏览器: 没有 Chromium")
    assert "apt-get install chromium" in str(finding)


def test_a_missing_font_is_told_and_does_not_stop_the_doctor(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from govlaw.pages import plots

    monkeypatch.setattr(plots.resources, "files", lambda package: Path("/nonexistent"))
    plots.font_family.cache_clear()
    found = {finding.subject: finding for finding in doctor.examine()}
    plots.font_family.cache_clear()
    assert not found["中文字体"].is_well
    assert found["中文字体"].remedy
    assert found["磁盘"].detail


def test_every_line_can_be_printed_by_a_gbk_console() -> None:
    for finding in doctor.examine():
        str(finding).encode("gbk")
