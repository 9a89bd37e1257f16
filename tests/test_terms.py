"""Word weights: scikit-learn's numbers, honest units, and words that really set groups apart."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.metrics.pairwise import cosine_similarity

from govlaw import paths
from govlaw.errors import InputError
from govlaw.stats import terms
from govlaw.stats.terms import cosine_matrix, distinctive_terms, nearest, tf_idf, tf_idf_matrix
from govlaw.text.corpus import read_document
from govlaw.text.tokens import count_terms, tokenize


@pytest.fixture(scope="module")
def seeds():
    return [read_document(path) for path in sorted(paths.seeds().glob("*.txt"))]


@pytest.fixture(scope="module")
def counts(seeds):
    return pd.concat([pd.DataFrame(count_terms(document)) for document in seeds], ignore_index=True)


@pytest.fixture(scope="module")
def documents(seeds):
    return pd.DataFrame(
        {"doc_id": d.doc_id, "year": d.year, "doc_type": d.doc_type,
         "ref_area": d.register.ref_area}
        for d in seeds
    )  # fmt: skip


def words(text):
    return [word for word in tokenize(text) if not word[0].isdigit()]


def square(weights, by="doc_id"):
    return weights.pivot(index=by, columns="term", values="tf_idf").fillna(0)


def body(document):
    return "\n".join(s.text for s in document.sentences if s.role != "noise")


@pytest.mark.parametrize("min_docs", [1, 2, 3])
def test_the_weights_are_those_of_scikit_learn(seeds, counts, min_docs):
    vectorizer = TfidfVectorizer(
        tokenizer=words, token_pattern=None, lowercase=False, min_df=min_docs,
        stop_words=["行政执法", "管理"],
    )  # fmt: skip
    expected = vectorizer.fit_transform([body(document) for document in seeds]).toarray()
    mine = tf_idf(counts, min_docs=min_docs, exclude=["行政执法", "管理"])
    found = square(mine)[list(vectorizer.get_feature_names_out())].to_numpy()
    np.testing.assert_allclose(found, expected, atol=1e-12)
    np.testing.assert_allclose(
        cosine_matrix(mine).to_numpy(), cosine_similarity(expected), atol=1e-12
    )
    idf = mine.drop_duplicates("term").set_index("term")["idf"]
    np.testing.assert_allclose(idf[vectorizer.get_feature_names_out()], vectorizer.idf_)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.text("甲乙丙丁 ", min_size=0, max_size=12), min_size=1, max_size=6))
def test_the_weights_are_those_of_scikit_learn_on_any_counts(texts):
    rows = [
        {"doc_id": f"{n}", "role": "body", "term": term, "n": text.split().count(term)}
        for n, text in enumerate(texts) for term in sorted(set(text.split()))
    ]  # fmt: skip
    counts = pd.DataFrame(rows, columns=["doc_id", "role", "term", "n"])
    mine = tf_idf(counts, pd.DataFrame({"doc_id": [str(n) for n in range(len(texts))]}))
    if counts.empty:
        assert mine.empty
        return
    vectorizer = TfidfVectorizer(tokenizer=str.split, token_pattern=None, lowercase=False)
    expected = vectorizer.fit_transform(texts).toarray()
    found = square(mine).reindex([str(n) for n in range(len(texts))], fill_value=0)
    np.testing.assert_allclose(found[list(vectorizer.get_feature_names_out())], expected)


@pytest.mark.parametrize("norm", ["l1", "l2", None])
@pytest.mark.parametrize(("smooth", "sublinear"), [(True, False), (False, True)])
def test_the_matrix_is_that_of_scikit_learn(seeds, counts, documents, norm, smooth, sublinear):
    vectorizer = TfidfVectorizer(
        tokenizer=words, token_pattern=None, lowercase=False, min_df=2,
        norm=norm, smooth_idf=smooth, sublinear_tf=sublinear,
    )  # fmt: skip
    expected = vectorizer.fit_transform([body(document) for document in seeds])
    settings = {"min_docs": 2, "norm": norm, "smooth": smooth, "sublinear": sublinear}
    batches = [own for _, own in counts.groupby("doc_id")]
    for told in (counts, batches, iter(batches[::-1])):
        matrix, names, vocabulary = tf_idf_matrix(told, documents, **settings)
        assert names == sorted(documents["doc_id"])
        assert vocabulary == list(vectorizer.get_feature_names_out())
        assert matrix.format == "csr"
        np.testing.assert_allclose(matrix.toarray(), expected.toarray())


def test_the_matrix_has_a_row_for_a_document_without_words(counts, documents):
    silent = pd.concat([documents, documents.tail(1).assign(doc_id="zzz")])
    for told in (counts, [counts]):
        matrix, names, _ = tf_idf_matrix(told, silent)
        assert names[-1] == "zzz"
        assert matrix[-1].nnz == 0
    matrix, years, _ = tf_idf_matrix(counts, documents, by="year")
    assert years == sorted(documents["year"].unique())
    assert matrix.shape[0] == len(years)


@pytest.mark.parametrize("k", [1, 3, 99])
def test_the_nearest_of_a_matrix_are_those_of_its_rows(counts, documents, k, monkeypatch):
    wanted = nearest(tf_idf(counts), k=k)
    monkeypatch.setattr(terms, "_CELLS", 10)  # two rows at a time
    found = nearest(tf_idf_matrix(counts, documents), k=k)
    pd.testing.assert_frame_equal(found, wanted)


@pytest.mark.parametrize("by", ["doc_id", "role", "year", "doc_type", "ref_area"])
def test_every_grouping_adds_up(counts, documents, by):
    weights = tf_idf(counts, documents, by=by)
    assert list(weights.columns) == [by, "term", "n", "tf", "idf", "tf_idf"]
    lost = weights.attrs["left_out"]
    assert weights["n"].sum() == counts.loc[~counts["doc_id"].isin(lost), "n"].sum()
    np.testing.assert_allclose(weights.groupby(by)["tf"].sum(), 1)
    np.testing.assert_allclose((weights["tf_idf"] ** 2).groupby(weights[by]).sum(), 1)
    assert not weights.duplicated([by, "term"]).any()


def test_two_documents_of_a_year_are_one_unit(counts, documents):
    weights = tf_idf(counts, documents, by="year")
    years = documents["year"].value_counts()
    assert years.max() > 1  # 000 and 003 both report on 2017
    assert sorted(weights["year"].unique()) == sorted(years.index)


def test_excluded_words_still_count_as_tokens(counts):
    all_words, some = tf_idf(counts), tf_idf(counts, exclude=["行政执法"])
    assert "行政执法" not in set(some["term"])
    merged = all_words.merge(some, on=["doc_id", "term"])
    np.testing.assert_allclose(merged["tf_x"], merged["tf_y"])


def test_a_document_without_the_grouping_is_named():
    counts = pd.DataFrame(
        {"doc_id": ["a", "b"], "role": "body", "term": ["信访", "审计"], "n": [1, 1]}
    )
    documents = pd.DataFrame({"doc_id": ["a", "b"], "year": [2017, None]})
    weights = tf_idf(counts, documents, by="year")
    assert list(weights["term"]) == ["信访"]
    assert weights.attrs["left_out"] == ["b"]


def test_one_document_and_no_document(counts):
    one = tf_idf(counts[counts["doc_id"] == "001"])
    assert (one["idf"] == 1).all()
    assert cosine_matrix(one).to_numpy().tolist() == [[pytest.approx(1)]]
    assert nearest(one).empty
    none = tf_idf(counts[counts["doc_id"] == "999"])
    assert none.empty
    assert cosine_matrix(none).shape == (0, 0)
    assert tf_idf(counts, min_docs=99).empty


def test_cosine_is_symmetric_and_nearest_agrees(counts):
    weights = tf_idf(counts)
    likeness = cosine_matrix(weights)
    np.testing.assert_allclose(likeness, likeness.T)
    np.testing.assert_allclose(np.diag(likeness), 1)
    best = nearest(weights, k=1)
    for row in best.itertuples():
        others = likeness.loc[row.doc_id].drop(row.doc_id)
        assert row.cosine == pytest.approx(others.max())
        assert row.other == others.idxmax()


def test_a_matrix_too_large_is_refused():
    weights = pd.DataFrame({"doc_id": range(5001), "term": "信访", "tf_idf": 1.0})
    with pytest.raises(InputError, match="nearest"):
        cosine_matrix(weights)


def test_wrong_groupings_say_what_next(counts, documents):
    with pytest.raises(InputError, match="did you mean 'year'"):
        tf_idf(counts, documents, by="yaer")
    with pytest.raises(InputError, match="pass documents"):
        tf_idf(counts, by="year")
    with pytest.raises(InputError, match="no such column"):
        cosine_matrix(tf_idf(counts), by="year")


def test_distinctive_terms_of_2021(counts, documents):
    found = distinctive_terms(counts, documents, group=2021).set_index("term")
    assert found.loc["习近平法治思想", ["n_group", "n_other"]].tolist() == [6, 0]
    assert found.loc["习近平法治思想", "low"] > 0
    assert found.loc["信访", "log_odds"] < 0
    assert (found["low"] < found["log_odds"]).all()
    assert (found["log_odds"] < found["high"]).all()
    assert found["z"].abs().is_monotonic_decreasing
    assert (found["n_docs_group"] <= 1).all()
    total = counts.groupby("term")["n"].sum()
    assert (
        (found["n_group"] + found["n_other"]).sort_index().equals(total[found.index].sort_index())
    )


def test_distinctive_terms_are_symmetric(counts, documents):
    there = distinctive_terms(counts, documents, group=2021, other=2019).set_index("term")
    back = distinctive_terms(counts, documents, group=2019, other=2021).set_index("term")
    np.testing.assert_allclose(there["z"], -back.loc[there.index, "z"])


def test_log_odds_by_hand():
    counts = pd.DataFrame(
        {"doc_id": ["a", "a", "b", "b"], "role": "body",
         "term": ["信访", "审计", "信访", "审计"], "n": [30, 70, 10, 90]}
    )  # fmt: skip
    documents = pd.DataFrame({"doc_id": ["a", "b"], "year": [2017, 2018]})
    found = distinctive_terms(counts, documents, group=2017, prior=10).set_index("term")
    # prior: 信访 40 of 200, so 2 of 10
    wanted = np.log(32 / (110 - 32)) - np.log(12 / (110 - 12))
    assert found.loc["信访", "log_odds"] == pytest.approx(wanted)
    assert found.loc["信访", "z"] == pytest.approx(wanted / np.sqrt(1 / 32 + 1 / 12))


def test_a_comparison_needs_two_sides(counts, documents):
    with pytest.raises(InputError, match="no words of year 2020"):
        distinctive_terms(counts, documents, group=2020)
    with pytest.raises(InputError, match="nothing to compare"):
        distinctive_terms(counts, documents, group=2021, other=2021)
    only = documents[documents["year"] == 2021]
    with pytest.raises(InputError, match="nothing to compare"):
        distinctive_terms(counts, only, group=2021)
