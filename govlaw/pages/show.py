"""From a frame or a chart in a notebook to what stands on the page, and in JupyterLab."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any

import pandas as pd
from IPython.display import HTML, display
from markupsafe import Markup

from govlaw.indicator import load_indicators
from govlaw.lexicon import load_lexicon
from govlaw.pages import markup
from govlaw.pages.indicators import Grid, document_labels
from govlaw.pages.plots import Chart
from govlaw.pages.words import Said, value_label

Words = tuple[str, str]


class Page:
    """What the notebooks show themselves with.

    ``tables`` are the study's tables; ``lang`` is the reader's first language.
    """

    def __init__(self, tables: Any, *, lang: str = "zh") -> None:
        self.tables, self.lang = tables, lang
        self._figures = 0

    @cached_property
    def labels(self) -> dict[str, str]:
        """A name for each document, place and year on two lines."""
        return document_labels(self.tables.documents)

    @cached_property
    def names(self) -> dict[str, str]:
        """The same on one line."""
        return {doc_id: label.replace("\n", " ") for doc_id, label in self.labels.items()}

    @cached_property
    def indicators(self) -> dict[str, str]:
        """Names of the indicators in the reader's language."""
        en = self.lang == "en"
        return {i: one.name_en if en else one.name_zh for i, one in load_indicators().items()}

    @cached_property
    def groups(self) -> dict[str, str]:
        """Names of the word groups in the reader's language."""
        en = self.lang == "en"
        return {i: g.name_en if en else g.name_zh for i, g in load_lexicon().groups.items()}

    def name_of(self, column: str, value: Any) -> str:
        """What a document, a code or a year is called in a chart."""
        return self.names.get(str(value)) or value_label(column, value).first(self.lang)

    def _show(self, html: Markup) -> None:
        display(HTML(str(html)))

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
        self._show(made)

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

    def figure(
        self, chart: Chart, name: str, title: Words, data: pd.DataFrame | None = None
    ) -> None:
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
            )
        )  # fmt: skip

    def say(self, said: Said | None) -> None:
        """A sentence of reading, computed from the tables."""
        if said is not None:
            self._show(markup.paragraph(said, self.lang))

    def warn(self, said: Said | None) -> None:
        """A sentence the reader must not miss."""
        if said is not None:
            self._show(markup.paragraph(said, self.lang, kind="caution"))

    def kwic(self, rows: pd.DataFrame, name: str = "kwic", *, cap: int = 60) -> None:
        """Show a concordance with the keyword in the middle."""
        self._show(markup.kwic_table(pd.DataFrame(rows), lang=self.lang, name=name, cap=cap))

    def grid(self, made: Any, name: str, title: Words) -> None:
        """Show an IndicatorTable by document, every figure a link to its sentence."""
        grid = Grid(made.obs_ids, self.tables.observations, load_indicators(), self.labels)
        self._show(grid.html(name, Said(*title), self.lang))


def _document(value: Any) -> str:
    return str(value).rpartition(":")[0] if ":s" in str(value) else str(value)
