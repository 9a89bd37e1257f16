"""From keyword mentions to rates by year, each with the number of documents that carries it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.stats import chi2

from govlaw import paths
from govlaw.errors import InputError
from govlaw.knowledge import did_you_mean, read_csv
from govlaw.lexicon import Group, load_lexicon
from govlaw.tables import TABLES

Reals = npt.NDArray[np.float64]

_ENOUGH = 5  # documents a year needs before the spread between them can be asked
_DRAWS = 1_000
_SEED = 20_170_101


def keyword_trend(
    mentions: pd.DataFrame,
    documents: pd.DataFrame,
    *,
    years: tuple[int, int] = (2017, 2021),
    groups: Iterable[str] | Mapping[str, Group] | None = None,
    doc_types: Collection[str] | None = None,
    split: Collection[str] = (),
) -> pd.DataFrame:
    """How often each keyword group is mentioned per 1,000 characters of a year's reports.

    The groups of ``split`` are counted term by term, as ``group:term``. 法制办 became 司法局 in
    2019: joined, they hide that the words changed, split, that the office did not.

    ``years`` are first and last year. ``groups`` are ids, or the groups of a lexicon; without it,
    the groups that were mentioned. A group of the list that is never found has n = 0 where there
    are documents. A year without documents is a row with n and rate empty, never zero. Documents
    without a year are left out.

    low and high are 95 % bounds of the rate, and what they mean depends on n_docs:
    under 5 documents, exact Poisson bounds of the count (Garwood 1936, Biometrika 28): chance
    *within these texts* only, nothing about other reports of the year. From 5 documents on, the
    wider of these and a bootstrap over documents (1,000 draws, fixed seed; ratio of sums), since
    words come in clusters: of 37 mentions of 信访 in the five seeds, 21 stand in one report.
    Neither makes reports comparable that differ in place or kind; ``doc_types`` keeps kinds apart.

    >>> documents = pd.DataFrame({"doc_id": ["001"], "year": [2021], "n_chars": [4000],
    ...                           "doc_type": ["annual_report"]})
    >>> mentions = pd.DataFrame({"doc_id": ["001"] * 6, "group": "xi_rule_of_law"})
    >>> keyword_trend(mentions, documents, years=(2020, 2021)).drop(columns="group").round(2)
       year     n  n_docs  n_chars  rate_per_1k_chars   low  high
    0  2020  <NA>       0        0                NaN   NaN   NaN
    1  2021     6       1     4000                1.5  0.55  3.26
    """
    first, last = _span(years)
    wanted = _wanted(groups, mentions)
    mentions, wanted = _apart(mentions, wanted, split)
    chosen = _choose(documents, first, last, doc_types)
    counts = _counted(mentions, chosen["doc_id"], wanted)
    n_chars = chosen["n_chars"].to_numpy(dtype="float64")
    rows = []
    for year in range(first, last + 1):
        is_year = (chosen["year"] == year).to_numpy(dtype="bool")
        rows += _rows(year, wanted, counts[is_year], n_chars[is_year])
    return TABLES["trend"].frame(rows).sort_values(["group", "year"], ignore_index=True)


def trend_by_type(
    mentions: pd.DataFrame,
    documents: pd.DataFrame,
    *,
    years: tuple[int, int] = (2017, 2021),
    groups: Iterable[str] | Mapping[str, Group] | None = None,
    doc_types: Collection[str] | None = None,
    split: Collection[str] = (),
) -> pd.DataFrame:
    """The trend of each kind of document by itself, doc_type first: a plan is not a report.

    The kinds with most documents come first; the other columns are those of ``keyword_trend``.
    """
    _choose(documents, *_span(years), doc_types)  # the columns are there
    kinds = documents["doc_type"].value_counts().index
    wanted = [kind for kind in kinds if doc_types is None or kind in doc_types]
    parts = []
    for kind in wanted:
        part = keyword_trend(
            mentions, documents, years=years, groups=groups, doc_types=[kind], split=split
        )
        part.insert(0, "doc_type", kind)
        parts.append(part)
    if not parts:
        empty = TABLES["trend"].frame([])
        empty.insert(0, "doc_type", pd.Series(dtype="string"))
        return empty
    return pd.concat(parts, ignore_index=True)


def _rows(year: int, groups: list[str], counts: Reals, n_chars: Reals) -> list[dict[str, Any]]:
    total, size = counts.sum(axis=0), int(n_chars.sum())
    low, high = _bounds(counts, n_chars)
    return [
        {
            "group": group,
            "year": year,
            "n": int(total[column]) if len(n_chars) else None,
            "n_docs": len(n_chars),
            "n_chars": size,
            "rate_per_1k_chars": 1000 * total[column] / size if size else None,
            "low": low[column] if size else None,
            "high": high[column] if size else None,
        }
        for column, group in enumerate(groups)
    ]


def _span(years: tuple[int, int]) -> tuple[int, int]:
    try:
        first, last = (int(year) for year in years)
    except (TypeError, ValueError):
        what = f"{years!r} is no first and last year"
        raise InputError("years", what, "write years=(2017, 2021)") from None
    if first > last:
        raise InputError("years", f"{first} comes after {last}", f"write ({last}, {first})")
    return first, last


def _wanted(
    groups: Iterable[str] | Mapping[str, Group] | None, mentions: pd.DataFrame
) -> list[str]:
    found = sorted(mentions["group"].unique())
    if groups is None:
        return found
    if isinstance(groups, str):
        groups = [groups]
    wanted = list(dict.fromkeys(groups))
    if not isinstance(groups, Mapping):
        # A misspelt name would be an honest-looking row of zeros.
        known = {*found, *load_lexicon().groups}
        for group in wanted:
            if group not in known:
                hint = did_you_mean(group, known)
                raise InputError("groups", f"no keyword group {group!r}", hint)
    return wanted


def _apart(
    mentions: pd.DataFrame, wanted: list[str], split: Collection[str]
) -> tuple[pd.DataFrame, list[str]]:
    """The mentions with each term of some groups a group of its own."""
    for group in split:
        if group not in wanted:
            raise InputError("split", f"no keyword group {group!r}", did_you_mean(group, wanted))
    if not split:
        return mentions, wanted
    is_split = mentions["group"].isin(list(split))
    terms = mentions["group"] + ":" + mentions["term"]
    named = mentions.assign(group=mentions["group"].where(~is_split, terms))
    found = sorted(named.loc[is_split, "group"].unique())
    return named, [group for group in wanted if group not in split] + found


def _choose(
    documents: pd.DataFrame, first: int, last: int, doc_types: Collection[str] | None
) -> pd.DataFrame:
    missing = {"doc_id", "year", "n_chars"} - set(documents.columns)
    if missing:
        what = f"documents has no column {', '.join(sorted(missing))}"
        raise InputError("keyword_trend", what, "pass the table documents")
    chosen = documents.dropna(subset=["year"])
    chosen = chosen[chosen["year"].between(first, last)]
    if doc_types is not None:
        _refuse_unknown_types(doc_types, documents)
        chosen = chosen[chosen["doc_type"].isin(list(doc_types))]
    return chosen


def _refuse_unknown_types(doc_types: Collection[str], documents: pd.DataFrame) -> None:
    """A misspelt kind would be an honest-looking empty table."""
    listed = {row["doc_type"] for row in read_csv(paths.data("words", "doc_types.csv"))}
    known = listed | set(documents["doc_type"].dropna())
    for doc_type in doc_types:
        if doc_type not in known:
            hint = did_you_mean(doc_type, known)
            raise InputError("doc_types", f"no kind of document {doc_type!r}", hint)


def _counted(mentions: pd.DataFrame, doc_ids: pd.Series, groups: list[str]) -> Reals:
    """Mentions of each document (rows) and group (columns)."""
    rows = pd.Index(doc_ids).get_indexer(pd.Index(mentions["doc_id"]))
    columns = pd.Index(groups).get_indexer(pd.Index(mentions["group"]))
    counts = np.zeros((len(doc_ids), len(groups)))
    known = (rows >= 0) & (columns >= 0)
    np.add.at(counts, (rows[known], columns[known]), 1)
    return counts


def _bounds(counts: Reals, n_chars: Reals) -> tuple[Reals, Reals]:
    """Lower and upper bound of the rate for each group, from its counts in each document."""
    total, size = counts.sum(axis=0), max(n_chars.sum(), 1)
    low = 500 * np.where(total > 0, chi2.ppf(0.025, 2 * np.maximum(total, 1)), 0) / size
    high = 500 * chi2.ppf(0.975, 2 * total + 2) / size
    if len(n_chars) >= _ENOUGH:
        rates = _resampled(counts, n_chars)
        low = np.minimum(low, np.quantile(rates, 0.025, axis=0))
        high = np.maximum(high, np.quantile(rates, 0.975, axis=0))
    return low, high


def _resampled(counts: Reals, n_chars: Reals) -> Reals:
    """The rates of years drawn again from the same documents, with replacement."""
    n_docs = len(n_chars)
    times = np.random.default_rng(_SEED).multinomial(n_docs, [1 / n_docs] * n_docs, size=_DRAWS)
    return 1000 * (times @ counts) / np.maximum(times @ n_chars, 1)[:, None]
