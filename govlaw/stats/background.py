"""From term counts to weights against a background of the user's choice.

Against the *corpus*, a word is heavy where this unit uses it and the others do not. Against
*general* Chinese, it is heavy where reports use it and other writing does not: so the words that
every report shares stay in sight, and one document alone can be asked.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import cache
from importlib import resources
from typing import Any

import numpy as np
import pandas as pd

from govlaw.errors import GovlawError, InputError
from govlaw.knowledge import did_you_mean
from govlaw.stats.terms import tf_idf

BACKGROUNDS = ("corpus", "general")


def weigh_terms(
    term_counts: pd.DataFrame,
    documents: pd.DataFrame | None = None,
    *,
    by: str = "doc_id",
    background: str = "corpus",
    exclude: Collection[str] = (),
    min_docs: int = 1,
) -> pd.DataFrame:
    """The columns of ``tf_idf``: by, term, n, tf, idf, tf_idf, the largest weights first.

    ``by`` may also be province. With ``background="corpus"`` these are the weights of ``tf_idf``.
    With ``"general"`` idf is ln((N + 1) / (f + 1)), the inverse frequency of the word among the N
    words of the texts that jieba's dictionary was counted in (f occurrences; a word it does not
    know has none), n x idf, rows of length 1.

    >>> counts = pd.DataFrame({"doc_id": "001", "role": "body",
    ...                        "term": ["行政复议", "今年"], "n": [5, 5]})
    >>> weigh_terms(counts, background="general")["term"].tolist()
    ['行政复议', '今年']
    """
    if background not in BACKGROUNDS:
        hint = did_you_mean(background, BACKGROUNDS)
        raise InputError(f"background={background!r}", "no such background", hint)
    more: dict[str, Any] = {"exclude": exclude, "min_docs": min_docs}
    if by == "province" and documents is not None:
        places = documents.assign(ref_area=documents["province"])
        weights = tf_idf(term_counts, places, by="ref_area", **more)
        weights = weights.rename(columns={"ref_area": "province"})
    else:
        weights = tf_idf(term_counts, documents, by=by, **more)
    if background == "corpus" or weights.empty:
        return weights
    known, total = general_frequencies()
    seen = weights["term"].map(known).fillna(0).astype("float64")
    weights["idf"] = np.log((total + 1) / (seen + 1))
    weights["tf_idf"] = weights["n"].astype("float64") * weights["idf"]
    length = weights.groupby(by)["tf_idf"].transform(lambda row: np.sqrt((row**2).sum()))
    weights["tf_idf"] = weights["tf_idf"] / length.where(length > 0, 1)
    return weights.sort_values([by, "tf_idf", "term"], ascending=[True, False, True]).reset_index(
        drop=True
    )


@cache
def general_frequencies() -> tuple[Mapping[str, int], int]:
    """How often general Chinese uses each word, by jieba's dictionary, and all words together.

    >>> known, total = general_frequencies()
    >>> known["我们"] > known["行政"] > 0, total > 10_000_000
    (True, True)
    """
    try:
        lines = (resources.files("jieba") / "dict.txt").read_text(encoding="utf-8").splitlines()
    except (ModuleNotFoundError, FileNotFoundError):
        what = "the frequencies of general Chinese are missing"
        raise GovlawError("package jieba, dict.txt", what, "run: make env") from None
    known = {word: int(n) for word, n, *_ in map(str.split, lines) if n.isdigit()}
    return known, sum(known.values())
