"""The notebooks are thin and clean, their parameters are checked before anything runs, and run on
the invented panel they say what is true of it; on the five seeds, what five documents cannot show.
"""

from __future__ import annotations

import ast
import re
from pathlib import Path

import nbformat
import pytest
import yaml
from lxml import html as lxml_html

from govlaw import paths
from govlaw.engine.runner import build_tables
from govlaw.errors import ParameterError
from govlaw.pages.exporter import markdown_html
from govlaw.pages.notebooks import (
    check_parameters,
    declared_parameters,
    list_notebooks,
    plan_runs,
    read_notebook,
    read_parameters,
    run_notebooks,
)  # fmt: skip
from govlaw.pages.words import value_label
from tests.site_fixtures import panel_site, site

__all__ = ["panel_site", "site"]

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


TRUTH = yaml.safe_load(
    (paths.home() / "tests" / "data" / "panel" / "truth.yml").read_text(encoding="utf-8")
)
PLACES = {"ts": "通山县", "sn": "绥宁县", "cy": "崇义县", "sq": "石泉县"}
HEIRS = {"G1": "H1", "G2": "H2", "G3": "H3", "G4": "H4", "G5": "H7", "G6": "H6", "G7": "H9"}


class Shown:
    """What the pages of one notebook say: rows of its tables, words of its figures."""

    def __init__(self, folder: Path, name: str) -> None:
        pages = [page.read_text(encoding="utf-8") for page in sorted(folder.glob(f"{name}*.html"))]
        assert pages
        self.trees = [lxml_html.fromstring(page) for page in pages]

    def figures(self) -> list[lxml_html.HtmlElement]:
        return [f for tree in self.trees for f in tree.xpath("//figure[contains(@class, 'plot')]")]

    def drawing(self, name: str) -> str:
        found = [f for f in self.figures() if f.get("id") == name]
        assert len(found) == 1, name
        return str(found[0].xpath(".//svg/@aria-label")[0])

    def rows(self, name: str, *words: str) -> list[list[str]]:
        path = f"//figure[@id='{name}']//tbody/tr"
        rows = [[cell.text_content().strip() for cell in row.xpath("./td")]
                for tree in self.trees for row in tree.xpath(path)]  # fmt: skip
        assert rows, f"no table {name}"
        return [row for row in rows if all(any(word in cell for cell in row) for word in words)]

    def row(self, name: str, *words: str) -> list[str]:
        found = self.rows(name, *words)
        assert len(found) == 1, (name, words, found)
        return found[0]

    def text(self) -> str:
        return "".join(tree.text_content() for tree in self.trees)


def place_of(doc_id: str) -> str:
    return f"{PLACES[doc_id[:2]]} {doc_id[2:]}"


class TestOnThePanel:
    def test_the_missing_report(self, panel_site: Path) -> None:
        for name in ("01_corpus", "03_trends"):
            gaps = Shown(panel_site, name).drawing("missing").rpartition("缺：")[2]
            assert gaps.split("; ") == [f"{PLACES[p]} {year}" for p, year in TRUTH["missing"]]

    def test_the_vocabulary_break_is_seen_and_the_matter_goes_on(self, panel_site: Path) -> None:
        truth, shown = TRUTH["vocabulary_break"], Shown(panel_site, "03_trends")
        rates = {}
        for word in (truth["before"], truth["after"]):
            (points,) = re.findall(rf"{word}: ([^;]+)", shown.drawing("breaks"))
            rates[word] = {int(p.split()[0]): float(p.split()[1]) for p in points.split(", ")}
        for year in range(2017, 2022):
            is_new = year >= truth["year"]
            assert (rates[truth["after"]][year] > 0) == is_new
            assert (rates[truth["before"]][year] > 0) == (not is_new)
        (joined,) = re.findall(r"法制机构与司法行政机关: ([^;]+)", shown.drawing("trend"))
        assert all(float(point.split()[1]) > 0 for point in joined.split(", "))

    @pytest.mark.parametrize("truth", TRUTH["promises"], ids=lambda truth: truth["words"])
    def test_promises(self, panel_site: Path, truth: dict[str, object]) -> None:
        row = Shown(panel_site, "05_compliance").row(
            "promise-rows", place_of(str(truth["doc"])), str(truth["words"])
        )
        assert value_label("feedback", truth["feedback"]).zh in row
        if "is_met" in truth:
            assert value_label("is_met", truth["is_met"]).zh in row

    @pytest.mark.parametrize("truth", TRUTH["problems"], ids=lambda truth: truth["words"])
    def test_problems(self, panel_site: Path, truth: dict[str, object]) -> None:
        row = Shown(panel_site, "05_compliance").row(
            "problems", place_of(str(truth["doc"])), str(truth["words"])
        )
        for column in {"has_cause", "is_specific"} & truth.keys():
            assert value_label(column, truth[column]).zh in row

    def test_a_problem_its_plan_and_the_result_stand_in_one_row(self, panel_site: Path) -> None:
        truth = TRUTH["planned_for"]
        row = Shown(panel_site, "05_compliance").row("chains", place_of(truth["doc"]))
        assert any(truth["problem"] in cell for cell in row)
        assert any(truth["plan"] in cell for cell in row)
        assert "72%" in " ".join(row)
        assert "明确反馈" in row

    def test_the_late_report(self, panel_site: Path) -> None:
        drawn = Shown(panel_site, "05_compliance").drawing("deadline")
        late = re.findall(r"(\S+ \d{4}) [^;]*逾期", drawn)
        assert late == [place_of(doc_id) for doc_id in TRUTH["late"]]

    def test_silent_and_spoken_areas(self, panel_site: Path) -> None:
        shown = Shown(panel_site, "05_compliance")
        for doc_id, codes in TRUTH["silent"].items():
            for code in codes:
                assert shown.rows("silent-areas", place_of(doc_id), HEIRS.get(code, code))
        for doc_id, codes in TRUTH["spoken"].items():
            for code in codes:
                assert not shown.rows("silent-areas", place_of(doc_id), HEIRS.get(code, code))

    def test_the_copied_passage_and_the_template(self, panel_site: Path) -> None:
        shown, copied, again = (
            Shown(panel_site, "05_compliance"), TRUTH["copied"], TRUTH["template"],
        )  # fmt: skip
        assert shown.rows("runs", place_of(copied["later"]), place_of(copied["from"]), "他地报告")
        assert copied["words"][:20] in shown.text()
        assert shown.rows("runs", place_of(again["later"]), place_of(again["earlier"]))
        anew = shown.rows("renumbered", place_of(again["later"]), place_of(again["earlier"]))
        assert len(anew) == again["sentences"]

    @pytest.mark.parametrize("place", TRUTH["series"])
    def test_the_series(self, panel_site: Path, place: str) -> None:
        series = TRUTH["series"][place]
        pages = [lxml_html.parse(str(page)) for page in (panel_site / "places").glob("*.html")]
        (own,) = [page for page in pages if PLACES[place] in page.findtext(".//h1")]
        for number, name in enumerate(("收到行政复议申请件数", "受理行政复议案件数")):
            (row,) = own.xpath(f"//tr[starts-with(normalize-space(), '{name}')]")
            cells = [cell.text_content().strip() for cell in row.xpath("./td")]
            assert [cell for cell in cells if cell.endswith("件")] == [
                f"{values[number]} 件" for values in series.values()
            ]

    def test_topics_are_refused_and_events_are_named(self, panel_site: Path) -> None:
        assert "不作主题模型" in Shown(panel_site, "02_topics").text()
        trends = Shown(panel_site, "03_trends").text()
        assert "2021-08 公布《法治政府建设实施纲要（2021—2025年）》" in trends
        assert "Garwood 1936" in trends


@pytest.mark.parametrize(
    "name", ["01_corpus", "02_topics", "03_trends", "04_indicators", "05_compliance", "06_quality"]
)
def test_every_chart_says_what_five_documents_cannot_show(site: Path, name: str) -> None:
    figures = Shown(site, name).figures()
    assert figures or name == "06_quality", "all is found there: a table, and no drawing"
    for figure in figures:
        (said,) = figure.xpath("./p[contains(@class, 'limit')]")
        assert said.text_content().startswith("只有 5 份文件，来自 5 个地区：")


def test_each_notebook_shows_its_measures(site: Path) -> None:
    topics, quality = Shown(site, "02_topics"), Shown(site, "06_quality")
    assert "搁置不计：地名" in topics.text()
    assert "背景是本语料" in topics.text()
    assert "Monroe" in topics.text()
    assert len(topics.rows("distinctive-data")) == 28
    assert len(topics.rows("likeness-data")) == 4
    assert "Cohen κ = 0.96" in quality.text()
    assert "样本内" in quality.text()
    assert float(quality.row("coding", "宏平均")[-1]) >= 0.80


def test_other_choices_run_as_well(panel_site: Path, tmp_path: Path) -> None:
    chosen = {
        "02_topics": {
            "by": "year", "background": "general", "set_aside": ["places", "dates", "stock"],
            "compare_by": "year", "compare_group": "2021", "compare_other": "2017",
            "measure": "g2",
        },
        "03_trends": {
            "breaks": "joined", "groups": ["legal_office", "civil_code"], "year_from": 2015,
        },
    }  # fmt: skip
    common = {"tables_dir": str(panel_site.parent / "tables"), "lang": "en"}
    planned = [
        plan for plan in plan_runs(paths.notebooks(), chosen, common) if plan[0].stem in chosen
    ]
    topics, trends = run_notebooks(planned, tmp_path)
    assert (topics.failure, trends.failure) == (None, None)
    said = str(topics.notebook)
    assert "2021 against 2017" in said
    assert "general Chinese" in said
    assert "stock words" in said
    assert "drawn joined" in str(trends.notebook)


def test_a_single_document_of_one_kind_and_year_runs_through(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (plan,) = paths.seeds().glob("002*.txt")
    (corpus / plan.name).write_bytes(plan.read_bytes())
    build_tables(corpus, tmp_path / "tables")
    common = {"tables_dir": str(tmp_path / "tables"), "lang": "zh"}
    wanted = ("01_corpus", "02_topics", "03_trends", "05_compliance")
    planned = [p for p in plan_runs(paths.notebooks(), {}, common) if p[0].stem in wanted]
    said = {run.name: str(run.notebook) for run in run_notebooks(planned, tmp_path)
            if run.failure is None}  # fmt: skip
    assert tuple(said) == wanted
    assert "不作主题模型：语料只有 1 份文件" in said["02_topics"]
    assert "只有一类文件，无从比较" in said["02_topics"]
    assert "没有受规定约束的年度报告" in said["05_compliance"]
    assert "只有 1 份文件，来自 1 个地区" in said["03_trends"]
