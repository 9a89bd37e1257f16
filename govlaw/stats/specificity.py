"""From the marks of statements to a profile by section: specific where, vague where. No score."""

from __future__ import annotations

import pandas as pd

from govlaw.errors import InputError
from govlaw.knowledge import did_you_mean

_SHARES = {
    "number": "has_number",
    "instrument": "has_instrument",
    "actor": "has_actor",
    "date": "has_date",
}
_BY = ("role", "doc_id", "year", "doc_type")
MEASURES = (*(f"share_{name}" for name in _SHARES), "share_specific", "share_hedged",
            "share_slogan", "hedges_per_sentence")  # fmt: skip


def specificity_profile(
    statements: pd.DataFrame,
    documents: pd.DataFrame | None = None,
    *,
    by: tuple[str, ...] | str = ("doc_id", "role"),
) -> pd.DataFrame:
    """Shares of sentences with a number, a named text, a named body, a date, a hedge, a slogan.

    One row for each ``by`` (of doc_id, role, year, doc_type; the last two need ``documents``), with
    n_sentences: a share of four sentences is an anecdote. ``share_specific`` counts sentences with
    any of the first four.
    """
    keys = [by] if isinstance(by, str) else list(by)
    for key in keys:
        if key not in _BY:
            raise InputError(f"by={key!r}", "no such grouping", did_you_mean(key, _BY))
    said = statements
    if {"year", "doc_type"} & set(keys):
        if documents is None:
            what = f"which {' and '.join(keys)} a document has stands in the table documents"
            raise InputError(f"by={keys!r}", what, "pass documents as well")
        said = said.merge(documents[["doc_id", "year", "doc_type"]], on="doc_id", how="left")
    marks = said[keys].copy()
    for name, column in _SHARES.items():
        marks[f"share_{name}"] = said[column].astype("float64")
    marks["share_specific"] = said[list(_SHARES.values())].any(axis=1).astype("float64")
    marks["share_hedged"] = (said["n_hedges"] > 0).astype("float64")
    marks["share_slogan"] = (said["n_slogans"] > 0).astype("float64")
    marks["hedges_per_sentence"] = said["n_hedges"].astype("float64")
    grouped = marks.groupby(keys, dropna=True, sort=True)
    profile = grouped[list(MEASURES)].mean()
    profile.insert(0, "n_sentences", grouped.size())
    return profile.reset_index()
