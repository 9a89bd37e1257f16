"""From observations to tables of indicators: values and their evidence, of one shape."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from govlaw.indicator import Indicator
from govlaw.stats.findings import number
from govlaw.stats.rows import each_row
from govlaw.stats.rules import Rules, load_rules
from govlaw.tables import TABLES

Cell = float | str
#: From the best that can be known of an indicator to nothing.
_RANKS = ("stated", "pooled", "stated_in_words", "no_number", "not_mentioned")
_STATED = _RANKS[:3]
_SIGNS = {"over": "≥", "under": "≤", "about": "≈"}
NOT_MENTIONED, NO_NUMBER, NO_DOCUMENT = "未提及", "只提及", "无文件"


@dataclass(frozen=True, slots=True)
class IndicatorTable:
    """Values, the ids behind them and where they conflict: three frames of one shape.

    A cell is a number where one exact value is stated; words tell everything else: ``≥200``,
    ``文字:0``, ``合并:288``, ``4100 / 4800``, ``只提及``, ``未提及``.
    """

    values: pd.DataFrame
    obs_ids: pd.DataFrame
    conflicts: pd.DataFrame

    @property
    def empty(self) -> bool:
        """Whether there is nothing to show."""
        return self.values.empty


def indicator_table(
    observations: pd.DataFrame,
    documents: pd.DataFrame,
    *,
    by: str = "doc_id",
    indicators: Collection[str] | None = None,
    modality: Sequence[str] = ("done",),
) -> IndicatorTable:
    """Indicators in rows, documents (or another column of documents) in columns.

    Only what was done counts unless ``modality`` says otherwise: a plan's numbers are no results.
    """
    rows = observations[observations["modality"].isin(modality)]
    if by not in ("doc_id", "year", "ref_area"):
        rows = rows.merge(documents[["doc_id", by]], on="doc_id", how="left")
    wanted = list(indicators if indicators is not None else dict.fromkeys(rows["indicator"]))
    columns = list(dict.fromkeys(documents[by].dropna()))
    index = pd.Index(wanted, name="indicator")
    groups = dict(list(rows.groupby(["indicator", by], sort=False)))
    cells = {c: [_cell(groups.get((name, c))) for name in wanted] for c in columns}
    return _table(cells, index, pd.Index(columns, name=by))


def panel_table(observations: pd.DataFrame, documents: pd.DataFrame) -> IndicatorTable:
    """Places and indicators in rows, every year from the first to the last in columns.

    A year without a document of the place says 无文件, which is neither zero nor silence.
    """
    known = documents.dropna(subset=["ref_area", "year"])
    if known.empty:
        return _table({}, pd.MultiIndex.from_arrays([[], []], names=["ref_area", "indicator"]), [])
    years = range(int(known["year"].min()), int(known["year"].max()) + 1)
    covered = {(row.ref_area, int(row.year)) for row in each_row(known)}
    rows = observations[observations["modality"] == "done"].dropna(subset=["ref_area", "year"])
    keys = sorted(set(zip(rows["ref_area"], rows["indicator"], strict=True)))
    groups: dict[Any, pd.DataFrame] = dict(list(rows.groupby(["ref_area", "indicator", "year"])))
    cells = {
        year: [
            _cell(
                groups.get((area, name, year)),
                NOT_MENTIONED if (area, year) in covered else NO_DOCUMENT,
            )
            for area, name in keys
        ]
        for year in years
    }
    index = pd.MultiIndex.from_tuples(keys, names=["ref_area", "indicator"]) if keys else (
        pd.MultiIndex.from_arrays([[], []], names=["ref_area", "indicator"])
    )  # fmt: skip
    return _table(cells, index, pd.Index(list(years), name="year"))


def _table(
    cells: Mapping[Any, Sequence[tuple[Cell, tuple[str, ...], bool]]], index: Any, columns: Any
) -> IndicatorTable:
    frames = []
    for part in range(3):
        made = {
            column: [cell[part] for cell in column_cells] for column, column_cells in cells.items()
        }
        frame = pd.DataFrame(made, index=index, columns=columns, dtype=object)
        frames.append(frame.astype(bool) if part == 2 and frame.size else frame)
    return IndicatorTable(*frames)


def _cell(
    rows: pd.DataFrame | None, silence: str = NOT_MENTIONED
) -> tuple[Cell, tuple[str, ...], bool]:
    """One cell: what is shown, the observations behind it, whether they disagree."""
    if rows is None or rows.empty:
        return silence, (), False
    best = next(status for status in _RANKS if (rows["status"] == status).any())
    rows = (
        rows[rows["status"] == best] if best == "no_number" else rows[rows["status"].isin(_STATED)]
    )
    ids = tuple(rows["obs_id"])
    if best == "no_number":
        return NO_NUMBER, ids, False
    shown = list(dict.fromkeys(_shown(row) for row in each_row(rows)))
    if len(shown) == 1:
        return shown[0], ids, False
    text = " / ".join(number(value) if isinstance(value, float) else value for value in shown)
    return text, ids, not _is_sum(shown)


def _shown(row: Any) -> Cell:
    if pd.isna(row.obs_value):
        return "文字"
    value = float(row.obs_value)
    if row.status != "stated":
        return f"{'合并' if row.status == 'pooled' else '文字'}:{number(value)}"
    if not pd.isna(row.obs_value_high):
        return f"{number(value)}–{number(float(row.obs_value_high))}"
    bound = "exact" if pd.isna(row.bound) else row.bound
    return _SIGNS[bound] + number(value) if bound in _SIGNS else value


def _is_sum(shown: Sequence[Cell]) -> bool:
    """取消和下放41项,其中取消23项、下放18项: the largest is the sum of the others."""
    values = sorted(value for value in shown if isinstance(value, float))
    return len(values) == len(shown) > 2 and abs(sum(values[:-1]) - values[-1]) < 1e-6


def coverage(
    observations: pd.DataFrame, documents: pd.DataFrame, indicators: Mapping[str, Indicator]
) -> pd.DataFrame:
    """The best status of every indicator in every document; what is only planned has no number."""
    best: dict[tuple[str, str], int] = {}
    for row in each_row(observations):
        status = row.status if row.modality in ("done", "ongoing") else "no_number"
        rank = _RANKS.index(status)
        key = (row.doc_id, row.indicator)
        best[key] = min(rank, best.get(key, rank))
    last = len(_RANKS) - 1
    return TABLES["coverage"].frame(
        {"doc_id": doc_id, "indicator": name, "status": _RANKS[best.get((doc_id, name), last)]}
        for doc_id in documents["doc_id"]
        for name in indicators
    )


def derived_rates(observations: pd.DataFrame, *, rules: Rules | None = None) -> pd.DataFrame:
    """Rates the reports do not state but their counts give, each marked as derived.

    One row a document and rate where numerator and denominator are exact and single.
    """
    loaded = rules or load_rules()
    tests = [t for rule in loaded.checks.values() for t in rule.tests if t.kind == "rate"]
    done = observations[(observations["modality"] == "done") & observations["status"].isin(_STATED)]
    rows = []
    for doc_id, own in done.groupby("doc_id", sort=False):
        by_name = dict(list(own.groupby("indicator")))
        for test in tests:
            part, whole = by_name.get(test.part_ids[0]), by_name.get(test.whole_ids[0])
            if test.rate in by_name or part is None or whole is None:
                continue
            if _is_single(part) and _is_single(whole):
                rows.append(_derived(str(doc_id), test.rate, part.iloc[0], whole.iloc[0]))
    columns = ["doc_id", "indicator", "value", "numerator", "denominator", "is_derived", "obs_ids"]
    return pd.DataFrame([row for row in rows if row], columns=columns)


def _is_single(rows: pd.DataFrame) -> bool:
    return len(rows) == 1 and bool((rows["bound"] == "exact").all())


def _derived(doc_id: str, name: str, part: Any, whole: Any) -> dict[str, Any] | None:
    if not whole.obs_value or part.obs_value > whole.obs_value:
        return None
    return {
        "doc_id": doc_id, "indicator": name,
        "value": round(100 * part.obs_value / whole.obs_value, 2),
        "numerator": part.obs_value, "denominator": whole.obs_value, "is_derived": True,
        "obs_ids": f"{part.obs_id} {whole.obs_id}",
    }  # fmt: skip
