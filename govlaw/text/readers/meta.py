"""From the head of a page to what it says of itself: title, dates, source, address.

Each fact keeps where it was read, under its name with ``.where`` behind it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta

from lxml import etree

from govlaw.text.folding import fold
from govlaw.text.furniture import is_furniture
from govlaw.text.readers.parts import fact_of, part_named, variables

Fact = tuple[str, str, str]  # its name, its value, where it was read
_SAVED_FROM = re.compile(r"saved from url=\(\d{1,5}\)(https?://[^\s<>\"']{4,300})")
# title, wap-title, detail_bigtitle, wztit; but subtitle, title-list and what holds a link are none
_TITLE_NAME = re.compile(
    r"(?<!sub)(?<!sub[-_])(?:title|biaoti|headline|tit|(?<![a-z])bt)(?:$|[-_\s\d]|(?:con|txt)?\b)",
    re.IGNORECASE,
)
_PART = re.compile(
    r"\s*(?:[|_>»›]|\s[-–—]+\s|--+|-(?=[^-]{2,20}(?:政府|网站?|门户|局|委)[^-]{0,6}$))\s*"
)
_WANTED = re.compile(r"法治|依法|报告|总结|情况|计划|要点|方案|解读|通知")
_SITE = re.compile(
    r"(?:人民政府|政府|网站?|门户|政务网|信息网|法院|检察院|公署|管委会|管理委员会|委员会|人大常委会"
    r"|(?<=[\u4e00-\u9fff]{3})[局厅])(?:网站?|官网|门户网站|办公室)?$"
)
# <h1>…工作报告<br><span>2018-02-09 15:12:40 来源:区法制办</span></h1>
_LINE_BELOW = re.compile(
    r"\s*(?:(?<=[告结况划案点])(?:本站|本网|[\u4e00-\u9fff]{2,20}(?:局|办|公室|政府))\s?(?=20\d\d))?"
    r"[\[【(（]?(?:(?:发布|发表|发稿|公开)?(?:时间|日期)\s?[:：]|20\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}日?\s{0,3}"
    r"(?=\s|\d|来源|作者|浏览|点击|[\]】]|$)|(?:信息|文章)?来源\s?[:：]).*",
    re.DOTALL,
)
_DAY = re.compile(r"20\d\d\s?[-/.年]\s?\d{1,2}\s?[-/.月]\s?\d{1,2}.*", re.DOTALL)
_BETWEEN_HAN = re.compile(r"(?<=[^\x00-\xff])\s+(?=[^\x00-\xff])")
# What each place is worth as a witness for the title.
_WORTH = {"meta": 3, "h1": 2, "prop": 2, "title": 1}
_CHINA = timedelta(hours=8)


def read_facts(tree: etree._Element, source: str) -> dict[str, str]:
    """What the page says of itself outside its text.

    >>> page = "<meta name='ArticleTitle' content='2020年法治政府建设情况报告'>"
    >>> read_facts(etree.fromstring(page, etree.HTMLParser()), page)["title"]
    '2020年法治政府建设情况报告'
    """
    stated = [
        (name, _plain(value), where)
        for name, value, where in (
            *_metas(tree), *_properties(tree), *_stamps(tree), *_titles(tree), *_scripts(source),
            *_addresses(tree, source),
        )
    ]  # fmt: skip
    facts: dict[str, str] = {}
    for name, value, where in stated:
        if value and name != "title" and name not in facts:
            facts[name], facts[f"{name}.where"] = value, where
    if best := _best_title([fact for fact in stated if fact[0] == "title"], facts):
        facts["title"], facts["title.where"] = best
    return facts


def _plain(value: str) -> str:
    return _BETWEEN_HAN.sub("", " ".join(value.replace("\u00a0", " ").split()))


def _best_title(claims: Iterable[Fact], facts: dict[str, str]) -> tuple[str, str] | None:
    """The title that most witnesses name; the column's and the site's name are none."""
    others = {facts.get("site"), facts.get("column"), ""}
    worth: dict[str, float] = defaultdict(float)
    first: dict[str, str] = {}
    for _, value, where in claims:
        if value in others or (_SITE.search(value) and not _WANTED.search(value)):
            continue
        if value not in first:
            worth[value] += 3 if len(value) >= 10 and _WANTED.search(value) else 0
        first.setdefault(value, where)
        worth[value] += _WORTH.get(where.split()[0].split(".")[0], 2)
    if not worth:
        return None
    best = max(worth, key=lambda value: worth[value])
    return best, first[best]


def _metas(tree: etree._Element) -> Iterator[Fact]:
    for meta in tree.iter("meta"):
        written = (meta.get("name") or meta.get("property") or "").replace("\u00a0", "").strip()
        fact = part_named(f"meta:{written.lower()}")
        if fact and fact not in ("begin", "end"):
            yield fact, meta.get("content") or "", f"meta {written}"


def _properties(tree: etree._Element) -> Iterator[Fact]:
    for node in tree.iter("h1", "h2", "span", "time", "div", "meta"):
        written = node.get("itemprop") or ("datepublished" if node.get("pubdate") else "")
        if fact := part_named(f"prop:{written.lower()}") if written else None:
            value = node.get("datetime") or node.get("content") or "".join(_seen(node))
            yield fact, value, f"prop {written}"


def _stamps(tree: etree._Element) -> Iterator[Fact]:
    """Elements named for the time of publication; some keep it in an attribute."""
    for node in tree.iter("span", "em", "div", "p", "abbr", "time", "small", "td", "li"):
        if fact_of(node) == "published":
            written = "".join(_seen(node))
            for value in (node.get("datetime"), node.get("title"), node.get("data-val"), written):
                if found := _DAY.search(value or ""):
                    yield "published", found[0], f"{node.tag}.{node.get('id') or node.get('class')}"
                    break


def _titles(tree: etree._Element) -> Iterator[Fact]:
    for node in tree.iter("h1", "h2", "h3", "div", "p", "td", "span", "ucaptitle"):
        name = f"{node.get('class') or ''} {node.get('id') or ''}".strip()
        is_named = name and (_TITLE_NAME.search(name) or fact_of(node) == "title")
        if node.tag in ("h1", "ucaptitle") or is_named:
            words = "" if _lists(node) else _LINE_BELOW.sub("", "".join(_seen(node))).strip()
            if not is_furniture(fold(words)) and 6 <= len(words) <= 120:
                yield "title", words, f"{node.tag}.{name}" if name else str(node.tag)
    for node in tree.iter("title"):
        for part in _PART.split((node.text or "").strip(" :_-|")):
            if len(part) >= 6:
                is_site = _SITE.search(part) and not _WANTED.search(part)
                yield "site" if is_site else "title", part, "title"


def _lists(node: etree._Element) -> bool:
    """A title that is a link leads to the page it names."""
    return any(link.get("href") for link in node.iter("a"))


def _seen(node: etree._Element) -> Iterator[str]:
    for text in node.itertext(tag=None):
        parent = text.getparent() if hasattr(text, "getparent") else None
        if parent is None or parent.tag not in ("script", "style"):
            yield str(text)


def _scripts(source: str) -> Iterator[Fact]:
    """What a script holds: ``var publish_time = "2020-01-20"``, ``"pubDate":"2020-01-20T…"``."""
    names = "|".join(variables())
    pattern = re.compile(
        rf"""(?<![\w.])["']?({names})["']?\s{{0,3}}[:=]\s{{0,3}}"""
        r"""(?:(?:htmlDecode\()?["']([^"'<>\n]{1,80})["']|(\d{10}|\d{13})(?!\d))""",
        re.IGNORECASE,
    )
    for found in pattern.finditer(source):
        value = found[2] or found[3]
        if value.isdecimal() and len(value) in (10, 13):  # seconds or thousandths since 1970
            value = str(datetime.fromtimestamp(int(value[:10]), UTC).replace(tzinfo=None) + _CHINA)
        yield variables()[found[1].lower()], value, f"script {found[1]}"


def _addresses(tree: etree._Element, source: str) -> Iterator[Fact]:
    for link in tree.iter("link"):
        if (link.get("rel") or "").lower() == "canonical":
            yield "url", link.get("href") or "", "link canonical"
    if found := _SAVED_FROM.search(source, 0, 3000):
        yield "url", found[1], "saved from"
