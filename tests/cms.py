"""Pages as the content management systems of governments and news sites write them.

Like those of ``tests/layouts.py``, but after the markup of systems that are in use: their names for
body, title and date, what they put around them, and what a browser makes of a page it saves.
"""

# ruff: noqa: E501  what is written here is pages, not prose
from __future__ import annotations

import re
from collections.abc import Callable
from html import escape

from tests.layouts import RELATED, Report, _footer, _menu, _meta, _related, _text

_BAR = "【字体:<a>大</a> <a>中</a> <a>小</a>】【<a>打印本页</a>】【<a>关闭窗口</a>】"
_SHARE = "<div class='bdsharebuttonbox'><a>微信</a><a>新浪微博</a><a>QQ空间</a></div>"


def _paragraphs(report: Report, before: str = "<p>", after: str = "</p>") -> str:
    return "\n".join(before + p + after for p in _text(report))


def _title(report: Report) -> str:
    return escape(report.title, quote=False)


def _dotted(report: Report) -> tuple[str, str, str]:
    year, month, day = report.published.split("-")
    return year, str(int(month)), str(int(day))


def jcms(report: Report) -> bytes:
    """The standard meta tags, the body between two of them, the month in the address."""
    page = f"""<!DOCTYPE html><!-- saved from url=(0061)http://www.qx.gov.cn/art/2021/11/9/art_1229_581.html -->
<html><head><meta charset="utf-8"><title>{report.site} {report.column} {_title(report)}</title>{_meta(report)}
<meta name="SiteDomain" content="www.qx.gov.cn"><meta name="SiteIDCode" content="9999990001"></head>
<body><div id="barrierfree_container"><div class="top"><a href="/">网站首页</a><a href="/a">政民互动</a></div>
<ul>{_menu()}</ul><div class="bread">您当前所在位置:首页 &gt; {report.column}</div>
<table id="article"><tr><td class="title">{_title(report)}</td></tr>
<tr><td>发布日期:{report.published}&nbsp;浏览次数:<script>document.write(33)</script> 来源:{report.source} {_BAR}</td></tr>
<tr><td><div id="zoom"><meta name="ContentStart">{_paragraphs(report)}<meta name="ContentEnd"></div></td></tr></table>
<div class="share-box">分享到:<a href="#">微信</a></div></div>{_footer()}</body></html>"""
    return page.encode("utf-8")


def vsb(report: Report) -> bytes:
    """A form around the text, the pager as 上一条 and 下一条."""
    year, month, day = _dotted(report)
    page = f"""<HTML><HEAD><META Name="keywords" Content="{report.site}"><TITLE>{_title(report)}-{report.site}</TITLE></HEAD>
<BODY><div class="nav">{_menu()}</div><div class="dqwz">当前位置: <a href="/">首页</a>&gt;&gt;<a href="/x">{report.column}</a>&gt;&gt;正文</div>
<form name="_newscontent_fromname"><div class="content"><h2 class="contenttitle">{_title(report)}</h2>
<div class="conttime">{year}年{month:0>2}月{day:0>2}日 14:24&nbsp;&nbsp;{report.source}&nbsp;&nbsp;点击:[<span id="dynclicks">75</span>]</div>
<div id="vsb_content_2"><div class="v_news_content">{_paragraphs(report, '<p class="vsbcontent_start">')}</div></div>
<p>附件【<a href="/a.docx">清溪县报告.docx</a>】已下载<span>12</span>次</p>
<p>上一条:<a href="/1">{RELATED[0]}</a></p><p>下一条:<a href="/2">{RELATED[4]}</a></p></div></form>
<div class="related">{_related()}</div>{_footer()}</BODY></HTML>"""
    return page.encode("utf-8")


def epoint(report: Report) -> bytes:
    """Everything in div, the publication line in brackets, buttons without addresses."""
    page = f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{report.column}</title>{_meta(report)}</head>
<body><div class="ewb-header"></div><div class="ewb-location">当前位置:<a>首页</a><i>/</i><a>信息公开</a></div>
<div class="ewb-article"><h3 class="ewb-article-tt">{_title(report)}</h3>
<div class="ewb-article-sources"><p>【信息时间:{report.published}&emsp;阅读次数:<span>56</span>】</p><p>字号:<a>A+</a><a>A-</a></p></div>
<div class="ewb-article-info">{_paragraphs(report, "<div style='text-indent:32pt'><span>", "</span></div>")}</div>
<div class="ewb-share">分享:<a>微信</a><a>微博</a><a>QQ空间</a></div><button>打印</button><button>关闭</button></div>
<div class="ewb-side"><ul>{_menu()}</ul></div>{_footer()}</body></html>"""
    return page.encode("utf-8")


def ucap(report: Report) -> bytes:
    """Custom elements for title and text, three dates in the head, a list of labels above."""
    page = f"""<html><head><meta charset="utf-8"><meta name="firstpublishedtime" content="{report.published}-14:24:00">
<meta name="lastmodifiedtime" content="2022-01-01-09:00:00"><title>{_title(report)}_{report.column}_{report.site}</title></head>
<body><div class="header"><ul>{_menu()}</ul></div><div class="BreadcrumbNav"><a>首页</a> &gt; <a>政策</a></div>
<ul class="xxgk"><li>索 引 号:</li><li>000014349/2020-00012</li><li>发布日期:</li><li>{report.published}</li><li>有 效 性:</li><li>有效</li></ul>
<h1><ucaptitle>{_title(report)}</ucaptitle></h1><div class="pages-date">{report.published} 14:24 <span>来源:{report.source}</span></div>
<div class="pages_content" id="UCAP-CONTENT"><ucapcontent>{_paragraphs(report)}</ucapcontent></div>
<div class="fjxz">附件下载:<a href="/a.pdf">清溪县报告.pdf</a></div>{_related()}{_footer()}</body></html>"""
    return page.encode("utf-8")


def wechat(report: Report) -> bytes:
    """A saved article of WeChat: the date in a script, advice above and below the text."""
    page = f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title></title>
<meta property="og:title" content="{escape(report.title, quote=True)}" /></head><body>
<div id="js_article"><h1 class="rich_media_title" id="activity-name">{_title(report)}</h1>
<div id="meta_content"><span>原创</span> <a href="javascript:;" id="js_name">清溪司法</a> <em id="publish_time"></em></div>
<script>var publish_time = "{report.published}" || "";var nickname = htmlDecode("清溪司法");var msg_title = '法治';</script>
<div class="rich_media_content" id="js_content" style="visibility: hidden;"><p>点击蓝字 关注我们</p>
{_paragraphs(report, "<section><span>", "</span></section>")}<p>来源:{report.source}</p><p>编辑:小溪 审核:大溪</p></div>
<div>预览时标签不可点</div><div id="js_pc_qr_code"><p>微信扫一扫<br>关注该公众号</p></div></div>
<div>喜欢此内容的人还喜欢</div><div><span>分享</span><span>收藏</span><span>在看</span></div></body></html>"""
    return page.encode("utf-8")


def newspaper(report: Report) -> bytes:
    """A news site that mirrors the report: three columns of news beside it."""
    year, month, day = _dotted(report)
    summary = "".join(f"<dd><a href='/n'>{title}</a></dd>" for title in RELATED)
    page = f"""<html><head><meta charset="gbk"><meta name="publishdate" content="{report.published}"><meta name="source" content="来源:某某网">
<title>{_title(report)}--地方频道--某某网</title></head><body><nav>{_menu("span")}</nav><div class="path">某某网&gt;&gt;地方&gt;&gt;要闻</div>
<h1>{_title(report)}</h1><p class="sou">{year}年{month:0>2}月{day:0>2}日14:24 | 来源:<a href="/">某某网</a> | 字号 <span>小</span></p>
<div class="rm_txt_con cf">{_paragraphs(report)}<div class="edit cf">(责编:某某、某某)</div></div>
{_SHARE}<dl class="tuijian"><dt>推荐阅读</dt>{summary}</dl>
<p>声明:凡本网注明来源的文章,版权均属本网所有,任何媒体、网站或个人未经协议授权不得转载。</p>{_footer()}</body></html>"""
    return page.encode("gb18030")


def portal(report: Report) -> bytes:
    """A commercial portal: the head in JSON-LD, an advertisement in the midst of the text."""
    half = len(report.paragraphs) // 2
    parts = _text(report)
    body = "".join(f"<p>{p}</p>" for p in parts[:half]) + "<div class='ad'>广告</div>"
    body += "".join(f"<p>{p}</p>" for p in parts[half:])
    page = f"""<html><head><meta charset="utf-8"><title>{_title(report)}_政务_清溪县_司法</title>
<script type="application/ld+json">{{"title":"x","pubDate":"{report.published}T14:24:00"}}</script></head>
<body><header><a href="/">新闻</a><a href="/">体育</a><a href="/">财经</a></header><div class="text-title"><h1>{_title(report)}</h1>
<div class="article-info"><span id="news-time" data-val="1583303040000">{report.published} 14:24</span> <span>来源: <a href="/">清溪发布</a></span></div></div>
<article class="article" id="mp-editor">{body}<p>返回搜狐,查看更多</p></article><div>责任编辑:</div>
<aside><h3>热门推荐</h3><ol>{_menu()}</ol></aside><footer>Copyright © 2020 All Rights Reserved</footer></body></html>"""
    return page.encode("utf-8")


def printed(report: Report) -> bytes:
    """The print version: no menu, the address and two clocks."""
    page = f"""<HTML><HEAD><TITLE>打印预览</TITLE></HEAD><BODY><DIV><INPUT type=button value=打印><LABEL>打印图片</LABEL></DIV>
<CENTER><B>{_title(report)}</B></CENTER>
<CENTER><SMALL>http://www.qx.gov.cn/zwgk/202112/t20211201_1.html&nbsp;&nbsp;{report.published} 14:24:00</SMALL></CENTER><HR>
{_paragraphs(report, "<DIV>", "</DIV>")}<HR><DIV align=right>打印时间:2023/8/17 9:41:03&nbsp;&nbsp;{report.site}网站</DIV></BODY></HTML>"""
    return page.encode("gb18030")


def telephone(report: Report) -> bytes:
    """A page for telephones: unknown names, a date without a label, four buttons."""
    page = f"""<!DOCTYPE html><html><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>{report.site}手机版</title></head><body><header class="mui-bar"><a>返回</a><h1 class="mui-title">文件公开</h1><a>菜单</a></header>
<div class="wap-title">{_title(report)}</div><div class="wap-info">{report.published}<span>阅读 58</span></div>
<div class="wap-body">{_paragraphs(report)}</div><div class="wap-tools"><button>小</button><button>中</button><button>大</button></div>
<div class="wap-rel"><h5>猜你喜欢</h5>{"".join(f"<a>{title}</a>" for title in RELATED)}</div>
<nav><a>首页</a><a>公开</a><a>我的</a></nav><div>电脑版 | 触屏版<br>某ICP备00000000号</div></body></html>"""
    return page.encode("utf-8")


def row_by_row(report: Report) -> bytes:
    """An old site: each paragraph a row of a table, open elements, the date in Chinese numerals."""
    digits = str.maketrans("0123456789", "〇一二三四五六七八九")
    year, month, day = _dotted(report)
    small = {"3": "三", "4": "四"}
    page = f"""<html><head><meta http-equiv=Content-Type content="text/html; charset=gb2312"><title>::{report.site}::</title></head><body>
<table><tr><td>{" ┆ ".join(("首页", "政务公开", "行政复议", "法治政府", "互动交流"))}</table>
<table><tr><td width=170>■ 本类热门<br>·{RELATED[0]}<br>·{RELATED[1]}<td><table>
<tr><td align=center><b>{_title(report)}</b>
<tr><td>发布时间:{year.translate(digits)}年{small.get(month, month)}月{small.get(day, day)}日 来源:{report.source}
{_paragraphs(report, "<tr><td>", "")}
<tr><td>【发表评论】【告诉好友】【打印此文】【关闭窗口】<tr><td>相关文章:<br>没有相关文章</table></table>
<table><tr><td>Powered by MyPower Copyright 2005-2019</table></body></html>"""
    return page.encode("gb18030")


def saved(report: Report) -> bytes:
    """What a browser saves: every script has run, so the clock and the hit counter are text."""
    year, month, day = _dotted(report)
    page = f"""<!DOCTYPE html>
<!-- saved from url=(0052)http://www.qx.gov.cn/content/2020/03/1234.shtml -->
<html class="hb-loaded"><head><meta http-equiv="Content-Type" content="text/html; charset=UTF-8"><title>{report.column} - {report.site}</title></head>
<body><div id="head"><span>2023年5月23日 星期二 农历四月初四</span> <a href="/">无障碍阅读</a> <a href="/">繁体</a></div>
<ul>{_menu()}</ul><div id="position">首页 - 信息公开 - {report.column}</div><div class="detail"><p class="tit">{_title(report)}</p>
<ul class="attr"><li>来源:{report.source}</li><li>发布时间:{year}/{month}/{day} 14:24</li><li>累计次数:1290</li></ul>
<div class="con">{_paragraphs(report)}</div></div><div class="tool"><a>【打印此页】</a><a>【我要纠错】</a></div>
<div id="links"><select><option>省政府部门网站</option></select><select><option>东丰县</option><option>龙山区</option></select></div>{_footer()}</body></html>"""
    return page.encode("utf-8")


def squeezed(report: Report) -> bytes:
    """The page of a CMS with every line end and indentation taken out of its source."""
    return re.sub(r"\s*\n\s*", "", vsb(report).decode("utf-8")).encode("utf-8")


CMS: tuple[Callable[[Report], bytes], ...] = (
    jcms, vsb, epoint, ucap, wechat, newspaper, portal, printed, telephone, row_by_row, saved,
    squeezed,
)  # fmt: skip
