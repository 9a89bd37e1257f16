"""The report: every number leads to its sentence and back, and nothing in it acts or calls out."""

from __future__ import annotations

import csv
import json
import re
import zipfile
from functools import cache
from pathlib import Path

import nbformat
import pandas as pd
import pytest
from bs4 import BeautifulSoup

import govlaw
from govlaw import paths
from govlaw.errors import GovlawError
from govlaw.indicator import load_indicators
from govlaw.lexicon import load_lexicon
from govlaw.pages.downloads import write_csv, write_xlsx
from govlaw.pages.frames import TEMPLATE, script_hash
from govlaw.pages.markup import anchor
from govlaw.pages.parts import without_figures
from govlaw.pages.site import build_site
from govlaw.stats.rules import load_rules
from govlaw.tables import TABLES
from tests.site_fixtures import (
    PAYLOADS,
    active_parts,
    article_text,
    elements,
    hostile_site,
    pages,
    panel_site,
    site,
)  # fmt: skip

__all__ = ["hostile_site", "panel_site", "site"]


def soup(path: Path) -> BeautifulSoup:
    return BeautifulSoup(path.read_text(encoding="utf-8"), "lxml")


soup_once = cache(soup)


@pytest.fixture(params=["seeds", "panel"])
def report(request: pytest.FixtureRequest) -> Path:
    """The folder of each report, one after the other."""
    folder: Path = request.getfixturevalue("site" if request.param == "seeds" else "panel_site")
    return folder


def test_every_observation_of_the_seeds_is_shown_as_an_indicator(site: Path) -> None:
    tables = govlaw.load_tables(site.parent / "tables")
    shown = {a["data-obs"] for name in site.glob("04_indicators*.html")
             for a in soup(name).select(".grid a[data-obs]")}  # fmt: skip
    assert len(shown) > 50
    assert shown == set(tables.observations["obs_id"])


def test_every_shown_number_leads_to_its_sentence_and_back(report: Path) -> None:
    tables = govlaw.load_tables(report.parent / "tables")
    home = dict(zip(tables.observations["obs_id"], tables.observations["sentence_id"], strict=True))
    sources = {p.name: soup(p) for p in (report / "sources").glob("*.html")}
    n_shown = 0
    for name, html in pages(report):
        if "data-obs" not in html or name.startswith("sources/"):
            continue
        for number in soup(report / name).select("a[data-obs]"):
            obs_id, (address, _, anchor) = number["data-obs"], number["href"].partition("#")
            source = sources[Path(address).name]
            assert f"{Path(address).stem}:{anchor}" == home[obs_id]
            mark = source.select_one(f'a.says[data-obs="{obs_id}"]')
            assert mark is not None
            assert mark in source.find(id=anchor).parent.select("a.says")
            cell = number.find_parent(id=True)["id"]
            uses = {
                a["href"] for a in source.find(id=_row_of(obs_id)).find_parent("tr").select("a")
            }
            assert f"../{name}#{cell}" in uses
            assert mark["href"] in uses
            n_shown += 1
    assert n_shown > 100


def _row_of(obs_id: str) -> str:
    return anchor(f"obs-{obs_id}")


def test_sources_hold_the_text_untouched(report: Path) -> None:
    tables = govlaw.load_tables(report.parent / "tables")
    for row in tables.texts.itertuples(index=False):
        html = (report / "sources" / f"{row.doc_id}.html").read_text(encoding="utf-8")
        assert article_text(html) == row.text


def test_every_link_inside_the_report_arrives(report: Path) -> None:
    ids = {name: {a["id"] for _, a in elements(html) if "id" in a} for name, html in pages(report)}
    for name, html in pages(report):
        for tag, attributes in elements(html):
            address = attributes.get("href", "")
            if tag != "a" or not address:
                continue
            target, _, anchor = address.partition("#")
            path = (report / name).parent.joinpath(target).resolve() if target else report / name
            assert path.exists(), f"{name}: {address}"
            if anchor and path.suffix == ".html":
                assert anchor in ids[path.relative_to(report.resolve()).as_posix()], (
                    f"{name}: {address}"
                )


def test_pages_neither_act_nor_call_out(report: Path) -> None:
    for name, html in pages(report):
        assert active_parts(html) == [], name
        assert f"script-src '{script_hash()}'" in html
        assert "default-src 'none'" in html
        assert '<meta name="referrer" content="no-referrer">' in html


def test_pages_are_described_for_everybody(report: Path) -> None:
    for name, html in pages(report):
        found = elements(html)
        assert found[0] == ("html", {"lang": "zh-CN"}), name
        ids = [a["id"] for _, a in found if "id" in a]
        assert len(ids) == len(set(ids)), name
        for tag, attributes in found:
            if tag == "svg":
                assert len(attributes["aria-label"]) > 15
        assert [tag for tag, _ in found].count("h1") == 1, name


def test_pages_stay_light(report: Path) -> None:
    """Without its figures a page weighs less than 100,000 bytes, with them less than 3 MB."""
    for name, html in pages(report):
        assert len(without_figures(html).encode()) < 100_000, name
        assert len(html.encode()) < 3_000_000, name
    assert len((TEMPLATE / "page.js").read_bytes()) <= 3 * 1024


def test_a_heavy_notebook_is_read_on_several_pages(panel_site: Path) -> None:
    first, second = (soup(panel_site / f"04_indicators{n}.html") for n in ("", "-2"))
    assert [a.get_text() for a in first.select(".toc a")] == [
        a.get_text() for a in second.select(".toc a")
    ]
    assert second.select_one(".toc a")["href"] == "04_indicators.html#s1"
    assert first.select_one(".pager a")["href"] == "04_indicators-2.html"
    assert second.select_one("header a[aria-current]")["href"] == "04_indicators.html"
    assert "（2 / " in second.select_one("h1").get_text()


def test_a_table_says_what_it_leaves_out(report: Path) -> None:
    for name, html in pages(report):
        for figure in (
            soup(report / name).select("figure.table:not(.grid)") if "<table" in html else ()
        ):
            n_shown, n_all = re.findall(r"[\d,]+", figure.select_one(".count").get_text())
            assert int(n_shown.replace(",", "")) == len(figure.select("tbody tr"))
            if n_shown != n_all:
                endings = {a["href"].rpartition(".")[2] for a in figure.select(".whole a")}
                in_details = figure.find_parent("details") is not None
                assert in_details or {"csv", "xlsx"} <= endings, (name, figure["id"])


def test_a_place_with_several_years_has_a_page(panel_site: Path, site: Path) -> None:
    assert not (site / "places").exists()
    made = sorted((panel_site / "places").glob("*.html"))
    assert [p.stem for p in made] == ["360725", "421224", "430527", "610922"]
    linked = {a["href"] for a in soup(panel_site / "index.html").select("#years a")}
    for path in made:
        assert f"places/{path.name}" in linked
        page = soup(path)
        years = [th.get_text(" ").split()[0] for th in page.select(".grid thead th.n")]
        assert years == sorted(years)
        assert len(years) >= 4
        assert "写出数值的指标" in page.select_one(".lede").get_text()
        lines = page.select(".grid svg.spark")
        assert len(lines) >= 2
        for line in lines:
            values = [a.get_text().split()[0] for a in line.find_parent("tr").select("a[data-obs]")]
            assert re.search(r"\d{4} [\d.]+, \d{4} [\d.]+", line["aria-label"])
            assert len(line.select("circle")) <= len(values)


def test_the_codebook_holds_everything_that_is_in_data(site: Path) -> None:
    front = soup(site / "codebook.html")
    for name, one in load_indicators().items():
        address = front.find(id=f"ind-{name}").a["href"]
        page, _, id = address.partition("#")
        entry = soup_once(site / page).find(id=id).find_parent("section")
        words = entry.get_text(" ")
        assert one.name_zh in words
        assert all(example.text in words for example in one.examples)
        assert all(phrasing in words for phrasing in one.phrasings)
    assert all(front.find(id=f"check-{check}") for check in load_rules().checks)
    words = soup_once(site / "codebook/words.html")
    assert all(words.find(id=f"group-{group}") for group in load_lexicon().groups)
    tables = soup_once(site / "codebook/tables.html")
    assert all(tables.find(id=f"table-{name}") for name in TABLES)


def test_front_page_says_what_was_read(site: Path) -> None:
    page = soup(site / "index.html")
    words = page.get_text(" ")
    assert "5 个文件" in words
    assert len(page.select(".cards li")) == 6
    years = {th.get_text(strip=True) for th in page.select("#years thead th")}
    assert {"2017", "2018", "2019", "2020", "2021"} <= years
    for name in TABLES:
        for ending in ("csv", "xlsx", "parquet"):
            assert (site / "tables" / f"{name}.{ending}").exists()


def test_five_findings_open_the_front_page_each_with_evidence(report: Path) -> None:
    found = soup(report / "index.html").select("ol.findings > li")
    assert len(found) == 5
    assert all(li.select(".evidence a") for li in found)
    assert all(re.search(r"\d", li.get_text()) for li in found)


def test_five_places_are_called_no_trend(site: Path) -> None:
    words = soup(site / "03_trends.html").get_text(" ")
    assert "5 个地区中，报告不止一个年度的有 0 个" in words
    assert "2020 年没有文件" in words


def test_contacts_are_hidden_and_left_out_of_the_search(report: Path) -> None:
    tables = govlaw.load_tables(report.parent / "tables")
    contacts = tables.marks[tables.marks["kind"] == "contact"]
    assert len(contacts) or report.parent.name == "panel-report"
    texts = dict(zip(tables.texts["doc_id"], tables.texts["text"], strict=True))
    search = (report / "search.html").read_text(encoding="utf-8")
    for row in contacts.itertuples(index=False):
        words = texts[row.doc_id][row.start : row.end]
        assert words not in search
        source = soup(report / "sources" / f"{row.doc_id}.html")
        hidden = "".join(s.get_text() for s in source.select("article .contact"))
        assert words.replace("\n", "") in hidden.replace("\n", "")


def test_search_index_holds_every_sentence(report: Path) -> None:
    tables = govlaw.load_tables(report.parent / "tables")
    data = json.loads(soup(report / "search.html").find(id="sentences").string)
    body = tables.sentences[tables.sentences["role"] != "noise"]
    assert len(data["rows"]) == len(body)
    assert any("复议" in words for _, _, words in data["rows"])


def test_documents_cannot_write_into_pages(hostile_site: Path) -> None:
    tables = govlaw.load_tables(hostile_site.parent / "tables")
    assert set(tables.ledger["status"]) <= {"accepted", "rejected"}
    assert (tables.ledger["status"] == "accepted").sum() > 1.9 * len(PAYLOADS)
    for name, html in pages(hostile_site):
        assert active_parts(html) == [], name


def test_documents_cannot_write_into_spreadsheets(hostile_site: Path) -> None:
    n_cells = 0
    for name, table in TABLES.items():
        words = [c.name for c in table.columns if str(c.type) == "string"]
        with (hostile_site / "tables" / f"{name}.csv").open(
            encoding="utf-8-sig", newline=""
        ) as file:
            for row in csv.DictReader(file):
                cells = [row[column] for column in words]
                n_cells += len(cells)
                assert not any(cell.startswith(tuple("=+-@\t\r＝＋－＠")) for cell in cells), row
        with zipfile.ZipFile(hostile_site / "tables" / f"{name}.xlsx") as book:
            parts = {part: book.read(part).decode() for part in book.namelist()}
        assert not any("<f>" in text or "<hyperlink" in text for text in parts.values()), name
        assert not any("externalLink" in part for part in parts), name
    assert n_cells > 10_000


def test_a_failing_notebook_is_named_and_the_others_appear(site: Path, tmp_path: Path) -> None:
    folder = tmp_path / "notebooks"
    folder.mkdir()
    _write_notebook(folder / "01_good.ipynb", "print(len(tables.documents))")
    _write_notebook(folder / "02_bad.ipynb", "raise ValueError('第三格 <b> 出错')")
    result = build_site(site.parent / "tables", tmp_path / "site", edition="x", notebooks=folder)
    assert [(f.notebook, f.cell) for f in result.failed] == [("02_bad", 3)]
    assert "第三格 <b> 出错" in str(result.failed[0])
    index = soup(tmp_path / "site" / "index.html").get_text(" ")
    assert "第 3 单元格" in index
    assert "第三格 <b> 出错" in index
    assert "第三格 &lt;b&gt; 出错" in (tmp_path / "site" / "02_bad.html").read_text(
        encoding="utf-8"
    )
    assert (tmp_path / "site" / "01_good.html").exists()


def test_the_same_tables_give_the_same_bytes(site: Path, tmp_path: Path) -> None:
    folder = tmp_path / "notebooks"
    folder.mkdir()
    source = paths.notebooks() / "03_trends.ipynb"
    (folder / source.name).write_bytes(source.read_bytes())
    twice = []
    for name in ("one", "two"):
        build_site(site.parent / "tables", tmp_path / name, edition="x", notebooks=folder)
        files = sorted(p for p in (tmp_path / name).rglob("*") if p.is_file())
        twice.append({p.relative_to(tmp_path / name).as_posix(): p.read_bytes() for p in files})
    assert twice[0].keys() == twice[1].keys()
    assert [name for name in twice[0] if twice[0][name] != twice[1][name]] == []


def test_english_first_when_asked(site: Path, tmp_path: Path) -> None:
    folder = tmp_path / "notebooks"
    folder.mkdir()
    _write_notebook(folder / "01_good.ipynb", "page.say(page_words)", setup="page_words = None")
    build_site(site.parent / "tables", tmp_path / "site", edition="x", notebooks=folder, lang="en")
    html = (tmp_path / "site" / "01_good.html").read_text(encoding="utf-8")
    assert html.startswith('<!DOCTYPE html>\n<html lang="en">')
    assert re.search(
        r'<h1><span lang="en">Trial</span> <span class="second" lang="zh-CN">试页', html
    )


@pytest.mark.parametrize("payload", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "＝1", "http://a.b"])
def test_no_cell_becomes_a_formula_or_a_link(payload: str, tmp_path: Path) -> None:
    table = TABLES["texts"]
    frame = table.frame([{"doc_id": "x", "text": payload}])
    write_csv(frame, tmp_path / "t.csv", table)
    write_xlsx(frame, tmp_path / "t.xlsx", table)
    raw = (tmp_path / "t.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    cell = list(csv.reader(raw.decode("utf-8-sig").splitlines()))[1][1]
    assert cell[:1] not in set("=+-@\t＝")
    with zipfile.ZipFile(tmp_path / "t.xlsx") as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
        assert "<f>" not in sheet
        assert "hyperlink" not in sheet
    assert pd.read_csv(tmp_path / "t.csv")["text"][0].lstrip("'") == payload


def test_long_and_controlled_cells_reach_the_sheet(tmp_path: Path) -> None:
    table = TABLES["texts"]
    frame = table.frame([{"doc_id": "x", "text": "\x00\x07" + "法" * 40_000}])
    write_xlsx(frame, tmp_path / "t.xlsx", table)
    with zipfile.ZipFile(tmp_path / "t.xlsx") as book:
        sheet = (
            book.read("xl/sharedStrings.xml").decode()
            if "xl/sharedStrings.xml" in book.namelist()
            else ""
        )
        assert "[见 CSV]" in sheet + book.read("xl/worksheets/sheet1.xml").decode()


def test_a_missing_font_says_where_what_next(monkeypatch: pytest.MonkeyPatch) -> None:
    from govlaw.pages import plots

    monkeypatch.setattr(plots.resources, "files", lambda package: Path("/nonexistent"))
    plots.font_family.cache_clear()
    with pytest.raises(GovlawError, match="zhplot"):
        plots.font_family()
    plots.font_family.cache_clear()


def _write_notebook(path: Path, code: str, setup: str = "") -> None:
    cells = [
        nbformat.v4.new_markdown_cell("# 试页 | Trial\n\n一句。\n\n> A sentence."),
        nbformat.v4.new_code_cell('tables_dir: str = ""\nlang: str = "zh"'),
        nbformat.v4.new_code_cell(
            "import govlaw\nfrom govlaw.pages import Page\n\n"
            f"tables = govlaw.load_tables(tables_dir)\npage = Page(tables, lang=lang)\n{setup}"
        ),
        nbformat.v4.new_code_cell(code),
    ]
    cells[1].metadata["tags"] = ["parameters"]
    notebook = nbformat.v4.new_notebook(cells=cells)
    nbformat.write(notebook, path)
