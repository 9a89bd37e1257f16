"""Sentences that differ in nothing but numbers."""

import pandas as pd
import pytest

from govlaw.errors import InputError
from govlaw.facts.sameness import renumbered, same_but_numbers, template_of

FILLED = "全年共受理行政复议案件{}件,审结{}件,按时办结率{}%。"


def said(**texts):
    rows = [
        {"doc_id": doc, "sentence_id": f"{doc}:s1", "text": text} for doc, text in texts.items()
    ]
    return pd.DataFrame(rows)


def register(**known):
    rows = [{"doc_id": doc, "ref_area": area, "year": year} for doc, (area, year) in known.items()]
    return pd.DataFrame(rows)


def test_own_past_stands_with_the_later_report():
    texts = said(a=FILLED.format(12, 10, 98), b=FILLED.format(15, 15, 100))
    found = same_but_numbers(texts, register(a=("341525", 2019), b=("341525", 2020)))
    assert found[["doc_id", "other_id", "class"]].values.tolist() == [["b", "a", "own_past"]]
    assert found.loc[0, "numbers"] == "15 15 100%"


@pytest.mark.parametrize("years", [(2019, 2019), (2019, 2020)])
def test_other_places_are_peers_both_ways(years):
    texts = said(a=FILLED.format(12, 10, 98), b=FILLED.format(15, 15, 100))
    found = same_but_numbers(texts, register(a=("341525", years[0]), b=("430527", years[1])))
    assert found["class"].tolist() == ["peer", "peer"]


@pytest.mark.parametrize(
    ("one", "other"),
    [("受理案件12件。", "受理案件15件。"),  # too short to mean anything
     (FILLED.format(12, 10, 98), FILLED.format(12, 10, 98)),  # left to overlap
     ("坚持把法治政府建设摆在全局工作的突出位置。", "坚持把法治政府建设摆在全局工作的突出位置。"),
     (FILLED.format(12, 10, 98), FILLED.format(12, 10, 98).replace("审结", "办结"))],
)  # fmt: skip
def test_what_is_no_template(one, other):
    assert same_but_numbers(said(a=one, b=other)).empty


def test_width_item_and_punctuation_do_not_count():
    one = "一是全年共受理行政复议案件１２件，审结１０件，按时办结率９８％。"
    assert len(same_but_numbers(said(a=one, b="2." + FILLED.format(15, 15, 100)))) == 2


def test_numbers_in_words_are_numbers_where_they_count():
    assert template_of("出台规范性文件三件,统一编号。") == ("出台规范性文件#件统一编号", ["三"])


def test_a_form_many_share_stays_linear():
    texts = said(**{f"d{n}": FILLED.format(n, n, n) for n in range(200)})
    assert len(same_but_numbers(texts)) == 2 * 199


def test_a_frame_without_sentences_is_refused():
    with pytest.raises(InputError, match="no column sentence_id"):
        same_but_numbers(pd.DataFrame({"doc_id": ["a"], "text": ["x"]}))


def test_a_place_nobody_knows_is_unplaced():
    texts = said(a=FILLED.format(12, 10, 98), b=FILLED.format(15, 15, 100))
    for known in (register(a=("341525", 2019)), register(a=("341525", None), b=("341525", 2020))):
        assert same_but_numbers(texts, known)["class"].tolist() == ["unplaced", "unplaced"]


@pytest.mark.parametrize("together", [1, 2, 9])
def test_the_rows_of_the_table_overlaps(together):
    texts = said(
        a=FILLED.format(12, 10, 98), b=FILLED.format(15, 15, 100), c=FILLED.format(3, 3, 9)
    )
    texts = texts.assign(start=[7, 8, 9])
    known = register(a=("341525", 2019), b=("341525", 2020), c=("430527", 2020))
    frames = [texts[n : n + together] for n in range(0, len(texts), together)]
    rows = renumbered(lambda: frames, known)
    assert set(rows["class"]) == {"renumbered"}
    assert set(rows["n_docs"]) == {3}
    sides = sorted(zip(rows["doc_id"], rows["other_id"], strict=True))
    assert sides == [("a", "c"), ("b", "a"), ("b", "c"), ("c", "a"), ("c", "b")]
    row = rows[rows["doc_id"] == "b"].set_index("other_id").loc["a"]
    assert row[["start", "end", "other_start", "other_end"]].tolist() == [
        8, 8 + len(texts["text"][1]), 7, 7 + len(texts["text"][0]),
    ]  # fmt: skip


def test_the_seeds_share_no_form(tables):
    assert same_but_numbers(tables.sentences, tables.documents).empty
