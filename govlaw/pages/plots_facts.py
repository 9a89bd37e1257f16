"""From tables of facts to drawings: what is stated where, and values by place."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from govlaw.pages.markup import named_rows, shown_number
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
    text,
    tick_words,
)  # fmt: skip
from govlaw.pages.words import Said, value_label
from govlaw.tables import STATUSES

#: Marker, fill, size: shapes first, colour second.
_STATUS_MARKS = {
    "stated": ("o", ACCENT, 6.5), "stated_in_words": ("s", ACCENT, 5.5),
    "pooled": ("D", SECOND, 5.5), "no_number": ("o", PAPER, 6), "not_mentioned": (".", LINE, 3.5),
}  # fmt: skip
_DOCUMENT_CAP = 24


def coverage_map(
    coverage: pd.DataFrame, *, names: Mapping[str, str], documents: Mapping[str, str],
    lang: str = "zh",
) -> Chart:  # fmt: skip
    """Which document states which indicator, and how; many documents become shares.

    ``names`` and ``documents`` give the labels and the order of rows and columns.
    """
    shown = coverage[coverage["indicator"].isin(list(names))]
    if len(documents) > _DOCUMENT_CAP:
        return _coverage_bars(shown, names, lang)
    halves = 2 if len(names) > 16 else 1
    rows = math.ceil(len(names) / halves)
    with drawing():
        figure = new_figure(0.235 * rows + 1.0)
        panels = figure.subplots(1, halves, squeeze=False)[0]
        for number, axes in enumerate(panels):
            part = list(names)[number * rows : (number + 1) * rows]
            _coverage_panel(axes, shown, part, names, documents, rows)
        panels[0].legend(
            handles=_status_legend(lang), ncols=5, loc="lower left", bbox_to_anchor=(-0.55, -0.02),
            bbox_transform=panels[0].transAxes, handletextpad=0.2, columnspacing=1.4,
        )  # fmt: skip
        panels[0].get_legend().set_loc("upper left")
        figure.subplots_adjust(wspace=0.75)
        return finished(figure, _coverage_alt(shown, documents))


def _coverage_panel(
    axes: Axes, coverage: pd.DataFrame, part: Sequence[str], names: Mapping[str, str],
    documents: Mapping[str, str], rows: int,
) -> None:  # fmt: skip
    quiet(axes, grid=None, keep=())
    columns, lines = {d: i for i, d in enumerate(documents)}, {n: i for i, n in enumerate(part)}
    axes.hlines(range(len(part)), -0.4, len(columns) - 0.6, color=LINE, lw=0.6, zorder=0)
    for status, (marker, fill, size) in _STATUS_MARKS.items():
        rows_of = coverage[coverage["status"] == status]
        points = [
            (columns[d], lines[i])
            for d, i in zip(rows_of["doc_id"], rows_of["indicator"], strict=True)
            if d in columns and i in lines
        ]
        edge = LINE if status == "not_mentioned" else (SECOND if fill == SECOND else ACCENT)
        axes.plot(
            [x for x, _ in points], [y for _, y in points], marker, ms=size, mfc=fill, mec=edge,
            mew=1.1, ls="none", zorder=3,
        )  # fmt: skip
    axes.set_yticks(range(len(part)), [_short(names[i]) for i in part])
    many = len(columns) > 6
    heads = [_on_one_line(head) if many else head for head in documents.values()]
    axes.set_xticks(range(len(columns)), heads)
    axes.xaxis.tick_top()
    axes.tick_params(axis="x", rotation=90 if many else 0)
    tick_words([*axes.get_yticklabels(), *axes.get_xticklabels()])
    axes.set_xlim(-0.6, len(columns) - 0.4)
    axes.set_ylim(rows - 0.4, -0.6)


def _on_one_line(head: str) -> str:
    """A place and its year for an upright label: two lines of it would run into the next."""
    place, _, year = head.rpartition("\n")
    return f"{_short(place.strip(), 7)} {year}" if place else _short(head, 12)


def _short(name: str, cap: int = 15) -> str:
    return name if len(name) <= cap else f"{name[: cap - 1]}…"


def _status_legend(lang: str) -> list[Line2D]:
    return [
        Line2D([], [], marker=marker, ms=size, mfc=fill, mec=SECOND if fill == SECOND else ACCENT,
               ls="none", label=value_label("status", status).first(lang))
        for status, (marker, fill, size) in _STATUS_MARKS.items()
    ]  # fmt: skip


def _coverage_bars(coverage: pd.DataFrame, names: Mapping[str, str], lang: str) -> Chart:
    counts = coverage.groupby(["indicator", "status"]).size().unstack(fill_value=0)
    counts = counts.reindex(index=list(names), columns=list(STATUSES), fill_value=0)
    shares = counts.div(counts.sum(axis=1).clip(lower=1), axis=0)
    looks = (("", ACCENT, 0.95), ("....", ACCENT, 0.5), ("////", SECOND, 0.6), ("", ACCENT, 0.15))
    with drawing():
        figure = new_figure(0.22 * len(names) + 0.8)
        axes = figure.subplots()
        quiet(axes)
        left = pd.Series(0.0, index=shares.index)
        for status, (hatch, colour, alpha) in zip(STATUSES, looks, strict=False):
            axes.barh(
                range(len(shares)), shares[status], left=left, height=0.62, color=colour,
                alpha=alpha, hatch=hatch, edgecolor=PAPER,
                label=value_label("status", status).first(lang),
            )  # fmt: skip
            left = left + shares[status]
        axes.set_yticks(range(len(shares)), list(names.values()))
        axes.set_ylim(len(shares) - 0.4, -0.6)
        axes.set_xlim(0, 1)
        axes.set_xticks([0, 0.25, 0.5, 0.75, 1], ["0", "25%", "50%", "75%", "100%"])
        axes.legend(ncols=4, loc="lower left", bbox_to_anchor=(0, 1.0))
        return finished(figure, _coverage_alt(coverage, {}))


def _coverage_alt(coverage: pd.DataFrame, documents: Mapping[str, str]) -> Said:
    stated = coverage[coverage["status"].isin(["stated", "stated_in_words", "pooled"])]
    per = stated.groupby("doc_id").size()
    each = "; ".join(
        f"{name} {int(per.get(doc_id, 0))}".replace("\n", " ") for doc_id, name in documents.items()
    )
    n_all = coverage["indicator"].nunique()
    return Said(f"指标覆盖图：共 {n_all} 项指标，各文件写明的项数：{each}",
                f"Coverage of {n_all} indicators; stated by document: {each}")  # fmt: skip


def place_dots(
    values: pd.DataFrame, *, names: Mapping[str, str], documents: Mapping[str, str],
    units: Mapping[str, str] | None = None, columns: int = 3, lang: str = "zh",
) -> Chart:  # fmt: skip
    """A panel an indicator, a line a document; each panel has the scale of its own unit.

    ``values`` has the columns indicator, doc_id, obs_value, obs_value_high, bound.
    """
    wanted = [i for i in names if i in set(values["indicator"])]
    rows, places = max(1, math.ceil(len(wanted) / columns)), list(documents)
    said = []
    with drawing():
        figure = new_figure((0.24 * len(places) + 0.55) * rows)
        grid = figure.subplots(rows, columns, squeeze=False, sharey=True)
        for axes in grid.flat[len(wanted) :]:
            axes.set_visible(False)
        for indicator, axes in zip(wanted, grid.flat, strict=False):
            part = values[values["indicator"] == indicator]
            _place_panel(axes, part, places)
            unit = (units or {}).get(indicator, "")
            axes.set_title(f"{names[indicator]}{f' ({unit})' if unit else ''}", parse_math=False)
            axes.set_yticks(range(len(places)), [documents[d].replace("\n", " ") for d in places])
            tick_words(axes.get_yticklabels())
            said.append(_place_alt(part, names[indicator], documents))
        figure.subplots_adjust(hspace=0.45, wspace=0.16)
        alt = "; ".join(said)
        return finished(figure, Said(f"各地指标值。{alt}", f"Values by place. {alt}"))


def _place_panel(axes: Axes, part: pd.DataFrame, places: Sequence[str]) -> None:
    quiet(axes, grid=None, keep=())
    axes.hlines(range(len(places)), 0, 1, color=LINE, lw=0.6, transform=axes.get_yaxis_transform())
    lines = {d: i for i, d in enumerate(places)}
    known = part["obs_value"].dropna()
    top = float(known.max() if len(known) else 0) or 1.0
    for row in named_rows(part):
        if row.doc_id not in lines or pd.isna(row.obs_value):
            continue
        y, value = lines[row.doc_id], float(row.obs_value)
        exact = row.bound == "exact"
        axes.plot(
            value, y, "o", ms=6, mfc=ACCENT if exact else PAPER, mec=ACCENT, mew=1.2, zorder=3
        )
        text(axes, value + top * 0.06, y, shown_number(value), va="center", fontsize=8.5,
             color=MUTED, bbox={"facecolor": PAPER, "edgecolor": "none", "pad": 0.6})  # fmt: skip
    axes.set_xlim(-0.05 * top, top * 1.32)
    axes.set_ylim(len(places) - 0.4, -0.6)
    axes.set_xticks([])


def _place_alt(part: pd.DataFrame, name: str, documents: Mapping[str, str]) -> str:
    found = [
        f"{documents[d]} {shown_number(float(v))}".replace("\n", " ")
        for d, v in zip(part["doc_id"], part["obs_value"], strict=True)
        if d in documents and not pd.isna(v)
    ]
    return f"{name}: {', '.join(found)}"
