"""Attention: counts, rates and their denominators, worked out by hand."""

import pandas as pd
import pytest

from govlaw.errors import InputError
from govlaw.stats.attention import attention

DOCUMENTS = pd.DataFrame(
    [("a", 2018, "annual_report", 4000, 50), ("b", 2018, "plan", 1000, 10),
     ("c", 2019, "annual_report", 0, 0), ("d", None, "annual_report", 500, 5)],
    columns=["doc_id", "year", "doc_type", "n_chars", "n_sentences"],
).astype({"year": "Int64"})  # fmt: skip
MENTIONS = pd.DataFrame(
    [("a", "a:1", "petitions"), ("a", "a:1", "petitions"), ("a", "a:2", "petitions"),
     ("b", "b:1", "petitions"), ("b", "b:1", "audit"), ("d", "d:1", "audit")],
    columns=["doc_id", "sentence_id", "group"],
)  # fmt: skip


def row(frame, **wanted):
    for column, value in wanted.items():
        frame = frame[frame[column] == value]
    assert len(frame) == 1
    return frame.iloc[0]


def test_by_document():
    found = row(attention(MENTIONS, DOCUMENTS), doc_id="a", group="petitions")
    assert (found["n"], found["n_sentences"]) == (3, 2)
    assert (found["n_chars"], found["n_all_sentences"]) == (4000, 50)
    assert found["rate_per_1k_chars"] == pytest.approx(0.75)
    assert found["share_sentences"] == pytest.approx(0.04)


def test_by_year_adds_up_numerators_and_denominators():
    found = row(attention(MENTIONS, DOCUMENTS, by="year"), year=2018, group="petitions")
    assert (found["n"], found["n_docs"], found["n_sentences"]) == (4, 2, 3)
    assert found["rate_per_1k_chars"] == pytest.approx(4 / 5)
    assert found["share_sentences"] == pytest.approx(3 / 60)


def test_kinds_are_kept_apart():
    found = attention(MENTIONS, DOCUMENTS, by="doc_type")
    assert row(found, doc_type="plan", group="petitions")["n"] == 1


def test_a_document_without_text_has_no_rate_and_a_group_never_found_has_zero():
    found = attention(MENTIONS, DOCUMENTS, groups=["petitions", "civil_code"])
    assert pd.isna(row(found, doc_id="c", group="petitions")["rate_per_1k_chars"])
    assert row(found, doc_id="a", group="civil_code")[["n", "rate_per_1k_chars"]].tolist() == [0, 0]


def test_a_document_without_a_year_is_left_out():
    found = attention(MENTIONS, DOCUMENTS, by="year")
    assert set(found["year"]) == {2018, 2019}
    assert found.loc[found["group"] == "audit", "n"].sum() == 1


def test_nothing_in_nothing_out():
    assert attention(MENTIONS, DOCUMENTS.iloc[:0]).empty
    assert attention(MENTIONS.iloc[:0], DOCUMENTS).empty
    asked = attention(MENTIONS.iloc[:0], DOCUMENTS, groups=["petitions"])
    assert asked["n"].tolist() == [0, 0, 0, 0]


def test_wrong_questions_are_refused():
    with pytest.raises(InputError, match="no such grouping"):
        attention(MENTIONS, DOCUMENTS, by="county")
    with pytest.raises(InputError, match="did you mean 'petitions'"):
        attention(MENTIONS, DOCUMENTS, groups=["petition"])
    with pytest.raises(InputError, match="no column n_sentences"):
        attention(MENTIONS, DOCUMENTS.drop(columns="n_sentences"))


def test_the_seeds_as_counted_by_hand(tables):
    found = attention(tables.mentions, tables.documents, groups=["petitions", "xi_rule_of_law"])
    counted = found.pivot(index="group", columns="doc_id", values="n").to_dict("index")
    assert counted["xi_rule_of_law"] == {"000": 0, "001": 6, "002": 0, "003": 0, "004": 0}
    assert sum(counted["petitions"].values()) == 41
