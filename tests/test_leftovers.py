"""Leftovers: the numbers nobody claimed, with suspects, as YAML that loads back."""

from __future__ import annotations

import yaml

from govlaw.facts.leftovers import Leftover, leftovers, leftovers_yaml
from govlaw.facts.periods import find_quantities
from govlaw.facts.reading import document_of
from govlaw.indicator import load_indicators


def left(text: str, context: str = "") -> list[Leftover]:
    document = document_of(text, context=context)
    found = find_quantities(document)
    return leftovers(document, found, load_indicators())


def test_a_claimed_number_is_not_left_over() -> None:
    assert left("依法受理行政复议案件8件。") == []


def test_an_unclaimed_number_keeps_its_place() -> None:
    text = "受理行政复议案件8件,案件回访36件次。"
    (one,) = left(text)
    assert text[one.start : one.end] == one.text == "36件次"
    assert (one.value, one.unit, one.clause) == (36, "件次", "案件回访36件次")
    assert one.sentence == text


def test_suspects_share_the_topic_or_the_noun() -> None:
    (one,) = left("行政复议案件听证15件。")
    assert any(name.startswith("recon_") for name in one.suspect)
    assert 1 <= len(one.suspect) <= 3


def test_a_stranger_has_no_suspect() -> None:
    (one,) = left("新建农村公路86条。")
    assert one.suspect == ()


def test_a_change_is_no_leftover() -> None:
    assert all(one.kind != "change" for one in left("行政复议案件同比增长12%,回访率93%。"))


def test_yaml_loads_back() -> None:
    found = left("“行政复议”案件: 移交15件, 回访#36件次; 公路86条。\n投资1.2亿元。")
    entries = yaml.safe_load(leftovers_yaml(found))
    assert len(entries) == len(found) >= 3
    for entry, one in zip(entries, found, strict=True):
        assert entry["suspect"] == list(one.suspect)
        assert entry["examples"] == [{"text": one.clause, "value": one.value}]
        assert entry["units"] == [one.unit]
        assert entry["phrasings"][0].endswith("{n}")


def test_no_leftovers_is_an_empty_list() -> None:
    assert yaml.safe_load(leftovers_yaml([])) == []
