"""From a place that reports on more than one year to a page of its own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
from markupsafe import Markup

from govlaw.indicator import Indicator
from govlaw.pages.indicators import Grid, answer_link, document_labels
from govlaw.pages.markup import frame_of, joined, link, table
from govlaw.pages.words import Said
from govlaw.stats.indicators import NOT_MENTIONED, derived_rates, indicator_table, panel_table


def places_with_years(documents: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """The documents of each place that reports on more than one year."""
    known = documents.dropna(subset=["ref_area", "year"])
    return {
        str(area): rows.sort_values("year")
        for area, rows in known.groupby("ref_area")
        if rows["year"].nunique() > 1
    }


def place_name(rows: pd.DataFrame) -> str:
    """The full name of a place, written once where province and city are the same."""
    last = rows.iloc[-1]
    parts = [last[c] for c in ("province", "city", "county") if not pd.isna(last[c])]
    return "".join(dict.fromkeys(parts))


def body(rows: pd.DataFrame, tables: Any, indicators: Mapping[str, Indicator], lang: str) -> Markup:
    """The page of one place: its documents, its values side by side, what does not add up."""
    wanted = set(rows["doc_id"])
    observations = tables.observations[tables.observations["doc_id"].isin(wanted)]
    made = indicator_table(observations, rows)
    grid = Grid(made.obs_ids, observations, indicators, document_labels(rows))
    listed = rows[["doc_id", "year", "doc_type", "title", "date_published"]]
    cells = {"doc_id": lambda d: link(f"../sources/{d}.html", d)}
    verdicts = tables.verdicts[
        tables.verdicts["doc_id"].isin(wanted) & (tables.verdicts["verdict"] == "fail")
    ]
    return joined(
        (
            Markup("<h1>{}</h1>").format(place_name(rows)),
            table(listed, lang=lang, name="documents", title=Said("文件", "Documents"),
                  cells=cells),
            grid.html("values", Said("指标值", "Values"), lang, up="../"),
            table(verdicts[["doc_id", "check_id", "reading"]], lang=lang, name="verdicts",
                  title=Said("核对不符", "What does not add up"), cells=cells),
        )
    )  # fmt: skip


def panel_rows(tables: Any, lang: str) -> pd.DataFrame:
    """Indicators by year for every place that reports on more than one year.

    Every value is a link to its sentence; a year without a document says so.
    """
    several = places_with_years(tables.documents)
    mine = tables.documents[tables.documents["ref_area"].isin(list(several))]
    panel = panel_table(tables.observations, mine)
    known: Any = tables.observations.set_index("obs_id").to_dict("index")
    names = {area: place_name(rows) for area, rows in several.items()}
    rows = []
    for (area, indicator), ids in zip(
        panel.obs_ids.index, panel.obs_ids.itertuples(index=False), strict=True
    ):
        if area not in names:
            continue
        said = panel.values.loc[(area, indicator)]
        cells = {
            str(year): _panel_cell(found, said[year], known, lang)
            for year, found in zip(panel.obs_ids.columns, ids, strict=True)
        }
        rows.append({"place": names[area], "indicator": indicator, **cells})
    return frame_of(rows)


def _panel_cell(found: Any, said: Any, known: Mapping[str, Any], lang: str) -> Any:
    if not found:
        return "·" if said == NOT_MENTIONED else said
    return Markup("<br>").join(answer_link(i, known[i], lang, "") for i in found if i in known)


def say_panel(panel: pd.DataFrame) -> Said:
    """How far a panel can be read, computed from it."""
    if panel.empty:
        return Said(
            "没有一个地区报告不止一个年度，面板为空。",
            "No place reports on more than one year: the panel is empty.",
        )
    n_places, n_values = panel["place"].nunique(), len(panel)
    return Said(
        f"{n_places} 个地区报告不止一个年度，共 {n_values} 行；· 表示当年报告没有提到。",
        f"{n_places} places report on more than one year, {n_values} rows; a dot: not mentioned.",
    )


def derived_rows(tables: Any) -> pd.DataFrame:
    """Rates that no report states but its counts give, each with the two counts it rests on."""
    rates = derived_rates(tables.observations)
    known: Any = tables.observations.set_index("obs_id")["sentence_id"].to_dict()
    rates["sentence_id"] = [known[ids.split()[0]] for ids in rates["obs_ids"]]
    rates["value"] = rates["value"].round(2)
    return rates[["doc_id", "indicator", "value", "numerator", "denominator", "sentence_id"]]
