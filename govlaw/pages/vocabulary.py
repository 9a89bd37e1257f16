"""From word tables to the frames beside figures of words: typical, distinctive, alike, where."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from govlaw.errors import InputError
from govlaw.lexicon import Group
from govlaw.pages.markup import named_rows
from govlaw.pages.readings import shared_years
from govlaw.stats.background import weigh_terms
from govlaw.stats.keyness import keyness
from govlaw.stats.terms import cosine_matrix

_KWIC = ["doc_id", "sentence_id", "pre", "keyword", "post"]
#: What is shown of a word that sets two sides apart.
_APART = (
    "n_group", "n_other", "n_docs_group", "n_docs_other", "log_odds", "low", "high", "z", "g2",
    "log_ratio",
)  # fmt: skip


def mention_lines(
    tables: Any, trend: pd.DataFrame, groups: Sequence[str], *, each: int = 2
) -> pd.DataFrame:
    """A few places where the words of each group stand, from different documents of the trend."""
    years = {int(year) for year in trend["year"]}
    known = tables.documents
    told = known[known["year"].isin(years)]
    if "doc_type" in trend.columns:
        told = told[told["doc_type"].isin(set(trend["doc_type"]))]
    mentions = tables.mentions[tables.mentions["doc_id"].isin(told["doc_id"])]
    apart = mentions["group"].where(
        mentions["group"].isin(groups), mentions["group"] + ":" + mentions["term"]
    )
    wanted = mentions.assign(shown=apart)[apart.isin(groups)]
    first = wanted.drop_duplicates(["shown", "doc_id"]).groupby("shown").head(each)
    order = {group: number for number, group in enumerate(groups)}
    first = first.assign(order=first["shown"].map(order)).sort_values(["order", "doc_id"])
    said = first.merge(
        tables.sentences[["sentence_id", "text", "start"]], on="sentence_id",
        suffixes=("", "_of_sentence"),
    )  # fmt: skip
    return pd.DataFrame([_line(row) for row in named_rows(said)], columns=_KWIC)


def _line(row: Any, window: int = 18) -> dict[str, Any]:
    start, end = row.start - row.start_of_sentence, row.end - row.start_of_sentence
    return {
        "doc_id": row.doc_id, "sentence_id": row.sentence_id,
        "pre": row.text[max(0, start - window) : start], "keyword": row.text[start:end],
        "post": row.text[end : end + window],
    }  # fmt: skip


def group_to_compare(documents: pd.DataFrame, by: str, wanted: str | None) -> tuple[str, Any]:
    """The column and the group to set against the rest: the wanted one, else the largest.

    A corpus of one kind of document is compared by year, the latest against the others.
    """
    if by not in documents.columns:
        raise InputError(f"by={by!r}", "no such column", "compare by doc_type, year or ref_area")
    values = documents[by].dropna()
    if wanted is not None:
        return by, as_written(values, wanted)
    if values.empty:
        return by, None
    if values.nunique() < 2 and documents["year"].nunique() > 1:
        return "year", int(documents["year"].max())
    return by, values.value_counts().index[0]


def as_written(values: pd.Series, wanted: str | None) -> Any:
    """A parameter as the column writes it: the year 2019 and not its letters."""
    if wanted is None or values.empty:
        return wanted
    is_number = pd.api.types.is_numeric_dtype(values) and wanted.lstrip("-").isdigit()
    return int(wanted) if is_number else wanted


def distinctive_or_none(
    tables: Any, by: str, group: Any, other: Any = None, *, measure: str = "log_odds",
    exclude: Sequence[str] = (),
) -> pd.DataFrame:  # fmt: skip
    """Words that set one group apart from another or the rest; empty where there is no other."""
    if group is None or tables.documents[by].nunique() < 2:
        return pd.DataFrame(columns=["term", *_APART])
    return keyness(
        tables.term_counts, tables.documents, group=group, other=other, by=by, measure=measure,
        exclude=exclude,
    )  # fmt: skip


def both_ends(terms: pd.DataFrame, n: int = 14) -> pd.DataFrame:
    """The words most typical of the one side and of the other, with what they rest on."""
    best = pd.concat([terms.nlargest(n, "z"), terms.nsmallest(n, "z")]).drop_duplicates("term")
    return best[["term", *_APART]]


def likeness(weights: pd.DataFrame, cap: int = 40) -> pd.DataFrame:
    """Cosine similarity of the first documents with each other."""
    kept = sorted(weights["doc_id"].unique())[:cap]
    return cosine_matrix(weights[weights["doc_id"].isin(kept)])


def shared_by_kind(documents: pd.DataFrame) -> dict[str, set[tuple[int, int]]]:
    """For each kind the neighbouring years on which one and the same place reports."""
    return {str(kind): shared_years(rows) for kind, rows in documents.groupby("doc_type")}


def renamed_groups(trend: pd.DataFrame, groups: Mapping[str, Group]) -> list[str]:
    """The groups in which one word gave way to another, and which occur at all."""
    occur = trend.loc[trend["n"].fillna(0) > 0, "group"].unique()
    return [str(group) for group in occur if group in groups and groups[group].renamed]


def trend_rows(trend: pd.DataFrame, groups: Sequence[str]) -> pd.DataFrame:
    """The figures behind the panels of these groups; kinds without a document in a year left out,
    unless no kind has one.
    """
    own = trend[trend["group"].isin(list(groups))]
    years = own.groupby("year")["n_docs"].transform("sum")
    first = own["doc_type"] == own["doc_type"].iloc[0] if len(own) else own["n_docs"] < 0
    kept = own[(own["n_docs"] > 0) | ((years == 0) & first)]
    kept = kept.assign(doc_type=kept["doc_type"].where(kept["n_docs"] > 0))
    return kept.round({"rate_per_1k_chars": 2, "low": 2, "high": 2})


def term_names(trend: pd.DataFrame, groups: Mapping[str, str]) -> dict[str, str]:
    """What is written over a panel: the name of a group, or the term that is shown apart."""
    names = dict(groups)
    for group in trend["group"].unique():
        if ":" in str(group):
            names[str(group)] = str(group).partition(":")[2]
    return names


def attention_rows(attention: pd.DataFrame, groups: Mapping[str, Group]) -> pd.DataFrame:
    """Attention by year, the most frequent groups first, with the first possible year of each."""
    highest = attention.groupby("group")["rate_per_1k_chars"].transform("max")
    ranked = attention.assign(highest=highest).sort_values(
        ["highest", "group", "year"], ascending=[False, True, True]
    )
    since = [groups[one].since if one in groups else None for one in ranked["group"]]
    rows = ranked.assign(since=pd.array(since, dtype="Int64")).drop(columns="highest")
    columns = ["group", "year", "n", "rate_per_1k_chars", "n_sentences", "share_sentences",
               "n_docs", "n_chars", "n_all_sentences", "since"]  # fmt: skip
    return rows[columns].round({"rate_per_1k_chars": 2, "share_sentences": 3})


def document_weights(tables: Any, background: str, exclude: Sequence[str]) -> pd.DataFrame:
    """The weights of each document, which likeness is measured with."""
    return weigh_terms(tables.term_counts, tables.documents, background=background, exclude=exclude)


def set_apart(weights: pd.DataFrame, by: str, background: str = "corpus") -> pd.DataFrame:
    """Without the words that stand in every unit: they cannot set one apart from the others.

    Against general Chinese they stay: there they are what the genre shares.
    """
    n_units = weights[by].nunique()
    if n_units < 3 or background != "corpus":
        return weights
    spread = weights.groupby("term")[by].transform("nunique")
    return weights[spread < n_units].reset_index(drop=True)
