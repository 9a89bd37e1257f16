"""One report of the seeds for all tests that read pages, made once a session."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest

import govlaw
from govlaw.pages.site import build_site

EXECUTED = {"script", "iframe", "object", "embed", "base", "form", "link", "meta", "img"}


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory, worker_id: str = "master") -> Path:
    """The folder of a finished report on the seeds; ``tables`` beside it holds the tables."""
    base = tmp_path_factory.getbasetemp()
    place = (base.parent if base.name.startswith("popen-") else base) / "seeds-report"
    try:
        place.mkdir()
    except FileExistsError:  # another worker makes it
        while not (place / "done").exists():
            time.sleep(0.2)
        return place / "site"
    govlaw.build_tables(out=place / "tables")
    result = build_site(place / "tables", place / "site", edition="default")
    assert result.failed == []
    (place / "done").touch()
    return place / "site"


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
