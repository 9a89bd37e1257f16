"""From checks to drawings: deadlines, borrowed text, quality of reading."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Patch

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

_CLASS_HATCH = {
    "statutory": "", "peer": "////", "own_past": "....", "unplaced": "\\\\\\\\", "formula": "xxxx",
}  # fmt: skip
#: Marker, fill, edge, shift: the three scores of a line do not cover each other.
_SCORES = {
    "precision": ("^", PAPER, ACCENT, -0.22, Said("查准率", "precision")),
    "recall": ("s", PAPER, SECOND, 0.22, Said("查全率", "recall")),
    "f1": ("o", ACCENT, ACCENT, 0.0, Said("F1 及区间", "F1 and interval")),
}


def deadline_line(
    timeliness: pd.DataFrame, *, documents: Mapping[str, str], lang: str = "zh", cap: int = 40
) -> Chart:
    """Days between the deadline and the publication of each document."""
    shown = timeliness.head(cap)
    with drawing():
        figure = new_figure(0.34 * len(shown) + 0.9)
        axes = figure.subplots()
        quiet(axes)
        axes.axvline(0, color=SECOND, lw=1.2)
        for y, row in enumerate(shown.itertuples(index=False)):
            _deadline_row(axes, y, row.days, _standing(row, lang), str(row.status) == "on_time")
        labels = [documents.get(str(d), str(d)).replace("\n", " ") for d in shown["doc_id"]]
        axes.set_yticks(range(len(shown)), labels)
        tick_words(axes.get_yticklabels())
        axes.set_ylim(len(shown) - 0.4, -0.7)
        days = shown["days"].dropna().astype(float)
        low, high = min([*days, -45.0]), max([*days, 45.0])
        axes.set_xlim(low - 0.12 * (high - low), high + 0.3 * (high - low))
        axes.set_xlabel(Said("距期限天数（负数为提前）", "days from the deadline").first(lang))
        words = Said("期限", "deadline").first(lang)
        axes.text(0, 1.01, words, transform=axes.get_xaxis_transform(), ha="center", color=SECOND)
        return finished(figure, _deadline_alt(shown, labels))


def _standing(row: Any, lang: str) -> str:
    words = value_label("status", row.status).first(lang)
    if getattr(row, "is_bound", True) or row.status == "not_applicable":
        return words
    return Said(f"{words}（规定不约束本文种）", f"{words} (not bound by the rule)").first(lang)


def _deadline_row(axes: Axes, y: int, days: object, words: str, on_time: bool) -> None:
    if pd.isna(days):  # type: ignore[call-overload]
        text(axes, 0, y, f"   {words}", va="center", color=MUTED, fontsize=8.5)
        return
    value = float(days)  # type: ignore[arg-type]
    axes.hlines(y, min(0, value), max(0, value), color=LINE, lw=2)
    axes.plot(value, y, "o" if on_time else "D", ms=6.5, mfc=ACCENT if on_time else PAPER,
              mec=ACCENT if on_time else SECOND, mew=1.4)  # fmt: skip
    side = "left" if value > 0 else "right"
    text(
        axes,
        value,
        y,
        f"   {words} {value:+.0f}   ",
        va="center",
        ha=side,
        fontsize=8.5,
        color=MUTED,
    )


def _deadline_alt(shown: pd.DataFrame, labels: Sequence[str]) -> Said:
    rows = list(zip(labels, shown["days"], shown["status"], strict=True))
    zh = "; ".join(_days(label, days, value_label("status", s).zh) for label, days, s in rows)
    en = "; ".join(_days(label, days, value_label("status", s).en) for label, days, s in rows)
    return Said(f"发布日期与期限相差天数：{zh}", f"Days from the deadline to publication: {en}")


def _days(label: str, days: object, status: str) -> str:
    return f"{label} {status}" if pd.isna(days) else f"{label} {float(days):+.0f} ({status})"  # type: ignore[call-overload,arg-type]


def borrowed_bars(
    shares: pd.DataFrame, *, documents: Mapping[str, str], lang: str = "zh", cap: int = 40
) -> Chart:
    """Share of each text that stands in runs it has in common, by class.

    ``shares`` has a row a document (index doc_id) and a column a class, values between 0 and 1.
    """
    shown = shares.head(cap)
    labels = [documents.get(str(d), str(d)).replace("\n", " ") for d in shown.index]
    with drawing():
        figure = new_figure(0.36 * len(shown) + 0.8)
        axes = figure.subplots()
        quiet(axes)
        left = pd.Series(0.0, index=shown.index)
        for name in shown.columns:
            axes.barh(range(len(shown)), 100 * shown[name], left=100 * left, height=0.5,
                      color=ACCENT if name == "statutory" else SECOND, alpha=0.85, edgecolor=PAPER,
                      hatch=_CLASS_HATCH.get(name, ""), zorder=2)  # fmt: skip
            left = left + shown[name]
        for y, total in enumerate(left):
            text(
                axes,
                100 * total,
                y,
                f"  {100 * total:.1f}%",
                va="center",
                color=MUTED,
                fontsize=8.5,
            )
        axes.set_yticks(range(len(shown)), labels)
        tick_words(axes.get_yticklabels())
        axes.set_ylim(len(shown) - 0.4, -0.6)
        axes.set_xlim(0, max(5.0, 118 * float(left.max())))
        axes.set_xlabel(Said("占正文字数（%）", "% of the body's characters").first(lang))
        axes.legend(handles=_class_legend(list(shown.columns), lang), ncols=4, loc="lower left",
                    bbox_to_anchor=(0, 1.0))  # fmt: skip
        said = "; ".join(f"{n} {100 * t:.1f}%" for n, t in zip(labels, left, strict=True))
        return finished(
            figure, Said(f"与他文相同文字的占比：{said}", f"Share of borrowed text: {said}")
        )


def _class_legend(names: Sequence[str], lang: str) -> list[Patch]:
    return [
        Patch(fc=ACCENT if n == "statutory" else SECOND, ec=PAPER, alpha=0.85,
              hatch=_CLASS_HATCH.get(n, ""), label=value_label("class", n).first(lang))
        for n in names
    ]  # fmt: skip


def quality_dots(scores: pd.DataFrame, *, by: str, lang: str = "zh", cap: int = 40) -> Chart:
    """Precision, recall and F1 with its interval, a line a kind or an indicator, worst first."""
    shown = scores.sort_values("f1", kind="stable").head(cap)
    places = pd.Series(range(len(shown)), dtype=float)
    with drawing():
        figure = new_figure(0.3 * len(shown) + 0.8)
        axes = figure.subplots()
        quiet(axes)
        low, high = shown["f1_low"].astype(float), shown["f1_high"].astype(float)
        axes.hlines(places, low, high, color=LINE, lw=3)
        for column, (mark, fill, edge, shift, said) in _SCORES.items():
            axes.plot(
                shown[column].astype(float), places + shift, mark, ms=5, mfc=fill, mec=edge,
                mew=1.2, label=said.first(lang),
            )  # fmt: skip
        lines = [f"{k}  n={int(n)}" for k, n in zip(shown[by], shown["n_gold"], strict=True)]
        axes.set_yticks(places, lines)
        tick_words(axes.get_yticklabels())
        axes.set_ylim(len(shown) - 0.4, -0.6)
        axes.set_xlim(-0.03, 1.03)
        axes.legend(ncols=3, loc="lower left", bbox_to_anchor=(0, 1.0))
        each = "; ".join(f"{k} {float(f):.2f}" for k, f in zip(shown[by], shown["f1"], strict=True))
        return finished(figure, Said(f"提取质量 F1：{each}", f"F1 by kind: {each}"))
