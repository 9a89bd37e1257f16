"""From a matrix of likeness to a tree: which documents join first, and how far apart they are."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.cluster.hierarchy import linkage
from scipy.spatial.distance import squareform

TREE_COLUMNS = ("step", "left", "right", "distance", "n_docs")


def merges(likeness: pd.DataFrame) -> npt.NDArray[np.float64]:
    """The tree as scipy keeps it: average linkage of 1 - likeness; none below two documents."""
    if len(likeness) < 2:
        return np.zeros((0, 4))
    far = (1 - likeness.to_numpy(dtype="float64")).clip(min=0)
    far = (far + far.T) / 2
    np.fill_diagonal(far, 0)
    found: npt.NDArray[np.float64] = linkage(squareform(far, checks=False), "average")
    return found


def cluster_tree(likeness: pd.DataFrame) -> pd.DataFrame:
    """The tree of a square frame such as ``cosine_matrix``: one row a step, the closest first.

    ``left`` and ``right`` name what joins: a document, or ``#2`` for what step 2 made. ``distance``
    is the mean of 1 - likeness between the members of the two, ``n_docs`` how many are joined then.

    >>> near = pd.DataFrame([[1, .5, .1], [.5, 1, .1], [.1, .1, 1]], list("abc"), list("abc"))
    >>> cluster_tree(near).values.tolist()
    [[1, 'a', 'b', 0.5, 2], [2, 'c', '#1', 0.9, 3]]
    """
    names = [str(name) for name in likeness.index]
    rows = []
    for step, (left, right, distance, n_docs) in enumerate(merges(likeness), start=1):
        rows.append((step, names[int(left)], names[int(right)], float(distance), int(n_docs)))
        names.append(f"#{step}")
    return pd.DataFrame(rows, columns=list(TREE_COLUMNS))
