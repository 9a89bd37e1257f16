"""From a promised number to the number of a result that answers it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pandas as pd

from govlaw.stats.wording import Wording, pairs_of


def is_met(promised: Any, reported: Any) -> bool:
    """Whether the number reported keeps the number promised; 5%以内 asks for less, not more."""
    if promised.bound == "under":
        return bool(reported.value <= promised.value)
    return bool(reported.value >= promised.value)


def same_unit(promised: list[Any], reported: list[Any]) -> tuple[Any, Any] | None:
    """The first number promised and the first reported that count in one unit.

    2场 is answered by 3场 and not by 300人次.
    """
    for one in promised:
        for other in reported:
            if one.unit == other.unit and one.kind == other.kind:
                return one, other
    return None


def numbers_of(quantities: pd.DataFrame) -> dict[str, list[Any]]:
    """The numbers of each sentence; 第一名 counts nothing."""
    found: dict[str, list[Any]] = {}
    for row in quantities[quantities["kind"] != "rank"].itertuples():
        found.setdefault(str(row.sentence_id), []).append(row)
    return found


def within(numbers: list[Any], start: int, end: int) -> list[Any]:
    """The numbers that start in a stretch of text."""
    return [number for number in numbers if start <= number.start < end]


def answers_to(
    asked: frozenset[str], heads: set[str], result: Wording, numbers: list[Any]
) -> Iterator[list[Any]]:
    """The numbers of the clause on the matter, then of others that name what was counted.

    配发执法记录仪236台,配备率达到76% answers 执法记录仪配备率提高到80% in its second clause.
    """
    clauses = [
        (-len(asked & pairs_of(found.group())), found.start(), found)
        for found in re.finditer(r"[^,，;；。]+", result.text)
    ]
    for place, (shared, _, found) in enumerate(sorted(clauses)):
        if shared and (not place or any(head in found.group() for head in heads)):
            start = result.start + found.start()
            yield within(numbers, start, start + len(found.group()))
