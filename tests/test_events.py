"""Events: where they stand on the axis, whom they concern, and what a broken register says."""

import pytest

from govlaw.errors import DefinitionError
from govlaw.lexicon import load_lexicon
from govlaw.stats.events import EVENT_COLUMNS, WHAT, events_of, load_events

HEAD = "date,what,name_zh,name_en,groups,source\n"


def test_every_event_has_a_source_and_known_groups():
    events = load_events()
    assert list(events.columns) == list(EVENT_COLUMNS)
    assert events["source"].str.len().min() > 5
    assert set(events["what"]) <= set(WHAT)
    assert {group for groups in events["groups"] for group in groups} <= set(load_lexicon().groups)
    assert events["at"].is_monotonic_increasing


def test_what_is_known_from_memory_only_is_no_event():
    # Named in November 2020 by all accounts, but no source was read: no line.
    assert not load_events()["name_zh"].str.contains("习近平法治思想|行政处罚法|八五普法").any()


def test_the_axis_is_of_report_years():
    at = load_events().set_index("name_zh")["at"]
    assert at["全面推行三项制度的指导意见"] == pytest.approx(2018.5 + 2 / 365)
    assert at["重大行政决策程序暂行条例"] == pytest.approx(2018.5 + 243 / 365)


def test_an_event_concerns_its_groups_and_its_years():
    events = load_events()
    assert [e.name_zh for e in events_of("major_decisions", events, (2019,))] == [
        "重大行政决策程序暂行条例"
    ]
    assert [e.year for e in events_of("petitions", events, range(2015, 2022))] == [2015, 2021]
    assert list(events_of("petitions", events, (2019,))) == []


@pytest.mark.parametrize(
    ("row", "message"),
    [("2019,in_force,a,b,all,x", "no date"), ("2019-13-01,in_force,a,b,all,x", "no date"),
     ("2019-09-01,in_force,a,b,all,", "without source"), (",in_force,a,b,all,x", "without date"),
     ("2019-09-01,inforce,a,b,all,x", "did you mean 'in_force'"),
     ("2019-09-01,in_force,a,b,petition,x", "did you mean 'petitions'")],
)  # fmt: skip
def test_a_broken_register_says_where(tmp_path, row, message):
    file = tmp_path / "events.csv"
    file.write_text(f"{HEAD}{row}\n", encoding="utf-8")
    with pytest.raises(DefinitionError, match=message) as caught:
        load_events(file)
    assert "events.csv" in caught.value.where


def test_an_empty_register_is_an_empty_table(tmp_path):
    file = tmp_path / "events.csv"
    file.write_text(HEAD, encoding="utf-8")
    assert load_events(file).empty
