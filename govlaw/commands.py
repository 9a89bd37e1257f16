"""From the words of the command line to the functions that do the work.

Exit codes: 0 done, 1 done with failures or nothing useful made, 2 the command was not understood,
3 another run is writing to the same place, 130 interrupted.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Annotated, ParamSpec, TypeVar

import typer
from rich.console import Console
from rich.table import Table

from govlaw import environment, paths
from govlaw.engine.locks import BusyError
from govlaw.errors import GovlawError, ParameterError

app = typer.Typer(
    no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False,
    help="法治政府建设报告分析 / reading reports on law-based government",
    epilog="退出码: 0 完成; 1 未完成,并说明原因和下一步; 2 命令写错; "
    "3 另一次运行正在写同一文件夹; 130 已中断",
)  # fmt: skip
P = ParamSpec("P")
R = TypeVar("R")

StrictOption = Annotated[bool, typer.Option("--strict", help="有文件被拒收即视为失败")]
CorpusOption = Annotated[Path | None, typer.Option("--corpus", help="报告所在文件夹,默认 seeds")]


def _told(command: Callable[P, R]) -> Callable[P, R]:
    """One message on stderr for what the user can mend, and exit code 1, or 3 for a second run."""

    @wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        for stream in (sys.stdout, sys.stderr):
            if hasattr(stream, "reconfigure"):
                stream.reconfigure(errors="replace")  # a GBK console cannot print everything
        try:
            return command(*args, **kwargs)
        except GovlawError as error:
            Console(stderr=True, soft_wrap=True, highlight=False).print(
                f"错误 {error.where}\n  {error.what}\n  下一步: {error.next_step}", markup=False
            )
            raise typer.Exit(_exit_code(error)) from None
        except KeyboardInterrupt:
            typer.echo("已中断;已写好的内容不受影响,再运行会接着做", err=True)
            raise typer.Exit(130) from None

    return run


def _exit_code(error: GovlawError) -> int:
    return 3 if isinstance(error, BusyError) else 2 if isinstance(error, ParameterError) else 1


@app.command()
@_told
def tables(
    corpus: CorpusOption = None,
    out: Annotated[Path | None, typer.Option("--out", help="输出文件夹,默认 build/tables")] = None,
    strict: StrictOption = False,
    engine: Annotated[
        str | None,
        typer.Option("--engine", help="serial, processes 或 dask;默认按文件数选前两者之一"),
    ] = None,
    jobs: Annotated[int | None, typer.Option("--jobs", min=1, help="进程数,默认核数")] = None,
    cluster: Annotated[
        str | None, typer.Option("--cluster", help="Dask 集群地址;不给则在本机启动一个")
    ] = None,
) -> None:
    """读取报告,写出全部数据表 (Parquet);没有变化的文件不再读取."""
    from govlaw.engine.runner import build_tables

    built = build_tables(corpus, out, strict=strict, engine=engine, jobs=jobs, cluster=cluster)
    counts = built.ledger["status"].value_counts()
    shown = Table("表", "行数", title=f"{out or paths.tables()}")
    for name, n_rows in built.sizes().items():
        shown.add_row(name, str(n_rows))
    Console().print(shown)
    typer.echo("入库 " + ", ".join(f"{status} {n}" for status, n in counts.items()))


@app.command()
@_told
def report(
    corpus: CorpusOption = None,
    edition: Annotated[
        str | None, typer.Option("--edition", help="版本名,即 reports/ 下的文件夹")
    ] = None,
    lang: Annotated[str, typer.Option("--lang", help="zh 或 en 在前")] = "zh",
    strict: StrictOption = False,
) -> None:
    """生成整套网页报告 reports/EDITION."""
    from govlaw.pages.editions import make_edition

    made = make_edition(corpus, edition, lang=lang, strict=strict)
    typer.echo(f"报告 {made.index}")
    for failure in made.failed:
        typer.echo(f"笔记本 {failure}", err=True)
    if made.failed:
        raise typer.Exit(1)


@app.command()
@_told
def check() -> None:
    """检验 data/ 中每条定义: 能否读懂,是否与自己的例句相符."""
    from govlaw.facts.definitions import check_definitions
    from govlaw.framework import load_frameworks
    from govlaw.lexicon import load_lexicon
    from govlaw.stats.rules import load_rules

    problems = check_definitions()
    errors = [str(problem) for problem in problems if problem.is_error]
    hints = [str(problem) for problem in problems if not problem.is_error]
    for load in (load_lexicon, load_frameworks, load_rules):
        try:
            load()
        except GovlawError as error:
            errors.append(str(error))
    for line in errors + hints:
        typer.echo(line)
    typer.echo(f"{len(errors)} 处错误, {len(hints)} 处提示")
    if errors:
        raise typer.Exit(1)


@app.command()
@_told
def trace(
    obs_id: Annotated[str, typer.Argument(help="观测编号,例如 000:recon_accepted:616")],
    tables_dir: Annotated[Path | None, typer.Option("--tables", help="数据表所在文件夹")] = None,
) -> None:
    """由观测编号回到原句."""
    from govlaw.engine.evidence import trace as find
    from govlaw.engine.store import load_tables

    typer.echo(repr(find(obs_id, load_tables(tables_dir))))


@app.command()
@_told
def export(
    out: Annotated[Path, typer.Option("--out", help="输出文件夹,例如 build/export")],
    formats: Annotated[
        list[str] | None,
        typer.Option("--format", help="csv xlsx parquet stata sqlite frictionless,可多次;默认全部"),
    ] = None,
    tables_dir: Annotated[Path | None, typer.Option("--tables", help="数据表所在文件夹")] = None,
) -> None:
    """导出数据表给 Excel, Stata, R, SQLite 等."""
    from govlaw.engine.store import load_tables
    from govlaw.pages.exports import export_tables

    written = export_tables(load_tables(tables_dir), out, formats or ())
    typer.echo(f"导出 {len(written)} 个文件到 {out}")


@app.command()
@_told
def leftovers(corpus: CorpusOption = None) -> None:
    """列出没有指标认领的数量 (YAML,可粘贴到 data/indicators)."""
    from govlaw.engine.runner import find_leftovers
    from govlaw.facts.leftovers import leftovers_yaml

    typer.echo(leftovers_yaml(find_leftovers(corpus or paths.seeds())))


@app.command()
@_told
def env() -> None:
    """准备运行环境 .venv."""
    typer.echo(f"环境就绪 {environment.make()}")


@app.command()
@_told
def lab(port: Annotated[int, typer.Option("--port", help="端口")] = 8888) -> None:
    """在本机打开 JupyterLab (127.0.0.1)."""
    command = ["-m", "jupyterlab", "--ServerApp.ip=127.0.0.1", f"--ServerApp.port={port}"]
    command += ["--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate"]
    _python(*command, str(paths.notebooks() / "00_start.ipynb"))


@app.command()
@_told
def lint() -> None:
    """检查代码风格与类型."""
    _python("-m", "ruff", "check", ".")
    _python("-m", "ruff", "format", "--check", ".")
    _python("-m", "mypy")


@app.command()
@_told
def test(
    browser: Annotated[bool, typer.Option("--browser", help="只运行浏览器测试")] = False,
) -> None:
    """运行测试."""
    chosen = ("browser", "-n", "2") if browser else ("not browser",)
    _python("-X", "warn_default_encoding", "-m", "pytest", "-m", *chosen)
    if not browser:
        typer.echo("浏览器测试没有运行: make test-browser (需要 Chromium)")


@app.command()
@_told
def fuzz(number: Annotated[int, typer.Option("-n", help="每种格式的文件数")] = 10_000) -> None:
    """用大量损坏的文件检验读取程序."""
    _python("-m", "tests.fuzz", "-n", str(number))


@app.command()
@_told
def bench() -> None:
    """测量速度,写入 build/bench.json."""
    _python(str(paths.home() / "benchmarks" / "measure.py"))


@app.command()
@_told
def doctor() -> None:
    """检查环境缺什么,怎样补上."""
    from govlaw.doctor import examine

    findings = examine()
    for finding in findings:
        typer.echo(str(finding))
    if not all(finding.is_well for finding in findings):
        raise typer.Exit(1)


@app.command()
@_told
def clean() -> None:
    """删除程序写出的 build/ 与 reports/."""
    for folder in (paths.home() / "build", paths.reports()):
        shutil.rmtree(folder, ignore_errors=True)
    typer.echo("已清理 build/ reports/")


def _python(*arguments: str) -> None:
    command = [sys.executable, *arguments]
    code = subprocess.run(command, cwd=paths.home(), check=False).returncode  # noqa: S603
    if code:
        raise typer.Exit(code)
