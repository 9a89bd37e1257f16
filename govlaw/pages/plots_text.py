"""From word tables to drawings: typical words, distinctive words, likeness."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle
from scipy.cluster.hierarchy import dendrogram

from govlaw.pages.plots import (
    ACCENT,
    INK,
    LINE,
    MUTED,
    PAPER,
    SECOND,
    WIDTH,
    Chart,
    drawing,
    finished,
    new_figure,
    quiet,
    text,
    tick_words,
)  # fmt: skip
from govlaw.pages.words import Said
from govlaw.stats.clusters import merges

_LONGEST = 9  # characters of a word beside its point


def term_dots(
    weights: pd.DataFrame, *, by: str, names: Mapping[str, str] | None = None, top: int = 10,
    columns: int = 3, cap: int = 9, lang: str = "zh",
) -> Chart:  # fmt: skip
    """Small multiples of the heaviest words of each document, year, role or place."""
    keys = list(dict.fromkeys(weights[by]))[:cap]
    rows = max(1, math.ceil(len(keys) / columns))
    said: list[str] = []
    widest = float(weights["tf_idf"].max()) if len(weights) else 1.0
    with drawing():
        figure = new_figure((0.19 * top + 0.55) * rows)
        grid = figure.subplots(rows, columns, squeeze=False, sharex=True)
        for axes in grid.flat[len(keys) :]:
            axes.set_visible(False)
        for key, axes in zip(keys, grid.flat, strict=False):
            best = weights[weights[by] == key].nlargest(top, "tf_idf").iloc[::-1]
            name = (names or {}).get(str(key), str(key))
            _dots(axes, list(best["term"]), [float(v) for v in best["tf_idf"]], widest)
            axes.set_title(name, parse_math=False)
            said.append(f"{name}: {'、'.join(list(best['term'])[::-1][:5])}")
        figure.subplots_adjust(wspace=0.62, hspace=0.28)
        listed = "; ".join(said)
        return finished(figure, Said(f"各组权重最高的词。{listed}", f"Heaviest words. {listed}"))


def _dots(axes: Axes, terms: Sequence[str], values: Sequence[float], widest: float) -> None:
    quiet(axes, grid=None, keep=())
    places = range(len(terms))
    axes.hlines(places, 0, values, color=LINE, lw=1.2)
    axes.plot(values, places, "o", ms=5, color=ACCENT)
    # A longer word runs into the points of the panel beside it; the table has it whole.
    axes.set_yticks(places, [t if len(t) <= _LONGEST else f"{t[: _LONGEST - 1]}…" for t in terms])
    tick_words(axes.get_yticklabels())
    axes.set_xlim(0, widest * 1.06)
    axes.set_xticks([])


def distinctive_dots(
    terms: pd.DataFrame, *, here: str, there: str, top: int = 14, lang: str = "zh"
) -> Chart:
    """Log odds of the words most typical of one side and of the other, with their intervals."""
    best = pd.concat([terms.nlargest(top, "z"), terms.nsmallest(top, "z")]).drop_duplicates("term")
    best = best.sort_values("log_odds").reset_index(drop=True)
    with drawing():
        figure = new_figure(0.21 * len(best) + 0.7)
        axes = figure.subplots()
        quiet(axes)
        for side, colour, mark in ((1, ACCENT, "o"), (-1, SECOND, "D")):
            part = best[best["log_odds"].astype(float) * side > 0]
            x = part["log_odds"].astype(float)
            spread = [x - part["low"].astype(float), part["high"].astype(float) - x]
            axes.errorbar(
                x,
                part.index,
                xerr=spread,
                fmt=mark,
                ms=5,
                color=colour,
                ecolor=LINE,
                elinewidth=1.4,
            )
        axes.axvline(0, color=MUTED, lw=0.8)
        axes.set_yticks(best.index, list(best["term"]))
        tick_words(axes.get_yticklabels())
        axes.set_ylim(-0.8, len(best) - 0.2)
        _sides(axes, here, there)
        return finished(figure, _distinctive_alt(best, here, there))


def _sides(axes: Axes, here: str, there: str) -> None:
    for words, x, side, colour in (
        (f"◆ {there}", 0.0, "left", SECOND), (f"{here} ●", 1.0, "right", ACCENT),
    ):  # fmt: skip
        axes.text(
            x,
            1.005,
            words,
            transform=axes.transAxes,
            ha=side,
            va="bottom",
            color=colour,
            parse_math=False,
        )


def _distinctive_alt(best: pd.DataFrame, here: str, there: str) -> Said:
    ours = "、".join(best[best["log_odds"] > 0]["term"][::-1])
    theirs = "、".join(best[best["log_odds"] < 0]["term"])
    return Said(f"{here} 特有：{ours}。{there} 特有：{theirs}。",
                f"Typical of {here}: {ours}. Typical of {there}: {theirs}.")  # fmt: skip


def likeness_map(
    matrix: pd.DataFrame, *, names: Mapping[str, str] | None = None, lang: str = "zh", cap: int = 40
) -> Chart:
    """Cosine similarity as shades, ordered by average linkage, with the tree beside it."""
    matrix = matrix.iloc[:cap, :cap]
    with drawing():
        side = min(WIDTH - 2.2, 1.2 + 0.62 * len(matrix))
        figure = new_figure(side, width=side + 1.9)
        tree, axes = figure.subplots(1, 2, width_ratios=(0.22, 1))
        order = _tree(tree, matrix)
        ordered = matrix.iloc[order, order]
        _shades(axes, ordered)
        labels = [(names or {}).get(str(d), str(d)) for d in ordered.index]
        for set_ticks in (axes.set_yticks, axes.set_xticks):
            set_ticks(range(len(labels)), labels)
        axes.yaxis.tick_right()
        axes.tick_params(axis="x", rotation=45 if len(labels) > 4 else 0, labelcolor=INK)
        for label in axes.get_xticklabels():
            label.set_ha("right" if len(labels) > 4 else "center")
        tick_words([*axes.get_xticklabels(), *axes.get_yticklabels()])
        figure.subplots_adjust(wspace=0.03)
        return finished(figure, _likeness_alt(ordered, labels))


def _tree(axes: Axes, matrix: pd.DataFrame) -> list[int]:
    axes.set_axis_off()
    if len(matrix) < 3:
        return list(range(len(matrix)))
    drawn = dendrogram(
        merges(matrix), ax=axes, orientation="left", color_threshold=0,
        above_threshold_color=MUTED, no_labels=True,
    )  # fmt: skip
    axes.invert_yaxis()
    return [int(leaf) for leaf in drawn["leaves"]]


def _shades(axes: Axes, matrix: pd.DataFrame) -> None:
    size, cells = len(matrix), matrix.to_numpy(dtype=float)
    quiet(axes, grid=None, keep=())
    for i in range(size):
        for j in range(size):
            value = float(cells[i, j])
            shade = 0.0 if i == j else 0.06 + 0.9 * max(0.0, value)
            axes.add_patch(
                Rectangle((j - 0.48, i - 0.48), 0.96, 0.96, fc=ACCENT, alpha=shade, lw=0)
            )
            if size <= 15 and i != j:
                ink = PAPER if shade > 0.55 else INK
                text(axes, j, i, f"{value:.2f}", ha="center", va="center", color=ink, fontsize=8.5)
    axes.set_xlim(-0.5, size - 0.5)
    axes.set_ylim(size - 0.5, -0.5)
    axes.set_aspect("equal")


def _likeness_alt(matrix: pd.DataFrame, labels: Sequence[str]) -> Said:
    cells = matrix.to_numpy(dtype=float)
    values = [
        (cells[i, j], labels[i], labels[j])
        for i in range(len(matrix)) for j in range(i)
    ]  # fmt: skip
    if not values:
        return Said("只有一份文件，无从比较", "One document only, nothing to compare")
    (high, a, b), (low, c, d) = max(values), min(values)
    return Said(
        f"文件两两相似度：最高 {high:.2f}（{a} 与 {b}），最低 {low:.2f}（{c} 与 {d}）。",
        f"Similarity of documents: highest {high:.2f} ({a}, {b}), lowest {low:.2f} ({c}, {d}).",
    )
