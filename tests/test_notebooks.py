"""The notebooks are thin and clean, and their parameters are checked before anything runs."""

from __future__ import annotations

import ast
from pathlib import Path

import nbformat
import pytest

from govlaw import paths
from govlaw.errors import ParameterError
from govlaw.pages.exporter import markdown_html
from govlaw.pages.notebooks import (
    check_parameters,
    declared_parameters,
    list_notebooks,
    plan_runs,
    read_notebook,
    read_parameters,
)  # fmt: skip

NOTEBOOKS = sorted(paths.notebooks().glob("*.ipynb"))


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
class TestNotebook:
    def test_holds_no_output(self, path: Path) -> None:
        for cell in read_notebook(path).cells:
            if cell.cell_type == "code":
                assert cell.outputs == []
                assert cell.execution_count is None
            assert set(cell.metadata) <= {"tags"}

    def test_defines_nothing(self, path: Path) -> None:
        for cell in read_notebook(path).cells:
            if cell.cell_type == "code":
                nodes = list(ast.walk(ast.parse(cell.source)))
                assert not any(
                    isinstance(n, (ast.FunctionDef, ast.Lambda, ast.ClassDef, ast.For))
                    for n in nodes
                )
                assert len(cell.source.splitlines()) <= 20

    def test_declares_its_parameters_once(self, path: Path) -> None:
        declared = declared_parameters(read_notebook(path), path.name)
        assert declared["tables_dir"].default == ""
        check_parameters(declared, {n: d.default for n, d in declared.items()}, path.name)

    def test_speaks_both_languages(self, path: Path) -> None:
        headings = [
            line
            for cell in read_notebook(path).cells if cell.cell_type == "markdown"
            for line in cell.source.splitlines() if line.startswith("#")
        ]  # fmt: skip
        assert headings
        assert all(" | " in line for line in headings)


@pytest.mark.parametrize(
    "path", sorted(paths.notebooks().glob("params/*.yml")), ids=lambda p: p.name
)
def test_parameter_files_set_only_declared_names(path: Path) -> None:
    planned = plan_runs(paths.notebooks(), read_parameters(path), {"tables_dir": "x", "lang": "zh"})
    assert [p.stem for p, _ in planned] == [p.stem for p in list_notebooks(paths.notebooks())]
    assert all(given["tables_dir"] == "x" for _, given in planned)


@pytest.mark.parametrize(
    ("given", "word"),
    [
        ({"year_form": 2017}, "year_from"),
        ({"year_from": "2017"}, "int"),
        ({"year_from": True}, "int"),
        ({"year_from": 2017.0}, "int"),
        ({"groups": "G1"}, "list"),
        ({"groups": [1]}, "list"),
        ({"x\nimport os; os.system('true')\ny": 1}, "没有声明"),
    ],
)
def test_a_wrong_parameter_is_refused(given: dict[str, object], word: str) -> None:
    with pytest.raises(ParameterError, match=word):
        plan_runs(paths.notebooks(), {"03_trends": given}, {})


def test_an_unknown_notebook_is_refused() -> None:
    with pytest.raises(ParameterError, match="03_trends"):
        plan_runs(paths.notebooks(), {"03_trend": {}}, {})


@pytest.mark.parametrize(
    "source", ["x = 1", "x: int = 1 + y", "import os", "x: int = len('a')", "x: Foo = 1"]
)
def test_parameters_are_annotated_literals(source: str) -> None:
    cell = nbformat.v4.new_code_cell(source)
    cell.metadata["tags"] = ["parameters"]
    with pytest.raises(ParameterError):
        declared_parameters(nbformat.v4.new_notebook(cells=[cell]), "x.ipynb")


def test_second_language_follows_the_first() -> None:
    source = "# 走势 | Trends\n\n没有文件。\n\n> No document."
    for lang, first, last in (("zh", "没有文件", "No document"), ("en", "No document", "没有文件")):
        html = markdown_html(source, lang, [])
        assert html.index(first) < html.index(last)
        assert "blockquote" not in html
