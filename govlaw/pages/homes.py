"""From the ids in the tables to what they stand for: a number's sentence, a text's title."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import pandas as pd

from govlaw import paths
from govlaw.knowledge import read_text

_CHINESE = re.compile(r"[一-鿿]{4,}")


def homes(tables: Any) -> dict[str, str]:
    """The sentence in which each quantity, observation and sentence stands, by id."""
    found = {str(s): str(s) for s in tables.sentences["sentence_id"]}
    for frame, column in ((tables.quantities, "quantity_id"), (tables.observations, "obs_id")):
        found |= dict(zip(frame[column].astype(str), frame["sentence_id"].astype(str), strict=True))
    return found


def sentences_of(ids: Any, known: Mapping[str, str]) -> list[str]:
    """The sentences behind the ids a verdict rests on, each once, in their order.

    >>> sentences_of("004:q9 004:q12 004:s0119", {"004:q9": "004:s0040", "004:q12": "004:s0040",
    ...                                           "004:s0119": "004:s0119"})
    ['004:s0040', '004:s0119']
    """
    if pd.isna(ids):
        return []
    return list(dict.fromkeys(known[i] for i in str(ids).split() if i in known))


def sentence_at(sentences: pd.DataFrame, doc_id: str, at: int) -> str:
    """The sentence that stands at an offset, or the next one after it."""
    after = sentences[(sentences["doc_id"] == doc_id) & (sentences["end"] > at)]
    return str(after.sort_values("start")["sentence_id"].iloc[0]) if len(after) else f"{doc_id}:"


def shelf_title(other_id: str) -> str:
    """The title of a text on the reference shelf: the Chinese words of its first line.

    >>> shelf_title("shelf:first_responsible_2016")[:20]
    '党政主要负责人履行推进法治建设第一责任人'
    """
    name = other_id.removeprefix("shelf:")
    file = paths.data("shelf", f"{name}.txt")
    first = read_text(file).partition("\n")[0] if file.is_file() else ""
    words = max(_CHINESE.findall(first), key=len, default="")
    return words or first.lstrip("# ").strip() or name
