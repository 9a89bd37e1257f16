"""From notebooks and their parameters to executed notebooks and pages.

A parameter that a notebook does not declare, or of another type than declared, is refused before
anything runs: papermill only warns of the first and passes the second on.
"""

from __future__ import annotations

import ast
import logging
import re
import types
import typing
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
import papermill
from papermill.exceptions import PapermillExecutionError

from govlaw.errors import InputError, ParameterError
from govlaw.knowledge import did_you_mean, read_yaml, shown
from govlaw.pages.kernels import kernels

TIMEOUT = 600
#: The tag of the cell in which papermill sets the parameters.
INJECTED = "injected-parameters"
_TYPES: dict[str, Any] = {"int": int, "str": str, "float": float, "bool": bool, "list": list}


@dataclass(frozen=True, slots=True)
class Failure:
    """A notebook that did not run to its end: where it stopped and what it said."""

    notebook: str
    cell: int
    message: str

    def __str__(self) -> str:
        return f"{self.notebook}: 第 {self.cell} 单元格: {self.message}"


@dataclass(frozen=True, slots=True)
class Run:
    """An executed notebook and, where it failed, why."""

    name: str
    notebook: Any
    parameters: Mapping[str, Any]
    failure: Failure | None = None


@dataclass(frozen=True, slots=True)
class Declared:
    """A parameter as its notebook declares it."""

    name: str
    type: Any
    written: str
    default: Any


def list_notebooks(folder: Path) -> list[Path]:
    """The notebooks of a report, in order; ``00_…`` is the start page of the laboratory."""
    found = sorted(p for p in folder.glob("[0-9]*.ipynb") if not p.name.startswith("00"))
    if not found:
        raise InputError(shown(folder), "没有笔记本", "放入 01_….ipynb 一类的文件")
    return found


def read_notebook(path: Path) -> Any:
    """A notebook as nbformat reads it."""
    try:
        return nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]
    except Exception as error:  # nbformat lets whatever its parser raises pass
        raise InputError(
            shown(path), f"不是可读的笔记本（{error}）", "用 JupyterLab 另存一份"
        ) from None


def declared_parameters(notebook: Any, where: str) -> dict[str, Declared]:
    """What the cell tagged ``parameters`` declares: annotated names with literal values."""
    cells = [c for c in notebook.cells if "parameters" in _tags(c)]
    if len(cells) != 1:
        what = f"{len(cells)} 个单元格带 parameters 标签"
        raise ParameterError(where, what, "只留一个单元格，加上 parameters 标签")
    found = {}
    for node in ast.parse(cells[0].source).body:
        declared = _declared(node, where)
        found[declared.name] = declared
    return found


def _declared(node: ast.stmt, where: str) -> Declared:
    if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and node.value:
        try:
            default = ast.literal_eval(node.value)
            return Declared(
                node.target.id, _type(node.annotation), ast.unparse(node.annotation), default
            )
        except ValueError:
            pass
    what = f"参数单元格中有 {ast.unparse(node)!r}"
    raise ParameterError(where, what, "参数写作 名称: 类型 = 字面值, 例如 year_from: int = 2017")


def _type(node: ast.expr) -> Any:
    if isinstance(node, ast.Constant) and node.value is None:
        return type(None)
    if isinstance(node, ast.Name) and node.id in _TYPES:
        return _TYPES[node.id]
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitOr):
        return _type(node.left) | _type(node.right)
    if isinstance(node, ast.Subscript) and ast.unparse(node.value) == "list":
        return list[_type(node.slice)]  # type: ignore[misc]
    raise ValueError(ast.unparse(node))


def is_of_type(value: Any, wanted: Any) -> bool:
    """Whether a value is what an annotation says; ``True`` is no integer, 3 is a float.

    >>> is_of_type(["003"], list[str]), is_of_type(True, int), is_of_type(None, int | None)
    (True, False, True)
    """
    if isinstance(wanted, types.UnionType):
        return any(is_of_type(value, one) for one in typing.get_args(wanted))
    if typing.get_origin(wanted) is list:
        (inner,) = typing.get_args(wanted)
        return isinstance(value, list) and all(is_of_type(item, inner) for item in value)
    if wanted is float:
        return isinstance(value, (int, float)) and not isinstance(value, bool)
    return isinstance(value, wanted) and not (wanted is int and isinstance(value, bool))


def check_parameters(
    declared: Mapping[str, Declared], given: Mapping[str, Any], where: str
) -> dict[str, Any]:
    """The given parameters, each declared and of its type, or a ``ParameterError``."""
    for name, value in given.items():
        if name not in declared:
            raise ParameterError(where, f"没有声明参数 {name!r}", did_you_mean(name, declared))
        if not is_of_type(value, declared[name].type):
            what = f"参数 {name} 的值 {value!r} 不是 {declared[name].written}"
            raise ParameterError(where, what, f"例如 {name}: {declared[name].default!r}")
    return dict(given)


def read_parameters(path: Path) -> dict[str, dict[str, Any]]:
    """``params/*.yml``: for each notebook (or ``all``) the parameters to set."""
    read = read_yaml(path) or {}
    if not isinstance(read, dict) or not all(isinstance(v, dict) for v in read.values()):
        what = "应为 笔记本名: {参数: 值}"
        raise ParameterError(shown(path), what, "参看 notebooks/params/default.yml")
    return read


def plan_runs(
    folder: Path, parameters: Mapping[str, Mapping[str, Any]], common: Mapping[str, Any]
) -> list[tuple[Path, dict[str, Any]]]:
    """Each notebook with its checked parameters; nothing runs if one of them is wrong.

    ``common`` (the tables, the language) is set wherever a notebook declares it.
    """
    found = {path.stem: path for path in list_notebooks(folder)}
    for name in parameters:
        if name not in found and name != "all":
            raise ParameterError("parameters", f"没有笔记本 {name!r}", did_you_mean(name, found))
    planned = []
    for name, path in found.items():
        where = shown(path)
        declared = declared_parameters(read_notebook(path), where)
        shared = {k: v for k, v in parameters.get("all", {}).items() if k in declared}
        given = {**shared, **parameters.get(name, {})}
        given |= {k: v for k, v in common.items() if k in declared}
        planned.append((path, check_parameters(declared, given, where)))
    return planned


def run_notebooks(
    planned: Sequence[tuple[Path, Mapping[str, Any]]], scratch: Path, *, at_once: int = 2
) -> list[Run]:
    """Run every notebook in a kernel of its own; one that fails does not stop the others."""
    logging.getLogger("papermill").setLevel(logging.ERROR)
    with kernels() as start, ThreadPoolExecutor(at_once) as pool:
        return list(pool.map(lambda plan: _run(plan[0], plan[1], scratch, start), planned))


def _run(path: Path, parameters: Mapping[str, Any], scratch: Path, start: Mapping[str, Any]) -> Run:
    target = scratch / path.name
    said: str | None = None
    try:
        papermill.execute_notebook(
            str(path), str(target), parameters=dict(parameters), kernel_name="python3",
            language="python", progress_bar=False, log_output=False, execution_timeout=TIMEOUT,
            record_timing=False,
            # ipykernel says on every start that loopback TCP is not encrypted.
            extra_arguments=["--log-level=50"], shutdown_kernel="immediate", **start,
        )  # fmt: skip
    except PapermillExecutionError as error:
        said = f"{error.ename}: {error.evalue}"
    except Exception as error:
        # A kernel that dies or hangs leaves a notebook without any sign of it.
        said = f"{type(error).__name__}: {error}"
    notebook = _tidy(read_notebook(target if target.exists() else path))
    failure = Failure(path.stem, _failed_cell(notebook), _one_line(said)) if said else None
    return Run(path.stem, notebook, parameters, failure)


def _failed_cell(notebook: Any) -> int:
    """The number of the failing cell among the notebook's own code cells; 0 if none shows it."""
    own = [c for c in notebook.cells if c.cell_type == "code" and INJECTED not in _tags(c)]
    for number, cell in enumerate(own, start=1):
        if any(output.output_type == "error" for output in cell.outputs):
            return number
    return 0


def _tags(cell: Any) -> list[str]:
    tags: list[str] = cell.metadata.get("tags", [])
    return tags


def _one_line(message: str) -> str:
    return re.sub(r"\s+", " ", message).strip()[:300]


def _tidy(notebook: Any) -> Any:
    """Without what differs from run to run (times, paths) and papermill's own remarks."""
    notebook.metadata.pop("papermill", None)
    kept = []
    for cell in notebook.cells:
        tags = _tags(cell)
        if "papermill-error-cell-tag" in tags:
            continue
        cell.metadata = {"tags": tags} if tags else {}
        cell.pop("id", None)
        kept.append(cell)
    for number, cell in enumerate(kept):
        cell["id"] = f"c{number}"
    notebook.cells = kept
    return notebook
