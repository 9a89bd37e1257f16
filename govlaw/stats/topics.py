"""From term counts to topics that come out again under other seeds, or to a refusal.

Non-negative matrix factorisation of TF-IDF weights. A topic model always answers; on a small corpus
it answers with chance. So it is refused there, and each topic carries how stable it is.
"""

from __future__ import annotations

import warnings
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse
from scipy.optimize import linear_sum_assignment
from sklearn.decomposition import NMF
from sklearn.exceptions import ConvergenceWarning
from sklearn.feature_extraction.text import TfidfTransformer

from govlaw.errors import InputError

Reals = npt.NDArray[np.float64]

MIN_DOCS = 50  # documents below which topics are refused
_PER_TOPIC = 5  # documents a topic needs at least
_TOP = 10
_SEED = 20_170_101


@dataclass(frozen=True)
class Topics:
    """Topics of a corpus: their words, their part in each document, and how stable they are.

    ``terms``: topic, rank, term, weight. ``shares``: doc_id by topic, rows add up to 1 (a document
    without any known word is a row of zeros). ``stability``: topic, stability, n_seeds.
    """

    terms: pd.DataFrame
    shares: pd.DataFrame
    stability: pd.DataFrame


def find_topics(
    term_counts: pd.DataFrame,
    *,
    n_topics: int = 10,
    exclude: Collection[str] = (),
    min_docs: int = 3,
    n_seeds: int = 10,
    min_corpus: int = MIN_DOCS,
) -> Topics:
    """NMF topics of the documents, each with its stability over ``n_seeds`` random starts.

    Stability is the mean Jaccard overlap of a topic's ten words with the best matching topic of
    every other start (Greene, O'Callaghan & Cunningham 2014 use the same agreement): 1 where every
    start finds it, near 0 where it is chance. Words in fewer than ``min_docs`` documents or in all
    of them are left out. Raises ``InputError`` with fewer than ``min_corpus`` documents, or fewer
    than five documents a topic.
    """
    documents = sorted(term_counts["doc_id"].unique())
    _refuse_small(len(documents), n_topics, n_seeds, min_corpus)
    matrix, terms = _weigh(term_counts, documents, exclude, min_docs)
    if len(terms) < max(_TOP, n_topics):
        what = f"only {len(terms)} words stand in {min_docs} documents or more"
        raise InputError("find_topics", what, "lower min_docs, or exclude fewer words")
    runs = [_factors(matrix, n_topics, _SEED + number) for number in range(n_seeds)]
    best = min(runs, key=lambda run: run[2])
    order = np.argsort(-best[0].sum(axis=0), kind="stable")
    shares, words = best[0][:, order], best[1][order]
    stability = _stability(words, [run[1] for run in runs if run is not best])
    return Topics(_top_terms(words, terms), _shares(shares, documents), _stable(stability, n_seeds))


def _refuse_small(n_docs: int, n_topics: int, n_seeds: int, min_corpus: int) -> None:
    if n_topics < 2 or n_seeds < 2:
        what = f"n_topics={n_topics}, n_seeds={n_seeds}"
        raise InputError("find_topics", what, "give at least two topics and two seeds")
    if n_docs < min_corpus:
        what = f"{n_docs} documents are too few for topics, {min_corpus} are needed"
        step = "use tf_idf or the themes of data/lexicons, or add reports"
        raise InputError("find_topics", what, step)
    if n_docs < n_topics * _PER_TOPIC:
        what = f"{n_topics} topics from {n_docs} documents leave fewer than five each"
        raise InputError("find_topics", what, f"ask for at most {n_docs // _PER_TOPIC} topics")


def _weigh(
    term_counts: pd.DataFrame, documents: list[Any], exclude: Collection[str], min_docs: int
) -> tuple[sparse.csr_matrix, npt.NDArray[Any]]:
    counted = term_counts[~term_counts["term"].isin(list(exclude))]
    counted = counted.groupby(["doc_id", "term"])["n"].sum().reset_index()
    spread = counted.groupby("term")["doc_id"].transform("nunique")
    counted = counted[(spread >= min_docs) & (spread < len(documents))]
    rows = pd.Index(documents).get_indexer(pd.Index(counted["doc_id"]))
    columns, terms = pd.factorize(counted["term"], sort=True)
    cells = counted["n"].to_numpy(dtype="float64")
    matrix = sparse.csr_matrix((cells, (rows, columns)), shape=(len(documents), len(terms)))
    weighed = TfidfTransformer(sublinear_tf=True).fit_transform(matrix) if len(terms) else matrix
    return weighed, np.asarray(terms)


def _factors(matrix: sparse.csr_matrix, n_topics: int, seed: int) -> tuple[Reals, Reals, float]:
    model = NMF(n_topics, init="random", random_state=seed, max_iter=400)
    with warnings.catch_warnings():
        # A start that has not settled is judged by its error, like all others.
        warnings.simplefilter("ignore", ConvergenceWarning)
        shares = model.fit_transform(matrix)
    return shares, model.components_, float(model.reconstruction_err_)


def _stability(words: Reals, others: list[Reals]) -> Reals:
    own = _top_sets(words)
    found = np.zeros((len(others), len(own)))
    for number, other in enumerate(others):
        there = _top_sets(other)
        overlap = np.array([[len(a & b) / len(a | b) for b in there] for a in own])
        rows, columns = linear_sum_assignment(-overlap)
        found[number, rows] = overlap[rows, columns]
    mean: Reals = found.mean(axis=0)
    return mean


def _top_sets(words: Reals) -> list[frozenset[int]]:
    return [frozenset(np.argsort(-row, kind="stable")[:_TOP].tolist()) for row in words]


def _top_terms(words: Reals, terms: npt.NDArray[Any]) -> pd.DataFrame:
    rows = [
        {"topic": number, "rank": rank, "term": terms[at], "weight": float(row[at])}
        for number, row in enumerate(words, start=1)
        for rank, at in enumerate(np.argsort(-row, kind="stable")[:_TOP], start=1)
        if row[at] > 0
    ]
    return pd.DataFrame(rows, columns=["topic", "rank", "term", "weight"])


def _shares(shares: Reals, documents: list[Any]) -> pd.DataFrame:
    total = shares.sum(axis=1, keepdims=True)
    total[total == 0] = 1
    frame = pd.DataFrame(shares / total, index=pd.Index(documents, name="doc_id"))
    frame.columns = pd.Index(range(1, shares.shape[1] + 1), name="topic")
    return frame


def _stable(stability: Reals, n_seeds: int) -> pd.DataFrame:
    topics = range(1, len(stability) + 1)
    return pd.DataFrame({"topic": topics, "stability": stability, "n_seeds": n_seeds})
