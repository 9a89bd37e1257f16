"""From the layout of a page to the stretch that is the article.

The article is the element that holds the most running sentences for the fewest links: menus are
links without sentences, and the report is sentences without links.
"""

from __future__ import annotations

from govlaw.document import Span
from govlaw.text.readers.layout import Layout

_LINK_COST = 2.0
_ENOUGH = 10
_ADDED_LINKS = 24


def find_article(layout: Layout) -> Span | None:
    """The stretch of the article; None where the page has no sentence."""
    best = max(
        layout.elements,
        # of two that hold the same, the smaller
        key=lambda found: (_score(layout, found[1]), found[1].start - found[1].end),
        default=None,
    )
    if best is None or layout.prose(best[1]) < _ENOUGH:
        return _notice(layout)
    places = {element: span for element, span in layout.elements}
    element, article = best
    while (above := element.getparent()) is not None and above in places:
        if not _belongs(layout, article, places[above]):
            break
        element, article = above, places[above]
    return article


def _score(layout: Layout, span: Span) -> float:
    return layout.prose(span) - _LINK_COST * layout.linked(span)


def _belongs(layout: Layout, article: Span, wider: Span) -> bool:
    """A signature or a title beside the paragraphs is part of the article; a menu is not."""
    added = (wider.end - wider.start) - (article.end - article.start)
    links = layout.linked(wider) - layout.linked(article)
    return links <= _ADDED_LINKS and added <= max(200, 0.3 * layout.prose(article))


def _notice(layout: Layout) -> Span | None:
    """A page that only says 详见附件."""
    for line in layout.lines:
        words = line.of(layout.text)
        if "附件" in words and len(words) < 60 and any(w in words for w in ("详见", "见附件", "请见")):
            return line
    return None
