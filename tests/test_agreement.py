"""Agreement between codings: against scikit-learn and against values worked out by hand."""

import math
import random

import pandas as pd
import pytest
from sklearn.metrics import cohen_kappa_score, precision_recall_fscore_support

from govlaw import paths
from govlaw.errors import InputError
from govlaw.knowledge import read_csv
from govlaw.stats.agreement import (
    NO_CODE,
    cohen_kappa,
    compare_codes,
    confusion,
    kappa_interval,
    read_passes,
    score_codes,
)

ONE = ["G1", "G1", "G4", "G6", "none", "G1", "G4", "LS"]
OTHER = ["G1", "G4", "G4", "G6", "G1", "G1", "G4", "G6"]


def test_kappa_by_hand():
    # 20 of 25 + 15 of 25 say yes both ways: Cohen's own kind of table.
    first = ["y"] * 25 + ["n"] * 25
    second = ["y"] * 20 + ["n"] * 5 + ["y"] * 10 + ["n"] * 15
    # observed 35/50 = 0.7; expected 0.5 * 0.6 + 0.5 * 0.4 = 0.5; (0.7 - 0.5) / 0.5
    assert cohen_kappa(first, second) == pytest.approx(0.4)


@pytest.mark.parametrize("seed", range(5))
def test_kappa_is_that_of_scikit_learn(seed):
    draw = random.Random(seed)  # noqa: S311
    first = [draw.choice("ABCD") for _ in range(60)]
    second = [code if draw.random() < 0.6 else draw.choice("ABCDE") for code in first]
    assert cohen_kappa(first, second) == pytest.approx(cohen_kappa_score(first, second))


def test_scores_are_those_of_scikit_learn():
    found = score_codes(ONE, OTHER).set_index("code")
    codes = sorted({*ONE, *OTHER})
    precision, recall, f1, n_gold = precision_recall_fscore_support(
        ONE, OTHER, labels=codes, zero_division=0
    )
    assert found.loc[codes, "precision"].tolist() == pytest.approx(list(precision))
    assert found.loc[codes, "recall"].tolist() == pytest.approx(list(recall))
    assert found.loc[codes, "f1"].tolist() == pytest.approx(list(f1))
    assert found.loc[codes, "n_gold"].tolist() == list(n_gold)
    assert found.loc["macro", "f1"] == pytest.approx(f1.mean())


def test_full_agreement_and_none():
    assert cohen_kappa(ONE, ONE) == pytest.approx(1)
    assert cohen_kappa(["a", "b"], ["b", "a"]) == pytest.approx(-1)
    assert math.isnan(cohen_kappa(["a", "a"], ["a", "a"]))


def test_the_interval_holds_the_estimate_and_is_the_same_every_time():
    kappa, low, high = kappa_interval(ONE, OTHER)
    assert low <= kappa <= high
    assert (kappa, low, high) == kappa_interval(ONE, OTHER)


def test_the_confusion_counts_every_unit():
    table = confusion(ONE, OTHER)
    assert table.to_numpy().sum() == len(ONE)
    assert table.loc["G1", "G4"] == 1


@pytest.mark.parametrize(("one", "other"), [([], []), (["a"], ["a", "b"])])
def test_codings_of_different_units_are_refused(one, other):
    with pytest.raises(InputError, match="same units"):
        cohen_kappa(one, other)


def test_the_two_passes_on_the_seeds():
    gold = read_passes()
    assert len(gold) == 120
    assert gold["sentence_id"].str[:3].value_counts().tolist() == [24] * 5
    assert gold["agreed"].notna().all()
    kappa, low, high = kappa_interval(gold["first"].tolist(), gold["second"].tolist())
    assert kappa == pytest.approx(0.963, abs=0.001)
    assert 0.9 < low < kappa < high < 1


def test_only_what_the_passes_differ_on_is_settled_and_with_a_reason():
    gold = read_passes()
    odd = gold[gold["first"] != gold["second"]]
    settled = read_csv(paths.data("gold", "codes_agreed.csv"))
    assert [row["sentence_id"] for row in settled] == odd["sentence_id"].tolist()
    for row, (first, second) in zip(settled, odd[["first", "second"]].to_numpy(), strict=True):
        assert (row["first"], row["second"]) == (first, second)
        assert row["rule"] in "123"
        assert len(row["reason"]) > 20


def test_a_sentence_without_a_code_is_none():
    gold = pd.DataFrame({"sentence_id": ["a:1", "a:2"], "agreed": ["G1", "none"]})
    codes = pd.DataFrame({"sentence_id": ["a:1"], "code": ["G1"]})
    assert compare_codes(gold, codes)["found"].tolist() == ["G1", NO_CODE]


def test_a_sentence_coded_once_only_is_refused(tmp_path):
    head = "sentence_id,start,end,code\n"
    (tmp_path / "codes_pass1.csv").write_text(head + "a:1,0,1,G1\na:2,1,2,G1\n", encoding="utf-8")
    (tmp_path / "codes_pass2.csv").write_text(head + "a:1,0,1,G1\n", encoding="utf-8")
    with pytest.raises(InputError, match="a:2 stands in one pass only"):
        read_passes(tmp_path)
