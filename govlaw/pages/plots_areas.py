"""From shares and presence to maps: areas by document, marks by section, places by year."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from govlaw.pages.plots import (
    ACCENT,
    INK,
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
from govlaw.pages.words import Said

#: Documents a map holds; more are drawn as their mean, and the table holds them all.
ROW_CAP = 24


def share_map(
    shares: pd.DataFrame, *, rows: Mapping[str, str], columns: Mapping[str, str], what: Said,
    lang: str = "zh",
) -> Chart:  # fmt: skip
    """Shares between 0 and 1 as shades with their percent; 0 is written out, empty is a dash.

    ``rows`` and ``columns`` give labels and order. Above 24 rows one row of means stands for all.
    """
    shown = shares.reindex(columns=[c for c in columns if c in shares.columns])
    labels = {str(i): rows.get(str(i), str(i)) for i in shown.index}
    if len(shown) > ROW_CAP:
        shown = shown.mean().to_frame("mean").T
        labels = {"mean": Said(f"{len(shares)} 份平均", f"mean of {len(shares)}").first(lang)}
    with drawing():
        figure = new_figure(0.42 * len(shown) + 1.0)
        axes = figure.subplots()
        _cells(axes, shown)
        names = [columns[str(c)] for c in shown.columns]
        axes.set_yticks(range(len(shown)), [labels[str(i)] for i in shown.index])
        axes.set_xticks(range(len(names)), [_folded(name, lang) for name in names])
        axes.xaxis.tick_top()
        if lang == "en":  # English names are too long to stand side by side
            for label in axes.get_xticklabels():
                label.set(rotation=35, ha="left", rotation_mode="anchor")
        tick_words([*axes.get_xticklabels(), *axes.get_yticklabels()])
        return finished(figure, _alt(shown, labels, names, what))


def _folded(name: str, lang: str) -> str:
    half = (len(name) + 1) // 2
    return name if len(name) <= 4 or lang == "en" else f"{name[:half]}\n{name[half:]}"


def _cells(axes: Axes, shares: pd.DataFrame) -> None:
    quiet(axes, grid=None, keep=())
    values = shares.to_numpy(dtype=float)
    for i, row in enumerate(values):
        for j, share in enumerate(row):
            if pd.isna(share):
                text(axes, j, i, "–", ha="center", va="center", color=MUTED)
                continue
            shade = min(0.92, 1.6 * share)
            patch = Rectangle((j - 0.48, i - 0.46), 0.96, 0.92, fc=ACCENT, alpha=shade, lw=0)
            axes.add_patch(patch)
            words = f"{100 * share:.0f}%" if share >= 0.005 or share == 0 else "<1%"
            ink = SECOND if share == 0 else (PAPER if shade > 0.55 else INK)
            text(axes, j, i, words, ha="center", va="center", color=ink, fontsize=8.5)
    axes.set_xlim(-0.5, values.shape[1] - 0.5)
    axes.set_ylim(len(values) - 0.5, -0.5)


def _alt(
    shares: pd.DataFrame, labels: Mapping[str, str], names: list[str], what: Said
) -> Said:  # fmt: skip
    parts = []
    for key, row in zip(shares.index, shares.to_numpy(dtype=float), strict=True):
        cells = (f"{n} {100 * s:.0f}%" for n, s in zip(names, row, strict=True) if not pd.isna(s))
        parts.append(f"{labels[str(key)]}: {', '.join(cells)}")
    each = "; ".join(parts)
    return Said(f"{what.zh}。{each}", f"{what.en}. {each}")


#: Marker, fill and size of what is known of a place and year.
_PRESENCE = {
    "present": ("o", ACCENT, Said("有", "present")),
    "absent": ("X", PAPER, Said("缺", "absent")),
    "unknown": ("D", PAPER, Said("不明", "unknown")),
}
_EDGES = {"present": ACCENT, "absent": SECOND, "unknown": MUTED}


def presence_map(
    missing: pd.DataFrame, *, places: Mapping[str, str], lang: str = "zh"
) -> Chart:  # fmt: skip
    """Which place has a report on which year; above 24 places, how many of them have."""
    wide = missing.pivot(index="ref_area", columns="year", values="presence")
    years = [int(year) for year in wide.columns]
    with drawing():
        figure = new_figure(0.3 * min(len(wide), len(_PRESENCE) if _many(wide) else 99) + 0.9)
        axes = figure.subplots()
        quiet(axes, grid=None, keep=())
        if _many(wide):
            counts = wide.apply(lambda year: year.value_counts()).reindex(list(_PRESENCE)).fillna(0)
            labels = [said.first(lang) for _, _, said in _PRESENCE.values()]
            for (y, x), n in np.ndenumerate(counts.to_numpy(dtype=int)):
                text(axes, x, y, f"{n:,}", ha="center", va="center", color=INK)
        else:
            labels = [places.get(str(area), str(area)) for area in wide.index]
            _presence_marks(axes, wide, lang)
        axes.set_yticks(range(len(labels)), labels)
        axes.set_xticks(range(len(years)), [str(year) for year in years])
        axes.xaxis.tick_top()
        tick_words(axes.get_yticklabels())
        axes.set_xlim(-0.6, max(len(years), 1) - 0.4)
        axes.set_ylim(len(labels) - 0.4, -0.6)
        return finished(figure, _presence_alt(missing, places))


def _many(wide: pd.DataFrame) -> bool:
    return len(wide) > ROW_CAP


def _presence_marks(axes: Axes, wide: pd.DataFrame, lang: str) -> None:
    cells = wide.to_numpy(dtype=object)
    for kind, (marker, fill, said) in _PRESENCE.items():
        found = np.argwhere(cells == kind)
        axes.plot(found[:, 1], found[:, 0], marker, ms=7, mfc=fill, mew=1.2, ls="none",
                  mec=_EDGES[kind], label=said.first(lang))  # fmt: skip
    axes.legend(ncols=3, loc="upper left", bbox_to_anchor=(0, -0.02), handletextpad=0.2)


def _presence_alt(missing: pd.DataFrame, places: Mapping[str, str]) -> Said:
    counts = missing["presence"].value_counts()
    zh = "，".join(f"{said.zh} {int(counts.get(k, 0))}" for k, (_, _, said) in _PRESENCE.items())
    en = ", ".join(f"{said.en} {int(counts.get(k, 0))}" for k, (_, _, said) in _PRESENCE.items())
    absent = missing[missing["presence"] == "absent"].head(12)
    gaps = "; ".join(
        f"{places.get(str(area), str(area))} {int(year)}"
        for area, year in zip(absent["ref_area"], absent["year"], strict=True)
    )
    return Said(f"地区与年度：{zh}。缺：{gaps or '无'}",
                f"Places by year: {en}. Absent: {gaps or 'none'}")  # fmt: skip
