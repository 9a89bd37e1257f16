"""From boxes that a script turns over like pages to the one body they are.

A long report is cut into boxes of which one is shown (``page_1``, ``page_2`` with display:none).
A hidden box is a page where its twin is shown and says something else; else it is a copy.
"""

from __future__ import annotations

import re
from dataclasses import replace

from govlaw.document import Span
from govlaw.text.readers.layout import Layout
from govlaw.text.readers.parts import Part

_HAN = re.compile(r"[\u3400-\u9fff]")
_GAP = 2


def join_pages(layout: Layout) -> Layout:
    """The layout with every run of pages as one body, and copies of shown boxes as hidden."""
    pages = [part for part in layout.parts if part.role == "page"]
    if not pages:
        return layout
    copies = {part for part in pages if _is_copy(layout, part.span)}
    joined: list[Span] = []
    for page in sorted(part.span for part in pages if part not in copies):
        first = joined.pop() if joined and page.start - joined[-1].end <= _GAP else None
        first = first or _before(layout, page)
        joined.append(Span(first.start if first else page.start, page.end))
    kept = [part for part in layout.parts if part.role != "page" and not _within(part, joined)]
    kept += [Part("hidden", part.span) for part in pages if part in copies]
    return replace(layout, parts=(*kept, *(Part("body", span) for span in joined)))


def _is_copy(layout: Layout, page: Span) -> bool:
    """Whether most of a box stands elsewhere on the page, too."""
    others = {line.text for line in layout.lines if not page.overlaps(line.span)}
    sizes = [
        (len(_HAN.findall(line.text)), line.text in others)
        for line in layout.lines
        if page.overlaps(line.span)
    ]
    return 2 * sum(size for size, is_again in sizes if is_again) > sum(size for size, _ in sizes)


def _before(layout: Layout, page: Span) -> Span | None:
    """The box that ends where a page begins."""
    ending = (
        part.span
        for part in layout.parts
        if part.role in ("box", "body") and page.start - _GAP <= part.span.end <= page.start
    )
    return min(ending, default=None)


def _within(part: Part, joined: list[Span]) -> bool:
    """Whether a part is a piece of what was joined, and so no body or box of its own."""
    around = (s for s in joined if s.start <= part.span.start and part.span.end <= s.end)
    return part.role in ("box", "body") and any(True for _ in around)
