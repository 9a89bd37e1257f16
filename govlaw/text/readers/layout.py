"""From the tree of a page to its visible text in lines, with the place of every element in it."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from itertools import accumulate

from lxml import etree

from govlaw.document import Span
from govlaw.text.readers.reading import refuse_length

_BLOCKS = frozenset(
    "address article aside blockquote body br center dd details div dl dt fieldset figcaption"
    " figure footer form h1 h2 h3 h4 h5 h6 header hr html legend li main nav ol option p pre"
    " section select summary table tbody tfoot thead tr ul ucapcontent ucaptitle".split()
)
_CELLS = frozenset(("td", "th"))
_UNSEEN = frozenset(
    "script style noscript template svg object iframe head title textarea map xml math".split()
)
_KEPT = re.compile(r"[ \t\r\n\f]+|[^ \t\r\n\f]+")
_LATIN = re.compile(r"[A-Za-z]")
_PROSE = re.compile(r"[，。；,;]")
_HAN = re.compile(r"[\u3400-\u9fff]")


@dataclass(slots=True)
class Layout:
    """The text of a page, where its elements lie in it, and which characters are links."""

    text: str
    elements: list[tuple[etree._Element, Span]]
    links: list[Span]
    lines: list[Span] = field(init=False)
    _prose: list[int] = field(init=False)
    _linked: list[int] = field(init=False)
    _ends: list[int] = field(init=False)

    def __post_init__(self) -> None:
        self.lines = [Span(*found.span()) for found in re.finditer(r"[^\n]+", self.text)]
        self._ends = [line.end for line in self.lines]
        linked = self._weigh_links()
        self._linked = [0, *accumulate(linked)]
        self._prose = [
            0,
            *accumulate(
                len(_HAN.findall(line.of(self.text))) if self._is_prose(line, n) else 0
                for line, n in zip(self.lines, linked, strict=True)
            ),
        ]

    def _weigh_links(self) -> list[int]:
        weights, at = [0] * len(self.lines), 0
        for link in self.links:
            while at < len(self.lines) and self.lines[at].end <= link.start:
                at += 1
            here = at
            while here < len(self.lines) and self.lines[here].start < link.end:
                line = self.lines[here]
                weights[here] += min(line.end, link.end) - max(line.start, link.start)
                here += 1
        return weights

    def _is_prose(self, line: Span, linked: int) -> bool:
        written = line.of(self.text)
        size = line.end - line.start
        runs = size >= 24 or (size >= 12 and written.endswith("。"))
        return runs and linked < 0.3 * size and _PROSE.search(written) is not None

    def prose(self, span: Span) -> int:
        """Chinese characters of sentences in a stretch."""
        first, last = self._lines_of(span)
        return self._prose[last] - self._prose[first]

    def linked(self, span: Span) -> int:
        """Characters that are links in a stretch."""
        first, last = self._lines_of(span)
        return self._linked[last] - self._linked[first]

    def _lines_of(self, span: Span) -> tuple[int, int]:
        first = bisect_right(self._ends, span.start)
        return first, max(first, bisect_right(self._ends, span.end))

    def outside(self, article: Span) -> tuple[Span, ...]:
        """What is not the article: the stretches before and behind it."""
        sides = (Span(0, article.start), Span(article.end, len(self.text)))
        return tuple(side for side in sides if side.of(self.text).strip())


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
        inside = self.has_han and not latin
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
    elements: list[tuple[etree._Element, Span]] = []
    links: list[Span] = []
    starts: list[int] = []
    unseen = preformatted = 0
    for event, node in etree.iterwalk(tree, events=("start", "end")):
        tag = node.tag if isinstance(node.tag, str) else ""
        if event == "start":
            unseen += tag in _UNSEEN
            preformatted += tag == "pre"
            if not unseen:
                _open(writer, tag)
                starts.append(writer.size)
                writer.write(node.text or "", is_preformatted=preformatted > 0)
            continue
        if not unseen:
            _note(node, tag, Span(starts.pop(), writer.size), elements, links)
            _close(writer, tag)
        unseen -= tag in _UNSEEN
        preformatted -= tag == "pre"
        if not unseen:
            writer.write(node.tail or "", is_preformatted=preformatted > 0)
    text = "".join(writer.pieces).rstrip()
    refuse_length(len(text))
    return Layout(text, elements, sorted(links))


def _note(
    node: etree._Element, tag: str, span: Span,
    elements: list[tuple[etree._Element, Span]], links: list[Span],
) -> None:  # fmt: skip
    if span.start < span.end:
        elements.append((node, span))
        if tag == "a" and node.get("href"):
            links.append(span)


def _open(writer: _Writer, tag: str) -> None:
    if tag in _BLOCKS:
        writer.break_line()
    elif tag in _CELLS:
        writer.break_cell()


def _close(writer: _Writer, tag: str) -> None:
    if tag in _BLOCKS and not (tag == "br" and writer.last == "\n"):
        writer.break_line()
