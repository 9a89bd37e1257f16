"""Mentions and keywords in context: every place, no other place, shown without harm."""

from itertools import pairwise
from types import SimpleNamespace

import pandas as pd
import pytest

from govlaw import paths
from govlaw.errors import InputError
from govlaw.facts.concordance import find_mentions, kwic
from govlaw.lexicon import load_lexicon
from govlaw.tables import TABLES
from govlaw.text.corpus import Corpus, read_document, to_document
from govlaw.text.folding import fold
from govlaw.text.readers import read_file


@pytest.fixture(scope="module")
def corpus():
    return Corpus(read_document(path) for path in sorted(paths.seeds().glob("*.txt")))


@pytest.fixture(scope="module")
def mentions(corpus):
    lexicon = load_lexicon()
    return {document.doc_id: find_mentions(document, lexicon) for document in corpus}


def document_of(tmp_path, text):
    path = tmp_path / "x.txt"
    path.write_text(text, encoding="utf-8")
    return to_document(read_file(path), path.relative_to(tmp_path))


# Occurrences in the five texts, 000 to 004, counted by hand.
COUNTS = {
    "习近平法治思想": [0, 6, 0, 0, 0],
    "法制办": [0, 0, 0, 4, 0],
    "法制机构": [1, 0, 5, 0, 0],
    "司法局": [0, 0, 0, 0, 5],
    "三项制度": [0, 1, 1, 0, 8],
    "合法性审查": [2, 4, 8, 0, 1],
    "合法性审核": [0, 0, 0, 0, 5],
    "权力清单": [2, 0, 1, 0, 0],
    "权责清单": [0, 0, 2, 0, 0],
    "疫情": [0, 4, 0, 0, 0],
    "营商环境": [0, 1, 0, 1, 10],
    "信访": [7, 0, 7, 21, 2],
}


@pytest.mark.parametrize("term", COUNTS)
def test_the_vocabulary_breaks_of_the_seeds(corpus, mentions, term):
    assert [len(kwic(term, document)) for document in corpus] == COUNTS[term]
    found = [sum(term in row["term"] for row in mentions[d.doc_id]) for d in corpus]
    assert found == COUNTS[term]


def test_mentions_keep_their_contract_and_their_places(corpus, mentions):
    table = TABLES["mentions"].frame(row for rows in mentions.values() for row in rows)
    assert len(table) > 500
    inside = {s.sentence_id: s for d in corpus for s in d.sentences}
    for row in table.itertuples():
        assert fold(corpus[row.doc_id].text[row.start : row.end]) == row.term
        sentence = inside[row.sentence_id]
        assert sentence.span.start <= row.start < row.end <= sentence.span.end
        assert sentence.role != "noise"


def test_no_character_counts_twice(mentions):
    for rows in mentions.values():
        for before, after in pairwise(rows):
            assert before["end"] <= after["start"]


CASES = {
    "加强行政执法监督。": ["行政执法监督"],
    "深化“放管服”改革。": ["放管服"],
    "落实行政执法 三项 制度。": ["三项制度"],
    "推进“七五”普法。": ["七五普法"],
    "拓展“互联网＋政务服务”。": ["互联网+政务服务"],
    "协调解决问题240余个。": [],
    "制定项目评审计划。": [],
    "监督查处违法行为。": [],
    "网上访谈三期。": [],
    "科普法律知识。": [],
    "违规行为大幅减少,法人大幅增加。": [],
    "落实重大执法决定法制审核制度。": ["重大执法决定法制审核"],
    "信访工作和信访积案。": ["信访", "信访"],
}


@pytest.mark.parametrize("text", CASES)
def test_terms_are_found_as_they_are_printed(tmp_path, text):
    document = document_of(tmp_path, f"关于2019年度某县法治政府建设情况的报告\n{text}\n")
    assert [row["term"] for row in find_mentions(document, load_lexicon())] == CASES[text]


def test_marks_inside_a_term_lie_between_its_offsets(tmp_path):
    text = "深化“放管 服”改革,推进“七五”普法。"
    document = document_of(tmp_path, text)
    rows = find_mentions(document, load_lexicon())
    assert [document.text[row["start"] : row["end"]] for row in rows] == ["放管 服", "七五”普法"]


def test_a_term_is_not_joined_across_sentences(tmp_path):
    document = document_of(tmp_path, "各项行政。执法人员三项。制度完善。\n信\n访\n")
    assert [r["term"] for r in find_mentions(document, load_lexicon())] == ["执法人员"]


def test_kwic_takes_every_source_and_finds_the_same(corpus):
    rows = [
        {"doc_id": d.doc_id, "sentence_id": s.sentence_id, "role": s.role, "text": s.text,
         "start": s.span.start}
        for d in corpus for s in d.sentences
    ]  # fmt: skip
    sentences = pd.DataFrame(rows)
    first = kwic("行政复议", corpus)
    assert len(first) > 10
    for source in (sentences, SimpleNamespace(sentences=sentences)):
        pd.testing.assert_frame_equal(pd.DataFrame(kwic("行政复议", source)), pd.DataFrame(first))
    for row in first.to_dict("records"):
        assert corpus[row["doc_id"]].text[row["start"] : row["end"]] == row["keyword"]
    assert list(kwic("复议", "行政复议2件")["start"]) == [2]
    assert list(kwic("复议", pd.DataFrame({"text": ["行政复议2件"]}))["doc_id"]) == [""]


def test_window_and_width():
    row = kwic("１２", "共立案12件,结案3件", window=2).iloc[0]
    assert (row["pre"], row["keyword"], row["post"]) == ("立案", "12", "件,")
    row = kwic("案", "立案", window=0).iloc[0]
    assert (row["pre"], row["post"]) == ("", "")
    assert list(kwic("放管服改革", "深化“放管服”改革")["keyword"]) == ["放管服”改革"]
    assert list(kwic(r"\d+件", "立案12件,结案3件", regex=True)["keyword"]) == ["12件", "3件"]
    assert kwic(r"\d*", "立案", regex=True).empty
    assert list(kwic("(一)", "一、(一)工作")["start"]) == [2]


def test_kwic_shows_itself_escaped_and_centred():
    found = kwic("信访", "<script>alert(1)</script>信访<b>&工作", window=40)
    page = found._repr_html_()
    assert "<script>" not in page
    assert "&lt;script&gt;" in page
    assert "<b>信访</b>" in page
    assert "text-align:right" in page
    assert "[信访]" in repr(found)
    places = kwic("信访", pd.DataFrame({"text": ["信访", "加强改进信访工作"]}), window=4)
    first, second = repr(places).splitlines()
    assert len(first[: first.index("[")]) == 4 + len(second[: second.index("[")])  # 4 wide = 8


def test_kwic_says_when_there_is_nothing_or_too_much():
    assert repr(kwic("信访", "行政复议")) == "no places found"
    assert "未找到" in kwic("信访", "行政复议")._repr_html_()
    many = kwic("一", "一" * 500)
    assert len(many) == 500
    assert "300 more places" in repr(many)
    assert "300 more places" in many._repr_html_()
    assert "keyword" in repr(many[["keyword", "pre"]].head(2))
    assert "<table" in many[["keyword", "pre"]].head(2)._repr_html_()


@pytest.mark.parametrize(
    ("pattern", "source", "options", "what"),
    [("", "x", {}, "empty"), ("x", 5, {}, "cannot look for words in int"),
     ("x", pd.DataFrame({"a": [1]}), {}, "no column text"), ("(", "x", {"regex": True}, "pattern"),
     ("x", "x", {"window": -1}, "window is -1")],
)  # fmt: skip
def test_kwic_refuses_clearly(pattern, source, options, what):
    with pytest.raises(InputError, match=what):
        kwic(pattern, source, **options)


def test_no_character_of_a_document_steers_the_terminal(tmp_path):
    corpus = Corpus([document_of(tmp_path, "全年受理行政复议案件5件\x1b[2J,\u202e办结4件。")])
    line = repr(kwic("行政复议", corpus))
    assert "\\u001b[2J" in line and "\\u202e" in line
    assert all(sign.isprintable() or sign == "\n" for sign in line)
