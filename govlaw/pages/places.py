"""From a place that reports on more than one year to a page of its own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
from markupsafe import Markup

from govlaw.indicator import Indicator
from govlaw.pages.frames import heading
from govlaw.pages.indicators import Grid, answer_link, answer_words
from govlaw.pages.markup import anchor, frame_of, joined, link, named_rows, paragraph, table
from govlaw.pages.sheets import sheet_link
from govlaw.pages.words import Said
from govlaw.stats.indicators import NOT_MENTIONED, derived_rates, indicator_table, panel_table

Toc = list[tuple[str, str, int]]
#: Bytes of rows of the two tables beside the grid.
PART = 12_000


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


def body(
    rows: pd.DataFrame, tables: Any, indicators: Mapping[str, Indicator], lang: str
) -> tuple[Markup, Toc]:
    """The page of one place and its contents: documents, values year by year, errors."""
    wanted = set(rows["doc_id"])
    observations = tables.observations[tables.observations["doc_id"].isin(wanted)]
    verdicts = tables.verdicts[
        tables.verdicts["doc_id"].isin(wanted) & (tables.verdicts["verdict"] == "fail")
    ]
    sections = (
        ("documents", Said("文件", "Documents"), _documents(rows, lang)),
        ("values", Said("逐年指标", "Indicators by year"),
         _values(rows, observations, indicators, lang)),
        ("checks", Said("核对不符", "What does not add up"), _errors(verdicts, lang)),
    )  # fmt: skip
    name = place_name(rows)
    parts: list[Any] = [
        Markup("<h1>{}</h1>").format(name),
        Markup('<p class="lede">{}</p>').format(say_years(rows, observations).html(lang)),
    ]
    for id, said, made in sections:
        parts += [heading(said, id=id, lang=lang), made]
    return joined(parts), [(f"#{id}", said.first(lang), 2) for id, said, _ in sections]


def _documents(rows: pd.DataFrame, lang: str) -> Markup:
    listed = rows[["doc_id", "year", "doc_type", "title", "date_published"]].copy()
    listed.insert(1, "sheet", listed["doc_id"])
    return table(
        listed, lang=lang, name="documents-table", controls=False, weight=PART,
        cells={"doc_id": lambda d: link(f"../sources/{d}.html", d),
               "sheet": lambda d: sheet_link(str(d), lang, up="../")},
    )  # fmt: skip


def _values(
    rows: pd.DataFrame, observations: pd.DataFrame, indicators: Mapping[str, Indicator], lang: str
) -> Markup:
    done = observations[observations["modality"] == "done"]
    made = indicator_table(done, rows)
    years = {str(row.doc_id): int(row.year) for row in named_rows(rows)}
    labels = {doc_id: str(year) for doc_id, year in years.items()}
    grid = Grid(made.obs_ids, done, indicators, labels, years=years)
    said = say_change(largest_change(done), indicators)
    told = paragraph(said, lang) if said else Markup("")
    return told + grid.html("done", Said("已完成的数值", "Values achieved"), lang, up="../")


def _errors(verdicts: pd.DataFrame, lang: str) -> Markup:
    if verdicts.empty:
        return paragraph(Said("没有对不上的算式。", "Nothing fails to add up."), lang)
    return table(
        verdicts[["doc_id", "check_id", "reading"]], lang=lang, name="verdicts", weight=PART,
        cells={"doc_id": lambda d: link(f"../sources/{d}.html", d),
               "check_id": lambda c: link(f"../codebook.html#check-{c}", c)},
    )  # fmt: skip


def say_years(rows: pd.DataFrame, observations: pd.DataFrame) -> Said:
    """How many years a place reports on, and how much of it every year."""
    done = observations[(observations["modality"] == "done") & observations["obs_value"].notna()]
    per = done.groupby("indicator")["year"].nunique()
    years = sorted({int(year) for year in rows["year"]})
    always = int((per == len(years)).sum())
    gaps = [year for year in range(years[0], years[-1]) if year not in years]
    gap_zh = f"{'、'.join(map(str, gaps))} 年没有文件。" if gaps else ""
    gap_en = f" No document for {', '.join(map(str, gaps))}." if gaps else ""
    return Said(
        f"{years[0]}–{years[-1]} 年有 {len(years)} 个年度的文件，共 {len(rows)} 份；"
        f"写出数值的指标 {len(per)} 项，每个年度都写的 {always} 项。{gap_zh}",
        f"{len(rows)} documents on {len(years)} years, {years[0]} to {years[-1]}; {len(per)} "
        f"indicators have a value, {always} of them in every year.{gap_en}",
    )


def largest_change(done: pd.DataFrame) -> tuple[dict[str, Any], dict[str, Any]] | None:
    """The two observations of neighbouring years that differ most, taken relative to the larger.

    Only a value that stands alone in its year, exact and in the same unit, can be compared.
    """
    keys = ["ref_area", "indicator", "year"]
    known = done[(done["status"] == "stated") & (done["bound"] == "exact")].dropna(
        subset=[*keys, "obs_value"]
    )
    single = known[~known.duplicated(keys, keep=False)].sort_values(keys, kind="stable")
    before = single.shift()
    pairs = single[
        (single["ref_area"] == before["ref_area"]) & (single["indicator"] == before["indicator"])
        & (single["year"] - before["year"] == 1)
        & (single["unit_measure"].fillna("") == before["unit_measure"].fillna(""))
    ]  # fmt: skip
    if pairs.empty:
        return None
    one, two = before.loc[pairs.index, "obs_value"].astype(float), pairs["obs_value"].astype(float)
    size = ((two - one).abs() / pd.concat([one, two], axis=1).max(axis=1)).fillna(0)
    top = size.idxmax()
    return dict(before.loc[top]), dict(single.loc[top])


def say_change(
    change: tuple[dict[str, Any], dict[str, Any]] | None, indicators: Mapping[str, Indicator]
) -> Said | None:
    """The largest change in words."""
    if change is None:
        return None
    one, two = change
    known = indicators.get(str(two["indicator"]))
    name = Said(known.name_zh, known.name_en) if known else Said(two["indicator"], two["indicator"])
    zh, en = (
        f"{int(one['year'])} {answer_words(one, lang)} → {int(two['year'])} "
        f"{answer_words(two, lang)}"
        for lang in ("zh", "en")
    )
    return Said(
        f"相邻年度变化最大的是“{name.zh}”：{zh}。自报数字，口径可能有变。",
        f"Largest change between neighbouring years, {name.en}: {en}. Self-reported; the "
        "definition may have changed.",
    )


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
            str(year): _panel_cell(found, said[year], known, f"{indicator}-{area}-{year}", lang)
            for year, found in zip(panel.obs_ids.columns, ids, strict=True)
        }
        place = link(f"places/{anchor(str(area))}.html", names[area])
        rows.append({"place": place, "indicator": indicator, **cells})
    return frame_of(rows)


def _panel_cell(found: Any, said: Any, known: Mapping[str, Any], id: str, lang: str) -> Any:
    if not found:
        return "·" if said == NOT_MENTIONED else said
    words = Markup("<br>").join(answer_link(i, known[i], lang, "") for i in found if i in known)
    return Markup('<div id="{}">{}</div>').format(anchor(f"cell-panel-{id}"), words)


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
