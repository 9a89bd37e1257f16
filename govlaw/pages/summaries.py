"""From the tables to the small frames that stand beside the figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from govlaw.pages.columns import column_label
from govlaw.pages.homes import homes, sentence_at, sentences_of
from govlaw.pages.markup import named_rows
from govlaw.pages.words import value_label
from govlaw.stats.terms import cosine_matrix, distinctive_terms
from govlaw.tables import OVERLAP_CLASSES, ROLES

_SUFFIXES = ("自治区", "自治州", "自治县", "特别行政区", "省", "市", "区", "县", "旗", "州", "盟")


def place_words(documents: pd.DataFrame) -> list[str]:
    """Names of the places in the corpus, with and without 省, 市, 县: they set documents apart
    without saying anything about what is done there.

    >>> place_words(pd.DataFrame({"province": ["吉林省"], "city": [None], "county": ["东辽县"]}))
    ['东辽', '东辽县', '吉林', '吉林省']
    """
    found: set[str] = set()
    for column in ("province", "city", "county"):
        for name in documents[column].dropna():
            found.add(str(name))
            bare = next((name.removesuffix(s) for s in _SUFFIXES if name.endswith(s)), name)
            found |= {bare} if len(bare) > 1 else set()
    return sorted(found)


def role_shares(documents: pd.DataFrame, sentences: pd.DataFrame) -> pd.DataFrame:
    """How much of each document's body stands under which role, in percent."""
    body = sentences[sentences["role"] != "noise"]
    sizes = (
        body["text"].str.len().groupby([body["doc_id"], body["role"]]).sum().unstack(fill_value=0)
    )
    shares = 100 * sizes.div(sizes.sum(axis=1), axis=0)
    order = [role for role in ROLES if role in shares.columns]
    shares = shares.reindex(documents["doc_id"]).loc[:, order].fillna(0).round(1)
    return shares.rename_axis("doc_id").reset_index()


def borrowed_shares(overlaps: pd.DataFrame, documents: pd.DataFrame) -> pd.DataFrame:
    """Share of each body in text it has in common, by class; a character counts once.

    Where classes meet, statutory goes before own past, peer and formula.
    """
    order = ("statutory", "own_past", "peer", "formula")
    runs: Any = dict(iter(overlaps.groupby(["doc_id", "class"])))
    rows = []
    for document in named_rows(documents):
        taken: set[int] = set()
        row: dict[str, Any] = {"doc_id": document.doc_id}
        for name in order:
            part = runs.get((document.doc_id, name), overlaps.head(0))
            here = {i for s, e in zip(part["start"], part["end"], strict=True) for i in range(s, e)}
            row[name] = len(here - taken) / max(1, int(document.n_chars))
            taken |= here
        rows.append(row)
    frame = pd.DataFrame(rows, columns=["doc_id", *order]).set_index("doc_id")
    return frame[[c for c in OVERLAP_CLASSES if bool((frame[c] > 0).any())]]


def longest_runs(overlaps: pd.DataFrame, tables: Any, *, n: int = 20) -> pd.DataFrame:
    """The longest runs of text in common, with their words and their sentence."""
    rows = overlaps.assign(n_chars=overlaps["end"] - overlaps["start"]).nlargest(n, "n_chars")
    texts = dict(zip(tables.texts["doc_id"], tables.texts["text"], strict=True))
    found = [
        {
            "doc_id": row["doc_id"],
            "sentence_id": sentence_at(tables.sentences, row["doc_id"], int(row["start"])),
            "class": row["class"],
            "other_id": row["other_id"],
            "n_chars": row["n_chars"],
            "text": _cut(texts[row["doc_id"]][row["start"] : row["end"]]),
        }
        for row in rows.to_dict("records")
    ]
    columns = ["doc_id", "sentence_id", "class", "other_id", "n_chars", "text"]
    return pd.DataFrame(found, columns=columns)


def _cut(words: str, cap: int = 160) -> str:
    flat = " ".join(words.split())
    return flat if len(flat) <= cap else f"{flat[:cap]}…"


def contents_matrix(contents: pd.DataFrame, lang: str) -> pd.DataFrame:
    """Documents down, required contents across, in words; whether the rule binds them first."""
    wide = contents.pivot_table(
        index=["doc_id", "is_bound"], columns="element", values="presence", aggfunc="first",
        sort=False,
    )  # fmt: skip
    said = wide.map(lambda v: value_label("presence", v).first(lang) if not pd.isna(v) else None)
    shown = said.reset_index().rename_axis(columns=None)
    shown.insert(1, "sheet", shown["doc_id"])
    return shown.sort_values("is_bound", ascending=False, kind="stable")


def failed_first(verdicts: pd.DataFrame, tables: Any) -> pd.DataFrame:
    """Verdicts with the sentence of their first number, what does not add up on top."""
    known = homes(tables)
    order = {"fail": 0, "overlap": 1, "rounding": 2, "ok": 3, "not_testable": 4}
    found: Any = [next(iter(sentences_of(ids, known)), None) for ids in verdicts["obs_ids"]]
    rows = verdicts.assign(sentence_id=found, order=verdicts["verdict"].map(order)).sort_values(
        ["order", "doc_id", "check_id"], kind="stable"
    )
    return rows[["doc_id", "check_id", "verdict", "severity", "reading", "sentence_id"]]


def unclaimed(quantities: pd.DataFrame, observations: pd.DataFrame) -> pd.DataFrame:
    """The quantities that lie in no observation."""
    stated = observations.groupby("doc_id")[["start", "end"]]
    spans = {doc_id: rows.to_numpy().tolist() for doc_id, rows in stated}
    free = [
        not any(start <= s and e <= end for start, end in spans.get(doc_id, ()))
        for doc_id, s, e in zip(
            quantities["doc_id"], quantities["start"], quantities["end"], strict=True
        )
    ]
    columns = ["doc_id", "text", "value", "unit", "kind", "modality", "sentence_id"]
    return quantities.loc[free, columns]


def widest_indicators(observations: pd.DataFrame, n: int) -> list[str]:
    """The indicators that most documents give a value for."""
    valued = observations.dropna(subset=["obs_value"])
    counts = valued.groupby("indicator")["doc_id"].nunique()
    order = counts.sort_values(ascending=False, kind="stable")
    return [str(indicator) for indicator in order.index[:n]]


def chosen(names: Mapping[str, str], wanted: Sequence[str]) -> dict[str, str]:
    """The names of the wanted ids, in their order; no wanted ids mean all."""
    return {i: names[i] for i in (wanted or names) if i in names}


def selection(documents: pd.DataFrame, wanted: Sequence[str], cap: int) -> pd.DataFrame:
    """The wanted documents, or the first ones in reading order, as many as a grid can hold."""
    if wanted:
        return documents[documents["doc_id"].isin(list(wanted))]
    return documents.sort_values(["year", "doc_id"], na_position="last").head(cap)


def group_to_compare(documents: pd.DataFrame, by: str, wanted: str | None) -> tuple[str, Any]:
    """The column and the group to set against the rest: the wanted one, else the largest.

    A corpus of one kind of document is compared by year, the latest against the others.
    """
    values = documents[by].dropna()
    if wanted is not None:
        return by, type(values.iloc[0])(wanted) if len(values) else wanted
    if values.nunique() < 2 and documents["year"].nunique() > 1:
        return "year", int(documents["year"].max())
    return by, values.value_counts().index[0]


def distinctive_or_none(
    tables: Any, by: str, group: Any, *, exclude: Sequence[str] = ()
) -> pd.DataFrame:
    """Words that set one group apart; empty where there is nothing to compare it with."""
    if tables.documents[by].nunique() < 2:
        return pd.DataFrame(columns=["term", "n_group", "n_other", "log_odds", "z", "low", "high"])
    return distinctive(tables, by, group, exclude=exclude)


def distinctive(tables: Any, by: str, group: Any, *, exclude: Sequence[str] = ()) -> pd.DataFrame:
    """Words that set one group of documents apart from the rest, place names left out."""
    counts = tables.term_counts[~tables.term_counts["term"].isin(list(exclude))]
    return distinctive_terms(counts, tables.documents, group=group, by=by)


def both_ends(terms: pd.DataFrame, n: int = 14) -> pd.DataFrame:
    """The words most typical of the one side and of the other."""
    return pd.concat([terms.nlargest(n, "z"), terms.nsmallest(n, "z")]).drop_duplicates("term")


def likeness(weights: pd.DataFrame, cap: int = 40) -> pd.DataFrame:
    """Cosine similarity of the first documents with each other."""
    kept = sorted(weights["doc_id"].unique())[:cap]
    return cosine_matrix(weights[weights["doc_id"].isin(kept)])


def trend_wide(trend: pd.DataFrame) -> pd.DataFrame:
    """Groups down, years across, the rate in the cells; a year without documents stays empty."""
    wide = trend.pivot(index="group", columns="year", values="rate_per_1k_chars").round(2)
    wide.columns = [str(year) for year in wide.columns]
    return wide.reset_index()


def claimed_by_kind(tables: Any) -> pd.DataFrame:
    """How many quantities of each kind are claimed by an indicator, and how many are not."""
    free = unclaimed(tables.quantities, tables.observations)["kind"].value_counts()
    n = tables.quantities["kind"].value_counts()
    rows = pd.DataFrame({"n": n, "unclaimed": free}).fillna(0).astype(int)
    rows["claimed"] = rows["n"] - rows["unclaimed"]
    return rows.rename_axis("kind").reset_index()[["kind", "n", "claimed", "unclaimed"]]


def doubts(tables: Any, lang: str) -> pd.DataFrame:
    """What the register of each document does not say, and what it says with a note."""
    asked = ("title", "issuer", "ref_area", "year", "date_signed", "date_published")
    rows: pd.DataFrame = tables.documents[["doc_id", *asked, "is_truncated", "notes"]].copy()
    rows["missing"] = [
        "、".join(column_label(c).first(lang) for c in asked if pd.isna(row[c]))
        for row in rows.to_dict("records")
    ]
    return rows[["doc_id", "missing", "is_truncated", "notes"]]


def set_apart(weights: pd.DataFrame, by: str) -> pd.DataFrame:
    """Without the words that stand in every unit: they cannot set one apart from the others."""
    n_units = weights[by].nunique()
    if n_units < 3:
        return weights
    spread = weights.groupby("term")[by].transform("nunique")
    return weights[spread < n_units].reset_index(drop=True)
