from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from govlaw.stats.quality import read_gold, score_observations, score_quantities
from tests.text_frames import frames_of_files, observations

INVENTED = Path(__file__).parent / "data/invented"


def gold(*rows: tuple[int, int, float, str, str, str]) -> pd.DataFrame:
    names = ["start", "end", "value", "unit", "kind", "status"]
    return pd.DataFrame([dict(zip(names, row, strict=True), doc_id="a") for row in rows])


def found(*rows: tuple[int, int, float, str, str]) -> pd.DataFrame:
    names = ["start", "end", "value", "unit", "kind"]
    made = pd.DataFrame([dict(zip(names, row, strict=True), doc_id="a") for row in rows])
    return made if len(made) else pd.DataFrame(columns=[*names, "doc_id"])


def overall(scores: pd.DataFrame) -> pd.Series:
    return scores[scores.iloc[:, 0] == "all"].iloc[0]


GOLD = gold((0, 2, 5, "件", "count", "core"), (4, 8, 95.2, "%", "percent", "core"),
            (10, 12, 1, "个", "count", "optional"))  # fmt: skip


def test_hits_misses_and_false_alarms() -> None:
    scores = score_quantities(GOLD, found((0, 2, 5, "起", "count"), (20, 22, 3, "件", "count")))
    row = overall(scores)
    assert (row["n_gold"], row["n_found"], row["n_hit"]) == (2, 2, 1)
    assert (row["precision"], row["recall"], row["f1"]) == (0.5, 0.5, 0.5)
    assert row["unit_accuracy"] == 0
    assert set(scores["kind"]) == {"all", "count", "rate"}


def test_optional_rows_neither_help_nor_hurt() -> None:
    rows = [(0, 2, 5, "件", "count"), (4, 8, 95.2, "%", "rate")]
    row = overall(score_quantities(GOLD, found(*rows, (10, 12, 1, "个", "count"))))
    assert (row["n_gold"], row["n_found"], row["f1"]) == (2, 2, 1)


def test_a_hit_needs_the_value_and_answers_once() -> None:
    row = overall(score_quantities(GOLD, found((0, 2, 6, "件", "count"))))
    assert row["n_hit"] == 0
    twice = gold((0, 4, 5, "件", "count", "core"), (0, 4, 5, "件", "count", "core"))
    assert overall(score_quantities(twice, found((0, 4, 5, "件", "count"))))["n_hit"] == 1


def test_documents_without_gold_do_not_count() -> None:
    rows = pd.concat(
        [found((0, 2, 5, "件", "count")), found((0, 2, 5, "件", "count")).assign(doc_id="b")]
    )
    assert overall(score_quantities(GOLD, rows))["n_found"] == 1


def test_intervals_hold_the_score_and_never_change() -> None:
    many = gold(*[(n, n + 1, n, "件", "count", "core") for n in range(0, 60, 2)])
    rows = found(*[(n, n + 1, n, "件", "count") for n in range(0, 40, 2)])
    first, second = (overall(score_quantities(many, rows)) for _ in range(2))
    assert first["f1_low"] < first["f1"] < first["f1_high"]
    assert first["f1_low"] == second["f1_low"]
    assert first["sample"] == "in_sample"


def test_observations_match_by_indicator_and_value() -> None:
    coded = pd.DataFrame([
        {"doc_id": "a", "indicator": "recon_accepted", "value": 5.0, "status": "stated"},
        {"doc_id": "a", "indicator": "litigation_lost", "value": 0.0, "status": "stated_in_words"},
        {"doc_id": "a", "indicator": "head_appearance_rate", "value": None, "status": "no_number"},
    ])  # fmt: skip
    rows = observations([
        {"doc_id": "a", "indicator": "recon_accepted", "obs_value": 5.0},
        {"doc_id": "a", "indicator": "recon_accepted", "obs_value": 6.0},
        {"doc_id": "a", "indicator": "mediation_cases", "obs_value": None, "status": "no_number"},
    ])  # fmt: skip
    scores = score_observations(coded, rows)
    row = overall(scores)
    assert (row["n_gold"], row["n_found"], row["n_hit"]) == (2, 2, 1)
    assert set(scores["indicator"]) == {"all", "recon_accepted", "litigation_lost"}


def test_no_gold_is_no_score(tmp_path: Path) -> None:
    empty = read_gold(tmp_path)
    assert empty.empty
    assert score_quantities(empty, found()).empty
    assert score_observations(empty, observations([])).empty


@pytest.mark.parametrize("kind", ["quantities", "observations"])
def test_gold_files_name_their_document(kind: str) -> None:
    coded = read_gold(INVENTED, f"*.{kind}.jsonl")
    assert set(coded["doc_id"]) == {f"dev{n}" for n in range(1, 7)}


def test_the_reader_scores_on_invented_reports() -> None:
    coded = read_gold(INVENTED, "*.quantities.jsonl")
    frames = frames_of_files(sorted(INVENTED.glob("*.txt")))
    row = overall(score_quantities(coded, frames["quantities"], sample="development"))
    assert row["n_docs"] == 6 and row["sample"] == "development"
    assert 0.5 < row["f1"] <= 1
