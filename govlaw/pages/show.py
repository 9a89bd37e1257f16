"""From a frame or a chart in a notebook to what stands on the page, and in JupyterLab."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd
from IPython.display import HTML, display
from markupsafe import Markup

from govlaw.pages import markup
from govlaw.pages.indicators import Grid
from govlaw.pages.plots import Chart
from govlaw.pages.words import Said

Words = tuple[str, str]


class Page:
    """What the notebooks show themselves with.

    ``tables`` are the study's tables; ``lang`` is the reader's first language.
    """

    def __init__(self, tables: Any, *, lang: str = "zh") -> None:
        self.tables, self.lang = tables, lang
        self._figures = 0

    def _show(self, html: Markup, plain: str) -> None:
        display(HTML(str(html)), metadata={}) if html else print(plain)

    def table(
        self,
        frame: pd.DataFrame,
        name: str,
        title: Words,
        *,
        download: str | None = None,
        cells: Mapping[str, Callable[[Any], Any]] | None = None,
        cap: int = markup.ROW_CAP,
    ) -> None:
        """Show a frame as a table; ids and sentence ids become links."""
        made = markup.table(
            frame, lang=self.lang, name=name, title=Said(*title), download=download, cap=cap,
            cells={**self._links(frame), **(cells or {})},
        )  # fmt: skip
        self._show(made, "")

    def _links(self, frame: pd.DataFrame) -> dict[str, Callable[[Any], Any]]:
        links: dict[str, Callable[[Any], Any]] = {
            "doc_id": lambda d: markup.link(f"sources/{markup.quote(str(d))}.html", d),
            "sentence_id": lambda s: markup.link(markup.source_address(str(s)), s),
        }
        known = set(self.tables.documents["doc_id"])
        return {
            column: lambda v, make=make: v if pd.isna(v) or _document(v) not in known else make(v)
            for column, make in links.items()
            if column in frame.columns
        }

    def figure(self, chart: Chart, name: str, title: Words, data: pd.DataFrame | None = None) -> None:
        """Show a drawing with its number, and the figures behind it as a table."""
        self._figures += 1
        number = Said(f"图 {self._figures}  {title[0]}", f"Figure {self._figures}  {title[1]}")
        behind = Markup("")
        if data is not None:
            shown = markup.table(
                data, lang=self.lang, name=f"{name}-data", cells=self._links(data), controls=False
            )
            words = Said("图中数据", "data of this figure").html(self.lang)
            behind = Markup("<details><summary>{}</summary>{}</details>").format(words, shown)
        self._show(
            Markup('<figure class="plot" id="{}"><figcaption>{}</figcaption>'
                   '<div class="paper" tabindex="0" role="group" aria-label="{}">{}</div>{}</figure>').format(
                markup.anchor(name), number.html(self.lang), number.first(self.lang),
                chart.html(name, self.lang), behind,
            ),
            "",
        )  # fmt: skip

    def say(self, said: Said | None) -> None:
        """A sentence of reading, computed from the tables."""
        if said is not None:
            self._show(markup.paragraph(said, self.lang), "")

    def warn(self, said: Said | None) -> None:
        """A sentence the reader must not miss."""
        if said is not None:
            self._show(markup.paragraph(said, self.lang, kind="caution"), "")

    def kwic(self, rows: pd.DataFrame, name: str = "kwic", *, cap: int = 60) -> None:
        """Show a concordance with the keyword in the middle."""
        self._show(markup.kwic_table(pd.DataFrame(rows), lang=self.lang, name=name, cap=cap), "")

    def grid(self, grid: Grid, name: str, title: Words) -> None:
        """Show indicators by document, every figure a link to its sentence."""
        self._show(grid.html(name, Said(*title), self.lang), "")


def _document(value: Any) -> str:
    return str(value).rpartition(":")[0] if ":s" in str(value) else str(value)
