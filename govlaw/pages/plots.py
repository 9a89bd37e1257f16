"""From a drawing to SVG that looks the same on every machine and says what it shows.

Colours are few and told apart by shape as well; in the page they follow the reader's light or
dark scheme, because the SVG names the page's own colours.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import matplotlib as mpl
from markupsafe import Markup
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, fontManager

from govlaw.errors import GovlawError
from govlaw.pages.markup import anchor
from govlaw.pages.svg import own_ids, page_svg
from govlaw.pages.words import Said

INK, MUTED, LINE = "#1d2125", "#5b646d", "#d9d6cf"
ACCENT, SECOND, PAPER = "#1f5673", "#b4581a", "#fdfcfa"
#: What each ink is called in the page; the colour is the fallback where no page is (JupyterLab).
_PAGE_COLOURS = {
    INK: "ink", MUTED: "muted", LINE: "line", ACCENT: "accent", SECOND: "second", PAPER: "paper",
}  # fmt: skip
WIDTH = 8.4
_STYLE: dict[str, Any] = {
    "font.size": 9.5, "axes.titlesize": 10, "axes.titlelocation": "left", "axes.titlepad": 8,
    "axes.edgecolor": LINE, "axes.labelcolor": MUTED, "axes.labelsize": 9, "text.color": INK,
    "xtick.color": LINE, "ytick.color": LINE, "xtick.labelcolor": MUTED, "ytick.labelcolor": INK,
    "xtick.labelsize": 8.5, "ytick.labelsize": 9, "axes.spines.top": False,
    "axes.spines.right": False, "axes.linewidth": 0.8, "grid.color": LINE, "grid.linewidth": 0.6,
    "axes.unicode_minus": False, "svg.fonttype": "path", "svg.hashsalt": "govlaw",
    "figure.facecolor": "none", "axes.facecolor": "none", "legend.frameon": False,
    "legend.fontsize": 9, "hatch.linewidth": 0.8, "text.parse_math": False,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing as SVG and the sentence that replaces it for those who do not see it."""

    svg: str
    alt: Said

    def html(self, name: str, lang: str) -> Markup:
        """The drawing for a page: ids of its own, an accessible name, the page's colours."""
        drawn = own_ids(self.svg, anchor(name))
        label = Markup(' role="img" aria-label="{}"').format(self.alt.first(lang))
        drawn = drawn.replace("<svg", f"<svg{label}", 1)
        # What matplotlib drew is ours: texts from documents are paths by now.
        return Markup(drawn)  # noqa: S704


@cache
def font_family() -> str:
    """The name of the Chinese font that the package ``zhplot`` brings, ready for use.

    No system font is asked for: a machine without any draws the same.
    """
    try:
        folder = resources.files("zhplot") / "fonts"
        files = sorted(str(f) for f in folder.iterdir() if f.name.endswith((".ttf", ".otf")))
    except (ModuleNotFoundError, FileNotFoundError, NotADirectoryError):
        files = []
    if not files:
        what = "the Chinese font for the figures is missing"
        raise GovlawError(
            "package zhplot, folder fonts", what, "run: make env (pip install zhplot)"
        )
    for file in files:
        fontManager.addfont(file)
    return FontProperties(fname=files[0]).get_name()


@contextmanager
def drawing() -> Iterator[None]:
    """The style of every figure, for the time of one figure."""
    style: Any = {**_STYLE, "font.family": [font_family()]}
    with mpl.rc_context(style):
        yield


def new_figure(height: float, *, width: float = WIDTH) -> Figure:
    """An empty figure that belongs to no window."""
    return Figure(figsize=(width, height))


def finished(figure: Figure, alt: Said) -> Chart:
    """The figure as a Chart, the same bytes on every run."""
    target = io.StringIO()
    figure.savefig(
        target, format="svg", bbox_inches="tight", pad_inches=0.06, transparent=True,
        metadata={"Date": None, "Creator": None, "Format": None, "Type": None},
    )  # fmt: skip
    return Chart(page_svg(target.getvalue(), _PAGE_COLOURS), alt)


def quiet(axes: Axes, *, grid: str | None = "x", keep: Sequence[str] = ("bottom",)) -> None:
    """An axis with only the lines that carry meaning."""
    for side in ("left", "right", "top", "bottom"):
        axes.spines[side].set_visible(side in keep)
    axes.tick_params(length=0)
    if grid:
        axes.grid(axis=grid, zorder=0)  # type: ignore[arg-type]
    axes.set_axisbelow(True)


def text(axes: Axes, x: float, y: float, words: str, **more: Any) -> None:
    """Words from a table on the drawing: a dollar sign stays a dollar sign."""
    axes.text(x, y, words, parse_math=False, **more)


def tick_words(labels: Sequence[Any]) -> None:
    """Tick labels may hold words of documents: no mathematics in them."""
    for label in labels:
        label.set_parse_math(False)


def spread(values: Sequence[float], gap: float) -> list[float]:
    """The values moved apart so that neighbours keep a distance, order kept.

    >>> spread([1.0, 1.1, 5.0], 0.5)
    [1.0, 1.5, 5.0]
    """
    placed: list[float] = []
    for value in values:
        placed.append(max(value, placed[-1] + gap) if placed else value)
    return placed
