"""The outlines: what their files may say, how areas carry on, and shares checked by hand."""

import pandas as pd
import pytest

from govlaw import paths
from govlaw.errors import DefinitionError, InputError
from govlaw.facts.coding import code_text
from govlaw.framework import area_of, load_crosswalk, load_frameworks, outline_for
from govlaw.stats.frameworks import coverage_matrix, coverage_of_areas, uncovered_areas

AREAS = [(frame, area) for frame in load_frameworks().values() for area in frame.areas.values()]
NAMES = [area.code for _, area in AREAS]


@pytest.mark.parametrize(("frame", "area"), AREAS, ids=NAMES)
def test_examples_get_their_code_and_rejects_do_not(frame, area):
    year = frame.years[1] if frame.id != "ls" else 2018
    assert area.examples
    assert area.rejects
    for text in area.examples:
        assert code_text(text, year=year) == area.code, text
    for text in area.rejects:
        assert code_text(text, year=year) != area.code, text


def test_the_outlines_have_their_areas():
    frameworks = load_frameworks()
    assert list(frameworks["outline_2015"].areas) == [*(f"G{n}" for n in range(1, 8)), "G0"]
    assert list(frameworks["outline_2021"].areas) == [f"H{n}" for n in range(1, 10)]
    assert list(frameworks["ls"].areas) == ["LS"]


def test_an_area_takes_its_forerunners_words_unless_another_names_them():
    areas = load_frameworks()["outline_2021"].areas
    assert "规范性文件" in areas["H2"].terms
    assert "行政应诉" in areas["H6"].terms
    assert "行政应诉" not in areas["H7"].terms
    assert "突发事件" in areas["H5"].terms
    assert "突发事件" not in areas["H1"].terms


def test_no_word_stands_in_two_areas_of_one_outline():
    society = [word for word, _, _ in load_frameworks()["ls"].owners()]
    for name in ("outline_2015", "outline_2021"):
        words = [*society, *(word for word, _, _ in load_frameworks()[name].owners())]
        assert len(words) == len(set(words))


@pytest.mark.parametrize(
    ("year", "outline"),
    [(2016, "outline_2015"), (2020, "outline_2015"), (2021, "outline_2021"),
     (2024, "outline_2021"), (2031, "outline_2021"), (1999, "outline_2015")],
)  # fmt: skip
def test_the_outline_of_a_year(year, outline):
    assert outline_for(year).id == outline


def test_the_crosswalk_leads_every_code_somewhere():
    across = load_crosswalk()
    assert {across[code] for code in across} == {*(f"H{n}" for n in range(1, 10)), "LS"}
    assert across["G7"] == across["G0"] == "H9"


def test_an_unknown_code_is_no_silent_zero():
    with pytest.raises(InputError, match=r"G9.*no such task area"):
        area_of("G9")


BROKEN = {
    "twice in one list": ("terms: [信访, 信访]", "stands there twice"),
    "one character": ("terms: [法]", "no word of two characters"),
    "no list": ("terms: 信访", "is not a list"),
    "no terms": ("terms: []", "has no terms"),
    "weak and strong": ("terms: [信访]\n    weak: [信访]", "is in 'G1' and in 'G1'"),
    "unknown key": ("term: [信访]", "unknown key 'term'"),
    "rejects without reason": ("terms: [信访]\n    rejects: [行政复议]", "no reason"),
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_broken_file_is_an_error_with_its_line(tmp_path, case):
    area, message = BROKEN[case]
    text = f"id: mine\nyears: [2015, 2020]\nareas:\n  G1:\n    {area}\n"
    (tmp_path / "mine.yml").write_text(text, encoding="utf-8")
    with pytest.raises(DefinitionError, match=message) as error:
        load_frameworks(tmp_path)
    assert error.value.where.rpartition(":")[2].isdigit()


def test_a_crosswalk_to_nowhere_is_an_error(tmp_path):
    for name in ("outline_2015", "outline_2021", "ls", "crosswalk"):
        text = (paths.data("frameworks") / f"{name}.yml").read_text(encoding="utf-8")
        (tmp_path / f"{name}.yml").write_text(text.replace("G5: H7", "G5: H77"), encoding="utf-8")
    with pytest.raises(DefinitionError, match=r"unknown code 'H77'.*H7"):
        load_frameworks(tmp_path)


def test_an_empty_folder_is_an_error(tmp_path):
    with pytest.raises(DefinitionError, match="no framework"):
        load_frameworks(tmp_path)


def frames(year, codes):
    documents = pd.DataFrame({"doc_id": ["a"], "year": pd.array([year], dtype="Int64")})
    sentences = pd.DataFrame(
        {
            "doc_id": "a",
            "sentence_id": ["a:1", "a:2", "a:3", "a:4"],
            "role": ["body", "body", "body", "noise"],
            "text": ["一二三四五六", "一二 三四", "一二", "标题标题标题"],
        }
    )
    quantities = pd.DataFrame(
        {"sentence_id": ["a:1", "a:1", "a:2", "a:2"], "kind": ["count", "rate", "count", "rank"]}
    )
    coded = pd.DataFrame({"sentence_id": list(codes), "code": list(codes.values())})
    return coded, sentences, documents, quantities


def test_shares_by_hand():
    found = coverage_of_areas(*frames(2018, {"a:1": "G4", "a:2": "G6"})).set_index("code")
    assert found.loc["G4", ["n_sentences", "n_chars", "n_numbers"]].tolist() == [1, 6, 2]
    assert found.loc["G6", ["share_chars", "share_sentences", "share_numbers"]].tolist() == (
        pytest.approx([4 / 12, 1 / 3, 1 / 3])
    )
    assert found.loc["none", "share_chars"] == pytest.approx(2 / 12)
    assert found["share_chars"].sum() == pytest.approx(1)
    assert "H4" not in found.index


def test_what_is_silent_is_named():
    found = uncovered_areas(coverage_of_areas(*frames(2018, {"a:1": "G4", "a:2": "G6"})))
    assert found["code"].tolist() == ["G1", "G2", "G3", "G5", "G7", "G0", "LS"]
    assert found["name_zh"].iloc[1] == "制度建设"


def test_across_the_break_h5_and_h8_are_no_silence():
    coded = frames(2018, {"a:1": "G7", "a:2": "G0"})
    found = coverage_of_areas(*coded, scheme="outline_2021").set_index("code")
    assert found.loc["H9", "n_sentences"] == 2
    assert {"H5", "H8"}.isdisjoint(found.index)
    newer = coverage_of_areas(*frames(2021, {"a:1": "H9"}), scheme="outline_2021")
    assert {"H5", "H8"} <= set(newer["code"])


def test_a_report_without_year_and_without_numbers_is_told_honestly():
    coded, sentences, documents, quantities = frames(None, {"a:1": "H4"})
    found = coverage_of_areas(coded, sentences, documents, quantities.iloc[0:0])
    assert found["share_numbers"].isna().all()
    assert found["n_numbers"].eq(0).all()
    assert coverage_of_areas(coded, sentences, documents)["n_numbers"].isna().all()


def test_bad_questions_get_an_answer():
    coded, sentences, documents, _ = frames(2018, {"a:1": "G44"})
    with pytest.raises(InputError, match=r"unknown framework code 'G44'.*G4"):
        coverage_of_areas(coded, sentences, documents)
    with pytest.raises(InputError, match="no such scheme"):
        coverage_of_areas(coded, sentences, documents, scheme="outline_2020")
    good = coverage_of_areas(*frames(2018, {"a:1": "G4"}))
    assert list(coverage_matrix(good).columns)[-2:] == ["LS", "none"]
    with pytest.raises(InputError, match="no such column"):
        coverage_matrix(good, "share_words")


def test_no_documents_give_an_empty_frame():
    coded, sentences, documents, quantities = (f.iloc[0:0] for f in frames(2018, {"a:1": "G4"}))
    found = coverage_of_areas(coded, sentences, documents, quantities)
    assert found.empty
    assert uncovered_areas(found.astype({"is_covered": bool})).empty


def test_the_seeds_are_coded_nearly_whole(tables):
    found = coverage_of_areas(tables.codes, tables.sentences, tables.documents, tables.quantities)
    none = found[found["code"] == "none"]
    assert none["share_chars"].max() < 0.15
    sums = found.groupby("doc_id")[["share_chars", "share_sentences"]].sum()
    assert ((sums - 1).abs() < 1e-9).all().all()
