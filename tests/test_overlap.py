"""Shared runs: all of them, nothing but them, and the right kind of sharing."""

import random
import time
from itertools import permutations

import pandas as pd
import pytest

from govlaw import paths
from govlaw.errors import InputError
from govlaw.facts import links
from govlaw.facts.overlap import overlap, overlap_batches
from govlaw.facts.shelf import load_shelf
from govlaw.facts.shingles import letters_of as codes_of
from govlaw.text.corpus import Corpus, read_document

SIZE = 13


@pytest.fixture(scope="module")
def corpus():
    return Corpus(read_document(path) for path in sorted(paths.seeds().glob("*.txt")))


def frame(**texts):
    return pd.DataFrame({"doc_id": list(texts), "text": list(texts.values())})


def letters_of(text):
    codes, places = codes_of(text)
    return "".join(map(chr, codes)), places


def body(document):
    return letters_of("".join(s.text for s in document.sentences if s.role != "noise"))[0]


def shingles(letters):
    return {letters[n : n + SIZE] for n in range(len(letters) - SIZE + 1)}


def test_any_two_seeds_share_less_than_half_a_percent(corpus):
    stretches = {document.doc_id: shingles(body(document)) for document in corpus}
    for first, second in permutations(stretches, 2):
        shared = stretches[first] & stretches[second]
        assert len(shared) / len(stretches[first]) < 0.005, (first, second)


def test_runs_cover_exactly_the_shared_stretches(corpus):
    """Against the slow way: every letter in a stretch of 13 that the other text has too."""
    runs = overlap(corpus, shelf={})
    for first, second in permutations(corpus, 2):
        wanted = shingles(body(second))
        letters, places = letters_of(first.text)
        rows = runs[(runs["doc_id"] == first.doc_id) & (runs["other_id"] == second.doc_id)]
        covered = {p for row in rows.itertuples() for p in range(row.start, row.end)}
        spans = [s.span for s in first.sentences if s.role != "noise"]
        inside = [n for n, p in enumerate(places) if any(s.start <= p < s.end for s in spans)]
        kept = "".join(letters[n] for n in inside)
        expected = {
            int(places[inside[n + k]])
            for n in range(len(kept) - SIZE + 1)
            if kept[n : n + SIZE] in wanted
            for k in range(SIZE)
        }
        assert {p for p in covered if first.text[p].isalnum()} == expected


def test_both_sides_of_a_run_hold_the_same_letters(corpus):
    runs = overlap(corpus)
    shelf = load_shelf()
    texts = {document.doc_id: document.text for document in corpus} | shelf
    assert len(runs)
    for row in runs.itertuples():
        here = letters_of(texts[row.doc_id][row.start : row.end])[0]
        there = letters_of(texts[row.other_id][row.other_start : row.other_end])[0]
        assert here == there
        assert len(here) >= SIZE


def test_the_national_formula_in_004_is_one_statutory_run(corpus):
    """Article 4 of the rules of 2016: 112 characters with the comma that follows them."""
    runs = overlap(corpus)
    (row,) = (row for row in runs.itertuples() if runs["class"][row.Index] == "statutory")
    quote = corpus["004"].text[row.start : row.end]
    assert row.doc_id == "004"
    assert row.other_id == "shelf:first_responsible_2016"
    assert quote.startswith("关于法治建设的重大决策部署")
    assert quote.endswith("重要任务亲自督办")
    assert len(corpus["004"].text[row.start : row.end + 1]) == 112
    there = load_shelf()[row.other_id][row.other_start : row.other_end]
    assert letters_of(there)[0] == letters_of(quote)[0]


def test_a_shelf_is_extended_by_a_folder(tmp_path):
    (tmp_path / "own_rule.txt").write_text("# 本省规定\n" + RULE + "\n", encoding="utf-8")
    runs = overlap(frame(a=A + RULE, b=RULE), shelf=load_shelf(tmp_path))
    assert set(runs["other_id"]) == {"shelf:own_rule"}
    assert load_shelf().keys() < load_shelf(tmp_path).keys()
    with pytest.raises(InputError, match=r"no \*\.txt"):
        load_shelf(tmp_path / "none")


A = "我县在县法院建立诉调对接中心并且委托资深调解员进行诉前调解"
B = "区政府聘任八名律师学者为新一届法律顾问并修订了有关工作规则"
RULE = "每年三月一日前应当向本级人民政府报告上一年度推进情况"


def kinds(runs):
    return sorted(zip(runs["doc_id"], runs["other_id"], runs["class"], strict=True))


def test_a_neighbour_is_a_peer_on_both_sides():
    assert kinds(overlap(frame(a=A + B, b="另有" + A), shelf={})) == [
        ("a", "b", "peer"), ("b", "a", "peer"),
    ]  # fmt: skip


def register(**fields):
    return pd.DataFrame(
        [{"doc_id": k, "ref_area": area, "year": year} for k, (area, year) in fields.items()]
    )


def test_an_earlier_year_of_the_same_area_is_own_past():
    texts = frame(a=A, b=A)
    known = register(a=("220422", 2020), b=("220422", 2019))
    assert kinds(overlap(texts, documents=known, shelf={})) == [("a", "b", "own_past")]
    for known in (
        register(a=("220422", 2019), b=("220422", 2019)),
        register(a=("220422", 2020), b=("511112", 2019)),
    ):
        assert {kind for _, _, kind in kinds(overlap(texts, documents=known, shelf={}))} == {"peer"}


@pytest.mark.parametrize(
    "known",
    [register(a=("220422", None), b=("220422", 2019)),
     register(a=(None, 2020), b=(None, 2019)),
     register(a=(None, 2020), b=("220422", 2019)),
     register(b=("220422", 2019))],
)  # fmt: skip
@pytest.mark.parametrize("n_copies", [0, 9])
def test_a_place_or_year_nobody_knows_is_unplaced(known, n_copies):
    texts = frame(a=A, b=A, **{f"c{n}": A for n in range(n_copies)})
    runs = overlap(texts, documents=known, shelf={})
    assert set(runs["class"]) == {"unplaced"}


ZONE = "平川市高新技术产业开发区"


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [({"issuer": ZONE + "管理委员会"}, {"issuer": ZONE + "司法局"}, "own_past"),
     ({"county": "平川县"}, {"issuer": "平川县市场监督管理局"}, "own_past"),
     ({"county": "平川县", "ref_area": "220422"}, {"county": "平川县"}, "own_past"),
     ({"county": "平川县"}, {"county": "安定县"}, "peer"),
     ({"county": "平川县", "province": "甘"}, {"county": "平川县", "province": "陕"}, "peer"),
     ({"issuer": "法治建设领导小组"}, {"issuer": "法治建设领导小组"}, "unplaced"),
     ({"county": "平川县"}, {}, "unplaced")],
)  # fmt: skip
def test_a_place_without_a_code_goes_by_its_name(one, other, kind):
    rows = [{"doc_id": "a", "year": 2020} | one, {"doc_id": "b", "year": 2019} | other]
    runs = overlap(frame(a=A, b=A), documents=pd.DataFrame(rows), shelf={})
    assert set(runs["class"]) == {kind}


def test_a_name_with_two_codes_is_no_place():
    rows = [("a", 2021, None), ("b", 2020, "410104"), ("c", 2019, "510104")]
    known = pd.DataFrame(rows, columns=["doc_id", "year", "ref_area"]).assign(county="安定区")
    found = kinds(overlap(frame(a=A, b=A), documents=known, shelf={}))
    assert found == [("a", "b", "unplaced"), ("b", "a", "unplaced")]


def test_a_formula_and_a_few_letters_is_no_second_row():
    phrase = "责任人要切实履行推进法治建设第一责任人职责"
    runs = overlap(frame(a="甲负" + phrase + "等", b="乙" + phrase + "的"), shelf={})
    assert set(runs["class"]) == {"formula"}
    runs = overlap(frame(a="甲" + A[:13] + phrase, b="乙" + A[:13] + phrase), shelf={})
    assert set(runs["class"]) == {"peer"}


@pytest.mark.parametrize("n_docs", [5, 12])
def test_two_letters_more_than_a_phrase_many_share_are_no_peer(n_docs):
    short = "切实把各项任务一件一件抓出实效"
    texts = {f"d{n:02}": chr(0x5000 + n) * 3 + short + chr(0x6000 + n) for n in range(n_docs)}
    for doc in ("d01", "d02"):
        texts[doc] = "从而" + short + "而且" + doc
    runs = overlap(frame(**texts), shelf={})
    assert set(runs["class"]) == {"formula"}
    texts["d01"], texts["d02"] = (A + short + doc for doc in ("d01", "d02"))
    assert set(overlap(frame(**texts), shelf={})["class"]) == {"formula", "peer"}


def test_the_shelf_hides_what_it_explains():
    shelf = {"shelf:rule": "第三条 " + RULE + "。"}
    # Both reports also have 按规定 before the rule: 13 letters, 12 of them the rule's.
    runs = overlap(frame(a="甲按规定" + RULE + "了", b="乙按规定" + RULE + "的"), shelf=shelf)
    assert kinds(runs) == [("a", "shelf:rule", "statutory"), ("b", "shelf:rule", "statutory")]
    assert list(runs["other_start"]) == [4, 4]


def test_a_short_phrase_in_many_is_a_formula_and_a_long_one_is_not():
    short, long = "切实把各项任务一件一件抓出实效", A
    fill = ["天地玄黄", "宇宙洪荒", "日月盈昃", "辰宿列张", "寒来暑往"]
    many = frame(**{f"d{n}": word + short for n, word in enumerate(fill)})
    assert set(overlap(many, shelf={})["class"]) == {"formula"}
    few = frame(a=fill[0] + short, b=fill[1] + short)
    assert set(overlap(few, shelf={})["class"]) == {"peer"}
    many = frame(**{f"d{n}": word + long for n, word in enumerate(fill)})
    assert set(overlap(many, shelf={})["class"]) == {"peer"}


def test_a_listed_phrase_is_a_formula():
    phrase = "党政主要负责人履行推进法治建设第一责任人职责"
    runs = overlap(frame(a="落实" + phrase + "甲", b="强化" + phrase + "乙"), shelf={})
    assert set(runs["class"]) == {"formula"}
    runs = overlap(frame(a=A + phrase + "甲", b=A + phrase + "乙"), shelf={})
    assert set(runs["class"]) == {"peer"}


def test_signs_and_blanks_do_not_matter_and_offsets_are_of_the_text():
    first = "甲：我县,在县法院 建立“诉调对接中心”,并且。"
    second = "乙我县在县法院\n　建立诉调对接中心，并且"
    runs = overlap(frame(a=first, b=second), shelf={})
    row = runs[runs["doc_id"] == "a"].iloc[0]
    assert first[row["start"] : row["end"]] == "我县,在县法院 建立“诉调对接中心”,并且"
    assert second[row["other_start"] : row["other_end"]] == second[1:]


def test_twelve_letters_are_not_enough_and_thirteen_are():
    assert overlap(frame(a=A[:12] + "甲", b=A[:12] + "乙"), shelf={}).empty
    assert len(overlap(frame(a=A[:13] + "甲", b=A[:13] + "乙"), shelf={})) == 2
    assert len(overlap(frame(a=A[:5] + "甲", b=A[:5] + "乙"), shelf={}, min_chars=5)) == 2


def test_a_text_is_not_compared_with_itself():
    assert overlap(frame(a=A + B + A), shelf={}).empty


def test_runs_do_not_reach_from_one_document_into_the_next():
    assert overlap(frame(a=A[:8], b=A[8:20], c=A[:20]), shelf={}).empty


@pytest.mark.parametrize(
    "texts", [frame(), frame(a=""), frame(a="", b=""), frame(a=A), frame(a="短")]
)
def test_nothing_to_share_is_an_empty_table(texts):
    runs = overlap(texts)
    assert runs.empty
    assert "class" in runs.columns


def test_sentences_do_as_well_as_a_corpus(corpus):
    rows = [
        {"doc_id": d.doc_id, "role": s.role, "text": s.text, "start": s.span.start}
        for d in corpus for s in d.sentences
    ]  # fmt: skip
    random.Random(1).shuffle(rows)  # noqa: S311
    pd.testing.assert_frame_equal(overlap(pd.DataFrame(rows)), overlap(corpus))


def test_wrong_frames_are_refused():
    with pytest.raises(InputError, match="no column text"):
        overlap(pd.DataFrame({"doc_id": ["a"]}))
    with pytest.raises(InputError, match="min_chars"):
        overlap(frame(a=A), min_chars=0)


def test_what_all_texts_share_is_linked_once_each():
    texts = frame(**{f"d{n:03}": chr(0x5000 + n) * 3 + A for n in range(200)})
    found = overlap(texts, shelf={})
    assert len(found) == 200
    assert set(found["other_id"].iloc[1:]) == {"d000"}
    assert found["other_id"].iloc[0] == "d199"


def test_the_source_of_what_many_share_is_the_own_past_or_the_earliest():
    years = {f"d{n:02}": (f"{510100 + n // 3}", 2021 - n % 3) for n in range(30)}
    texts = frame(**{doc: chr(0x5000 + n) * 3 + A for n, doc in enumerate(years)})
    runs = overlap(texts, documents=register(**years), shelf={}).set_index("doc_id")
    assert len(runs) == 30
    # Three reports of each area, the latest first; d02 is the first of the year 2019.
    assert runs.loc[["d12", "d13"], "other_id"].tolist() == ["d13", "d14"]
    assert set(runs.loc[["d12", "d13"], "class"]) == {"own_past"}
    assert runs.loc["d14", ["other_id", "class"]].tolist() == ["d02", "peer"]


def test_batches_are_whole_documents_in_their_order():
    texts = {f"{n % 7}-{n}": A + B for n in range(50)}
    pieces = [(doc, text, 0) for doc, text in texts.items()]
    batches = list(overlap_batches(lambda: pieces, None, shelf={}))
    whole = pd.concat(batches)
    assert whole["doc_id"].tolist() == list(texts)
    assert set(whole["n_docs"]) == {50}
    assert not list(overlap_batches(lambda: [], None, shelf={}))


@pytest.mark.parametrize("n_texts", [2, 9])
def test_letters_beyond_two_bytes_are_compared(n_texts):
    rare = "".join(chr(0x20000 + n) for n in range(20))
    texts = frame(**{f"d{n}": f"{n}{rare}{n}" for n in range(n_texts)})
    runs = overlap(texts, shelf={})
    assert {rare} == {texts["text"][0][row.start : row.end] for row in runs.itertuples()}
    other = frame(a=rare, b=rare[:12] + "\U00030000" + rare[13:])
    assert overlap(other, shelf={}).empty


def test_slices_and_blocks_change_nothing(corpus, monkeypatch):
    wanted = overlap(corpus, min_chars=8)
    monkeypatch.setattr(links, "_SLICE", 5_000)
    monkeypatch.setattr(links, "_BLOCK", 1_000)
    pd.testing.assert_frame_equal(overlap(corpus, min_chars=8), wanted)


def test_endless_repetition_takes_no_endless_time():
    start = time.process_time()
    overlap(frame(a="一" * 128_000, b="一" * 128_000), shelf={})
    assert time.process_time() - start < 2


def test_every_shelf_text_is_documented():
    readme = paths.data("shelf", "README.md").read_text(encoding="utf-8")
    for name in load_shelf():
        assert name.removeprefix("shelf:") in readme
