"""Which place reported on which year: worked out by hand on a register of six lines."""

import pandas as pd
import pytest

from govlaw.errors import InputError
from govlaw.stats.missingness import MISSING_COLUMNS, missingness

REGISTER = pd.DataFrame(
    [
        ("a1", "110101", "甲县", 2017, "annual_report"),
        ("a2", "110101", "甲县", 2019, "annual_report"),
        ("b1", "110102", "乙县", 2018, "plan"),
        ("b2", "110102", "乙县", 2018, "news_feature"),
        ("c1", "110103", "丙县", None, "annual_report"),
        ("c2", "110103", "丙县", 2017, "annual_report"),
        ("d1", None, None, 2017, "annual_report"),
    ],
    columns=["doc_id", "ref_area", "county", "year", "doc_type"],
).astype({"year": "Int64"})


def presence(**more):
    found = missingness(REGISTER, years=(2017, 2019), **more)
    return found.pivot(index="ref_area", columns="year", values="presence").to_numpy().tolist()


def test_present_absent_and_unknown():
    assert presence() == [
        ["present", "absent", "present"],
        ["unknown", "unknown", "unknown"],  # a plan and a feature, and no report
        ["present", "unknown", "unknown"],  # the report without a year may be on any
    ]


def test_other_kinds_can_be_asked_for():
    assert presence(doc_types=("plan",))[1] == ["absent", "present", "absent"]


def test_two_reports_on_one_year_stand_in_one_cell():
    twice = pd.concat([REGISTER, REGISTER.head(1).assign(doc_id="a3")])
    found = missingness(twice, years=(2017, 2017))
    assert found.loc[found["county"] == "甲县", "doc_ids"].tolist() == ["a1 a3"]


def test_a_document_of_no_known_place_makes_no_row():
    assert set(missingness(REGISTER)["ref_area"]) == {"110101", "110102", "110103"}


def test_no_documents_and_a_single_one():
    assert missingness(REGISTER.iloc[:0]).empty
    assert list(missingness(REGISTER.iloc[:0]).columns) == list(MISSING_COLUMNS)
    one = missingness(REGISTER.head(1), years=(2017, 2018))
    assert one["presence"].tolist() == ["present", "absent"]


def test_years_in_the_wrong_order_are_refused():
    with pytest.raises(InputError, match="2019 comes after 2017"):
        missingness(REGISTER, years=(2019, 2017))
