"""Pages as county websites lay them out, written for the tests around any title and paragraphs.

Each layout takes a ``Report`` and gives the bytes of a page; the traps are those of real sites:
menus that hold the words searched for, a column's name as page title, split digits, share buttons.
"""

# ruff: noqa: E501  what is written here is pages and files, not prose
from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from html import escape

MENU = (
    "首页", "政务公开", "走进清溪", "法治政府建设", "行政复议", "行政执法公示", "东丰县", "龙山区",
    "政府信息公开年报", "规范性文件", "互动交流",
)  # fmt: skip
FOOTER = (
    "主办单位:清溪县人民政府办公室 承办单位:清溪县大数据中心",
    "网站标识码:9999990001 ICP备案号:某ICP备00000000号 公安备案:99999902000001号",
    "技术支持:某某科技有限公司,建议使用1024*768分辨率浏览本站。",
)
RELATED = (
    "清溪县2018年法治政府建设情况报告", "清溪县司法局2021年工作总结", "2020年法治政府建设工作要点",
    "一图读懂:清溪县法治政府建设成效", "关于做好行政执法案卷评查工作的通知",
)  # fmt: skip


@dataclass(frozen=True)
class Report:
    """What a page is made of."""

    title: str
    paragraphs: tuple[str, ...]
    published: str = "2020-03-04"
    source: str = "县政府办公室"
    column: str = "法治政府建设年度报告"
    site: str = "清溪县人民政府"
    stored: str | None = None  # the date in the database, where it is another one


def _menu(tag: str = "li") -> str:
    return "".join(f"<{tag}><a href='/{n}.html'>{word}</a></{tag}>" for n, word in enumerate(MENU))


def _related() -> str:
    items = "".join(f"<li><a href='/r{n}.html'>{word}</a></li>" for n, word in enumerate(RELATED))
    return f"<div class='xgyd'><h3>相关阅读</h3><ul>{items}</ul></div>"


def _footer() -> str:
    return "<div class='footer'>" + "".join(f"<p>{line}</p>" for line in FOOTER) + "</div>"


def _meta(report: Report) -> str:
    return (
        f"<meta name='SiteName' content='{report.site}'>"
        f"<meta name='ArticleTitle' content='{escape(report.title, quote=True)}'>"
        f"<meta name='PubDate' content='{report.stored or report.published} 14:24'>"
        f"<meta name='ContentSource' content='{report.source}'>"
        f"<meta name='ColumnName' content='{report.column}'>"
        "<meta name='Desctiption' content='清溪县\u00a0法治政府'>"
    )


class Html(str):
    """A paragraph that is written as it stands: spans and comments of its own."""

    __slots__ = ()


def _text(report: Report) -> list[str]:
    return [p if isinstance(p, Html) else escape(p, quote=False) for p in report.paragraphs]


def trs(report: Report) -> bytes:
    """div and TRS_Editor, UTF-8, site clock above, share buttons and a pager below."""
    body = "".join(f"<p style='text-indent:2em'>\u3000\u3000{p}</p>\n" for p in _text(report))
    page = f"""<!DOCTYPE html><html><head><meta charset="utf-8">
<title>{report.column}_{report.site}</title>{_meta(report)}
<style>.nav a{{color:#c00}}</style><script>var today='法治政府建设,今天是';</script></head><body>
<div class="top">今天是:2024年5月6日 星期一 <a href="/login">登录</a></div>
<ul class="nav">{_menu()}</ul>
<div class="crumb">当前位置: <a href="/">首页</a> &gt; <a href="/zwgk">政务公开</a> &gt; {report.column}</div>
<div class="main"><h1>{escape(report.title)}</h1>
<div class="info">发布时间:{report.published} 14:24 信息来源:{report.source} 浏览次数:<span id="hits">128</span>
 字体:[<a href="#">大</a> <a href="#">中</a> <a href="#">小</a>]</div>
<div class="TRS_Editor">{body}</div>
<div class="share">分享到: <a href="#">微信</a> <a href="#">微博</a> <a href="#">QQ空间</a></div>
<div>上一篇:<a href="/1">没有了</a></div><div>扫一扫在手机打开当前页</div></div>
{_related()}{_footer()}</body></html>"""
    return page.encode("utf-8")


def table_br(report: Report) -> bytes:
    """Layout tables, paragraphs parted by <br>, labelled gb2312 and written in GB18030."""
    body = "<br>\r\n".join("&nbsp;&nbsp;&nbsp;&nbsp;" + p for p in _text(report))
    page = f"""<html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312">
<title>{report.site}</title></head><body bgcolor=#ffffff>
<table width=980><tr>{_menu("td")}</tr></table>
<table><tr><td width=200><table><tr><td>站内搜索</td></tr>{_related()}</table></td>
<td><table><tr><td align=center><font size=5><b>{escape(report.title)}</b></font></td></tr>
<tr><td align=center>发布日期:{report.published} 来源:{report.source} 点击数:35</td></tr>
<tr><td class=zw>{body}</td></tr>
<tr><td align=right>【<a href="#">打印</a>】【<a href="#">关闭</a>】</td></tr></table></td></tr></table>
<center>{_footer()}</center></body></html>"""
    return page.encode("gb18030")


def disclosure(report: Report) -> bytes:
    """公开目录: a header table with shifted cells above the text, printed twice."""
    rows = (
        f"<tr><td>索引号:</td><td>000014349/2020-00012</td><td>主题分类:</td><td>司法</td></tr>"
        f"<tr><td>发文机关:</td><td>{report.source}</td><td>成文日期:</td><td></td></tr>"
        f"<tr><td>标题:</td><td colspan=3>{escape(report.title)}</td></tr>"
        f"<tr><td>发文字号:</td><td></td><td>发布日期:</td><td>{report.published}</td></tr>"
    )
    body = "".join(f"<p>{p}</p>" for p in _text(report))
    page = f"""<html><head><meta charset="UTF-8"/><title>{escape(report.title)}-{report.site}</title></head>
<body><div id="header"><ul>{_menu()}</ul></div>
<div class="xxgk"><table class="head">{rows}</table><div style="display:none"><table>{rows}</table></div>
<div id="UCAP-CONTENT" class="pages_content">{body}</div>
<div class="fj">附件下载:<ul><li><a href="a.docx">清溪县报告.docx</a></li></ul></div></div>
<div class="side"><ul>{_menu()}</ul></div>{_footer()}</body></html>"""
    return page.encode("utf-8")


def word_paste(report: Report) -> bytes:
    """A Word paste: styles at the start, every number in its own span, list numbers in comments."""

    def spans(paragraph: str) -> str:
        if isinstance(paragraph, Html):
            return paragraph
        parts = re.split(r"(\d+)", paragraph)
        return "".join(
            "".join(f"<span lang=EN-US>{digit}</span>" for digit in part)
            if part.isdigit()
            else f"<span style='font-size:16.0pt;font-family:仿宋'>{part}</span>"
            for part in parts
            if part
        )

    body = "".join(
        f"<p class=MsoNormal><!--[if !supportLists]-->{spans(p)}<!--[endif]--><o:p></o:p></p>"
        for p in _text(report)
    )
    junk = "<style>@font-face{font-family:仿宋;} p.MsoNormal{margin:0cm;}</style><!--[if gte mso 9]><xml><w:View>Normal</w:View></xml><![endif]-->"
    page = f"""<html xmlns:o="urn:schemas-microsoft-com:office:office"><head>
<meta http-equiv=Content-Type content="text/html; charset=gb2312"><title>信息公开</title></head><body>
<div id=nav>{_menu("span")}</div><div class=wz><div class=title>{escape(report.title)}</div>
<div class=sj>时间:{report.published}&nbsp;&nbsp;来源:{report.source}</div>
<div id=zoom>{junk}{body}</div></div>{_related()}{_footer()}</body></html>"""
    return page.encode("gb18030")


def one_line(report: Report) -> bytes:
    """Everything on one line of source, with pretty-printed spans broken elsewhere."""
    page = trs(report).decode("utf-8")
    return re.sub(r"\s*\n\s*", "", page).encode("utf-8")


def indented(report: Report) -> bytes:
    """A formatter has put every inline element on a line of its own: 达 / 97 / ％."""
    cut = ([p] if isinstance(p, Html) else re.split(r"(\d+(?:\.\d+)?)", p) for p in _text(report))
    body = "\n".join(
        "<p>\n" + "\n".join(f"      <span>{part}</span>" for part in parts if part) + "\n</p>"
        for parts in cut
    )
    page = f"""<!DOCTYPE html>
<html>
<head><meta charset="utf-8"><title>
   {report.column}
</title><meta property="og:title" content="{escape(report.title, quote=True)}"></head>
<body>
<nav><ul>{_menu()}</ul></nav>
<article>
<h1>
   {escape(report.title)}
</h1>
<p><span>发布时间</span>:<span>{report.published}</span></p>
<section>
{body}
</section>
</article>
{_footer()}
</body></html>"""
    return page.encode("utf-8")


def frames_of_divs(report: Report) -> bytes:
    """No paragraph tag: every paragraph in a div of divs, inline share words, unclosed elements."""
    body = "".join(f"<div><div><font face=宋体>{p}</font></div></div>" for p in _text(report))
    page = f"""<html><head><meta charset=gbk><title>{escape(report.title)}</title><body>
<div class=h><a href=/>网站首页</a> | <a href=/a>行政复议</a> | <a href=/b>法治政府</a></div>
<div class=c><h2 class="article-title">{escape(report.title)}</h2>
<span>2020-03-04</span><span>来源:{report.source}</span><span>作者:</span>
<div id=fontzoom>{body}</div><a href=#>微信</a><a href=#>微博</a><a href=#>QQ空间</a>
<ul class=list>{_menu()}</ul>{_footer()}"""
    return page.encode("gb18030")


def mobile(report: Report) -> bytes:
    """A page for telephones in UTF-16, the text in one pre-formatted block."""
    body = "\n".join(_text(report))
    page = f"""<html><head><meta name="viewport" content="width=device-width">{_meta(report)}
<title>{report.site}</title></head><body><header>{_menu("span")}</header>
<h1>{escape(report.title)}</h1><p>{report.published}</p><pre>{body}</pre>{_footer()}</body></html>"""
    return page.encode("utf-16")


def columns(report: Report) -> bytes:
    """Two columns of news beside the text, each with a summary that is prose, too."""
    summary = "".join(
        f"<dl><dt><a href='/{n}'>{title}</a></dt><dd><a href='/{n}'>本报讯,清溪县召开会议,研究部署下一步工作,要求各部门抓好落实。</a></dd></dl>"
        for n, title in enumerate(RELATED)
    )
    body = "".join(f"<p>{p}</p>" for p in _text(report))
    page = f"""<html><head><meta charset=utf-8>{_meta(report)}<title>{report.column}</title></head><body>
<table><tr><td class=left>{summary}</td><td class=mid><div class=bt>{escape(report.title)}</div>
<div>发布日期 : {report.published}</div>{body}</td><td class=right>{summary}<ul>{_menu()}</ul></td></tr></table>
{_footer()}</body></html>"""
    return page.encode("utf-8")


LAYOUTS: tuple[Callable[[Report], bytes], ...] = (
    trs, table_br, disclosure, word_paste, one_line, indented, frames_of_divs, mobile, columns,
)  # fmt: skip
