"""Pages put together at random from the pieces of real ones: what they state is read."""

# ruff: noqa: S311  chance here is no secret
from __future__ import annotations

import html
import json
import random
import re
from collections import Counter
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from govlaw import paths
from govlaw.document import Document
from govlaw.text.corpus import to_document
from govlaw.text.readers import read_bytes

PIECES = yaml.safe_load((paths.home() / "tests/cases/page_pieces.yml").read_text("utf-8"))
AREAS = (
    ("东辽县", "吉林省辽源市东辽县", "220422"), ("五通桥区", "四川省乐山市五通桥区", "511112"),
    ("鼓楼区", "江苏省徐州市鼓楼区", "320302"),
    ("乌审旗", "内蒙古自治区鄂尔多斯市乌审旗", "150626"),
    ("来凤县", "湖北省恩施土家族苗族自治州来凤县", "422827"),
)  # fmt: skip
N = 300


class Stated(NamedTuple):
    """What a page states."""

    title: str
    day: str
    year: int
    code: str
    paragraphs: tuple[str, ...]


class Maker:
    """Makes pages, the same ones for the same seed."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)

    def pick(self, name: str, **values: Any) -> Any:
        found = self.chance.choice(PIECES[name])
        return found.format(**values) if isinstance(found, str) and values else found

    def page(self) -> tuple[bytes, Stated]:
        area, site, code = self.chance.choice(AREAS)
        year, (month, day) = self.chance.randrange(2016, 2023), self.chance.choice(
            ((1, 15), (2, 28), (3, 4), (3, 31))
        )  # fmt: skip
        said = {"area": area, "site": site, "code": code, "year": year, "next": year + 1}
        title = self.pick("titles", **said)
        stated = Stated(
            title, f"{year + 1}-{month:02d}-{day:02d}", year, code,
            self.paragraphs(area, year, f"{year + 1}年{month}月{day - 3}日"),
        )  # fmt: skip
        source = self.pick("sources", area=area)
        printed = self.pick("days", y=year + 1, m=month, d=day)
        line = self.pick("lines_of_publication", day=printed, source=source)
        info = self.pick("info_marks").format(line)
        shown = re.sub("(关于|年度|年)", r"<br>\1", title, count=1)
        shown = shown if self.chance.random() < 0.25 else title
        if self.chance.random() < 0.1:  # the publication line within the heading
            shown, info = f"{shown}<br><span>{line}</span><br>", ""
        head = [self.pick("title_marks", title=shown), info]
        if self.chance.random() < 0.15:
            head.insert(1, f"<p align=center>{self.pick('notes', **said)}</p>")
        if self.chance.random() < 0.15:
            head.reverse()
        inside, outside = "", "".join(head)
        if self.chance.random() < 0.2:
            inside, outside = outside, ""
        before, after = self.pick("paragraph_marks")
        text = inside + "".join(before + p + after for p in stated.paragraphs)
        tail = self.pick("tails")
        text, tail = (text + tail, "") if self.chance.random() < 0.25 else (text, tail)
        body = f"{outside}{self.kept(text, before, after)}{tail}"
        return self.around(body, title, said, stated.day).encode(), stated

    def kept(self, text: str, before: str, after: str) -> str:
        """The text in one box, in two that a script turns over, or kept for a script to show."""
        name, chance = self.pick("containers"), self.chance.random()
        if chance < 0.05:
            attribute = html.escape(text)
            return self.pick(
                "stored_marks", html=text, quoted=json.dumps(text), attribute=attribute
            )
        if chance > 0.1 or not name:
            return f"<div class='{name}'>{text}</div>"
        half = text.find("二、存在")
        half = text.rfind(before, 0, half + 1)
        return (
            f"<div class='{name}'>{text[:half]}</div>"
            f"<div class='{name}' style='display:none'>{text[half:]}</div>"
        )

    def paragraphs(self, area: str, year: int, signed: str) -> tuple[str, ...]:
        first = (
            [self.chance.choice(("市人民政府:", "各位代表:"))] if self.chance.random() < 0.5 else []
        )
        last = [f"{area}人民政府", signed] if self.chance.random() < 0.6 else []
        return (
            *first,
            f"{year}年,我{area[-1]}坚持以习近平法治思想为指导,法治政府建设取得新成效。现将有关情况报告如下:",
            "一、主要举措和成效",
            "(一)依法履行职能。取消行政权力20项,承接上级下放事项56项,群众满意率稳定在98%以上。",
            f"(二)化解社会矛盾。{area}全年收到行政复议申请76件,受理31件,其中维持20件、撤销9件。",
            "二、存在的不足",
            "一是少数干部运用法治思维的能力有待提高;二是基层执法力量薄弱,专业人员不足。",
            f"三、{year + 1}年工作安排",
            "(一)抓实责任落实。压紧压实主要负责人第一责任人职责,强化考核评价。",
            *last,
        )

    def around(self, body: str, title: str, said: dict[str, Any], day: str) -> str:
        area, year = said["area"], said["year"]
        item = self.chance.choice(("<li><a href='/x'>{}</a></li>", "<li>{}</li>"))
        menu = "".join(map(item.format, self.chance.sample(PIECES["menus"], 7)))
        others = (f"{area}{year - 1}年法治政府建设工作报告", f"{area}司法局{year}年工作总结")
        related = "".join(map(item.format, (*others, f"一图读懂{area}法治政府建设")))
        feet = (foot.format(**said) for foot in self.chance.sample(PIECES["feet"], 4))
        foot = "".join(f"<p>{line}</p>" for line in (*feet, f"主办:{said['site']}人民政府"))
        head = f"<title>{self.pick('page_titles', title=title, area=area)}</title>"
        if self.chance.random() < 0.4:
            head += f"<meta name=ArticleTitle content='{title}'><meta name=PubDate content='{day}'>"
        return (
            f"<html><head><meta charset=utf-8>{head}</head><body><div>{self.pick('tops')}</div>"
            f"<ul class=nav>{menu}</ul><div>{self.pick('paths')}</div>"
            f"<div class=main>{body}{self.pick('pagers')}</div>"
            f"<div class=r><h4>{self.pick('related')}</h4><ul>{related}</ul></div><div>{foot}</div>"
        )


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def kept(document: Document, kinds: set[str] | None = None) -> str:
    """The text without marks of some kinds, all of them where none is named, and the title."""
    gone = {n for m in document.marks if kinds is None or m.kind in kinds for n in range(*m.span)}
    title = document.register.source_of("title")
    gone |= set(range(*title.span)) if title and title.span else set()
    return squeezed("".join(c for n, c in enumerate(document.text) if n not in gone))


def test_pages_of_any_making_are_read():
    maker, right, unmarked = Maker(20), Counter(), 0
    for _ in range(N):
        content, stated = maker.page()
        document = to_document(read_bytes(content, Path("a.html")), Path("a.html"))
        found, body = document.register, "".join(map(squeezed, stated.paragraphs))
        right["body"] += body in kept(document, {"furniture", "glued_time"})
        right["title"] += found.title == stated.title
        right["published"] += str(found.date_published) == stated.day
        right["year"] += found.year == stated.year
        right["kind"] += found.doc_type == "annual_report"
        right["area"] += found.ref_area == stated.code
        unmarked += max(0, len(kept(document)) - len(body))
    assert right["body"] == N, "a body is never lost"
    assert min(right.values()) >= 0.98 * N, right
    assert unmarked < 2 * N, "two characters of menus a page at most"
