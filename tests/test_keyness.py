"""Keyness: G2 by hand, against scipy, and beside the log-odds."""

import math

import numpy as np
import pandas as pd
import pytest
from scipy.stats import chi2_contingency

from govlaw.errors import InputError
from govlaw.stats.keyness import keyness, log_likelihood

COUNTS = pd.DataFrame(
    [("a", "疫情", 12), ("a", "执法", 30), ("a", "复议", 8), ("b", "执法", 28), ("b", "复议", 9),
     ("b", "信访", 13), ("c", "信访", 1), ("c", "执法", 9)],
    columns=["doc_id", "term", "n"],
).assign(role="body")  # fmt: skip
DOCUMENTS = pd.DataFrame({"doc_id": ["a", "b", "c"], "year": [2021, 2019, 2019]})


@pytest.mark.parametrize("cells", [(30, 10, 1000, 1000), (12, 0, 50, 60), (3, 3, 90, 10)])
def test_g2_is_scipys_likelihood_ratio(cells):
    here, there, n_here, n_there = cells
    table = np.array([[here, n_here - here], [there, n_there - there]])
    wanted = chi2_contingency(table, correction=False, lambda_="log-likelihood").statistic
    assert float(log_likelihood(*cells)) == pytest.approx(wanted)


def test_equal_rates_have_no_keyness():
    assert float(log_likelihood(10, 20, 100, 200)) == pytest.approx(0)


def test_each_side_has_its_words():
    found = keyness(COUNTS, DOCUMENTS, group=2021, measure="g2").set_index("term")
    assert found.index[0] in ("疫情", "信访")
    assert found.loc["疫情", "g2"] > 0 > found.loc["信访", "g2"]
    assert found.loc["疫情", "log_ratio"] > 0 > found.loc["信访", "log_ratio"]
    assert found["g2"].abs().is_monotonic_decreasing
    table = np.array([[12, 38], [0, 60]])
    wanted = chi2_contingency(table, correction=False, lambda_="log-likelihood")
    assert found.loc["疫情", "g2"] == pytest.approx(wanted.statistic)
    assert found.loc["疫情", "p"] == pytest.approx(wanted.pvalue)


def test_words_of_one_document_can_be_set_aside():
    found = keyness(COUNTS, DOCUMENTS, group=2019, min_docs=2)
    assert "信访" in set(found["term"])
    assert "疫情" not in set(found["term"])


def test_log_odds_by_hand():
    """Monroe, Colaresi and Quinn 2008, formulas 15, 16, 19 and 20."""
    found = keyness(COUNTS, DOCUMENTS, group=2021, other=2019).set_index("term")
    here, there = {"疫情": 12, "执法": 30, "复议": 8}, {"执法": 37, "复议": 9, "信访": 14}
    n_here, n_there, prior = sum(here.values()), sum(there.values()), 500.0
    for term in ("疫情", "执法", "复议", "信访"):
        one, two = here.get(term, 0), there.get(term, 0)
        alpha = prior * (one + two) / (n_here + n_there)
        delta = math.log((one + alpha) / (n_here + prior - one - alpha))
        delta -= math.log((two + alpha) / (n_there + prior - two - alpha))
        error = math.sqrt(1 / (one + alpha) + 1 / (two + alpha))
        row = found.loc[term]
        assert row["log_odds"] == pytest.approx(delta)
        assert row["z"] == pytest.approx(delta / error)
        assert (row["low"], row["high"]) == (
            pytest.approx(delta - 1.96 * error), pytest.approx(delta + 1.96 * error),
        )  # fmt: skip


def test_words_can_be_set_aside():
    found = keyness(COUNTS, DOCUMENTS, group=2021, exclude=["疫情"])
    assert "疫情" not in set(found["term"])


@pytest.mark.parametrize("group", [2021, "plan"])
def test_one_year_or_one_kind_only_has_nothing_to_compare_with(group):
    by = "year" if group == 2021 else "doc_type"
    same = DOCUMENTS.assign(year=2021, doc_type="plan")
    with pytest.raises(InputError, match="nothing to compare"):
        keyness(COUNTS, same, group=group, by=by)


def test_a_single_document_has_nothing_to_compare_with():
    one = COUNTS[COUNTS["doc_id"] == "a"]
    with pytest.raises(InputError, match="nothing to compare"):
        keyness(one, DOCUMENTS, group="a", by="doc_id")


def test_a_group_that_is_not_there_is_named_with_those_that_are():
    with pytest.raises(InputError, match=r"2018.*known are: 2019, 2021"):
        keyness(COUNTS, DOCUMENTS, group=2018)


def test_an_unknown_measure_is_refused():
    with pytest.raises(InputError, match="no such measure"):
        keyness(COUNTS, DOCUMENTS, group=2021, measure="chi2")
