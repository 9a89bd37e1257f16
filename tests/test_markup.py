"""HTML made of frames: escaped, capped, readable without a script."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
import yaml
from markupsafe import Markup

from govlaw.pages import markup
from govlaw.pages.columns import column_label
from govlaw.pages.markup import frame_of, kwic_table, link, source_address, table
from govlaw.pages.words import Said, value_label
from govlaw.tables import TABLES
from tests.site_fixtures import active_parts

PAYLOADS = yaml.safe_load(
    (Path(__file__).parent / "cases" / "payloads.yml").read_text(encoding="utf-8")
)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_payloads_stay_text(payload: str) -> None:
    frame = pd.DataFrame({"doc_id": [payload], payload: [payload]})
    html = table(frame, name=payload, title=Said(payload, payload))
    rows = pd.DataFrame(
        [
            {
                "doc_id": "x",
                "sentence_id": f"{payload}:s1",
                "pre": payload,
                "keyword": payload,
                "post": payload,
            }
        ]
    )
    html += kwic_table(rows, lang="zh", name=payload)
    html += link(source_address(f"{payload}:s1"), payload, title=payload)
    assert active_parts(html) == []


def test_a_long_table_says_what_it_leaves_out() -> None:
    frame = pd.DataFrame({"n": range(5312)})
    html = table(frame, name="t", download="quantities")
    assert html.count("<tr>") == 1 + markup.ROW_CAP
    assert "显示 200 / 共 5,312 行" in html
    assert "tables/quantities.csv" in html


def test_missing_zero_and_text_look_different() -> None:
    frame = pd.DataFrame(
        {"obs_value": pd.array([0, None], dtype="Int64"), "status": ["stated", "no_number"]}
    )
    html = table(frame, name="t")
    assert '<td class="n">0</td>' in html
    assert '<td class="none">' in html
    assert "提及而无数" in html


def test_markup_in_a_frame_stays_markup_and_text_does_not() -> None:
    html = table(frame_of([{"a": Markup("<b>x</b>"), "b": "<b>x</b>"}]), name="t")
    assert "<b>x</b>" in html
    assert "&lt;b&gt;x&lt;/b&gt;" in html


def test_every_code_of_every_table_has_words() -> None:
    for contract in TABLES.values():
        for column in contract.columns:
            assert column_label(column.name).zh
            for code in column.values:
                assert value_label(column.name, code).zh != code, (column.name, code)


@pytest.mark.parametrize(("lang", "first"), [("zh", "文种"), ("en", "kind of document")])
def test_the_reader_s_language_comes_first(lang: str, first: str) -> None:
    html = table(pd.DataFrame({"doc_type": ["plan"]}), name="t", lang=lang)
    assert html.index(first) < max(html.index("文种"), html.index("kind of document")) + 1
    assert (">工作计划<" in html) == (lang == "zh")
