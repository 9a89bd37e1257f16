"""From the trend table to small multiples in which a missing year stays missing."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from govlaw.pages.plots import (
    ACCENT,
    LINE,
    MUTED,
    PAPER,
    SECOND,
    Chart,
    drawing,
    finished,
    new_figure,
    quiet,
)  # fmt: skip
from govlaw.pages.words import Said, value_label
from govlaw.stats.events import events_of

_NO_DOCUMENT = Said("无文件", "no document")
#: Marker and fill of a kind of document: told apart by shape first.
_KINDS = {
    "annual_report": ("o", ACCENT), "department_report": ("s", ACCENT), "plan": ("D", SECOND),
    "scheme": ("d", SECOND), "special_report": ("^", PAPER), "news_feature": ("v", PAPER),
    "interpretation": ("P", PAPER), "other": ("X", PAPER),
}  # fmt: skip
#: Room between the kinds of one year.
_APART = 0.16
Joined = Mapping[str, Collection[tuple[int, int]]]


def trend_panels(
    trend: pd.DataFrame,
    *,
    names: Mapping[str, str] | None = None,
    joined: Joined | None = None,
    events: pd.DataFrame | None = None,
    lang: str = "zh",
    columns: int = 3,
    cap: int = 12,
) -> Chart:
    """Small multiples: a panel a word group, a point a year and kind of document, its interval.

    ``trend`` is that of ``trend_by_type`` or of ``keyword_trend``. ``joined`` holds for each kind
    the neighbouring years between which a line may be drawn, because at least one place reports on
    both; a year without documents is a hatched gap, never zero. ``events`` stand as lines with
    their number in the list, each in the panels of the groups it concerns. Panels of one row share
    their scale, and the rows run from frequent to rare.
    """
    trend = trend if "doc_type" in trend.columns else trend.assign(doc_type="")
    groups = most_frequent(trend, cap)
    kinds = _kinds(trend)
    rows = max(1, math.ceil(len(groups) / columns))
    with drawing():
        figure = new_figure(1.75 * rows + 0.4)
        grid = figure.subplots(rows, columns, squeeze=False, sharey="row", sharex=True)
        for position, axes in enumerate(grid.flat):
            if position >= len(groups):
                axes.set_visible(False)
                continue
            panel = trend[trend["group"] == groups[position]]
            _trend_panel(axes, panel, kinds, joined or {}, lang)
            axes.tick_params(labelbottom=position + columns >= len(groups))
            _event_lines(axes, groups[position], events)
            name = (names or {}).get(groups[position], groups[position])
            axes.set_title(name, parse_math=False)
        for number, row in enumerate(grid):
            shown = trend["group"].isin(groups[number * columns : (number + 1) * columns])
            row[0].set_ylim(0, _top(trend[shown]))
        _rate_label(grid[0][0], lang)
        _legend(figure, kinds, lang, rows)
        figure.subplots_adjust(hspace=0.46, wspace=0.12)
        return finished(figure, _trend_alt(trend, groups, kinds, names or {}))


def most_frequent(trend: pd.DataFrame, cap: int = 12) -> list[str]:
    """The groups of a trend by their highest rate, as many as a figure holds."""
    highest = trend.groupby("group")["rate_per_1k_chars"].max()
    ordered = highest.sort_values(ascending=False, kind="stable")
    return [str(group) for group in ordered.index[:cap]]


def _kinds(trend: pd.DataFrame) -> list[str]:
    """The kinds that have a document in these years."""
    there = trend[trend["n_docs"] > 0]
    return [str(kind) for kind in dict.fromkeys(there["doc_type"])] or [""]


def _trend_panel(
    axes: Axes, panel: pd.DataFrame, kinds: Sequence[str], joined: Joined, lang: str
) -> None:
    quiet(axes, grid="y")
    n_docs = panel.groupby("year")["n_docs"].sum()
    years = [int(year) for year in n_docs.index]
    for year in years:
        if not n_docs[year]:
            _gap(axes, year, lang)
    for number, kind in enumerate(kinds):
        shift = _APART * (number - (len(kinds) - 1) / 2)
        own = panel[panel["doc_type"] == kind].dropna(subset=["rate_per_1k_chars"])
        _lines(axes, own, joined.get(kind, ()), shift)
        _points(axes, own, kind, shift)
    axes.set_xticks(years, [f"{year}\nn={int(n_docs[year])}" for year in years])
    axes.set_xlim(min(years, default=0) - 0.5, max(years, default=1) + 0.5)


def _top(rows: pd.DataFrame) -> float:
    """The end of the scale of a row of panels: no interval runs out of it."""
    highest = rows[["rate_per_1k_chars", "high"]].astype(float).max().max()
    return 1.06 * highest if highest > 0 else 1.0


def _lines(
    axes: Axes, own: pd.DataFrame, joined: Collection[tuple[int, int]], shift: float
) -> None:
    rates = {
        int(y): float(r) for y, r in zip(own["year"], own["rate_per_1k_chars"], strict=True)
    }  # fmt: skip
    for one, two in sorted(joined):
        if one in rates and two in rates:
            ends = [one + shift, two + shift]
            axes.plot(ends, [rates[one], rates[two]], color=ACCENT, lw=1.4, zorder=2)


def _points(axes: Axes, own: pd.DataFrame, kind: str, shift: float) -> None:
    rate = own["rate_per_1k_chars"].astype(float)
    below = (rate - own["low"].astype(float)).clip(lower=0).fillna(0)
    above = (own["high"].astype(float) - rate).clip(lower=0).fillna(0)
    marker, fill = _KINDS.get(kind, ("o", ACCENT))
    axes.errorbar(
        own["year"].astype(float) + shift, rate, yerr=[below, above], fmt=marker, ms=5,
        color=SECOND if fill == SECOND else ACCENT, mfc=fill, ecolor=MUTED, elinewidth=1,
        capsize=0, zorder=3, clip_on=False,
    )  # fmt: skip


def _event_lines(axes: Axes, group: str, events: pd.DataFrame | None) -> None:
    if events is None:
        return
    low, high = axes.get_xlim()
    # A term that is shown apart is named group:term.
    for event in events_of(group.partition(":")[0], events, range(math.ceil(low), int(high) + 1)):
        axes.axvline(event.at, color=SECOND, lw=0.9, ls=(0, (3, 2)), zorder=1)
        axes.annotate(
            f"{event.Index + 1}", (event.at, 1), xycoords=axes.get_xaxis_transform(),
            xytext=(1.5, -1), textcoords="offset points", va="top", fontsize=8, color=SECOND,
        )  # fmt: skip


def _gap(axes: Axes, year: int, lang: str) -> None:
    axes.axvspan(year - 0.42, year + 0.42, facecolor="none", edgecolor=LINE, hatch="////", lw=0)
    axes.text(
        year, 0.5, _NO_DOCUMENT.first(lang), transform=axes.get_xaxis_transform(), rotation=90,
        ha="center", va="center", fontsize=8, color=MUTED,
        bbox={"facecolor": PAPER, "edgecolor": "none", "pad": 1.5},
    )  # fmt: skip


def _legend(figure: Figure, kinds: Sequence[str], lang: str, rows: int) -> None:
    if len(kinds) < 2:
        return
    handles = []
    for kind in kinds:
        marker, fill = _KINDS.get(kind, ("o", ACCENT))
        edge = SECOND if fill == SECOND else ACCENT
        handles.append(
            Line2D([], [], marker=marker, ms=5.5, mfc=fill, mec=edge, ls="none",
                   label=value_label("doc_type", kind).first(lang))
        )  # fmt: skip
    above = 0.88 + 0.5 / (1.75 * rows + 0.4)
    figure.legend(handles=handles, ncols=4, loc="lower right", bbox_to_anchor=(0.9, above))


def _rate_label(axes: Axes, lang: str) -> None:
    words = Said("次 / 千字", "per 1,000 characters").first(lang)
    axes.annotate(
        words, (0, 1), xycoords="axes fraction", xytext=(-22, 22), textcoords="offset points",
        fontsize=8.5, color=MUTED,
    )  # fmt: skip


def _trend_alt(
    trend: pd.DataFrame, groups: Sequence[str], kinds: Sequence[str], names: Mapping[str, str]
) -> Said:
    zh, en = ([_group_alt(trend, g, kinds, names, lang) for g in groups] for lang in ("zh", "en"))
    return Said(
        f"每千字出现次数，按词组和年度（- 为无文件）。{'; '.join(zh)}",
        f"Rate per 1,000 characters, group by year (- no document). {'; '.join(en)}",
    )


def _group_alt(
    trend: pd.DataFrame, group: str, kinds: Sequence[str], names: Mapping[str, str], lang: str
) -> str:
    said = []
    for kind in kinds:
        own = trend[(trend["group"] == group) & (trend["doc_type"] == kind)].sort_values("year")
        points = ", ".join(
            f"{int(y)} {'-' if pd.isna(r) else f'{float(r):.2f}'}"
            for y, r in zip(own["year"], own["rate_per_1k_chars"], strict=True)
        )
        word = f"{value_label('doc_type', kind).first(lang)} " if len(kinds) > 1 else ""
        said.append(f"{word}{points}")
    return f"{names.get(group, group)}: {' | '.join(said)}"
