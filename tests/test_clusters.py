"""The tree of likeness: as scipy has it, and by hand."""

import numpy as np
import pandas as pd
import pytest
from scipy.cluster.hierarchy import linkage
from scipy.spatial.distance import pdist

from govlaw.stats.clusters import TREE_COLUMNS, cluster_tree, merges
from govlaw.stats.terms import cosine_matrix


def test_the_tree_is_scipys_average_linkage_of_cosine_distance():
    draw = np.random.default_rng(1)
    vectors = draw.random((6, 8))
    weights = pd.DataFrame(
        [(f"d{row}", f"t{place}", vectors[row, place]) for row in range(6) for place in range(8)],
        columns=["doc_id", "term", "tf_idf"],
    )
    likeness = cosine_matrix(weights)
    wanted = linkage(pdist(vectors, "cosine"), "average")
    assert merges(likeness) == pytest.approx(wanted)
    assert cluster_tree(likeness)["distance"].to_numpy() == pytest.approx(wanted[:, 2])


def test_by_hand():
    near = pd.DataFrame(
        [[1, 0.8, 0.2, 0], [0.8, 1, 0.4, 0], [0.2, 0.4, 1, 0], [0, 0, 0, 1]],
        index=list("abcd"), columns=list("abcd"),
    )  # fmt: skip
    found = cluster_tree(near)
    assert found["distance"].tolist() == pytest.approx([0.2, 0.7, 1.0])  # (0.8 + 0.6) / 2
    assert set(found.loc[1, ["left", "right"]]) == {"#1", "c"}
    assert found["n_docs"].tolist() == [2, 3, 4]


@pytest.mark.parametrize("n", [0, 1])
def test_too_few_documents_make_no_tree(n):
    found = cluster_tree(pd.DataFrame(np.ones((n, n)), index=range(n), columns=range(n)))
    assert found.empty
    assert list(found.columns) == list(TREE_COLUMNS)
