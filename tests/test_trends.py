"""Trends: a rate with what it rests on, and an empty year that is not zero."""

import pandas as pd
import pytest

from govlaw import paths
from govlaw.errors import InputError
from govlaw.facts.concordance import find_mentions
from govlaw.lexicon import load_lexicon
from govlaw.stats.trends import keyword_trend, trend_by_type
from govlaw.tables import TABLES
from govlaw.text.corpus import read_document


def documents(*rows):
    columns = ["doc_id", "year", "n_chars", "doc_type"]
    return pd.DataFrame(rows, columns=columns).astype({"year": "Int64"})


def mentions(**n_of):
    rows = [(doc_id, group) for doc_id, counts in n_of.items() for group in counts]
    return pd.DataFrame(rows, columns=["doc_id", "group"])


def year_of(trend, year):
    return trend[trend["year"] == year].iloc[0]


@pytest.fixture(scope="module")
def seeds():
    read = [read_document(path) for path in sorted(paths.seeds().glob("*.txt"))]
    rows = [
        (d.doc_id, d.year, sum(len(s.text) for s in d.sentences if s.role != "noise"), d.doc_type)
        for d in read
    ]
    lexicon = load_lexicon()
    found = TABLES["mentions"].frame(row for d in read for row in find_mentions(d, lexicon))
    return found, documents(*rows)


def test_the_seeds_have_no_2020_and_say_so(seeds):
    trend = keyword_trend(*seeds, groups=load_lexicon().groups)
    assert set(trend["year"]) == {2017, 2018, 2019, 2020, 2021}
    gap = trend[trend["year"] == 2020]
    assert gap[["n", "rate_per_1k_chars", "low", "high"]].isna().all().all()
    assert (gap["n_docs"] == 0).all()
    rest = trend[trend["year"] != 2020]
    assert rest[["n", "rate_per_1k_chars", "low", "high"]].notna().all().all()
    counted = rest.groupby("group")["n"].sum()
    assert counted["xi_rule_of_law"] == 6
    assert counted["petitions"] == 41


def test_a_vocabulary_break_is_no_break_in_the_trend(seeds):
    trend = keyword_trend(*seeds, groups=["legal_office"]).set_index("year")
    assert trend.loc[[2017, 2018, 2019], "n"].tolist() == [6, 5, 5]


def test_a_group_that_is_never_found_is_an_honest_row():
    trend = keyword_trend(
        mentions(a=["petitions"]), documents(("a", 2018, 4000, "annual_report")),
        years=(2018, 2019), groups=["petitions", "civil_code"],
    )  # fmt: skip
    lost = trend[trend["group"] == "civil_code"]
    assert year_of(lost, 2018)["n"] == 0
    assert year_of(lost, 2018)["rate_per_1k_chars"] == 0
    assert year_of(lost, 2018)["low"] == 0
    assert year_of(lost, 2018)["high"] == pytest.approx(3.689 / 4, abs=1e-3)
    assert year_of(lost, 2019)[["n", "rate_per_1k_chars", "low", "high"]].isna().all()


# Garwood's exact bounds of a Poisson count, from printed tables.
@pytest.mark.parametrize(
    ("n", "low", "high"),
    [(0, 0, 3.689), (1, 0.0253, 5.572), (10, 4.795, 18.39), (41, 29.42, 55.62)],
)
def test_few_documents_have_exact_poisson_bounds(n, low, high):
    trend = keyword_trend(
        mentions(a=["x"] * n, z=["x"]), documents(("a", 2018, 1000, "plan")), years=(2018, 2018)
    )
    row = trend.iloc[0]
    assert row["n"] == n
    assert (row["low"], row["high"]) == (
        pytest.approx(low, abs=0.006), pytest.approx(high, abs=0.006),
    )  # fmt: skip


def test_mentions_in_one_clump_are_less_certain_than_spread_ones():
    five = documents(*[(name, 2018, 4000, "annual_report") for name in "abcde"])
    clump = keyword_trend(mentions(a=["x"] * 40), five, years=(2018, 2018)).iloc[0]
    spread = keyword_trend(
        mentions(**{name: ["x"] * 8 for name in "abcde"}), five, years=(2018, 2018)
    ).iloc[0]
    assert clump["rate_per_1k_chars"] == spread["rate_per_1k_chars"] == 2
    assert clump["low"] == 0
    assert clump["high"] > 2 * spread["high"] * 0.9
    assert 1.4 < spread["low"] < 1.5  # where all agree, the exact bounds are the wider ones


def test_bounds_hold_the_rate_and_do_not_change_from_run_to_run(seeds):
    many = documents(*[(f"{n}", 2018, 3000 + 100 * n, "plan") for n in range(12)])
    found = mentions(**{f"{n}": ["x"] * (n % 4) for n in range(12)})
    first, again = (keyword_trend(found, many, years=(2018, 2018)) for _ in range(2))
    pd.testing.assert_frame_equal(first, again)
    assert first.loc[0, "low"] < first.loc[0, "rate_per_1k_chars"] < first.loc[0, "high"]


def test_kinds_of_document_can_be_kept_apart():
    both = documents(("a", 2018, 1000, "plan"), ("b", 2018, 1000, "annual_report"))
    found = mentions(a=["x"] * 4, b=["x"])
    assert keyword_trend(found, both, years=(2018, 2018)).loc[0, "n"] == 5
    reports = keyword_trend(found, both, years=(2018, 2018), doc_types=["annual_report"])
    assert (reports.loc[0, "n"], reports.loc[0, "n_docs"]) == (1, 1)
    none = keyword_trend(found, both, years=(2018, 2018), doc_types=["news_feature"])
    assert none.loc[0, "n_docs"] == 0
    assert pd.isna(none.loc[0, "n"])


def test_documents_without_a_year_or_without_text_are_no_zero():
    odd = documents(("a", None, 1000, "plan"), ("b", 2018, 0, "plan"))
    row = keyword_trend(mentions(a=["x"]), odd, years=(2018, 2018)).iloc[0]
    assert (row["n"], row["n_docs"], row["n_chars"]) == (0, 1, 0)
    assert row[["rate_per_1k_chars", "low", "high"]].isna().all()


def test_nothing_in_nothing_out():
    empty = keyword_trend(mentions(), documents())
    assert empty.empty
    assert list(empty.columns) == [column.name for column in TABLES["trend"].columns]
    asked = keyword_trend(mentions(), documents(), groups=["petitions"])
    assert len(asked) == 5
    assert asked["n"].isna().all()


def test_wrong_questions_are_refused():
    found, register = mentions(a=["petitions"]), documents(("a", 2018, 1000, "plan"))
    with pytest.raises(InputError, match="did you mean 'petitions'"):
        keyword_trend(found, register, groups=["petition"])
    with pytest.raises(InputError, match="2021 comes after 2017"):
        keyword_trend(found, register, years=(2021, 2017))
    with pytest.raises(InputError, match="first and last year"):
        keyword_trend(found, register, years=(2017,))
    with pytest.raises(InputError, match="no column n_chars"):
        keyword_trend(found, register.drop(columns="n_chars"))


def test_a_misspelt_kind_of_document_is_no_empty_table():
    documents = pd.DataFrame(
        {"doc_id": ["a"], "year": [2020], "n_chars": [9], "doc_type": ["plan"]}
    )
    mentions = pd.DataFrame({"doc_id": ["a"], "group": ["training"], "term": ["培训"]})
    with pytest.raises(InputError, match="annual_report"):
        keyword_trend(mentions, documents, doc_types=["anual_report"])


def test_a_plan_is_no_report():
    both = documents(
        ("a", 2018, 1000, "plan"), ("b", 2018, 2000, "annual_report"),
        ("c", 2019, 1000, "annual_report"),
    )  # fmt: skip
    found = mentions(a=["petitions"] * 4, b=["petitions"])
    apart = trend_by_type(found, both, years=(2018, 2019))
    assert apart["doc_type"].tolist() == ["annual_report"] * 2 + ["plan"] * 2
    rates = apart.set_index(["doc_type", "year"])["rate_per_1k_chars"]
    assert rates["annual_report", 2018] == pytest.approx(0.5)
    assert rates["plan", 2018] == pytest.approx(4)
    assert pd.isna(rates["plan", 2019]), "no plan on 2019: a gap, not zero"
    together = keyword_trend(found, both, years=(2018, 2019))
    assert apart.groupby("year")["n"].sum().tolist() == together["n"].tolist()


def test_documents_of_one_type_only_and_a_single_document():
    one = documents(("a", 2018, 1000, "plan"))
    apart = trend_by_type(mentions(a=["petitions"]), one, years=(2018, 2018))
    alone = keyword_trend(mentions(a=["petitions"]), one, years=(2018, 2018))
    pd.testing.assert_frame_equal(apart.drop(columns="doc_type"), alone)
    assert apart["doc_type"].tolist() == ["plan"]
    assert len(alone) == 1


def test_kinds_that_nobody_wrote_give_an_empty_table():
    one = documents(("a", 2018, 1000, "plan"))
    none = trend_by_type(mentions(a=["petitions"]), one, doc_types=["annual_report"])
    assert none.empty
    assert list(none.columns)[:3] == ["doc_type", "group", "year"]
    assert trend_by_type(mentions(), documents()).empty


def test_the_seeds_are_four_kinds(seeds):
    apart = trend_by_type(*seeds, groups=["petitions"])
    there = apart[apart["n_docs"] > 0]
    assert len(there) == 5
    assert there["n_docs"].eq(1).all(), "no year has two reports of one kind"


def test_split_asks_for_a_group_of_the_trend():
    one = documents(("a", 2018, 1000, "plan"))
    with pytest.raises(InputError, match="no keyword group 'legal_ofice'"):
        keyword_trend(mentions(a=["petitions"]), one, groups=["petitions"], split=["legal_ofice"])
