"""From problems and promises to chains: a shortcoming, the plan for it, and what came of that."""

from __future__ import annotations

import pandas as pd

CHAIN_COLUMNS = (
    "doc_id", "sentence_id", "text", "has_cause", "is_specific", "plan_sentence_id", "plan_text",
    "plan_score", "next_doc_id", "result_sentence_id", "result_text", "feedback",
    "feedback_score", "score", "is_met",
)  # fmt: skip
_FOLLOWED = CHAIN_COLUMNS[8:]


def chains(problems: pd.DataFrame, promises: pd.DataFrame) -> pd.DataFrame:
    """One row a problem of ``problem_table``, with the plan of its report that meets it, and what
    the next report of the place says of that plan (``promise_table``).

    ``plan_score`` and ``score`` say how many of the words are shared, weighed by how rare they are;
    each link is a proposal that names both sentences. A problem that no plan meets has neither.
    """
    keys = ["doc_id", "plan_sentence_id", "plan_text"]
    followed = promises.rename(columns={"sentence_id": keys[1], "text": keys[2]})
    # A problem without a plan must not be joined to a promise without words.
    followed = followed[[*keys, *_FOLLOWED]].dropna(subset=keys).drop_duplicates(keys)
    linked = problems.rename(columns={"score": "plan_score"}).astype(dict.fromkeys(keys, object))
    linked = linked.merge(followed.astype(dict.fromkeys(keys, object)), on=keys, how="left")
    return linked[list(CHAIN_COLUMNS)]
