"""What makes a statement specific, and shares checked by hand."""

import pandas as pd
import pytest

from govlaw.errors import InputError
from govlaw.facts.specifics import marks_of
from govlaw.stats.specificity import specificity_profile

CASES = [
    ("出台《湖里区人民政府法律顾问工作规则》。", "has_instrument"),
    ("印发实施方案(厦湖府办〔2017〕73号)。", "has_instrument"),
    ("由县司法局牵头。", "has_actor"),
    ("年底前完成。", "has_date"),
    ("各派出所抓好落实。", None),
    ("进一步加强法治建设。", None),
]


@pytest.mark.parametrize(("text", "mark"), CASES)
def test_marks(text, mark):
    marks = marks_of(text)
    assert marks.is_specific == (mark is not None)
    if mark:
        assert getattr(marks, mark)


def test_hedges_and_slogans_are_counted():
    marks = marks_of("进一步不断提高,为高质量发展提供坚强保障。")
    assert (marks.n_hedges, marks.n_slogans) == (2, 2)


STATEMENTS = pd.DataFrame(
    {
        "doc_id": ["a", "a", "a", "b"],
        "role": ["body", "body", "plan", "body"],
        "has_number": [True, False, False, False],
        "has_instrument": [False, True, False, False],
        "has_actor": [False, False, False, False],
        "has_date": [True, False, False, False],
        "n_hedges": [0, 1, 2, 0],
        "n_slogans": [0, 0, 1, 0],
    }
)


def test_shares_by_hand():
    found = specificity_profile(STATEMENTS).set_index(["doc_id", "role"])
    row = found.loc[("a", "body")]
    assert row[["n_sentences", "share_number", "share_date", "share_hedged"]].tolist() == [
        2, 0.5, 0.5, 0.5,
    ]  # fmt: skip
    assert row["share_specific"] == 1
    assert found.loc[("a", "plan"), "hedges_per_sentence"] == 2
    assert found.loc[("b", "body"), "share_specific"] == 0


def test_by_year_needs_the_register():
    documents = pd.DataFrame({"doc_id": ["a", "b"], "year": [2019, 2020], "doc_type": "plan"})
    found = specificity_profile(STATEMENTS, documents, by="year")
    assert found["n_sentences"].tolist() == [3, 1]
    with pytest.raises(InputError, match="pass documents"):
        specificity_profile(STATEMENTS, by="year")
    with pytest.raises(InputError, match="no such grouping"):
        specificity_profile(STATEMENTS, by="county")


def test_problems_are_vaguer_than_achievements_in_the_seeds(tables):
    found = specificity_profile(tables.statements, by="role").set_index("role")
    assert found.loc["problems", "share_specific"] < found.loc["achievements", "share_specific"]
    assert found.loc["problems", "share_number"] == 0


def test_no_statements_give_an_empty_profile():
    assert specificity_profile(STATEMENTS.iloc[:0]).empty
