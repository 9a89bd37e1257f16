"""From the name of an element to the part it plays in a page: body, furniture, or a fact.

Content management systems are few and their names are stable; ``data/words/page_parts.csv`` holds
them. A name is a hint: what the page shows decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import islice
from typing import NamedTuple

from lxml import etree

from govlaw import paths
from govlaw.document import Span
from govlaw.knowledge import read_csv

_ROLES = ("body", "furniture", "begin", "end")
_HIDDEN = re.compile(r"display\s{0,3}:\s{0,3}none", re.IGNORECASE)
_TURNED, _TWINS = ("div", "section", "article", "td", "tr", "table", "li"), 40
_NUMBER = re.compile(r"[-_]?\d{1,3}$")


class Part(NamedTuple):
    """A stretch of the page and its role: body, furniture, hidden, page or box."""

    role: str
    span: Span


class _Names(NamedTuple):
    exact: dict[str, str]
    openings: tuple[tuple[str, str], ...]


@cache
def _names() -> _Names:
    rows = [(row["name"], row["part"]) for row in read_csv(paths.data("words", "page_parts.csv"))]
    return _Names(
        {name: part for name, part in rows if not name.endswith("*")},
        tuple((name[:-1], part) for name, part in rows if name.endswith("*")),
    )


@cache
def part_named(name: str) -> str | None:
    """The part that bears a name: ``.class``, ``id:name``, ``meta:name``, ``var:name`` or a tag.

    >>> part_named(".v_news_content"), part_named("meta:desctiption"), part_named(".share-box")
    ('body', 'description', 'furniture')
    """
    names = _names()
    if name in names.exact:
        return names.exact[name]
    return next((part for opening, part in names.openings if name.startswith(opening)), None)


def role_of(node: etree._Element) -> str | None:
    """The role of an element by its id, its classes or its tag; or that it is hidden."""
    if _is_hidden(node):
        return "page" if _has_shown_twin(node) else "hidden"
    roles = {part_named(name) for name in _names_of(node)}
    return next((role for role in _ROLES if role in roles), None)


def _is_hidden(node: etree._Element) -> bool:
    return node.get("hidden") is not None or bool(_HIDDEN.search(node.get("style") or ""))


def _has_shown_twin(node: etree._Element) -> bool:
    """Whether an element before it bears the same name and is shown: ``page_1`` of ``page_2``."""
    if node.tag not in _TURNED or not (name := _name_of(node)):
        return False
    before = islice(node.itersiblings(node.tag, preceding=True), _TWINS)
    return any(_name_of(twin) == name and not _is_hidden(twin) for twin in before)


def _name_of(node: etree._Element) -> str:
    """The first class, else the id without its number."""
    classes = (node.get("class") or "").split()
    return classes[0] if classes else _NUMBER.sub("", node.get("id") or "")


def fact_of(node: etree._Element) -> str | None:
    """The fact that an element states, by its id or a class: ``title``, ``published``."""
    parts = [part_named(name) for name in _names_of(node)]
    return next((part for part in parts if part in ("title", "published")), None)


def _names_of(node: etree._Element) -> Iterator[str]:
    yield node.tag.lower() if node.tag != "meta" else f"meta:{(node.get('name') or '').lower()}"
    if identity := node.get("id"):
        yield f"id:{identity.strip().lower()}"
    for word in (node.get("class") or "").lower().split():
        yield f".{word}"


def bodies(parts: Sequence[Part]) -> tuple[Span, ...]:
    """The stretches that the page calls its body, one between two tags included."""
    begins = [part.span.start for part in parts if part.role == "begin"]
    ends = [part.span.end for part in parts if part.role == "end"]
    between = [Span(begins[0], ends[-1])] if begins and ends and begins[0] < ends[-1] else []
    return (*(part.span for part in parts if part.role == "body"), *between)


def variables() -> dict[str, str]:
    """The variables of scripts that state a fact, and the fact."""
    return {
        name.removeprefix("var:"): part
        for name, part in _names().exact.items()
        if name.startswith("var:")
    }
