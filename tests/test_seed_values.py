"""Facts of the seeds, read by a person: values with the words that state them."""

import pytest

from govlaw import paths
from govlaw.engine.evidence import trace
from govlaw.errors import InputError
from govlaw.knowledge import read_csv

GOLD = read_csv(paths.data("gold", "observations_seeds.csv"))


def sentence_of(tables, sentence_id):
    return tables.sentences.set_index("sentence_id").loc[sentence_id, "text"]


def found(tables, row):
    rows = tables.observations.query("doc_id == @row['doc_id'] and indicator == @row['indicator']")
    value = row["value"]
    rows = rows[rows["obs_value"] == float(value) if value else rows["obs_value"].isna()]
    return rows[[row["quote"] in sentence_of(tables, s) for s in rows["sentence_id"]]]


def test_there_are_enough_facts():
    assert len(GOLD) >= 100
    assert len({row["indicator"] for row in GOLD}) >= 60


@pytest.mark.parametrize("row", GOLD, ids=lambda r: f"{r['doc_id']}-{r['indicator']}-{r['value']}")
def test_a_value_read_by_a_person_is_found(tables, row):
    rows = found(tables, row)
    assert len(rows) >= 1
    assert row["status"] in set(rows["status"]) | {"pooled"}


def test_nothing_is_found_that_a_person_did_not_read(tables):
    known = {(row["doc_id"], row["indicator"], row["value"]) for row in GOLD}
    values = tables.observations["obs_value"].map(lambda v: "" if v != v else f"{v:.10g}")
    rows = zip(tables.observations["doc_id"], tables.observations["indicator"], values, strict=True)
    found = set(rows)
    assert len(found & known) / len(found) >= 0.95
    assert len(found & known) / len(known) >= 0.98


def test_a_plan_achieves_nothing(tables):
    modalities = tables.observations.query("doc_id == '002'")["modality"]
    assert not (modalities == "done").any()
    assert not (tables.quantities.query("doc_id == '002'")["modality"] == "done").any()


def test_two_values_of_one_indicator_stay_two(tables):
    rows = tables.observations.query("doc_id == '001' and indicator == 'enforcement_dispatch'")
    assert sorted(rows["obs_value"]) == [4100, 4800]
    assert set(rows["bound"]) == {"over"}


def test_zero_silence_and_failure_are_three_things(tables):
    coverage = tables.coverage.set_index(["doc_id", "indicator"])["status"]
    lost = tables.observations.query("doc_id == '004' and indicator == 'litigation_lost'").iloc[0]
    assert (lost["obs_value"], lost["status"]) == (0, "stated_in_words")
    assert coverage["004", "litigation_lost"] == "stated_in_words"
    assert coverage["000", "litigation_lost"] == "not_mentioned"


def test_a_growth_rate_is_not_a_count(tables):
    rows = tables.quantities.query("doc_id == '001' and text == '266%'")
    assert list(rows["kind"]) == ["change"]
    assert not (tables.observations["obs_value"] == 266).any()


def test_a_period_inside_the_sentence_rules(tables):
    rows = tables.quantities.query("doc_id == '001' and value == 1071")
    assert list(rows["time_period"]) == ["2020"]


def test_every_observation_leads_back_to_its_sentence(tables):
    for obs_id in tables.observations["obs_id"]:
        evidence = trace(obs_id, tables)
        assert evidence.quote and evidence.quote in evidence.sentence
        assert evidence.quote in repr(evidence) and obs_id.split(":")[1] in repr(evidence)


def test_a_trace_is_safe_in_a_page(tables):
    from dataclasses import replace

    evidence = trace(tables.observations["obs_id"].iloc[0], tables)
    hostile = replace(evidence, sentence="<script>x</script>" + evidence.sentence)
    assert "<script>" not in hostile._repr_html_()


def test_an_unknown_id_gets_one_message(tables):
    with pytest.raises(InputError, match="004:nothing:1"):
        trace("004:nothing:1", tables)
