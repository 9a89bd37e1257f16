"""From a folder of tables and a folder of notebooks to the report one opens in a browser."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import Any

from govlaw import paths
from govlaw.engine.store import load_tables
from govlaw.framework import load_frameworks
from govlaw.indicator import load_indicators
from govlaw.lexicon import load_lexicon
from govlaw.pages import codebook, findings, front, places, search
from govlaw.pages.dossiers import write_dossiers
from govlaw.pages.downloads import write_downloads
from govlaw.pages.exporter import PageExporter, title_of, write_pages
from govlaw.pages.frames import Shelf
from govlaw.pages.indicators import document_labels
from govlaw.pages.markup import anchor
from govlaw.pages.notebooks import (
    Failure,
    Run,
    declared_parameters,
    list_notebooks,
    plan_runs,
    read_notebook,
    read_parameters,
    run_notebooks,
)  # fmt: skip
from govlaw.pages.plots import font_family
from govlaw.pages.words import Said
from govlaw.stats.rules import load_rules

_CELL = re.compile(
    r'<(?:td class="n"|div) id="(cell-[^"]{1,200})">(.{1,20000}?)</(?:td|div)>', re.DOTALL
)
_OBS = re.compile(r'data-obs="([^"]{1,200})"')


@dataclass(frozen=True, slots=True)
class SiteResult:
    """What became of the notebooks; an empty ``failed`` means every page is whole."""

    failed: list[Failure]


def build_site(
    tables_dir: Path,
    out: Path,
    *,
    edition: str,
    parameters: Mapping[str, Mapping[str, Any]] | None = None,
    notebooks: Path | None = None,
    lang: str = "zh",
) -> SiteResult:
    """Write the report into ``out``, which the caller puts in place when all is done.

    A notebook that fails is kept and named on the front page and in the result; the other pages
    appear. Raises ``ParameterError`` before anything runs if a parameter is wrong.
    """
    folder = notebooks or paths.notebooks()
    if parameters is None:
        default = folder / "params" / "default.yml"
        parameters = read_parameters(default) if default.exists() else {}
    font_family()
    tables = load_tables(tables_dir)
    common = {"tables_dir": str(tables_dir.resolve()), "lang": lang}
    planned = plan_runs(folder, parameters, common)
    shelf = Shelf(out, lang=lang, nav=_nav(folder))
    with tempfile.TemporaryDirectory() as scratch:
        runs = run_notebooks(planned, Path(scratch))
    exporter = PageExporter()
    written = {
        address: title_of(run.notebook, run.name)
        for run in runs for address in write_pages(exporter, run, shelf)
    }  # fmt: skip
    _write_rest(tables, tables_dir, runs, written, shelf, edition)
    return SiteResult([run.failure for run in runs if run.failure])


def _nav(folder: Path) -> list[tuple[str, Said]]:
    studies = [
        (f"{p.stem}.html", title_of(read_notebook(p), p.stem)) for p in list_notebooks(folder)
    ]
    return [
        ("index.html", Said("首页", "Home")),
        *studies,
        ("sources/index.html", Said("原文", "Sources")),
        ("search.html", Said("检索", "Search")),
        ("codebook.html", Said("编码本", "Codebook")),
    ]


def _write_rest(
    tables: Any, tables_dir: Path, runs: Sequence[Run], written: Mapping[str, Said], shelf: Shelf,
    edition: str,
) -> None:  # fmt: skip
    labels = document_labels(tables.documents)
    write_downloads(tables, tables_dir, shelf.out / "tables")
    kept = _write_places(tables, shelf)
    of_places = {f"places/{anchor(area)}.html": Said("地区", "place") for area in kept}
    write_dossiers(tables, labels, _cells({**written, **of_places}, shelf), shelf)
    _write_codebook(shelf)
    index, n_all = search.index_of(tables.sentences, tables.marks, labels)
    shelf.put("search.html", Said("检索", "Search"), search.body(index, n_all, shelf.lang))
    told = [(run, title_of(run.notebook, run.name), _lede(run)) for run in runs]
    body, toc = front.body(
        tables, told, findings.find(tables, labels), edition=edition, lang=shelf.lang,
        parameters=_settings(runs), places=kept,
    )  # fmt: skip
    shelf.put("index.html", Said("首页", "Home"), body, toc=toc, kind="front")


def _cells(written: Mapping[str, Said], shelf: Shelf) -> dict[str, list[tuple[str, Said]]]:
    """The cells that show each observation: their addresses and the names of their pages."""
    found: dict[str, list[tuple[str, Said]]] = {}
    for address, title in written.items():
        html = (shelf.out / address).read_text(encoding="utf-8")
        for cell, inner in _CELL.findall(html):
            for obs_id in _OBS.findall(inner):
                found.setdefault(unescape(obs_id), []).append((f"../{address}#{cell}", title))
    return found


def _write_places(tables: Any, shelf: Shelf) -> dict[str, str]:
    kept: dict[str, str] = {}
    for area, rows in places.places_with_years(tables.documents).items():
        name = places.place_name(rows)
        kept[area] = name
        body, toc = places.body(rows, tables, load_indicators(), shelf.lang)
        shelf.put(f"places/{anchor(area)}.html", Said(name, name), body, toc=toc)
    return kept


def _write_codebook(shelf: Shelf) -> None:
    for leaf in codebook.leaves(
        load_indicators(), load_lexicon(), load_frameworks(), load_rules().checks, shelf.lang
    ):
        shelf.put(leaf.address, leaf.title, leaf.body, toc=leaf.toc)


def _lede(run: Run) -> Said:
    """The first paragraph of a notebook and its translation, for its card on the front page."""
    for cell in run.notebook.cells:
        if cell.cell_type == "markdown":
            lines = [line.strip() for line in cell.source.splitlines() if line.strip()]
            zh = next((line for line in lines if line[0] not in "#>"), "")
            en = next((line.lstrip("> ") for line in lines if line.startswith(">")), zh)
            return Said(zh, en)
    return Said("", "")


def _settings(runs: Sequence[Run]) -> dict[str, dict[str, Any]]:
    """The value of every parameter of every notebook, as it was set or declared."""
    return {
        run.name: {
            name: run.parameters.get(name, one.default)
            for name, one in declared_parameters(run.notebook, run.name).items()
        }
        for run in runs
    }
