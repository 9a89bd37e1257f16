"""What others did to a text is told in a note and never repaired."""

# ruff: noqa: E501  what is written here is paragraphs

from pathlib import Path

import pytest

from govlaw.facts.periods import find_quantities
from govlaw.text.corpus import to_document
from govlaw.text.damage import find_damage
from govlaw.text.readers import read_bytes
from tests.cms import CMS
from tests.layouts import LAYOUTS, Report
from tests.test_register import read


@pytest.mark.parametrize(
    ("text", "code"),
    [("全年接待咨询41|7|件。", "split_digits"), ("20|18|年以来成效明显。", "split_digits"),
     ("满意率达 | 97 | ％。", "split_digits"), ("办结率达\n97\n％", "split_digits"),
     ("编制《法治建设2016年2020年规划》。", "lost_dash"), ("行政复议(行政復議)监督(監督)。", "inserted_script"),
     ("落实责任，。", "odd_punctuation"), ("百度文库更多资料,百度文库下载。", "watermark"),
     ("实施方案(20212025年)印发。", "lost_dash"), ("各项工作落实到位?。", "odd_punctuation"),
     ("推进依法治(zhì)国。", "inserted_pinyin"), ("行政执(執)法和办(辦)案。", "inserted_script"),
     ("锟斤拷锟斤拷锟斤拷", "suspect_mojibake"),
     ("全县www.example.com推进依法行政,www.example.com办理案件。", "watermark"),
     ("本縣法治政府建設,行政執法,複議應訴,機關權責,業務進展,實際發展", "script_traditional")],
)  # fmt: skip
def test_damage_is_told(text, code):
    assert [note for note in find_damage(text).notes if note.startswith(code)]
    document = read(f"清溪县2020年法治政府建设情况报告\n{text}\n")
    assert text in document.text, "the text stays as it is"
    assert any(note.startswith(code) for note in document.register.notes)


def test_the_seeds_are_sound(seeds):
    assert [find_damage(document.text).notes for document in seeds] == [()] * 5


@pytest.mark.parametrize(
    "text",
    ["索引号 | 12 | 2018年3月", "为什么要制定?我们认为,有三个原因。", "2019年2020年两年", "《条例》(修订)(试行)",
     "下设办公室(设在县司法局)(简称法治办)", "维持 | 2 | 件"],
)  # fmt: skip
def test_what_is_sound_is_not_accused(text):
    assert find_damage(text).notes == ()


def test_a_number_in_pieces_is_no_number():
    """41|7|件 is neither 417件 nor 7件: it is told, and nothing is counted."""
    document = read("清溪县2020年法治政府建设情况报告\n全年接待咨询41|7|件,办结5件。\n")
    found = [q.text for own in find_quantities(document).values() for q in own]
    assert found == ["5件"]


@pytest.mark.parametrize("page", LAYOUTS + CMS, ids=lambda page: page.__name__)
def test_damage_in_a_page_is_told_and_kept(page):
    lines = (
        "2020年,全县推进依法治(zhì)国,《方案(20212025年)》落实到位?。",
        "行政执(執)法,行政复议(復議)有序推进,共办理3件。",
    )
    content = page(Report("清溪县2020年法治政府建设情况报告", lines * 2))
    document = to_document(read_bytes(content, Path("a.html")), Path("a.html"))
    codes = {note.partition("=")[0] for note in document.register.notes}
    assert {"lost_dash", "odd_punctuation", "inserted_pinyin", "inserted_script"} <= codes
    assert all(line in document.text for line in lines)
