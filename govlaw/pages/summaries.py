"""From the tables to the small frames that stand beside the figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from govlaw.pages.columns import column_label
from govlaw.pages.homes import homes, sentence_at, sentences_of
from govlaw.pages.markup import named_rows
from govlaw.pages.words import value_label
from govlaw.tables import OVERLAP_CLASSES, ROLES


def place_names(documents: pd.DataFrame) -> dict[str, str]:
    """The name of each place by its code: the county, else the city, else the province."""
    known = documents.dropna(subset=["ref_area"]).drop_duplicates("ref_area")
    names = known["county"].fillna(known["city"]).fillna(known["province"]).fillna("?")
    return dict(zip(known["ref_area"].astype(str), names, strict=True))


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

    Where classes meet, statutory goes before own past, peer, unplaced and formula. A renumbered
    sentence is left out: what it shares letter by letter stands in the other classes.
    """
    order = ("statutory", "own_past", "peer", "unplaced", "formula")
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
    return frame[[c for c in OVERLAP_CLASSES if c in order and bool((frame[c] > 0).any())]]


def promise_rows(promises: pd.DataFrame) -> pd.DataFrame:
    """Every promise with what became of it: missed ones first, then the less plain the earlier."""
    missed = promises["is_met"].eq(False).fillna(False).astype(bool)
    rank = promises["feedback_score"].astype("float64").mask(missed, -1).fillna(9)
    ranked = promises.assign(rank=rank).sort_values(["rank", "doc_id"], kind="stable")
    columns = ["doc_id", "sentence_id", "text", "deadline", "feedback", "score", "is_met",
               "result_text"]  # fmt: skip
    return ranked[columns].dropna(axis=1, how="all")


def longest_runs(overlaps: pd.DataFrame, tables: Any, *, n: int = 20) -> pd.DataFrame:
    """The longest runs of text in common, with their words and their sentence."""
    overlaps = overlaps[overlaps["class"] != "renumbered"]
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


def renumbered_rows(overlaps: pd.DataFrame, tables: Any, *, n: int = 20) -> pd.DataFrame:
    """The longest sentences that differ from another document's in numbers only, with both."""
    rows = overlaps[overlaps["class"] == "renumbered"]
    rows = rows.assign(n_chars=rows["end"] - rows["start"]).nlargest(n, "n_chars")
    texts = dict(zip(tables.texts["doc_id"], tables.texts["text"], strict=True))
    found = [
        {
            "doc_id": row["doc_id"],
            "sentence_id": sentence_at(tables.sentences, row["doc_id"], int(row["start"])),
            "other_id": row["other_id"],
            "n_docs": row["n_docs"],
            "text": _cut(texts[row["doc_id"]][row["start"] : row["end"]]),
            "other_text": _cut(texts[row["other_id"]][row["other_start"] : row["other_end"]]),
        }
        for row in rows.to_dict("records")
    ]
    columns = ["doc_id", "sentence_id", "other_id", "n_docs", "text", "other_text"]
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
