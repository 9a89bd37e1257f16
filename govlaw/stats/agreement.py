"""From two codings of the same units to how far they agree, and from codes to scores by code."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd

from govlaw import paths
from govlaw.errors import InputError
from govlaw.knowledge import read_csv

Ints = npt.NDArray[np.int64]

SCORE_COLUMNS = ("code", "n_gold", "n_found", "n_hit", "precision", "recall", "f1")
NO_CODE = "none"
_ROUNDS, _SEED = 1_000, 20_170_101


def cohen_kappa(first: Sequence[Hashable], second: Sequence[Hashable]) -> float:
    """Agreement beyond chance between two codings of the same units (Cohen 1960).

    1 is full agreement, 0 what two coders of the same habits reach by chance. Where both use one
    and the same code for everything, chance explains all and kappa is not defined (nan).

    >>> round(cohen_kappa(["G1", "G1", "G4", "G6"], ["G1", "G4", "G4", "G6"]), 3)
    0.636
    """
    table = _crossed(first, second)
    n = table.sum()
    expected = float((table.sum(axis=0) * table.sum(axis=1)).sum()) / n**2
    observed = float(np.trace(table)) / n
    return float("nan") if expected == 1 else float((observed - expected) / (1 - expected))


def kappa_interval(
    first: Sequence[Hashable], second: Sequence[Hashable]
) -> tuple[float, float, float]:
    """Kappa with 95 % bounds from a bootstrap over units (1,000 draws, fixed seed)."""
    kappa = cohen_kappa(first, second)
    one, other = np.asarray(first, dtype=object), np.asarray(second, dtype=object)
    rng = np.random.default_rng(_SEED)
    draws = rng.integers(0, len(one), size=(_ROUNDS, len(one)))
    drawn = np.array([cohen_kappa(list(one[draw]), list(other[draw])) for draw in draws])
    drawn = drawn[~np.isnan(drawn)]
    if not len(drawn):
        return kappa, float("nan"), float("nan")
    low, high = np.quantile(drawn, [0.025, 0.975])
    return kappa, float(low), float(high)


def confusion(first: Sequence[Hashable], second: Sequence[Hashable]) -> pd.DataFrame:
    """How often each code of the first coding meets each of the second."""
    codes = _codes(first, second)
    frame = pd.DataFrame(_crossed(first, second), index=codes, columns=codes)
    return frame.rename_axis(index="first", columns="second")


def score_codes(gold: Sequence[Hashable], found: Sequence[Hashable]) -> pd.DataFrame:
    """Precision, recall and F1 by code, and their plain mean over codes in the row ``macro``.

    A code that neither side uses is no row; one that only ``found`` uses has F1 0 and pulls the
    mean down, as in scikit-learn.
    """
    table = _crossed(gold, found)
    codes = _codes(gold, found)
    hits, n_gold, n_found = np.diag(table), table.sum(axis=1), table.sum(axis=0)
    with np.errstate(invalid="ignore", divide="ignore"):
        precision = np.where(n_found > 0, hits / n_found, 0.0)
        recall = np.where(n_gold > 0, hits / n_gold, 0.0)
    f1 = 2 * hits / (n_gold + n_found)
    columns = (codes, n_gold, n_found, hits, precision, recall, f1)
    scores = pd.DataFrame(dict(zip(SCORE_COLUMNS, columns, strict=True)))
    total = scores[["n_gold", "n_found", "n_hit"]].sum()
    mean = scores[["precision", "recall", "f1"]].mean()
    macro = pd.DataFrame([{"code": "macro", **total, **mean}])
    return pd.concat([scores, macro], ignore_index=True)[list(SCORE_COLUMNS)]


def read_passes(folder: Path | None = None) -> pd.DataFrame:
    """The two hand codings of the seeds: sentence_id, start, end, first, second, agreed.

    The passes were made by two coders, the second without the first pass, the term lists or the
    program's codes. ``agreed`` is the code both gave, and where they differ the one settled by the
    rule written in ``codes_agreed.csv``.
    """
    place = folder or paths.data("gold")
    first, second = (_pass(place / f"codes_pass{number}.csv") for number in (1, 2))
    if set(first.index) != set(second.index):
        odd = sorted(set(first.index) ^ set(second.index))[0]
        what = f"{odd} stands in one pass only"
        raise InputError(place, what, "code every sentence of the sample twice")
    both = first.rename(columns={"code": "first"}).join(second["code"].rename("second"))
    both["agreed"] = both["first"].where(both["first"] == both["second"])
    settled = place / "codes_agreed.csv"
    if settled.exists():
        both["agreed"] = both["agreed"].fillna(_pass(settled)["code"])
    return both.reset_index()


def compare_codes(gold: pd.DataFrame, codes: pd.DataFrame) -> pd.DataFrame:
    """The hand coding with the program's code of each sentence as ``found``, ``none`` for none."""
    known = dict(zip(codes["sentence_id"], codes["code"], strict=True))
    return gold.assign(found=[known.get(one, NO_CODE) for one in gold["sentence_id"]])


def _pass(file: Path) -> pd.DataFrame:
    rows = pd.DataFrame(read_csv(file))
    return rows.astype({"start": int, "end": int}).set_index("sentence_id")


def _codes(first: Sequence[Hashable], second: Sequence[Hashable]) -> list[Hashable]:
    return sorted({*first, *second}, key=str)


def _crossed(first: Sequence[Hashable], second: Sequence[Hashable]) -> Ints:
    if len(first) != len(second) or not len(first):
        what = f"{len(first)} and {len(second)} codes"
        raise InputError("agreement", what, "give two codings of the same units, at least one")
    place = {code: number for number, code in enumerate(_codes(first, second))}
    table = np.zeros((len(place), len(place)), dtype=np.int64)
    rows, columns = [place[code] for code in first], [place[code] for code in second]
    np.add.at(table, (rows, columns), 1)
    return table
