"""From the values of a few years to a line as small as a word, drawn in the row of its numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from markupsafe import Markup

WIDTH, HEIGHT, EDGE = 96, 22, 4

Point = tuple[int, float]


def sparkline(values: Mapping[int, float], years: Sequence[int], what: str) -> Markup:
    """A dot for every year with a value, joined only over neighbouring years; empty below two.

    >>> sparkline({2018: 3.0, 2019: 5.0}, [2018, 2019], "受理行政复议").count("<circle")
    2
    >>> sparkline({2018: 3.0}, [2018, 2019], "受理行政复议")
    Markup('')
    """
    known = sorted((year, values[year]) for year in years if year in values)
    if len(known) < 2:
        return Markup("")
    lines = Markup("").join(
        Markup('<path d="M{}L{}"/>').format(_place(one, years, known), _place(two, years, known))
        for one, two in pairwise(known) if two[0] - one[0] == 1
    )  # fmt: skip
    dots = Markup("").join(
        Markup('<circle cx="{}" cy="{}" r="{}"/>').format(
            *_place(point, years, known).split(), 2.6 if point == known[-1] else 1.6
        )
        for point in known
    )
    said = f"{what}: " + ", ".join(f"{year} {value:g}" for year, value in known)
    return Markup(
        '<svg class="spark" role="img" aria-label="{}" viewBox="0 0 {w} {h}" width="{w}" '
        'height="{h}">{}{}</svg>'
    ).format(said, lines, dots, w=WIDTH, h=HEIGHT)


def _place(point: Point, years: Sequence[int], known: Sequence[Point]) -> str:
    first, span = min(years), max(max(years) - min(years), 1)
    low = min(value for _, value in known)
    height = max(value for _, value in known) - low
    x = EDGE + (WIDTH - 2 * EDGE) * (point[0] - first) / span
    share = (point[1] - low) / height if height else 0.5
    return f"{x:.1f} {HEIGHT - EDGE - (HEIGHT - 2 * EDGE) * share:.1f}"
