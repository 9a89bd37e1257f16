from __future__ import annotations

import pandas as pd
import pytest

from govlaw.indicator import load_indicators
from govlaw.stats.indicators import coverage, derived_rates, indicator_table, panel_table
from govlaw.tables import TABLES
from tests.text_frames import observations


def documents(*rows: tuple[str, str | None, int | None]) -> pd.DataFrame:
    blank = {column.name: None for column in TABLES["documents"].columns}
    return TABLES["documents"].frame(
        {**blank, "doc_id": doc_id, "ref_area": area, "year": year, "doc_type": "annual_report",
         "path": doc_id, "sha256": doc_id, "encoding": "utf-8", "n_chars": 1, "n_sentences": 1,
         "is_truncated": False}
        for doc_id, area, year in rows
    )  # fmt: skip


TWO = documents(("a", "511112", 2019), ("b", "511112", 2021))


def row(doc_id: str, indicator: str, value: float | None, **more: object) -> dict[str, object]:
    return {"doc_id": doc_id, "indicator": indicator, "obs_value": value, **more}


@pytest.mark.parametrize(
    ("more", "shown"),
    [
        ({}, 5.0),
        ({"bound": "over"}, "≥5"),
        ({"bound": "about"}, "≈5"),
        ({"bound": "range", "obs_value_high": 7.0}, "5–7"),
        ({"status": "stated_in_words"}, "文字:5"),
        ({"status": "pooled"}, "合并:5"),
        ({"status": "no_number", "obs_value": None}, "只提及"),
    ],
)
def test_a_cell_tells_how_it_is_known(more: dict[str, object], shown: object) -> None:
    table = indicator_table(observations([{**row("a", "recon_accepted", 5.0), **more}]), TWO)
    assert table.values.loc["recon_accepted", "a"] == shown
    assert table.obs_ids.loc["recon_accepted", "a"] == ("a:o0",)


def test_silence_is_neither_zero_nor_evidence() -> None:
    table = indicator_table(observations([row("a", "recon_accepted", 0.0)]), TWO)
    assert table.values.loc["recon_accepted"].tolist() == [0.0, "未提及"]
    assert table.obs_ids.loc["recon_accepted", "b"] == ()


def test_the_three_frames_have_one_shape() -> None:
    rows = [row("a", "recon_accepted", 5.0), row("b", "mediation_cases", 590.0)]
    table = indicator_table(observations(rows), TWO)
    assert table.values.shape == table.obs_ids.shape == table.conflicts.shape == (2, 2)
    assert not table.conflicts.to_numpy().any()


def test_two_answers_are_a_conflict() -> None:
    rows = [row("a", "enforcement_dispatch", v, bound="over") for v in (4100.0, 4800.0)]
    table = indicator_table(observations(rows), TWO)
    assert table.values.loc["enforcement_dispatch", "a"] == "≥4100 / ≥4800"
    assert bool(table.conflicts.loc["enforcement_dispatch", "a"])
    assert len(table.obs_ids.loc["enforcement_dispatch", "a"]) == 2


def test_a_whole_and_its_parts_are_no_conflict() -> None:
    rows = [row("a", "items_cancelled_delegated", v) for v in (42.0, 23.0, 19.0)]
    table = indicator_table(observations(rows), TWO)
    assert not bool(table.conflicts.loc["items_cancelled_delegated", "a"])


def test_a_plan_is_no_result() -> None:
    rows = [row("a", "legal_lectures", 20.0, modality="planned")]
    assert indicator_table(observations(rows), TWO).empty
    planned = indicator_table(observations(rows), TWO, modality=("planned",))
    assert planned.values.loc["legal_lectures", "a"] == 20.0


def test_the_panel_knows_years_without_documents() -> None:
    rows = [
        row(d, "recon_accepted", v, ref_area="511112", year=y)
        for d, y, v in (("a", 2019, 5.0), ("b", 2021, 8.0))
    ]
    table = panel_table(observations(rows), TWO)
    assert table.values.loc[("511112", "recon_accepted")].tolist() == [5.0, "无文件", 8.0]
    assert table.values.shape == table.obs_ids.shape == table.conflicts.shape


def test_coverage_takes_the_best_status() -> None:
    known = load_indicators()
    rows = [
        row("a", "recon_accepted", None, status="no_number"),
        row("a", "recon_accepted", 5.0),
        row("a", "mediation_cases", 100.0, modality="planned"),
    ]
    found = coverage(observations(rows), TWO, known)
    assert len(found) == 2 * len(known)
    status = found.set_index(["doc_id", "indicator"])["status"]
    assert status["a", "recon_accepted"] == "stated"
    assert status["a", "mediation_cases"] == "no_number"
    assert status["b", "recon_accepted"] == "not_mentioned"


def test_derived_rates_are_marked_and_not_invented() -> None:
    rows = [row("a", "mediation_cases", 590.0), row("a", "mediation_success", 580.0),
            row("b", "mediation_cases", 590.0, bound="over"),
            row("b", "mediation_success", 580.0)]  # fmt: skip
    found = derived_rates(observations(rows))
    assert found[["doc_id", "value", "is_derived"]].to_numpy().tolist() == [["a", 98.31, True]]
    stated = [*rows, row("a", "mediation_success_rate", 98.3, unit_measure="%")]
    assert derived_rates(observations(stated)).empty


def test_nothing_observed_gives_empty_tables() -> None:
    none = TABLES["observations"].frame([])
    assert indicator_table(none, TWO).empty
    assert panel_table(none, TWO).empty
    assert derived_rates(none).empty
