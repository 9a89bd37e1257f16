"""The invented panel: whatever was written into it comes out of the tables."""

import pandas as pd
import pytest
import yaml

from govlaw import paths
from govlaw.engine.runner import build_tables
from govlaw.facts.sameness import same_but_numbers
from govlaw.stats.compliance import timeliness
from govlaw.stats.frameworks import coverage_of_areas
from govlaw.stats.missingness import missingness
from govlaw.stats.promises import feedback_summary, problem_table, promise_table
from govlaw.stats.trends import keyword_trend

PANEL = paths.home() / "tests" / "data" / "panel"
TRUTH = yaml.safe_load((PANEL / "truth.yml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def panel(tmp_path_factory):
    texts = tmp_path_factory.mktemp("panel")
    for path in PANEL.glob("*.txt"):
        (texts / path.name).write_bytes(path.read_bytes())
    return build_tables(texts, tmp_path_factory.mktemp("built") / "tables")


@pytest.fixture(scope="module")
def promises(panel):
    return promise_table(panel.agenda, panel.sentences, panel.documents, panel.quantities)


@pytest.fixture(scope="module")
def covered(panel):
    return coverage_of_areas(panel.codes, panel.sentences, panel.documents, panel.quantities)


def test_every_report_is_read_as_what_it_is(panel):
    documents = panel.documents.set_index("doc_id")
    assert len(documents) == 19
    assert set(documents["doc_type"]) == {"annual_report"}
    assert all(int(doc_id[2:]) == row.year for doc_id, row in documents.iterrows())
    assert documents.groupby(documents.index.str[:2])["ref_area"].nunique().eq(1).all()


def test_the_missing_report_is_absent_and_no_other(panel):
    found = missingness(panel.documents)
    areas = {row.doc_id[:2]: row.ref_area for row in panel.documents.itertuples()}
    absent = found[found["presence"] == "absent"]
    assert [[str(a), int(y)] for a, y in absent[["ref_area", "year"]].to_numpy()] == [
        [areas[place], year] for place, year in TRUTH["missing"]
    ]
    assert (found["presence"] == "present").sum() == 19


@pytest.mark.parametrize("place", TRUTH["series"])
def test_the_series_comes_out(panel, place):
    done = panel.observations[panel.observations["modality"] == "done"]
    for year, values in TRUTH["series"][place].items():
        own = done[done["doc_id"] == f"{place}{year}"]
        for indicator, value in zip(
            ("recon_applications_received", "recon_accepted"), values, strict=True
        ):
            found = own.loc[own["indicator"] == indicator, "obs_value"].tolist()
            assert found == [value], (year, indicator)


def test_the_vocabulary_breaks_and_the_attention_does_not(panel):
    truth = TRUTH["vocabulary_break"]
    years = dict(zip(panel.documents["doc_id"], panel.documents["year"], strict=True))
    named = panel.mentions[panel.mentions["group"] == truth["group"]]
    when = named.groupby("term")["doc_id"].agg(lambda ids: sorted({years[i] for i in ids}))
    assert max(when[truth["before"]]) < truth["year"] <= min(when[truth["after"]])
    joined = keyword_trend(panel.mentions, panel.documents, groups=[truth["group"]])
    assert (joined["n"] > 0).all()
    split = keyword_trend(
        panel.mentions, panel.documents, groups=[truth["group"]], split=[truth["group"]]
    )
    before = split[split["group"].str.endswith(truth["before"])]
    assert (before.loc[before["year"] >= truth["year"], "n"] == 0).all()
    assert split.groupby("year")["n"].sum().tolist() == joined["n"].tolist()


def test_the_template_filled_in_anew(panel):
    truth = TRUTH["template"]
    found = same_but_numbers(panel.sentences, panel.documents)
    assert set(found["doc_id"]) == {truth["later"]}
    assert set(found["other_id"]) == {truth["earlier"]}
    assert set(found["class"]) == {"own_past"}
    assert len(found) == truth["sentences"]
    rows = panel.overlaps[panel.overlaps["class"] == "renumbered"]
    sentences = panel.sentences.set_index("sentence_id")
    for side in ("", "other_"):
        wanted = sentences.loc[found[f"{side}sentence_id"], ["start", "end"]].to_numpy()
        spans = rows[[f"{side}start", f"{side}end"]].to_numpy()
        assert sorted(spans.tolist()) == sorted(wanted.tolist())
    assert set(rows["doc_id"]) == {truth["later"]}
    assert set(rows["n_docs"]) == {2}


def test_the_copied_passage(panel):
    truth = TRUTH["copied"]
    texts = dict(zip(panel.texts["doc_id"], panel.texts["text"], strict=True))
    peers = panel.overlaps[panel.overlaps["class"] == "peer"]
    assert {*peers["doc_id"], *peers["other_id"]} == {truth["later"], truth["from"]}
    here = peers[peers["doc_id"] == truth["later"]].iloc[0]
    assert truth["words"] in texts[here["doc_id"]][here["start"] : here["end"]]
    there = texts[here["other_id"]][here["other_start"] : here["other_end"]]
    assert there == texts[here["doc_id"]][here["start"] : here["end"]]


@pytest.mark.parametrize("truth", TRUTH["promises"], ids=lambda truth: truth["words"])
def test_what_became_of_a_promise(promises, truth):
    own = promises[
        (promises["doc_id"] == truth["doc"]) & promises["text"].str.contains(truth["words"])
    ]
    assert len(own) == 1
    row = own.iloc[0]
    assert row["feedback"] == truth["feedback"]
    for column in ("is_met", "promised", "reported"):
        if column in truth:
            assert row[column] == truth[column]
        else:
            assert pd.isna(row[column])


def test_only_the_unmet_promise_is_unmet(promises):
    unmet = promises[promises["is_met"].eq(False).fillna(False)]
    assert unmet["doc_id"].tolist() == ["sn2018"]


def test_promises_without_a_next_report_are_not_counted_against_anyone(promises):
    summary = feedback_summary(promises).set_index("doc_id")
    assert (summary["n_promises"] == summary["n_testable"] + summary["no_next_report"]).all()
    assert set(summary.index[summary["n_testable"] == 0]) == {
        "cy2018", "cy2021", "sn2021", "sq2021", "ts2021",
    }  # fmt: skip


@pytest.mark.parametrize("truth", TRUTH["problems"], ids=lambda truth: truth["words"])
def test_problems_and_their_causes(panel, truth):
    problems = problem_table(panel.agenda)
    own = problems[
        (problems["doc_id"] == truth["doc"]) & problems["text"].str.contains(truth["words"])
    ]
    assert len(own) == 1
    for column in {"has_cause", "is_specific"} & truth.keys():
        assert own.iloc[0][column] == truth[column]


def test_a_problem_meets_its_plan(panel):
    truth = TRUTH["planned_for"]
    problems = problem_table(panel.agenda)
    own = problems[problems["doc_id"] == truth["doc"]].set_index("text")
    row = own[own.index.str.contains(truth["problem"])].iloc[0]
    assert truth["plan"] in row["plan_text"]


def test_the_late_report(panel):
    found = timeliness(panel.documents)
    assert found.loc[found["status"] == "late", "doc_id"].tolist() == TRUTH["late"]


def test_silent_and_spoken_areas(covered):
    known = covered.set_index(["doc_id", "code"])["is_covered"]
    for doc_id, codes in TRUTH["silent"].items():
        assert not any(known[doc_id, code] for code in codes), doc_id
    for doc_id, codes in TRUTH["spoken"].items():
        assert [code for code in codes if not known[doc_id, code]] == [], doc_id


def test_the_panel_on_the_page_links_every_value_and_names_the_missing_year(panel):
    from govlaw.pages.places import panel_rows, say_panel

    rows = panel_rows(panel, "zh")
    assert rows["place"].nunique() >= 3
    years = [column for column in rows.columns if column.isdigit()]
    assert years == ["2017", "2018", "2019", "2020", "2021"]
    cells = [cell for year in years for cell in rows[year]]
    assert sum("href=" in str(cell) for cell in cells) > 40
    assert "无文件" in {str(cell) for cell in cells}
    assert str(rows["place"].nunique()) in say_panel(rows).zh
    assert "为空" in say_panel(rows.iloc[:0]).zh


def test_derived_rates_are_not_among_the_observations(tables):
    from govlaw.pages.places import derived_rows

    (row,) = derived_rows(tables).itertuples()
    # 001 gives 590 disputes and 580 settled, and no rate.
    assert (row.doc_id, row.indicator) == ("001", "mediation_success_rate")
    assert row.value == pytest.approx(100 * 580 / 590, abs=0.01)
    stated = set(zip(tables.observations["doc_id"], tables.observations["indicator"], strict=True))
    assert (row.doc_id, row.indicator) not in stated
