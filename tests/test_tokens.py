"""Words: terms and numbers whole, nothing lost on the way, nothing written to shared places."""

import os
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from govlaw import paths
from govlaw.engine.mapping import rows_of
from govlaw.knowledge import read_words
from govlaw.text.corpus import read_document
from govlaw.text.folding import fold
from govlaw.text.tokens import Tokenizer, count_terms, load_tokenizer, tokenize

SEEDS = sorted(paths.seeds().glob("*.txt"))


def terms():
    return read_words(paths.data("terms.txt"))


def test_the_user_dictionary_is_large_and_has_no_double():
    assert len(terms()) >= 300
    assert len(set(terms())) == len(terms())
    # A two-character term would cut through others: 法治 in 依法治国.
    assert not [term for term in terms() if len(term) < 3]


@pytest.mark.parametrize("frame", ["{}", "我县{}工作", "全面推进{},深化", "有法{}的"])
def test_every_term_comes_out_whole(frame):
    cut = load_tokenizer().cut
    broken = [term for term in terms() if fold(term) not in list(cut(frame.format(term)))]
    # 有法 + 依法治国: what stands before a term may begin a longer or earlier one.
    assert not broken


def test_terms_in_the_seeds_come_out_whole():
    # jieba's own add_word leaves about one in twelve of them cut.
    words = Tokenizer(terms(), keep_single=True)
    for path in SEEDS:
        text = fold(path.read_text(encoding="utf-8"))
        pieces = list(words.cut(text))
        for term in ("行政执法监督", "规范性文件", "合法性审查", "营商环境", "习近平法治思想"):
            longer = [t for t in terms() if term in t and t != term]
            hidden = sum(piece.count(term) for piece in pieces if piece in longer)
            assert pieces.count(term) + hidden == text.count(term), (path.name, term)


NUMBERS = {
    "累计接种50.74万剂次": "50.74",
    "事项网上可办率达100%": "100%",
    "全程网办率达99.43％": "99.43%",
    "处罚金额１４４．８万元": "144.8",
    "共受理1,234,567件": "1,234,567",
    "检查经营场所8700余家次": "8700",
    "600多名行政执法人员": "600",
    "拨打12345热线": "12345",
}


@pytest.mark.parametrize("text", NUMBERS)
def test_a_number_stays_whole(text):
    assert NUMBERS[text] in tokenize(text)


def test_a_list_comma_does_not_join_numbers():
    assert list(Tokenizer().cut("15,10000")) == ["15", ",", "10000"]
    assert "5550123" in tokenize("电话:5550123、5550124")
    assert tokenize("2015-2020年") == ["2015", "2020"]


def test_the_rest_of_a_number_does_not_stick_to_the_measure_word():
    assert "余家" not in list(Tokenizer().cut("检查各类经营场所8700余家次"))


def test_letters_keep_their_digits():
    assert "5G" in tokenize("建设5G基站")


def test_short_words_stop_words_and_signs_are_left_out_on_purpose():
    found = tokenize("我区的法治政府建设,(一)共受理5件;")
    assert found == ["法治政府建设", "受理"]
    assert "件" in Tokenizer(keep_single=True)("共受理5件")
    assert tokenize("") == tokenize(" \n\t ,。__——") == []


def test_nothing_is_lost_or_moved():
    cut = load_tokenizer().cut
    for path in SEEDS:
        text = path.read_text(encoding="utf-8")
        assert "".join(cut(text)) == fold(text)


@settings(max_examples=150, deadline=None)
@given(
    st.text(
        st.sampled_from("法治政府行政执法三项制度1２,.%余多 \n、“A5G。\ue000\ue001县"), max_size=60
    )
)
def test_nothing_is_lost_on_any_mixture(text):
    assert "".join(load_tokenizer().cut(text)) == re.sub("[\ue000\ue001]", "\ufffd", fold(text))


def test_counts_are_of_the_body_and_hold_no_number():
    document = read_document(SEEDS[1])
    rows = rows_of(count_terms(document))
    assert {row["doc_id"] for row in rows} == {document.doc_id}
    assert len({(row["role"], row["term"]) for row in rows}) == len(rows)
    assert "noise" not in {row["role"] for row in rows}
    by_term: dict[str, int] = {}
    for row in rows:
        by_term[row["term"]] = by_term.get(row["term"], 0) + row["n"]
    assert by_term["习近平法治思想"] == 6
    assert not [term for term in by_term if term[0].isdigit() and term[-1] in "0123456789%"]


def test_captions_are_not_counted():
    document = read_document(SEEDS[0])
    noise = [s for s in document.sentences if s.role == "noise"]
    assert any("负面清单" in sentence.text for sentence in noise)
    counted = sum(r["n"] for r in rows_of(count_terms(document)) if r["term"] == "负面清单")
    assert counted == sum(s.text.count("负面清单") for s in document.sentences if s.role != "noise")


def test_loading_writes_no_cache_and_says_nothing(tmp_path):
    code = "from govlaw.text.tokens import tokenize; print(len(tokenize('全面推进依法行政')))"
    found = subprocess.run(
        [sys.executable, "-W", "error::SyntaxWarning", "-c", code],
        capture_output=True, text=True, encoding="utf-8", check=False,
        cwd=Path(__file__).parents[1],
        env={**os.environ, "TMPDIR": str(tmp_path), "PYTHONIOENCODING": "utf-8"},
    )  # fmt: skip
    assert found.returncode == 0
    assert found.stderr == ""
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("piece", ["1", "1,", "1,234", ".5", "%", "余", "余县", "余%", "A1", "“"])
def test_nasty_text_is_cut_in_linear_time(piece):
    def seconds(length):
        text = (piece * length)[:length]
        start = time.process_time()
        assert "".join(load_tokenizer().cut(text)) == text
        return time.process_time() - start

    seconds(1_000)
    # Against itself and not the clock: quadratic time would be 16 times as long. The best of three,
    # because a busy machine can only make a run longer.
    short, long = (min(seconds(length) for _ in range(3)) for length in (16_000, 64_000))
    assert long < 9 * short + 0.05
