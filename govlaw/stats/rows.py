"""From a frame that keeps its contract to its rows, one at a time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd


def each_row(frame: pd.DataFrame) -> Iterator[Any]:
    """The rows as named tuples; the table's contract, not the type checker, knows their types.

    >>> [row.n for row in each_row(pd.DataFrame({"n": [3]}))]
    [3]
    """
    yield from frame.itertuples(index=False)
