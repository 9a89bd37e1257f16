"""Chains: a shortcoming with its plan and its sequel, and no chain out of nothing."""

import pandas as pd

from govlaw.stats.chains import CHAIN_COLUMNS, chains
from govlaw.stats.promises import PROBLEM_COLUMNS, PROMISE_COLUMNS

PROBLEMS = pd.DataFrame(
    [("a", "a:1", "应诉率偏低", False, False, 0, "a:9", "应诉率达到90%以上", 0.61),
     ("a", "a:2", "力量薄弱", True, False, 1, None, None, None)],
    columns=list(PROBLEM_COLUMNS),
)  # fmt: skip
PROMISE = {
    "doc_id": "a", "sentence_id": "a:9", "text": "应诉率达到90%以上", "next_doc_id": "b",
    "result_sentence_id": "b:3", "result_text": "应诉率为72%", "score": 0.8, "feedback": "plain",
    "feedback_score": 3, "promised": 90.0, "reported": 72.0, "is_met": False,
}  # fmt: skip
PROMISES = pd.DataFrame([PROMISE, {**PROMISE, "sentence_id": None, "text": None}])
PROMISES = PROMISES.reindex(columns=list(PROMISE_COLUMNS))


def test_problem_plan_and_result_are_one_row():
    found = chains(PROBLEMS, PROMISES)
    assert list(found.columns) == list(CHAIN_COLUMNS)
    first = found.iloc[0]
    assert (first["plan_score"], first["score"]) == (0.61, 0.8)
    assert (first["feedback"], first["feedback_score"], first["is_met"]) == ("plain", 3, False)
    assert first["result_text"] == "应诉率为72%"


def test_a_problem_without_a_plan_has_no_result():
    found = chains(PROBLEMS, PROMISES)
    assert len(found) == 2
    assert found.iloc[1][["plan_text", "feedback", "result_text", "score"]].isna().all()


def test_one_promise_meets_several_problems_and_is_said_once():
    twice = pd.concat([PROMISES, PROMISES])
    both = PROBLEMS.assign(plan_sentence_id="a:9", plan_text=PROMISE["text"])
    assert chains(both, twice)["feedback"].tolist() == ["plain", "plain"]


def test_empty_tables_give_an_empty_table():
    assert chains(PROBLEMS.iloc[:0], PROMISES.iloc[:0]).empty
    alone = chains(PROBLEMS, PROMISES.iloc[:0])
    assert alone["feedback"].isna().all()
