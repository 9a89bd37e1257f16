"""Weights against a background: general Chinese by hand, the corpus as scikit-learn has it."""

import math

import pandas as pd
import pytest
from sklearn.feature_extraction.text import TfidfVectorizer

from govlaw.errors import InputError
from govlaw.stats.background import general_frequencies, weigh_terms

TEXTS = {"a": "今年 行政复议 行政复议 信访", "b": "今年 今年 信访 调解", "c": "今年 环保 环保 环保"}
COUNTS = pd.DataFrame(
    [(doc_id, "body", term, text.split().count(term))
     for doc_id, text in TEXTS.items() for term in sorted(set(text.split()))],
    columns=["doc_id", "role", "term", "n"],
)  # fmt: skip
DOCUMENTS = pd.DataFrame(
    {"doc_id": list("abc"), "year": [2018, 2018, 2019], "doc_type": ["plan", "plan", "other"],
     "ref_area": ["110101", "110102", "110101"], "province": ["甲省", "乙省", "乙省"]}
)  # fmt: skip


def weight(frame, unit, term):
    return frame[(frame.iloc[:, 0] == unit) & (frame["term"] == term)]["tf_idf"].item()


def test_the_corpus_background_is_scikit_learns():
    vectorizer = TfidfVectorizer(tokenizer=str.split, token_pattern=None, lowercase=False)
    matrix = vectorizer.fit_transform(TEXTS.values()).toarray()
    found = weigh_terms(COUNTS, DOCUMENTS)
    for row, doc_id in enumerate(TEXTS):
        for term, column in vectorizer.vocabulary_.items():
            if matrix[row, column]:
                assert weight(found, doc_id, term) == pytest.approx(matrix[row, column])


def test_general_weights_by_hand():
    known, total = general_frequencies()
    raw = {term: n * math.log((total + 1) / (known.get(term, 0) + 1))
           for term, n in (("今年", 1), ("行政复议", 2), ("信访", 1))}  # fmt: skip
    length = math.sqrt(sum(value**2 for value in raw.values()))
    found = weigh_terms(COUNTS, DOCUMENTS, background="general")
    for term, value in raw.items():
        assert weight(found, "a", term) == pytest.approx(value / length)


def test_a_single_document_can_be_weighed_against_general_chinese_only():
    one = COUNTS[COUNTS["doc_id"] == "b"]
    alone = weigh_terms(one).set_index("term")["idf"]
    assert alone.nunique() == 1, "one document has no background of its own"
    general = weigh_terms(one, background="general").set_index("term")["idf"]
    assert general["调解"] > general["今年"]


@pytest.mark.parametrize("by", ["doc_id", "role", "year", "doc_type", "ref_area", "province"])
@pytest.mark.parametrize("background", ["corpus", "general"])
def test_one_parameter_chooses_the_unit(by, background):
    found = weigh_terms(COUNTS, DOCUMENTS, by=by, background=background)
    expected = {"body"} if by == "role" else set(DOCUMENTS[by])
    assert set(found[by]) == expected
    lengths = (found["tf_idf"] ** 2).groupby(found[by]).sum()
    assert lengths.to_numpy() == pytest.approx([1.0] * len(expected))
    assert found["n"].sum() == COUNTS["n"].sum()


def test_bad_questions_are_refused():
    with pytest.raises(InputError, match="did you mean 'general'"):
        weigh_terms(COUNTS, background="genral")
    with pytest.raises(InputError, match="no such grouping"):
        weigh_terms(COUNTS, DOCUMENTS, by="county", background="general")


def test_nothing_in_nothing_out():
    for background in ("corpus", "general"):
        assert weigh_terms(COUNTS.iloc[:0], background=background).empty
