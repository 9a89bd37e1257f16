"""From coded sentences to how much of a report speaks of each task area, and of which it is silent.

Shares are attention in a text. They are no score: the weights by which official evaluations judge
the areas are not public, and a long paragraph is no deed.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from govlaw.errors import InputError
from govlaw.framework import SOCIETY, Area, load_crosswalk, load_frameworks, outline_for
from govlaw.knowledge import did_you_mean

UNCODED = "none"
SCHEMES = ("own", "outline_2021")
COVERAGE_COLUMNS = (
    "doc_id", "framework", "code", "name_zh", "name_en", "n_sentences", "n_chars", "n_numbers",
    "share_sentences", "share_chars", "share_numbers", "is_covered",
)  # fmt: skip
#: What every page with these shares has to say.
NO_SCORE = "占比是文字上的着墨,不是官方评估得分;官方指标的权重没有公布,本表不推算。"
_SIZES = ("sentences", "chars", "numbers")


def coverage_of_areas(
    codes: pd.DataFrame,
    sentences: pd.DataFrame,
    documents: pd.DataFrame,
    quantities: pd.DataFrame | None = None,
    *,
    scheme: str = "own",
) -> pd.DataFrame:
    """How much of each document speaks of each area: one row a document and area.

    With ``scheme="own"`` a report is measured by the outline of its year; with ``outline_2021``
    all are, by the crosswalk, so that reports on 2020 and 2021 can be compared. A crosswalked
    report has no rows for H5 and H8, which its own outline did not know: that is no silence.
    The row ``none`` holds what was coded nowhere, so shares add up to 1. Numbers are quantities
    without ranks; without ``quantities`` their columns are empty.
    """
    if scheme not in SCHEMES:
        raise InputError(f"scheme={scheme!r}", "no such scheme", did_you_mean(scheme, SCHEMES))
    _refuse_unknown(codes)
    said = _measured(sentences, quantities)
    coded = said.merge(codes[["sentence_id", "code"]], on="sentence_id", how="left")
    coded["code"] = coded["code"].fillna(UNCODED).astype(str)
    if scheme != "own":
        across = {**load_crosswalk(), UNCODED: UNCODED}
        coded["code"] = coded["code"].map(across)
    sizes = coded.groupby(["doc_id", "code"])[[f"n_{name}" for name in _SIZES]].sum()
    rows = [row for one in documents.itertuples() for row in _rows(one, sizes, scheme)]
    frame = pd.DataFrame(rows, columns=list(COVERAGE_COLUMNS))
    if quantities is None:
        frame[["n_numbers", "share_numbers"]] = None
    return frame


def coverage_matrix(coverage: pd.DataFrame, measure: str = "share_chars") -> pd.DataFrame:
    """Documents by areas: one measure of the coverage; empty where the outline has no such area."""
    if measure not in coverage.columns:
        hint = did_you_mean(measure, [f"share_{name}" for name in _SIZES])
        raise InputError(f"measure={measure!r}", "no such column", hint)
    wide = coverage.pivot(index="doc_id", columns="code", values=measure)
    return wide[sorted(wide.columns, key=lambda code: (code in (SOCIETY.upper(), UNCODED), code))]


def uncovered_areas(coverage: pd.DataFrame) -> pd.DataFrame:
    """The areas no sentence of a document was coded to: doc_id, code, name_zh, name_en.

    Not found by the word lists is not the same as not done: read the report before saying so.
    """
    silent = coverage[~coverage["is_covered"] & coverage["code"].ne(UNCODED)]
    return silent[["doc_id", "code", "name_zh", "name_en"]].reset_index(drop=True)


def _measured(sentences: pd.DataFrame, quantities: pd.DataFrame | None) -> pd.DataFrame:
    body = sentences[sentences["role"] != "noise"]
    said = body[["doc_id", "sentence_id"]].assign(
        n_sentences=1, n_chars=[len("".join(text.split())) for text in body["text"]], n_numbers=0
    )
    if quantities is not None:
        numbers = quantities[quantities["kind"] != "rank"].groupby("sentence_id").size()
        said["n_numbers"] = said["sentence_id"].map(numbers).fillna(0).astype("int64")
    return said


def _rows(document: Any, sizes: pd.DataFrame, scheme: str) -> Iterator[dict[str, Any]]:
    known: Any = sizes.loc[document.doc_id] if document.doc_id in sizes.index else sizes.iloc[0:0]
    totals = {name: int(known[f"n_{name}"].sum()) for name in _SIZES}
    for framework, area in _areas(document.year, scheme):
        found = known.loc[area.code] if area.code in known.index else None
        row: dict[str, Any] = {
            "doc_id": document.doc_id, "framework": framework, "code": area.code,
            "name_zh": area.name_zh, "name_en": area.name_en,
        }  # fmt: skip
        for name in _SIZES:
            row[f"n_{name}"] = 0 if found is None else int(found[f"n_{name}"])
            # A report without numbers has no shares of numbers: 0 of 0 is not 0.
            row[f"share_{name}"] = row[f"n_{name}"] / totals[name] if totals[name] else None
        yield {**row, "is_covered": row["n_sentences"] > 0}


def _areas(year: Any, scheme: str) -> Iterator[tuple[str, Area]]:
    frameworks = load_frameworks()
    own = outline_for(None if pd.isna(year) else int(year))
    across = load_crosswalk()
    outline = own if scheme == "own" else frameworks[scheme]
    reachable = {across[code] for code in own.areas} if scheme != "own" else set(own.areas)
    for area in outline.areas.values():
        if area.code in reachable:
            yield outline.id, area
    for area in frameworks[SOCIETY].areas.values():
        yield SOCIETY, area
    yield UNCODED, Area(UNCODED, "未归类", "not coded", ())


def _refuse_unknown(codes: pd.DataFrame) -> None:
    known = {code for frame in load_frameworks().values() for code in frame.areas}
    for code in codes["code"].unique():
        if code not in known:
            hint = did_you_mean(str(code), known)
            raise InputError("codes", f"unknown framework code {code!r}", hint)
