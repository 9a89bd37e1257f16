"""From a frame that keeps its contract to its rows, one at a time."""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Iterator
from functools import cache
from typing import Any

import pandas as pd


def each_row(frame: pd.DataFrame) -> Iterator[Any]:
    """The rows as named tuples; the table's contract, not the type checker, knows their types.

    >>> [row.n for row in each_row(pd.DataFrame({"n": [3]}))]
    [3]
    """
    # By columns: ``itertuples`` asks Arrow for each string and makes a class for every frame.
    columns = (frame[name].tolist() for name in frame.columns)
    yield from map(_row(tuple(frame.columns))._make, zip(*columns, strict=True))


@cache
def _row(names: tuple[str, ...]) -> Any:
    return namedtuple("Row", names, rename=True)  # a column can have the name class
