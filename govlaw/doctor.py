"""From this machine to a list of what the study needs here and how to get what is missing."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from govlaw import environment, paths
from govlaw.errors import GovlawError

_NEEDED_MB = 500
_BROWSERS = ("chromium", "chromium-browser", "google-chrome")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at: well or not, and what to do; some can be done without."""

    subject: str
    is_well: bool
    detail: str
    remedy: str = ""
    is_optional: bool = False

    def __str__(self) -> str:
        state = "可选" if self.is_optional else "正常" if self.is_well else "缺失"
        remedy = f" -> {self.remedy}" if self.is_optional or not self.is_well else ""
        return f"[{state}] {self.subject}: {self.detail}{remedy}"


def examine() -> list[Finding]:
    """Look at interpreter, packages, kernel, font, definitions, seeds, disk, folders, browser."""
    return [finding for look in _LOOKS for finding in look()]


def _interpreter() -> Iterator[Finding]:
    is_well = sys.version_info >= (3, 11)
    yield Finding("Python", is_well, sys.version.split()[0], "安装 Python 3.11 或更新版本")
    encoding = sys.stdout.encoding or "?"
    yield Finding("终端编码", True, encoding)


def _packages() -> Iterator[Finding]:
    missing = environment.missing_packages()
    detail = ", ".join(missing) if missing else f"齐全 (pandas {version('pandas')})"
    yield Finding("软件包", not missing, detail, "python -m govlaw env")
    pinned = (environment.HOME / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pairs = (line.split("==") for line in pinned if "==" in line)
    other = [name for name, wanted in pairs if _installed(name) not in {None, wanted}]
    detail = f"与固定版本不同: {', '.join(other)}" if other else "与 constraints.txt 一致"
    yield Finding("版本", not other, detail, "删除 .venv 后运行 python -m govlaw env")


def _installed(name: str) -> str | None:
    try:
        return version(name)
    except ImportError:
        return None


def _kernel() -> Iterator[Finding]:
    """Whether a notebook finds the interpreter that runs it."""
    from jupyter_client.kernelspec import KernelSpecManager, NoSuchKernel

    try:
        spec = KernelSpecManager().get_kernel_spec("python3")
        program = shutil.which(spec.argv[0])
        yield Finding("笔记本内核", bool(program), "python3", "python -m govlaw env")
    except NoSuchKernel:
        yield Finding("笔记本内核", False, "没有 python3", "python -m govlaw env")


def _browser() -> Iterator[Finding]:
    found = next(filter(None, map(shutil.which, _BROWSERS)), None)
    if found:
        yield Finding("浏览器", True, Path(found).name)
    else:
        what = "没有 Chromium, 只影响 make test-browser"
        yield Finding("浏览器", True, what, "apt-get install chromium", is_optional=True)


def _font() -> Iterator[Finding]:
    from govlaw.pages.plots import font_family

    yield _tried("中文字体", font_family)


def _definitions() -> Iterator[Finding]:
    from govlaw.indicator import load_indicators
    from govlaw.lexicon import load_lexicon

    yield _tried("指标定义", lambda: f"{len(load_indicators())} 个指标")
    yield _tried("主题词表", lambda: f"{len(load_lexicon().groups)} 组")


def _seeds() -> Iterator[Finding]:
    from govlaw.engine.ledger import check_seeds, list_files

    def checked() -> str:
        files = list_files(paths.seeds())
        check_seeds(files)
        return f"{len(files)} 个文件与登记一致"

    yield _tried("种子文件", checked)


def _tried(subject: str, look: Callable[[], str]) -> Finding:
    try:
        return Finding(subject, True, look())
    except GovlawError as error:
        return Finding(subject, False, f"{error.where}: {error.what}", error.next_step)


def _places() -> Iterator[Finding]:
    free = shutil.disk_usage(paths.home()).free // 1_000_000
    yield Finding("磁盘", free > _NEEDED_MB, f"剩余 {free} MB", f"至少腾出 {_NEEDED_MB} MB")
    for folder in (paths.home() / "build", paths.reports()):
        near = folder if folder.exists() else folder.parent
        is_well = os.access(near, os.W_OK)
        yield Finding("可写", is_well, _below_home(folder), "检查文件夹权限")


def _below_home(folder: Path) -> str:
    return folder.relative_to(paths.home()).as_posix() + "/"


_LOOKS = (
    _interpreter, _packages, _kernel, _font, _definitions, _seeds, _places, _browser,
)  # fmt: skip
