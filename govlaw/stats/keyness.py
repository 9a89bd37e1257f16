"""From two groups of reports to the words of each, by log-odds with a prior or by Dunning's G2."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import numpy as np
import pandas as pd
from scipy.special import xlogy
from scipy.stats import chi2

from govlaw.errors import InputError
from govlaw.knowledge import did_you_mean
from govlaw.stats.terms import distinctive_terms

_MEASURES = ("log_odds", "g2")


def keyness(
    term_counts: pd.DataFrame,
    documents: pd.DataFrame,
    *,
    group: Any,
    other: Any = None,
    by: str = "year",
    measure: str = "log_odds",
    exclude: Collection[str] = (),
    min_docs: int = 1,
) -> pd.DataFrame:
    """The columns of ``distinctive_terms`` with g2, p and log_ratio, the strongest words first.

    ``g2`` is the likelihood ratio of the two-by-two table of a word against all other words
    (Dunning 1993, Computational Linguistics 19(1)), signed: > 0 is a word of the group. It is
    sounder than chi-squared on small counts but grows with the size of the texts, so ``log_ratio``
    (log2 of the two rates, half a word added to each count) says how large the difference is.
    ``p`` takes words as drawn one by one and is not corrected for the number of words tested:
    a ranking, no proof. ``min_docs`` asks that a word stands in that many documents of its side.
    """
    if measure not in _MEASURES:
        raise InputError(
            f"measure={measure!r}", "no such measure", did_you_mean(measure, _MEASURES)
        )
    counted = term_counts[~term_counts["term"].isin(list(exclude))]
    found = distinctive_terms(counted, documents, group=group, other=other, by=by)
    here, there = (found[side].to_numpy(dtype="float64") for side in ("n_group", "n_other"))
    found = found.assign(
        g2=np.sign(found["log_odds"]) * log_likelihood(here, there, here.sum(), there.sum()),
        log_ratio=np.log2((here + 0.5) / (here.sum() + 1))
        - np.log2((there + 0.5) / (there.sum() + 1)),
    )
    found["p"] = chi2.sf(found["g2"].abs(), df=1)
    own = np.where(found["log_odds"] > 0, found["n_docs_group"], found["n_docs_other"])
    found = found[own >= min_docs]
    strength = found["z" if measure == "log_odds" else "g2"].abs()
    ranked = found.assign(_strength=strength).sort_values(
        ["_strength", "term"], ascending=[False, True]
    )
    return ranked.drop(columns="_strength").reset_index(drop=True)


def log_likelihood(here: Any, there: Any, n_here: float, n_there: float) -> Any:
    """G2 of a word said ``here`` and ``there`` times in texts of so many words.

    >>> round(float(log_likelihood(30, 10, 1000, 1000)), 2)
    10.67
    """
    total = n_here + n_there
    cells = [
        (here, n_here, here + there),
        (there, n_there, here + there),
        (n_here - here, n_here, total - here - there),
        (n_there - there, n_there, total - here - there),
    ]
    return 2 * sum(
        xlogy(n, n * total / np.maximum(row * column, 1e-300)) for n, row, column in cells
    )
