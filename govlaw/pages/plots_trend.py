"""From the trend table to small multiples in which a missing year stays missing."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence

import pandas as pd
from matplotlib.axes import Axes

from govlaw.pages.plots import (
    ACCENT,
    LINE,
    MUTED,
    PAPER,
    Chart,
    drawing,
    finished,
    new_figure,
    quiet,
)  # fmt: skip
from govlaw.pages.words import Said

_NO_DOCUMENT = Said("无文件", "no document")


def trend_panels(
    trend: pd.DataFrame,
    *,
    names: Mapping[str, str] | None = None,
    joined: Collection[tuple[int, int]] = (),
    lang: str = "zh",
    columns: int = 3,
    cap: int = 12,
) -> Chart:
    """Small multiples: a panel a word group, a point a year with its interval.

    ``joined`` holds the neighbouring years between which a line may be drawn, because at least
    one place reports on both; a year without documents is a hatched gap, never zero. Panels of
    one row share their scale, and the rows run from frequent to rare.
    """
    order = trend.groupby("group")["rate_per_1k_chars"].max().sort_values(ascending=False)
    groups = [str(group) for group in order.index[:cap]]
    rows = max(1, math.ceil(len(groups) / columns))
    with drawing():
        figure = new_figure(1.75 * rows + 0.4)
        grid = figure.subplots(rows, columns, squeeze=False, sharey="row", sharex=True)
        for position, axes in enumerate(grid.flat):
            if position >= len(groups):
                axes.set_visible(False)
                continue
            panel = trend[trend["group"] == groups[position]].sort_values("year")
            _trend_panel(axes, panel, joined, lang, last=position + columns >= len(groups))
            name = (names or {}).get(groups[position], groups[position])
            axes.set_title(name, parse_math=False)
        _rate_label(grid[0][0], lang)
        figure.subplots_adjust(hspace=0.42, wspace=0.12)
        return finished(figure, _trend_alt(trend, groups, names or {}))


def _trend_panel(
    axes: Axes, panel: pd.DataFrame, joined: Collection[tuple[int, int]], lang: str, *, last: bool
) -> None:
    years = [int(year) for year in panel["year"]]
    rates = [None if pd.isna(rate) else float(rate) for rate in panel["rate_per_1k_chars"]]
    quiet(axes, grid="y")
    for year, rate in zip(years, rates, strict=True):
        if rate is None:
            _gap(axes, year, lang)
    for i in range(len(years) - 1):
        one, two = rates[i], rates[i + 1]
        if one is not None and two is not None and (years[i], years[i + 1]) in joined:
            axes.plot(years[i : i + 2], [one, two], color=ACCENT, lw=1.4, zorder=2)
    _points(axes, panel.dropna(subset=["rate_per_1k_chars"]))
    axes.set_xticks(
        years, [f"{y}\nn={int(n)}" for y, n in zip(years, panel["n_docs"], strict=True)]
    )
    axes.tick_params(labelbottom=last)
    axes.set_xlim(min(years) - 0.5, max(years) + 0.5)
    axes.set_ylim(bottom=0)


def _points(axes: Axes, panel: pd.DataFrame) -> None:
    rate = panel["rate_per_1k_chars"].astype(float)
    below = (rate - panel["low"].astype(float)).clip(lower=0).fillna(0)
    above = (panel["high"].astype(float) - rate).clip(lower=0).fillna(0)
    axes.errorbar(
        panel["year"].astype(float), rate, yerr=[below, above], fmt="o", ms=5, color=ACCENT,
        ecolor=MUTED, elinewidth=1, capsize=0, zorder=3,
    )  # fmt: skip


def _gap(axes: Axes, year: int, lang: str) -> None:
    axes.axvspan(year - 0.42, year + 0.42, facecolor="none", edgecolor=LINE, hatch="////", lw=0)
    axes.text(
        year, 0.5, _NO_DOCUMENT.first(lang), transform=axes.get_xaxis_transform(), rotation=90,
        ha="center", va="center", fontsize=8, color=MUTED,
        bbox={"facecolor": PAPER, "edgecolor": "none", "pad": 1.5},
    )  # fmt: skip


def _rate_label(axes: Axes, lang: str) -> None:
    words = Said("次 / 千字", "per 1,000 characters").first(lang)
    axes.annotate(
        words, (0, 1), xycoords="axes fraction", xytext=(-22, 22), textcoords="offset points",
        fontsize=8.5, color=MUTED,
    )  # fmt: skip


def _trend_alt(trend: pd.DataFrame, groups: Sequence[str], names: Mapping[str, str]) -> Said:
    parts = []
    for group in groups:
        panel = trend[trend["group"] == group].sort_values("year")
        points = ", ".join(
            f"{int(y)} {'-' if pd.isna(r) else f'{float(r):.2f}'}"
            for y, r in zip(panel["year"], panel["rate_per_1k_chars"], strict=True)
        )
        parts.append(f"{names.get(group, group)}: {points}")
    figures = "; ".join(parts)
    return Said(f"每千字出现次数，按词组和年度（- 为无文件）。{figures}",
                f"Rate per 1,000 characters, group by year (- no document). {figures}")  # fmt: skip
