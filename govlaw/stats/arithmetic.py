"""From numbers as printed to whether they agree: rounding, truncation, sums, implied bases."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple

Agreement = Literal["equal", "rounding", "more", "less"]
_EPS = 1e-6


class Sum(NamedTuple):
    """How parts compare with a whole."""

    agreement: Agreement
    total: float
    gap: float


def compare_sum(
    parts: Sequence[tuple[float, float]],
    whole: tuple[float, float],
    *,
    values: Iterable[float],
    value: float,
    slack: float = 0.0,
) -> Sum:
    """Parts against a whole, both as intervals; ``slack`` is what rounding can explain.

    >>> doses = [(230700, 230700), (217800, 217800), (59000, 59000)]
    >>> compare_sum(doses, (507400, 507400), values=[230700, 217800, 59000], value=507400,
    ...             slack=700)
    Sum(agreement='rounding', total=507500.0, gap=-100.0)
    """
    total = float(round(sum(values), 6))
    low, high = sum(part[0] for part in parts), sum(part[1] for part in parts)
    gap = round(value - total, 6)
    if low > whole[1] + slack + _EPS:
        return Sum("more", total, gap)
    if high < whole[0] - slack - _EPS:
        return Sum("less", total, gap)
    exact = low == high and whole[0] == whole[1]
    return Sum("rounding" if exact and abs(gap) > _EPS else "equal", total, gap)


def match_rate(stated: float, step: float, actual: float, bound: str = "exact") -> str | None:
    """How a stated percentage agrees with a computed one: rounded, truncated, within, or not.

    >>> match_rate(266, 1, 800 / 3), match_rate(98.0, 0.1, 98.97)
    ('truncated', None)
    """
    if bound == "over":
        return "within" if actual >= stated - step / 2 - _EPS else None
    if bound == "under":
        return "within" if actual <= stated + step / 2 + _EPS else None
    if bound in ("about", "range"):
        return "within" if abs(actual - stated) <= max(step, 0.05 * abs(stated)) else None
    if abs(actual - stated) <= step / 2 + _EPS:
        return "rounded"
    truncated = math.floor(actual / step + _EPS) * step
    return "truncated" if abs(truncated - stated) <= _EPS else None


def rate_span(
    numerator: float, denominator: float, step: float, steps: float
) -> tuple[float, float]:
    """The percentages a fraction can mean when its terms were rounded to ``step`` and ``steps``.

    >>> [round(end, 2) for end in rate_span(22, 24, 0, 0)]
    [91.67, 91.67]
    """
    low = (numerator - step / 2) / (denominator + steps / 2)
    high = (numerator + step / 2) / max(denominator - steps / 2, _EPS)
    return 100 * low, 100 * high


def fits_rate(stated: float, step: float, span: tuple[float, float], bound: str) -> str | None:
    """Like ``match_rate`` where the computed percentage is a span."""
    low, high = span
    if low <= stated <= high:
        return "rounded"
    return match_rate(stated, step, low, bound) or match_rate(stated, step, high, bound)


def growth(value: float, base: float) -> float:
    """Growth in percent.

    >>> round(growth(74, 29), 1)
    155.2
    """
    return 100 * (value - base) / base


def implied_base(value: float, rate: float, step: float) -> tuple[int, str] | None:
    """The whole number of last year that a growth rate implies, if there is one.

    >>> implied_base(11, 266, 1)
    (3, 'truncated')
    >>> implied_base(12, 30, 1) is None
    True
    """
    if rate <= -100:
        return None
    near = value / (1 + rate / 100)
    spread = 1 + near * step / max(100 + rate, 1)
    if spread > 50:
        return round(near), "rounded"
    candidates = range(max(1, math.floor(near - spread)), math.ceil(near + spread) + 1)
    for base in sorted(candidates, key=lambda base: abs(base - near)):
        how = match_rate(abs(rate), step, abs(growth(value, base)))
        if how and (growth(value, base) >= 0) == (rate >= 0):
            return base, how
    return None
