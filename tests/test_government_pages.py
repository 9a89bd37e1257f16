"""What government pages do to a report, each trap in every layout: the report comes out whole."""

# ruff: noqa: E501  what is written here is pages
from __future__ import annotations

import html
import json
import re
import time
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from govlaw.document import Document
from govlaw.errors import InputError
from govlaw.facts.periods import find_quantities
from govlaw.text.corpus import to_document
from govlaw.text.readers import read_bytes
from tests.cms import CMS
from tests.layouts import LAYOUTS, Html, Report
from tests.test_random_pages import PIECES

PAGES = LAYOUTS + CMS
TITLE = "清溪县人民政府关于2019年度法治政府建设情况的报告"
PARAGRAPHS = (
    "市人民政府:",
    "2019年,我县坚持以习近平法治思想为指导,深入推进依法行政,各项工作取得新成效。现将有关情况报告如下:",
    "一、主要工作",
    "(一)依法履行职能。取消行政权力20项,承接上级下放事项56项,群众满意率稳定在98%以上。",
    "(二)化解矛盾纠纷。受理行政复议案件12件,其中维持8件、撤销4件,均在法定期限内办结。",
    "二、存在问题",
    "一是少数干部法治意识不强;二是基层执法力量薄弱,专业人员不足。",
    "三、下一步打算",
    "继续推进法治政府建设,不断提高依法行政水平。",
    "清溪县人民政府",
    "2020年2月28日",
)
REPORT = Report(TITLE, PARAGRAPHS)
each_page = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.__name__)


def read(page: Callable[[Report], bytes], report: Report) -> Document:
    return to_document(read_bytes(page(report), Path("a.html")), Path("a.html"))


def unmarked(document: Document) -> str:
    """The text without what belongs to the page, and without the title."""
    title = document.register.source_of("title")
    away = [mark.span for mark in document.marks if mark.kind in ("furniture", "glued_time")]
    away += [title.span] if title and title.span else []
    gone = {place for span in away for place in range(*span)}
    return "".join(c for n, c in enumerate(document.text) if n not in gone and not c.isspace())


def quantities(document: Document) -> list[str]:
    found = find_quantities(document).values()
    return [quantity.text for of_one in found for quantity in of_one]


def with_first(paragraph: str) -> Report:
    return replace(REPORT, paragraphs=(paragraph, *PARAGRAPHS))


@each_page
def test_the_body_is_whole_and_nothing_else_is_left(page):
    """Menus with the words searched for, share buttons, pagers, footers: all marked."""
    document = read(page, REPORT)
    assert unmarked(document) == "".join(PARAGRAPHS)
    assert sum(len(mark.span.of(document.text)) for mark in document.marks) < len(document.text)


@each_page
def test_kept_and_marked_add_up_to_what_was_decoded(page):
    document = read(page, REPORT)
    spans = [mark.span for mark in document.marks]
    assert all(one.end <= two.start for one, two in pairwise(spans))
    marked = sum(end - start for start, end in spans)
    kept = [c for n, c in enumerate(document.text) if not any(s <= n < e for s, e in spans)]
    assert len(kept) + marked == len(document.text)


@each_page
def test_title_dates_year_kind_and_issuer(page):
    """The <title> may name the column, and a clock, an address and a signature bear other dates."""
    found = read(page, REPORT).register
    assert (found.title, found.year, found.doc_type) == (TITLE, 2019, "annual_report")
    assert (str(found.date_published), str(found.date_signed)) == ("2020-03-04", "2020-02-28")


@each_page
def test_the_date_of_the_database_is_noted_where_the_page_prints_another(page):
    found = read(page, replace(REPORT, stored="2020-03-09")).register
    assert str(found.date_published) == "2020-03-04"
    is_stated = b"2020-03-09" in page(replace(REPORT, stored="2020-03-09"))
    noted = [note for note in found.notes if note.startswith("date_conflict: ")]
    if page.__name__ != "newspaper" and is_stated:
        assert noted or found.source_of("date_published").source == "meta"


@each_page
def test_digits_split_over_spans_are_whole(page):
    line = "全年接待咨询<span>41</span><span>7</span>件,办结率达<span>\n97\n</span><span>％</span>,<b>20</b><b>18</b>年起开展<i>3</i>次检查。"
    if page.__name__ == "mobile":  # a line end in preformatted text is one
        line = line.replace("\n", "")
    document = read(page, with_first(Html(line)))
    assert "接待咨询417件,办结率达97％,2018年起开展3次" in document.text
    assert quantities(document)[:3] == ["417件", "97％", "3次"]


@each_page
def test_comments_around_list_numbers_keep_the_number(page):
    line = "<!--[if !supportLists]--><span>四、<span style='font:7.0pt'>&nbsp;</span></span><!--[endif]--><![if !supportLists]>其他工作<![endif]>"
    document = read(
        page, replace(REPORT, paragraphs=(*PARAGRAPHS[:7], Html(line), *PARAGRAPHS[7:]))
    )
    assert "其他工作" in [section.heading for section in document.sections]


JUNK = (
    "<!--[if gte mso 9]><xml><w:WordDocument><w:View>Normal</w:View><w:Zoom>0</w:Zoom></w:WordDocument></xml><![endif]--><style>p.MsoNormal{margin:0cm;}</style>2019年以来,各项工作有序推进。",
    "Normal 0 7.8 磅 0 2 false false false EN-US ZH-CN X-NONE MicrosoftInternetExplorer4",
    "/* Style Definitions */ table.MsoNormalTable {mso-style-name:普通表格; mso-padding-alt:0cm 5.4pt 0cm 5.4pt; font-size:10.5pt;}",
)


@each_page
@pytest.mark.parametrize("junk", JUNK, ids=("hidden", "settings", "styles"))
def test_style_junk_of_word_is_no_sentence(page, junk):
    document = read(page, with_first(Html(junk)))
    said = "".join(sentence.text for sentence in document.sentences)
    assert not re.search(r"Normal|Mso|7\.8|Style|EN-US", said)
    assert "".join(PARAGRAPHS[:2]) in unmarked(document)
    assert not any("7.8" in text or "5.4" in text for text in quantities(document))


@each_page
def test_angle_brackets_in_a_title_are_read(page):
    title = "清溪县人民政府关于印发<清溪县2020年法治政府建设工作要点>的通知"
    found = read(page, replace(REPORT, title=title)).register
    assert (found.title, found.doc_type, found.year) == (title, "plan", 2020)


@each_page
def test_a_clock_glued_to_the_first_sentence_is_cut_off(page):
    line = "发表时间 : 2020-03-04 16:56:142019年,我县办理案件3件,全部按期办结。"
    document = read(page, with_first(line))
    said = [sentence.text for sentence in document.sentences]
    assert "2019年,我县办理案件3件,全部按期办结。" in said
    assert "142019" not in "".join(said)


HEADERS = {
    "pipes": "索引号 | 0149/2020-12 | 发文字号 | 清政〔2020〕3号<br>成文日期 | 2020-02-28 | 有效性 | 有效",
    "shifted": "<table><tr><td>发文字号:</td><td>清政〔2020〕3号</td><td>成文日期:</td></tr><tr><td>2020-02-28</td><td>有效性:</td><td></td></tr></table>",
    "alternate": "发文字号:<br>清政〔2020〕3号<br>成文日期:<br>2020-02-28",
    "glued": "<table><tr><td>发文字号清政〔2020〕3号</td></tr><tr><td>成文日期2020-02-28</td></tr></table>",
    "twice": "<table><tr><td>发文字号:</td><td>清政〔2020〕3号</td></tr><tr><td>成文日期:</td><td>2020-02-28</td></tr></table>"
    * 2,
}


@each_page
@pytest.mark.parametrize("form", HEADERS)
def test_the_table_above_the_text_gives_number_and_date(page, form):
    paragraphs = (Html(HEADERS[form]), *PARAGRAPHS[:-2])  # no signature: the table alone dates it
    found = read(page, replace(REPORT, paragraphs=paragraphs)).register
    assert found.title == TITLE
    if form != "glued":
        assert found.doc_no == "清政〔2020〕3号"
    assert str(found.date_signed) == "2020-02-28"


@each_page
def test_files_to_download_are_no_text(page):
    tail = Html("附件下载:<a href='/a.docx'>1.清溪县2018年度报告统计表.docx</a>")
    document = read(page, replace(REPORT, paragraphs=(*PARAGRAPHS, tail)))
    assert not any("统计表" in sentence.text for sentence in document.sentences)
    assert document.year == 2019


@each_page
def test_a_page_of_menus_has_no_body(page):
    with pytest.raises(InputError, match="no_body"):
        read(page, Report("法治政府建设", ()))


@each_page
def test_a_text_that_refers_to_its_attachment_says_so(page):
    notice = Html("详见附件:<a href='/a.docx'>清溪县2019年度法治政府建设情况报告.docx</a>")
    found = read(page, replace(REPORT, paragraphs=(notice,))).register
    assert any(note.startswith("body_in_attachment: ") for note in found.notes)
    assert found.title == TITLE


def test_there_are_at_least_eight_layouts():
    assert len(PAGES) >= 20 and len({page(REPORT) for page in PAGES}) == len(PAGES)


@pytest.mark.parametrize("style", ["display:none", "", "display: none;color:red"])
@pytest.mark.parametrize("place", ["before", "behind"])
def test_a_second_copy_of_the_text_counts_once(style, place):
    """A copy for printing or for telephones would count every number twice."""
    body = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    copy = f"<div class='printArea' style='{style}'>{body}</div>"
    around = (copy, "") if place == "before" else ("", copy)
    page = f"<html><body><h1>{TITLE}</h1>{around[0]}<ul><li><a href=/>首页</a></li></ul><div class='x'>{body}</div>{around[1]}</body></html>"
    document = to_document(read_bytes(page.encode(), Path("a.html")), Path("a.html"))
    assert quantities(document).count("12件") == 1
    assert unmarked(document) == "".join(PARAGRAPHS)


def test_a_text_that_a_script_will_show_is_read():
    body = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    page = f"<html><body><h1>{TITLE}</h1><div style='display:none'>{body}</div><p>正在加载,请稍候。</p></body></html>"
    document = to_document(read_bytes(page.encode(), Path("a.html")), Path("a.html"))
    assert "".join(PARAGRAPHS[:-2]) in unmarked(document)


def stored(mark: str) -> bytes:
    """A page whose text only a script shows."""
    text = "".join(f"<p>{line}</p>" for line in PARAGRAPHS)
    kept = mark.format(html=text, quoted=json.dumps(text), attribute=html.escape(text))
    head = f"<title>{TITLE}</title><meta name=PubDate content=2020-03-04>"
    return (
        f"<html><head>{head}</head><body><ul><li><a href=/>首页</a></li></ul><h1>{TITLE}</h1>{kept}"
        "<textarea name=advice>请文明留言,法治政府建设需要您的参与,谢谢。</textarea></body></html>"
    ).encode()


@pytest.mark.parametrize("mark", PIECES["stored_marks"])
def test_a_text_kept_for_a_script_is_opened(mark):
    document = to_document(read_bytes(stored(mark), Path("a.html")), Path("a.html"))
    assert "".join(PARAGRAPHS) in unmarked(document)
    assert "留言" not in document.text
    assert (document.register.title, document.year) == (TITLE, 2019)


def test_strings_that_never_end_are_read_in_linear_time():
    page = "<p>首页</p><script>" + '\\"' * 64_000 + "</script>"
    began = time.process_time()
    with pytest.raises(InputError, match="no_body"):
        read_bytes(page.encode(), Path("a.html"))
    assert time.process_time() - began < 3


def test_a_form_beside_a_text_stays_closed():
    """A second copy for printing, or a field that holds no more than the page shows."""
    text = "".join(f"<p>{line}</p>" for line in PARAGRAPHS)
    page = f"<div class=nr><h1>{TITLE}</h1>{text}</div><textarea>{text}</textarea>".encode()
    document = to_document(read_bytes(page, Path("a.html")), Path("a.html"))
    assert document.text.count(PARAGRAPHS[1]) == 1


@pytest.mark.parametrize("name", ["wzcon", "content", "article-content"])
@pytest.mark.parametrize("at", [4, 6, 10])
def test_boxes_turned_over_like_pages_are_one_text(name, at):
    boxes = (PARAGRAPHS[:at], PARAGRAPHS[at:])
    text = "".join(
        f"<div class={name} style='display:{shown}'>"
        + "".join(f"<p>{p}</p>" for p in box)
        + "</div>"
        for box, shown in zip(boxes, ("block", "none"), strict=True)
    )
    page = f"<div><h1>{TITLE}</h1>{text}<div><a href=/1>[1]</a><a href=/2>[2]</a></div></div>"
    document = to_document(read_bytes(page.encode(), Path("a.html")), Path("a.html"))
    assert unmarked(document) == "".join(PARAGRAPHS)


@pytest.mark.parametrize(
    "head",
    [
        "<h1>{}<br><span>{}</span></h1>",
        "<h1>{}<span> {}</span></h1>",
        "<h1>{}<br>本站<i>{}</i></h1>",
    ],
)
def test_a_publication_line_inside_the_heading_is_no_title(head):
    line = "2020-03-04 15:12:40&nbsp;&nbsp;来源:县司法局&nbsp;点击:12"
    text = "".join(f"<p>{p}</p>" for p in PARAGRAPHS)
    page = f"<title>政府信息</title>{head.format(TITLE, line)}<div class=nr>{text}</div>"
    found = to_document(read_bytes(page.encode(), Path("a.html")), Path("a.html")).register
    assert (found.title, str(found.date_published)) == (TITLE, "2020-03-04")
