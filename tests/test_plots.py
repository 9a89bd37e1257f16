"""Figures: the same on every machine, in words as well, and honest about what is missing."""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest

from govlaw.pages import plots_areas, plots_checks, plots_facts, plots_text, plots_trend
from govlaw.pages.plots import Chart
from govlaw.pages.words import Said
from govlaw.stats.events import load_events

DOCUMENTS = {"a": "东辽县\n2019", "b": "湖里区 $5万_$\n2017", "c": "镕祎頔昇区\n2021"}
FLAT = {k: v.replace("\n", " ") for k, v in DOCUMENTS.items()}
NAMES = {"i1": "行政复议受理数", "i2": "负责人出庭应诉率$\\frac"}


def rates(kind: str = "") -> pd.DataFrame:
    rows = [
        {"doc_type": kind, "group": g, "year": y, "n": 1, "n_docs": int(y != 2020), "n_chars": 9,
         "rate_per_1k_chars": None if y == 2020 else 1.0 + y % 3, "low": 0.5, "high": 5.0}
        for g in ("petitions", "a$\\frac{$b") for y in range(2017, 2022)
    ]  # fmt: skip
    return pd.DataFrame(rows)


def trend(joined: set[tuple[int, int]] | None = None) -> Chart:
    return plots_trend.trend_panels(rates(), joined={"": joined or set()})


def trend_of_kinds() -> Chart:
    both = pd.concat([rates("annual_report"), rates("plan")], ignore_index=True)
    return plots_trend.trend_panels(both, events=load_events())


def presence(n_places: int = 2) -> Chart:
    kinds = ("present", "absent", "unknown")
    rows = [(f"{110101 + n}", "某县", y, kinds[(n + y) % 3]) for n in range(n_places)
            for y in (2017, 2018, 2019)]  # fmt: skip
    frame = pd.DataFrame(rows, columns=["ref_area", "county", "year", "presence"])
    return plots_areas.presence_map(frame, places={"110101": "甲县$", "110102": "乙县"})


def words() -> pd.DataFrame:
    terms = [f"词{n}$" for n in range(12)]
    rows = [(d, t, (n + 1) / 12) for d in DOCUMENTS for n, t in enumerate(terms)]
    return pd.DataFrame(rows, columns=["doc_id", "term", "tf_idf"])


def distinctive() -> Chart:
    frame = pd.DataFrame({"term": [f"词{n}" for n in range(9)], "log_odds": np.linspace(-2, 2, 9)})
    frame = frame.assign(z=frame["log_odds"], low=frame["log_odds"] - 1, high=frame["log_odds"] + 1)
    return plots_text.distinctive_dots(frame, here="年报", there="其余")


def likeness() -> Chart:
    matrix = pd.DataFrame(
        [[1, 0.3, 0.2], [0.3, 1, 0.1], [0.2, 0.1, 1]], index=list("abc"), columns=list("abc")
    )
    return plots_text.likeness_map(matrix, names=FLAT)


def coverage(n_documents: int = 3) -> Chart:
    documents = {f"d{n}": f"某县\n{n}" for n in range(n_documents)}
    states = ("stated", "stated_in_words", "pooled", "no_number", "not_mentioned")
    rows = [(d, i, states[n % 5]) for n, d in enumerate(documents) for i in NAMES]
    frame = pd.DataFrame(rows, columns=["doc_id", "indicator", "status"])
    return plots_facts.coverage_map(frame, names=NAMES, documents=documents)


def values() -> Chart:
    rows = [("i1", "a", 5.0, "exact"), ("i1", "b", 2020.0, "over"), ("i2", "c", None, "exact")]
    frame = pd.DataFrame(rows, columns=["indicator", "doc_id", "obs_value", "bound"])
    return plots_facts.place_dots(frame, names=NAMES, documents=DOCUMENTS)


def deadlines() -> Chart:
    frame = pd.DataFrame({"doc_id": list("abc"), "days": [-27.0, 402.0, None],
                          "status": ["on_time", "late_or_republished", "unknown"]})  # fmt: skip
    return plots_checks.deadline_line(frame, documents=FLAT)


def borrowed() -> Chart:
    shares = pd.DataFrame(
        {"statutory": [0.02, 0.0, 0.0], "peer": [0.0, 0.01, 0.0]}, index=list("abc")
    )
    return plots_checks.borrowed_bars(shares, documents=FLAT)


def quality() -> Chart:
    columns = ["kind", "n_gold", "precision", "recall", "f1", "f1_low", "f1_high"]
    return plots_checks.quality_dots(
        pd.DataFrame([("计数", 9, 1, 0.5, 0.67, 0.4, 0.9)], columns=columns), by="kind"
    )


def areas(n_documents: int = 3) -> Chart:
    rows = {f"d{n}": {"H1": 0.4, "H2": 0.0, "H5": None} for n in range(n_documents)}
    return plots_areas.share_map(
        pd.DataFrame.from_dict(rows, orient="index"), rows={"d0": "东辽县 $2019_$"},
        columns={"H1": "政府职能", "H2": "制度建设", "H5": "突发事件应对"},
        what=Said("占比", "shares"),
    )  # fmt: skip


CHARTS: dict[str, Callable[[], Chart]] = {
    "trend": trend, "trend of kinds": trend_of_kinds, "presence": presence,
    "presence of many": lambda: presence(40),
    "terms": lambda: plots_text.term_dots(words(), by="doc_id", names=FLAT),
    "distinctive": distinctive, "likeness": likeness, "coverage": coverage,
    "coverage of many": lambda: coverage(40), "values": values, "deadlines": deadlines,
    "borrowed": borrowed, "quality": quality, "areas": areas, "areas of many": lambda: areas(60),
}  # fmt: skip


@pytest.mark.parametrize("name", CHARTS)
def test_chart(name: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        one, two = CHARTS[name](), CHARTS[name]()
    assert one.svg == two.svg
    assert "<metadata" not in one.svg
    assert re.search(r"\d", one.alt.zh) or name in ("terms", "distinctive")
    assert one.alt.zh
    assert one.alt.en
    html = one.html("x", "zh")
    assert 'role="img"' in html
    assert "var(--ink" in html
    assert 'href="#x-' in html or "<use" not in html
    assert "<text" not in html


def test_a_year_without_documents_is_no_point_and_no_line() -> None:
    apart = trend().svg
    joined = trend({(2017, 2018), (2018, 2019), (2019, 2020), (2020, 2021)}).svg
    assert joined.count("stroke-width: 1.4") == 2 * 2
    assert "stroke-width: 1.4" not in apart


def test_figures_are_in_the_alternative_text() -> None:
    assert "2020 -" in trend().alt.zh
    assert "+402" in deadlines().alt.zh
    assert "没有公布日期" in deadlines().alt.zh
    assert "2.0%" in borrowed().alt.zh


def test_empty_frames_still_draw() -> None:
    empty = pd.DataFrame(columns=["indicator", "doc_id", "obs_value", "bound"])
    assert plots_facts.place_dots(empty, names=NAMES, documents=DOCUMENTS).svg
    shares = pd.DataFrame({"statutory": [0.0]}, index=["a"])
    assert plots_checks.borrowed_bars(shares, documents=FLAT).svg


def test_an_area_that_did_not_exist_is_no_zero() -> None:
    assert "制度建设 0%" in areas().alt.zh
    assert "突发事件应对" not in areas().alt.zh


def test_outlines_are_small_and_words_keep_their_size() -> None:
    svg = coverage().svg
    assert "xlink" not in svg
    assert re.search(r'<path id="g0" d="M[^"]{10,900}z?" transform="scale\(\.25\)"', svg)
    assert "scale(0.085 -0.085)" in svg


def test_kinds_and_events_are_told_apart() -> None:
    svg, alt = trend_of_kinds().svg, trend_of_kinds().alt
    assert "年度报告 2017" in alt.zh
    assert "工作计划 2017" in alt.zh
    assert svg.count("stroke-dasharray") > trend().svg.count("stroke-dasharray")


def test_a_missing_report_is_named() -> None:
    assert "缺：甲县$ 2017; 乙县 2019" in presence().alt.zh
    assert "有 40，缺 40，不明 40" in presence(40).alt.zh


def test_an_empty_trend_and_an_empty_register_still_draw() -> None:
    assert plots_trend.trend_panels(rates().iloc[:0], events=load_events()).svg
    assert presence(0).svg
