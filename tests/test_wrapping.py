"""The five seeds, whatever they are wrapped in, give the same quantities and observations."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from govlaw import paths
from govlaw.document import Document
from govlaw.facts.observations import observe
from govlaw.facts.periods import find_quantities
from govlaw.indicator import load_indicators
from govlaw.text.corpus import to_document
from govlaw.text.folding import fold
from govlaw.text.readers import read_bytes
from tests.cms import CMS
from tests.layouts import LAYOUTS, Report, trs
from tests.makers import docx_of, pdf_of

SEEDS = sorted(paths.seeds().glob("*.txt"))
# Two seeds print no title of their own; the page around them has one.
TITLES = {"000": "平房区2017年法治政府建设情况", "001": "五通桥区2021年法治政府建设情况报告"}
ENCODINGS = (
    "utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "gb18030", "gbk",
)  # fmt: skip
TO_FULL_WIDTH = str.maketrans(",;:()", "，；：（）")
LENGTHS = (40, 200, 1000, None)


def states(document: Document) -> tuple[list[object], list[object]]:
    """What a document states, without the places, which differ between formats."""
    found = find_quantities(document)
    quantities = [
        (fold(q.text), q.value, q.unit, q.bound, q.kind, q.modality, q.time_period)
        for sentence in document.sentences
        for q in found[sentence.sentence_id]
    ]
    observed = [
        (o.indicator, o.obs_value, o.unit_measure, o.status, o.modality, o.time_period)
        for o in observe(document, found, load_indicators())
    ]
    return quantities, observed


@cache
def original(seed: Path) -> tuple[Document, tuple[list[object], list[object]]]:
    document = to_document(read_bytes(seed.read_bytes(), seed), Path("a.txt"))
    return document, states(document)


def lines_of(seed: Path) -> tuple[str, ...]:
    lines = (line.strip() for line in original(seed)[0].text.split("\n"))
    return tuple(line for line in lines if line)


def read(content: bytes) -> Document:
    return to_document(read_bytes(content, Path("a.bin")), Path("a.bin"))


@pytest.mark.parametrize("seed", SEEDS, ids=lambda path: path.stem[:3])
@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("length", LENGTHS)
def test_every_encoding_is_recognized(seed, encoding, length):
    text = original(seed)[0].text.strip()[:length]
    got = read_bytes(text.encode(encoding, "ignore"), Path("a.txt")).text
    assert got == text.encode(encoding, "ignore").decode(encoding)


@pytest.mark.parametrize("form", ["txt", "html"])
@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("seed", SEEDS, ids=lambda path: path.stem[:3])
def test_every_encoding_of_text_and_page_states_the_same(seed, encoding, form):
    document, stated = original(seed)
    text = document.text
    if form == "html":
        title = document.register.title or TITLES[seed.stem[:3]]
        text = trs(Report(title, lines_of(seed))).decode("utf-8")
    assert states(read(text.encode(encoding, "ignore"))) == stated


def test_traditional_text_in_big5_is_recognized():
    text = "二零一九年,本縣法治政府建設工作穩步推進,行政執法監督持續加強,受理行政覆議案件五件。"
    reading = read_bytes(text.encode("big5"), Path("a.txt"))
    assert (reading.text, reading.encoding) == (text, "big5hkscs")


@pytest.mark.parametrize("seed", SEEDS, ids=lambda path: path.stem[:3])
def test_full_width_punctuation_changes_nothing(seed):
    document, stated = original(seed)
    wide = read(document.text.translate(TO_FULL_WIDTH).encode())
    assert states(wide) == stated
    assert [s.span for s in wide.sentences] == [s.span for s in document.sentences]
    assert [s.role for s in wide.sections] == [s.role for s in document.sections]


@pytest.mark.parametrize("make", [docx_of, pdf_of], ids=lambda make: make.__name__)
@pytest.mark.parametrize("seed", SEEDS, ids=lambda path: path.stem[:3])
def test_word_files_and_pdfs_state_the_same(seed, make):
    document, stated = original(seed)
    wrapped = read(make(lines_of(seed)))
    assert states(wrapped) == stated
    for field in ("title", "year", "doc_type", "ref_area", "doc_no", "date_signed"):
        assert getattr(wrapped.register, field) == getattr(document.register, field), field


@pytest.mark.parametrize("layout", LAYOUTS + CMS, ids=lambda layout: layout.__name__)
@pytest.mark.parametrize("seed", SEEDS, ids=lambda path: path.stem[:3])
def test_pages_state_the_same(seed: Path, layout: Callable[[Report], bytes]):
    document, stated = original(seed)
    lines = lines_of(seed)
    title = document.register.title or TITLES[seed.stem[:3]]
    page = read(layout(Report(title, lines)))
    assert states(page) == stated
    found = page.register
    assert (found.year, found.doc_type) == (document.year, document.doc_type)
    assert found.ref_area == document.register.ref_area
    if str(found.date_published) != "2020-03-04":  # 002 and 003 print a date of their own
        assert layout.__name__ == "wechat" and found.notes[0].startswith("date_conflict: ")
    if seed.stem[:3] != "000":  # 000's own headline is in its text
        assert found.title == title
    body = "".join(sentence.text for sentence in page.sentences)
    for word in (
        "技术支持",
        "首页",
        "微信",
        "QQ空间",
        "网站标识码",
        "相关阅读",
        "一图读懂",
        "本报讯",
    ):
        assert word not in body or word in document.text, word
