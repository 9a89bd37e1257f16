"""From a place that reports on more than one year to a page of its own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
from markupsafe import Markup

from govlaw.indicator import Indicator
from govlaw.pages.indicators import Grid, document_labels
from govlaw.pages.markup import joined, link, table
from govlaw.pages.words import Said
from govlaw.stats.indicators import indicator_table


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
