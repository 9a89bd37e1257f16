"""From counts of words to a sparse matrix of weights: a row a document, and no dense step.

The weights are scikit-learn's own; what is spared is its vectorizer, which builds the same counts
again from lists of words.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, Literal, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse
from sklearn.feature_extraction.text import TfidfTransformer

Ints = npt.NDArray[np.int64]

_TOGETHER = 256  # units in a batch of rows


class TermMatrix(NamedTuple):
    """Counts or weights: a row for each document (or year, …), a column for each word, sorted."""

    matrix: sparse.csr_matrix
    documents: list[Any]
    vocabulary: list[str]


def count_words(counted: Iterable[tuple[Any, Mapping[str, int]]]) -> TermMatrix:
    """The counts of documents that come one after the other.

    >>> counts = count_words([("001", {"行政执法": 2}), ("004", {"信访": 1, "行政执法": 9})])
    >>> counts.vocabulary, counts.matrix.toarray().tolist()
    (['信访', '行政执法'], [[0, 2], [1, 9]])
    """
    numbers: defaultdict[str, int] = defaultdict()
    numbers.default_factory = numbers.__len__
    documents: list[Any] = []
    columns, counts = [np.zeros(0, np.int32)], [np.zeros(0, np.int32)]
    for name, words in counted:
        documents.append(name)
        columns.append(np.fromiter(map(numbers.__getitem__, words), np.int32, len(words)))
        counts.append(np.fromiter(words.values(), np.int32, len(words)))
    bounds = np.cumsum([len(own) for own in columns])
    parts = (np.concatenate(counts), np.concatenate(columns), bounds)
    matrix = sparse.csr_matrix(parts, shape=(len(documents), len(numbers)))
    return _sorted(matrix, documents, list(numbers))


def read_counts(
    frames: Iterable[pd.DataFrame], units: Sequence[Any], by: str = "doc_id"
) -> TermMatrix:
    """The counts of frames with the columns ``by``, term and n, each of whole units.

    The rows are those of ``units`` in their order, with words or without.
    """
    numbers: dict[str, int] = {}
    found: list[Any] = []
    blocks: list[sparse.csr_matrix] = []
    for frame in frames:
        own, terms = pd.factorize(frame["term"])
        columns = np.array([numbers.setdefault(term, len(numbers)) for term in terms], np.int32)
        rows, names = pd.factorize(frame[by])
        found += list(names)
        cells = (frame["n"].to_numpy(dtype=np.int32), (rows, columns[own]))
        blocks.append(sparse.csr_matrix(cells, shape=(len(names), len(numbers))))
    for block in blocks:
        block.resize((block.shape[0], len(numbers)))
    silent = sorted(set(units) - set(found))
    blocks.append(sparse.csr_matrix((len(silent), len(numbers)), dtype=np.int32))
    matrix = sparse.vstack(blocks, format="csr", dtype=np.int32)
    blocks.clear()
    order = pd.Index([*found, *silent]).get_indexer(pd.Index(units))
    if not np.array_equal(order, np.arange(matrix.shape[0])):
        matrix = matrix[order]
    return _sorted(matrix, list(units), list(numbers))


def _sorted(matrix: sparse.csr_matrix, documents: list[Any], words: list[str]) -> TermMatrix:
    """The matrix with its words in order, as scikit-learn has them."""
    order = sorted(range(len(words)), key=words.__getitem__)
    place = np.empty(len(words), dtype=np.int32)
    place[order] = np.arange(len(words), dtype=np.int32)
    parts = (matrix.data, place[matrix.indices], matrix.indptr)
    matrix = sparse.csr_matrix(parts, shape=matrix.shape)
    matrix.sort_indices()
    return TermMatrix(matrix, documents, [words[number] for number in order])


def keep_words(
    counts: TermMatrix, *, exclude: Collection[str] = (), min_docs: int = 1
) -> TermMatrix:
    """The columns of words that are not excluded and stand in so many documents."""
    spread = np.bincount(counts.matrix.indices, minlength=len(counts.vocabulary))
    left_out = set(exclude)
    is_kept = np.array([word not in left_out for word in counts.vocabulary], dtype=bool)
    kept = np.flatnonzero(is_kept & (spread >= min_docs))
    if len(kept) == len(counts.vocabulary):
        return counts
    words = [counts.vocabulary[number] for number in kept]
    return TermMatrix(counts.matrix[:, kept], counts.documents, words)


def weigh(
    counts: TermMatrix,
    *,
    norm: Literal["l1", "l2"] | None = "l2",
    smooth: bool = True,
    sublinear: bool = False,
) -> TermMatrix:
    """The TF-IDF weights of counts, as ``TfidfVectorizer`` with these settings gives them."""
    matrix = counts.matrix.astype(np.float64)
    if not matrix.nnz:
        return counts._replace(matrix=matrix)
    settings = {"norm": norm, "smooth_idf": smooth, "sublinear_tf": sublinear}
    transformer = TfidfTransformer(**settings).fit(matrix)
    return counts._replace(matrix=transformer.transform(matrix, copy=False))


def count_tokens(counts: TermMatrix) -> Ints:
    """How many words each document has."""
    return np.asarray(counts.matrix.sum(axis=1, dtype=np.int64)).ravel()


def weight_rows(counts: TermMatrix, tokens: Ints, by: str = "doc_id") -> Iterator[pd.DataFrame]:
    """Rows of ``by``, term, n, tf, idf and tf_idf, the largest weights of a unit first.

    ``tokens`` is how many words each unit has, those left out of ``counts`` included.
    """
    weights, words = weigh(counts).matrix, np.array(counts.vocabulary, dtype=object)
    n_units = len(counts.documents)
    spread = np.bincount(counts.matrix.indices, minlength=len(words))
    idf = np.log((1 + n_units) / (1 + spread)) + 1
    bounds = counts.matrix.indptr
    for start in range(0, n_units, _TOGETHER):
        end = min(start + _TOGETHER, n_units)
        cells = slice(bounds[start], bounds[end])
        rows = np.repeat(np.arange(start, end), np.diff(bounds[start : end + 1]))
        columns, n, weight = (
            counts.matrix.indices[cells],
            counts.matrix.data[cells],
            weights.data[cells],
        )
        order = np.lexsort((columns, -weight, rows))
        rows, columns = rows[order], columns[order]
        yield pd.DataFrame(
            {
                by: pd.Index(counts.documents).take(rows),
                "term": words[columns],
                "n": n[order].astype(np.int64),
                "tf": n[order] / tokens[rows],
                "idf": idf[columns],
                "tf_idf": weight[order],
            }
        )
