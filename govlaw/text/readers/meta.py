"""From the head of a page to what it says of itself: title, dates, source, address.

Each fact keeps where it was read, under its name with ``.where`` behind it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

_NAMES = {
    "articletitle": "title", "og:title": "title", "dc.title": "title",
    "pubdate": "published", "publishdate": "published", "publish_date": "published",
    "article:published_time": "published", "dc.date": "published",
    "firstpublishedtime": "published",
    "contentsource": "source", "source": "source", "article:author": "source",
    "sitename": "site", "og:site_name": "site", "columnname": "column",
    "description": "description", "desctiption": "description", "og:description": "description",
    "url": "url", "og:url": "url",
}  # fmt: skip
_SAVED_FROM = re.compile(r"saved from url=\(\d{1,5}\)(https?://[^\s<>\"']{4,300})")
_TITLE_NAME = re.compile(
    r"(?:^|[-_\s])"
    r"(?:ucap|article|arti|news|info|con|content|content_|xl|main|zw|wz|detail|show|page|bt|h)?"
    r"[-_]?(?:title|biaoti|bt|headline)(?:$|[-_\s\d])",
    re.IGNORECASE,
)
_PART = re.compile(
    r"\s*(?:[|_>»›]|\s[-–—]+\s|--+|-(?=[^-]{2,20}(?:政府|网站?|门户|局|委)[^-]{0,6}$))\s*"
)
_WANTED = re.compile(r"法治|依法|报告|总结|情况|计划|要点|方案|解读|通知")


def read_facts(tree: etree._Element, source: str) -> dict[str, str]:
    """What the page says of itself outside its text.

    >>> page = "<meta name='ArticleTitle' content='2020年法治政府建设情况报告'>"
    >>> read_facts(etree.fromstring(page, etree.HTMLParser()), page)["title"]
    '2020年法治政府建设情况报告'
    """
    facts: dict[str, str] = {}
    for name, value, where in (*_metas(tree), *_titles(tree), *_addresses(tree, source)):
        value = " ".join(value.replace("\u00a0", " ").split())
        if value and name not in facts:
            facts[name], facts[f"{name}.where"] = value, where
    return facts


def _metas(tree: etree._Element) -> Iterator[tuple[str, str, str]]:
    for meta in tree.iter("meta"):
        written = meta.get("name") or meta.get("property") or ""
        name = _NAMES.get(written.replace("\u00a0", "").strip().lower())
        if name:
            yield name, meta.get("content") or "", f"meta {written.strip()}"


def _titles(tree: etree._Element) -> Iterator[tuple[str, str, str]]:
    found = [
        (words, f"{node.tag}.{name}" if name else str(node.tag))
        for node in tree.iter("h1", "h2", "h3", "div", "p", "td", "span", "ucaptitle")
        if (name := f"{node.get('class') or ''} {node.get('id') or ''}".strip()) or node.tag == "h1"
        if node.tag in ("h1", "ucaptitle") or _TITLE_NAME.search(name)
        if 6 <= len(words := "".join(_seen(node)).strip()) <= 120
    ]
    found += [
        (part, "title")
        for node in tree.iter("title")
        for part in _PART.split(node.text or "")
        if len(part) >= 6
    ]
    # <title> often names the column; a title that sounds like a document goes first
    found.sort(key=lambda pair: not _WANTED.search(pair[0]))
    yield from (("title", words, where) for words, where in found)


def _seen(node: etree._Element) -> Iterator[str]:
    for text in node.itertext(tag=None):
        parent = text.getparent() if hasattr(text, "getparent") else None
        if parent is None or parent.tag not in ("script", "style"):
            yield str(text)


def _addresses(tree: etree._Element, source: str) -> Iterator[tuple[str, str, str]]:
    for link in tree.iter("link"):
        if (link.get("rel") or "").lower() == "canonical":
            yield "url", link.get("href") or "", "link canonical"
    if found := _SAVED_FROM.search(source, 0, 3000):
        yield "url", found[1], "saved from"
