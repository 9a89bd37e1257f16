"""Pages with the traps of real county websites: the body is found whole, and nothing but it."""

# ruff: noqa: E501  what is written here is pages, not prose

from __future__ import annotations

from pathlib import Path

import pytest

from govlaw.errors import InputError
from govlaw.text.corpus import to_document
from govlaw.text.readers import read_bytes
from tests.layouts import Report, _footer, _menu, _meta, _related

TITLE = "清溪县人民政府关于2020年度法治政府建设情况的报告"
PARAGRAPHS = [
    "市人民政府:",
    "2020年,我县坚持以习近平法治思想为指导,深入推进依法行政,现将有关情况报告如下:",
    "一、主要举措和成效",
    "(一)依法全面履行政府职能。全年受理行政许可1200件,办结率100%,其中网上办理占97%。",
    "(二)健全依法行政制度体系。审查规范性文件12件。",
    "二、存在的不足",
    "一是力量不足。二是培训不够。",
    "三、下一步打算",
    "继续努力,全面推进法治政府建设。",
    "清溪县人民政府",
    "2021年1月20日",
]
BODY = "".join(f"<p>{p}</p>" for p in PARAGRAPHS)
HEAD = "<html><head><meta charset=utf-8>%s</head><body>"
PAGES = {
    "angle_title": HEAD
    % "<title>关于转发&lt;清溪县2020年法治政府建设情况报告&gt;的通知-清溪县政府网</title>"
    + f"<h1>关于转发&lt;清溪县2020年法治政府建设情况报告&gt;的通知</h1><div>发布时间:2021-02-03</div><div>{BODY}</div>"
    + _footer(),
    "column_title_no_h1": HEAD % "<title>法治政府建设年度报告</title>"
    + f"<ul>{_menu()}</ul><table><tr><td><b>{TITLE}</b></td></tr><tr><td>日期:2021-02-03</td></tr><tr><td>{BODY}</td></tr></table>"
    + _footer(),
    "siblings": HEAD % "<title>x</title>"
    + f"<ul>{_menu()}</ul><div id=con><h1>{TITLE}</h1><p>发布时间:2021-02-03</p>"
    + "".join(f"<div class=s{n}><p>{p}</p></div>" for n, p in enumerate(PARAGRAPHS))
    + "</div>"
    + _related()
    + _footer(),
    "linked_body": HEAD % "<title>x</title>"
    + f"<ul>{_menu()}</ul><div id=con><h1>{TITLE}</h1><p>发布时间:2021-02-03</p>"
    + BODY.replace("依法行政", "<a href=/k>依法行政</a>").replace("法治", "<a href=/k>法治</a>")
    + "</div>"
    + _related()
    + _footer(),
    "header_table_long": HEAD % "<title>信息公开目录</title>"
    + f"<div><table><tr><th>索 引 号</th><td>0001</td><th>信息分类</th><td>司法;报告</td></tr><tr><th>发布机构</th><td>清溪县司法局</td><th>发文日期</th><td>2021年01月20日</td></tr><tr><th>名　　称</th><td colspan=3>{TITLE}</td></tr><tr><th>文　　号</th><td>清政〔2021〕3号</td><th>主 题 词</th><td></td></tr><tr><th>公开日期</th><td>2021年02月03日</td></tr></table><div>{TITLE}</div>{BODY}</div>"
    + _footer(),
    "script_date": HEAD % (_meta(Report(TITLE, (), published="2021-02-03")) + "<title>x</title>")
    + f"<ul>{_menu()}</ul><h1>{TITLE}</h1><script>document.write('2021')</script><div class=c>{BODY}</div>"
    + _related()
    + _footer(),
    "footer_prose": HEAD % "<title>x</title>"
    + f"<ul>{_menu()}</ul><div><div class=t>{TITLE}</div><div>2021-02-03 10:00</div><div id=zoom>{BODY}</div></div><div class=foot>本网站由清溪县人民政府办公室主办,清溪县大数据中心承办,未经许可不得转载,如有问题请及时与我们联系。您访问的链接即将离开“清溪县人民政府”门户网站,是否继续?</div>"
    + _footer(),
    "sidelist_dates": HEAD % "<title>x</title>"
    + "<div>"
    + "".join(
        f"<li><a href=/x{n}>清溪县{2010 + n}年法治政府建设情况报告</a><span>2024-0{n + 1}-01</span></li>"
        for n in range(8)
    )
    + f"</div><div><h2>{TITLE}</h2><p>发布日期：2021-02-03　来源：清溪县司法局</p>{BODY}</div>"
    + _footer(),
    "attach_only": HEAD % "<title>x</title>"
    + f"<ul>{_menu()}</ul><div><h1>{TITLE}</h1><div>发布时间:2021-02-03</div><p>详见附件</p><p>附件:<a href=a.pdf>报告.pdf</a></p></div>"
    + _footer(),
    "glued_clock": HEAD % "<title>x</title>"
    + f"<ul>{_menu()}</ul><div><div>{TITLE}</div><div>发表时间 : 2021-02-03 16:56:142020年,我县坚持以习近平法治思想为指导,深入推进依法行政。</div>{BODY}</div>"
    + _footer(),
    "data_table": HEAD % "<title>x</title>"
    + f"<ul>{_menu()}</ul><div><h1>{TITLE}</h1><div>发布时间:2021-02-03</div>{BODY}<table><tr><td>类别</td><td>件数</td></tr><tr><td>维持</td><td>2</td></tr></table><p>以上情况,特此报告。</p></div>"
    + _footer(),
    "iframe": HEAD % "<title>x</title>" + f"<ul>{_menu()}</ul><iframe src=a></iframe>" + _footer(),
    "doc_in_span": "<html><head><title>x</title></head><body><div>"
    + _menu("span")
    + f"</div><span class=a><span>{TITLE}</span><br>时间:2021-02-03<br>"
    + "<br>".join("　　" + p for p in PARAGRAPHS)
    + "</span>"
    + _footer(),
    "wide": HEAD % "<title>x</title>"
    + f"<ul>{_menu()}</ul><div><h1>{TITLE}</h1><div>发布时间：2021-02-03</div>{BODY}</div>".translate(
        str.maketrans(",:;()", "，：；（）")
    )
    + _footer(),
    "related_abstract": HEAD % "<title>x</title>"
    + f"<div><h1>{TITLE}</h1><p>发布时间:2021-02-03</p>{BODY}<div class=rel>"
    + "".join(
        f"<p><a href=/q{n}>清溪县召开常务会议,研究部署法治政府建设工作,听取第{n}次汇报。</a></p>"
        for n in range(8)
    )
    + "</div></div>"
    + _footer(),
    "title_split": HEAD % "<title>x</title>"
    + f"<ul>{_menu()}</ul><div><p align=center>清溪县人民政府</p><p align=center>关于2020年度法治政府建设情况的报告</p><p>发布日期:2021-02-03</p>{BODY}</div>"
    + _footer(),
}

ODD = {"iframe", "attach_only", "angle_title"}
LEAKS = (
    "首页",
    "技术支持",
    "一图读懂",
    "本网站由",
    "相关阅读",
    "听取第",
    "走进清溪",
    "离开",
    "2018年法治",
    "类似",
)


def read(name: str):
    return to_document(read_bytes(PAGES[name].encode(), Path("a.html")), Path("a.html"))


@pytest.mark.parametrize("name", sorted(PAGES.keys() - ODD))
def test_body_and_register(name):
    document = read(name)
    found = document.register
    assert found.title == TITLE
    assert (str(found.date_published), str(found.date_signed)) == ("2021-02-03", "2021-01-20")
    assert (found.year, found.doc_type) == (2020, "annual_report")
    said = "".join(s.text for s in document.sentences if s.role != "noise").replace("，", ",")
    assert said.replace("：", ":").lstrip("类别件数维持2\t").find("市人民政府:") in range(120)
    assert "继续努力,全面推进法治政府建设。" in said
    assert not [word for word in LEAKS if word in said]


def test_every_character_shown_is_kept_or_marked():
    for name in PAGES.keys() - ODD:
        document = read(name)
        covered = sum(mark.span.end - mark.span.start for mark in document.marks)
        assert 0 < covered < len(document.text)
        assert "技术支持" in document.text, "what is left out is marked, not lost"


def test_angle_brackets_stay_in_a_title():
    assert read("angle_title").register.title == "关于转发<清溪县2020年法治政府建设情况报告>的通知"


def test_a_body_that_is_only_an_attachment_says_so():
    found = read("attach_only").register
    assert (found.title, str(found.date_published)) == (TITLE, "2021-02-03")
    assert found.notes[0].startswith("body_in_attachment:")


def test_menus_alone_are_no_document():
    with pytest.raises(InputError, match="no_body"):
        read("iframe")
