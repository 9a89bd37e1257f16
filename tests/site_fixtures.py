"""Three reports for all tests that read pages, each made once a session."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from html import escape
from html.parser import HTMLParser
from pathlib import Path

import pytest
import yaml

import govlaw
from govlaw import paths
from govlaw.pages.site import build_site

EXECUTED = {"script", "iframe", "object", "embed", "base", "form", "link", "meta", "img"}
CASES = Path(__file__).parent / "cases"
PANEL = Path(__file__).parent / "data" / "panel"
PAYLOADS: list[str] = yaml.safe_load((CASES / "payloads.yml").read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a finished report on the seeds; ``tables`` beside it holds the tables."""
    return _made_once(tmp_path_factory, "seeds", lambda folder: paths.seeds())


@pytest.fixture(scope="session")
def panel_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same on the invented panel of four places and five years."""
    return _made_once(tmp_path_factory, "panel", lambda folder: PANEL)


@pytest.fixture(scope="session")
def hostile_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same on documents that try to act wherever words of theirs are shown."""
    return _made_once(tmp_path_factory, "hostile", _hostile_corpus)


def _made_once(factory: pytest.TempPathFactory, name: str, corpus: Callable[[Path], Path]) -> Path:
    base = factory.getbasetemp()
    place = (base.parent if base.name.startswith("popen-") else base) / f"{name}-report"
    try:
        place.mkdir()
    except FileExistsError:  # another worker makes it
        while not (place / "done").exists():
            assert not (place / "failed").exists()
            time.sleep(0.2)
        return place / "site"
    try:
        govlaw.build_tables(corpus(place), place / "tables")
        result = build_site(place / "tables", place / "site", edition="default")
        assert result.failed == []
    except BaseException:
        (place / "failed").touch()
        raise
    (place / "done").touch()
    return place / "site"


def _hostile_corpus(folder: Path) -> Path:
    """Every payload in the name, the title, the lines and the body of a text and of a web page."""
    corpus = folder / "corpus"
    corpus.mkdir()
    for number, payload in enumerate(PAYLOADS):
        name = re.sub(r"[/\x00]", "", payload)[:60]
        text = "\n\n".join(_hostile_lines("东辽县", 2019, number, payload))
        (corpus / f"{number}{name}.txt").write_text(text, encoding="utf-8")
        title, *lines = _hostile_lines("湖里区", 2018, number + 100, payload)
        meta = "".join(
            f'<meta name="{key}" content="{escape(payload + title)}">'
            for key in (
                "ArticleTitle",
                "PubDate",
                "ContentSource",
                "Keywords",
                "Description",
                "Url",
            )
        )
        body = "".join(f"<p>{escape(line)}</p>" for line in lines)
        (corpus / f"{number}{name}.html").write_text(
            f"<html><head><meta charset=utf-8><title>{escape(title)}</title>{meta}</head>"
            f"<body><h1>{escape(title)}</h1><div class=content>{body}</div></body></html>",
            encoding="utf-8",
        )
    return corpus


def _hostile_lines(place: str, year: int, number: int, payload: str) -> tuple[str, ...]:
    return (
        f"{place}人民政府关于{year}年度法治政府建设情况的报告{payload}",
        f"发布时间:{year + 1}-03-04 {payload}",
        f"一、{payload}",
        f"{payload}全年受理{payload}{number}起行政复议案件,{payload}全部办结。",
        f"出台规范性文件{3 * number}件{payload},培训执法人员{7 * number + 1}人次。",
        f"联系电话:{payload}0437-1234567",
    )


class Elements(HTMLParser):
    """Every element of a page with its attributes."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[str, dict[str, str]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, {name: value or "" for name, value in attrs}))


def elements(html: str) -> list[tuple[str, dict[str, str]]]:
    parser = Elements()
    parser.feed(html)
    return parser.found


class ArticleText(HTMLParser):
    """The characters of the article, notes in the margin left out."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.depth, self.aside, self.parts = 0, 0, list[str]()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.depth += tag == "article"
        self.aside += tag == "aside"

    def handle_endtag(self, tag: str) -> None:
        self.depth -= tag == "article"
        self.aside -= tag == "aside"

    def handle_data(self, data: str) -> None:
        if self.depth and not self.aside:
            self.parts.append(data)


def article_text(html: str) -> str:
    parser = ArticleText()
    parser.feed(html)
    return "".join(parser.parts)


def pages(site: Path) -> Iterator[tuple[str, str]]:
    for path in sorted(site.rglob("*.html")):
        yield path.relative_to(site).as_posix(), path.read_text(encoding="utf-8")


def active_parts(html: str) -> list[str]:
    """What in a page could act or call out, our own script, policy and search data aside."""
    strange = []
    for tag, attributes in elements(html):
        for name, value in attributes.items():
            if name.startswith("on"):
                strange.append(f"{tag} {name}={value}")
            if name in ("href", "src", "action", "xlink:href") and re.match(
                r"\s*(javascript|vbscript|https?|//|data:(?!,$|image/png;base64))", value, re.I
            ):
                strange.append(f"{tag} {name}={value}")
        if tag in EXECUTED and not _is_ours(tag, attributes):
            strange.append(f"{tag} {attributes}")
    return strange


def _is_ours(tag: str, attributes: dict[str, str]) -> bool:
    return (
        (tag == "script" and attributes in ({}, {"type": "application/json", "id": "sentences"}))
        or (tag == "meta" and set(attributes) <= {"charset", "http-equiv", "content", "name"}
            and attributes.get("http-equiv") in (None, "Content-Security-Policy"))
        or (tag == "link" and attributes == {"rel": "icon", "href": "data:,"})
        or (tag == "form" and attributes.get("id") == "ask" and "action" not in attributes)
        or (tag == "img" and attributes.get("src", "").startswith("data:image/png;base64"))
    )  # fmt: skip
