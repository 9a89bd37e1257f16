"""From term counts to weights, likeness and the words that set one group of reports apart."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse
from sklearn.preprocessing import normalize

from govlaw.errors import InputError
from govlaw.knowledge import did_you_mean
from govlaw.stats.weights import (
    TermMatrix,
    count_tokens,
    keep_words,
    read_counts,
    weigh,
    weight_rows,
)

Reals = npt.NDArray[np.float64]

_BY = ("doc_id", "role", "year", "doc_type", "ref_area")
_DENSE = 5_000  # rows of a square matrix that still fits: 5,000 x 5,000 are 200 MB
_CELLS = 5_000_000  # cells of a larger one that are looked at together: 40 MB


def tf_idf(
    term_counts: pd.DataFrame,
    documents: pd.DataFrame | None = None,
    *,
    by: str = "doc_id",
    exclude: Collection[str] = (),
    min_docs: int = 1,
) -> pd.DataFrame:
    """TF-IDF weights of words in documents, or by role, year, doc_type or ref_area.

    Returns ``by``, term, n (occurrences), tf (share of all tokens counted there), idf and tf_idf,
    the largest weights first in each unit. ``min_docs`` counts units, not documents. The weights
    are scikit-learn's: idf = ln((1 + units) / (1 + units with the term)) + 1, n x idf, rows of
    length 1; so they equal ``TfidfVectorizer`` on the same words. With few units idf says little:
    among five reports a word is rare if two have it.

    Documents whose ``by`` is unknown are left out; ``frame.attrs["left_out"]`` names them.

    >>> counts = pd.DataFrame({"doc_id": ["001", "001", "004"], "role": "body",
    ...                        "term": ["疫情防控", "行政执法", "行政执法"], "n": [4, 2, 9]})
    >>> tf_idf(counts).round(3)[["doc_id", "term", "tf_idf"]].values.tolist()
    [['001', '疫情防控', 0.942], ['001', '行政执法', 0.335], ['004', '行政执法', 1.0]]
    """
    counted, left_out = _count_by(term_counts, documents, by)
    counts = read_counts([counted], _units(counted, documents, by), by)
    kept = keep_words(counts, exclude=exclude, min_docs=min_docs)
    rows = [frame for frame in weight_rows(kept, count_tokens(counts), by) if len(frame)]
    columns = [by, "term", "n", "tf", "idf", "tf_idf"]
    weights = pd.concat(rows, ignore_index=True) if rows else pd.DataFrame(columns=columns)
    types = {name: counted[name].dtype for name in (by, "term", "n")}
    weights = weights.astype({**types, "tf": float, "idf": float, "tf_idf": float})
    weights.attrs["left_out"] = left_out
    return weights


def tf_idf_matrix(
    term_counts: pd.DataFrame | Iterable[pd.DataFrame],
    documents: pd.DataFrame | None = None,
    *,
    by: str = "doc_id",
    exclude: Collection[str] = (),
    min_docs: int = 1,
    norm: Literal["l1", "l2"] | None = "l2",
    smooth: bool = True,
    sublinear: bool = False,
) -> TermMatrix:
    """The weights of ``tf_idf`` as (matrix, documents, vocabulary), for a corpus of any size.

    The matrix is sparse, with a row for each unit and a column for each word in order: the one
    ``TfidfVectorizer`` makes with the same ``norm``, ``smooth`` and ``sublinear``. Where
    ``documents`` are given, ``term_counts`` may come in frames of whole documents.

    >>> counts = pd.DataFrame({"doc_id": ["001", "001", "004"], "role": "body",
    ...                        "term": ["疫情防控", "行政执法", "行政执法"], "n": [4, 2, 9]})
    >>> matrix, documents, vocabulary = tf_idf_matrix(counts)
    >>> documents, vocabulary, matrix.toarray().round(3).tolist()
    (['001', '004'], ['疫情防控', '行政执法'], [[0.942, 0.335], [0.0, 1.0]])
    """
    if not isinstance(term_counts, pd.DataFrame) and by == "doc_id" and documents is not None:
        counts = read_counts(term_counts, sorted(documents["doc_id"]))
    else:
        whole = term_counts if isinstance(term_counts, pd.DataFrame) else pd.concat(term_counts)
        counted, _ = _count_by(whole, documents, by)
        counts = read_counts([counted], _units(counted, documents, by), by)
    kept = keep_words(counts, exclude=exclude, min_docs=min_docs)
    return weigh(kept, norm=norm, smooth=smooth, sublinear=sublinear)


def cosine_matrix(weights: pd.DataFrame | TermMatrix, by: str = "doc_id") -> pd.DataFrame:
    """How alike the units are: the cosine of their weights, 1 on the diagonal.

    A square frame, so it is refused beyond 5,000 units; ``nearest`` has no such limit. A unit
    without words is 0 to all.
    """
    matrix, units = _unit_rows(weights, by)
    if len(units) > _DENSE:
        what = f"{len(units):,} units make {len(units) ** 2:,} cells"
        raise InputError("cosine_matrix", what, "use nearest(weights, k=10) or fewer documents")
    likeness = (matrix @ matrix.T).toarray().clip(0, 1)
    return pd.DataFrame(likeness, index=units, columns=units)


def nearest(weights: pd.DataFrame | TermMatrix, by: str = "doc_id", *, k: int = 5) -> pd.DataFrame:
    """The ``k`` most alike others of each unit: ``by``, other, cosine; likeness 0 is left out.

    A few units are compared with all others at a time, so memory does not grow with the square.
    """
    matrix, units = _unit_rows(weights, by)
    turned, step = matrix.T.tocsr(), max(1, _CELLS // max(1, len(units)))
    rows: list[tuple[Any, Any, float]] = []
    for start in range(0, len(units), step):
        block = (matrix[start : start + step] @ turned).toarray()
        for number, likeness in enumerate(block, start=start):
            likeness[number] = 0
            least = np.partition(likeness, -k)[-k] if k < len(likeness) else 0
            alike = np.flatnonzero((likeness >= least) & (likeness > 0))
            best = alike[np.argsort(-likeness[alike], kind="stable")][:k]
            rows += [(units[number], units[n], float(likeness[n])) for n in best]
    return pd.DataFrame(rows, columns=[by, "other", "cosine"])


def distinctive_terms(
    term_counts: pd.DataFrame,
    documents: pd.DataFrame,
    *,
    group: Any,
    other: Any = None,
    by: str = "year",
    prior: float = 500.0,
) -> pd.DataFrame:
    """The words that set one group of reports apart from another, or from all others.

    Weighted log-odds with an informative Dirichlet prior (Monroe, Colaresi & Quinn 2008, Political
    Analysis 16(4)): the prior spreads ``prior`` words as both groups together use them, so a word
    said once by one side is not at the top. Returns term, n_group, n_other, n_docs_group,
    n_docs_other, log_odds (> 0: the group's word), z, low, high (95 %), the strongest z first.

    z takes words as drawn one by one. They come in documents, so z is too large where
    n_docs_group is small: with one document a side, it tells two texts apart and not two years.
    """
    counted, _ = _count_by(term_counts, documents, by, docs=True)
    present = list(counted[by].unique())
    _refuse_unknown(group, present, by)
    is_group = counted[by] == group
    if other is None:
        is_other = ~is_group
    else:
        _refuse_unknown(other, present, by)
        is_other = counted[by] == other
    if group == other or not is_other.any():
        what = f"there is nothing to compare {by} {group} with"
        raise InputError("distinctive_terms", what, f"known are: {_listed(present)}")
    found = pd.DataFrame(
        {
            "n_group": counted[is_group].groupby("term")["n"].sum(),
            "n_other": counted[is_other].groupby("term")["n"].sum(),
            "n_docs_group": counted[is_group].groupby("term")["n_docs"].sum(),
            "n_docs_other": counted[is_other].groupby("term")["n_docs"].sum(),
        }
    )
    found = found.fillna(0).astype("int64").rename_axis("term").reset_index()
    here, there = (found[side].to_numpy(dtype="float64") for side in ("n_group", "n_other"))
    found = found.assign(**_log_odds(here, there, prior))
    ranked = found.assign(_strength=found["z"].abs())
    ranked = ranked.sort_values(["_strength", "term"], ascending=[False, True])
    return ranked.drop(columns="_strength").reset_index(drop=True)


def _log_odds(n_group: Reals, n_other: Reals, prior: float) -> dict[str, Reals]:
    both = n_group + n_other
    expected = prior * both / both.sum()
    here, there = n_group + expected, n_other + expected
    odds_here = here / (n_group.sum() + prior - here)
    odds_there = there / (n_other.sum() + prior - there)
    log_odds = np.log(odds_here) - np.log(odds_there)
    error = np.sqrt(1 / here + 1 / there)
    return {
        "log_odds": log_odds,
        "z": log_odds / error,
        "low": log_odds - 1.96 * error,
        "high": log_odds + 1.96 * error,
    }


def _count_by(
    term_counts: pd.DataFrame, documents: pd.DataFrame | None, by: str, *, docs: bool = False
) -> tuple[pd.DataFrame, list[str]]:
    """Counts per unit and term (with n_docs on request), and documents that have no unit."""
    if by not in _BY:
        raise InputError(f"by={by!r}", "no such grouping", did_you_mean(by, _BY))
    left_out: list[str] = []
    if by not in ("doc_id", "role"):
        if documents is None:
            what = f"which {by} a document has stands in the table documents"
            raise InputError(f"by={by!r}", what, "pass documents as well")
        unit_of = documents.set_index("doc_id")[by]
        left_out = sorted(unit_of.index[unit_of.isna()])
        term_counts = term_counts.assign(**{by: term_counts["doc_id"].map(unit_of)})
        term_counts = term_counts.dropna(subset=[by])
    elif documents is not None:
        term_counts = term_counts[term_counts["doc_id"].isin(documents["doc_id"])]
    grouped = term_counts.groupby([by, "term"], observed=True, sort=True)
    wanted: dict[str, Any] = {"n": ("n", "sum")}
    if docs:
        wanted["n_docs"] = ("doc_id", "nunique")
    return grouped.agg(**wanted).reset_index(), left_out


def _units(counted: pd.DataFrame, documents: pd.DataFrame | None, by: str) -> list[Any]:
    """The units idf counts: those of the documents, for a report without words is a report too."""
    if documents is not None and by in documents.columns:
        return sorted(documents[by].dropna().unique())
    return sorted(counted[by].unique())


def _unit_rows(weights: pd.DataFrame | TermMatrix, by: str) -> tuple[sparse.csr_matrix, list[Any]]:
    """Rows of length 1, and the units they are of."""
    if isinstance(weights, TermMatrix):
        matrix, units = weights.matrix, weights.documents
    elif by not in weights.columns:
        raise InputError(f"by={by!r}", "no such column in the weights", "pass tf_idf(…, by=…)")
    else:
        rows, names = pd.factorize(weights[by], sort=True)
        columns, terms = pd.factorize(weights["term"])
        cells = weights["tf_idf"].to_numpy(dtype="float64")
        units, shape = list(names), (len(names), len(terms))
        matrix = sparse.csr_matrix((cells, (rows, columns)), shape=shape)
    return normalize(matrix) if matrix.nnz else matrix, units


def _refuse_unknown(value: Any, present: list[Any], by: str) -> None:
    if value not in present:
        what = f"no words of {by} {value!r}"
        raise InputError("distinctive_terms", what, f"known are: {_listed(present)}")


def _listed(values: list[Any]) -> str:
    return ", ".join(map(str, sorted(values)[:20])) or "none"
