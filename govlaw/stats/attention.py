"""From keyword mentions to attention: how much of each unit's text speaks of each group."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from govlaw.errors import InputError
from govlaw.knowledge import did_you_mean
from govlaw.lexicon import load_lexicon

_BY = ("doc_id", "year", "doc_type", "ref_area", "province")
_COUNTS = ("n", "n_docs", "n_sentences", "n_chars", "n_all_sentences")


def attention(
    mentions: pd.DataFrame,
    documents: pd.DataFrame,
    *,
    by: str = "doc_id",
    groups: Iterable[str] | None = None,
) -> pd.DataFrame:
    """How often each keyword group is mentioned in each document, year, kind or place.

    One row a unit and group: ``by``, group, n (mentions), n_sentences (sentences with one), n_docs,
    n_chars and n_all_sentences (the denominators), rate_per_1k_chars, share_sentences. A group of
    the list that is never found has n = 0; a unit without text has no rates. Documents whose unit
    is unknown are left out.

    >>> documents = pd.DataFrame({"doc_id": ["003"], "n_chars": [4000], "n_sentences": [80]})
    >>> mentions = pd.DataFrame({"doc_id": "003", "sentence_id": ["s1", "s1", "s2"],
    ...                          "group": "petitions"})
    >>> attention(mentions, documents)[["n", "n_sentences", "share_sentences"]].values.tolist()
    [[3.0, 2.0, 0.025]]
    """
    if by not in _BY:
        raise InputError(f"by={by!r}", "no such grouping", did_you_mean(by, _BY))
    missing = {"doc_id", "n_chars", "n_sentences", by} - set(documents.columns)
    if missing:
        what = f"documents has no column {', '.join(sorted(missing))}"
        raise InputError("attention", what, "pass the table documents")
    wanted = _wanted(groups, mentions)
    known = documents.dropna(subset=[by])
    sizes = known.groupby(by).agg(
        n_docs=("doc_id", "nunique"), n_chars=("n_chars", "sum"),
        n_all_sentences=("n_sentences", "sum"),
    )  # fmt: skip
    unit_of = known.set_index("doc_id", drop=False)[by]
    own = mentions.assign(unit=mentions["doc_id"].map(unit_of)).dropna(subset=["unit"])
    counts = own.groupby(["unit", "group"]).agg(
        n=("sentence_id", "size"), n_sentences=("sentence_id", "nunique")
    )
    cells = pd.MultiIndex.from_product([sizes.index, wanted], names=[by, "group"])
    counts.index.names = [by, "group"]
    frame = counts.reindex(cells, fill_value=0).reset_index()
    frame = frame.assign(**{name: frame[by].map(sizes[name]) for name in sizes.columns})
    return _rates(frame)[[by, "group", *_COUNTS, "rate_per_1k_chars", "share_sentences"]]


def _rates(frame: pd.DataFrame) -> pd.DataFrame:
    sizes = frame[list(_COUNTS)].astype("int64")
    chars, sentences = (sizes[c].where(sizes[c] > 0) for c in ("n_chars", "n_all_sentences"))
    return frame.assign(
        **sizes,
        rate_per_1k_chars=1000 * sizes["n"] / chars,
        share_sentences=sizes["n_sentences"] / sentences,
    )


def _wanted(groups: Iterable[str] | None, mentions: pd.DataFrame) -> list[str]:
    found = {str(group) for group in mentions["group"].unique()}
    if groups is None:
        return sorted(found)
    wanted = list(dict.fromkeys([groups] if isinstance(groups, str) else groups))
    known = found | load_lexicon().groups.keys()
    for group in wanted:
        if group not in known:
            raise InputError("groups", f"no keyword group {group!r}", did_you_mean(group, known))
    return wanted
