"""What Word shows is read: tables, text boxes, insertions, automatic numbers; no deletions."""

# ruff: noqa: E501  what is written here is paragraphs

from __future__ import annotations

from pathlib import Path

import pytest

from govlaw.text.corpus import to_document
from govlaw.text.readers import read_bytes
from govlaw.text.readers.docx import read_docx
from govlaw.text.readers.numbering import han_numeral
from tests.makers import docx, paragraph, table

LEVELS = (("chineseCountingThousand", "%1、"), ("chineseCounting", "(%2)"), ("decimal", "%3."))
NUMBERING = (
    '<w:abstractNum w:abstractNumId="7">'
    + "".join(
        f'<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
        for n, (form, text) in enumerate(LEVELS)
    )
    + '</w:abstractNum><w:num w:numId="3"><w:abstractNumId w:val="7"/></w:num>'
)


def lines(body: str, **parts: str) -> list[str]:
    return read_docx(docx(body, **parts)).text.split("\n")


def item(text: str, level: int) -> str:
    return paragraph(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="3"/></w:numPr>')


def test_automatic_numbers_are_restored():
    body = "".join(
        item(text, level)
        for text, level in [
            ("主要成效", 0), ("履行职能", 1), ("审批", 2), ("监管", 2), ("决策", 1), ("存在问题", 0), ("不足", 1),
        ]
    )  # fmt: skip
    assert lines(body, numbering=NUMBERING) == [
        "一、主要成效", "(一)履行职能", "1.审批", "2.监管", "(二)决策", "二、存在问题", "(一)不足",
    ]  # fmt: skip


def test_a_style_can_number():
    style = (
        '<w:style w:styleId="H1"><w:pPr><w:numPr><w:numId w:val="3"/></w:numPr></w:pPr></w:style>'
    )
    body = paragraph("主要成效", '<w:pStyle w:val="H1"/>') + paragraph(
        "存在问题", '<w:pStyle w:val="H1"/>'
    )
    assert lines(body, numbering=NUMBERING, styles=style) == ["一、主要成效", "二、存在问题"]


def test_empty_paragraphs_and_bullets_have_no_number():
    bullet = NUMBERING.replace("chineseCountingThousand", "bullet")
    assert lines(item("主要成效", 0), numbering=bullet) == ["主要成效"]
    assert lines(item("", 0) + item("甲", 0), numbering=NUMBERING) == ["", "一、甲"]


@pytest.mark.parametrize(
    ("number", "written"), [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (99, "九十九")]
)
def test_han_numerals(number, written):
    assert han_numeral(number) == written


def test_insertions_stay_and_deletions_go():
    body = (
        "<w:p><w:r><w:t>受理案件</w:t></w:r><w:ins><w:r><w:t>12</w:t></w:r></w:ins>"
        "<w:del><w:r><w:delText>11</w:delText></w:r></w:del><w:r><w:t>件。</w:t></w:r></w:p>"
    )
    found = read_docx(docx(body))
    assert found.text == "受理案件12件。"
    assert found.notes[0].startswith("tracked_changes=2:")


def test_hidden_words_and_field_codes_are_not_shown():
    body = (
        "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>密</w:t></w:r>"
        "<w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:t>正文</w:t></w:r></w:p>"
    )
    assert lines(body) == ["正文"]


def test_tables_give_a_line_a_row():
    body = paragraph("办理情况如下:") + table([("类别", "件数"), ("维持", "2"), ("撤销", "1")])
    assert lines(body) == ["办理情况如下:", "类别\t件数", "维持\t2", "撤销\t1"]


def test_a_table_in_a_table_is_read_once():
    inner = table([("维持", "2")])
    body = f"<w:tbl><w:tr><w:tc>{paragraph('甲')}{inner}</w:tc></w:tr></w:tbl>"
    assert lines(body) == ["甲", "维持\t2"]


def test_text_boxes_are_read_once():
    box = f"<w:txbxContent>{paragraph('框内文字')}</w:txbxContent>"
    markup = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    body = (
        f'<w:p><w:r><w:t>正文</w:t><mc:AlternateContent xmlns:mc="{markup}"><mc:Choice>{box}'
        f"</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    assert lines(body) == ["正文", "框内文字"]


def test_footnotes_follow_the_text():
    note = f"<w:footnote>{paragraph('数据来源:县统计局。')}</w:footnote>"
    assert lines(paragraph("正文。"), footnotes=note) == ["正文。", "数据来源:县统计局。"]


def test_content_controls_and_links_are_read():
    body = f"<w:sdt><w:sdtContent>{paragraph('控件内文字')}</w:sdtContent></w:sdt><w:p><w:hyperlink><w:r><w:t>链接</w:t></w:r></w:hyperlink></w:p>"
    assert lines(body) == ["控件内文字", "链接"]


def test_a_style_numbers_what_is_built_upon_it():
    style = (
        '<w:style w:styleId="H1"><w:pPr><w:numPr><w:numId w:val="3"/></w:numPr></w:pPr></w:style>'
        '<w:style w:styleId="Own"><w:basedOn w:val="H1"/></w:style>'
        '<w:style w:styleId="Ring"><w:basedOn w:val="Ring"/></w:style>'
    )
    body = paragraph("主要成效", '<w:pStyle w:val="Own"/>') + paragraph(
        "甲", '<w:pStyle w:val="Ring"/>'
    )
    assert lines(body, numbering=NUMBERING, styles=style) == ["一、主要成效", "甲"]


def test_a_list_can_be_taken_from_a_paragraph():
    body = item("主要成效", 0) + paragraph("导语", '<w:numPr><w:numId w:val="0"/></w:numPr>')
    assert lines(body, numbering=NUMBERING) == ["一、主要成效", "导语"]


def test_running_heads_and_feet_follow_the_text_and_are_marked():
    made = docx(
        paragraph("2019年,全县受理行政复议案件12件。"),
        header1=paragraph("清溪县人民政府文件"),
        footer2=paragraph("第1页"),
    )
    found = read_docx(made)
    assert found.text == "2019年,全县受理行政复议案件12件。\n清溪县人民政府文件\n第1页"
    assert [span.of(found.text) for span in found.furniture] == ["清溪县人民政府文件\n第1页"]
    document = to_document(read_bytes(made, Path("a.docx")), Path("a.docx"))
    assert [s.text for s in document.sentences] == ["2019年,全县受理行政复议案件12件。"]


def test_endnotes_follow_the_text():
    note = f"<w:endnote>{paragraph('数据来源:县统计局。')}</w:endnote>"
    assert lines(paragraph("正文。"), endnotes=note) == ["正文。", "数据来源:县统计局。"]


def test_words_moved_or_changed_are_read_where_they_came_to_stand():
    body = (
        "<w:p><w:moveFrom><w:r><w:t>旧处</w:t></w:r></w:moveFrom><w:r><w:t>正文</w:t></w:r></w:p>"
        "<w:p><w:moveTo><w:r><w:t>旧处</w:t></w:r></w:moveTo></w:p>"
        "<w:p><w:ins><w:r><w:rPr><w:vanish w:val='0'/></w:rPr><w:t>插入12件</w:t></w:r></w:ins>"
        "<w:del><w:ins><w:r><w:t>又删</w:t></w:r></w:ins></w:del></w:p>"
    )
    assert lines(body) == ["正文", "旧处", "插入12件"]


def test_insertions_and_deletions_in_tables_and_boxes():
    row = (
        "<w:tbl><w:tr><w:tc><w:p><w:ins><w:r><w:t>维持</w:t></w:r></w:ins></w:p></w:tc>"
        "<w:tc><w:p><w:del><w:r><w:delText>1</w:delText></w:r></w:del><w:r><w:t>2</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
    )
    box = f"<w:p><w:r><w:pict><w:txbxContent>{row}</w:txbxContent></w:pict></w:r></w:p>"
    assert lines(row + box) == ["维持\t2", "", "维持\t2"]
