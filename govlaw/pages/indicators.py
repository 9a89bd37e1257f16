"""From an IndicatorTable to a grid in which every figure leads to its sentence.

A cell without evidence cannot be made: what stands in it are links, one an observation.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd
from markupsafe import Markup

from govlaw.indicator import Indicator
from govlaw.pages.markup import anchor, link, shown_number, source_address
from govlaw.pages.words import Said, value_label

#: Columns (documents) a grid shows; the observations table holds them all.
COLUMN_CAP = 12
_BOUND = {"about": "约 ", "over": "≥ ", "under": "≤ "}


@dataclass(frozen=True, slots=True)
class Grid:
    """Indicators down, documents across; ``obs_ids`` has the shape of what is shown.

    ``observations`` holds the rows behind the cells, ``documents`` the headings of the columns.
    """

    obs_ids: pd.DataFrame
    observations: pd.DataFrame
    indicators: Mapping[str, Indicator]
    documents: Mapping[str, str]
    cap: int = COLUMN_CAP

    def html(self, name: str, title: Said, lang: str, *, up: str = "") -> Markup:
        """The grid as a table; ``up`` leads to the front page's folder."""
        shown = [d for d in self.documents if d in self.obs_ids.columns][: self.cap]
        rows = self.obs_ids[shown]
        rows = rows[[any(map(bool, row)) for row in rows.itertuples(index=False)]]
        known: Any = self.observations.set_index("obs_id").to_dict("index")
        body = Markup("\n").join(
            self._row(name, str(indicator), zip(shown, ids, strict=True), known, lang, up)
            for indicator, ids in zip(rows.index, rows.itertuples(index=False), strict=True)
        )
        return Markup(
            '<figure class="table grid" id="{}"><figcaption>{}</figcaption>'
            '<p class="tools" hidden><input type="search" placeholder="{tool}" '
            'aria-label="{tool}"></p>'
            '<div class="scroll" tabindex="0" role="region" aria-label="{}"><table class="data">'
            "<thead><tr>{}</tr></thead>\n<tbody>\n{}\n</tbody></table></div>{}</figure>"
        ).format(
            anchor(name), title.html(lang), title.first(lang), self._head(shown, lang, up), body,
            self._tail(len(rows), len(shown), lang, up),
            tool=Said("筛选指标", "filter indicators").first(lang),
        )  # fmt: skip

    def _head(self, shown: list[str], lang: str, up: str) -> Markup:
        first = Markup('<th scope="col">{}</th>').format(Said("指标", "indicator").html(lang))
        return first + Markup("").join(
            Markup('<th scope="col" class="n">{} {}</th>').format(
                self.documents[d].replace("\n", " "), link(f"{up}sources/{d}.html", d)
            )
            for d in shown
        )

    def _row(
        self, name: str, indicator: str, cells: Any, known: Mapping[str, Any], lang: str, up: str
    ) -> Markup:
        definition = self.indicators.get(indicator)
        said = Said(definition.name_zh, definition.name_en) if definition else Said(indicator, "")
        head = Markup('<th scope="row"><a href="{}codebook.html#ind-{}">{}</a>{}</th>').format(
            up, anchor(indicator), said.first(lang),
            Markup(' <span class="second">{}</span>').format(said.second(lang)),
        )  # fmt: skip
        made = (self._cell(name, indicator, doc_id, ids, known, lang, up) for doc_id, ids in cells)
        return Markup("<tr>{}{}</tr>").format(head, Markup("").join(made))

    def _cell(
        self, name: str, indicator: str, doc_id: str, ids: Any, known: Mapping[str, Any],
        lang: str, up: str,
    ) -> Markup:  # fmt: skip
        found = [str(obs_id) for obs_id in (ids or ()) if str(obs_id) in known]
        if not found:
            return Markup('<td class="none">·</td>')
        words = Markup("<br>").join(answer_link(i, known[i], lang, up) for i in found)
        return Markup('<td class="n" id="{}">{}</td>').format(
            anchor(f"cell-{name}-{indicator}-{doc_id}"), words
        )

    def _tail(self, n_rows: int, n_shown: int, lang: str, up: str) -> Markup:
        n_all = len(self.documents)
        said = Said(
            f"显示 {n_rows} 项指标，{n_shown} / 共 {n_all} 份文件",
            f"{n_rows} indicators, {n_shown} of {n_all} documents",
        ).first(lang)
        whole = link(
            f"{up}tables/observations.csv", Said("全部观测", "all observations").first(lang)
        )
        return Markup('<p class="tail"><span>{}</span> {}</p>').format(said, whole)


def answer_link(obs_id: str, row: Mapping[str, Any], lang: str, up: str) -> Markup:
    """The value of an observation as a link to its sentence, with what is special about it."""
    return Markup("{}{}").format(
        link(
            source_address(str(row["sentence_id"]), up=up), answer_words(row, lang),
            data_obs=obs_id, title=str(row["quote"])[:60],
        ),
        _tags(row, lang),
    )  # fmt: skip


def answer_words(row: Mapping[str, Any], lang: str) -> str:
    """The value of an observation as a reader expects it, with its bound and unit.

    >>> answer_words({"obs_value": 2020.0, "obs_value_high": None, "bound": "over",
    ...               "unit_measure": "人次", "status": "stated"}, "zh")
    '≥ 2,020 人次'
    """
    if pd.isna(row["obs_value"]):
        return value_label("status", row["status"]).first(lang)
    value, high = shown_number(float(row["obs_value"])), row["obs_value_high"]
    if not pd.isna(high):
        value = f"{value}–{shown_number(float(high))}"
    unit = "" if pd.isna(row["unit_measure"]) else str(row["unit_measure"])
    mark = _BOUND.get(str(row["bound"]), "")
    return f"{mark}{value}{'' if unit == '%' else ' '}{unit}".rstrip()


def _tags(row: Mapping[str, Any], lang: str) -> Markup:
    said = []
    if row["status"] in ("stated_in_words", "pooled"):
        said.append(value_label("status", row["status"]).first(lang))
    if row["modality"] != "done":
        said.append(value_label("modality", row["modality"]).first(lang))
    return Markup("").join(Markup(' <small class="tag">{}</small>').format(one) for one in said)


def document_labels(documents: pd.DataFrame) -> dict[str, str]:
    """A short name for each document, in reading order: place on one line, year on the other."""
    ordered = documents.sort_values(["year", "doc_id"], na_position="last")
    return {str(row.doc_id): _label(row) for row in ordered.itertuples(index=False)}


def _label(row: Any) -> str:
    place = next((str(p) for p in (row.county, row.city, row.province) if not pd.isna(p)), "")
    year = "" if pd.isna(row.year) else str(int(row.year))
    return "\n".join(part for part in (place or str(row.doc_id), year) if part)
