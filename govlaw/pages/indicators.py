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
from govlaw.pages.codebook import definition_address
from govlaw.pages.markup import anchor, link, shown_number, source_address, whole_table
from govlaw.pages.sparks import sparkline
from govlaw.pages.words import Said, value_label

#: Columns (documents) a grid shows; the observations table holds them all.
COLUMN_CAP = 12
#: Observations a grid shows: with more it would be too heavy for its page.
ANSWER_CAP = 260
_BOUND = {"about": "约 ", "over": "≥ ", "under": "≤ "}


@dataclass(frozen=True, slots=True)
class Grid:
    """Indicators down, documents across; ``obs_ids`` has the shape of what is shown.

    ``observations`` holds the rows behind the cells, ``documents`` the headings of the columns.
    With ``years`` of the documents each row ends in a small line of its values.
    """

    obs_ids: pd.DataFrame
    observations: pd.DataFrame
    indicators: Mapping[str, Indicator]
    documents: Mapping[str, str]
    cap: int = COLUMN_CAP
    years: Mapping[str, int] | None = None

    def html(self, name: str, title: Said, lang: str, *, up: str = "") -> Markup:
        """The grid as a table; ``up`` leads to the front page's folder."""
        shown = self._shown()
        rows = self.obs_ids[shown]
        rows = rows[[any(map(bool, row)) for row in rows.itertuples(index=False)]]
        known: Any = self.observations.set_index("obs_id").to_dict("index")
        body = Markup("\n").join(
            self._row(name, str(indicator), dict(zip(shown, ids, strict=True)), known, lang, up)
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

    def _shown(self) -> list[str]:
        """The first documents, as many as a page can carry, and never none."""
        fitting: list[str] = []
        answers = 0
        for doc_id in [d for d in self.documents if d in self.obs_ids.columns][: self.cap]:
            answers += sum(len(ids or ()) for ids in self.obs_ids[doc_id])
            if fitting and answers > ANSWER_CAP:
                break
            fitting.append(doc_id)
        return fitting

    def _head(self, shown: list[str], lang: str, up: str) -> Markup:
        first = Markup('<th scope="col">{}</th>').format(Said("指标", "indicator").html(lang))
        line = Said("走势", "trend").html(lang) if self.years else ""
        last = Markup('<th scope="col">{}</th>').format(line) if line else Markup("")
        return first + last + Markup("").join(
            Markup('<th scope="col" class="n">{}<br>{}</th>').format(
                Markup("<br>").join(self.documents[d].split("\n")),
                link(f"{up}sources/{d}.html", d),
            )
            for d in shown
        )  # fmt: skip

    def _row(
        self, name: str, indicator: str, cells: Mapping[str, Any], known: Mapping[str, Any],
        lang: str, up: str,
    ) -> Markup:  # fmt: skip
        definition = self.indicators.get(indicator)
        said = Said(definition.name_zh, definition.name_en) if definition else Said(indicator, "")
        head = Markup('<th scope="row"><a href="{}">{}</a>{}</th>').format(
            definition_address(indicator, up=up), said.first(lang),
            Markup(' <span class="second">{}</span>').format(said.second(lang)),
        )  # fmt: skip
        line = Markup("<td>{}</td>").format(self._line(cells, known, said.first(lang)))
        made = (self._cell(name, indicator, d, ids, known, lang, up) for d, ids in cells.items())
        return Markup("<tr>{}{}{}</tr>").format(
            head, line if self.years else "", Markup("").join(made)
        )

    def _line(self, cells: Mapping[str, Any], known: Mapping[str, Any], what: str) -> Markup:
        """The values of the years in which one number was given, all in the same unit."""
        found: dict[int, list[Mapping[str, Any]]] = {}
        for doc_id, ids in cells.items():
            rows = [known[str(i)] for i in (ids or ()) if str(i) in known]
            found.setdefault((self.years or {}).get(doc_id, 0), []).extend(rows)
        single = {year: rows[0] for year, rows in found.items() if len(rows) == 1}
        values = {
            year: float(row["obs_value"])
            for year, row in single.items() if not pd.isna(row["obs_value"])
        }  # fmt: skip
        units = {str(single[year]["unit_measure"]) for year in values}
        return sparkline(values, list(found), what) if len(units) == 1 else Markup("")

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
        whole = whole_table("observations", Said("全部观测", "all observations"), lang, up)
        return Markup('<p class="tail"><span>{}</span>{}</p>').format(said, whole)


def answer_link(obs_id: str, row: Mapping[str, Any], lang: str, up: str) -> Markup:
    """The value of an observation as a link to its sentence, with what is special about it."""
    return Markup("{}{}").format(
        link(
            source_address(str(row["sentence_id"]), up=up), answer_words(row, lang),
            data_obs=obs_id,
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
