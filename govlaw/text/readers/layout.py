"""From the tree of a page to its visible text in lines, with the place of every element in it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from lxml import etree

from govlaw.document import Span
from govlaw.text.readers.parts import Part, role_of
from govlaw.text.readers.reading import refuse_length

_BLOCKS = frozenset(
    (
        "address", "article", "aside", "blockquote", "body", "br", "center", "dd", "details", "div",
        "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4",
        "h5", "h6", "header", "hr", "html", "legend", "li", "main", "nav", "ol", "option", "p",
        "pre", "section", "select", "summary", "table", "tbody", "tfoot", "thead", "tr", "ul",
        "ucapcontent", "ucaptitle",
    )
)  # fmt: skip
_BOXES = frozenset(
    ("div", "td", "section", "article", "main", "center", "form", "pre", "table", "ul", "ol")
)
_PRESSED = frozenset(("button", "option", "select", "label"))
_CELLS = frozenset(("td", "th"))
_UNSEEN = frozenset(
    (
        "script", "style", "noscript", "template", "svg", "object", "iframe", "head", "title",
        "textarea", "map", "xml", "math", "noframes",
    )
)  # fmt: skip
_KEPT = re.compile(r"[ \t\r\n\f]+|[^ \t\r\n\f]+")
_LATIN = re.compile(r"[A-Za-z]")
_HAN = re.compile(r"[\u3400-\u9fff]")


@dataclass(frozen=True, slots=True)
class ShownLine:
    """A line of a page: its place in the text, its words, and how many of them are links."""

    span: Span
    text: str
    linked: int


@dataclass(frozen=True, slots=True)
class Layout:
    """The text of a page, its lines, and the parts that the page names itself."""

    text: str
    lines: tuple[ShownLine, ...]
    parts: tuple[Part, ...] = ()

    def outside(self, article: Sequence[Span]) -> tuple[Span, ...]:
        """What is not the article: the stretches between its pieces."""
        starts = [0, *(piece.end for piece in article)]
        ends = [*(piece.start for piece in article), len(self.text)]
        sides = (Span(*pair) for pair in zip(starts, ends, strict=True))
        return tuple(side for side in sides if side.of(self.text).strip())


def _lines(text: str, links: list[Span]) -> Iterator[ShownLine]:
    at = 0
    for found in re.finditer(r"[^\n]+", text):
        start, end = found.span()
        while at < len(links) and links[at].end <= start:
            at += 1
        linked, here = 0, at
        while here < len(links) and links[here].start < end:
            linked += min(end, links[here].end) - max(start, links[here].start)
            here += 1
        yield ShownLine(Span(start, end), found[0], linked)


@dataclass(slots=True)
class _Writer:
    """Collects visible text; blanks and line ends are written only when something follows them."""

    pieces: list[str] = field(default_factory=list)
    size: int = 0
    last: str = "\n"
    gap: str = ""
    has_han: bool = False

    def write(self, text: str, *, is_preformatted: bool = False) -> None:
        for found in _KEPT.finditer(text):
            piece = found[0]
            if not piece.isspace() or piece[0] not in " \t\r\n\f":
                self._put(self._blank(piece[0]) + piece)
                self.has_han = self.has_han or _HAN.search(piece) is not None
            elif is_preformatted and "\n" in piece:
                self.break_line()
            elif not self.gap or (self.gap == " " and "\n" in piece):
                self.gap = "\n" if "\n" in piece else " "

    def _blank(self, following: str) -> str:
        """A line end of the source is no blank in Chinese: 达\\n97\\n％ is 达97％."""
        gap, self.gap = self.gap, ""
        if not gap or self.last == "\n":
            return ""
        latin = _LATIN.match(self.last) and (_LATIN.match(following) or following.isdecimal())
        inside = (self.has_han or _HAN.match(following) is not None) and not latin
        return "" if gap == "\n" and inside else " "

    def _put(self, text: str) -> None:
        self.pieces.append(text)
        self.size += len(text)
        self.last = text[-1]

    def break_line(self) -> None:
        self.gap = ""
        if self.last != "\n":
            self._put("\n")
        self.has_han = False

    def break_cell(self) -> None:
        self.gap = ""
        if self.last not in "\n\t":
            self._put("\t")


def lay_out(tree: etree._Element) -> Layout:
    """The visible text of a page, a line for every block and a tab between the cells of a row."""
    writer = _Writer()
    links: list[Span] = []
    parts: list[Part] = []
    starts: list[tuple[int, str | None]] = []
    unseen = preformatted = 0
    for event, node in etree.iterwalk(tree, events=("start", "end")):
        tag = node.tag if isinstance(node.tag, str) else ""
        if event == "start":
            unseen += tag in _UNSEEN
            preformatted += tag == "pre"
            if not unseen:
                _open(writer, tag)
                starts.append((writer.size, role_of(node) if tag else None))
                writer.write(node.text or "", is_preformatted=preformatted > 0)
            continue
        if not unseen:
            start, role = starts.pop()
            place = Span(start, writer.size)
            if place.start < place.end and _is_link(node, tag):
                links.append(place)
            if tag in _BOXES and place.start < place.end:
                parts.append(Part("box", place))
            if role and (place.start < place.end or tag == "meta"):
                parts.append(Part(role, place))
            _close(writer, tag)
        unseen -= tag in _UNSEEN
        preformatted -= tag == "pre"
        if not unseen:
            writer.write(node.tail or "", is_preformatted=preformatted > 0)
    text = "".join(writer.pieces).rstrip()
    refuse_length(len(text))
    return Layout(text, tuple(_lines(text, _apart(links))), tuple(parts))


def _is_link(node: etree._Element, tag: str) -> bool:
    """Something to press: Word's bookmarks (<a name=…>) are none."""
    if tag == "a":
        return bool(node.get("href")) or not (node.get("name") or node.get("id"))
    return tag in _PRESSED


def _apart(links: list[Span]) -> list[Span]:
    """Links in order; broken pages put one into another, and no character counts twice."""
    apart: list[Span] = []
    for link in sorted(links):
        start = max(link.start, apart[-1].end) if apart else link.start
        if start < link.end:
            apart.append(Span(start, link.end))
    return apart


def _open(writer: _Writer, tag: str) -> None:
    if tag in _BLOCKS:
        writer.break_line()
    elif tag in _CELLS:
        writer.break_cell()


def _close(writer: _Writer, tag: str) -> None:
    if tag in _BLOCKS and not (tag == "br" and writer.last == "\n"):
        writer.break_line()
