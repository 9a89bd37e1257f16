"""From gold and found rows to precision, recall and F1, with intervals and what they rest on."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from govlaw import paths
from govlaw.knowledge import read_text
from govlaw.stats.rows import each_row

#: Words of the older gold files for the kinds of the quantities table.
_KINDS = {"percent": "rate", "ordinal": "rank"}
_OBSERVED = ("stated", "pooled", "stated_in_words")
_ROUNDS = 1000
_SCORES = ("precision", "recall", "f1", "f1_low", "f1_high")
QUANTITY_COLUMNS = (
    "kind",
    "n_gold",
    "n_found",
    "n_hit",
    "unit_accuracy",
    *_SCORES,
    "n_docs",
    "sample",
)
OBSERVATION_COLUMNS = ("indicator", "n_gold", "n_found", "n_hit", *_SCORES, "n_docs", "sample")
#: What every table of scores on these documents has to say.
IN_SAMPLE = "规则是看着这些文件写成的:此处为样本内成绩,新文件上只会更低。"


@dataclass(frozen=True, slots=True)
class _Item:
    """One gold row or one false alarm; what the bootstrap draws."""

    doc_id: str
    group: str
    is_gold: bool
    is_found: bool
    has_unit: bool = False


def read_gold(folder: Path | None = None, pattern: str = "quantities_*.jsonl") -> pd.DataFrame:
    """The gold rows of a folder (``data/gold`` unless told), with the doc_id of the file's name.

    A folder without gold gives an empty frame: nothing can be scored, which is not a score of 0.
    """
    files = sorted((folder or paths.data("gold")).glob(pattern))
    rows = [
        {"doc_id": _doc_id(path), **json.loads(line)}
        for path in files
        for line in read_text(path).splitlines()
        if line.strip()
    ]
    return pd.DataFrame(rows)


def _doc_id(path: Path) -> str:
    """quantities_004.jsonl and dev1.quantities.jsonl both name their document."""
    stem = path.name.removesuffix(".jsonl")
    kind, _, doc_id = stem.partition("_")
    return doc_id if doc_id and kind in ("quantities", "observations") else stem.partition(".")[0]


def score_quantities(
    gold: pd.DataFrame, found: pd.DataFrame, *, sample: str = "in_sample"
) -> pd.DataFrame:
    """Scores by kind and over all: a hit overlaps a gold span and has its value, one to one.

    Optional gold rows are neither hits nor false alarms. Only documents that have gold count.
    ``unit_accuracy`` is the share of hits whose unit is right as well.
    """
    if gold.empty:
        return pd.DataFrame(columns=list(QUANTITY_COLUMNS))
    found = found[found["doc_id"].isin(set(gold["doc_id"]))]
    items: list[_Item] = []
    for doc_id, rows in gold.groupby("doc_id", sort=False):
        items += _score_document(str(doc_id), rows, found[found["doc_id"] == doc_id])
    return pd.DataFrame(_scores(items, "kind", sample), columns=list(QUANTITY_COLUMNS))


def _score_document(doc_id: str, gold: pd.DataFrame, found: pd.DataFrame) -> list[_Item]:
    rows: list[Any] = list(each_row(gold))
    core = [row for row in rows if row.status != "optional"]
    optional = [row for row in rows if row.status == "optional"]
    left: list[Any] = list(found.sort_values("start").itertuples(index=False))
    items = []
    for row in core:
        hit = _take(row, left)
        kind = _KINDS.get(row.kind, row.kind)
        has_unit = hit is not None and hit.unit == row.unit
        items.append(_Item(doc_id, kind, True, hit is not None, has_unit))
    for row in optional:
        _take(row, left, any_value=True)
    return items + [_Item(doc_id, row.kind, False, True) for row in left]


def _take(gold: Any, left: list[Any], *, any_value: bool = False) -> Any | None:
    """The found row that answers a gold row; it cannot answer another."""
    for place, row in enumerate(left):
        overlaps = row.start < gold.end and gold.start < row.end
        if overlaps and (any_value or _same(row.value, gold.value)):
            return left.pop(place)
    return None


def _same(found: Any, gold: Any) -> bool:
    missing = [value is None or pd.isna(value) for value in (found, gold)]
    if any(missing):
        return all(missing)
    return math.isclose(float(found), float(gold), rel_tol=1e-9, abs_tol=1e-9)


def score_observations(
    gold: pd.DataFrame, found: pd.DataFrame, *, sample: str = "in_sample"
) -> pd.DataFrame:
    """Scores by indicator and over all: the same indicator and value in a document, one to one.

    ``gold`` has doc_id, indicator, value and status; rows without a number are not scored.
    """
    if gold.empty:
        return pd.DataFrame(columns=list(OBSERVATION_COLUMNS))
    documents = set(gold["doc_id"])
    gold = gold[gold["status"].isin(_OBSERVED)]
    found = found[found["doc_id"].isin(documents) & found["status"].isin(_OBSERVED)]
    items: list[_Item] = []
    left: list[Any] = list(each_row(found))
    wanted: list[Any] = list(each_row(gold))
    for row in wanted:
        hit = _observed(row, left)
        items.append(_Item(row.doc_id, row.indicator, True, hit))
    items += [_Item(row.doc_id, row.indicator, False, True) for row in left]
    return pd.DataFrame(_scores(items, "indicator", sample), columns=list(OBSERVATION_COLUMNS))


def _observed(gold: Any, left: list[Any]) -> bool:
    for place, row in enumerate(left):
        same = row.doc_id == gold.doc_id and row.indicator == gold.indicator
        if same and _same(row.obs_value, gold.value):
            del left[place]
            return True
    return False


def _scores(items: Sequence[_Item], key: str, sample: str) -> Iterable[dict[str, Any]]:
    groups = {"all": list(items)}
    for item in items:
        groups.setdefault(item.group, []).append(item)
    order = ["all", *sorted(name for name in groups if name != "all")]
    for name in order:
        own = groups[name]
        hits = [item for item in own if item.is_gold and item.is_found]
        precision, recall, f1 = _rates(own)
        low, high = bootstrap_f1(own)
        yield {
            key: name, "n_gold": sum(i.is_gold for i in own),
            "n_found": sum(i.is_found for i in own),
            "n_hit": len(hits),
            "unit_accuracy": sum(i.has_unit for i in hits) / len(hits) if hits else None,
            "precision": precision, "recall": recall, "f1": f1, "f1_low": low, "f1_high": high,
            "n_docs": len({item.doc_id for item in own}), "sample": sample,
        }  # fmt: skip


def _rates(items: Sequence[_Item]) -> tuple[float | None, float | None, float | None]:
    gold = sum(item.is_gold for item in items)
    found = sum(item.is_found for item in items)
    hits = sum(item.is_gold and item.is_found for item in items)
    return (
        hits / found if found else None,
        hits / gold if gold else None,
        2 * hits / (gold + found) if gold + found else None,
    )


def bootstrap_f1(
    items: Sequence[_Item], *, rounds: int = _ROUNDS
) -> tuple[float | None, float | None]:
    """A 95 % interval of F1 by drawing rows again; the seed is fixed, so it never changes.

    With few documents this is too narrow: rows of one report resemble each other.
    """
    if len(items) < 2:
        return None, None
    gold = np.array([item.is_gold for item in items], dtype=float)
    found = np.array([item.is_found for item in items], dtype=float)
    drawn = np.random.default_rng(2021).multinomial(
        len(items), np.full(len(items), 1 / len(items)), rounds
    )
    total = drawn @ (gold + found)
    f1 = 2 * (drawn @ (gold * found)) / np.where(total == 0, 1, total)
    low, high = np.quantile(f1, [0.025, 0.975])
    return float(low), float(high)
