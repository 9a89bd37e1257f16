"""Observations: rows that keep their place, whatever stands around them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from govlaw.facts.observations import Observation, extract
from tests.test_phrasings import _CASES

_TEXTS = [case["text"] for case in _CASES if case["expect"] and "context" not in case]
_UNRELATED = [
    "全县森林覆盖率达63.8%,新增造林1.2万亩。", "新建农村公路86公里,改造危房312户。", "天气晴好。",
    "实现地区生产总值186亿元,增长6.5%。", "招聘教师120名、医生45名。", "",
    "2021年是极不平凡的一年。",
]  # fmt: skip
_FULL_WIDTH = str.maketrans("0123456789%", "０１２３４５６７８９％")


def values(rows: list[Observation]) -> list[tuple[object, ...]]:
    return [(r.indicator, r.obs_value, r.status, r.modality, r.unit_measure) for r in rows]


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(_TEXTS), st.sampled_from(_UNRELATED), st.sampled_from(_UNRELATED))
def test_an_unrelated_paragraph_changes_nothing(text: str, before: str, after: str) -> None:
    alone = values(extract(text))
    assert alone
    assert values(extract(f"{before}\n{text}\n{after}")) == alone


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(_TEXTS), min_size=1, max_size=4))
def test_offsets_point_at_the_quote(texts: list[str]) -> None:
    text = "\n".join(texts)
    rows = extract(text)
    assert rows
    for row in rows:
        assert 0 <= row.start < row.end <= len(text)
        assert text[row.start : row.end] == row.quote


@pytest.mark.parametrize("text", _TEXTS, ids=lambda text: text[:16])
def test_full_width_digits_are_digits(text: str) -> None:
    rows, wide = extract(text), extract(text.translate(_FULL_WIDTH))
    assert values(wide) == values(rows)
    assert [(row.start, row.end) for row in wide] == [(row.start, row.end) for row in rows]


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet="受理复议案件12,、。;(其中)《》%由至提高均全部办结 \n", max_size=80))
def test_any_text_can_be_read(text: str) -> None:
    for row in extract(text):
        assert text[row.start : row.end] == row.quote
        assert row.obs_value is not None or row.status == "no_number"


def test_ids_are_unique_in_one_clause() -> None:
    rows = extract("取消、下放、调整行政审批事项分别为12件、8件、5件。" * 3)
    assert len(rows) >= 9
    assert len({row.obs_id for row in rows}) == len(rows)


def test_a_value_in_words_needs_a_number_to_point_to() -> None:
    assert values(extract("行政应诉案件全部审结。")) == []
    assert ("litigation_concluded", 8.0) in [
        (row.indicator, row.obs_value) for row in extract("办理行政应诉案件8件,全部审结。")
    ]


def test_the_quote_of_words_holds_all_of_them() -> None:
    rows = extract("全年制定规范性文件4份,均按时向市政府报备。")
    (row,) = [row for row in rows if row.status == "stated_in_words"]
    assert row.quote.startswith("均")
    assert "报备" in row.quote


def test_what_it_was_before_is_not_this_year() -> None:
    before, now = extract("网上可办率由90%提升至98%。")
    assert (before.obs_value, before.modality) == (90, "past_year")
    assert (now.obs_value, now.modality) == (98, "done")


def test_a_topic_does_not_outlive_its_paragraph() -> None:
    assert values(extract("行政复议工作扎实推进。其中依法受理8件。"))
    assert values(extract("行政复议工作扎实推进。\n其中依法受理8件。")) == []
