"""From a saved government page to the text it shows, its menus marked and its meta tags kept.

All visible text is kept in order; what lies outside the article is furniture, so nothing is lost
silently. A coverage check compares it with the source.
"""

from __future__ import annotations

import re

from lxml import etree

from govlaw.text.readers.article import find_article
from govlaw.text.readers.decoding import decode
from govlaw.text.readers.layout import lay_out
from govlaw.text.readers.meta import read_facts
from govlaw.text.readers.reading import Found, Rejection, reads
from govlaw.text.readers.stored import open_stored

_HAN = re.compile(r"[\u3400-\u9fff]")
_DECLARED = re.compile(
    r"""(<\?xml[^>]{0,80}?encoding=|<meta[^>]{0,200}?charset=)["']?[\w-]+""", re.IGNORECASE
)
_EMBEDDED = re.compile(r"""=\s{0,3}["']data:[^"'<>]*+["']""")
_HUGE_TAG = re.compile(r"<[a-zA-Z!/][^<>]{20000}")
_TAG = re.compile(r"<[^<>]*+>")
_COVERED = 0.97


@reads(".html")
def read_html(content: bytes) -> Found:
    """Read a page.

    >>> page = "<div><a href='/'>首页</a></div><p>全年受理<b>5</b>起行政复议案件,均已办结。</p>"
    >>> read_html(page.encode("gb18030")).text
    '首页\\n全年受理5起行政复议案件,均已办结。'
    """
    source, encoding, notes = decode(content)
    source = _EMBEDDED.sub('=""', source)
    if _HUGE_TAG.search(source):
        raise Rejection("hostile_markup", "网页含异常的超长标签", "在浏览器中打开,复制正文存为 txt")
    tree = _parse(source)
    layout = lay_out(tree)
    _check_coverage(source, layout.text)
    article = find_article(layout)
    if open_stored(tree, "".join(piece.of(layout.text) for piece in article), _parse):
        layout = lay_out(tree)
        article = find_article(layout)
    if not article:
        raise Rejection("no_body", "网页只有栏目,没有正文", "打开原网页,确认正文已显示后再保存")
    return Found(layout.text, encoding, layout.outside(article), read_facts(tree, source), notes)


def _parse(source: str) -> etree._Element:
    # A declared charset would make the parser decode what is decoded already.
    source = _DECLARED.sub(lambda found: found[1] + "utf-8", source).replace("\x00", "")
    source = re.sub("[\ud800-\udfff]", "\ufffd", source)
    parser = etree.HTMLParser(
        huge_tree=True, encoding="utf-8", remove_pis=True, remove_comments=True, no_network=True
    )
    tree = etree.fromstring(source.encode("utf-8"), parser)
    if tree is None:
        raise Rejection("no_body", "网页没有内容", "重新保存网页")
    return tree


def _check_coverage(source: str, text: str) -> None:
    for begin, end in (("<!--", "-->"), ("<script", "</script"), ("<style", "</style")):
        source = _without(source, begin, end)
    for begin in (
        "<title",
        "<noscript",
        "<noframes",
        "<template",
        "<textarea",
        "<object",
        "<iframe",
        "<svg",
    ):
        source = _without(source, begin, "</" + begin[1:])
    expected = len(_HAN.findall(_TAG.sub("", source)))
    found = len(_HAN.findall(text))
    if found < _COVERED * expected:
        message = f"网页中 {expected} 个汉字只读出 {found} 个"
        raise Rejection("low_coverage", message, "在浏览器中打开,复制正文存为 txt")


def _without(source: str, begin: str, end: str) -> str:
    """The source without the stretches between two words; one that never ends is kept."""
    lower, kept, at = source.lower(), list[str](), 0
    if len(lower) != len(source):
        lower = source  # İ and its like grow in lower case
    while (start := lower.find(begin, at)) >= 0:
        stop = lower.find(end, start + len(begin))
        if stop < 0:
            break
        kept.append(source[at:start])
        at = stop + len(end)
    return "".join((*kept, source[at:]))
