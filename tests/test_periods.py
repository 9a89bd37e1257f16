"""Periods: what was done, planned, ruled or belongs to another year."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from govlaw.facts.periods import date_quantities, find_quantities
from govlaw.facts.quantities import quantities
from govlaw.facts.reading import document_of

_PATH = Path(__file__).parent / "cases" / "periods.yml"
_CASES = yaml.safe_load(_PATH.read_text(encoding="utf-8"))
_MODALITIES = {"done", "ongoing", "planned", "required", "past_year"}


@pytest.mark.parametrize("case", _CASES, ids=lambda case: f"{case['label']}-{case['text'][:20]}")
def test_case(case: dict) -> None:
    document = document_of(case["text"], year=case["year"])
    register = replace(document.register, doc_type=case["doc_type"])
    sentences = tuple(replace(sentence, role=case["role"]) for sentence in document.sentences)
    dated = find_quantities(replace(document, register=register, sentences=sentences))
    said = [f"{q.text} {q.modality} {q.time_period or '-'}" for own in dated.values() for q in own]
    assert said == case["expect"]


def test_nothing_but_modality_and_period_changes() -> None:
    sentence = "2020年受理12件,2021年受理约15件"
    before = quantities(sentence)
    after = date_quantities(before, sentence, 0, 2021)
    assert [(q.text, q.value, q.unit, q.start) for q in after] == [
        (q.text, q.value, q.unit, q.start) for q in before
    ]
    assert before[0].time_period is None  # the rows given are left as they were


_PIECES = ["2020年", "2021年", "12件", "将", "力争", "已", "去年", "截至", "底",
           "3月", "13月", "99日", "自", "以来", ",", ";", "由", "缩短至", "2天", "要求", "不少于",
           "近三年", "零年来", "《", "》", "二〇二〇年"]  # fmt: skip


@given(st.lists(st.sampled_from(_PIECES), max_size=20).map("".join), st.sampled_from([None, 2021]))
def test_every_row_gets_a_modality(sentence: str, year: int | None) -> None:
    found = quantities(sentence)
    dated = date_quantities(found, sentence, 0, year)
    assert len(dated) == len(found)
    assert {q.modality for q in dated} <= _MODALITIES
    assert all(q.time_period is None or q.time_period[:2] in ("19", "20") for q in dated)
