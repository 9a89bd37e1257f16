"""From a bare Python to one that has what the study needs: ``.venv``, made once.

Only the standard library is used here, because nothing else is there yet.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import tomllib
import venv
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

HOME = Path(__file__).resolve().parents[1]
VENV = HOME / ".venv"
_STAMP = VENV / "govlaw.stamp"
_SOURCES = ("constraints.txt", "pyproject.toml")


def python() -> Path:
    """The interpreter of ``.venv``."""
    return VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def is_ready() -> bool:
    """Whether the running interpreter has every package that ``pyproject.toml`` names."""
    return not missing_packages()


def missing_packages() -> list[str]:
    """The names of the packages the running interpreter lacks."""
    project = tomllib.loads((HOME / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return [name for name in map(_name, project["dependencies"]) if not _is_installed(name)]


def _name(requirement: str) -> str:
    return requirement.partition(">")[0].partition("=")[0].strip()


def _is_installed(name: str) -> bool:
    try:
        version(name)
    except PackageNotFoundError:
        return False
    return True


def make(*, say: bool = True) -> Path:
    """Make ``.venv`` with exact versions if it is missing or out of date; its interpreter."""
    stamp = _fingerprint()
    if python().exists() and _STAMP.exists() and _STAMP.read_text(encoding="utf-8") == stamp:
        return python()
    if say:
        print("正在准备运行环境 .venv (首次需要几分钟) / preparing .venv", flush=True)
    if not python().exists():
        venv.create(VENV, with_pip=True)
    _install()
    _STAMP.write_text(stamp, encoding="utf-8")
    return python()


def _fingerprint() -> str:
    sources = b"".join((HOME / name).read_bytes() for name in _SOURCES)
    return hashlib.sha256(sources).hexdigest()


def _install() -> None:
    command = [str(python()), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    command += ["--constraint", str(HOME / "constraints.txt"), "--editable", f"{HOME}[dev]"]
    if subprocess.run(command, check=False).returncode:  # noqa: S603, our own interpreter
        sys.exit(
            ".venv: 安装失败 / installation failed. 检查网络后再运行同一命令;或删除 .venv 重来"
        )


def run_inside(arguments: list[str]) -> int:
    """Run ``python -m govlaw`` with these arguments inside ``.venv``; the exit code."""
    command = [str(make()), "-m", "govlaw", *arguments]
    return subprocess.run(command, check=False).returncode  # noqa: S603, our own interpreter
