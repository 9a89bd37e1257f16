"""From a frame or a chart in a notebook to what stands on the page, and in JupyterLab."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any
from urllib.parse import quote

import pandas as pd
from IPython.display import HTML, display
from markupsafe import Markup

from govlaw.indicator import load_indicators
from govlaw.lexicon import load_lexicon
from govlaw.pages import agendas, limits, markup, methods, readings, summaries, vocabulary
from govlaw.pages.homes import shelf_title
from govlaw.pages.indicators import COLUMN_CAP, Grid, document_labels
from govlaw.pages.plots import Chart
from govlaw.pages.plots_checks import quality_dots
from govlaw.pages.plots_text import distinctive_dots
from govlaw.pages.plots_trend import most_frequent
from govlaw.pages.sheets import sheet_link
from govlaw.pages.words import VALUES, Said, plain, value_label
from govlaw.stats.rules import load_rules

Words = tuple[str, str]
ALL = Said("合计", "all")
ONE_SIDE = Said("语料中只有一类文件，无从比较。", "One kind of document only: no comparison.")
NO_GOLD = Said(
    "本语料中没有人工标注过的文件，无从打分。", "No document of this corpus was coded by hand."
)


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

    @property
    def grid_columns(self) -> int:
        """How many documents a grid of values can hold."""
        return COLUMN_CAP

    @property
    def others(self) -> Said:
        """The other side of a comparison."""
        return Said("其余文件", "the rest")

    def values(self, column: str) -> dict[str, Said]:
        """What the codes of a column mean, in both languages."""
        return dict(VALUES[column])

    def labels_of(self, column: str) -> dict[str, str]:
        """What the codes of a column mean, in the reader's language."""
        return {code: said.first(self.lang) for code, said in VALUES[column].items()}

    @property
    def marks(self) -> dict[str, str]:
        """Names of the marks of a sentence in the reader's language."""
        return {name: said.first(self.lang) for name, said in agendas.MARKS.items()}

    def first_labels(self, n: int) -> dict[str, str]:
        """The labels of the first documents, as many as a panel can hold."""
        return dict(list(self.labels.items())[:n])

    def name_of(self, column: str, value: Any) -> Said:
        """What a document, a place, a code or a year is called."""
        known = self.names_of(column).get(str(value)) if column not in VALUES else None
        return plain(known) if known else value_label(column, value)

    def _show(self, html: Markup) -> None:
        display(HTML(str(html)))  # type: ignore[no-untyped-call]

    def table(
        self,
        frame: pd.DataFrame,
        name: str,
        title: Words,
        *,
        download: str | None = None,
        cells: Mapping[str, Callable[[Any], Any]] | None = None,
        labels: Mapping[str, Said] | None = None,
        cap: int = markup.ROW_CAP,
    ) -> None:
        """Show a frame as a table; ids and sentence ids become links."""
        made = markup.table(
            frame, lang=self.lang, name=name, title=Said(*title), download=download, cap=cap,
            cells={**self._links(frame), **(cells or {})},
            labels={**methods.COLUMNS, **(labels or {})},
        )  # fmt: skip
        self._show(made)

    def _links(self, frame: pd.DataFrame) -> dict[str, Callable[[Any], Any]]:
        known = {
            "doc_id": self._document, "sentence_id": self._sentence,
            "sheet": lambda d: sheet_link(str(d), self.lang),
            "indicator": self._indicator, "check_id": self._check,
            "group": lambda g: self.groups.get(str(g), g),
            "other_id": lambda i: self.names.get(str(i)) or shelf_title(str(i)),
        }  # fmt: skip
        return {column: make for column, make in known.items() if column in frame.columns}

    def _document(self, doc_id: Any) -> Any:
        if pd.isna(doc_id) or str(doc_id) not in self.names:
            return doc_id
        words = Markup("{} <small>{}</small>").format(self.names[str(doc_id)], doc_id)
        return markup.link(f"sources/{quote(str(doc_id))}.html", words)

    def _sentence(self, sentence_id: Any) -> Any:
        if pd.isna(sentence_id):
            return None
        return markup.link(markup.source_address(str(sentence_id)), str(sentence_id))

    def _indicator(self, indicator: Any) -> Any:
        if str(indicator) not in self.indicators:
            return ALL.first(self.lang) if indicator == "all" else indicator
        address = f"codebook.html#ind-{markup.anchor(str(indicator))}"
        return markup.link(address, self.indicators[str(indicator)])

    def _check(self, check_id: Any) -> Any:
        rule = load_rules().checks.get(str(check_id))
        words = (
            f"{check_id} {(rule.name_en if self.lang == 'en' else rule.name_zh) if rule else ''}"
        )
        return markup.link(f"codebook.html#check-{markup.anchor(str(check_id))}", words.strip())

    def figure(
        self, chart: Chart, name: str, title: Words, data: pd.DataFrame | None = None,
        *, limit: str = "values",
    ) -> None:  # fmt: skip
        """Show a drawing with its number, what so few documents cannot show, and its figures.

        ``limit`` names what kind of drawing it is, for ``limits.cannot_show``.
        """
        self._figures += 1
        number = Said(f"图 {self._figures}  {title[0]}", f"Figure {self._figures}  {title[1]}")
        behind = Markup("")
        if data is not None:
            shown = markup.table(
                data, lang=self.lang, name=f"{name}-data", cells=self._links(data), controls=False,
                labels=methods.COLUMNS,
            )  # fmt: skip
            words = Said("图中数据", "data of this figure").html(self.lang)
            behind = Markup("<details><summary>{}</summary>{}</details>").format(words, shown)
        drawn = Markup(
            '<figure class="plot" id="{}"><figcaption>{}</figcaption>'
            '<div class="paper" tabindex="0" role="group" aria-label="{}">{}</div>{}{}</figure>'
        )
        self._show(
            drawn.format(
                markup.anchor(name), number.html(self.lang), number.first(self.lang),
                chart.html(name, self.lang), self._limit(limit), behind,
            )
        )  # fmt: skip

    def _limit(self, kind: str) -> Markup:
        said = limits.cannot_show(kind, self.tables.documents)
        return markup.paragraph(said, self.lang, kind="reading limit") if said else Markup("")

    def say(self, said: Said | None) -> None:
        """A sentence of reading, computed from the tables."""
        if said is not None:
            self._show(markup.paragraph(said, self.lang))

    def warn(self, said: Said | None) -> None:
        """A sentence the reader must not miss."""
        if said is not None:
            self._show(markup.paragraph(said, self.lang, kind="caution"))

    def words_apart(self, terms: pd.DataFrame, sides: tuple[Said, Said]) -> None:
        """Show the words that set two sides apart, or say that there is only one side."""
        if terms.empty:
            self.say(ONE_SIDE)
            return
        best = vocabulary.both_ends(terms)
        here, there = sides
        drawn = distinctive_dots(
            best, here=here.first(self.lang), there=there.first(self.lang), lang=self.lang
        )
        title = (f"{here.zh}与{there.zh}的用词差别", f"{here.en} against {there.en}")
        self.figure(drawn, "distinctive", title, data=best.round(3), limit="apart")
        self.say(readings.distinctive(terms, *sides))

    def names_of(self, column: str) -> dict[str, str]:
        """What the units of a grouping are called: documents, roles, kinds, years, places."""
        if column == "doc_id":
            return self.names
        if column == "ref_area":
            return summaries.place_names(self.tables.documents)
        return self.labels_of(column) if column in VALUES else {}

    def lines(self, trend: pd.DataFrame, name: str, *, each: int = 2) -> None:
        """Show a few places where the words of a trend's panels stand."""
        groups = most_frequent(trend)
        self.kwic(vocabulary.mention_lines(self.tables, trend, groups, each=each), name)

    def kwic(self, rows: pd.DataFrame, name: str = "kwic", *, cap: int = 60) -> None:
        """Show a concordance with the keyword in the middle."""
        self._show(markup.kwic_table(pd.DataFrame(rows), lang=self.lang, name=name, cap=cap))

    def grid(self, made: Any, name: str, title: Words) -> None:
        """Show an IndicatorTable by document, every figure a link to its sentence."""
        grid = Grid(made.obs_ids, self.tables.observations, load_indicators(), self.labels)
        self._show(grid.html(name, Said(*title), self.lang))

    def quality(self, scores: pd.DataFrame, by: str, title: Words) -> None:
        """Show scores against coding by hand, or say that there is none for this corpus."""
        if scores.empty:
            self.say(NO_GOLD)
            return
        rows = scores.assign(**{by: [self._name(by, value) for value in scores[by]]})
        below = rows[(rows["f1"] < 1) | (scores[by] == "all")]
        if len(below) > 1:
            drawn = quality_dots(below, by=by, lang=self.lang)
            self.figure(drawn, f"quality-{by}", title, data=scores, limit="quality")
        self.say(readings.quality(rows, by))
        if len(below) < 2:
            self.table(scores, f"quality-{by}", title)

    def _name(self, column: str, value: Any) -> str:
        if column not in VALUES and column != "indicator":
            return value_label(column, value).first(self.lang)
        known = self.indicators if column == "indicator" else self.labels_of(column)
        return ALL.first(self.lang) if value == "all" else known.get(str(value), str(value))
