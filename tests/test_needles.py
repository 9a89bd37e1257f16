"""The first look: it settles most of what cannot be there, and never loses what is."""

import random
import time
import unicodedata
from itertools import islice

import pytest

from govlaw.facts.clauses import _written, skeleton, skeletons
from govlaw.facts.grammar import read_term
from govlaw.facts.needles import Needles
from govlaw.facts.observations import library_of
from govlaw.facts.quantities import quantities
from govlaw.facts.topics import family_of, namings, topic_needles
from govlaw.indicator import load_indicators
from govlaw.text.folding import fold


def sentences() -> list[str]:
    """What the definitions give as examples, and mixtures of their clauses."""
    cases = [c for one in load_indicators().values() for c in (*one.examples, *one.rejects)]
    written = [case.text for case in cases]
    clauses = [clause for text in written for clause in text.rstrip("。").split(",")]
    draw = random.Random(3)  # noqa: S311 - no secret
    mixed = [",".join(draw.sample(clauses, 3)) + "。" for _ in range(300)]
    return [*written, *mixed, *(f"按照“三项制度”(含{text[:30]})要求" for text in written[::9])]


SENTENCES = sentences()


def test_a_term_that_matches_has_all_its_needles():
    library = library_of(load_indicators())
    entries = (*library.phrasings.entries, *library.told.entries)
    terms = {term.pattern: term for entry in entries for term in entry.phrasing.terms}
    texts = [skeleton(text, quantities(text)).text for text in SENTENCES]
    n_found = 0
    for term in terms.values():
        for text in islice((text for text in texts if term.regex.search(text)), 20):
            n_found += 1
            assert all(any(word in text for word in words) for words in term.needles), term.source
    assert n_found > 1000


def test_what_tells_something_without_a_number_passes_the_first_look():
    told = library_of(load_indicators()).told
    bare = [one.text for one in skeletons(SENTENCES, [quantities(text) for text in SENTENCES])]
    n_found = 0
    for passage in told.needles.read(bare):
        for entry in told.entries:
            if all(term.regex.search(passage.text) for term in entry.phrasing.wanted):
                n_found += 1
                assert entry in told.standing(passage), passage.text
    assert n_found > 100


def test_many_skeletons_at_once_are_those_written_sign_by_sign():
    odd = [
        "“一件一码”,, (了)的",
        "《甲》《乙办法(试行)》《丙",
        ",,;开头",
        "",
        "\ue003 《3件》收2件",
        "《",
    ]
    texts = [*SENTENCES, *odd]
    bare = skeletons(texts, [quantities(text) for text in texts])
    assert [one.text for one in bare] == ["".join(_written(one._said).chars) for one in bare]
    for text, one in zip(texts, bare, strict=True):
        for at, quantity in one.quantities.items():
            assert one.back(at, at + 1) == (quantity.start, quantity.end), text


def test_titles_that_never_close_take_no_longer():
    start = time.process_time()
    skeletons(["《" * 128_000], [()])
    assert time.process_time() - start < 0.5


def test_a_stretch_of_a_passage_holds_what_its_text_holds():
    needles = library_of(load_indicators()).needles
    words = {number: word for word, number in needles.numbers.items()}
    for passage in needles.read(SENTENCES[::7]):
        start, end = len(passage.text) // 4, len(passage.text) // 2
        held = [words[number] for number in passage.held(start, end).words]
        assert sorted(held) == sorted(
            words[number] for number in needles.of(passage.text[start:end]).words
        )


@pytest.mark.parametrize("family", sorted(set(family_of().values())))
def test_a_topic_that_is_named_has_one_of_its_needles(family):
    found = [(text, naming.topic) for text in SENTENCES for naming in namings(text, family)]
    assert all(any(word in text for word in topic_needles()[topic]) for text, topic in found)


@pytest.mark.parametrize(
    ("term", "text", "may"),
    [
        ("执法(人员|干部)…(培训|轮训)", "组织执法干部参加轮训", True),
        ("执法(人员|干部)…(培训|轮训)", "执法检查中培训了干部", False),
        ("行政?复议(案件|案)", "复议案件", False),
        ("行政?复议(案件|案)", "行复议案", True),
        ("<不予|未>受理", "未受理", True),
        ("{n}(家|个)?单位", "各单位", True),
        ("乡?镇", "街道", False),
    ],
)
def test_needles_of_a_term(term, text, may):
    needles = Needles()
    bits = needles.bits(read_term(term, {}).needles)
    assert (needles.of(text).bits & bits == bits) is may


def test_each_character_is_folded_as_unicode_or_the_table_says():
    everything = [chr(c) for c in range(0x20, 0x30000) if not 0xD800 <= c < 0xE000]
    folded = fold("".join(everything))
    assert [fold(char) for char in everything] == list(folded)
    assert fold(folded) == folded
    looks_alike = [c for c in everything if 0x2F00 <= ord(c) <= 0x2FD5]
    assert fold("".join(looks_alike)) == unicodedata.normalize("NFKC", "".join(looks_alike))
