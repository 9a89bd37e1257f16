"""From a measured ratio to a figure: its bar, and whether it keeps it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

Result = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Figure:
    """A measured ratio; ``holds`` says whether it keeps its bar, None where there is no bar."""

    name: str
    ratio: float
    bar: str | None = None
    holds: bool | None = None
    detail: str = ""


def at_most(name: str, ratio: float, bar: float, detail: str = "") -> Figure:
    return Figure(name, round(ratio, 3), f"<= {bar:g}", bool(ratio <= bar), detail)


def at_least(name: str, ratio: float, bar: float, detail: str = "") -> Figure:
    return Figure(name, round(ratio, 2), f">= {bar:g}", bool(ratio >= bar), detail)


def compared(name: str, before: Result, after: Result) -> Figure:
    """How many times longer a piece of work took on more documents; it has no bar of its own."""
    detail = f"{after['seconds']:.0f} s, {after['peak_mb']:.0f} MB, {after['n_rows']} rows"
    return Figure(name, round(after["seconds"] / before["seconds"], 1), detail=detail)
