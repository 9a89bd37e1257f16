"""The report: every number leads to its sentence and back, and nothing in it acts or calls out."""

from __future__ import annotations

import csv
import json
import re
import zipfile
from pathlib import Path

import nbformat
import pandas as pd
import pytest
import yaml
from bs4 import BeautifulSoup

import govlaw
from govlaw import paths
from govlaw.errors import GovlawError
from govlaw.pages.downloads import write_csv, write_xlsx
from govlaw.pages.frames import TEMPLATE, script_hash
from govlaw.pages.site import build_site
from govlaw.tables import TABLES
from tests.site_fixtures import active_parts, article_text, elements, pages, site

__all__ = ["site"]
PAYLOADS = yaml.safe_load(
    (Path(__file__).parent / "cases" / "payloads.yml").read_text(encoding="utf-8")
)


def soup(path: Path) -> BeautifulSoup:
    return BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")


def test_every_observation_leads_to_its_sentence_and_back(site: Path) -> None:
    tables = govlaw.load_tables(site.parent / "tables")
    page = soup(site / "04_indicators.html")
    shown = {a["data-obs"]: a for a in page.select("a[data-obs]")}
    sources: dict[str, BeautifulSoup] = {}
    assert len(tables.observations) > 50
    for row in tables.observations.itertuples(index=False):
        there = shown[row.obs_id]["href"]
        address, _, anchor = there.partition("#")
        source = sources.setdefault(address, soup(site / address))
        sentence = source.find(id=anchor)
        assert f"{row.doc_id}:{anchor}" == row.sentence_id
        back = source.select_one(f'a.says[data-obs="{row.obs_id}"]')
        assert back is not None
        assert back in sentence.parent.select("a.says")
        home, _, cell = back["href"].partition("#")
        assert home == "../04_indicators.html"
        assert shown[row.obs_id] in page.find(id=cell).select("a")


def test_sources_hold_the_text_untouched(site: Path) -> None:
    tables = govlaw.load_tables(site.parent / "tables")
    for row in tables.texts.itertuples(index=False):
        html = (site / "sources" / f"{row.doc_id}.html").read_text(encoding="utf-8")
        assert article_text(html) == row.text


def test_every_link_inside_the_report_arrives(site: Path) -> None:
    ids = {name: {a["id"] for _, a in elements(html) if "id" in a} for name, html in pages(site)}
    for name, html in pages(site):
        for tag, attributes in elements(html):
            address = attributes.get("href", "")
            if tag != "a" or not address:
                continue
            target, _, anchor = address.partition("#")
            path = (site / name).parent.joinpath(target).resolve() if target else site / name
            assert path.exists(), f"{name}: {address}"
            if anchor and path.suffix == ".html":
                assert anchor in ids[path.relative_to(site.resolve()).as_posix()], (
                    f"{name}: {address}"
                )


def test_pages_neither_act_nor_call_out(site: Path) -> None:
    for name, html in pages(site):
        assert active_parts(html) == [], name
        assert f"script-src '{script_hash()}'" in html
        assert "default-src 'none'" in html
        assert '<meta name="referrer" content="no-referrer">' in html


def test_pages_are_described_for_everybody(site: Path) -> None:
    for name, html in pages(site):
        found = elements(html)
        assert found[0] == ("html", {"lang": "zh-CN"}), name
        ids = [a["id"] for _, a in found if "id" in a]
        assert len(ids) == len(set(ids)), name
        for tag, attributes in found:
            if tag == "svg":
                assert len(attributes["aria-label"]) > 15
        assert [tag for tag, _ in found].count("h1") == 1, name


def test_pages_stay_small(site: Path) -> None:
    for name, html in pages(site):
        assert len(html.encode()) < 3_000_000, name
    plain = re.sub(
        r"<svg.*?</svg>", "", (site / "03_trends.html").read_text(encoding="utf-8"), flags=re.S
    )
    assert len(plain.encode()) < 100_000
    assert len((TEMPLATE / "page.js").read_bytes()) <= 3 * 1024


def test_front_page_says_what_was_read(site: Path) -> None:
    page = soup(site / "index.html")
    words = page.get_text(" ")
    assert "5 个文件" in words
    assert len(page.select("ol.findings > li")) <= 5
    assert all(li.select("a") for li in page.select("ol.findings > li"))
    assert len(page.select(".cards li")) == 6
    years = {th.get_text(strip=True) for th in page.select("#years thead th")}
    assert {"2017", "2018", "2019", "2020", "2021"} <= years
    for name in TABLES:
        for ending in ("csv", "xlsx", "parquet"):
            assert (site / "tables" / f"{name}.{ending}").exists()


def test_five_places_are_called_no_trend(site: Path) -> None:
    words = soup(site / "03_trends.html").get_text(" ")
    assert "5 个地区中，报告不止一个年度的有 0 个" in words
    assert "2020 年没有文件" in words


def test_contacts_are_hidden_and_left_out_of_the_search(site: Path) -> None:
    tables = govlaw.load_tables(site.parent / "tables")
    contacts = tables.marks[tables.marks["kind"] == "contact"]
    assert len(contacts)
    texts = dict(zip(tables.texts["doc_id"], tables.texts["text"], strict=True))
    search = (site / "search.html").read_text(encoding="utf-8")
    for row in contacts.itertuples(index=False):
        words = texts[row.doc_id][row.start : row.end]
        assert words not in search
        source = soup(site / "sources" / f"{row.doc_id}.html")
        hidden = "".join(s.get_text() for s in source.select("article .contact"))
        assert words.replace("\n", "") in hidden.replace("\n", "")


def test_search_index_holds_every_sentence(site: Path) -> None:
    tables = govlaw.load_tables(site.parent / "tables")
    data = json.loads(soup(site / "search.html").find(id="sentences").string)
    body = tables.sentences[tables.sentences["role"] != "noise"]
    assert len(data["rows"]) == len(body)
    assert any("复议" in words for _, _, words in data["rows"])


def test_documents_cannot_write_into_pages(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    for number, payload in enumerate(PAYLOADS):
        name = re.sub(r"[/\x00]", "", payload)[:60]
        text = (
            f"某县人民政府关于2019年度法治政府建设情况的报告{payload}\n\n"
            f"发布时间:2020-03-04 {payload}\n\n一、{payload}\n\n"
            f"全年受理{payload}5起行政复议案件,{payload}全部办结。"
            f"联系电话:{payload}0437-1234567\n"
        )
        (corpus / f"{number}{name}.txt").write_text(text, encoding="utf-8")
    govlaw.build_tables(corpus, tmp_path / "tables")
    notebook = tmp_path / "notebooks" / "01_hostile.ipynb"
    notebook.parent.mkdir()
    _write_notebook(notebook, "page.table(tables.sentences, 'sentences', ('句', 'sentences'))\n"
                    "page.table(tables.documents, 'documents', ('文件', 'documents'))\n"
                    "page.kwic(govlaw.kwic('复议', tables.sentences))")  # fmt: skip
    result = build_site(
        tmp_path / "tables", tmp_path / "site", edition="x", notebooks=notebook.parent
    )
    assert result.failed == []
    for name, html in pages(tmp_path / "site"):
        assert active_parts(html) == [], name


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
