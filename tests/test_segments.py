"""Segmentation: the compiled engine's words are jieba's words, whatever the text."""

import random
import re
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from govlaw import paths
from govlaw.text.folding import fold
from govlaw.text.segments import reference, segment
from govlaw.text.tokens import Tokenizer, load_tokenizer

DATA = Path(__file__).parent / "data"
REPORTS = [
    *sorted(paths.seeds().glob("*.txt")),
    *sorted((DATA / "invented").glob("*.txt")),
    *sorted((DATA / "panel").glob("*.txt")),
]
ODD = [
    "2015-2020年", "2015—2020", "3.5%", "12.5", "1.2.3", "1,234", "5%_3", "A级", "5G", "4S店",
    "C++", "AT&T", "www.moj.gov.cn", "a_b-c", "γ射线", "B超", "①", "㎡", "‰", "〔2020〕3号",
    "+", "--", "㐀", "鿖", "龥", "\U00020000", "\ue000", "\U000f0001", "\r\n", "　", "·", "《",
    "》", "%", "１２",
]  # fmt: skip


@pytest.fixture(scope="module")
def phrases():
    text = "\n".join(path.read_text(encoding="utf-8") for path in REPORTS)
    return [phrase for phrase in re.split(r"[,。;:、\s]+", text) if phrase]


def sentence(chance, phrases):
    """A sentence of pieces of reports, numbers, ranges, Latin, rare characters and signs."""
    parts = []
    for _ in range(chance.randint(2, 12)):
        whole = chance.choice(phrases)
        start = chance.randrange(len(whole))
        rare = chr(chance.randint(0x4E00, 0x9FFF)) * chance.randint(1, 2)
        years = f"{chance.randint(1990, 2030)}-{chance.randint(1, 2030)}"
        share = f"{chance.random() * 100:.{chance.randint(0, 3)}f}%"
        pieces = [whole, whole[start : start + 4], whole[:start], rare, years, share]
        parts.append(chance.choice([*pieces, chance.choice(ODD), chance.choice("年,。-._a1")]))
    return "".join(parts)


@pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.stem[:12])
def test_the_words_of_a_report_are_those_of_jieba(path):
    text = path.read_text(encoding="utf-8")
    assert segment(text) == reference(text)
    ours = load_tokenizer()
    slow = Tokenizer(ours.terms, ours.stopwords, engine=reference)
    assert list(ours.cut(text)) == list(slow.cut(text))


def test_the_words_of_two_thousand_made_sentences_are_those_of_jieba(phrases):
    chance = random.Random(20200301)  # noqa: S311
    slow = Tokenizer(load_tokenizer().terms, engine=reference)
    fast = Tokenizer(load_tokenizer().terms)
    for _ in range(2_000):
        text = sentence(chance, phrases)
        assert segment(text) == reference(text)
        assert list(fast.cut(text)) == list(slow.cut(text))


@settings(max_examples=300, deadline=None)
@given(st.lists(st.one_of(st.sampled_from(ODD), st.text(max_size=3)), max_size=8).map("".join))
def test_the_words_of_any_mixture_are_those_of_jieba(text):
    assert segment(text) == reference(text)


@settings(max_examples=300, deadline=None)
@given(st.text("012aBTKOS%.-_+#&店号机小阿年法治龥㐀\U000f0001 ", max_size=14))
def test_the_words_of_letters_digits_and_signs_are_those_of_jieba(text):
    assert segment(text) == reference(text)


def test_half_a_surrogate_pair_is_a_word():
    assert segment("法治\ud800政府") == reference("法治\ud800政府")


@pytest.mark.parametrize("piece", ["一", "龥", "余县", "A1", "a.", "a_", "1-", "0.1", "5%", "㐀"])
def test_nasty_text_is_cut_in_linear_time(piece):
    def seconds(length):
        text = (piece * length)[:length]
        start = time.process_time()
        assert "".join(segment(text)) == text
        return time.process_time() - start

    seconds(1_000)
    short, long = (min(seconds(length) for _ in range(3)) for length in (16_000, 64_000))
    assert long < 9 * short + 0.05


def test_counts_are_those_of_the_words():
    tokenizer = load_tokenizer()
    for path in REPORTS[:8]:
        text = path.read_text(encoding="utf-8")
        counted = tokenizer.count(text)
        words = [word for word in tokenizer(text) if not re.fullmatch(r"[0-9,.]+%?", word)]
        assert counted == {word: words.count(word) for word in set(words)}
        assert sum(counted.values()) < len(fold(text))
