"""From ``data/gold`` to frames of what a person coded, for the documents of this corpus only."""

from __future__ import annotations

import json
from typing import Any

import pandas as pd

from govlaw import paths
from govlaw.knowledge import read_csv, read_text

_QUANTITY_COLUMNS = ["doc_id", "start", "end", "text", "value", "unit", "kind", "status"]


def coded_documents(documents: pd.DataFrame) -> list[str]:
    """The documents of the corpus that are, byte for byte, among those coded by hand."""
    known = {
        row["sha256"]: row["doc_id"] for row in read_csv(paths.data("registers", "reports.csv"))
    }
    return [
        str(doc_id)
        for doc_id, sha256 in zip(documents["doc_id"], documents["sha256"], strict=True)
        if known.get(sha256) == doc_id
    ]


def gold_quantities(documents: pd.DataFrame) -> pd.DataFrame:
    """The quantities coded by hand in documents of this corpus; empty where there are none."""
    rows: list[dict[str, Any]] = []
    for doc_id in coded_documents(documents):
        path = paths.data("gold", f"quantities_{doc_id}.jsonl")
        if path.exists():
            lines = (line for line in read_text(path).splitlines() if line.strip())
            rows += [{"doc_id": doc_id, **json.loads(line)} for line in lines]
    return pd.DataFrame(rows, columns=_QUANTITY_COLUMNS)


def gold_observations(documents: pd.DataFrame) -> pd.DataFrame:
    """The indicator values coded by hand in documents of this corpus."""
    path = paths.data("gold", "observations_seeds.csv")
    rows = list(read_csv(path)) if path.exists() else []
    frame = pd.DataFrame(rows, columns=["doc_id", "indicator", "value", "unit", "status", "quote"])
    frame["value"] = pd.to_numeric(frame["value"], errors="coerce")
    return frame[frame["doc_id"].isin(coded_documents(documents))].reset_index(drop=True)
